#include "analysis/attribute_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lacuna {
namespace {

struct Wording {
  std::string_view name;
  std::string_view before;      ///< What stands before the value; empty: the attribute is not told.
  std::string_view after = {};  ///< What stands behind it.
};

constexpr Wording wordings[] = {
    {"answered_by", ""},
    {"objectives", ""},
    {"why_relevant", "Why it is on the map: "},
    {"verified", "Checked against its source: "},
    {"seen_in", "Seen in: "},
    {"iso_stage", "ISO stage: "},
    {"added", "Came onto the map "},
    {"brought_by", "Brought onto the map by "},
    {"document_type", "Type of document: "},
    {"date_basis", "Its date rests on: "},
    {"draft_basis", "Its start rests on: "},
    {"since_basis", "Its beginning rests on: "},
    {"until_basis", "Its end rests on: "},
    {"replaces", "Replaces "},
    {"timing", "Planned for "},
    {"period", "Study periods: "},
    {"earlier_title", "Earlier title: "},
    {"matter", "The same matter as ", ", told another way"},
    {"in_titles", "In titles of documents: "},
    {"atlas_ids", "In MITRE ATLAS: "},
    {"atlas_names", "Its name in MITRE ATLAS: "},
    {"atlas_tactics", "Tactics in MITRE ATLAS: "},
    {"atlas_first_created", "In MITRE ATLAS since "},
    {"atlas_case_studies", "Case studies in MITRE ATLAS: "},
    {"atlas_mitigations", "Mitigations in MITRE ATLAS: "},
    {"owasp_llm_2025", "In the OWASP Top 10 for LLM applications of 2025: "},
};

/// "coffee_breaks" as "Coffee breaks: ".
std::string told_as(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + ": ";
}

}  // namespace

std::vector<std::string> attribute_sentences(const Node& node) {
  std::vector<std::string> sentences;
  for (const auto& [name, value] : node.attributes) {
    std::string said;
    if (const auto* text = value.if_text()) said = *text;
    if (const auto* number = value.if_integer()) said = fmt::format("{}", *number);
    if (said.empty()) continue;
    const auto wording = std::ranges::find(wordings, std::string_view(name), &Wording::name);
    if (wording == std::end(wordings))
      sentences.push_back(told_as(name) + said);
    else if (!wording->before.empty())
      sentences.push_back(fmt::format("{}{}{}", wording->before, said, wording->after));
  }
  return sentences;
}

}  // namespace lacuna
