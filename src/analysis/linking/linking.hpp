// Links that a machine proposes for people to judge: which deliverable may cover which need, how sure that is, and what speaks
// for it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lacuna/analysis.hpp"
#include "lacuna/match.hpp"
#include "match/ranker.hpp"

namespace lacuna {

/// A deliverable as matching sees it, on the map or in the catalogues alone.
struct DeliverableText {
  std::string id;                   ///< Its identifier.
  Writing writing;                  ///< Title; keywords and abstract.
  std::string work;                 ///< The key of its work: editions of one work are near copies.
  std::optional<NodeId> node;       ///< Where it is on the map.
  std::optional<RecordRow> record;  ///< Where a catalogue tells of it.
  bool guest = false;  ///< On the map because a suggestion brought it, and nobody has accepted one: it teaches nothing, and is
                       ///< proposed as what the catalogues hold.
};

/// What the proposals of a map are made with. Texts are those of the deliverables of the map.
struct LinkTexts {
  std::vector<DeliverableText> on_map;                    ///< In the order of the nodes.
  Comparison* comparison = nullptr;                       ///< Never null.
  std::function<double(const std::string& stem)> rarity;  ///< Of a word without its ending, among all texts.
  /// The works of the catalogues nearest to a writing; empty where there is no catalogue.
  std::function<std::vector<DeliverableText>(const Writing&, std::size_t limit)> nearest;
};

/// A deliverable and a need that may belong together; or two needs of different frameworks.
struct LinkProposal {
  Relation relation = Relation::covers;
  DeliverableText deliverable;  ///< Or the need that the link goes from.
  NodeId need{};
  double probability = 0;  ///< Calibrated on the deliverables of the map; see LinkModel.
  Ranked ranked;           ///< What the ranker says of the need among all needs, signal by signal.
  Overlap overlap;         ///< The need held against the deliverable.
  double topical = 1;      ///< That it is about the subject of the map at all; 1 where it is on the map.
  double subject = 0;  ///< Share of its title, by rarity of words, that titles of other deliverables with accepted links have.
  std::size_t committee = 0;        ///< How many of these come from its committee.
  std::optional<std::string> like;  ///< The deliverable already linked to the need whose text is nearest.
  double likeness = 0;              ///< Cosine of both, in [0,1].
  std::string text;                 ///< Fingerprint of both texts: a rejected pair is proposed again only when it changes.
  std::string like_title = {};      ///< Of `like`; empty where it is a need.
};

/// What is asked of a model: the deliverables that may cover needs, or the needs that deliverables may cover. Neither: how good
/// it is.
struct LinkQuestion {
  std::span<const NodeId> needs = {};
  std::span<const DeliverableText> deliverables = {};
};

/// Of the pairs that the calibration had not seen: how many have at least this probability, and how many of them are links.
struct Threshold {
  double probability = 0;
  std::size_t pairs = 0;
  std::size_t right = 0;
  std::size_t links = 0;  ///< Of all links.
};

/// How well proposals do on the links of the map, each judged by a model that had not seen its deliverable's work.
struct LinkFigures {
  std::size_t links = 0;                 ///< Accepted.
  std::size_t deliverables = 0;          ///< That have one.
  std::size_t others = 0;                ///< Deliverables of the map without an accepted link: all their needs count as wrong.
  std::size_t pairs = 0;                 ///< The twenty likeliest needs of every deliverable.
  double hit1 = 0, hit5 = 0, hit20 = 0;  ///< Share of the linked deliverables that have a right need among the first 1, 5, 20.
  double mean_precision = 0;             ///< MAP over the linked deliverables.
  double error = 0;                      ///< Expected calibration error over all pairs, ten bins of equal width.
  double error_first = 0;                ///< The same over the likeliest need of every deliverable.
  std::vector<Threshold> thresholds;
  std::string part;  ///< What of a large map it was learned on, in words; empty for a map as a whole.
};

/// Learns from the accepted links of a map which words of deliverables go with which needs, and how often such proposals are
/// right. Needs are ranked for each deliverable by the Ranker. What it says becomes a probability by logistic regression on four
/// figures: the ranker's log-odds, the share of the need's title that the deliverable has, the degree of their overlap, and the
/// cosine with the nearest text linked to the need; fitted on the twenty likeliest needs of every deliverable of the map, with or
/// without an accepted link; whatever nobody accepted counts as wrong. For a work that is not on the map, it is multiplied by the
/// probability that the work is about the subject of the map: logistic regression on the share of its title that titles of
/// deliverables with accepted links have, by rarity of words, and the logarithm of how many of these come from its committee;
/// fitted on the deliverables of the map against works of the catalogues that share words with needs and that nobody took.
class LinkModel {
 public:
  /// Situation and ground must outlive it. Of a map of more than 800 needs or deliverables, it learns from a part that suits what
  /// is asked, and proposes from one (analysis/linking/part.hpp). Seconds at most, unless more needs than that are asked about.
  LinkModel(const Situation& situation, const LinkTexts& ground, const LinkQuestion& question = {});
  LinkModel(LinkModel&&) noexcept;
  ~LinkModel();

  [[nodiscard]] const LinkFigures& figures() const;
  /// The lowest probability from which on proposals were right in at least that share of at least twenty cases on this map;
  /// nothing where there is none.
  [[nodiscard]] std::optional<double> bound_for(double precision) const;

  /// For each need its likeliest deliverables, on the map or in the catalogues, likeliest first: at most `most`, none below
  /// `least`. Pairs that somebody has judged are left out. The needs must be among those that the model was made for. Tens of
  /// milliseconds a need.
  [[nodiscard]] std::vector<LinkProposal> for_needs(std::span<const NodeId> needs, std::size_t most, double least);
  /// For each deliverable its likeliest needs among `needs`, in the same way.
  [[nodiscard]] std::vector<LinkProposal> for_deliverables(const std::vector<DeliverableText>& deliverables,
                                                           std::span<const NodeId> needs, std::size_t most, double least);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// For each item of one framework its likeliest items of another, in the order of the first: at most `most`, none below `least`,
/// none that is linked already. The relation is what the kinds allow ("counters" from a capability to a threat), else part-of.
/// The ranker learns from the links between needs that lead to the second framework. Probabilities are not calibrated: constants
/// hold that are low where no words are shared.
std::vector<LinkProposal> propose_between(const Situation& situation, const LinkTexts& ground, std::span<const NodeId> a,
                                          std::span<const NodeId> b, std::size_t most, double least);

/// The probability of a pair where nothing has been learned: low unless both share words.
double shy_probability(const Ranked& ranked, const Overlap& overlap, double likeness);
/// The evidence that stands on a suggested link: "title, abstract [texts 0123456789abcdef]", with the fingerprint of both texts.
std::string evidence_of_pair(const std::string& fingerprint);
/// The needs behind a topic, objective or session; without one, those that pass the filters of `params`.
std::vector<NodeId> needs_asked(const Situation& situation, const Params& params, std::optional<NodeId> behind = std::nullopt);
/// The rationale that stands on a suggested link: probability, words, the nearest text already linked.
std::string rationale_of(const Graph& graph, const LinkProposal& proposal);

/// The proposals with everything behind them, as a listing. `basis` says what their probabilities rest on: "252 accepted links of
/// 144 deliverables".
Result query_proposals(const Situation& situation, const Params& params, const std::string& basis,
                       std::span<const LinkProposal> proposals);
/// The basis of a model's probabilities.
std::string basis_of(const LinkModel& model);
/// The figures as a listing.
Result query_link_figures(const Situation& situation, const Params& params, const LinkModel& model);

/// A suggested link that waits for somebody.
struct QueuedLink {
  LinkId link{};
  double probability = 0;  ///< As its rationale says.
  double closes = 0;   ///< Severity of the gravest gap of the need that the link would close or narrow, times the probability.
  double teaches = 0;  ///< p (1 − p) · 4: what nobody can guess teaches most.
};
/// Suggested links, those that close or teach most first: by closes + teaches / 4; equal ones in canonical order.
std::vector<QueuedLink> review_queue(const Situation& situation, const Params& params);

}  // namespace lacuna
