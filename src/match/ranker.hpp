// Which items of a framework a text belongs to: ranked, with what each signal says, and with how sure that is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// Something that texts are linked to: a need, a requirement of a framework, a code of a classification.
struct RankCandidate {
  std::string id;
  std::string text;                  ///< What it is called.
  std::string context;               ///< What it says; may be empty.
  std::vector<std::string> parents;  ///< What it is part of, by their texts.
  std::vector<std::string> tags;
  std::vector<std::string> related;
  std::string group;
};

/// A text that somebody has linked to candidates.
struct RankLink {
  std::string id;
  std::string source;  ///< The document or framework that it stands in.
  std::string group;   ///< Texts of one group are near copies of each other: editions, parts of a series.
  std::string text;
  std::string context;
  std::vector<std::string> targets;  ///< Identifiers of candidates.
  std::vector<std::string> refused;  ///< Candidates that somebody has rejected for it.
};

/// A text whose candidates are asked for. Where its id is that of a candidate, it is that candidate.
struct RankQuery {
  std::string id;
  std::string text;
  std::string title;
  std::string context;
  std::vector<std::string> exclude_source;      ///< Links of these sources are not known to it.
  std::vector<std::string> exclude_link;        ///< Nor these links.
  std::vector<std::string> exclude_group;       ///< Nor links of these groups, nor candidates of them.
  std::vector<std::string> exclude_candidates;  ///< Never ranked.
};

/// What speaks for a candidate.
enum class Signal : std::uint8_t {
  words,
  linked_words,
  name,
  prototype,
  neighbours,
  prototype_log,
  neighbours_log,
  learned,
  popularity,
  family,
  topics,
  mention
};
template <>
inline constexpr auto word_list<Signal> = std::to_array<Word>({
    {"words", "words of the text that the candidate, its parents, tags or description have too (BM25)"},
    {"linked-words", "the same with the words of the texts that are linked to the candidate (BM25)"},
    {"name", "likeness of spelling to the candidate's name (groups of 3 to 5 characters)"},
    {"prototype", "likeness to the sum of all texts that are linked to the candidate, and its name"},
    {"neighbours", "how much of the 30 linked texts nearest to it leads to the candidate"},
    {"prototype-log", "the same likeness on a logarithmic scale, from 0 for none to 1 for the best"},
    {"neighbours-log", "the share of the nearest linked texts, the very near ones counting far more, on a logarithmic scale"},
    {"learned", "what a model trained on all linked texts says (softmax with shared ancestors); nothing below 500 links"},
    {"popularity", "how many texts are linked to the candidate, on a logarithmic scale"},
    {"family", "likeness to the candidates that have the same parent as the candidate; where the text is a candidate itself"},
    {"topics", "likeness in topics (latent semantic analysis); where the text is a candidate itself"},
    {"mention", "the candidate's name, or words of it, stand in the text, or the other way round"},
});
constexpr std::size_t signals = word_list<Signal>.size();

/// A candidate in the answer to a query.
struct Ranked {
  std::uint32_t candidate = 0;        ///< Position among the candidates.
  double score = 0;                   ///< Sum of `parts`; to be compared within one query.
  double probability = 0;             ///< That the link is right, calibrated on links left out; 0 where nothing speaks for it.
  EnumArray<Signal, double> parts{};  ///< Its value in this query times its weight.
};

/// What the ranker learned from the links, and how well it did on those that it had not seen.
struct Teaching {
  EnumArray<Signal, double> weights{};
  bool learned = false;   ///< False where the links are too few: then weights and calibration are constants.
  std::size_t links = 0;  ///< That taught.
  std::string left_out;   ///< What was left out at a time: "source", "group" or nothing.
};

/// A word or phrase that speaks for a candidate.
struct Spoken {
  std::string word;   ///< As the query has it, in lower case.
  double weight = 0;  ///< Its share of the similarity, in [0,1].
};

/// Why a candidate was ranked where it is.
struct RankReason {
  std::vector<Spoken> words;             ///< Shared with the candidate's own text and the texts linked to it, most telling first.
  std::optional<std::uint32_t> nearest;  ///< Position of the link nearest to the query among those that lead to the candidate.
  double nearness = 0;                   ///< Cosine between both, in [0,1].
  std::vector<Spoken> nearest_words;
};

/// A known link as a query that does not know it: the answer that the ranker gave.
struct RankTrial {
  std::uint32_t link = 0;
  std::vector<Ranked> ranked;  ///< The first twenty, then the right ones that are not among them.
};

/// Ranks candidates for texts by signals of their words and of what is linked already. The signals are combined with weights that
/// are not negative, learned on the links by maximising the likelihood of the right candidates within each query (softmax), each
/// link with its own source left out, or its own group where there are fewer than three sources. Below 30 links weights and
/// calibration are constants; between candidates (a query that is one) they are others. Deterministic: same input, same bits,
/// whatever the number of cores.
class Ranker {
 public:
  /// Reads the texts, in linear time. Targets that are no candidates are left aside. Learning waits until something is asked:
  /// some passes over the links, and from 500 links of one or two sources on the training of a model (25,000 links to 900
  /// candidates: some ten seconds and half a GB).
  Ranker(std::vector<RankCandidate> candidates, std::vector<RankLink> links);
  Ranker(Ranker&&) noexcept;
  ~Ranker();

  [[nodiscard]] std::span<const RankCandidate> candidates() const;
  [[nodiscard]] std::span<const RankLink> links() const;

  /// For each query its candidates, best first, equal ones by id; at most `most` of them (0: all). On all cores. Queries with the
  /// same exclusions share what is learned without the excluded sources; links excluded one by one or by group have no part in
  /// any signal, but in the weights. A query is never ranked for itself. Below a millisecond a query, for hundreds of links.
  [[nodiscard]] std::vector<std::vector<Ranked>> rank(std::span<const RankQuery> queries, std::size_t most = 0) const;
  /// What is learned from all links that the exclusions of the query leave.
  [[nodiscard]] const Teaching& teaching(const RankQuery& query) const;
  /// By candidate, the cosine between the query and the nearest of the texts linked to it, in [0,1]; 0 where none is. A fraction
  /// of a millisecond.
  [[nodiscard]] std::vector<double> nearness(const RankQuery& query) const;
  [[nodiscard]] RankReason why(const RankQuery& query, std::uint32_t candidate) const;
  /// All links, each ranked by a ranker that had not seen its source (or group, where the sources are too few): for measuring.
  /// Probabilities come from a calibration that had not seen it either.
  [[nodiscard]] std::vector<RankTrial> cross_validate() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lacuna
