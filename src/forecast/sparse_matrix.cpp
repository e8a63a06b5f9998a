#include "forecast/sparse_matrix.hpp"

#include <algorithm>

#include "base/parallel.hpp"

namespace lacuna::forecast {

void each_product_row(const SparseMatrix& left, std::span<const float> weights, const SparseMatrix& right,
                      const std::function<void(std::size_t, std::span<const float>)>& take, std::size_t rows) {
  on_all_cores(std::min(rows, static_cast<std::size_t>(left.rows())), [&] {
    return [&, row = std::vector<float>(static_cast<std::size_t>(right.cols()))](std::size_t i) mutable {
      std::ranges::fill(row, 0.0F);
      each_entry(left, i, [&](std::size_t middle, float value) {
        const float weighted = value * weights[middle];
        each_entry(right, middle, [&](std::size_t column, float other) { row[column] += weighted * other; });
      });
      take(i, row);
    };
  });
}

}  // namespace lacuna::forecast
