// What a ranker holds, shared by the files that make it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "match/rank_index.hpp"
#include "match/rank_kin.hpp"
#include "match/rank_lessons.hpp"
#include "match/ranker.hpp"

namespace lacuna {

struct Ranker::State {
  State(std::vector<RankCandidate> candidates_given, std::vector<RankLink> links_given);

  /// What is known without the sources that the query excludes; learned once.
  const Lesson& lesson(const RankQuery& query);
  /// The trained model that has not seen what the query excludes, if there is one: where it excludes single links or groups, a
  /// model without their folds, trained once for each set of folds.
  const Learned* model(const RankQuery& query, const Lesson& lesson);
  const Kin& kin();
  RankReading read(const RankQuery& query);
  /// By candidate: 1 where the query lets it be ranked. The query itself is never.
  [[nodiscard]] std::vector<std::uint8_t> allowed(const RankQuery& query) const;
  /// Positions of links that the query excludes beside whole sources.
  [[nodiscard]] std::vector<std::uint32_t> hidden(const RankQuery& query) const;
  [[nodiscard]] std::vector<Ranked> rank(const RankQuery& query, const RankReading& reading, const Lesson& lesson,
                                         const Learned* model, const Kin* kin, std::size_t most) const;

  std::vector<RankCandidate> candidates;
  std::vector<RankLink> links;
  RankIndex index;
  std::mutex mutex;
  std::map<std::vector<std::string>, std::unique_ptr<const Lesson>> lessons;            ///< By excluded sources.
  std::map<std::pair<const Lesson*, unsigned>, std::unique_ptr<const Learned>> models;  ///< By folds of links that are left out.
  std::unique_ptr<const Kin> kin_;
};

}  // namespace lacuna
