#include "lacuna/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/files.hpp"
#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"

namespace lacuna {

Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;
Store::Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}

Store::Store(const std::string& path, std::string beside) {
  const std::filesystem::file_status status = status_of(path);
  if (!std::filesystem::exists(status)) {
    throw Error(ErrorCode::io, path, "there is no such map; make one with: lacuna init, or lacuna build FOLDER");
  }
  if (std::filesystem::is_directory(status)) {
    throw Error(ErrorCode::not_a_map, path, "is a folder, not a map; make one from it with: lacuna build FOLDER -o MAP");
  }
  database_ = std::make_unique<Database>(resolved(path), Connection::Is::map, path, std::move(beside));
  check_schema(*database_, version_of(*database_), false);
  forget_lock(path);
}

namespace {

/// A word of a column with a CHECK on it. Comparing lengths and bytes of a dozen short words is cheaper than a hash.
template <class E>
E known_word(const Connection& db, std::string_view text) {
  if (const auto value = parse<E>(text)) return *value;
  db.damaged(fmt::format("it holds the unknown word \"{}\"", shortened(text, 40)));
}

MapInfo read_info(const Connection& db) {
  MapInfo info;
  Statement rows = db.prepare("SELECT name, value FROM info");
  while (rows.step()) {
    if (rows.text(0) == "title") info.title = rows.text(1);
    if (rows.text(0) == "about") info.about = rows.text(1);
    if (rows.text(0) == "date") info.date = date_of(rows.text(1));
  }
  Statement groups = db.prepare("SELECT id FROM shown_group JOIN node USING (node) ORDER BY place");
  while (groups.step()) info.groups.emplace_back(groups.text(0));
  return info;
}

/// A key of a row that another row points to; keys are 1 to n without holes.
std::size_t position(const Connection& db, std::int64_t key, std::size_t n) {
  if (key >= 1 && static_cast<std::size_t>(key) <= n) return static_cast<std::size_t>(key - 1);
  db.damaged("it points to a node that is not there");
}

std::vector<Node> read_nodes(const Connection& db) {
  std::vector<Node> nodes;
  nodes.reserve(static_cast<std::size_t>(db.number("SELECT count(*) FROM node")));
  Statement rows = db.prepare(
      "SELECT id, kind, title, text, priority, state, address, source_name, source_address, source_seen, attributes, node FROM "
      "node ORDER BY node");
  while (rows.step()) {
    Node node;
    node.id = rows.text(0);
    node.kind = known_word<Kind>(db, rows.text(1));
    node.title = rows.text(2);
    node.text = rows.text(3);
    if (!rows.is_null(4)) node.priority = static_cast<int>(rows.number(4));
    node.state = word_of<State>(rows.text(5));
    node.address = rows.text(6);
    node.source = {std::string(rows.text(7)), std::string(rows.text(8)), date_of(rows.text(9))};
    if (!rows.is_null(10)) {
      std::vector<Diagnostic> diagnostics;
      const auto attributes = json::read(rows.text(10), db.path(), diagnostics);
      const Value value = attributes ? json::to_value(*attributes) : Value();
      if (value.if_object() == nullptr) {
        db.damaged(fmt::format("the attributes of {} are no JSON object that can be read{}", node.id,
                               diagnostics.empty() ? "" : ": " + diagnostics.front().message));
      }
      node.attributes = *value.if_object();
    }
    nodes.push_back(std::move(node));
    if (static_cast<std::size_t>(rows.number(11)) != nodes.size()) position(db, 0, 0);
  }
  Statement aliases = db.prepare("SELECT node, alias FROM alias");
  while (aliases.step()) nodes[position(db, aliases.number(0), nodes.size())].aliases.emplace_back(aliases.text(1));
  Statement dates = db.prepare("SELECT node, what, value FROM date");
  while (dates.step()) {
    if (const auto date = date_of(dates.text(2)))
      nodes[position(db, dates.number(0), nodes.size())].dates.push_back({std::string(dates.text(1)), *date});
  }
  for (Node& node : nodes) {
    if (node.aliases.size() > 1 || node.dates.size() > 1) sort_canonically(node);
  }
  return nodes;
}

std::vector<std::vector<Milestone>> read_lives(const Connection& db, std::size_t nodes) {
  std::vector<std::vector<Milestone>> result(nodes);
  Statement rows = db.prepare("SELECT node, day, state, basis FROM milestone ORDER BY node, step");
  while (rows.step()) {
    Milestone milestone;
    if (const auto day = Date::parse(rows.text(1))) milestone.day = day->last_day();
    milestone.state = known_word<State>(db, rows.text(2));
    milestone.basis = rows.text(3);
    milestone.dated = milestone.basis.find(", undated") == std::string::npos;  // As lives() words it; no column says so.
    result[position(db, rows.number(0), nodes)].push_back(std::move(milestone));
  }
  return result;
}

void read_protocols(const Connection& db, const std::vector<Node>& nodes, std::vector<SearchRecord>& searches) {
  const auto record_of = [&](const Statement& rows) -> Search& {
    return searches[position(db, rows.number(0), searches.size())].record;
  };
  Statement protocols = db.prepare("SELECT search, read, signed_by, signed_on FROM search_protocol");
  while (protocols.step()) {
    Search& s = record_of(protocols);
    s.read = protocols.text(1);
    if (!protocols.is_null(2))
      s.signature = Signature{std::string(protocols.text(2)), date_of(protocols.text(3)).value_or(Date{})};
  }
  Statement bodies = db.prepare("SELECT search, name FROM search_unsearched ORDER BY search, place");
  while (bodies.step()) record_of(bodies).not_searched.emplace_back(bodies.text(1));
  Statement queries = db.prepare("SELECT search, words, hits FROM search_query ORDER BY search, place");
  while (queries.step()) {
    SearchedWords& q = record_of(queries).queries.emplace_back();
    q.words = queries.text(1);
    if (!queries.is_null(2)) q.hits = queries.number(2);
  }
  Statement candidates =
      db.prepare("SELECT search, node, document, finding, reason, by FROM search_candidate ORDER BY search, place");
  while (candidates.step()) {
    JudgedCandidate& c = record_of(candidates).candidates.emplace_back();
    c.need = nodes[position(db, candidates.number(1), nodes.size())].id;
    c.document = candidates.text(2);
    c.finding = known_word<Finding>(db, candidates.text(3));
    c.reason = candidates.text(4);
    c.by = candidates.text(5);
  }
  if (!db.has_table("search_unjudged")) return;
  Statement unjudged =
      db.prepare("SELECT search, node, document, title, catalogue, \"on\" FROM search_unjudged ORDER BY search, place");
  while (unjudged.step()) {
    UnjudgedCandidate& c = record_of(unjudged).unjudged.emplace_back();
    c.need = nodes[position(db, unjudged.number(1), nodes.size())].id;
    c.document = unjudged.text(2);
    c.title = unjudged.text(3);
    c.catalogue = unjudged.text(4);
    c.on = date_of(unjudged.text(5)).value_or(Date{});
  }
}

std::vector<SearchRecord> read_searches(const Connection& db, const std::vector<Node>& nodes) {
  std::vector<SearchRecord> result;
  Statement rows = db.prepare("SELECT id, by, \"on\", method, note FROM search ORDER BY search");
  while (rows.step()) {
    SearchRecord s;
    s.record.id = rows.text(0);
    s.record.by = rows.text(1);
    s.record.on = date_of(rows.text(2)).value_or(Date{});
    s.record.method = rows.text(3);
    s.record.note = rows.text(4);
    result.push_back(std::move(s));
  }
  Statement catalogues = db.prepare("SELECT search, name, records, date FROM search_catalogue");
  while (catalogues.step()) {
    SearchedCatalogue c;
    c.name = catalogues.text(1);
    if (!catalogues.is_null(2)) c.records = catalogues.number(2);
    c.date = date_of(catalogues.text(3));
    result[position(db, catalogues.number(0), result.size())].record.catalogues.push_back(std::move(c));
  }
  Statement needs = db.prepare("SELECT search, node FROM search_need");
  while (needs.step()) {
    SearchRecord& s = result[position(db, needs.number(0), result.size())];
    const std::size_t node = position(db, needs.number(1), nodes.size());
    s.needs.push_back(static_cast<NodeId>(node));
    s.record.needs.push_back(nodes[node].id);
  }
  if (db.has_table("search_protocol")) read_protocols(db, nodes, result);
  return result;
}

EdgeText read_text(const Statement& rows, int first) {
  EdgeText text;
  text.rationale = rows.text(first);
  text.evidence = rows.text(first + 1);
  text.by = rows.text(first + 2);
  text.on = date_of(rows.text(first + 3));
  text.method = word_of<Method>(rows.text(first + 4));
  text.set_relation = word_of<SetRelation>(rows.text(first + 5));
  if (!rows.is_null(first + 6)) text.strength = static_cast<int>(rows.number(first + 6));
  text.source = {std::string(rows.text(first + 7)), std::string(rows.text(first + 8)), date_of(rows.text(first + 9))};
  return text;
}

constexpr std::string_view text_columns =
    "rationale, evidence, by, \"on\", method, set_relation, strength, source_name, source_address, source_seen";

}  // namespace

namespace {

/// The order of links in which the rows stand that have these keys; changed ones got new keys, above the others. Empty where that
/// is the order already. Links of one pair and relation stay in the order of their keys.
std::vector<std::size_t> order_of(const std::vector<Edge>& edges) {
  const auto key = [](const Edge& e) { return std::tuple(index(e.from), e.relation, index(e.to)); };
  if (std::ranges::is_sorted(edges, {}, key)) return {};
  std::vector<std::size_t> order(edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return key(edges[i]); });
  return order;
}

template <class T>
void put_in_order(std::vector<T>& list, const std::vector<std::size_t>& order) {
  if (list.empty()) return;
  std::vector<T> sorted;
  sorted.reserve(list.size());
  for (const std::size_t i : order) sorted.push_back(std::move(list[i]));
  list = std::move(sorted);
}

}  // namespace

Graph read_graph(const Connection& db, Store::Texts texts) {
  using Texts = Store::Texts;
  GraphParts parts;
  parts.info = read_info(db);
  parts.nodes = read_nodes(db);
  parts.lives = read_lives(db, parts.nodes.size());
  parts.searches = read_searches(db, parts.nodes);
  const std::size_t n = parts.nodes.size();
  const auto links = static_cast<std::size_t>(db.number("SELECT count(*) FROM link"));
  parts.edges.reserve(links);
  Statement rows =
      db.prepare(fmt::format("SELECT link, \"from\", \"to\", relation, degree, status, set_relation{}{} FROM link ORDER BY link",
                             texts == Texts::load ? ", " : "", texts == Texts::load ? text_columns : ""));
  if (texts == Texts::load) parts.texts.reserve(links);
  std::vector<std::int64_t> keys;  // Ascending.
  keys.reserve(links);
  while (rows.step()) {
    keys.push_back(rows.number(0));
    Edge edge;
    edge.from = static_cast<NodeId>(position(db, rows.number(1), n));
    edge.to = static_cast<NodeId>(position(db, rows.number(2), n));
    edge.relation = known_word<Relation>(db, rows.text(3));
    if (edge.relation == Relation::covers) edge.degree = known_word<Degree>(db, rows.text(4));
    if (edge.relation == Relation::maps_to) edge.degree = likeness_of(word_of<SetRelation>(rows.text(6)));
    edge.status = known_word<Status>(db, rows.text(5));
    parts.edges.push_back(edge);
    if (texts == Texts::load) parts.texts.push_back(read_text(rows, 7));
  }
  const auto place = [&](std::int64_t key) {
    const auto found = std::ranges::lower_bound(keys, key);
    if (found == keys.end() || *found != key) db.damaged("it points to a link that is not there");
    return static_cast<std::size_t>(found - keys.begin());
  };
  if (texts == Texts::load && db.has_table("link_clause")) {
    Statement clauses = db.prepare("SELECT link, clause FROM link_clause");
    while (clauses.step()) parts.texts[place(clauses.number(0))].clause = clauses.text(1);
  }
  if (db.has_table("link_question")) {
    Statement questions = db.prepare("SELECT link, why FROM link_question");
    while (questions.step()) {
      const std::size_t at = place(questions.number(0));
      parts.edges[at].questioned = true;
      if (texts == Texts::load) parts.texts[at].questioned = questions.text(1);
    }
  }
  if (const auto order = order_of(parts.edges); !order.empty()) {
    put_in_order(parts.edges, order);
    put_in_order(parts.texts, order);
    put_in_order(keys, order);
  }
  if (texts == Texts::skip) {
    // Who said what is asked for even where the other explanations are not: of verdicts on one pair, which stand side by side.
    Statement by = db.prepare("SELECT by FROM link WHERE link = ?");
    const auto same_pair = [&](std::size_t a, std::size_t b) {
      return parts.edges[a].from == parts.edges[b].from && parts.edges[a].to == parts.edges[b].to &&
             parts.edges[a].relation == parts.edges[b].relation;
    };
    for (std::size_t i = 0; i < parts.edges.size(); ++i) {
      const Edge& edge = parts.edges[i];
      if (edge.relation != Relation::covers) continue;
      const bool several = (i > 0 && same_pair(i - 1, i)) || (i + 1 < parts.edges.size() && same_pair(i, i + 1));
      if (!several && edge.status != Status::disputed) continue;
      by.bind(1, keys[i]);
      if (by.step()) parts.some_texts[static_cast<LinkId>(i)].by = by.text(0);
      by.reset();
    }
  }
  return Graph(std::move(parts));
}

Graph Store::graph(Texts texts) const {
  // One lock for all that is read, and one state of the map.
  database_->run("BEGIN");
  Graph graph = read_graph(*database_, texts);
  database_->run("COMMIT");
  return graph;
}

Map Store::map() const {
  database_->run("BEGIN");
  Map map = read_map(*database_);
  database_->run("COMMIT");
  return map;
}

Map read_map(const Connection& db) {
  const Graph graph = read_graph(db, Store::Texts::load);
  Map map;
  map.info = graph.info();
  map.nodes.assign(graph.nodes().begin(), graph.nodes().end());
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const LinkId id = static_cast<LinkId>(i);
    const Edge& edge = graph.edge(id);
    const EdgeText& text = graph.text(id);
    Link link;
    link.from = graph.node(edge.from).id;
    link.relation = edge.relation;
    link.to = graph.node(edge.to).id;
    if (edge.relation == Relation::covers) link.degree = edge.degree;
    link.set_relation = text.set_relation;
    link.strength = text.strength;
    link.rationale = text.rationale;
    link.evidence = text.evidence;
    link.clause = text.clause;
    link.method = text.method;
    link.by = text.by;
    link.on = text.on;
    link.source = text.source;
    link.status = edge.status;
    link.questioned = text.questioned;
    map.links.push_back(std::move(link));
  }
  for (const SearchRecord& s : graph.searches()) map.searches.push_back(s.record);
  sort_canonically(map);
  return map;
}

std::string spelled_in(const Connection& db, std::string_view table, std::string_view name) {
  const std::string identity = identity_of(name);
  Statement rows = db.prepare(fmt::format("SELECT name FROM {}", table));
  while (rows.step()) {
    if (has_identity(rows.text(0), identity)) return std::string(rows.text(0));
  }
  return std::string(name);
}

std::vector<LoggedChange> read_log(const Connection& db) {
  std::vector<LoggedChange> list;
  if (!db.has_table("change")) return list;
  Statement rows =
      db.prepare("SELECT device, number, clock, made, by, why, content, hash FROM change ORDER BY clock, device, number");
  while (rows.step()) {
    LoggedChange& c = list.emplace_back();
    c.device = rows.text(0);
    c.number = rows.number(1);
    c.clock = rows.number(2);
    c.made = rows.text(3);
    c.by = rows.text(4);
    c.why = rows.text(5);
    c.content = rows.text(6);
    if (fingerprint(c.content) != rows.text(7))
      db.damaged(fmt::format("change set {} of its log is not as it was written", c.number));
  }
  return list;
}

std::vector<LoggedChange> Store::log() const { return read_log(*database_); }

std::vector<LogKey> Store::log_keys() const {
  std::vector<LogKey> keys;
  if (!database_->has_table("change")) return keys;
  Statement rows = database_->prepare("SELECT device, number, clock, hash FROM change ORDER BY device, number");
  while (rows.step()) keys.push_back({std::string(rows.text(0)), rows.number(1), rows.number(2), std::string(rows.text(3))});
  return keys;
}

void Store::check() const {
  Statement integrity = database_->prepare("PRAGMA integrity_check(1)");
  if (integrity.step() && integrity.text(0) != "ok") database_->damaged(std::string(integrity.text(0)));
  Statement keys = database_->prepare("PRAGMA foreign_key_check");
  if (keys.step()) database_->damaged(fmt::format("a row of the table {} points to nothing", keys.text(0)));
  lacuna::check_content(*database_, true);
  if (&database_->catalogues() != database_.get()) lacuna::check_content(database_->catalogues(), true);
  static_cast<void>(log());
}

void Store::check_content() const { lacuna::check_content(*database_, false); }

}  // namespace lacuna
