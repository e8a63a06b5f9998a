// Scope and summary of a proposed document as prose: what it defines, for what, against what, and what it leaves out.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/grouping.hpp"
#include "analysis/ways/claims.hpp"
#include "analysis/ways/proposal.hpp"
#include "analysis/ways/wording.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

class ProposalText {
 public:
  ProposalText(const Situation& situation, const WayForward& way, WorkItemPlan& plan)
      : s_(situation), graph_(situation.graph()), way_(way), plan_(plan) {
    for (const NodeId need : way.needs) by_kind_[graph_.node(need).kind].push_back(need);
    // "Technical Specification" and the like are the words of bodies for one of their documents; in a sentence they stand as
    // such.
    what_ = plan.type.find("RFC") == std::string::npos ? "This " + plan.type : "This document";
  }

  void write() {
    scope_text();
    summary_text();
  }

 private:
  void scope_text() {
    say(plan_.scope, opening(), true);
    const std::vector<NodeId> asks = of(Kind::requirement, Kind::capability);
    const auto few = [&](const std::vector<NodeId>& needs) { return need_phrases(graph_, needs, most_named); };
    if (!asks.empty()) {
      say(plan_.scope,
          fmt::format("{} {}.",
                      plan_.normative ? by_kind_[Kind::requirement].empty()  ? "The capabilities concern"
                                        : by_kind_[Kind::capability].empty() ? "The requirements concern"
                                                                             : "The requirements and capabilities concern"
                                      : "It deals with",
                      few(asks)));
    }
    if (const auto& terms = by_kind_[Kind::term]; !terms.empty()) say(plan_.scope, fmt::format("It defines {}.", few(terms)));
    if (std::vector<NodeId> threats = own_or_behind(Kind::threat, threats_behind); !threats.empty())
      say(plan_.scope, fmt::format("It addresses the {} of {}.", threats.size() == 1 ? "threat" : "threats", few(threats)));
    if (std::vector<NodeId> cases = own_or_behind(Kind::use_case, use_cases_behind); !cases.empty())
      say(plan_.scope, fmt::format("It applies to {}.", few(cases)));
    builds_on();
    leaves_out();
  }

  /// "This Recommendation specifies requirements for AI agents."
  [[nodiscard]] std::string opening() const {
    const bool protective = way_.subject.starts_with("protection ");
    switch (way_.lead) {
      case Kind::capability: return fmt::format("{} specifies capabilities for {}.", what_, way_.subject);
      case Kind::term: return fmt::format("{} defines terms and concepts of {}.", what_, way_.subject);
      case Kind::threat:
        return protective ? fmt::format("{} gives guidance on {}.", what_, way_.subject)
                          : fmt::format("{} describes threats to {} and what can be done against them.", what_, way_.subject);
      case Kind::use_case: return fmt::format("{} describes use cases of {}.", what_, way_.subject);
      default: return fmt::format("{} specifies requirements for {}.", what_, way_.subject);
    }
  }

  /// Texts that cover a part of what it is about: in force first, then what is under way.
  void builds_on() {
    std::vector<std::string> in_force;
    std::vector<std::string> under_way;
    std::vector<std::pair<NodeId, Holding>> in_force_links;
    std::vector<std::pair<NodeId, Holding>> under_way_links;
    std::vector<NodeId> in_force_texts;
    std::vector<NodeId> under_way_texts;
    std::map<NodeId, std::vector<Holding>> on;
    std::size_t more_in_force = 0;
    std::size_t more_under_way = 0;
    const auto more = [](std::size_t n) {
      return n == 0 ? std::string() : fmt::format("; and {} more named under relations", n);
    };
    std::vector<NodeId> bare;
    for (const NodeId need : way_.needs) {
      if (!is_need(graph_.node(need).kind)) continue;
      on[need] = holdings_on(s_, need);
      if (on[need].empty()) bare.push_back(need);
    }
    for (const Backing& text : way_.texts) {
      if (!text.covers) continue;
      const bool open = s_.state(text.deliverable) != State::published;
      auto& list = open ? under_way : in_force;
      if (list.size() == most_texts) {
        ++(open ? more_under_way : more_in_force);
        continue;
      }
      std::vector<NodeId> full;
      std::vector<NodeId> part;
      auto& links = open ? under_way_links : in_force_links;
      for (const auto& [need, holdings] : on) {
        const auto held = std::ranges::find(holdings, text.deliverable, &Holding::deliverable);
        if (held == holdings.end()) continue;
        (held->degree == Degree::full ? full : part).push_back(need);
        links.emplace_back(need, *held);
      }
      std::vector<std::string> covers;
      if (!full.empty()) covers.push_back(fmt::format("{} in full", plain_titles(full)));
      if (!part.empty()) covers.push_back(fmt::format("{} in part", plain_titles(part)));
      if (covers.empty()) continue;
      list.push_back(fmt::format("{} covers {}", graph_.node(text.deliverable).id, join(covers, " and ")));
      (open ? under_way_texts : in_force_texts).push_back(text.deliverable);
    }
    if (!in_force.empty()) {
      add(plan_.scope,
          fmt::format("It refers to what is published on these matters and does not repeat it: {}{}.", join(in_force, "; "),
                      more(more_in_force)),
          covers_claim(graph_, in_force_links), in_force_texts, true);
    }
    if (!under_way.empty()) {
      add(plan_.scope,
          fmt::format("It is to be kept in step with work under way: {}{}.", join(under_way, "; "), more(more_under_way)),
          covers_claim(graph_, under_way_links), under_way_texts, in_force.empty());
    }
    if (!bare.empty()) {
      add(plan_.scope,
          fmt::format("No text that is known, in force or under way, covers {}.", need_phrases(graph_, bare, most_named)),
          nothing_covers_claim(graph_, std::nullopt, bare), {}, in_force.empty() && under_way.empty());
    }
  }

  /// Needs of the same topic that it is not about: first those that a text covers in full, else whatever they are.
  void leaves_out() {
    const auto topic = topic_of();
    if (!topic) return;
    std::vector<std::pair<NodeId, Holding>> in_hand;
    std::vector<NodeId> others;
    for (const LinkId l : graph_.in(*topic, Relation::part_of)) {
      const NodeId need = graph_.edge(l).from;
      if (!s_.counts(l) || !is_need(graph_.node(need).kind) || !s_.exists(need) || std::ranges::binary_search(way_.needs, need))
        continue;
      others.push_back(need);
      const std::vector<Holding> holdings = holdings_on(s_, need);
      const auto full = std::ranges::find_if(
          holdings, [](const Holding& h) { return h.degree == Degree::full && h.state == State::published; });
      if (full != holdings.end()) in_hand.emplace_back(need, *full);
    }
    sort_unique(others);
    if (in_hand.size() > most_left_out) in_hand.resize(most_left_out);
    if (others.empty()) return;
    plan_.leaves_out = true;
    if (in_hand.empty()) {
      add(plan_.scope,
          fmt::format("Outside its scope {} {}, which {} to the same topic.", is_or_are(others.size()),
                      need_phrases(graph_, others, most_left_out), others.size() == 1 ? "belongs" : "belong"),
          part_of_claim(graph_, *topic, others), {});
      return;
    }
    std::vector<std::string> list;
    std::vector<NodeId> texts;
    for (const auto& [need, holding] : in_hand) {
      list.push_back(fmt::format("{}, which {} covers in full", need_phrase(graph_, need), graph_.node(holding.deliverable).id));
      texts.push_back(holding.deliverable);
    }
    add(plan_.scope, fmt::format("Outside its scope {} {}.", is_or_are(list.size()), listed(list)), covers_claim(graph_, in_hand),
        texts);
  }

  void summary_text() {
    say(plan_.summary, opening(), true);
    const auto in_short = [&](std::string_view lead, const std::vector<NodeId>& needs) {
      if (needs.empty()) return;
      std::vector<std::string> sentences;
      for (const NodeId need : needs) sentences.push_back(statement_of(need));
      say(plan_.summary, fmt::format("{} {}", lead, join(sentences, " ")));
    };
    in_short("In short, this is what it asks for:", of(Kind::requirement, Kind::capability));
    in_short("The threats that it is about:", by_kind_[Kind::threat]);
    in_short("The situations that it is about:", by_kind_[Kind::use_case]);
    if (const auto& terms = by_kind_[Kind::term]; !terms.empty())
      say(plan_.summary, fmt::format("It defines {}.", need_phrases(graph_, terms)));
  }

  /// What the need says in its own words, as a sentence.
  [[nodiscard]] std::string statement_of(NodeId need) const {
    const Node& node = graph_.node(need);
    std::string text = capitalized(node.text.empty() ? node.title : node.text);
    if (!text.ends_with('.') && !text.ends_with('!') && !text.ends_with('?')) text += '.';
    return text;
  }

  [[nodiscard]] std::string plain_titles(const std::vector<NodeId>& needs) const { return need_phrases(graph_, needs, 4); }

  [[nodiscard]] std::vector<NodeId> of(Kind a, Kind b) const {
    std::vector<NodeId> list = by_kind_[a];
    list.insert(list.end(), by_kind_[b].begin(), by_kind_[b].end());
    std::ranges::sort(list);
    return list;
  }

  /// Its own needs of a kind; where it has none, those behind its others.
  [[nodiscard]] std::vector<NodeId> own_or_behind(Kind kind, std::vector<NodeId> (*behind)(const Situation&, NodeId)) const {
    if (!by_kind_[kind].empty()) return by_kind_[kind];
    std::vector<NodeId> list;
    for (const NodeId need : way_.needs) {
      for (const NodeId n : behind(s_, need)) list.push_back(n);
    }
    sort_unique(list);
    return list;
  }

  /// The topic of most of its needs.
  [[nodiscard]] std::optional<NodeId> topic_of() const {
    std::map<NodeId, std::size_t> topics;
    for (const NodeId need : way_.needs) {
      for (const LinkId l : graph_.out(need, Relation::part_of)) {
        if (s_.counts(l) && graph_.node(graph_.edge(l).to).kind == Kind::topic) ++topics[graph_.edge(l).to];
      }
    }
    if (topics.empty()) return std::nullopt;
    return std::ranges::max_element(topics, {}, [](const auto& t) { return t.second; })->first;
  }

  void say(std::vector<Claim>& where, std::string text, bool begins = false) { add(where, std::move(text), {}, {}, begins); }
  void add(std::vector<Claim>& where, std::string text, Value rests_on, const std::vector<NodeId>& sources, bool begins = false) {
    Claim claim{std::move(text), {}, std::move(rests_on), begins};
    for (const NodeId source : sources) claim.sources.emplace_back(source);
    where.push_back(std::move(claim));
  }

  static constexpr std::size_t most_named = 8;
  static constexpr std::size_t most_texts = 4;
  static constexpr std::size_t most_left_out = 3;

  const Situation& s_;
  const Graph& graph_;
  const WayForward& way_;
  WorkItemPlan& plan_;
  EnumArray<Kind, std::vector<NodeId>> by_kind_;
  std::string what_;
};

}  // namespace

void write_scope_and_summary(const Situation& situation, const WayForward& way, WorkItemPlan& plan) {
  ProposalText(situation, way, plan).write();
}

}  // namespace lacuna
