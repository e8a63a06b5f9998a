#include <catch2/catch.hpp>

#include <numeric>

#include <fmt/format.h>

#include "match/ranker.hpp"

using namespace lacuna;

namespace {

std::vector<RankCandidate> needs() {
  return {{.id = "N1", .text = "Password strength"},
          {.id = "N2", .text = "Session termination"},
          {.id = "N3", .text = "Encryption of stored data"},
          {.id = "N4", .text = "Visitor badges", .group = "G"}};
}

std::vector<RankLink> texts() {
  return {{.id = "L1", .source = "A", .group = "g1", .text = "Secrets chosen by users have twelve characters", .targets = {"N1"}},
          {.id = "L2", .source = "A", .group = "g2", .text = "Idle connections are closed", .targets = {"N2", "gone"}},
          {.id = "L3", .source = "B", .group = "g3", .text = "Disks are enciphered", .targets = {"N3"}, .refused = {"N4"}},
          {.id = "L4", .source = "B", .group = "g1", .text = "Secrets chosen by users are long", .targets = {"N1"}}};
}

/// Frameworks A, B and C, each with the same ten subjects in words of its own, and linked to ten candidates.
std::pair<std::vector<RankCandidate>, std::vector<RankLink>> three_frameworks() {
  const std::vector<std::string> subjects{"quartz", "basalt", "granite", "marble", "slate",
                                          "gypsum", "pumice", "schist",  "gneiss", "chalk"};
  std::vector<RankCandidate> candidates;
  std::vector<RankLink> links;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    candidates.push_back({.id = "C" + std::to_string(i), .text = "Cutting of " + subjects[i]});
    for (const std::string source : {"A", "B", "C", "D"}) {
      links.push_back({.id = source + std::to_string(i),
                       .source = source,
                       .text = fmt::format("{} rule: {} is cut with care in workshop {}", source, subjects[i], (i * 7) % 5),
                       .targets = {candidates.back().id}});
    }
  }
  return {candidates, links};
}

std::vector<std::string> ids(const Ranker& ranker, const std::vector<Ranked>& ranked) {
  std::vector<std::string> list;
  for (const Ranked& r : ranked) list.push_back(ranker.candidates()[r.candidate].id);
  return list;
}

std::vector<Ranked> answer_to(const Ranker& ranker, const RankQuery& query, std::size_t most = 0) {
  return ranker.rank(std::vector<RankQuery>{query}, most).front();
}

}  // namespace

TEST_CASE("ranker: words of a candidate's name bring it first, without any link") {
  const Ranker ranker(needs(), {});
  const auto ranked = answer_to(ranker, {.id = "q", .text = "Data that is stored is encrypted"});
  REQUIRE(ranked.size() == 4);
  CHECK(ids(ranker, ranked).front() == "N3");
  CHECK_FALSE(ranker.teaching({}).learned);
  CHECK(ranker.teaching({}).links == 0);
  CHECK(ranker.teaching({}).left_out.empty());
}

TEST_CASE("ranker: a text that shares no word with any candidate is ranked by the linked text nearest to it") {
  const Ranker ranker(needs(), texts());
  const RankQuery query{.id = "q", .text = "Idle connections"};
  CHECK(ids(ranker, answer_to(ranker, query, 1)) == std::vector<std::string>{"N2"});
  const RankReason reason = ranker.why(query, 1);
  REQUIRE(reason.nearest.has_value());
  CHECK(ranker.links()[*reason.nearest].id == "L2");
  CHECK(reason.nearness > 0.5);
  std::vector<std::string> words;
  double all = 0;
  for (const Spoken& s : reason.nearest_words) {
    words.push_back(s.word);
    all += s.weight;
  }
  CHECK(words == std::vector<std::string>{"connections", "idle", "idle connections"});
  CHECK(all == Approx(1));
}

TEST_CASE("ranker: what a query excludes is not known to it, and candidates that it excludes are not ranked") {
  const Ranker ranker(needs(), texts());
  const auto speaks = [&](const RankQuery& query) {  // for N2, from links
    for (const Ranked& r : answer_to(ranker, query)) {
      if (r.candidate == 1) return r.parts[Signal::neighbours] > 0;
    }
    return false;
  };
  CHECK(speaks({.id = "q", .text = "Idle connections"}));
  CHECK_FALSE(speaks({.id = "q", .text = "Idle connections", .exclude_source = {"A"}}));
  CHECK_FALSE(speaks({.id = "q", .text = "Idle connections", .exclude_link = {"L2"}}));
  CHECK_FALSE(speaks({.id = "q", .text = "Idle connections", .exclude_group = {"g2"}}));
  CHECK_FALSE(ranker.why({.id = "q", .text = "Idle connections", .exclude_link = {"L2"}}, 1).nearest.has_value());
  CHECK(ids(ranker, answer_to(ranker, {.id = "q", .text = "Idle", .exclude_group = {"G"}})).size() == 3);
  CHECK(ids(ranker, answer_to(ranker, {.id = "q", .text = "Idle connections", .exclude_candidates = {"N2", "N1"}})) ==
        std::vector<std::string>{"N3", "N4"});
}

TEST_CASE("ranker: a query without one link is answered as by a ranker that was never given it, weights being equal") {
  std::vector<RankLink> fewer = texts();
  fewer.erase(fewer.begin() + 1);
  const Ranker with(needs(), texts());
  const Ranker without(needs(), fewer);
  const auto a = answer_to(with, {.id = "q", .text = "Passwords of users", .exclude_link = {"L2"}});
  const auto b = answer_to(without, {.id = "q", .text = "Passwords of users"});
  CHECK(ids(with, a) == ids(without, b));
}

TEST_CASE("ranker: a candidate is not ranked for itself") {
  const Ranker ranker(needs(), {});
  CHECK(ids(ranker, answer_to(ranker, {.id = "N3", .text = "Encryption of stored data"})).size() == 3);
}

TEST_CASE("ranker: candidates that mention each other come first among candidates") {
  std::vector<RankCandidate> candidates{{.id = "1", .text = "Alarm bells", .context = "Bells ring when the water gate opens."},
                                        {.id = "2", .text = "Water gate", .context = "A gate of iron."},
                                        {.id = "3", .text = "Bread ovens", .context = "Bread is baked twice."},
                                        {.id = "4", .text = "Flour sacks", .context = "Sacks are kept dry for the bread ovens."}};
  const Ranker ranker(candidates, {});
  CHECK(ids(ranker, answer_to(ranker, {.id = "1", .text = candidates[0].text, .context = candidates[0].context}, 1)) ==
        std::vector<std::string>{"2"});
  CHECK(ids(ranker, answer_to(ranker, {.id = "4", .text = candidates[3].text, .context = candidates[3].context}, 1)) ==
        std::vector<std::string>{"3"});
}

TEST_CASE(
    "ranker: scores are the sums of their parts, probabilities lie within 0 and 1 and fall with the scores, equal scores stand "
    "by id") {
  const Ranker ranker(needs(), texts());
  const auto ranked = answer_to(ranker, {.id = "q", .text = "Long passwords"});
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    CHECK(std::accumulate(ranked[i].parts.begin(), ranked[i].parts.end(), 0.0) == Approx(ranked[i].score));
    CHECK((ranked[i].probability > 0) == (ranked[i].score > 0));
    CHECK(ranked[i].probability < 1);
    if (i > 0) CHECK(ranked[i - 1].probability >= ranked[i].probability);
  }
  CHECK(ids(ranker, answer_to(ranker, {.id = "q", .text = "zzz"})) == std::vector<std::string>{"N1", "N2", "N3", "N4"});
  CHECK(ids(ranker, answer_to(ranker, {.id = "q", .text = ""})) == std::vector<std::string>{"N1", "N2", "N3", "N4"});
}

TEST_CASE("ranker: nothing to rank is no failure") {
  const Ranker ranker({}, {});
  CHECK(answer_to(ranker, {.id = "q", .text = "anything"}).empty());
  CHECK(ranker.rank({}).empty());
  CHECK(ranker.cross_validate().empty());
}

TEST_CASE("ranker: a refused candidate is spoken against") {
  std::vector<RankLink> links = texts();
  const RankQuery query{.id = "q", .text = "Secrets chosen by users"};
  const auto votes = [&](const std::vector<RankLink>& known) {
    const Ranker ranker(needs(), known);
    for (const Ranked& r : answer_to(ranker, query)) {
      if (r.candidate == 0) return r.parts[Signal::neighbours] / ranker.teaching(query).weights[Signal::neighbours];
    }
    return -1.0;
  };
  CHECK(votes(links) == Approx(1));
  links.push_back({.id = "L5", .source = "A", .text = "Secrets chosen by users", .targets = {}, .refused = {"N1"}});
  links.push_back({.id = "L6", .source = "A", .text = "Secrets chosen by users", .targets = {}, .refused = {"N1"}});
  CHECK(votes(links) == 0);
}

TEST_CASE("ranker: weights are learned from thirty links on, each source left out in turn, and never negative") {
  const auto [candidates, links] = three_frameworks();
  const Ranker ranker(candidates, links);
  const Teaching& all = ranker.teaching({});
  CHECK(all.learned);
  CHECK(all.links == 40);
  CHECK(all.left_out == "source");
  for (const double w : all.weights) CHECK(w >= 0);
  const Teaching& few = ranker.teaching({.exclude_source = {"A", "B"}});
  CHECK_FALSE(few.learned);
  CHECK(few.links == 20);
  CHECK(ranker.teaching({.exclude_source = {"B", "A", "A", "unknown"}}).links == 20);
  CHECK(ranker.teaching({.exclude_source = {"A"}}).left_out == "source");
}

TEST_CASE("ranker: cross validation ranks every link once, unseen, and finds what all frameworks share") {
  const auto [candidates, links] = three_frameworks();
  const Ranker ranker(candidates, links);
  const std::vector<RankTrial> trials = ranker.cross_validate();
  REQUIRE(trials.size() == 40);
  std::size_t right = 0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    CHECK(trials[i].link == i);
    CHECK(trials[i].ranked.size() == 10);
    right += candidates[trials[i].ranked.front().candidate].id == links[i].targets.front();
  }
  CHECK(right == 40);
}

TEST_CASE("ranker: asking twice, in portions or in another order gives the same bits") {
  const auto [candidates, links] = three_frameworks();
  std::vector<RankQuery> queries;
  for (int i = 0; i < 40; ++i)
    queries.push_back({.id = "q" + std::to_string(i),
                       .text = links[static_cast<std::size_t>(i)].text,
                       .exclude_source = {i % 2 == 0 ? "A" : "B"}});
  const Ranker first(candidates, links);
  const Ranker second(candidates, links);
  const auto together = first.rank(queries);
  for (std::size_t i = queries.size(); i-- > 0;) {
    const auto alone = answer_to(second, queries[i]);
    REQUIRE(alone.size() == together[i].size());
    for (std::size_t r = 0; r < alone.size(); ++r) {
      CHECK(alone[r].candidate == together[i][r].candidate);
      CHECK(alone[r].score == together[i][r].score);
      CHECK(alone[r].probability == together[i][r].probability);
    }
  }
}

TEST_CASE(
    "ranker: five hundred links of one source train a model, and a query that excludes a group is answered by one that has not "
    "seen it") {
  const std::vector<std::string> subjects{"quartz", "basalt", "granite", "marble", "slate",
                                          "gypsum", "pumice", "schist",  "gneiss", "chalk"};
  std::vector<RankCandidate> candidates;
  std::vector<RankLink> links;
  for (std::size_t i = 0; i < subjects.size(); ++i)
    candidates.push_back({.id = fmt::format("{}.{}", i / 5, i), .text = "Stone " + std::to_string(i)});
  for (std::size_t i = 0; i < 520; ++i) {
    const std::size_t s = i % subjects.size();
    links.push_back({.id = "L" + std::to_string(i),
                     .source = "one",
                     .group = "g" + std::to_string(i / 2),
                     .text = fmt::format("Works in {} number {}", subjects[s], i % 97),
                     .targets = {candidates[s].id}});
  }
  links.push_back({.id = "odd", .source = "one", .group = "odd", .text = "Works in obsidian", .targets = {candidates[3].id}});
  const Ranker ranker(candidates, links);
  CHECK(ranker.teaching({}).left_out == "group");
  const RankQuery query{.id = "q", .text = "Works in gneiss"};
  const auto ranked = answer_to(ranker, query);
  CHECK(ranked.front().candidate == 8);
  CHECK(ranked.front().probability > 0.9);
  const auto kept = answer_to(ranker, {.id = "q", .text = "Works in gneiss", .exclude_group = {"odd"}});
  CHECK(kept.front().candidate == 8);
}
