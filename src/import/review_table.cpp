// Suggested links as a table that people fill in and hand back.
#include "import/review_table.hpp"
#include "base/text.hpp"
#include "formats/csv.hpp"
#include "formats/xlsx.hpp"
#include "import/named_rows.hpp"
#include "import/table_columns.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

struct ReviewColumn {
  std::string_view name;
  std::string ReviewRow::*cell;
  std::size_t width;
  std::string_view note;
  bool number = false;
};

constexpr ReviewColumn columns[] = {
    {"verdict", &ReviewRow::verdict, 12, "accept, reject or dispute; leave it empty to decide later."},
    {"relation", &ReviewRow::relation, 16,
     "What is accepted: full, partial or none; of requirements and capabilities also a set relation. Empty: as suggested."},
    {"reason", &ReviewRow::reason, 40, "Why, in one sentence; it stands on the map."},
    {"by", &ReviewRow::by, 16, "Who looked; where it is empty, the name given when the table is read."},
    {"need", &ReviewRow::need, 10, "The need's identifier; not to be changed."},
    {"need title", &ReviewRow::need_title, 34, "For reading."},
    {"need text", &ReviewRow::need_text, 40, "For reading."},
    {"deliverable", &ReviewRow::deliverable, 28, "The deliverable's identifier; not to be changed."},
    {"deliverable title", &ReviewRow::deliverable_title, 44, "For reading."},
    {"abstract", &ReviewRow::abstract, 60, "For reading: of the deliverable, as its catalogue has it."},
    {"address", &ReviewRow::address, 30, "Where the deliverable can be read."},
    {"state", &ReviewRow::state, 12, "The deliverable's state."},
    {"probability", &ReviewRow::probability, 11, "How likely it is that the link holds, from 0 to 1; a number, to sort by.",
     true},
    {"suggestion", &ReviewRow::suggestion, 50, "What speaks for the link, and how sure that is."},
};

std::vector<std::string> words_for(std::string_view column) {
  if (column == "verdict") return {"accept", "reject", "dispute", "skip"};
  if (column != "relation") return {};
  std::vector<std::string> list;
  for (const Word& w : words<Degree>()) list.emplace_back(w.name);
  for (const Word& w : words<SetRelation>()) list.emplace_back(w.name);
  return list;
}

}  // namespace

std::string write_review(const std::vector<ReviewRow>& rows, bool as_workbook) {
  if (!as_workbook) {
    std::string out;
    for (const ReviewColumn& c : columns) out += (out.empty() ? "" : ",") + std::string(c.name);
    out += "\r\n";
    for (const ReviewRow& row : rows) {
      std::string line;
      for (const ReviewColumn& c : columns) line += (&c == columns ? "" : ",") + csv_cell(row.*c.cell, true);
      out += line + "\r\n";
    }
    return out;
  }
  TemplateSheet sheet{"review", {}, {}};
  Sheet notes{"how to", {}};
  const auto note = [&](std::vector<std::string> cells) {
    notes.rows.push_back({static_cast<std::uint32_t>(notes.rows.size() + 1), std::move(cells)});
  };
  note(
      {"Fill in verdict, relation and reason, save, and hand the file back: lacuna link review --in FILE --by NAME. Rows without "
       "a verdict stay open."});
  note({"Rows may be sorted, filtered and left out. This sheet is not read."});
  for (const ReviewColumn& c : columns) {
    sheet.columns.push_back({std::string(c.name), std::string(c.note), words_for(c.name), c.width, c.number});
    note({std::string(c.name), std::string(c.note)});
  }
  for (const ReviewRow& row : rows) {
    std::vector<std::string> cells;
    for (const ReviewColumn& c : columns) cells.push_back(row.*c.cell);
    sheet.rows.push_back(std::move(cells));
  }
  return write_xlsx_template(std::span(&sheet, 1), notes);
}

std::vector<ReviewRow> read_review(const std::string& path) {
  std::vector<ReviewRow> rows;
  for (const NamedRow& named : read_named_rows(path, "verdict")) {
    ReviewRow row;
    for (const ReviewColumn& c : columns) {
      std::string key(c.name);
      for (char& x : key) x = x == ' ' ? '-' : x;
      std::string_view cell = named[std::string_view(key)];
      // The sign that keeps spreadsheets from computing is not part of a name.
      if (cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@").find(cell[1]) != std::string_view::npos)
        cell.remove_prefix(1);
      row.*c.cell = cell;
    }
    for (std::string ReviewRow::*word : {&ReviewRow::verdict, &ReviewRow::relation}) row.*word = key_of(row.*word);
    for (std::string ReviewRow::*name : {&ReviewRow::by, &ReviewRow::need, &ReviewRow::deliverable})
      row.*name = one_line(row.*name);
    row.file = named.file;
    row.line = named.line;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace lacuna
