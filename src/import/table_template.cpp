#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/xlsx.hpp"
#include "import/table_columns.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

void add(Sheet& notes, std::vector<std::string> cells) {
  notes.rows.push_back({static_cast<std::uint32_t>(notes.rows.size() + 1), std::move(cells)});
}

/// The sheet of a table, and what the notes say of it.
template <class Record>
TemplateSheet sheet_of(std::string name, const std::vector<TableColumn<Record>>& columns, Sheet& notes) {
  TemplateSheet sheet{std::move(name), {}};
  add(notes, {""});
  add(notes, {fmt::format("Columns of {}", sheet.name)});
  for (const TableColumn<Record>& column : columns) {
    if (column.note.empty()) continue;
    const std::string note = column.required ? column.note + " Needed." : column.note;
    sheet.columns.push_back({column.name, note, column.words,
                             std::clamp<std::size_t>(std::max(column.name.size(), column.example.size()) + 2, 10, 50)});
    add(notes, {column.name, note, "for example: " + column.example});
  }
  return sheet;
}

template <class E>
void explain(std::string_view heading, Sheet& notes) {
  add(notes, {""});
  add(notes, {std::string(heading)});
  for (const Word& w : words<E>()) add(notes, {std::string(w.name), std::string(w.meaning)});
}

}  // namespace

std::string table_template() {
  Sheet notes{std::string(template_notes), {}};
  for (const char* line :
       {"Write one node a row in the sheet \"nodes\", one link a row in the sheet \"links\", and save. The first row stays as it "
        "is.",
        "Columns may be moved and left out, but for those that are needed. More columns of nodes become attributes.",
        "Where a column takes several ids or names, put semicolons between. Every relation but covers may be a column of nodes.",
        "Dates are as precise as you know them: 2019, 2019-06 or 2019-06-22. Cells are texts, so that the spreadsheet leaves "
        "them alone.",
        "This sheet is not read."}) {
    add(notes, {line});
  }
  std::vector<TemplateSheet> sheets;
  sheets.push_back(sheet_of("nodes", node_columns(), notes));
  sheets.push_back(sheet_of("links", link_columns(), notes));
  explain<Kind>("Kinds", notes);
  explain<State>("States of a deliverable", notes);
  explain<Relation>("Relations", notes);
  explain<Degree>("Degrees", notes);
  explain<SetRelation>("Set relations", notes);
  explain<Status>("Status of a link", notes);
  return write_xlsx_template(sheets, notes);
}

}  // namespace lacuna
