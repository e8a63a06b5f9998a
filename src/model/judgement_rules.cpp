#include "model/judgement_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/text.hpp"

namespace lacuna {
namespace {

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// One of the words stands in a text by itself, whatever its case.
bool names_any(std::string_view text, std::initializer_list<std::string_view> words) {
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
    if (std::ranges::find(words, std::string_view(lower(word))) != words.end()) return true;
  }
  return false;
}

bool unfinished(const Node& deliverable) { return deliverable.state == State::draft || deliverable.state == State::proposed; }

bool text_read(const Link& link) { return link.evidence.starts_with("full text"); }

bool full(const Link& link) { return link.degree == Degree::full; }

constexpr JudgementRule rules[] = {
    {"reports", "a report, paper, study, supplement or guide informs and sets nothing: it covers a need in part at most",
     [](const Link& l, const Node& d, const Node&) { return full(l) && only_informs(d); }, "make it partial"},
    {"unseen-drafts", "a draft whose text was not read covers a need in part at most",
     [](const Link& l, const Node& d, const Node&) { return full(l) && unfinished(d) && !text_read(l); },
     "make it partial, or read the text and say so in evidence"},
    {"proposals", "a scope page, a proposal or a contribution is no deliverable yet: it mentions a need",
     [](const Link&, const Node& d, const Node&) { return d.state == State::proposed; }, "make it a mention"},
    {"second-hand", "what was only told by others (a third party, the press) mentions a need",
     [](const Link& l, const Node&, const Node&) {
       return has_any(l.evidence, {"third-party", "third party", "press report"});
     },
     "make it a mention, or read a record or the text"},
    {"unread", "a link in full says what text was read: an abstract, a scope, a summary by its publisher, or the text",
     [](const Link& l, const Node&, const Node&) {
       return full(l) && !has_any(l.evidence, {"abstract", "scope", "text", "summary", "news release", "record", "contents"});
     },
     "make it partial, or say what was read"},
    {"general-texts", "a general text covers in part a need that asks for a general means, never one that asks for AI by name",
     [](const Link& l, const Node&, const Node& need) {
       const bool general =
           has_any(l.rationale, {"AI not named", "AI is not named", "AI not stated", "AI is not stated", "models are not named",
                                 "models and data not named", "learning is not named", "learning not named",
                                 "agents are not named", "names no AI", "without naming AI"});
       return general &&
              names_any(need.title, {"ai", "model", "models", "learned", "learning", "neural", "agent", "agents", "generative"});
     },
     "make it a mention"},
};

}  // namespace

std::span<const JudgementRule> judgement_rules() { return rules; }

bool only_informs(const Node& deliverable) {
  std::string_view rest = deliverable.id;
  for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
    if (is_one_of(word, std::array<std::string_view, 8>{"TR", "GR", "EG", "SR", "Suppl", "XSTR", "TP", "IR"})) return true;
  }
  if (is_one_of(deliverable.attribute("document_type"),
                std::array<std::string_view, 5>{"report", "paper", "guide", "awareness list", "knowledge base"}))
    return true;
  return deliverable.id.starts_with("FG-") || has_any(deliverable.title, {"IEEE Guide", "Study on ", "Technical Report"});
}

std::vector<Diagnostic> rule_breaches(const Map& map) {
  std::unordered_map<std::string_view, const Node*> nodes;
  for (const Node& node : map.nodes) nodes.emplace(node.id, &node);
  std::vector<Diagnostic> diagnostics;
  const auto say = [&](Severity severity, const Where& where, std::string message) {
    diagnostics.push_back(
        {severity, where.file < map.files.size() ? map.files[where.file] : std::string(), where.line, std::move(message)});
  };
  struct Measure {
    const Link* partial = nullptr;
    std::size_t mentions = 0;
  };
  std::map<std::string_view, Measure> by_title;  // Needs, measured by what stands in titles.
  for (const Link& link : map.links) {
    if (link.status != Status::asserted) continue;
    const auto from = nodes.find(link.from);
    const auto to = nodes.find(link.to);
    if (from == nodes.end() || to == nodes.end()) continue;
    const bool title_read = link.evidence == "title";
    if (link.relation == Relation::mentions && title_read) ++by_title[link.to].mentions;
    if (link.relation != Relation::covers || link.degree == Degree::none) continue;
    if (link.degree == Degree::partial && title_read) by_title[link.to].partial = &link;
    for (const JudgementRule& rule : rules) {
      if (!rule.breached(link, *from->second, *to->second)) continue;
      say(Severity::error, link.where,
          fmt::format("\"{}\" covers \"{}\" ({}) against the rule \"{}\": {}; {}", link.from, link.to, name_of(*link.degree),
                      rule.name, rule.statement, rule.remedy));
    }
  }
  for (const auto& [need, measure] : by_title) {
    if (measure.partial == nullptr || measure.mentions < 2) continue;
    say(Severity::warning, measure.partial->where,
        fmt::format(
            "\"{}\" is measured unevenly: {} covers it in part and {} mention it, all by their title; look at them together",
            need, measure.partial->from, count_of(measure.mentions, "deliverable")));
  }
  return diagnostics;
}

}  // namespace lacuna
