#include <catch2/catch.hpp>

#include <set>

#include "lacuna/profile.hpp"
#include "lacuna/vocabulary.hpp"

using namespace lacuna;

namespace {

/// Every word of the list is there once, means something, and leads back to its enumerator.
template <class E>
void complete(E last) {
  const auto list = words<E>();
  REQUIRE(list.size() == static_cast<std::size_t>(last) + 1);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < list.size(); ++i) {
    INFO(list[i].name);
    CHECK(names.insert(list[i].name).second);
    CHECK_FALSE(list[i].name.empty());
    CHECK_FALSE(list[i].meaning.empty());
    CHECK(list[i].name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-_") == std::string_view::npos);
    CHECK(name_of(static_cast<E>(i)) == list[i].name);
    CHECK(parse<E>(list[i].name) == static_cast<E>(i));
    CHECK_FALSE(parse<E>(std::string(list[i].name) + " "));
  }
  CHECK_FALSE(parse<E>(""));
  CHECK_FALSE(parse<E>("nonsense"));
}

template <class E>
std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const Word& word : words<E>()) result.emplace_back(word.name);
  return result;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("vocabulary: every list has a word for every enumerator, and back") {
  complete(Kind::deliverable);
  complete(Relation::references);
  complete(Degree::none);
  complete(SetRelation::no_relationship);
  complete(Method::hybrid);
  complete(Status::disputed);
  complete(State::withdrawn);
  complete(CoverageState::unknown);
  complete(GapKind::unknown);
  complete(Action::investigate);
  complete(Component::uptake);
  complete(Affinity::wording);
}

TEST_CASE("vocabulary: the words are those of the design page") {
  CHECK(names<Kind>() == Names{"workshop", "objective", "session", "topic", "use-case", "requirement", "capability", "threat",
                               "term", "group", "deliverable"});
  CHECK(names<Relation>() == Names{"part-of", "discusses", "serves", "needs", "counters", "faces", "maps-to", "covers",
                                   "mentions", "develops", "works-on", "liaises-with", "supersedes", "amends", "adopts",
                                   "references"});
  CHECK(names<Degree>() == Names{"full", "partial", "none"});
  CHECK(names<SetRelation>() ==
        Names{"equal-to", "equivalent-to", "superset-of", "subset-of", "intersects-with", "no-relationship"});
  CHECK(names<Method>() == Names{"human", "automation", "hybrid"});
  CHECK(names<Status>() == Names{"asserted", "suggested", "rejected", "disputed"});
  CHECK(names<State>() == Names{"proposed", "draft", "approved", "published", "superseded", "withdrawn"});
  CHECK(names<CoverageState>() ==
        Names{"covered", "partly-covered", "in-progress", "stale", "elsewhere", "confirmed-gap", "not-found", "unknown"});
  CHECK(names<GapKind>() == Names{"uncovered", "partial", "draft-only", "stale", "single-body", "outside-scope", "overlap",
                                  "unliaised", "orphan", "suspect", "disputed", "unknown"});
  CHECK(names<Action>() == Names{"new-work-item", "accelerate", "revise", "adopt", "liaise", "consolidate", "investigate"});
}

TEST_CASE("vocabulary: a word is matched exactly") {
  CHECK_FALSE(parse<Kind>("Requirement"));
  CHECK_FALSE(parse<Kind>("use_case"));
  CHECK_FALSE(parse<Relation>("part of"));
}

TEST_CASE("vocabulary: use cases, requirements, capabilities, threats and terms are needs") {
  std::string needs;
  for (std::size_t k = 0; k < words<Kind>().size(); ++k) {
    if (is_need(static_cast<Kind>(k))) needs += std::string(words<Kind>()[k].name) + " ";
  }
  CHECK(needs == "use-case requirement capability threat term ");
}

TEST_CASE("vocabulary: every relation links something, no triple stands twice, nothing else is allowed") {
  std::set<std::tuple<Kind, Relation, Kind>> triples;
  std::set<Relation> relations;
  for (const Triple& t : allowed_triples()) {
    CHECK(triples.emplace(t.from, t.relation, t.to).second);
    relations.insert(t.relation);
  }
  CHECK(relations.size() == words<Relation>().size());
  std::size_t allowed = 0;
  for (std::size_t from = 0; from < words<Kind>().size(); ++from) {
    for (std::size_t r = 0; r < words<Relation>().size(); ++r) {
      for (std::size_t to = 0; to < words<Kind>().size(); ++to) {
        allowed += is_allowed(static_cast<Kind>(from), static_cast<Relation>(r), static_cast<Kind>(to));
      }
    }
  }
  CHECK(allowed == triples.size());
}

TEST_CASE("vocabulary: the triples are those of the design page") {
  using enum Kind;
  using enum Relation;
  for (std::size_t f = 0; f < words<Kind>().size(); ++f) {
    for (std::size_t t = 0; t < words<Kind>().size(); ++t) {
      const auto from = static_cast<Kind>(f);
      const auto to = static_cast<Kind>(t);
      INFO(name_of(from) << " " << name_of(to));
      CHECK(is_allowed(from, covers, to) == (from == deliverable && is_need(to)));
      CHECK(is_allowed(from, mentions, to) == (from == deliverable && is_need(to)));
      CHECK(is_allowed(from, serves, to) == (is_need(from) && to == objective));
      CHECK(is_allowed(from, discusses, to) == (from == session && to == objective));
      CHECK(is_allowed(from, Relation::needs, to) == (from == use_case && (to == requirement || to == capability || to == term)));
      CHECK(is_allowed(from, counters, to) == ((from == requirement || from == capability) && to == threat));
      CHECK(is_allowed(from, faces, to) == (from == use_case && to == threat));
      CHECK(is_allowed(from, develops, to) == (from == group && to == deliverable));
      CHECK(is_allowed(from, works_on, to) == (from == group && (to == topic || to == objective)));
      CHECK(is_allowed(from, liaises_with, to) == (from == group && to == group));
      for (const Relation r : {supersedes, amends, adopts, references})
        CHECK(is_allowed(from, r, to) == ((from == deliverable && to == deliverable) ||
                                          (r == supersedes && from == to && (from == group || from == topic || is_need(from)))));
      const auto states_a_means = [](Kind kind) { return kind == requirement || kind == capability; };
      CHECK(is_allowed(from, maps_to, to) == (is_need(from) && (from == to || (states_a_means(from) && states_a_means(to)))));
      const bool inside_workshop = (from == objective || from == session) && to == workshop;
      const bool in_topic = (from == objective || is_need(from)) && to == topic;
      CHECK(is_allowed(from, part_of, to) == (from == to || inside_workshop || in_topic));
    }
  }
}

TEST_CASE("vocabulary: which relations have no circle, which read both ways") {
  std::string acyclic;
  std::string symmetric;
  for (std::size_t r = 0; r < words<Relation>().size(); ++r) {
    if (is_acyclic(static_cast<Relation>(r))) acyclic += std::string(words<Relation>()[r].name) + " ";
    if (is_symmetric(static_cast<Relation>(r))) symmetric += std::string(words<Relation>()[r].name) + " ";
  }
  CHECK(acyclic == "part-of supersedes amends ");
  CHECK(symmetric == "liaises-with ");
}

TEST_CASE("vocabulary: the degree that a set relation stands for") {
  using enum SetRelation;
  CHECK(degree_of(equal_to) == Degree::full);
  CHECK(degree_of(equivalent_to) == Degree::full);
  CHECK(degree_of(superset_of) == Degree::full);
  CHECK(degree_of(subset_of) == Degree::partial);
  CHECK(degree_of(intersects_with) == Degree::partial);
  CHECK(degree_of(no_relationship) == Degree::none);
}
