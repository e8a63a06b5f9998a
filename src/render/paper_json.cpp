#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "formats/json.hpp"
#include "render/papers.hpp"

namespace lacuna {
namespace {

std::string_view name_of(Run::Kind kind) {
  switch (kind) {
    case Run::Kind::strong: return "strong";
    case Run::Kind::emphasis: return "emphasis";
    case Run::Kind::blank: return "blank";
    case Run::Kind::plain: break;
  }
  return "plain";
}

Value numbers(const std::vector<std::size_t>& cites) {
  Value list = Value::array();
  for (const std::size_t n : cites) list.push(n);
  return list;
}

/// The text as people read it, blanks as in every format.
std::string text_of_prose(const Prose& prose) {
  std::string text;
  for (const Run& run : prose) text += run.kind == Run::Kind::blank ? text_of_blank(run.text) : run.text;
  return text;
}

/// Sets "text", and "runs" where it is more than one plain stretch.
void set_prose(Value& object, const Prose& prose) {
  object.set("text", text_of_prose(prose));
  const bool plain = prose.size() == 1 && prose[0].kind == Run::Kind::plain && prose[0].cites.empty() &&
                     prose[0].address.empty() && prose[0].comment.empty() && prose[0].rests_on.is_null();
  if (plain || prose.empty()) return;
  Value runs = Value::array();
  for (const Run& run : prose) {
    Value item = Value::object();
    item.set("text", run.text);
    if (run.kind != Run::Kind::plain) item.set("kind", name_of(run.kind));
    if (!run.cites.empty()) item.set("cites", numbers(run.cites));
    if (!run.address.empty()) item.set("address", run.address);
    if (!run.comment.empty()) item.set("comment", run.comment);
    if (!run.rests_on.is_null()) item.set("rests_on", run.rests_on);
    runs.push(std::move(item));
  }
  object.set("runs", std::move(runs));
}

Value value_of(const Prose& prose) {
  Value object = Value::object();
  set_prose(object, prose);
  return object;
}

/// Sets "paragraphs", and "tint" where there is one.
void set_cell(Value& object, const PaperTable::Cell& cell) {
  Value paragraphs = Value::array();
  for (const Prose& prose : cell.paragraphs) paragraphs.push(value_of(prose));
  object.set("paragraphs", std::move(paragraphs));
  if (!cell.tint.empty()) object.set("tint", cell.tint);
}

Value value_of(const PaperTable::Cell& cell) {
  Value object = Value::object();
  set_cell(object, cell);
  return object;
}

void set_frame(Value& object, const PaperTable& table) {
  if (!table.caption.empty()) object.set("caption", table.caption);
  if (table.widths.empty()) return;
  Value widths = Value::array();
  for (const double width : table.widths) widths.push(width);
  object.set("widths", std::move(widths));
}

/// A row of a form: the label apart, the other cells together.
Value field_of(const PaperTable::Row& row) {
  Value field = Value::object();
  std::string label;
  std::set<std::size_t> cites;
  bool blank = false;
  PaperTable::Cell answer;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    for (const Prose& prose : row.cells[c].paragraphs) {
      if (c == 0) label += (label.empty() ? "" : " ") + text_of_prose(prose);
      for (const Run& run : prose) {
        cites.insert(run.cites.begin(), run.cites.end());
        blank = blank || run.kind == Run::Kind::blank;
      }
    }
  }
  if (row.cells.size() > 1) answer = row.cells[1];
  field.set("label", label);
  set_cell(field, answer);
  field.set("cites", numbers({cites.begin(), cites.end()}));
  field.set("blank", blank);
  // Whatever is not told by now: a label in several runs or tinted, further cells, or none at all.
  const bool plain_label = row.cells.size() == 2 && row.cells[0].tint.empty() && row.cells[0].paragraphs.size() == 1 &&
                           value_of(row.cells[0].paragraphs[0])["runs"].is_null() && !row.cells[0].paragraphs[0].empty();
  if (plain_label) return field;
  Value cells = Value::array();
  for (const PaperTable::Cell& cell : row.cells) cells.push(value_of(cell));
  field.set("cells", std::move(cells));
  return field;
}

class JsonWriter {
 public:
  explicit JsonWriter(const Paper& paper) : paper_(paper) {}

  std::string write() {
    Value document = Value::object();
    document.set("schema", "lacuna:schema/paper-1.json")
        .set("form", paper_.form)
        .set("title", paper_.title)
        .set("about", paper_.about);
    for (const auto& [name, value] : paper_.head) document.set(name, value);
    std::size_t at = 0;
    Value content = contents(at);
    Value sections = sections_below(at, 0);
    document.set("fields", std::move(fields_)).set("content", std::move(content)).set("sections", std::move(sections));
    Value references = Value::array();
    for (std::size_t i = 0; i < paper_.references.size(); ++i) {
      const Reference& r = paper_.references[i];
      Value item = Value::object();
      item.set("number", i + 1);
      for (const auto& [name, text] : {std::pair{"node", &r.node},
                                       {"identifier", &r.identifier},
                                       {"title", &r.title},
                                       {"body", &r.body},
                                       {"state", &r.state},
                                       {"address", &r.address}}) {
        if (!text->empty()) item.set(name, *text);
      }
      references.push(std::move(item));
    }
    document.set("references", std::move(references));
    return json::write(document);
  }

 private:
  /// What stands before the next heading.
  Value contents(std::size_t& at) {
    Value list = Value::array();
    for (; at < paper_.passages.size() && paper_.passages[at].kind != Passage::Kind::heading; ++at)
      list.push(value_of_passage(paper_.passages[at]));
    return list;
  }

  /// The headings below one of that level, each with what stands under it. At most as deep as there are levels.
  Value sections_below(std::size_t& at, int level) {
    Value list = Value::array();
    const auto depth_of = [](const Passage& heading) { return std::clamp(heading.level, 1, 3); };
    while (at < paper_.passages.size() && depth_of(paper_.passages[at]) > level) {
      const Passage& heading = paper_.passages[at++];
      Value section = Value::object();
      if (!heading.key.empty()) section.set("key", heading.key);
      section.set("level", heading.level);
      section.set("heading", lacuna::value_of(heading.text));
      section.set("content", contents(at));
      section.set("sections", sections_below(at, depth_of(heading)));
      list.push(std::move(section));
    }
    return list;
  }

  Value value_of_passage(const Passage& passage) {
    Value object = Value::object();
    if (passage.kind == Passage::Kind::table) {
      table(object, passage.table);
    } else {
      object.set("kind", passage.kind == Passage::Kind::item ? "item" : "paragraph");
      if (passage.kind == Passage::Kind::item) object.set("level", passage.level);
      set_prose(object, passage.text);
    }
    return object;
  }

  void table(Value& object, const PaperTable& table) {
    const bool form = table.columns.empty();
    object.set("kind", form ? "form" : "table");
    set_frame(object, table);
    Value rows = Value::array();
    if (form) {
      for (const PaperTable::Row& row : table.rows) rows.push(add_field(row));
      object.set("fields", std::move(rows));
      return;
    }
    Value columns = Value::array();
    for (const std::string& column : table.columns) columns.push(column);
    object.set("columns", std::move(columns));
    for (const PaperTable::Row& row : table.rows) {
      Value item = Value::object();
      if (!row.key.empty()) item.set("key", row.key);
      Value cells = Value::array();
      for (const PaperTable::Cell& cell : row.cells) cells.push(lacuna::value_of(cell));
      item.set("cells", std::move(cells));
      rows.push(std::move(item));
    }
    object.set("rows", std::move(rows));
  }

  /// The key under which the row went: its own, or one that is free.
  std::string add_field(const PaperTable::Row& row) {
    std::string key = row.key;
    for (std::size_t n = fields_.size() + 1; key.empty() || keys_.contains(key); ++n)
      key = fmt::format("{}-{}", row.key.empty() ? "field" : row.key, n);
    keys_.insert(key);
    // Not set(): it looks through all members.
    fields_.emplace_back(key, field_of(row));
    return key;
  }

  const Paper& paper_;
  Value::Object fields_;
  std::set<std::string> keys_;
};

}  // namespace

std::string render_paper_json(const Paper& paper, std::string_view /*layout*/) { return JsonWriter(paper).write(); }

}  // namespace lacuna
