#include "evaluation/features/matrices.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"

namespace lacuna::evaluation {
namespace {

/// Each row over `by(row)`.
template <class By>
SparseMatrix divided(const SparseMatrix& matrix, const By& by) {
  SparseMatrix result = matrix;
  for (Eigen::Index i = 0; i < result.rows(); ++i) {
    const float divisor = by(static_cast<std::size_t>(i));
    for (SparseMatrix::InnerIterator entry(result, i); entry; ++entry) entry.valueRef() /= divisor;
  }
  return result;
}

}  // namespace

DenseMatrix dense_product(const SparseMatrix& left, std::span<const float> weights, const SparseMatrix& right) {
  DenseMatrix result(left.rows(), right.cols());
  each_product_row(left, weights, right, [&](std::size_t i, std::span<const float> row) {
    std::ranges::copy(row, result.row(static_cast<Eigen::Index>(i)).begin());
  });
  return result;
}

void product_row(const SparseMatrix& left, std::size_t i, const DenseMatrix& right, std::size_t begin, std::span<float> into) {
  const auto size = right.cols() - static_cast<Eigen::Index>(begin);
  Eigen::Map<Eigen::RowVectorXf> row(into.data() + begin, size);
  row.setZero();
  each_entry(left, i,
             [&](std::size_t middle, float value) { row += value * right.row(static_cast<Eigen::Index>(middle)).tail(size); });
}

SparseMatrix transpose(const SparseMatrix& matrix) { return matrix.transpose(); }

std::vector<float> row_sums(const SparseMatrix& matrix, std::span<const float> weights) {
  std::vector<float> sums;
  for (std::size_t i = 0; i < static_cast<std::size_t>(matrix.rows()); ++i) {
    double sum = 0;
    each_entry(matrix, i, [&](std::size_t column, float value) {
      sum += static_cast<double>(value) * (weights.empty() ? 1.0F : weights[column]);
    });
    sums.push_back(static_cast<float>(sum));
  }
  return sums;
}

SparseMatrix normalised(const SparseMatrix& matrix, float least) {
  const std::vector<float> sums = row_sums(matrix);
  return divided(matrix, [&](std::size_t i) { return std::max(sums[i], least); });
}

SparseMatrix unit_rows(const SparseMatrix& matrix, float least) {
  const std::vector<float> squares = row_sums(matrix.cwiseAbs2());
  return divided(matrix, [&](std::size_t i) { return std::max(std::sqrt(squares[i]), least); });
}

}  // namespace lacuna::evaluation
