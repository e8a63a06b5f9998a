// What of a large map a question about links is answered from.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "analysis/linking/part.hpp"
#include "model/small_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Thirty needs and thirty deliverables; N7 and D7 are about key exchange, and so is D20, which no link holds to anything.
struct Fixture {
  Fixture() : graph(made()), situation(graph, default_profile(), day("2026-11-23")) {
    for (const NodeId d : graph.of_kind(Kind::deliverable)) {
      DeliverableText text;
      text.id = graph.node(d).id;
      text.work = text.id;
      text.writing = {graph.node(d).title, ""};
      text.node = d;
      ground.on_map.push_back(std::move(text));
    }
    ground.comparison = &comparison;
    ground.rarity = [](const std::string&) { return 1.0; };
  }

  static Graph made() {
    SmallMap m;
    for (int i = 1; i <= 30; ++i) {
      m.node(Kind::requirement, fmt::format("N{}", i), i == 7 ? "Key exchange" : fmt::format("Subject {}", i));
      m.doc(fmt::format("D{}", i), State::published, "2020").title =
          i == 7 || i == 20 ? "Hybrid key exchange" : fmt::format("Text {}", i);
      if (i != 20) m.covers(fmt::format("D{}", i), fmt::format("N{}", i == 3 ? 7 : i), Degree::full);
    }
    return graph_of(m.map);
  }

  [[nodiscard]] std::vector<std::string> chosen(const std::vector<bool>& which) const {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < which.size(); ++i) {
      if (which[i]) list.push_back(ground.on_map[i].id);
    }
    return list;
  }
  [[nodiscard]] std::vector<std::string> needs(const LinkPart& part) const {
    std::vector<std::string> list;
    for (const NodeId need : part.needs) list.push_back(graph.node(need).id);
    return list;
  }

  Graph graph;
  Situation situation;
  Comparison comparison{[](const std::string&) { return 1.0; }, titles_with_part({}), {}};
  LinkTexts ground;
};

bool has(const std::vector<std::string>& list, std::string_view one) { return std::ranges::find(list, one) != list.end(); }

}  // namespace

TEST_CASE("part of a map: a map that is not large is taken as a whole, whatever is asked") {
  const Fixture f;
  const NodeId asked[] = {f.graph.find("N7")};
  for (const LinkQuestion& question :
       {LinkQuestion{}, LinkQuestion{asked, {}}, LinkQuestion{{}, std::span(f.ground.on_map).first(1)}}) {
    const LinkPart part = part_of(f.situation, f.ground, question, 30);
    CHECK(part.needs == f.situation.needs());
    CHECK(f.chosen(part.taught).size() == 30);
    CHECK(f.chosen(part.looked_at).size() == 30);
    CHECK(part.told.empty());
  }
}

TEST_CASE(
    "part of a map: a need asked about, what is linked to it, and what shares words with it are in the part of a large map") {
  const Fixture f;
  const NodeId asked[] = {f.graph.find("N7")};
  const LinkPart part = part_of(f.situation, f.ground, {asked, {}}, 6);
  CHECK(part.needs.size() == 6);
  CHECK(has(f.needs(part), "N7"));
  const auto taught = f.chosen(part.taught);
  CHECK(taught.size() == 6);
  CHECK(has(taught, "D3"));
  CHECK(has(taught, "D7"));
  const auto looked_at = f.chosen(part.looked_at);
  CHECK(looked_at.size() == 6);
  CHECK(has(looked_at, "D7"));
  CHECK(has(looked_at, "D20"));
  CHECK(part.told ==
        "learned on a part of this large map: 6 of 30 needs and 6 of 30 deliverables; of its deliverables, 6 were looked at, "
        "those with most words in common first");
}

TEST_CASE("part of a map: of a large map, the needs nearest to a deliverable asked about are in the part") {
  const Fixture f;
  const auto& d20 = *std::ranges::find(f.ground.on_map, "D20", &DeliverableText::id);
  const LinkPart part = part_of(f.situation, f.ground, {{}, std::span(&d20, 1)}, 6);
  CHECK(part.needs.size() == 6);
  CHECK(has(f.needs(part), "N7"));
  CHECK(f.chosen(part.looked_at).empty());
  CHECK(part.told == "learned on a part of this large map: 6 of 30 needs and 6 of 30 deliverables");
}

TEST_CASE("part of a map: where nothing is asked, both sides are evenly spread") {
  const Fixture f;
  const LinkPart part = part_of(f.situation, f.ground, {}, 6);
  CHECK(f.needs(part) == std::vector<std::string>{"N1", "N6", "N11", "N16", "N21", "N26"});
  CHECK(f.chosen(part.taught) == std::vector<std::string>{"D1", "D6", "D11", "D16", "D21", "D26"});
}

TEST_CASE("part of a map: everything asked about is in it, however much that is") {
  const Fixture f;
  const LinkPart part = part_of(f.situation, f.ground, {f.situation.needs(), {}}, 6);
  CHECK(part.needs == f.situation.needs());
  CHECK(f.chosen(part.looked_at).size() == 30);
  CHECK(f.chosen(part.taught).size() == 6);
  CHECK(part.told == "learned on a part of this large map: 6 of 30 deliverables");
}

TEST_CASE("a model of a part of a large map proposes for the need asked about, and says what it rests on") {
  SmallMap m;
  m.node(Kind::requirement, "N", "Key exchange");
  m.doc("D", State::published, "2020").title = "Hybrid key exchange";
  for (std::size_t i = 0; i < most_held; ++i)
    m.doc(fmt::format("T{}", i), State::published, "2020").title = fmt::format("Text {}", i);
  const Graph graph = graph_of(m.map);
  const Situation situation(graph, default_profile(), day("2026-11-23"));
  Comparison comparison([](const std::string&) { return 1.0; }, titles_with_part({}), {});
  LinkTexts ground;
  ground.comparison = &comparison;
  ground.rarity = [](const std::string&) { return 1.0; };
  for (const NodeId d : graph.of_kind(Kind::deliverable)) {
    DeliverableText text;
    text.id = text.work = graph.node(d).id;
    text.writing = {graph.node(d).title, ""};
    text.node = d;
    ground.on_map.push_back(std::move(text));
  }
  const NodeId asked[] = {graph.find("N")};
  LinkModel model(situation, ground, {asked, {}});
  const auto proposals = model.for_needs(asked, 5, 0.0);
  REQUIRE_FALSE(proposals.empty());
  CHECK(proposals.front().deliverable.id == "D");
  CHECK(basis_of(model) ==
        "0 accepted links of 0 deliverables (learned on a part of this large map: 800 of 801 deliverables; of its deliverables, "
        "800 were looked at, "
        "those with most words in common first)");
}
