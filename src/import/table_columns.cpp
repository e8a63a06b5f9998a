#include "import/table_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "formats/table.hpp"

namespace lacuna {
namespace {

constexpr std::string_view no_break_space = "\u00A0";

/// Runs of blanks, line ends, no-break spaces and whatever stands in `more`, each as one `separator`; none at the ends.
std::string squeezed(std::string_view text, std::string_view more, char separator) {
  std::string out;
  bool gap = false;
  for (text = trimmed(text); !text.empty();) {
    const std::size_t wide = text.starts_with(no_break_space) ? no_break_space.size() : 0;
    const auto is_in = [&](std::string_view letters) { return letters.find(text.front()) != std::string_view::npos; };
    const bool blank = wide > 0 || is_in(" \t\r\n") || is_in(more);
    if (!blank && gap && !out.empty()) out += separator;
    if (!blank) out += text.front();
    gap = blank;
    text.remove_prefix(std::max<std::size_t>(1, wide));
  }
  return out;
}

/// What to write instead of a date in another spelling.
std::string date_hint(std::string_view text) {
  std::vector<std::string> parts(1);
  std::string marks;
  for (const char c : text.substr(0, std::min<std::size_t>(text.find_first_of(" T"), 20))) {
    if (c >= '0' && c <= '9') {
      parts.back() += c;
    } else {
      marks += c;
      parts.emplace_back();
    }
  }
  const auto two = [](const std::string& digits) { return (digits.size() == 1 ? "0" : "") + digits; };
  std::string iso;
  if (parts.front().size() == 4) {
    iso = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) iso += "-" + two(parts[i]);
  } else if (parts.size() == 2) {
    iso = fmt::format("{}-{}", parts[1], two(parts[0]));
  } else if (parts.size() == 3) {
    const std::string day_first = fmt::format("{}-{}-{}", parts[2], two(parts[1]), two(parts[0]));
    const std::string month_first = fmt::format("{}-{}-{}", parts[2], two(parts[0]), two(parts[1]));
    // With slashes, some write the day first and some the month.
    if (marks == ".." || !Date::parse(month_first) || day_first == month_first) {
      iso = day_first;
    } else if (!Date::parse(day_first)) {
      iso = month_first;
    }
  }
  return Date::parse(iso) ? fmt::format("; write {}", iso) : "; write YYYY, YYYY-MM or YYYY-MM-DD";
}

template <class E>
std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const Word& w : words<E>()) result.emplace_back(w.name);
  return result;
}

std::vector<std::string> numbers(int low, int high) {
  std::vector<std::string> result;
  for (int i = low; i <= high; ++i) result.push_back(std::to_string(i));
  return result;
}

/// Takes `value` where there is one; a fault leaves the target as it was.
template <class Target, class T>
void take(Target& target, const std::optional<T>& value) {
  if (value) target = *value;
}

void read_date(const Cell& cell, NodeRow& row) {
  if (const auto date = cell.date()) row.node.dates.push_back({std::string(cell.column), *date});
}

void read_relation(const Cell& cell, NodeRow& row) {
  for (std::string& to : cell.list()) {
    Link link;
    link.relation = *parse<Relation>(cell.column);
    link.to = std::move(to);
    row.links.push_back(std::move(link));
  }
}

void read_developers(const Cell& cell, NodeRow& row) {
  for (std::string& group : cell.list()) {
    Link link;
    link.from = std::move(group);
    link.relation = Relation::develops;
    row.links.push_back(std::move(link));
  }
}

std::vector<TableColumn<NodeRow>> make_node_columns() {
  using Columns = std::vector<TableColumn<NodeRow>>;
  Columns list = {
      {"id",
       {"identifier"},
       true,
       {},
       "The field's own identifier, unique in any letter case. Links name nodes by it.",
       "R1",
       [](const Cell& c, NodeRow& r) { r.node.id = c.line(); }},
      {"kind",
       {},
       true,
       names<Kind>(),
       "What it is.",
       "requirement",
       [](const Cell& c, NodeRow& r) { take(r.node.kind, c.word<Kind>()); }},
      {"title",
       {"name"},
       true,
       {},
       "What people call it.",
       "Drift monitoring",
       [](const Cell& c, NodeRow& r) { r.node.title = c.line(); }},
      {"text",
       {"description"},
       false,
       {},
       "What it says, in sentences.",
       "A deployed model shall be watched for drift.",
       [](const Cell& c, NodeRow& r) { r.node.text = c.text; }},
      {"aliases",
       {"alias", "also called", "also known as"},
       false,
       {},
       "Other names under which it is found, with semicolons between.",
       "drift; R.1",
       [](const Cell& c, NodeRow& r) { r.node.aliases = c.list(); }},
      {"priority",
       {},
       false,
       numbers(1, 5),
       "How much it matters, from 1 to 5; 3 where it is left out.",
       "4",
       [](const Cell& c, NodeRow& r) { r.node.priority = c.whole(1, 5); }},
      {"state",
       {},
       false,
       names<State>(),
       "How far a deliverable has come; for deliverables only.",
       "published",
       [](const Cell& c, NodeRow& r) { r.node.state = c.word<State>(); }},
  };
  for (const Word& state : words<State>()) {
    const std::string name(state.name);
    const std::string note = fmt::format("From when on a deliverable is {}: YYYY, YYYY-MM or YYYY-MM-DD.", name);
    list.push_back({name, {name + " on", "date " + name}, false, {}, note, "2019-06", read_date});
    if (state.name == "published") list.back().also.emplace_back("publication date");
    if (state.name == "approved") list.back().also.emplace_back("approval date");
  }
  const Columns more = {
      {"since", {}, false, {}, "From when on anything but a deliverable exists: YYYY, YYYY-MM or YYYY-MM-DD.", "2017", read_date},
      {"until",
       {},
       false,
       {},
       "Until when anything but a deliverable existed: YYYY, YYYY-MM or YYYY-MM-DD.",
       "2024-10-31",
       read_date},
      {"address",
       {"url", "web address"},
       false,
       {},
       "Where it stands on the Web.",
       "https://example.org/r1",
       [](const Cell& c, NodeRow& r) { r.node.address = c.line(); }},
      {"source",
       {},
       false,
       {},
       "Where you have it from: a paper, a page, a catalogue.",
       "Workshop report",
       [](const Cell& c, NodeRow& r) { r.node.source.name = c.line(); }},
      {"source address",
       {"source url"},
       false,
       {},
       "Where the source stands on the Web.",
       "https://example.org/report",
       [](const Cell& c, NodeRow& r) { r.node.source.address = c.line(); }},
      {"seen",
       {"seen on", "as of"},
       false,
       {},
       "The day on which you saw it there.",
       "2026-04-02",
       [](const Cell& c, NodeRow& r) { r.node.source.seen = c.date(); }},
      {"developed by",
       {"group"},
       false,
       {},
       "Of a deliverable: ids of the groups that develop it, with semicolons between.",
       "ITU-T SG17",
       read_developers},
      {"part-of", {}, false, {}, "Ids of what it is inside: a topic, a workshop, a body.", "T1", read_relation},
      {"serves", {}, false, {}, "Of a need: ids of the objectives that it serves.", "O1; O3", read_relation},
      {"needs",
       {},
       false,
       {},
       "Of a use case: ids of the requirements, capabilities and terms that it needs.",
       "R1; C2",
       read_relation},
      {"counters", {}, false, {}, "Of a requirement or capability: ids of the threats that it counters.", "TH4", read_relation},
      {"faces", {}, false, {}, "Of a use case: ids of the threats that it faces.", "TH4", read_relation},
  };
  list.insert(list.end(), more.begin(), more.end());
  // The other relations are read, too. But a covers link has a degree, for which a list of ids leaves no room.
  for (const Word& relation : words<Relation>()) {
    const bool known = std::ranges::any_of(list, [&](const auto& column) { return column.name == relation.name; });
    if (!known && relation.name != name_of(Relation::covers))
      list.push_back({std::string(relation.name), {}, false, {}, "", "", read_relation});
  }
  return list;
}

std::vector<TableColumn<Link>> make_link_columns() {
  return {
      {"from",
       {"subject"},
       true,
       {},
       "The id of the node that the sentence is about.",
       "ITU-T X.1753",
       [](const Cell& c, Link& l) { l.from = c.line(); }},
      {"relation",
       {},
       true,
       names<Relation>(),
       "What the first has to do with the second.",
       "covers",
       [](const Cell& c, Link& l) { take(l.relation, c.word<Relation>()); }},
      {"to", {"object"}, true, {}, "The id of the other node.", "R1", [](const Cell& c, Link& l) { l.to = c.line(); }},
      {"degree",
       {},
       false,
       names<Degree>(),
       "How far a deliverable covers a need; with covers only, and needed there.",
       "partial",
       [](const Cell& c, Link& l) { l.degree = c.word<Degree>(); }},
      {"set relation",
       {},
       false,
       names<SetRelation>(),
       "How the deliverable's text relates to a requirement or capability; must agree with the degree.",
       "subset-of",
       [](const Cell& c, Link& l) { l.set_relation = c.word<SetRelation>(); }},
      {"strength",
       {},
       false,
       numbers(0, 10),
       "How strong that relation is, from 0 to 10; with covers only.",
       "7",
       [](const Cell& c, Link& l) { l.strength = c.whole(0, 10); }},
      {"rationale",
       {"reason", "why"},
       false,
       {},
       "Why, in one sentence.",
       "Clause 7 asks for monitoring, not for replacement.",
       [](const Cell& c, Link& l) { l.rationale = c.text; }},
      {"evidence",
       {"read"},
       false,
       {},
       "What was read: title, abstract, scope, full text, …",
       "full text",
       [](const Cell& c, Link& l) { l.evidence = c.line(); }},
      {"clause",
       {"clauses", "provision"},
       false,
       {},
       "The clauses or provisions that say so; with covers and mentions only.",
       "7",
       [](const Cell& c, Link& l) { l.clause = c.line(); }},
      {"method",
       {},
       false,
       names<Method>(),
       "Who or what judged.",
       "human",
       [](const Cell& c, Link& l) { l.method = c.word<Method>(); }},
      {"by", {"said by"}, false, {}, "Who says so.", "A. Rapporteur", [](const Cell& c, Link& l) { l.by = c.line(); }},
      {"on",
       {"said on"},
       false,
       {},
       "When it was said: YYYY, YYYY-MM or YYYY-MM-DD.",
       "2026-04-02",
       [](const Cell& c, Link& l) { l.on = c.date(); }},
      {"source",
       {},
       false,
       {},
       "Where you have it from.",
       "Mapping of the study group",
       [](const Cell& c, Link& l) { l.source.name = c.line(); }},
      {"source address",
       {"source url"},
       false,
       {},
       "Where the source stands on the Web.",
       "https://example.org/mapping",
       [](const Cell& c, Link& l) { l.source.address = c.line(); }},
      {"seen",
       {"seen on", "as of"},
       false,
       {},
       "The day on which you saw it there.",
       "2026-04-02",
       [](const Cell& c, Link& l) { l.source.seen = c.date(); }},
      {"status",
       {},
       false,
       names<Status>(),
       "What people hold of it; asserted where it is left out.",
       "asserted",
       [](const Cell& c, Link& l) { take(l.status, c.word<Status>()); }},
  };
}

template <class Record>
std::vector<TableColumn<Record>> with_keys(std::vector<TableColumn<Record>> columns) {
  for (TableColumn<Record>& column : columns) {
    column.keys.push_back(key_of(column.name));
    for (const std::string& name : column.also) column.keys.push_back(key_of(name));
  }
  return columns;
}

}  // namespace

std::string Cell::line() const { return one_line(text); }

std::vector<std::string> Cell::list() const {
  std::vector<std::string> items;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = std::min(rest.find_first_of(separators), rest.size());
    if (std::string item = one_line(rest.substr(0, length)); !item.empty()) items.push_back(std::move(item));
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  return items;
}

std::optional<Date> Cell::date() const {
  const auto date = Date::parse(text);
  if (!date) faults.push_back({fmt::format("\"{}\" is no date ({})", shortened(text, 40), column), date_hint(text)});
  return date;
}

std::optional<int> Cell::whole(int low, int high) const {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= low && number <= high && number == std::floor(number))
    return static_cast<int>(number);
  faults.push_back({fmt::format("\"{}\" is no {}", shortened(text, 40), column),
                    fmt::format("; write a whole number from {} to {}", low, high)});
  return std::nullopt;
}

template <class E>
std::optional<E> Cell::word() const {
  if (const auto value = parse<E>(key_of(text))) return value;
  std::vector<std::string_view> candidates;
  for (const Word& w : words<E>()) candidates.push_back(w.name);
  std::string hint = did_you_mean(text, candidates);
  if (hint.empty()) hint = fmt::format("; one of {}", fmt::join(candidates, ", "));
  faults.push_back({fmt::format("unknown {} \"{}\"", column, shortened(text, 40)), std::move(hint)});
  return std::nullopt;
}

const std::vector<TableColumn<NodeRow>>& node_columns() {
  static const std::vector<TableColumn<NodeRow>> list = with_keys(make_node_columns());
  return list;
}

const std::vector<TableColumn<Link>>& link_columns() {
  static const std::vector<TableColumn<Link>> list = with_keys(make_link_columns());
  return list;
}

std::string one_line(std::string_view text) { return squeezed(text, "", ' '); }

std::string key_of(std::string_view text) { return lower(squeezed(text, "_-", '-')); }

}  // namespace lacuna
