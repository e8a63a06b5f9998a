#include "lacuna/graph.hpp"
#include "lacuna/identifier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <unordered_map>

#include "base/identity.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

Arrival arrival_of(const Edge& edge) { return {edge.from, edge.degree, edge.status, edge.questioned}; }

/// Links of each node, those of one relation together: a counting sort by (node, relation).
template <class NodeOf>
void fill(std::vector<std::uint32_t>& start, std::vector<LinkId>& links, std::vector<Relation>& relations,
          std::span<const Edge> edges, std::size_t nodes, NodeOf node_of) {
  start.assign(nodes + 1, 0);
  for (const Edge& edge : edges) ++start[index(node_of(edge)) + 1];
  for (std::size_t i = 0; i < nodes; ++i) start[i + 1] += start[i];
  links.resize(edges.size());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (std::size_t i = 0; i < edges.size(); ++i) links[next[index(node_of(edges[i]))]++] = static_cast<LinkId>(i);
  for (std::size_t i = 0; i < nodes; ++i) {
    std::stable_sort(links.begin() + start[i], links.begin() + start[i + 1],
                     [&](LinkId a, LinkId b) { return edges[index(a)].relation < edges[index(b)].relation; });
  }
  relations.resize(links.size());
  for (std::size_t i = 0; i < links.size(); ++i) relations[i] = edges[index(links[i])].relation;
}

}  // namespace

std::string_view Node::attribute(std::string_view name) const {
  for (const auto& [key, value] : attributes) {
    if (const std::string* text = key == name ? value.if_text() : nullptr) return *text;
  }
  return {};
}

namespace {

/// Needs about one of whose documents two people differ, in one record or in two.
std::set<std::string_view> disputed_needs(const std::vector<SearchRecord>& searches) {
  std::map<std::pair<std::string_view, std::string_view>, Finding> findings;
  std::set<std::string_view> disputed;
  for (const SearchRecord& s : searches) {
    for (const JudgedCandidate& c : s.record.candidates) {
      if (c.finding == Finding::not_read) continue;
      const auto [known, fresh] = findings.emplace(std::pair<std::string_view, std::string_view>(c.need, c.document), c.finding);
      if (!fresh && known->second != c.finding) disputed.insert(c.need);
    }
  }
  return disputed;
}

}  // namespace

Graph::Graph(GraphParts parts) : parts_(std::move(parts)) {
  assert(parts_.texts.empty() || parts_.texts.size() == parts_.edges.size());
  assert(parts_.lives.size() == parts_.nodes.size());
  const std::size_t n = parts_.nodes.size();
  fill(out_.start, out_.links, out_.relations, parts_.edges, n, [](const Edge& e) { return e.from; });
  fill(in_.start, in_.links, in_.relations, parts_.edges, n, [](const Edge& e) { return e.to; });

  arrivals_.reserve(in_.links.size());
  for (const LinkId l : in_.links) arrivals_.push_back(arrival_of(edge(l)));

  search_start_.assign(n + 1, 0);
  for (const SearchRecord& s : parts_.searches) {
    for (const NodeId need : s.needs) ++search_start_[index(need) + 1];
  }
  for (std::size_t i = 0; i < n; ++i) search_start_[i + 1] += search_start_[i];
  search_list_.resize(search_start_.back());
  std::vector<std::uint32_t> next(search_start_.begin(), search_start_.end() - 1);
  for (std::uint32_t s = 0; s < parts_.searches.size(); ++s) {
    for (const NodeId need : parts_.searches[s].needs) search_list_[next[index(need)]++] = s;
  }
  uncovered_states_.assign(n, CoverageState::unknown);
  std::set<std::string_view> open = disputed_needs(parts_.searches);  // Disputed, or waiting for judgement.
  for (const SearchRecord& s : parts_.searches) {
    for (const UnjudgedCandidate& c : s.record.unjudged) open.insert(c.need);
  }
  for (const SearchRecord& s : parts_.searches) {
    std::set<std::string_view> judged;
    for (const JudgedCandidate& c : s.record.candidates) {
      if (c.finding != Finding::not_read && !open.contains(c.need)) judged.insert(c.need);
    }
    for (const NodeId need : s.needs) {
      const bool confirmed = s.record.signature && judged.contains(parts_.nodes[index(need)].id);
      CoverageState& state = uncovered_states_[index(need)];
      state = std::min(state, confirmed ? CoverageState::confirmed_gap : CoverageState::not_found);
    }
  }
  find_parents();
}

void Graph::find_parents() {
  parent_.assign(size(), std::nullopt);
  for (std::size_t i = 0; i < size(); ++i) {
    const NodeId id = static_cast<NodeId>(i);
    const auto links = out(id, Relation::part_of);
    const auto first = std::ranges::find_if(
        links, [&](LinkId l) { return edge(l).status == Status::asserted && node(edge(l).to).kind == node(id).kind; });
    if (first != links.end()) parent_[i] = edge(*first).to;
  }
  // Up from every node until the way is known: each is passed once.
  enum class Seen : std::uint8_t { no, on_this_way, known };
  std::vector<Seen> seen(size(), Seen::no);
  std::vector<NodeId> way;
  body_.resize(size());
  for (std::size_t i = 0; i < size(); ++i) {
    way.clear();
    std::optional<NodeId> at = static_cast<NodeId>(i);
    for (; at && seen[index(*at)] == Seen::no; at = parent_[index(*at)]) {
      seen[index(*at)] = Seen::on_this_way;
      way.push_back(*at);
    }
    if (way.empty()) continue;
    const bool circle = at && seen[index(*at)] == Seen::on_this_way;
    if (circle) parent_[index(way.back())].reset();
    const NodeId root = at && !circle ? body_[index(*at)] : way.back();
    for (const NodeId id : way) {
      seen[index(id)] = Seen::known;
      body_[index(id)] = node(id).kind == Kind::group ? root : id;
    }
  }
}

std::vector<NodeId> Graph::path(NodeId id) const {
  std::vector<NodeId> up{id};
  while (const auto above = parent(up.back())) up.push_back(*above);
  std::ranges::reverse(up);
  return up;
}

const EdgeText& Graph::text(LinkId id) const {
  static const EdgeText none;
  if (!parts_.texts.empty()) return parts_.texts[index(id)];
  const auto found = parts_.some_texts.find(id);
  return found == parts_.some_texts.end() ? none : found->second;
}

void Graph::judge(LinkId id, Degree degree, Status status) {
  Edge& edge = parts_.edges[index(id)];
  edge.degree = degree;
  edge.status = status;
  edge.questioned = false;
  for (std::size_t at = in_.start[index(edge.to)]; at < in_.start[index(edge.to) + 1]; ++at) {
    if (in_.links[at] == id) arrivals_[at] = arrival_of(edge);
  }
}

std::size_t Graph::insert(Adjacency& adjacency, NodeId at, LinkId link) {
  const std::size_t place = range(adjacency, at, edge(link).relation).second;
  adjacency.links.insert(adjacency.links.begin() + static_cast<std::ptrdiff_t>(place), link);
  adjacency.relations.insert(adjacency.relations.begin() + static_cast<std::ptrdiff_t>(place), edge(link).relation);
  for (std::size_t i = index(at) + 1; i < adjacency.start.size(); ++i) ++adjacency.start[i];
  return place;
}

LinkId Graph::add(const Edge& edge) {
  const LinkId link = static_cast<LinkId>(parts_.edges.size());
  parts_.edges.push_back(edge);
  if (!parts_.texts.empty()) parts_.texts.emplace_back();
  insert(out_, edge.from, link);
  const auto place = static_cast<std::ptrdiff_t>(insert(in_, edge.to, link));
  arrivals_.insert(arrivals_.begin() + place, arrival_of(edge));
  if (edge.relation == Relation::part_of) find_parents();
  return link;
}

std::span<const std::uint32_t> Graph::searches_for(NodeId need) const {
  return std::span(search_list_).subspan(search_start_[index(need)], search_start_[index(need) + 1] - search_start_[index(need)]);
}

std::span<const LinkId> Graph::of(const Adjacency& adjacency, NodeId id) const {
  return std::span(adjacency.links)
      .subspan(adjacency.start[index(id)], adjacency.start[index(id) + 1] - adjacency.start[index(id)]);
}

std::pair<std::size_t, std::size_t> Graph::range(const Adjacency& adjacency, NodeId id, Relation relation) const {
  const auto begin = adjacency.relations.begin() + adjacency.start[index(id)];
  const auto end = adjacency.relations.begin() + adjacency.start[index(id) + 1];
  // Not std::ranges::equal_range: its result does not compile with clang 14 on libstdc++ 12.
  const auto first = std::lower_bound(begin, end, relation);
  const auto last = std::upper_bound(first, end, relation);
  return {static_cast<std::size_t>(first - adjacency.relations.begin()),
          static_cast<std::size_t>(last - adjacency.relations.begin())};
}

std::span<const LinkId> Graph::of(const Adjacency& adjacency, NodeId id, Relation relation) const {
  const auto [first, last] = range(adjacency, id, relation);
  return std::span(adjacency.links).subspan(first, last - first);
}

std::span<const Arrival> Graph::arrivals(NodeId id, Relation relation) const {
  const auto [first, last] = range(in_, id, relation);
  return std::span(arrivals_).subspan(first, last - first);
}

std::span<const LinkId> Graph::out(NodeId id, Relation relation) const { return of(out_, id, relation); }
std::span<const LinkId> Graph::in(NodeId id, Relation relation) const { return of(in_, id, relation); }
std::span<const LinkId> Graph::out(NodeId id) const { return of(out_, id); }
std::span<const LinkId> Graph::in(NodeId id) const { return of(in_, id); }

std::vector<NodeId> Graph::of_kind(Kind kind) const {
  std::vector<NodeId> result;
  for (std::size_t i = 0; i < size(); ++i) {
    if (parts_.nodes[i].kind == kind) result.push_back(static_cast<NodeId>(i));
  }
  return result;
}

std::vector<NodeId> Graph::named(std::string_view name) const {
  const std::string key = identity_of(name);
  std::vector<NodeId> by_alias;
  for (std::size_t i = 0; i < size(); ++i) {
    const Node& node = parts_.nodes[i];
    if (has_identity(node.id, key)) return {static_cast<NodeId>(i)};
    if (std::ranges::any_of(node.aliases, [&](const std::string& a) { return has_identity(a, key); })) {
      by_alias.push_back(static_cast<NodeId>(i));
    }
  }
  if (!by_alias.empty()) return by_alias;
  // "SG 17" for "SG17": blanks are the last thing to insist on.
  const auto tight = [](std::string_view text) {
    std::string result = identity_of(text);
    std::erase(result, ' ');
    return result;
  };
  const std::string wanted = tight(name);
  if (wanted.empty()) return {};
  for (std::size_t i = 0; i < size(); ++i) {
    const Node& node = parts_.nodes[i];
    if (tight(node.id) == wanted || std::ranges::any_of(node.aliases, [&](const std::string& a) { return tight(a) == wanted; })) {
      by_alias.push_back(static_cast<NodeId>(i));
    }
  }
  if (!by_alias.empty()) return by_alias;
  // Another spelling of a deliverable's identifier: "Rec. ITU-T X.509", "ISO/IEC 27001 : 2022".
  Identifier identifier = parse_identifier(name);
  if (!identifier.adopts.empty()) identifier = parse_identifier(identifier.adopts);
  if (identifier.space == NumberSpace::other) return by_alias;
  const auto add = [&](auto key_of) {
    const std::string key = key_of(identifier);
    const auto is_it = [&](const std::string& a) { return key_of(parse_identifier(a)) == key; };
    for (std::size_t i = 0; i < size(); ++i) {
      const Node& node = parts_.nodes[i];
      if (node.kind == Kind::deliverable && (is_it(node.id) || std::ranges::any_of(node.aliases, is_it)))
        by_alias.push_back(static_cast<NodeId>(i));
    }
  };
  add([](const Identifier& id) { return id.document(); });
  // "X.509 (2019)" for "X.509 (10/2019)".
  if (by_alias.empty() && !identifier.edition.empty() && identifier.base() && identifier.stage.empty()) {
    const std::string work = identifier.work();
    for (std::size_t i = 0; i < size(); ++i) {
      if (parts_.nodes[i].kind != Kind::deliverable) continue;
      const Identifier own = parse_identifier(parts_.nodes[i].id);
      if (own.work() == work && own.base() && own.stage.empty() && same_edition(identifier, own))
        by_alias.push_back(static_cast<NodeId>(i));
    }
  }
  // "X.509" for "X.509 (10/2019)": the work, where it is named as such.
  if (by_alias.empty() && identifier.document() == identifier.work()) add([](const Identifier& id) { return id.work(); });
  return by_alias;
}

NodeId Graph::find(std::string_view name, std::span<const Kind> kinds) const {
  const auto fits = [&](NodeId id) { return kinds.empty() || std::ranges::find(kinds, node(id).kind) != kinds.end(); };
  std::vector<NodeId> found = named(name);
  const std::vector<NodeId> any = found;
  std::erase_if(found, [&](NodeId id) { return !fits(id); });
  if (found.empty() && !any.empty()) {
    // The id of a node of another kind does not hide an alias of the wanted one.
    const std::string key = identity_of(name);
    for (std::size_t i = 0; i < size(); ++i) {
      const NodeId id = static_cast<NodeId>(i);
      if (fits(id) && std::ranges::any_of(node(id).aliases, [&](const std::string& a) { return has_identity(a, key); }))
        found.push_back(id);
    }
  }
  if (found.size() == 1) return found.front();

  std::vector<std::string> kind_names;
  for (const Kind kind : kinds) kind_names.emplace_back(name_of(kind));
  const std::string what = kinds.empty() ? "node" : join(kind_names, " or ");
  if (found.size() > 1) {
    std::vector<std::string> candidates;
    for (const NodeId id : found) candidates.push_back("\"" + node(id).id + "\"");
    throw Error(ErrorCode::ambiguous, "",
                fmt::format("\"{}\" may be {}; name one of them", shortened(name, 80), join(candidates, " or ")));
  }
  if (!any.empty()) {
    throw Error(ErrorCode::not_found, "",
                fmt::format("\"{}\" is {}; here {} is wanted", node(any.front()).id,
                            with_article(name_of(node(any.front()).kind)), with_article(what)));
  }
  std::vector<std::string_view> candidates;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!fits(static_cast<NodeId>(i))) continue;
    candidates.push_back(parts_.nodes[i].id);
    candidates.insert(candidates.end(), parts_.nodes[i].aliases.begin(), parts_.nodes[i].aliases.end());
  }
  throw Error(ErrorCode::not_found, "",
              fmt::format("no {} of the map is called \"{}\"{}", what, shortened(name, 80),
                          candidates.empty() ? "; the map has none" : did_you_mean(name, candidates)));
}

NodeId Graph::body_of(NodeId group) const { return body_[index(group)]; }

std::vector<NodeId> Graph::bodies_of(NodeId deliverable) const {
  std::vector<NodeId> way = developers_of(deliverable);
  std::vector<NodeId> bodies;
  std::set<NodeId> seen(way.begin(), way.end());
  while (!way.empty()) {
    const NodeId group = way.back();
    way.pop_back();
    bool inside = false;
    for (const LinkId l : out(group, Relation::part_of)) {
      const Edge& e = edge(l);
      if (e.status != Status::asserted || node(e.to).kind != Kind::group || !parent(group)) continue;
      inside = true;
      if (seen.insert(e.to).second) way.push_back(e.to);
    }
    if (!inside) bodies.push_back(group);
  }
  std::ranges::sort(bodies);
  return bodies;
}

std::vector<NodeId> Graph::developers_of(NodeId deliverable) const {
  std::vector<NodeId> result;
  for (const LinkId l : in(deliverable, Relation::develops)) {
    if (edge(l).status == Status::asserted) result.push_back(edge(l).from);
  }
  std::ranges::sort(result);
  return result;
}

std::vector<NodeId> Graph::deliverables_of(NodeId group) const {
  std::vector<NodeId> result;
  for (const NodeId member : whole(group)) {
    for (const LinkId l : out(member, Relation::develops)) {
      if (edge(l).status == Status::asserted) result.push_back(edge(l).to);
    }
  }
  sort_unique(result);
  return result;
}

std::vector<NodeId> Graph::whole(NodeId root) const {
  std::vector<NodeId> result =
      reach_against(Relation::part_of, root, [&](LinkId l) { return edge(l).status == Status::asserted; });
  std::ranges::sort(result);
  return result;
}

Graph graph_of(Map map) {
  sort_canonically(map);
  GraphParts parts;
  parts.lives = lives(map);
  std::unordered_map<std::string_view, NodeId> position;
  position.reserve(map.nodes.size());
  for (std::size_t i = 0; i < map.nodes.size(); ++i) position.emplace(map.nodes[i].id, static_cast<NodeId>(i));
  for (const Link& link : map.links) {
    const Degree degree =
        link.relation == Relation::maps_to ? likeness_of(link.set_relation) : link.degree.value_or(Degree::none);
    parts.edges.push_back(
        {position.at(link.from), position.at(link.to), link.relation, degree, link.status, !link.questioned.empty()});
    parts.texts.push_back({link.rationale, link.evidence, link.clause, link.by, link.source, link.on, link.method,
                           link.set_relation, link.strength, link.questioned});
  }
  for (Search& search : map.searches) {
    SearchRecord record;
    for (const std::string& need : search.needs) record.needs.push_back(position.at(need));
    record.record = std::move(search);
    parts.searches.push_back(std::move(record));
  }
  parts.nodes = std::move(map.nodes);
  parts.info = std::move(map.info);
  return Graph(std::move(parts));
}

}  // namespace lacuna
