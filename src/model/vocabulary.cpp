#include "lacuna/vocabulary.hpp"

#include <algorithm>

#include "lacuna/profile.hpp"

namespace lacuna {

template <> std::span<const Word> words<Kind>() {
  static constexpr Word list[] = {
      {"workshop", "an event or a study with objectives and a programme"},
      {"objective", "what a workshop sets out to do"},
      {"session", "a part of its programme that discusses objectives"},
      {"topic", "a branch of the subject taxonomy"},
      {"use-case", "a situation in which the technology is put to use"},
      {"requirement", "what a product, system, application or service shall meet"},
      {"capability", "what it can do"},
      {"threat", "what can go wrong or be done by an attacker"},
      {"term", "a notion that needs a definition"},
      {"group", "a standards body or a group inside one"},
      {"deliverable", "a document or work item of a group"},
  };
  return list;
}

template <> std::span<const Word> words<Relation>() {
  static constexpr Word list[] = {
      {"part-of", "is inside"},
      {"discusses", "a session discusses an objective"},
      {"serves", "a need serves an objective: why it is on the map"},
      {"needs", "a use case needs a requirement, capability or term"},
      {"counters", "a requirement or capability counters a threat"},
      {"faces", "a use case faces a threat"},
      {"covers", "a deliverable covers a need, to a degree"},
      {"mentions", "a note on a deliverable and a need; never coverage"},
      {"develops", "a group develops a deliverable"},
      {"works-on", "a group declares its interest in a topic or objective"},
      {"liaises-with", "two groups have a liaison"},
      {"supersedes", "an edition replaces an earlier one"},
      {"amends", "an amendment or corrigendum changes a text"},
      {"adopts", "a deliverable takes over the text of another"},
      {"references", "a deliverable refers to another"},
  };
  return list;
}

template <> std::span<const Word> words<Degree>() {
  static constexpr Word list[] = {
      {"full", "covers the need in full"},
      {"partial", "covers a part of the need"},
      {"none", "somebody looked and it does not cover the need"},
  };
  return list;
}

template <> std::span<const Word> words<SetRelation>() {
  static constexpr Word list[] = {
      {"equal-to", "says the same in the same words (full)"},
      {"equivalent-to", "says the same in other words (full)"},
      {"superset-of", "says it and more (full)"},
      {"subset-of", "says a part of it (partial)"},
      {"intersects-with", "says a part of it and other things (partial)"},
      {"no-relationship", "says nothing of it (none)"},
  };
  return list;
}

template <> std::span<const Word> words<Method>() {
  static constexpr Word list[] = {
      {"human", "a person read and judged"},
      {"automation", "a program said so"},
      {"hybrid", "a program proposed and a person confirmed"},
  };
  return list;
}

template <> std::span<const Word> words<Status>() {
  static constexpr Word list[] = {
      {"asserted", "holds; counts"},
      {"suggested", "a machine's, not yet reviewed; counts only on request"},
      {"rejected", "somebody looked and said no"},
      {"disputed", "two people differ; both verdicts stay, neither counts"},
  };
  return list;
}

template <> std::span<const Word> words<State>() {
  static constexpr Word list[] = {
      {"proposed", "asked for, not yet accepted as work"},
      {"draft", "work item or draft under study"},
      {"approved", "agreed, not yet published"},
      {"published", "in force"},
      {"superseded", "replaced by a later edition"},
      {"withdrawn", "no longer in force, or the project was cancelled"},
  };
  return list;
}

template <> std::span<const Word> words<CoverageState>() {
  static constexpr Word list[] = {
      {"covered", "a published deliverable covers it in full"},
      {"partly-covered", "published deliverables cover it in part"},
      {"in-progress", "only drafts or work items cover it"},
      {"stale", "only superseded or withdrawn deliverables, or suspect links, cover it"},
      {"confirmed-gap", "nothing covers it, and a search record says that somebody looked"},
      {"unknown", "nothing covers it and nobody looked"},
  };
  return list;
}

template <> std::span<const Word> words<GapKind>() {
  static constexpr Word list[] = {
      {"uncovered", "nothing anywhere covers it, and somebody looked"},
      {"partial", "published deliverables cover it only in part"},
      {"draft-only", "only drafts or work items cover it"},
      {"stale", "only superseded or withdrawn deliverables cover it"},
      {"single-body", "one standards body alone covers it"},
      {"outside-scope", "others cover it, the scope does not"},
      {"overlap", "two bodies cover it in full without liaison or adoption"},
      {"unliaised", "two groups of different bodies work on the same needs without a liaison"},
      {"orphan", "a link of the chain is missing: nothing needs, counters or serves it"},
      {"suspect", "coverage was asserted on an edition that has been replaced"},
      {"disputed", "people differ on whether a deliverable covers it"},
      {"unknown", "nothing covers it and nobody looked"},
  };
  return list;
}

template <> std::span<const Word> words<Action>() {
  static constexpr Word list[] = {
      {"new-work-item", "start a new work item"},
      {"accelerate", "bring an own draft to approval"},
      {"revise", "revise an own deliverable that is stale or partial"},
      {"adopt", "take over another body's text that covers it in full"},
      {"liaise", "send a liaison statement"},
      {"consolidate", "settle an overlap between two bodies"},
      {"investigate", "look before acting"},
  };
  return list;
}

template <> std::span<const Word> words<Component>() {
  static constexpr Word list[] = {
      {"severity", "how grave its gaps are: the gravest, and the mean of all"},
      {"demand", "how many objectives and use cases depend on it, by priority"},
      {"urgency", "the share of the threats behind it that no covered requirement counters"},
      {"fit", "how near it is to what the group declares and publishes"},
      {"novelty", "how far it is from the nearest deliverable anywhere"},
      {"foundation", "the share of its needs that have texts to build on"},
      {"uptake", "how readily standards bodies, by the catalogues, take up next what a new work item puts together"},
  };
  return list;
}

template <> std::span<const Word> words<Affinity>() {
  static constexpr Word list[] = {
      {"topic", "the same topic"},
      {"threats", "shared threats"},
      {"use_cases", "shared use cases, or one needs the other"},
      {"wording", "shared words, rare ones more"},
  };
  return list;
}

template <> std::span<const Word> words<Penalty>() {
  static constexpr Word list[] = {
      {"full", "a deliverable covers a need in full"},
      {"partial", "a deliverable covers a need in part"},
      {"draft", "the deliverable is not yet published (added)"},
      {"stale", "the deliverable is superseded or withdrawn, or the link is suspect (added)"},
      {"broader", "from a need to one that it is part of"},
      {"narrower", "from a need to a part of it"},
      {"related", "between needs where one needs, counters or faces the other"},
      {"adopts", "between deliverables where one adopts the other"},
  };
  return list;
}

template <> std::span<const Word> words<PathClass>() {
  static constexpr Word list[] = {
      {"direct", "both cover the same need in full, or one text adopts the other"},
      {"strong", "the same need in part or by a draft, or the need next to it"},
      {"average", "needs in the neighbourhood"},
      {"weak", "far, and not to be leaned on"},
  };
  return list;
}

std::span<const Triple> allowed_triples() {
  using enum Kind;
  using enum Relation;
  static constexpr Triple list[] = {
      {workshop, part_of, workshop},
      {objective, part_of, objective},
      {session, part_of, session},
      {topic, part_of, topic},
      {use_case, part_of, use_case},
      {requirement, part_of, requirement},
      {capability, part_of, capability},
      {threat, part_of, threat},
      {term, part_of, term},
      {group, part_of, group},
      {deliverable, part_of, deliverable},
      {objective, part_of, workshop},
      {session, part_of, workshop},
      {objective, part_of, topic},
      {use_case, part_of, topic},
      {requirement, part_of, topic},
      {capability, part_of, topic},
      {threat, part_of, topic},
      {term, part_of, topic},
      {session, discusses, objective},
      {use_case, serves, objective},
      {requirement, serves, objective},
      {capability, serves, objective},
      {threat, serves, objective},
      {term, serves, objective},
      {use_case, needs, requirement},
      {use_case, needs, capability},
      {use_case, needs, term},
      {requirement, counters, threat},
      {capability, counters, threat},
      {use_case, faces, threat},
      {deliverable, covers, use_case},
      {deliverable, covers, requirement},
      {deliverable, covers, capability},
      {deliverable, covers, threat},
      {deliverable, covers, term},
      {deliverable, mentions, use_case},
      {deliverable, mentions, requirement},
      {deliverable, mentions, capability},
      {deliverable, mentions, threat},
      {deliverable, mentions, term},
      {group, develops, deliverable},
      {group, works_on, topic},
      {group, works_on, objective},
      {group, liaises_with, group},
      {deliverable, supersedes, deliverable},
      {deliverable, amends, deliverable},
      {deliverable, adopts, deliverable},
      {deliverable, references, deliverable},
  };
  return list;
}

bool is_allowed(Kind from, Relation relation, Kind to) {
  return std::ranges::any_of(allowed_triples(), [&](const Triple& t) {
    return t.from == from && t.relation == relation && t.to == to;
  });
}

bool is_acyclic(Relation relation) {
  return relation == Relation::part_of || relation == Relation::supersedes || relation == Relation::amends;
}

bool is_symmetric(Relation relation) { return relation == Relation::liaises_with; }

Degree degree_of(SetRelation relation) {
  switch (relation) {
    case SetRelation::equal_to:
    case SetRelation::equivalent_to:
    case SetRelation::superset_of: return Degree::full;
    case SetRelation::subset_of:
    case SetRelation::intersects_with: return Degree::partial;
    case SetRelation::no_relationship: break;
  }
  return Degree::none;
}

}  // namespace lacuna
