// What a ranker holds, shared by the files that make it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "lacuna/ranker.hpp"
#include "match/rank_index.hpp"
#include "match/rank_kin.hpp"
#include "match/rank_lessons.hpp"

namespace lacuna {

struct Ranker::State {
  State(std::vector<RankCandidate> candidates_given, std::vector<RankLink> links_given);

  /// What is known without the sources that the query excludes; learned once.
  const Lesson& lesson(const RankQuery& query);
  const Kin& kin();
  RankReading read(const RankQuery& query);
  /// By candidate: 1 where the query lets it be ranked. The query itself is never.
  [[nodiscard]] std::vector<std::uint8_t> allowed(const RankQuery& query) const;
  /// Positions of links that the query excludes beside whole sources.
  [[nodiscard]] std::vector<std::uint32_t> hidden(const RankQuery& query) const;
  [[nodiscard]] std::vector<Ranked> rank(const RankQuery& query, const RankReading& reading, const Lesson& lesson, const Kin* kin, std::size_t most) const;

  std::vector<RankCandidate> candidates;
  std::vector<RankLink> links;
  RankIndex index;
  std::mutex mutex;
  std::map<std::vector<std::string>, std::unique_ptr<const Lesson>> lessons;  ///< By excluded sources.
  std::unique_ptr<const Kin> kin_;
};

}  // namespace lacuna
