// A map in its text form: nodes, links and search records as people write them, with where each was read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lacuna/date.hpp"
#include "lacuna/error.hpp"
#include "lacuna/value.hpp"
#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// Where something was seen, and on which day.
struct Source {
  std::string name;
  std::string address;
  std::optional<Date> seen;

  [[nodiscard]] bool empty() const { return name.empty() && address.empty() && !seen; }
  friend bool operator==(const Source&, const Source&) = default;
};

/// A dated event in the life of a node: "published" 2019-06-22, "since" 2023.
struct NodeDate {
  std::string what;
  Date date;
  friend bool operator==(const NodeDate&, const NodeDate&) = default;
};

struct Node {
  std::string id;  ///< The field's own identifier ("ITU-T X.1753 (12/2025)", "UC01"); unique in any letter case.
  Kind kind = Kind::requirement;
  std::string title;
  std::string text;
  std::vector<std::string> aliases;
  std::optional<int> priority;  ///< 1 to 5; 3 counts where it is unsaid.
  std::optional<State> state;   ///< Deliverables only.
  std::vector<NodeDate> dates;  ///< Deliverables: names of states. Others: since, until.
  std::string address;
  Source source;
  Value::Object attributes;  ///< Whatever else the map wants to carry; travels through every export.
  /// The text of an attribute; empty where there is none, or no text.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  Where where;
  friend bool operator==(const Node&, const Node&) = default;
};

struct Link {
  std::string from;
  Relation relation = Relation::part_of;
  std::string to;
  std::optional<Degree> degree;  ///< covers only, and there required.
  std::optional<SetRelation>
      set_relation;             ///< covers of a requirement or capability, where it must agree with the degree; maps-to.
  std::optional<int> strength;  ///< 0 to 10 (NIST IR 8278A r1); covers and maps-to.
  std::string rationale;
  std::string evidence;  ///< What was read: "title", "abstract", "full text", …
  std::string clause;    ///< Of covers and mentions: the clauses or provisions that it rests on, "5.2.2-2, 5.2.5-4".
  std::optional<Method> method;
  std::string by;
  std::optional<Date> on;
  Source source;
  Status status = Status::asserted;
  std::string questioned;  ///< Of covers: why somebody must look again ("N1 reads otherwise since …"); empty where nothing does.
  Where where;
  friend bool operator==(const Link&, const Link&) = default;
};

/// A catalogue that was searched, as it stood on a day.
struct SearchedCatalogue {
  std::string name;
  std::optional<std::int64_t> records;
  std::optional<Date> date;
  friend bool operator==(const SearchedCatalogue&, const SearchedCatalogue&) = default;
};

/// What was asked of the catalogues, and how many works answered.
struct SearchedWords {
  std::string words;
  std::optional<std::int64_t> hits;
  friend bool operator==(const SearchedWords&, const SearchedWords&) = default;
};

/// A document near a need, as somebody judged it.
struct JudgedCandidate {
  std::string need;
  std::string document;  ///< Its identifier, on the map or in a catalogue.
  Finding finding = Finding::not_read;
  std::string reason;
  std::string by;  ///< Who judged; empty for who made the record.
  friend bool operator==(const JudgedCandidate&, const JudgedCandidate&) = default;
};

/// A document near a need that came into a catalogue after the record was signed, and that nobody has judged yet.
struct UnjudgedCandidate {
  std::string need;
  std::string document;  ///< Its identifier.
  std::string title;
  std::string catalogue;  ///< One of those that were searched.
  Date on;                ///< When the catalogue was renewed with it.
  friend bool operator==(const UnjudgedCandidate&, const UnjudgedCandidate&) = default;
};

/// Who answers for a record, and since when.
struct Signature {
  std::string by;
  Date on;
  friend bool operator==(const Signature&, const Signature&) = default;
};

/// The protocol of a search, as a systematic review has one.
struct Search {
  std::string id;
  std::string by;
  Date on;
  std::vector<std::string> needs;
  std::vector<SearchedCatalogue> catalogues;
  std::vector<std::string> not_searched;  ///< Bodies of which nothing was searched.
  std::string read;                       ///< What was read of what was found: "titles and abstracts".
  std::vector<SearchedWords> queries;
  std::vector<JudgedCandidate> candidates;
  std::vector<UnjudgedCandidate> unjudged;  ///< As long as there is one for a need, nothing of it is confirmed.
  std::optional<Signature> signature;
  std::string method;
  std::string note;
  Where where;
  friend bool operator==(const Search&, const Search&) = default;
};

struct MapInfo {
  std::string title;
  std::string about;
  std::optional<Date> date;         ///< The day up to which the map was kept.
  std::vector<std::string> groups;  ///< Groups that pictures and matrices show, in this order, unless asked otherwise.
  Where where;
  friend bool operator==(const MapInfo&, const MapInfo&) = default;
};

struct Map {
  MapInfo info;
  std::vector<Node> nodes;
  std::vector<Link> links;
  std::vector<Search> searches;
  std::vector<std::string> files;   ///< What `Where::file` points into.
  std::vector<std::string> broken;  ///< Ids of nodes that could not be read: links to them are not told as well.
};

/// Puts nodes, links, searches and the lists inside them into the canonical order (natural order of identifiers, letter
/// case aside). O(n log n).
void sort_canonically(Map& map);

/// The canonical order inside one node: aliases and dates.
void sort_canonically(Node& node);

/// Compares identifiers as people do: digits by value, letters without case ("O2" before "O10"); ties by bytes.
bool natural_less(std::string_view a, std::string_view b);

/// A step in a deliverable's life: from that day on it is in that state.
struct Milestone {
  Day day = Day::before_everything;
  State state = State::published;
  bool dated = true;  ///< False where the day is only that on which it was seen to be so: since when, nobody says.
  std::string basis;  ///< Why we say so: "published 2019-06", "superseded when … was published", "undated; seen 2026-04-02".
  friend bool operator==(const Milestone&, const Milestone&) = default;
};

/// The life of every deliverable of the map, by position in `map.nodes`, each sorted by day; empty for other kinds.
/// Three rules: a date counts from the last day it may mean (of the deliverable's own state, from the day within it on which its
/// source was seen); where a published deliverable `supersedes` this one, this one is superseded from the day the other was
/// published; a final state that carries no date counts from the day its source was seen, else from the date of the map, else
/// always. A state that was passed is not entered again. O(nodes + links).
std::vector<std::vector<Milestone>> lives(const Map& map);

/// The map as it had been told by a day: without links that were made later (their day, else the day on which their source was
/// seen, the last one that it may mean; links that say neither stay) and without later search records. Nodes stay as they are:
/// when a map learned of them, its log knows.
Map known_by(Map map, Day day);

/// All faults of a map but circles (see structure.hpp): unknown, missing or repeated identifiers, dangling and forbidden
/// links, attributes that do not belong there, disagreeing degree and set relation, dates out of order. O(n log n).
std::vector<Diagnostic> validate(const Map& map);

}  // namespace lacuna
