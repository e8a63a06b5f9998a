// The queue of suggested links as somebody walks through it: what stands beside what, and which key says what.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/linking/linking.hpp"
#include "workbench/context_texts.hpp"
#include "workbench/verdicts.hpp"
#include "workbench/workbench.hpp"

namespace lacuna {

/// A key that says what is held of a suggestion.
struct VerdictKey {
  char key;
  std::string_view help;
  Verdict::Says says = Verdict::Says::accept;
  std::optional<Degree> degree = {};
  std::optional<SetRelation> set_relation = {};  ///< Only of requirements and capabilities; decides the degree.
};
std::span<const VerdictKey> verdict_keys();
/// True where needs of that kind take what the key says.
bool fits(const VerdictKey& key, Kind need);
/// What the key says of a pair, without a reason and a name.
Verdict verdict_of(const VerdictKey& key, const std::string& from, const std::string& to);

/// A text in stretches, one after the other: a word that is shared, or everything between two of them.
struct SharedStretch {
  std::string_view text;
  bool shared = false;
};
/// `shared` is in lower case; the stretches lie in the text. O(words · log).
std::vector<SharedStretch> stretches_of(std::string_view text, const std::set<std::string>& shared);
/// The words of a text that another shares, as stretches_of() takes them.
std::set<std::string> lower_words(const std::vector<SharedWord>& words);

/// A suggestion with everything that helps to judge it.
struct SuggestedPair {
  QueuedLink queued;
  NodeId from{};
  NodeId to{};
  Writing from_text;
  Writing to_text;
  std::vector<SharedWord> shared_from;  ///< Words of the text it goes from that the other has.
  std::vector<SharedWord> shared_to;
  std::string from_about;  ///< "ITU-T X.1753, published 2022-11"
  std::string to_about;    ///< "RC27, requirement, confirmed-gap"
  std::string rationale;
  std::optional<NodeId> nearest;  ///< What people have linked with the need that reads most like the suggestion.
};

class ReviewQueue {
 public:
  /// The bench must have been opened with its texts, and outlive it.
  explicit ReviewQueue(Workbench& bench);

  [[nodiscard]] const Situation& situation() const { return situation_; }
  [[nodiscard]] const std::vector<QueuedLink>& links() const { return links_; }
  /// Only the first ones; 0: all.
  void limit(std::size_t most);
  /// Reads the texts of the map, the first time.
  SuggestedPair pair(std::size_t at);

 private:
  Writing writing_of(NodeId id);

  const Graph& graph_;
  const Situation situation_;
  std::vector<QueuedLink> links_;
  ContextTexts texts_;
  std::optional<std::map<NodeId, Writing>> writings_;
};

}  // namespace lacuna
