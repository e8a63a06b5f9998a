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
  workshop,
  objective,
  session,
  topic,
  use_case,
  requirement,
  capability,
  threat,
  term,
  group,
  deliverable
};

enum class Relation : std::uint8_t {
  part_of,
  discusses,
  serves,
  needs,
  counters,
  faces,
  maps_to,
  covers,
  mentions,
  develops,
  works_on,
  liaises_with,
  supersedes,
  amends,
  adopts,
  references
};

/// How far a deliverable covers a need; `none` says that somebody looked and it does not.
enum class Degree : std::uint8_t { full, partial, none };

/// The set relation read from the deliverable towards the need, in the tokens of NIST IR 8477 and OSCAL control mapping.
enum class SetRelation : std::uint8_t { equal_to, equivalent_to, superset_of, subset_of, intersects_with, no_relationship };

enum class Method : std::uint8_t { human, automation, hybrid };

/// What a person found in a document near a need.
enum class Finding : std::uint8_t { does_not_cover, mentions, covers, not_read };

/// What people hold of a link. Only `asserted` counts, and `suggested` where the user asks for it.
enum class Status : std::uint8_t { asserted, suggested, rejected, disputed };

/// The life of a deliverable.
enum class State : std::uint8_t { proposed, draft, approved, published, superseded, withdrawn };

/// Coverage of a need; the first that holds (see coverage.hpp).
enum class CoverageState : std::uint8_t {
  covered,
  partly_covered,
  in_progress,
  stale,
  elsewhere,
  confirmed_gap,
  not_found,
  unknown
};

enum class GapKind : std::uint8_t {
  uncovered,
  partial,
  draft_only,
  stale,
  single_body,
  outside_scope,
  overlap,
  unliaised,
  orphan,
  suspect,
  disputed,
  unknown
};

/// What a gap calls for.
enum class Action : std::uint8_t { new_work_item, accelerate, revise, adopt, liaise, consolidate, investigate };

/// A word and what it means in one line.
struct Word {
  std::string_view name;
  std::string_view meaning;
};

/// The words of an enumeration in the order of its enumerators; how many there are of these follows from it.
template <class E>
inline constexpr std::array<Word, 0> word_list{};
template <>
inline constexpr auto word_list<Kind> = std::to_array<Word>({
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
});
template <>
inline constexpr auto word_list<Relation> = std::to_array<Word>({
    {"part-of", "is inside"},
    {"discusses", "a session discusses an objective"},
    {"serves", "a need serves an objective: why it is on the map"},
    {"needs", "a use case needs a requirement, capability or term"},
    {"counters", "a requirement or capability counters a threat"},
    {"faces", "a use case faces a threat"},
    {"maps-to", "a need says what another says, or a part of it: the set relation says how"},
    {"covers", "a deliverable covers a need, to a degree"},
    {"mentions", "a note on a deliverable and a need; never coverage"},
    {"develops", "a group develops a deliverable"},
    {"works-on", "a group declares its interest in a topic or objective"},
    {"liaises-with", "two groups have a liaison"},
    {"supersedes", "an edition, a group, a need or a topic takes the place of an earlier one"},
    {"amends", "an amendment or corrigendum changes a text"},
    {"adopts", "a deliverable takes over the text of another"},
    {"references", "a deliverable refers to another"},
});
template <>
inline constexpr auto word_list<Degree> = std::to_array<Word>({
    {"full", "covers the need in full"},
    {"partial", "covers a part of the need"},
    {"none", "somebody looked and it does not cover the need"},
});
template <>
inline constexpr auto word_list<SetRelation> = std::to_array<Word>({
    {"equal-to", "says the same in the same words (full)"},
    {"equivalent-to", "says the same in other words (full)"},
    {"superset-of", "says it and more (full)"},
    {"subset-of", "says a part of it (partial)"},
    {"intersects-with", "says a part of it and other things (partial)"},
    {"no-relationship", "says nothing of it (none)"},
});
template <>
inline constexpr auto word_list<Method> = std::to_array<Word>({
    {"human", "a person read and judged"},
    {"automation", "a program said so"},
    {"hybrid", "a program proposed and a person confirmed"},
});
template <>
inline constexpr auto word_list<Finding> = std::to_array<Word>({
    {"does-not-cover", "read, and it does not cover the need"},
    {"mentions", "names the need and does no more"},
    {"covers", "covers it, at least in part: a link should say so"},
    {"not-read", "near by its title, but its text could not be read"},
});
template <>
inline constexpr auto word_list<Status> = std::to_array<Word>({
    {"asserted", "holds; counts"},
    {"suggested", "a machine's, not yet reviewed; counts only on request"},
    {"rejected", "somebody looked and said no"},
    {"disputed", "two people differ; both verdicts stay, neither counts"},
});
template <>
inline constexpr auto word_list<State> = std::to_array<Word>({
    {"proposed", "asked for, not yet accepted as work"},
    {"draft", "work item or draft under study"},
    {"approved", "agreed, not yet published"},
    {"published", "in force"},
    {"superseded", "replaced by a later edition"},
    {"withdrawn", "no longer in force, or the project was cancelled"},
});
template <>
inline constexpr auto word_list<CoverageState> = std::to_array<Word>({
    {"covered", "a published deliverable covers it in full"},
    {"partly-covered", "published deliverables cover it in part"},
    {"in-progress", "only drafts or work items cover it"},
    {"stale", "only superseded or withdrawn deliverables, or suspect links, cover it"},
    {"elsewhere", "nothing in the scope covers it, others do (only where a scope is asked for)"},
    {"confirmed-gap", "nothing covers it: a person judged the nearest documents and signed for the catalogues and bodies named"},
    {"not-found", "nothing covers it: catalogues were searched, and nothing was found in what was read of them"},
    {"unknown", "nothing covers it and nobody looked"},
});
template <>
inline constexpr auto word_list<GapKind> = std::to_array<Word>({
    {"uncovered", "nothing that is known covers it, and somebody looked"},
    {"partial", "published deliverables cover it only in part"},
    {"draft-only", "only drafts or work items cover it"},
    {"stale", "only superseded or withdrawn deliverables cover it"},
    {"single-body", "one standards body alone covers it"},
    {"outside-scope", "others cover it, the scope does not"},
    {"overlap", "two bodies cover it in full without liaison or adoption"},
    {"unliaised", "two groups of different bodies work on the same needs without a liaison"},
    {"orphan", "a link of the chain is missing: nothing needs, counters or serves it"},
    {"suspect", "coverage was asserted on an edition that has been replaced, or of a need that reads otherwise now"},
    {"disputed", "people differ on whether a deliverable covers it"},
    {"unknown", "nothing covers it and nobody looked"},
});
template <>
inline constexpr auto word_list<Action> = std::to_array<Word>({
    {"new-work-item", "start a new work item"},
    {"accelerate", "bring an own draft to approval"},
    {"revise", "revise an own deliverable that is stale or partial"},
    {"adopt", "take over another body's text that covers it in full"},
    {"liaise", "send a liaison statement"},
    {"consolidate", "settle an overlap between two bodies"},
    {"investigate", "look before acting"},
});

template <class E>
constexpr std::span<const Word> words() {
  return word_list<E>;
}
template <class E>
constexpr const Word& word_of(E value) {
  return word_list<E>[static_cast<std::size_t>(value)];
}
/// All enumerators in their order.
template <class E>
constexpr auto all_of() {
  std::array<E, word_list<E>.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<E>(i);
  return all;
}

/// One value for each enumerator.
template <class E, class T>
struct EnumArray : std::array<T, word_list<E>.size()> {
  using std::array<T, word_list<E>.size()>::operator[];
  constexpr T& operator[](E e) { return (*this)[static_cast<std::size_t>(e)]; }
  constexpr const T& operator[](E e) const { return (*this)[static_cast<std::size_t>(e)]; }
};

/// The stored text of an enumerator, for example "use-case".
template <class E>
constexpr std::string_view name_of(E value) {
  return word_of(value).name;
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

/// What deliverables can cover; they follow each other in Kind.
inline constexpr std::array need_kinds{Kind::use_case, Kind::requirement, Kind::capability, Kind::threat, Kind::term};
constexpr bool is_need(Kind kind) { return kind >= need_kinds.front() && kind <= need_kinds.back(); }

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
/// How far two needs say the same, from either side: in full where both say all of it (equal-to, equivalent-to), not at all for
/// no-relationship, else in part; also where no set relation is given.
Degree likeness_of(std::optional<SetRelation> relation);

}  // namespace lacuna
