#include "analysis/ways/claims.hpp"

namespace lacuna {
namespace {

Value claim_of(std::string_view name) {
  Value claim = Value::object();
  claim.set("claim", name);
  return claim;
}

Value scope_id(const Graph& graph, std::optional<NodeId> scope) { return scope ? Value(graph.node(*scope).id) : Value(); }

}  // namespace

Value ids_value(const Graph& graph, std::span<const NodeId> nodes) {
  Value list = Value::array();
  for (const NodeId node : nodes) list.push(graph.node(node).id);
  return list;
}

Value covers_claim(const Graph& graph, const std::vector<std::pair<NodeId, Holding>>& by_need) {
  Value links = Value::array();
  for (const auto& [need, holding] : by_need) {
    Value link = Value::object();
    link.set("from", graph.node(holding.deliverable).id)
        .set("to", graph.node(need).id)
        .set("degree", name_of(holding.degree))
        .set("state", name_of(holding.state));
    links.push(std::move(link));
  }
  Value claim = claim_of("covers");
  claim.set("links", std::move(links));
  return claim;
}

Value covers_claim(const Graph& graph, NodeId need, const std::vector<Holding>& holdings) {
  std::vector<std::pair<NodeId, Holding>> list;
  for (const Holding& holding : holdings) list.emplace_back(need, holding);
  return covers_claim(graph, list);
}

Value state_claim(const Graph& graph, std::optional<NodeId> scope, CoverageState state, std::span<const NodeId> needs) {
  Value claim = claim_of("state");
  claim.set("scope", scope_id(graph, scope)).set("state", name_of(state)).set("needs", ids_value(graph, needs));
  return claim;
}

Value states_claim(const Graph& graph, std::optional<NodeId> scope, const Value& needs, const Tally& tally) {
  Value counts = Value::object();
  for (const CoverageState state : all_of<CoverageState>()) {
    if (tally.by_state[state] > 0) counts.set(name_of(state), tally.by_state[state]);
  }
  Value claim = claim_of("states");
  claim.set("scope", scope_id(graph, scope)).set("needs", needs).set("of", tally.needs).set("counts", std::move(counts));
  return claim;
}

Value nothing_covers_claim(const Graph& graph, std::optional<NodeId> scope, std::span<const NodeId> needs) {
  Value claim = claim_of("nothing-covers");
  claim.set("scope", scope_id(graph, scope)).set("needs", ids_value(graph, needs));
  return claim;
}

Value work_claim(const Graph& graph, const std::vector<NodeId>& with, const std::vector<NodeId>& without,
                 std::span<const NodeId> needs) {
  Value claim = claim_of("work-on");
  claim.set("with", ids_value(graph, with)).set("without", ids_value(graph, without)).set("needs", ids_value(graph, needs));
  return claim;
}

Value none_in_common_claim(const Graph& graph, NodeId a, NodeId b) {
  const NodeId groups[] = {a, b};
  Value claim = claim_of("none-in-common");
  claim.set("groups", ids_value(graph, groups));
  return claim;
}

Value programme_claim(const Graph& graph, const Programme& programme) {
  Value claim = claim_of("programme");
  claim.set("group", graph.node(programme.group).id).set("published", programme.published).set("under_way", programme.under_way);
  return claim;
}

Value liaison_claim(const Graph& graph, NodeId a, NodeId b, bool exists) {
  Value claim = claim_of("liaison");
  const NodeId groups[] = {a, b};
  claim.set("groups", ids_value(graph, groups)).set("exists", exists);
  return claim;
}

Value verdict_claim(const Graph& graph, LinkId link) {
  const Edge& e = graph.edge(link);
  Value claim = claim_of("verdict");
  claim.set("from", graph.node(e.from).id).set("to", graph.node(e.to).id).set("degree", name_of(e.degree));
  return claim;
}

Value all_of_claim(std::vector<Value> claims) {
  Value claim = claim_of("all-of");
  claim.set("claims", Value(std::move(claims)));
  return claim;
}

Value in_state_claim(const Graph& graph, NodeId deliverable, State state) {
  Value claim = claim_of("in-state");
  claim.set("deliverable", graph.node(deliverable).id).set("state", name_of(state));
  return claim;
}

Value needs_claim(const Graph& graph, std::span<const NodeId> needs) {
  EnumArray<Kind, std::size_t> kinds{};
  for (const NodeId need : needs) ++kinds[graph.node(need).kind];
  Value counts = Value::object();
  for (const Kind kind : need_kinds) {
    if (kinds[kind] > 0) counts.set(name_of(kind), kinds[kind]);
  }
  Value claim = claim_of("needs");
  claim.set("kinds", std::move(counts));
  return claim;
}

Value part_of_claim(const Graph& graph, NodeId topic, std::span<const NodeId> needs) {
  Value claim = claim_of("part-of");
  claim.set("topic", graph.node(topic).id).set("needs", ids_value(graph, needs));
  return claim;
}

}  // namespace lacuna
