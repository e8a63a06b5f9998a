// Products of sparse and dense matrices of concepts, and sums of rows.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "forecast/sparse_matrix.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// DenseMatrix, by row; most cells are not 0.
using DenseMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The cell of two concepts.
inline float at(const DenseMatrix& matrix, std::size_t row, std::size_t column) {
  return matrix(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column));
}

/// left · diag(weights) · right. O(n² + non-zero products), on all cores.
DenseMatrix dense_product(const SparseMatrix& left, std::span<const float> weights, const SparseMatrix& right);
/// Row i of left · right, from column `begin` on; cells before it keep what they had. O(entries of the row · n).
void product_row(const SparseMatrix& left, std::size_t i, const DenseMatrix& right, std::size_t begin, std::span<float> into);

SparseMatrix transpose(const SparseMatrix& matrix);
/// Σ value · weight of the column, by row, summed in double precision; `weights` empty for 1.
std::vector<float> row_sums(const SparseMatrix& matrix, std::span<const float> weights = {});
/// Each row over its sum, or over `least` where that is more.
SparseMatrix normalised(const SparseMatrix& matrix, float least);
/// Each row over its length, or over `least` where that is more.
SparseMatrix unit_rows(const SparseMatrix& matrix, float least);

}  // namespace lacuna::evaluation
