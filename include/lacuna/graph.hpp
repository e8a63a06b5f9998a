// The map as the analysis sees it: numbered nodes, compact links, adjacency by relation.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "lacuna/model.hpp"

namespace lacuna {

/// Position of a node in the graph. Nodes stand in the natural order of their identifiers, so sorting by index sorts by name.
enum class NodeId : std::uint32_t {};
/// Position of a link in the graph, in canonical order.
enum class LinkId : std::uint32_t {};

constexpr std::size_t index(NodeId id) { return static_cast<std::size_t>(id); }
constexpr std::size_t index(LinkId id) { return static_cast<std::size_t>(id); }

/// What every computation needs of a link: 12 bytes.
struct Edge {
  NodeId from{};
  NodeId to{};
  Relation relation = Relation::part_of;
  Degree degree = Degree::none;  ///< Of maps-to: likeness_of() its set relation.
  Status status = Status::asserted;
  bool questioned = false;  ///< Somebody must look again; EdgeText says why.
};

/// A link as the node that it reaches sees it: 8 bytes, all of a node side by side.
struct Arrival {
  NodeId from{};
  Degree degree = Degree::none;
  Status status = Status::asserted;
  bool questioned = false;
};

/// What only explanations need of a link. Loaded on demand.
struct EdgeText {
  std::string rationale;
  std::string evidence;
  std::string clause;
  std::string by;
  Source source;
  std::optional<Date> on;
  std::optional<Method> method;
  std::optional<SetRelation> set_relation;
  std::optional<int> strength;
  std::string questioned;
};

/// A search record with its needs as nodes.
struct SearchRecord {
  Search record;
  std::vector<NodeId> needs;
};

/// Everything a graph is made of. Nodes must be in natural order, edges in canonical order, lives by node.
struct GraphParts {
  MapInfo info;
  std::vector<Node> nodes;
  std::vector<std::vector<Milestone>> lives;
  std::vector<Edge> edges;
  std::vector<EdgeText> texts;            ///< One per edge, or empty when the explanations were not loaded.
  std::map<LinkId, EdgeText> some_texts;  ///< Without `texts`: who gave the verdicts that differ.
  std::vector<SearchRecord> searches;
};

/// A map. Nodes stay as they are; a link may get another verdict, or be added. Building it costs O(nodes + links); 30 bytes a
/// link beside the texts.
class Graph {
 public:
  explicit Graph(GraphParts parts);

  [[nodiscard]] const MapInfo& info() const { return parts_.info; }
  [[nodiscard]] std::size_t size() const { return parts_.nodes.size(); }
  [[nodiscard]] const Node& node(NodeId id) const { return parts_.nodes[index(id)]; }
  [[nodiscard]] std::span<const Node> nodes() const { return parts_.nodes; }
  [[nodiscard]] std::span<const Edge> edges() const { return parts_.edges; }
  [[nodiscard]] const Edge& edge(LinkId id) const { return parts_.edges[index(id)]; }
  /// The explanation of a link; empty when the graph was loaded without texts.
  [[nodiscard]] const EdgeText& text(LinkId id) const;
  [[nodiscard]] std::span<const SearchRecord> searches() const { return parts_.searches; }
  /// Search records that looked for this need, as positions in searches().
  [[nodiscard]] std::span<const std::uint32_t> searches_for(NodeId need) const;
  /// The state of a need that nothing covers: unknown, not-found, or confirmed-gap where a record for it is signed and lists a
  /// candidate that was judged, unless people differ about one or a record lists one that waits for judgement. O(1).
  [[nodiscard]] CoverageState uncovered_state(NodeId need) const { return uncovered_states_[index(need)]; }
  [[nodiscard]] std::span<const Milestone> life(NodeId deliverable) const { return parts_.lives[index(deliverable)]; }

  /// Links of a relation that leave or reach a node, whatever their status. O(log degree).
  [[nodiscard]] std::span<const LinkId> out(NodeId id, Relation relation) const;
  [[nodiscard]] std::span<const LinkId> in(NodeId id, Relation relation) const;
  /// The links of in(id, relation), in the same order, without going to each: for going over millions.
  [[nodiscard]] std::span<const Arrival> arrivals(NodeId id, Relation relation) const;
  /// All links that leave or reach a node, sorted by relation.
  [[nodiscard]] std::span<const LinkId> out(NodeId id) const;
  [[nodiscard]] std::span<const LinkId> in(NodeId id) const;

  /// All nodes of a kind, in natural order. Linear.
  [[nodiscard]] std::vector<NodeId> of_kind(Kind kind) const;
  /// Nodes whose identifier or alias is `name` in any letter case; identifiers win over aliases; where there is none, with blanks
  /// left aside; then deliverables whose identifier is spelled otherwise. Linear.
  [[nodiscard]] std::vector<NodeId> named(std::string_view name) const;
  /// The one node called `name`. Throws Error(not_found) with the nearest names, or Error(ambiguous) with the candidates.
  /// Where `kinds` is not empty, only nodes of these kinds count.
  [[nodiscard]] NodeId find(std::string_view name, std::span<const Kind> kinds = {}) const;

  /// The node of the same kind that a node is part of, by its first asserted link; nothing for a root. A circle, which only a
  /// damaged map has, is cut at one of its nodes: whoever goes up comes to an end. O(1).
  [[nodiscard]] std::optional<NodeId> parent(NodeId id) const { return parent_[index(id)]; }
  /// The group at the root of a group's part-of chain: the standards body. A root is its own body. O(1).
  [[nodiscard]] NodeId body_of(NodeId group) const;
  /// All bodies whose groups develop a deliverable (asserted links): those of a group inside two bodies both; natural order.
  [[nodiscard]] std::vector<NodeId> bodies_of(NodeId deliverable) const;
  /// Groups that develop a deliverable (asserted links), in natural order.
  [[nodiscard]] std::vector<NodeId> developers_of(NodeId deliverable) const;
  /// Deliverables that a group or a group inside it develops (asserted links), in natural order.
  [[nodiscard]] std::vector<NodeId> deliverables_of(NodeId group) const;
  /// The nodes of the same kind that a node is part of, parent by parent, outermost first, and the node itself. Linear in its
  /// length: of many nodes in one chain, ask Nesting.
  [[nodiscard]] std::vector<NodeId> path(NodeId id) const;
  /// Nodes that are part of `root`, at any depth, `root` included, in natural order. Linear in the size of the part.
  [[nodiscard]] std::vector<NodeId> whole(NodeId root) const;
  /// A node and those from which links of a relation lead to it, over any number of them, breadth first: parts of a whole, later
  /// editions of an edition. Only links for which `follows` holds. O(links of the nodes reached): most chains have two or three,
  /// so a breadth-first search of Boost.Graph, which marks all nodes of the graph first, would cost a thousand times as much.
  template <class Follows>
  [[nodiscard]] std::vector<NodeId> reach_against(Relation relation, NodeId start, const Follows& follows) const {
    std::vector<NodeId> reached{start};
    std::unordered_set<NodeId> seen{start};
    for (std::size_t next = 0; next < reached.size(); ++next) {
      for (const LinkId l : in(reached[next], relation)) {
        if (follows(l) && seen.insert(edge(l).from).second) reached.push_back(edge(l).from);
      }
    }
    return reached;
  }

  /// Gives a link another verdict. O(links that reach the same node). What was computed before does not know of it.
  void judge(LinkId id, Degree degree, Status status);
  /// Adds a link between nodes of the map, without explanation; its position is the last, not the canonical one. O(links), a
  /// fraction of a millisecond for a million. Lives are not derived anew, and a Situation made before does not know of a new
  /// supersedes link.
  LinkId add(const Edge& edge);

 private:
  struct Adjacency {
    std::vector<std::uint32_t> start;
    std::vector<LinkId> links;
    std::vector<Relation>
        relations;  ///< Of each of them: where those of one relation begin is found without looking at the links.
  };
  /// Parents and bodies anew. O(nodes).
  void find_parents();
  /// Returns where it was put.
  std::size_t insert(Adjacency& adjacency, NodeId at, LinkId link);
  [[nodiscard]] std::span<const LinkId> of(const Adjacency& adjacency, NodeId id) const;
  /// Where the links of a relation stand in the adjacency: the first and the one behind the last.
  [[nodiscard]] std::pair<std::size_t, std::size_t> range(const Adjacency& adjacency, NodeId id, Relation relation) const;
  [[nodiscard]] std::span<const LinkId> of(const Adjacency& adjacency, NodeId id, Relation relation) const;

  GraphParts parts_;
  Adjacency out_;
  Adjacency in_;
  std::vector<Arrival> arrivals_;  ///< As in_.links.
  std::vector<std::uint32_t> search_start_;
  std::vector<std::uint32_t> search_list_;
  std::vector<CoverageState> uncovered_states_;  ///< By node.
  std::vector<std::optional<NodeId>> parent_;
  std::vector<NodeId> body_;
};

/// The graph of a valid map (validate() and cycles() found no error). O(n log n).
Graph graph_of(Map map);

}  // namespace lacuna
