// What standards bodies tend to take up next: which two concepts, apart so far, a new document brings together.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lacuna/coverage.hpp"
#include "lacuna/match.hpp"
#include "lacuna/records.hpp"
#include "lacuna/result.hpp"

namespace lacuna {

/// The catalogues as they stood on a day, and what came until another one. Days are counted from 1970-01-01.
struct Split {
  struct Concept {
    std::string name;         ///< Stems: "medium access control".
    std::string alias;        ///< A short form that counts as the same: "MAC".
    std::uint32_t works = 0;  ///< Published by the first day that hold it.
    std::uint32_t field = 0;  ///< Where most of these are at home: position in `fields`.
  };
  struct Work {
    std::int32_t day = 0;     ///< Last day that its date may mean for earlier works, first day for later ones.
    std::uint32_t field = 0;
    std::uint32_t family = 0;             ///< All parts of a document share one.
    std::uint32_t committee = no_one;     ///< Position in `committees`.
    std::string base;                     ///< "I:27001"; may be empty before the first day.
    std::vector<std::uint32_t> concepts;  ///< In title or abstract, ascending.
    std::vector<std::uint32_t> title;     ///< In the title; only after the first day.
  };
  static constexpr std::uint32_t no_one = 0xffffffffU;

  std::int32_t from = 0;
  std::int32_t to = 0;
  std::vector<Concept> concepts;
  std::vector<std::string> fields;
  std::vector<std::string> committees;
  std::vector<Work> before;  ///< Published by the first day.
  std::vector<Work> after;   ///< True first editions published later, by the last day.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> also;       ///< Pairs, smaller first, ascending, that some record by the first day holds: draft, amendment, edition.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> committee_also;  ///< The same of committees and concepts.
  std::size_t outside = 0;   ///< So many of the concepts, the first ones, are phrases of needs that are no concepts of the catalogues.
  std::vector<Work> needs;   ///< Of a map: they bring concepts together as a work of the first day does, but no pair is held by a record because of them. Where there are any, only pairs with a phrase of theirs are candidates.
};

/// A need of a map as it was known on a day.
struct MapNeed {
  std::vector<std::string> labels;    ///< Its title, then its aliases.
  std::string text;
  std::vector<std::uint32_t> linked;  ///< Positions of the needs that it needs, faces or counters, and of those that do so with it; ascending.
  bool dated = false;                 ///< The map says since when there is such a need. Of others nobody knows whether they were known on the day.
};
/// The needs of a map on the day of the situation, in natural order; only links that count, between needs of that day. Linear.
std::vector<MapNeed> map_needs(const Situation& situation);
/// Those that are dated, as if there were no others. Linear.
std::vector<MapNeed> dated_needs(std::span<const MapNeed> needs);

/// Catalogues read for splits on any days.
class Catalogues {
 public:
  /// Linear in the texts: two seconds for 166,000 records on two cores.
  explicit Catalogues(std::vector<CatalogueText> records);
  Catalogues(Catalogues&&) noexcept;
  ~Catalogues();

  /// Nothing of what came after `from` has a part in concepts and earlier works. Linear in the texts; a second.
  [[nodiscard]] Split split(Day from, Day to) const;
  /// A split of these catalogues with phrases of needs as further concepts, at most 2,000, those of most needs first. Of titles and aliases, and of what stands in
  /// quotation marks, these phrases enter that are neither concepts of the split nor generic, with cuts between stop words and words of the trade:
  /// whole stretches of two to four words, and of longer ones what ends them ("data poisoning" of "training data poisoning"); any other two to four words in a row
  /// that some record of the first day holds too, or two writings of needs do; single words that fewer than ten works of the first day hold. None enters that more than 2.5 % of these works hold.
  /// A phrase that holds the short form of a concept shares a word with it: the two are no candidate.
  /// Of each need a work of the first day is made (Split::needs): with phrases of its labels and text, and with concepts of the split in these and in those
  /// of linked needs. Nothing published later has a part in this. Linear in the texts: some tenths of a second.
  [[nodiscard]] Split with_needs(const Split& split, std::span<const MapNeed> needs) const;
  [[nodiscard]] const std::vector<CatalogueText>& records() const;
  /// The record with the text of a work's first publication, by its base id; nothing for others. Logarithmic.
  [[nodiscard]] const CatalogueText* find(const std::string& base) const;

 private:
  friend class Uptake;
  struct State;
  std::unique_ptr<State> state_;
};

/// A split from a folder of files, so that rankers of different programs meet on the same candidates: concepts, works_pre, works_new, covered_extra, groups, each .tsv.gz;
/// numbers of concepts are the distance from the one before. Throws Error(io) and Error(bad_input).
Split read_split(const std::string& folder, Day from, Day to);

/// A split with the candidates that follow from it and what became of them. Pairs are numbered by first, then second concept.
struct Trial {
  const Split* split = nullptr;
  std::size_t n = 0;                   ///< Concepts.
  std::vector<std::uint32_t> begin;    ///< By first concept: its first pair; n + 1 of them.
  std::vector<std::uint16_t> second;   ///< By pair.
  std::vector<std::uint8_t> labels;    ///< By pair: bits by Outcome.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> taken;  ///< Pairs that a new work holds, and which one, ascending.
  std::vector<float> count;            ///< n × n: earlier works that hold both; 0 on the diagonal.
  std::vector<std::int32_t> last;      ///< n × n: day of the latest of these; `never` for none.
  std::vector<float> degree;           ///< By concept: how many others it has met.
  static constexpr std::int32_t never = -1'000'000;
  static constexpr std::uint32_t no_pair = 0xffffffffU;

  [[nodiscard]] std::size_t pairs() const { return second.size(); }
  /// The number of a pair; `no_pair` where it is no candidate. O(log n).
  [[nodiscard]] std::uint32_t find(std::uint32_t a, std::uint32_t b) const;
  /// The first concept of a pair. O(log n).
  [[nodiscard]] std::uint32_t first(std::uint32_t pair) const;
};

/// Ways of being right: some new work holds the pair; works of two families do; one in its title; the first came two years after the day or later.
enum class Outcome : std::uint8_t { any, fam2, title, late };
constexpr std::uint8_t bit(Outcome outcome) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(outcome)); }

/// O(n² + Σ concepts²) time and 8 n² bytes. The split must outlive it. Needs of a split count in `count`, `last` and `degree`.
Trial make_trial(const Split& split);

/// A way of ranking pairs.
struct PairRanker {
  std::string_view name;
  std::string_view help;
  bool learns = false;  ///< Needs an earlier trial, whose outcomes are known on the day.
  std::vector<float> (*score)(const Trial& trial, const Trial* earlier);  ///< One number a pair; higher ones first.
};
std::span<const PairRanker> pair_rankers();

/// Two concepts that no document holds together.
struct ConceptPair {
  std::string first;
  std::string second;
  double place = 0;  ///< Share of all candidates that rank lower, in [0,1].
};

/// A committee and how near its works are to a text.
struct CommitteeFit {
  std::string committee;
  double score = 0;  ///< Mean over the concepts of the text of the committee's share in the best committee's score, in [0,1].
};

/// How likely texts are to be taken up, as of a day.
class Uptake {
 public:
  /// Three seconds for 166,000 records on two cores, 600 MB meanwhile.
  Uptake(std::vector<CatalogueText> records, Day day);
  Uptake(Uptake&&) noexcept;
  ~Uptake();

  struct Score {
    double score = 0;                ///< Mean place of its three best pairs among all candidates, in [0,1]; 0 where it has none.
    std::vector<ConceptPair> pairs;  ///< Its pairs that no record holds yet, best first.
    std::vector<std::string> concepts;  ///< That its title and text hold.
    std::size_t met = 0;             ///< Pairs of these that some record holds already.
    std::string why;                 ///< One sentence with the pairs that the score rests on.
  };
  /// Microseconds.
  [[nodiscard]] Score score(const Writing& text) const;
  /// Committees whose works are nearest to the concepts of a text, best first, at most `limit`. Milliseconds.
  [[nodiscard]] std::vector<CommitteeFit> committees(const Writing& text, std::size_t limit = 5) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a back-test on catalogues is asked.
struct BacktestQuestion {
  std::size_t limit = 20;      ///< Top pairs listed.
  std::vector<MapNeed> needs;  ///< Of the map on the first day; with `catalogues`, what they add as concepts is told apart from everything else.
};
/// Holds all rankers against what came. With `catalogues`, the works that took a pair up have titles, and needs may enter.
Result query_backtest_catalogues(const Split& split, const Split* earlier, const Catalogues* catalogues, const BacktestQuestion& question);

}  // namespace lacuna
