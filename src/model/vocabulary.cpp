#include "lacuna/vocabulary.hpp"

#include <algorithm>

#include "lacuna/profile.hpp"

namespace lacuna {

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
      {use_case, maps_to, use_case},
      {requirement, maps_to, requirement},
      {requirement, maps_to, capability},
      {capability, maps_to, requirement},
      {capability, maps_to, capability},
      {threat, maps_to, threat},
      {term, maps_to, term},
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
      {group, supersedes, group},
      {topic, supersedes, topic},
      {use_case, supersedes, use_case},
      {requirement, supersedes, requirement},
      {capability, supersedes, capability},
      {threat, supersedes, threat},
      {term, supersedes, term},
      {deliverable, amends, deliverable},
      {deliverable, adopts, deliverable},
      {deliverable, references, deliverable},
  };
  return list;
}

bool is_allowed(Kind from, Relation relation, Kind to) {
  return std::ranges::any_of(allowed_triples(),
                             [&](const Triple& t) { return t.from == from && t.relation == relation && t.to == to; });
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

Degree likeness_of(std::optional<SetRelation> relation) {
  if (relation == SetRelation::no_relationship) return Degree::none;
  return relation == SetRelation::equal_to || relation == SetRelation::equivalent_to ? Degree::full : Degree::partial;
}

}  // namespace lacuna
