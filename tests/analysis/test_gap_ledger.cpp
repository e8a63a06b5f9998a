// Gaps that are kept while links change are those that would be found anew.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "analysis/gap_ledger.hpp"
#include "support/dice.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

std::string told(const Graph& graph, const std::vector<const Gap*>& gaps) {
  std::string text;
  for (const Gap* gap : gaps) {
    text += fmt::format("{:.6f} {} {} {} {} {}\n", gap->severity, name_of(gap->kind), graph.node(gap->subject).id,
                        gap->other ? graph.node(*gap->other).id : "", gap->dependants, gap->why);
  }
  return text;
}

std::string found_anew(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Gaps gaps = find_gaps(situation, params);
  std::vector<const Gap*> list;
  for (const Gap& gap : gaps.list) list.push_back(&gap);
  return told(graph, list);
}

}  // namespace

TEST_CASE("gap ledger: after any edit it holds the gaps that would be found anew, on a thousand maps") {
  std::size_t edits = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 4 + seed % 8;
    shape.deliverables = 5 + seed % 10;
    shape.groups = 4 + seed % 4;
    shape.covers = 10 + seed % 20;
    Graph graph = graph_of(random_map(shape));
    Params params;
    params.profile = &default_profile();
    params.as_of = Date{static_cast<std::int16_t>(2016 + seed % 12), 1, 1}.last_day();
    params.include_suggested = seed % 3 == 0;
    if (seed % 4 == 0) params.scope = graph.find("Group 0");
    if (seed % 5 == 0) params.objective = graph.find("O1");
    const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
    GapLedger ledger(graph, situation, params);
    INFO("seed " << seed);
    REQUIRE(told(graph, ledger.first(ledger.size())) == found_anew(graph, params));
    Dice dice(seed);
    const std::vector<NodeId> deliverables = graph.of_kind(Kind::deliverable);
    for (int i = 0; i < 6; ++i, ++edits) {
      const LinkId link = static_cast<LinkId>(dice.below(graph.edges().size()));
      const Edge& edge = graph.edge(link);
      if (dice.chance(70) && edge.relation != Relation::supersedes) {
        ledger.judge(link, edge.relation == Relation::covers ? static_cast<Degree>(dice.below(3)) : edge.degree,
                     static_cast<Status>(dice.below(4)));
      } else if (!situation.needs().empty()) {
        Edge fresh;
        fresh.relation = dice.chance(80) ? Relation::covers : Relation::mentions;
        fresh.from = deliverables[dice.below(deliverables.size())];
        fresh.to = situation.needs()[dice.below(situation.needs().size())];
        fresh.degree = fresh.relation == Relation::covers ? static_cast<Degree>(dice.below(3)) : Degree::none;
        ledger.add(fresh);
      }
      REQUIRE(told(graph, ledger.first(ledger.size())) == found_anew(graph, params));
    }
    std::array<std::size_t, 12> counts{};
    for (const Gap* gap : ledger.first(ledger.size())) ++counts[static_cast<std::size_t>(gap->kind)];
    REQUIRE(counts == ledger.counts());
  }
  CHECK(edits > 5000);
}
