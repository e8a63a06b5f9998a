#include "import/named_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/csv.hpp"
#include "formats/document.hpp"
#include "formats/xlsx.hpp"
#include "import/table_columns.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

[[noreturn]] void fail(const std::vector<Diagnostic>& diagnostics, const std::string& path) {
  if (diagnostics.empty()) throw Error(ErrorCode::bad_input, path, "could not be read");
  throw error_of(diagnostics.front());
}

void add_rows(const Sheet& sheet, const std::string& file, std::string_view required, std::vector<NamedRow>& rows, bool& found) {
  if (sheet.rows.empty()) return;
  std::vector<std::string> names;
  for (const std::string& cell : sheet.rows.front().cells) names.push_back(key_of(cell));
  if (std::ranges::find(names, required) == names.end()) return;
  found = true;
  for (const Row& row : std::span(sheet.rows).subspan(1)) {
    NamedRow named{file, row.line, {}};
    for (std::size_t i = 0; i < std::min(names.size(), row.cells.size()); ++i) {
      if (!row.cells[i].empty() && !names[i].empty()) named.cells.emplace(names[i], row.cells[i]);
    }
    rows.push_back(std::move(named));
  }
}

}  // namespace

std::string_view NamedRow::operator[](std::span<const std::string_view> columns) const {
  for (const std::string_view column : columns) {
    if (const auto cell = cells.find(std::string(column)); cell != cells.end()) return cell->second;
  }
  return {};
}

std::vector<NamedRow> read_named_rows(const std::string& path, std::string_view required) {
  const std::string bytes = read_file(path);
  std::vector<Diagnostic> diagnostics;
  std::vector<NamedRow> rows;
  bool found = false;
  if (lower(path).ends_with(".xlsx")) {
    const auto sheets = read_xlsx(bytes, path, diagnostics);
    if (!sheets) fail(diagnostics, path);
    for (const Sheet& sheet : *sheets) add_rows(sheet, place_of(path, sheet), required, rows, found);
  } else {
    const auto sheet = read_csv(bytes, path, diagnostics);
    if (!sheet) fail(diagnostics, path);
    add_rows(*sheet, path, required, rows, found);
  }
  if (!found) throw Error(ErrorCode::bad_input, path, fmt::format("has no column \"{}\"; name it in the first row", required));
  return rows;
}

Proposal read_proposal(const std::string& path) {
  std::vector<Diagnostic> diagnostics;
  const auto document = read_document(read_file(path), path, diagnostics);
  if (!document) fail(diagnostics, path);
  return {{}, {document->title, document->scope}};
}

std::vector<Proposal> read_proposals(const std::string& path, std::vector<Diagnostic>& diagnostics) {
  static constexpr std::string_view ids[] = {"id", "identifier", "reference"};
  static constexpr std::string_view scopes[] = {"scope", "summary", "text"};
  std::vector<Proposal> proposals;
  for (const NamedRow& row : read_named_rows(path, "title")) {
    Proposal proposal{one_line(row[ids]), {one_line(row["title"]), std::string(row[scopes])}};
    if (words_of(proposal.writing.title).empty()) {
      diagnostics.push_back({Severity::warning, row.file, row.line, "has no title; the row was left out"});
      continue;
    }
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

}  // namespace lacuna
