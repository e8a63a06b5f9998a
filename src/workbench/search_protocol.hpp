// The protocol of a search: the documents near a need that nobody has judged, the record that is made once somebody has, and what
// becomes of it when a catalogue is renewed.
#pragma once

#include <set>
#include <span>

#include "analysis/linking/linking.hpp"
#include "lacuna/analysis.hpp"
#include "workbench/context_texts.hpp"
#include "workbench/workbench.hpp"

namespace lacuna {

/// A document near a need.
struct UnjudgedDocument {
  NodeId need{};
  DeliverableText document;
  Overlap overlap;            ///< Of both texts.
  std::optional<Date> since;  ///< It came on that day with a renewed catalogue, and a record waits for its judgement.
};

/// How many documents near a need are listed, unless asked otherwise; a renewed catalogue is looked through for as many.
constexpr std::size_t near_limit = 10;

/// The documents near needs, those of a map and of its catalogues. Made once for many needs; store and graph must outlive it.
class NearSearch {
 public:
  NearSearch(const Store& store, const Graph& graph);

  /// Those that nobody has judged for the need: no link but a machine's suggestion says anything of the two (a rejected one
  /// does), and no search record lists it as a candidate. What a record waits for comes first, whatever the limit, then the
  /// nearest, at most `limit` in all; or all that were looked at for it. Some tens of milliseconds.
  enum class Counts : std::uint8_t { to_the_limit, all };
  std::vector<UnjudgedDocument> unjudged(NodeId need, std::size_t limit, Counts counts = Counts::to_the_limit);

 private:
  [[nodiscard]] std::set<std::string> judged_for(NodeId need) const;

  const Graph& graph_;
  ContextTexts context_;
  const LinkTexts& texts_;
  std::vector<Prepared> on_map_;
};

/// The state in which a document is listed: that of the map, else that of its catalogue.
std::string state_text(const Graph& graph, const DeliverableText& document);

/// The documents near each need that nobody has judged; see NearSearch.
std::vector<UnjudgedDocument> unjudged_documents(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit);

/// As a listing. Never empty: without catalogues only the map was looked at, and the first lines say so.
Result unjudged_answer(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit);

/// Where to look next: of the needs that nothing covers, how many documents near them nobody has judged and the nearest ones,
/// most first. Looks at the two hundred needs on which most depends: some tens of milliseconds a need.
Result unjudged_overview(Workbench& bench);

/// A key that says what was found of a document.
struct JudgingKey {
  char key;
  std::string_view help;
  Finding finding;
  std::string_view before_reason = {};  ///< To what degree, where it covers.
};
std::span<const JudgingKey> judging_keys();

/// What a record says beside the candidates.
struct ProtocolQuestion {
  std::vector<std::string> needs;
  std::vector<JudgedCandidate> candidates;
  std::string by;
  std::string id;  ///< Empty: "search:" and the day, with a number where that is taken.
  std::vector<std::string> not_searched;
  std::string read;
  bool sign = false;
};

/// Throws Error(not_found) where the map holds no catalogue: a record says what was searched.
void need_catalogues(const Workbench& bench);
/// A record of today: the catalogues of the map as they stand, the words of each need with their hits, and the candidates.
/// Throws as need_catalogues().
Search protocol_of(const Workbench& bench, const ProtocolQuestion& question);

/// What became of a record on a map.
struct RecordPut {
  std::string id;
  std::size_t settled = 0;  ///< Documents that earlier records waited for, and that it judged.
};
/// Puts a record onto a map, under its id or a free one. Where it is signed, earlier records wait no longer for what it judged.
RecordPut put_record(Map& map, Search record);

/// Makes a record in one change of the map that the bench has open.
struct RecordMade {
  Search search;
  RecordPut put;
};
RecordMade make_record(const Workbench& bench, const ProtocolQuestion& question);
/// What became of it, in lines for people.
std::string told(const RecordMade& made);

/// Search records age when a catalogue that they name is renewed: of the needs that a signed record judged documents for, the new
/// works that search-record would list are noted as waiting for judgement. Returns what was noted, in a line a record and need.
std::vector<std::string> age_records(const Store& store, Map& map, const Renewal& renewal);

}  // namespace lacuna
