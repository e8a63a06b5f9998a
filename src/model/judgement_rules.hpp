// The rules by which degrees are given, as far as a machine can keep them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "lacuna/model.hpp"

namespace lacuna {

/// A rule of judgement: what a document may be said to cover, given what it is and what was read of it.
struct JudgementRule {
  std::string_view name;
  std::string_view statement;  ///< As a sentence that an editor can follow.
  bool (*breached)(const Link& covers, const Node& deliverable, const Node& need);
  std::string_view remedy;  ///< What to do about a link that breaks it.
};
std::span<const JudgementRule> judgement_rules();

/// A report, paper, study, supplement or guide, which informs and sets nothing: by its attribute `document_type` (report, paper,
/// guide, awareness list, knowledge base), its identifier (TR, GR, EG, SR, XSTR, Suppl., NIST IR, a focus group's) or its title
/// ("IEEE Guide for …", "Study on …").
bool only_informs(const Node& deliverable);

/// Every breach of a rule by an asserted covers link, as an error with its file and line; and needs that are measured unevenly, a
/// partial beside two mentions or more, all by their titles, as warnings. Linear.
std::vector<Diagnostic> rule_breaches(const Map& map);

}  // namespace lacuna
