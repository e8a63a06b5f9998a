// Sparse matrices of concepts, in single precision, row by row.
#pragma once

#include <Eigen/SparseCore>
#include <functional>
#include <span>
#include <vector>

namespace lacuna::forecast {

using SparseMatrix = Eigen::SparseMatrix<float, Eigen::RowMajor>;

/// A matrix of which `row(i, add)` calls `add(column, value)` for the entries of each row, columns ascending. O(rows + entries).
template <class Row>
SparseMatrix sparse_by_row(std::size_t rows, std::size_t columns, const Row& row) {
  SparseMatrix matrix(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    matrix.startVec(i);
    row(static_cast<std::size_t>(i),
        [&](std::size_t column, float value) { matrix.insertBack(i, static_cast<Eigen::Index>(column)) = value; });
  }
  matrix.finalize();
  return matrix;
}

/// A matrix of the cells of `cell(row, column)` that are not 0. O(rows · columns).
template <class Cell>
SparseMatrix sparse_of(std::size_t rows, std::size_t columns, const Cell& cell) {
  return sparse_by_row(rows, columns, [&](std::size_t i, const auto& add) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (const float value = cell(i, j); value != 0) add(j, value);
    }
  });
}

/// `take(column, value)` for the entries of a row, columns ascending.
template <class Take>
void each_entry(const SparseMatrix& matrix, std::size_t row, const Take& take) {
  for (SparseMatrix::InnerIterator entry(matrix, static_cast<Eigen::Index>(row)); entry; ++entry)
    take(static_cast<std::size_t>(entry.col()), entry.value());
}

/// Hands `take(i, row)` each of the first `rows` rows of left · diag(weights) · right, dense; from several threads, each row
/// once. Single precision, summed in the order of the columns of `left`. O(rows · columns + non-zero products). Eigen's own
/// product of two sparse matrices keeps a list of the columns of each row, which these rows, most of whose cells are not 0, do
/// without.
void each_product_row(const SparseMatrix& left, std::span<const float> weights, const SparseMatrix& right,
                      const std::function<void(std::size_t, std::span<const float>)>& take,
                      std::size_t rows = static_cast<std::size_t>(-1));

}  // namespace lacuna::forecast
