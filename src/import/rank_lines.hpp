// What a Ranker works on, from JSON lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lacuna/error.hpp"
#include "match/ranker.hpp"

namespace lacuna {

/// Candidates, links and queries for a Ranker from JSON lines: one object a line, empty lines between them allowed. Each needs
/// `id` and `text`; the other members are those of RankCandidate, RankLink and RankQuery, texts and lists of texts;
/// `exclude_group` may be one text too. Other members are passed over. A line with a fault is told and left out, and so is the
/// second of two candidates with one id.
std::vector<RankCandidate> read_rank_candidates(std::string_view bytes, const std::string& file,
                                                std::vector<Diagnostic>& diagnostics);
std::vector<RankLink> read_rank_links(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics);
std::vector<RankQuery> read_rank_queries(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics);

}  // namespace lacuna
