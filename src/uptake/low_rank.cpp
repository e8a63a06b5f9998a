// What is left of the network of concepts in 64 dimensions.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "base/parallel.hpp"
#include "uptake/features.hpp"
#include "uptake/paths.hpp"

namespace lacuna::uptake {
namespace {

constexpr std::size_t kept = 64;
constexpr std::size_t width = 74;  ///< With ten more, which make the kept ones exact.
using Block = std::vector<std::array<float, width>>;  ///< By concept.

Block times(const Rows& matrix, const Block& block) {
  Block result(matrix.size());
  on_all_cores(matrix.size(), [&] {
    return [&](std::size_t i) {
      std::array<float, width>& row = result[i];
      row.fill(0);
      for (std::size_t k = matrix.begin[i]; k < matrix.begin[i + 1]; ++k) {
        for (std::size_t c = 0; c < width; ++c) row[c] += matrix.values[k] * block[matrix.columns[k]][c];
      }
    };
  });
  return result;
}

using Small = std::array<std::array<double, width>, width>;

/// aᵀ b.
Small product(const Block& a, const Block& b) {
  auto sums = std::make_unique<Small>();
  for (auto& row : *sums) row.fill(0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t x = 0; x < width; ++x) {
      for (std::size_t y = 0; y < width; ++y) (*sums)[x][y] += static_cast<double>(a[i][x]) * b[i][y];
    }
  }
  return *sums;
}

/// Columns at right angles and of length 1, by Cholesky's factor of their products. Columns that depend on others become 0.
void straighten(Block& block) {
  Small lower = product(block, block);
  for (std::size_t x = 0; x < width; ++x) {
    for (std::size_t y = 0; y <= x; ++y) {
      double sum = lower[x][y];
      for (std::size_t k = 0; k < y; ++k) sum -= lower[x][k] * lower[y][k];
      if (x == y) {
        lower[x][x] = sum > 1e-12 ? std::sqrt(sum) : 0;
      } else {
        lower[x][y] = lower[y][y] > 0 ? sum / lower[y][y] : 0;
      }
    }
  }
  for (auto& row : block) {
    for (std::size_t x = 0; x < width; ++x) {
      double value = row[x];
      for (std::size_t k = 0; k < x; ++k) value -= lower[x][k] * row[k];
      row[x] = lower[x][x] > 0 ? static_cast<float>(value / lower[x][x]) : 0;
    }
  }
}

/// Eigenvalues of a symmetric matrix on its diagonal, eigenvectors as columns of `vectors`, by Jacobi's rotations.
void diagonalize(Small& matrix, Small& vectors) {
  for (std::size_t x = 0; x < width; ++x) {
    vectors[x].fill(0);
    vectors[x][x] = 1;
  }
  for (int sweep = 0; sweep < 30; ++sweep) {
    double off = 0;
    for (std::size_t p = 0; p < width; ++p) {
      for (std::size_t q = p + 1; q < width; ++q) {
        if (std::abs(matrix[p][q]) < 1e-9) continue;
        off += std::abs(matrix[p][q]);
        const double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1);
        const double s = t * c;
        for (std::size_t k = 0; k < width; ++k) {
          const double a = matrix[k][p];
          const double b = matrix[k][q];
          matrix[k][p] = c * a - s * b;
          matrix[k][q] = s * a + c * b;
        }
        for (std::size_t k = 0; k < width; ++k) {
          const double a = matrix[p][k];
          const double b = matrix[q][k];
          matrix[p][k] = c * a - s * b;
          matrix[q][k] = s * a + c * b;
          const double v = vectors[k][p];
          const double w = vectors[k][q];
          vectors[k][p] = c * v - s * w;
          vectors[k][q] = s * v + c * w;
        }
      }
    }
    if (off < 1e-6) break;
  }
}

}  // namespace

std::vector<float> low_rank(const Trial& trial) {
  const Rows matrix = rows_of(trial.n, [&](std::size_t i, std::size_t j) { return std::log1p(trial.count[i * trial.n + j]); });
  Block block(trial.n);
  std::mt19937 random(1);
  for (auto& row : block) {
    for (float& cell : row) cell = static_cast<float>(random() % 2001) / 1000.0F - 1.0F;
  }
  for (int step = 0; step < 6; ++step) {
    block = times(matrix, block);
    straighten(block);
  }
  straighten(block);
  Small inner = product(block, times(matrix, block));
  Small vectors{};
  diagonalize(inner, vectors);
  std::array<std::size_t, width> order{};
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return std::abs(inner[a][a]) > std::abs(inner[b][b]); });
  std::vector<std::array<float, kept>> left(trial.n);
  std::vector<std::array<float, kept>> right(trial.n);
  for (std::size_t i = 0; i < trial.n; ++i) {
    for (std::size_t c = 0; c < kept; ++c) {
      double sum = 0;
      for (std::size_t k = 0; k < width; ++k) sum += block[i][k] * vectors[k][order[c]];
      right[i][c] = static_cast<float>(sum);
      left[i][c] = static_cast<float>(sum * inner[order[c]][order[c]]);
    }
  }
  std::vector<float> scores(trial.pairs());
  on_all_cores(trial.n, [&] {
    return [&](std::size_t i) {
      for (std::uint32_t p = trial.begin[i]; p < trial.begin[i + 1]; ++p) {
        float sum = 0;
        for (std::size_t c = 0; c < kept; ++c) sum += left[i][c] * right[trial.second[p]][c];
        scores[p] = sum;
      }
    };
  });
  return scores;
}

}  // namespace lacuna::uptake
