// The words of the field as closed lists: node kinds, relations and which kinds they may link, degrees, states.
// Each list stands here once; validation, the SQLite schema, the command line and the tests read it from here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace lacuna {

enum class Kind : std::uint8_t {
  workshop, objective, session, topic, use_case, requirement, capability, threat, term, group, deliverable
};

enum class Relation : std::uint8_t {
  part_of, discusses, serves, needs, counters, faces, covers, mentions, develops, works_on, liaises_with,
  supersedes, amends, adopts, references
};

/// How far a deliverable covers a need; `none` says that somebody looked and it does not.
enum class Degree : std::uint8_t { full, partial, none };

/// The set relation read from the deliverable towards the need, in the tokens of NIST IR 8477 and OSCAL control mapping.
enum class SetRelation : std::uint8_t { equal_to, equivalent_to, superset_of, subset_of, intersects_with, no_relationship };

enum class Method : std::uint8_t { human, automation, hybrid };

/// What people hold of a link. Only `asserted` counts, and `suggested` where the user asks for it.
enum class Status : std::uint8_t { asserted, suggested, rejected, disputed };

/// The life of a deliverable.
enum class State : std::uint8_t { proposed, draft, approved, published, superseded, withdrawn };

/// Coverage of a need; the first that holds (see coverage.hpp).
enum class CoverageState : std::uint8_t { covered, partly_covered, in_progress, stale, confirmed_gap, unknown };

enum class GapKind : std::uint8_t {
  uncovered, partial, draft_only, stale, single_body, outside_scope, overlap, unliaised, orphan, suspect, disputed, unknown
};

/// What a gap calls for.
enum class Action : std::uint8_t { new_work_item, accelerate, revise, adopt, liaise, consolidate, investigate };

/// A word and what it means in one line.
struct Word {
  std::string_view name;
  std::string_view meaning;
};

/// The words of an enumeration in the order of its enumerators.
template <class E>
std::span<const Word> words();
template <> std::span<const Word> words<Kind>();
template <> std::span<const Word> words<Relation>();
template <> std::span<const Word> words<Degree>();
template <> std::span<const Word> words<SetRelation>();
template <> std::span<const Word> words<Method>();
template <> std::span<const Word> words<Status>();
template <> std::span<const Word> words<State>();
template <> std::span<const Word> words<CoverageState>();
template <> std::span<const Word> words<GapKind>();
template <> std::span<const Word> words<Action>();

/// The stored text of an enumerator, for example "use-case".
template <class E>
std::string_view name_of(E value) {
  return words<E>()[static_cast<std::size_t>(value)].name;
}

/// The enumerator of that text, or nothing. Exact match.
template <class E>
std::optional<E> parse(std::string_view name) {
  const auto list = words<E>();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].name == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

/// use-case, requirement, capability, threat, term: what deliverables can cover.
constexpr bool is_need(Kind kind) { return kind >= Kind::use_case && kind <= Kind::term; }

/// A relation may link these kinds.
struct Triple {
  Kind from;
  Relation relation;
  Kind to;
};

/// All allowed (kind, relation, kind) triples. Everything else is forbidden.
std::span<const Triple> allowed_triples();
bool is_allowed(Kind from, Relation relation, Kind to);

/// Relations that must not run in a circle: part-of, supersedes, amends.
bool is_acyclic(Relation relation);
/// Relations that say the same in both directions: liaises-with.
bool is_symmetric(Relation relation);

/// The degree that a set relation stands for: equal-to, equivalent-to, superset-of are full; subset-of, intersects-with
/// partial; no-relationship none.
Degree degree_of(SetRelation relation);

}  // namespace lacuna
