#include "import/map_workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <span>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/json.hpp"
#include "formats/xlsx.hpp"
#include "import/table_columns.hpp"
#include "lacuna/import.hpp"
#include "model/values.hpp"

namespace lacuna {
namespace {

/// What a cell holds of an item's text form.
enum class Holds : std::uint8_t { text, whole, list, json };

/// A column of a sheet.
struct ItemColumn {
  std::string_view name;
  std::string_view member;  ///< Of the text form; with a dot, inside an object.
  Holds holds = Holds::text;
  std::string_view note;
  std::size_t width = 14;
};

constexpr ItemColumn node_sheet[] = {
    {"id", "id", Holds::text, "Unique; links name nodes by it. A new identifier is given by: lacuna rename.", 24},
    {"kind", "kind", Holds::text, "What it is.", 12},
    {"title", "title", Holds::text, "What people call it.", 44},
    {"text", "text", Holds::text, "What it says.", 60},
    {"aliases", "aliases", Holds::list, "Other names, with semicolons between.", 20},
    {"priority", "priority", Holds::whole, "From 1 to 5.", 8},
    {"state", "state", Holds::text, "Of a deliverable.", 12},
    {"proposed", "dates.proposed", Holds::text, "YYYY, YYYY-MM or YYYY-MM-DD.", 11},
    {"draft", "dates.draft", Holds::text, "YYYY, YYYY-MM or YYYY-MM-DD.", 11},
    {"approved", "dates.approved", Holds::text, "YYYY, YYYY-MM or YYYY-MM-DD.", 11},
    {"published", "dates.published", Holds::text, "YYYY, YYYY-MM or YYYY-MM-DD.", 11},
    {"superseded", "dates.superseded", Holds::text, "YYYY, YYYY-MM or YYYY-MM-DD.", 11},
    {"withdrawn", "dates.withdrawn", Holds::text, "YYYY, YYYY-MM or YYYY-MM-DD.", 11},
    {"since", "dates.since", Holds::text, "Of what is no deliverable.", 11},
    {"until", "dates.until", Holds::text, "Of what is no deliverable.", 11},
    {"address", "address", Holds::text, "Where it stands on the Web.", 24},
    {"source", "source.name", Holds::text, "Where it was seen.", 24},
    {"source address", "source.address", Holds::text, "Where the source stands on the Web.", 20},
    {"seen", "source.seen", Holds::text, "The day on which it was seen there.", 11},
    {"attributes", "attributes", Holds::json, "Whatever else the map keeps of it, as JSON: {\"name\": value}.", 24},
};
constexpr ItemColumn link_sheet[] = {
    {"from", "from", Holds::text, "The node that the sentence is about.", 26},
    {"relation", "relation", Holds::text, "What it has to do with the other.", 13},
    {"to", "to", Holds::text, "The other node.", 26},
    {"by", "by", Holds::text, "Who says so; two people's verdicts are two rows.", 16},
    {"degree", "degree", Holds::text, "full, partial or none; with covers only.", 9},
    {"set relation", "set_relation", Holds::text, "equal-to, superset-of, …; must agree with the degree.", 16},
    {"strength", "strength", Holds::whole, "From 0 to 10.", 9},
    {"rationale", "rationale", Holds::text, "Why, in one sentence.", 60},
    {"evidence", "evidence", Holds::text, "What was read.", 18},
    {"clause", "clause", Holds::text, "The clauses that say so.", 14},
    {"method", "method", Holds::text, "human, automation or hybrid.", 11},
    {"on", "on", Holds::text, "When it was said.", 11},
    {"source", "source.name", Holds::text, "Where it was seen.", 24},
    {"source address", "source.address", Holds::text, "Where the source stands on the Web.", 20},
    {"seen", "source.seen", Holds::text, "The day on which it was seen there.", 11},
    {"status", "status", Holds::text, "Empty for asserted; suggested, rejected, disputed.", 11},
    {"questioned", "questioned", Holds::text, "Why somebody must look again; empty: nothing does.", 24},
};
constexpr ItemColumn search_sheet[] = {
    {"id", "id", Holds::text, "Unique.", 24},
    {"by", "by", Holds::text, "Who searched.", 16},
    {"on", "on", Holds::text, "When.", 11},
    {"needs", "needs", Holds::list, "For which needs, with semicolons between.", 30},
    {"not searched", "not_searched", Holds::list, "Bodies of which nothing was searched.", 24},
    {"read", "read", Holds::text, "What was read of what was found.", 20},
    {"method", "method", Holds::text, "", 20},
    {"note", "note", Holds::text, "", 40},
    {"catalogues", "catalogues", Holds::json, "What was searched, as JSON.", 24},
    {"queries", "queries", Holds::json, "What was asked, as JSON.", 24},
    {"candidates", "candidates", Holds::json, "Documents that were judged, as JSON.", 24},
    {"unjudged", "unjudged", Holds::json, "Documents that wait for judgement, as JSON.", 24},
    {"signed", "signed", Holds::json, "Who answers for it and since when, as JSON.", 20},
};
constexpr ItemColumn map_sheet[] = {
    {"title", "title", Holds::text, "", 0},
    {"about", "about", Holds::text, "", 0},
    {"date", "date", Holds::text, "", 0},
    {"groups", "groups", Holds::list, "", 0},
};

constexpr std::string_view format_version = "1";
constexpr std::size_t longest_piece = 30'000;         ///< Bytes of the state in a cell: Excel takes 32,767 signs.
constexpr std::size_t most_matrix_cells = 1'000'000;  ///< More than that nobody looks at.

// ---- items as cells -----------------------------------------------------------------------------------------------------------

const Value& member_of(const Value& item, std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? item[path] : item[path.substr(0, dot)][path.substr(dot + 1)];
}

void set_member(Value& item, std::string_view path, Value value) {
  const std::size_t dot = path.find('.');
  const std::string_view outer = path.substr(0, dot);
  if (dot != std::string_view::npos) {
    Value inside = item[outer].if_object() != nullptr ? item[outer] : Value::object();
    set_member(inside, path.substr(dot + 1), std::move(value));
    value = inside.size() > 0 ? std::move(inside) : Value();
  }
  if (!value.is_null()) return void(item.set(outer, std::move(value)));
  Value::Object members = *item.if_object();
  std::erase_if(members, [&](const auto& m) { return m.first == outer; });
  item = Value(std::move(members));
}

std::string cell_of(const Value& item, const ItemColumn& column) {
  const Value& value = member_of(item, column.member);
  if (value.is_null()) return {};
  if (const auto* number = value.if_integer()) return std::to_string(*number);
  if (column.holds == Holds::json) return json::write_compact(value);
  if (const std::string* text = value.if_text()) return *text;
  std::vector<std::string> names;
  bool plain = true;
  for (const Value& one : *value.if_array()) {
    const std::string& name = names.emplace_back(one.if_text() != nullptr ? *one.if_text() : json::write_compact(one));
    plain = plain && name.find_first_of(";\n") == std::string::npos && one_line(name) == name && !name.starts_with('[');
  }
  // What a semicolon would part stands as JSON.
  return plain ? join(names, "; ") : json::write_compact(value);
}

/// What a cell says that somebody wrote; nothing, told, where it cannot be read.
std::optional<Value> read_cell(const std::string& text, const ItemColumn& column, std::string& fault) {
  if (text.empty()) return Value();
  if (column.holds == Holds::whole) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return Value(number);
    fault = fmt::format("\"{}\" is no {}; write a whole number", shortened(text, 40), column.name);
    return std::nullopt;
  }
  const bool json_list = column.holds == Holds::list && text.starts_with('[');
  if (column.holds == Holds::json || json_list) {
    std::vector<Diagnostic> faults;
    const auto json = json::read(text, "", faults);
    if (json) return json::to_value(*json);
    fault = fmt::format("the cell \"{}\" is no JSON: {}", column.name, faults.front().message);
    return std::nullopt;
  }
  if (column.holds == Holds::text) return Value(text);
  std::vector<Fault> none;
  Value list = Value::array();
  for (const std::string& name : Cell{column.name, text, none}.list()) list.push(name);
  return list.size() > 0 ? list : Value();
}

// ---- writing ------------------------------------------------------------------------------------------------------------------

std::vector<TemplateColumn> columns_of(std::span<const ItemColumn> columns) {
  std::vector<TemplateColumn> list;
  for (const ItemColumn& column : columns) {
    TemplateColumn made{std::string(column.name), std::string(column.note), {}, column.width};
    const auto offer = [&](auto words) {
      for (const Word& word : words) made.words.emplace_back(word.name);
    };
    if (column.name == "kind") offer(words<Kind>());
    if (column.name == "relation") offer(words<Relation>());
    if (column.name == "degree") offer(words<Degree>());
    if (column.name == "set relation") offer(words<SetRelation>());
    if (column.name == "state") offer(words<State>());
    list.push_back(std::move(made));
  }
  return list;
}

template <class Item>
TemplateSheet sheet_of(std::string name, std::span<const ItemColumn> columns, const std::vector<Item>& items) {
  TemplateSheet sheet{std::move(name), columns_of(columns)};
  for (const Item& item : items) {
    const Value value = value_of(item);
    std::vector<std::string> cells;
    for (const ItemColumn& column : columns) cells.push_back(cell_of(value, column));
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

/// Needs against deliverables: f and p for what is covered in full and in part, n for what somebody found not to be, m for what
/// is mentioned. Only what is asserted counts; of several, what says most.
TemplateSheet matrix_of(const Map& map) {
  TemplateSheet sheet{"Matrix", {}};
  std::map<std::string, std::map<std::string, char>> cells;  // by need, then deliverable, as they are spelled
  std::map<std::string, std::string> spelled;
  for (const Node& node : map.nodes) spelled.emplace(identity_of(node.id), node.id);
  std::set<std::string> used;
  for (const Link& link : map.links) {
    const bool covers = link.relation == Relation::covers;
    if ((!covers && link.relation != Relation::mentions) || link.status != Status::asserted) continue;
    const char sign = !covers || !link.degree           ? 'm'
                      : *link.degree == Degree::full    ? 'f'
                      : *link.degree == Degree::partial ? 'p'
                                                        : 'n';
    const auto rank = [](char c) { return std::string_view("nmpf").find(c); };
    char& cell = cells[spelled[identity_of(link.to)]].try_emplace(spelled[identity_of(link.from)], sign).first->second;
    if (rank(sign) > rank(cell)) cell = sign;
    used.insert(spelled[identity_of(link.from)]);
  }
  std::vector<const Node*> needs;
  std::vector<const Node*> deliverables;
  for (const Node& node : map.nodes) {
    if (is_need(node.kind)) needs.push_back(&node);
    if (used.contains(node.id)) deliverables.push_back(&node);
  }
  sheet.columns.push_back({"need",
                           "f: covered in full, p: in part, n: somebody found that it is not, m: mentioned. Made of the sheet "
                           "Links; change it there.",
                           {},
                           24});
  sheet.columns.push_back({"title", "", {}, 50});
  if (needs.size() * deliverables.size() > most_matrix_cells || deliverables.size() + 2 > most_xlsx_columns) return sheet;
  for (const Node* deliverable : deliverables) sheet.columns.push_back({deliverable->id, "", {}, 6});
  for (const Node* need : needs) {
    std::vector<std::string> row{need->id, need->title};
    const auto found = cells.find(need->id);
    for (const Node* deliverable : deliverables) {
      const bool said = found != cells.end() && found->second.contains(deliverable->id);
      row.push_back(said ? std::string(1, found->second.at(deliverable->id)) : std::string());
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

/// JSON that comes through a workbook as it is: what XML has no place for, turns the direction of writing, looks like an escape
/// or is one of many blanks stands as an escape of JSON.
std::string plain_json(const Value& value) {
  const std::string text = json::write_compact(value);
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t c = next_code_point(rest);
    const bool forbidden =
        (c >= 0x7F && c <= 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFFFE || c == 0xFFFF;
    if (forbidden || (c == '_' && rest.starts_with('x')) || (c == ' ' && out.ends_with(' ')))
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += before.substr(0, before.size() - rest.size());
  }
  return out;
}

/// The text in pieces that a cell holds; none begins or ends with a blank, which a cell would lose.
std::vector<std::string> pieces_of(const std::string& text) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(at + longest_piece, text.size());
    const auto parts = [&](std::size_t p) {
      return p == text.size() || ((static_cast<unsigned char>(text[p]) & 0xC0) != 0x80 && text[p] != ' ' && text[p - 1] != ' ');
    };
    while (end > at + 1 && !parts(end)) --end;
    pieces.push_back(text.substr(at, end - at));
    at = end;
  }
  return pieces;
}

/// The map that a workbook is made from, an item a row.
std::vector<std::vector<std::string>> state_of(const Map& map) {
  std::vector<std::vector<std::string>> rows;
  std::string all;
  const auto add = [&](std::string_view part, const Value& value) {
    const std::string text = plain_json(value);
    all += text;
    std::vector<std::string> row{std::string(part)};
    for (std::string& piece : pieces_of(text)) row.push_back(std::move(piece));
    rows.push_back(std::move(row));
  };
  add("map", value_of(map.info));
  for (const Node& node : map.nodes) add("nodes", value_of(node));
  for (const Link& link : map.links) add("links", value_of(link));
  for (const Search& search : map.searches) add("searches", value_of(search));
  rows.insert(rows.begin(), {"version " + std::string(format_version), "hash " + fingerprint(all)});
  return rows;
}

TemplateSheet state_sheet(const Map& map) {
  TemplateSheet sheet{std::string(workbook_state), {}, state_of(map)};
  std::size_t widest = 2;
  for (const auto& row : sheet.rows) widest = std::max(widest, row.size());
  for (std::size_t c = 0; c < widest; ++c) sheet.columns.push_back({c == 0 ? "part" : "text", "", {}, 12});
  sheet.hidden = true;
  return sheet;
}

}  // namespace

std::string write_map_workbook(const Map& map) {
  if (std::max(map.nodes.size(), map.links.size()) + 2 > most_xlsx_rows ||
      map.nodes.size() + map.links.size() + map.searches.size() + 3 > most_xlsx_rows)
    throw Error(ErrorCode::bad_input, "",
                fmt::format("the map has more than the {} rows of a sheet; write it as: lacuna export --format map",
                            thousands(most_xlsx_rows)));
  std::vector<TemplateSheet> sheets;
  TemplateSheet about{"Map", {{"member", "What the map says of itself.", {}, 14}, {"says", "", {}, 80}}};
  const Value info = value_of(map.info);
  for (const ItemColumn& column : map_sheet) about.rows.push_back({std::string(column.name), cell_of(info, column)});
  sheets.push_back(std::move(about));
  sheets.push_back(sheet_of("Nodes", node_sheet, map.nodes));
  sheets.push_back(sheet_of("Links", link_sheet, map.links));
  sheets.push_back(sheet_of("Searches", search_sheet, map.searches));
  sheets.push_back(matrix_of(map));
  sheets.push_back(state_sheet(map));
  Sheet notes{"how to", {}};
  for (const char* line :
       {"Change what you like in the sheets Map, Nodes, Links and Searches, save, and bring it back with: lacuna import "
        "FILE.xlsx --sync",
        "A new row is a new item; a row that is removed is a removed item. Rows may be sorted, columns moved.",
        "Where the map was changed meanwhile, both changes go together; the same cell changed twice is told, and nothing is "
        "changed.",
        "lacuna import FILE.xlsx --sync --dry-run says what would be done.",
        "Dates are as precise as they are known: 2019, 2019-06 or 2019-06-22. Several names in a cell have semicolons between.",
        "The sheet Matrix is made of the sheet Links: f covered in full, p in part, n found not to be, m mentioned. This sheet "
        "is not read."}) {
    notes.rows.push_back({static_cast<std::uint32_t>(notes.rows.size() + 1), {line}});
  }
  return write_xlsx_template(sheets, notes);
}

// ---- reading ------------------------------------------------------------------------------------------------------------------

namespace {

class WorkbookReader {
 public:
  WorkbookReader(std::string_view bytes, std::string file) : file_(std::move(file)) {
    auto sheets = read_xlsx(bytes, file_, result_.diagnostics);
    if (!sheets) throw lacuna::error_of(result_.diagnostics.front());
    result_.diagnostics.clear();
    for (Sheet& sheet : *sheets) sheets_.emplace(sheet.name, std::move(sheet));
  }

  MapWorkbook run() {
    read_state();
    result_.edited.info = result_.base.info;
    read_about();
    read_items<Node>("Nodes", node_sheet, result_.base.nodes, result_.edited.nodes);
    read_items<Link>("Links", link_sheet, result_.base.links, result_.edited.links);
    read_items<Search>("Searches", search_sheet, result_.base.searches, result_.edited.searches);
    check_matrix();
    if (count_errors(result_.diagnostics) == 0) sort_canonically(result_.edited);
    return std::move(result_);
  }

 private:
  void error(const std::string& sheet, std::uint32_t row, std::string message) {
    result_.diagnostics.push_back({Severity::error, fmt::format("{}:{}", file_, sheet), row, std::move(message)});
  }

  [[noreturn]] void refuse(const std::string& message) const { throw Error(ErrorCode::bad_input, file_, message); }

  static std::string cell(const Row& row, std::size_t column) {
    return column < row.cells.size() ? row.cells[column] : std::string();
  }

  void read_state() {
    const auto found = sheets_.find(workbook_state);
    if (found == sheets_.end())
      refuse(
          "is no workbook of a map; lacuna export --format xlsx makes one (a table of nodes or links is imported without "
          "--sync)");
    std::map<std::string, Value> parts;
    for (const std::string_view part : {"nodes", "links", "searches"}) parts.emplace(part, Value::array());
    std::string all;
    std::string hash;
    for (const Row& row : std::span(found->second.rows).subspan(std::min<std::size_t>(1, found->second.rows.size()))) {
      const std::string part = cell(row, 0);
      if (part.starts_with("version ")) {
        if (part.substr(8) != format_version) refuse("was made by a newer lacuna; use that one");
        hash = cell(row, 1);
        continue;
      }
      std::string text;
      for (std::size_t c = 1; c < row.cells.size(); ++c) text += row.cells[c];
      all += text;
      std::vector<Diagnostic> faults;
      const auto json = json::read(text, file_, faults);
      if (!json) refuse("its hidden sheet was changed; export the map again");
      if (part == "map")
        parts.insert_or_assign("map", json::to_value(*json));
      else if (const auto list = parts.find(part); list != parts.end() && part != "map")
        list->second.push(json::to_value(*json));
    }
    if (hash != "hash " + fingerprint(all)) refuse("its hidden sheet was changed; export the map again");
    Value document = Value::object();
    for (auto& [name, value] : parts) document.set(name, std::move(value));
    const std::string bytes = json::write_compact(document);
    const Input input{file_, bytes};
    Imported base = import_map(std::span(&input, 1));
    if (!base.readable || count_errors(base.diagnostics) > 0) refuse("its hidden sheet cannot be read; export the map again");
    result_.base = std::move(base.map);
    sort_canonically(result_.base);
  }

  const Sheet& sheet_called(const std::string& name) const {
    const auto found = sheets_.find(name);
    if (found == sheets_.end() || found->second.rows.empty())
      refuse(fmt::format(
          "the sheet \"{}\" is missing; a removed row is a removed item, a removed sheet is not: export the map again", name));
    return found->second;
  }

  void read_about() {
    const Value before = value_of(result_.base.info);
    Value after = before;
    const Sheet& sheet = sheet_called("Map");
    std::uint32_t line = 1;
    for (const Row& row : std::span(sheet.rows).subspan(1)) {
      const auto column = std::ranges::find(map_sheet, std::string_view(cell(row, 0)), &ItemColumn::name);
      if (column == std::end(map_sheet)) continue;
      if (set_changed("Map", row, *column, cell(row, 1), before, after)) line = row.line;
    }
    if (after == before) return;
    Value document = Value::object();
    document.set("map", after);
    if (const auto read = read_part("Map", line, document)) result_.edited.info = read->info;
  }

  /// Takes what a cell says into the item where it differs from what was written there. True where it does.
  bool set_changed(const std::string& sheet, const Row& row, const ItemColumn& column, const std::string& text,
                   const Value& before, Value& after) {
    const std::string was = cell_of(before, column);
    if (text == xlsx_cell_text(was)) return false;
    if (was.size() > xlsx_cell_text(was).size() && was.size() > longest_piece) {
      error(sheet, row.line, fmt::format("\"{}\" was longer than a cell and cut there; change it with: lacuna set", column.name));
      return false;
    }
    std::string fault;
    auto value = read_cell(text, column, fault);
    if (!value) {
      error(sheet, row.line, std::move(fault));
      return false;
    }
    set_member(after, column.member, std::move(*value));
    return true;
  }

  /// One item as the text form reads it; nothing, told, where it cannot.
  std::optional<Map> read_part(const std::string& sheet, std::uint32_t line, const Value& document) {
    const std::string bytes = json::write_compact(document);
    const Input input{file_, bytes};
    Imported read = import_map(std::span(&input, 1));
    for (Diagnostic& d : read.diagnostics) {
      d.file = fmt::format("{}:{}", file_, sheet);
      d.line = line;
      result_.diagnostics.push_back(d);
    }
    if (!read.readable || count_errors(read.diagnostics) > 0) return std::nullopt;
    return std::move(read.map);
  }

  static std::string key_of_item(const Node& node) { return identity_of(node.id); }
  static std::string key_of_item(const Search& search) { return identity_of(search.id); }
  static std::string key_of_item(const Link& link) {
    return fmt::format("{}\n{}\n{}\n{}", identity_of(link.from), name_of(link.relation), identity_of(link.to),
                       identity_of(link.by));
  }
  template <class Item>
  static constexpr std::size_t keys_of() {
    return std::is_same_v<Item, Link> ? 4 : 1;  // The first columns tell an item from the others.
  }
  template <class Item>
  static std::vector<Item>& items_in(Map& map) {
    if constexpr (std::is_same_v<Item, Node>)
      return map.nodes;
    else if constexpr (std::is_same_v<Item, Link>)
      return map.links;
    else
      return map.searches;
  }
  template <class Item>
  static constexpr std::string_view part_of() {
    return std::is_same_v<Item, Node> ? "nodes" : std::is_same_v<Item, Link> ? "links" : "searches";
  }

  template <class Item>
  void read_items(const std::string& name, std::span<const ItemColumn> columns, const std::vector<Item>& base,
                  std::vector<Item>& edited) {
    const Sheet& sheet = sheet_called(name);
    const Row& header = sheet.rows.front();
    std::vector<std::size_t> places;
    for (const ItemColumn& column : columns) {
      const auto at = std::ranges::find(header.cells, column.name);
      if (at == header.cells.end())
        return error(name, header.line,
                     fmt::format("the column \"{}\" is missing; put it back, or export the map again", column.name));
      places.push_back(static_cast<std::size_t>(at - header.cells.begin()));
    }
    for (const std::string& heading : header.cells) {
      if (!heading.empty() && std::ranges::find(columns, std::string_view(heading), &ItemColumn::name) == columns.end())
        error(name, header.line,
              fmt::format("\"{}\" is no column of this sheet; take it out, or keep it as an attribute of the nodes",
                          shortened(heading, 40)));
    }
    std::map<std::string, const Item*> known;
    for (const Item& item : base) known.emplace(key_of_item(item), &item);
    std::map<std::string, std::uint32_t> seen;
    for (const Row& row : std::span(sheet.rows).subspan(1)) {
      std::vector<std::string> cells;
      bool any = false;
      for (const std::size_t place : places) {
        cells.push_back(cell(row, place));
        any = any || !cells.back().empty();
      }
      if (!any) continue;
      std::string key;
      for (std::size_t c = 0; c < keys_of<Item>(); ++c) key += (c == 0 ? "" : "\n") + identity_of(cells[c]);
      const auto [first, fresh] = seen.emplace(key, row.line);
      if (!fresh) {
        error(name, row.line, fmt::format("is the same as row {}; keep one", first->second));
        continue;
      }
      const auto was = known.find(key);
      const Value before = was == known.end() ? Value::object() : value_of(*was->second);
      Value after = before;
      bool changed = false;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const bool is_key = was != known.end() && c < keys_of<Item>();  // The same in another letter case.
        if (!is_key || std::is_same_v<Item, Node>)
          changed = set_changed(name, row, columns[c], cells[c], before, after) || changed;
      }
      if (was != known.end() && !changed) {
        edited.push_back(*was->second);
        continue;
      }
      Value document = Value::object();
      document.set(part_of<Item>(), Value(Value::Array{after}));
      if (auto read = read_part(name, row.line, document); read && items_in<Item>(*read).size() == 1)
        edited.push_back(std::move(items_in<Item>(*read).front()));
    }
  }

  /// The matrix is made of the links: whoever changes it there is told where to.
  void check_matrix() {
    const auto found = sheets_.find("Matrix");
    if (found == sheets_.end() || found->second.rows.empty()) return;
    const TemplateSheet was = matrix_of(result_.base);
    std::map<std::string, std::map<std::string, std::string>> cells;
    for (const auto& row : was.rows) {
      for (std::size_t c = 2; c < row.size(); ++c) {
        if (!row[c].empty()) cells[xlsx_cell_text(row[0])][xlsx_cell_text(was.columns[c].name)] = row[c];
      }
    }
    const Row& header = found->second.rows.front();
    const auto need = std::ranges::find(header.cells, "need");
    if (need == header.cells.end()) return;
    const auto at = static_cast<std::size_t>(need - header.cells.begin());
    for (const Row& row : std::span(found->second.rows).subspan(1)) {
      const auto line = cells.find(cell(row, at));
      if (line == cells.end() &&
          std::ranges::none_of(was.rows, [&](const auto& r) { return xlsx_cell_text(r[0]) == cell(row, at); }))
        continue;
      for (std::size_t c = 0; c < header.cells.size(); ++c) {
        if (c == at || header.cells[c] == "title" || header.cells[c].empty()) continue;
        const auto written =
            line == cells.end() ? std::map<std::string, std::string>::iterator() : line->second.find(header.cells[c]);
        const std::string before = line == cells.end() || written == line->second.end() ? std::string() : written->second;
        if (cell(row, c) != before)
          return error("Matrix", row.line,
                       fmt::format("{} × {} was changed here; the matrix is made of the sheet Links: change it there",
                                   cell(row, at), shortened(header.cells[c], 60)));
      }
    }
  }

  std::string file_;
  std::map<std::string, Sheet, std::less<>> sheets_;
  MapWorkbook result_;
};

}  // namespace

MapWorkbook read_map_workbook(std::string_view bytes, const std::string& file) { return WorkbookReader(bytes, file).run(); }

}  // namespace lacuna
