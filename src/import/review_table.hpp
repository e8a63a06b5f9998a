// Suggested links as a table that people fill in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// A suggested link in a table that people fill in.
struct ReviewRow {
  std::string deliverable, deliverable_title, abstract, address, state, need, need_title, need_text, suggestion;
  std::string probability;  ///< That it covers the need, as the suggestion says: a number.
  std::string verdict;      ///< accept, reject, dispute; empty or skip: later.
  std::string relation;     ///< full, partial, none or a set relation; empty: as suggested.
  std::string reason;
  std::string by;
  std::string file;  ///< Where it was read.
  std::uint32_t line = 0;
};
/// The table as a workbook with drop-down lists, filters and a sheet that explains it, or as CSV. Same rows, same bytes. Throws
/// Error(io).
std::string write_review(const std::vector<ReviewRow>& rows, bool as_workbook);
/// Reads it back, .csv or .xlsx. Throws Error(io), Error(bad_input).
std::vector<ReviewRow> read_review(const std::string& path);

}  // namespace lacuna
