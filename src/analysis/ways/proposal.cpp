#include "analysis/ways/proposal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/grouping.hpp"
#include "analysis/shared_words.hpp"
#include "analysis/ways/claims.hpp"
#include "analysis/ways/timing.hpp"
#include "analysis/ways/wording.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "text/tf_idf.hpp"

namespace lacuna {
namespace {

/// What a body calls a document that sets requirements, and one that informs.
struct BodyTypes {
  std::string_view body;
  std::string_view normative;
  std::string_view informative;
};
constexpr BodyTypes body_types[] = {
    {"ITU-T", "Recommendation", "Technical Report"},         {"ISO", "International Standard", "Technical Report"},
    {"IEC", "International Standard", "Technical Report"},   {"ISO/IEC JTC 1", "International Standard", "Technical Report"},
    {"ETSI", "Technical Specification", "Technical Report"}, {"IETF", "standards-track RFC", "informational RFC"},
    {"IRTF", "informational RFC", "informational RFC"},      {"IEEE", "standard", "recommended practice"},
    {"OASIS", "Committee Specification", "Committee Note"},  {"3GPP", "Technical Specification", "Technical Report"},
};

}  // namespace

std::vector<std::string> first_few(std::vector<std::string> items, std::size_t most, std::string_view before) {
  if (items.size() > most) {
    const std::size_t more = items.size() - most;
    items.resize(most);
    items.push_back(fmt::format("{}{} more", before, more));
  }
  return items;
}

std::string standing_of(const Situation& situation, NodeId deliverable) {
  const Milestone* now = situation.milestone(deliverable);
  if (now == nullptr) return "not yet there on that day";
  const std::string state(name_of(now->state));
  for (const NodeDate& date : situation.graph().node(deliverable).dates) {
    if (parse<State>(date.what) == now->state) return state + " " + to_string(date.date);
  }
  return now->dated ? state + " " + to_string(now->day) : state + ", undated";
}

struct Planner::Desk {
  Desk(const Situation& situation, const Params& p)
      : s(situation),
        graph(situation.graph()),
        params(p),
        scope(scope_of(graph, p)),
        inside(graph.whole(*p.scope)),
        timing(timing_of(situation, p)),
        wording(mandates()) {
    for (const NodeId g : inside) {
      if (g != *params.scope && s.exists(g) && !graph.node(g).text.empty()) places.emplace_back(g, wording.vector(mandate_of(g)));
    }
  }

  /// The title tells more than the rest.
  [[nodiscard]] std::string mandate_of(NodeId group) const {
    return graph.node(group).title + ". " + graph.node(group).title + ". " + graph.node(group).text;
  }

  /// What tells the groups inside apart is what is rare among their mandates.
  [[nodiscard]] std::vector<std::string> mandates() const {
    std::vector<std::string> list;
    for (const NodeId g : inside) {
      if (g != *params.scope && s.exists(g)) list.push_back(mandate_of(g));
    }
    return list;
  }

  [[nodiscard]] const std::string& id(NodeId node) const { return graph.node(node).id; }
  [[nodiscard]] bool own(NodeId deliverable) const { return scope.has(deliverable); }
  [[nodiscard]] bool under_way(NodeId deliverable) const {
    const auto state = s.state(deliverable);
    return state && *state < State::published;
  }

  [[nodiscard]] std::string standing(NodeId deliverable) const { return standing_of(s, deliverable); }

  /// The links that count by which a deliverable covers a need, in canonical order. Linear in the links of the one of both that
  /// has fewer.
  [[nodiscard]] std::vector<LinkId> covers(NodeId deliverable, NodeId need) const {
    const auto from = graph.out(deliverable, Relation::covers);
    const auto to = graph.in(need, Relation::covers);
    std::vector<LinkId> links;
    for (const LinkId l : from.size() < to.size() ? from : to) {
      const Edge& e = graph.edge(l);
      if (e.from == deliverable && e.to == need && s.counts(l)) links.push_back(l);
    }
    return links;
  }

  void type(const WayForward& way, WorkItemPlan& plan) const {
    std::size_t normative = 0;
    for (const NodeId need : way.needs)
      normative += graph.node(need).kind == Kind::requirement || graph.node(need).kind == Kind::capability ||
                   graph.node(need).kind == Kind::term;
    const std::string body = id(graph.body_of(*params.scope));
    const auto row = std::ranges::find(body_types, body, &BodyTypes::body);
    plan.normative = way.lead == Kind::requirement || way.lead == Kind::capability || way.lead == Kind::term;
    // An own text that covers part of what only informs is supplemented, not doubled.
    const auto base = std::ranges::find_if(way.texts, [&](const Backing& t) {
      return t.covers && own(t.deliverable) && s.state(t.deliverable) == State::published;
    });
    if (plan.normative) {
      plan.type = row != std::end(body_types) ? row->normative : "standard";
      plan.type_why = fmt::format("requirements, capabilities and terms make up {} of its {}; a normative text states them",
                                  normative, count_of(way.needs.size(), "need"));
    } else if (body == "ITU-T" && base != way.texts.end()) {
      plan.type = "Supplement";
      plan.type_why = fmt::format(
          "requirements and capabilities make up {} of its {}, and {} covers a part: a Supplement to it informs without setting "
          "requirements",
          normative, count_of(way.needs.size(), "need"), id(base->deliverable));
    } else {
      plan.type = row != std::end(body_types) ? row->informative : "technical report";
      plan.type_why = fmt::format(
          "requirements and capabilities make up {} of its {}: threats and use cases are described first, requirements follow "
          "from them",
          normative, count_of(way.needs.size(), "need"));
    }
  }

  void place(const WayForward& way, WorkItemPlan& plan) const {
    const WordVector proposal = wording.vector(way.title + ". " + writing_of(graph, "", way.needs).text);
    for (const auto& [group, mandate] : places) {
      const double degree = TfIdf::similarity(proposal, mandate);
      if (degree > 0) plan.places.push_back({group, degree, join(wording.shared(proposal, mandate, 5), ", ")});
    }
    std::ranges::stable_sort(plan.places, [](const Place& a, const Place& b) { return a.degree > b.degree; });
    if (plan.places.size() > 3) plan.places.resize(3);
  }

  void base_texts(const WayForward& way, WorkItemPlan& plan) const {
    for (const bool ours : {true, false}) {
      for (const Backing& text : way.texts) {
        if (plan.base_texts.size() < 3 && text.covers && own(text.deliverable) == ours &&
            s.state(text.deliverable) == State::published)
          plan.base_texts.push_back(text.deliverable);
      }
    }
  }

  std::vector<Addressee> addressees(const WayForward& way) const {
    struct Texts {
      std::vector<NodeId> open;  ///< Under development, covering one of the needs.
      std::vector<NodeId> full;  ///< Published, covering one of the needs in full.
      std::vector<NodeId> part;  ///< Published, covering one of them in part.
      std::vector<NodeId> mentions;
      std::vector<std::pair<NodeId, Holding>> links;  ///< By which they cover the needs.
    };
    std::map<NodeId, Texts> groups;
    for (const Backing& text : way.texts) {
      const auto links = held(text.deliverable, text.needs);
      const bool in_full = std::ranges::any_of(links, [](const auto& link) { return link.second.degree == Degree::full; });
      for (const NodeId g : graph.developers_of(text.deliverable)) {
        const auto to = addressee(s, g);
        if (!to || std::ranges::binary_search(inside, *to)) continue;
        Texts& texts = groups[*to];
        auto& list = !text.covers ? texts.mentions : under_way(text.deliverable) ? texts.open : in_full ? texts.full : texts.part;
        if (std::ranges::find(list, text.deliverable) != list.end()) continue;
        list.push_back(text.deliverable);
        texts.links.insert(texts.links.end(), links.begin(), links.end());
      }
    }
    std::vector<Addressee> list;
    const NodeId body = graph.body_of(*params.scope);
    for (auto& [group, texts] : groups) {
      Addressee to{group, graph.body_of(group) == body, !texts.open.empty() || !texts.full.empty(), !texts.part.empty(), {}};
      std::vector<std::string> parts;
      const auto say = [&](const std::vector<NodeId>& documents, std::string_view what) {
        if (documents.empty()) return;
        std::vector<std::string> names;
        for (const NodeId d : documents) {
          names.push_back(id(d));
          to.why.sources.emplace_back(d);
        }
        parts.push_back(fmt::format("{} {}", what, listed(std::move(names), 4)));
      };
      say(texts.open, "has under development");
      say(texts.full, "covers one of the needs in full in");
      say(texts.part, "covers a part in");
      say(texts.mentions, "mentions them in");
      to.why.says = join(parts, "; ");
      to.why.rests_on = covers_claim(graph, texts.links);
      list.push_back(std::move(to));
    }
    // Those with most texts first; of a group that declares the topic and has no text on these needs, only the body knows.
    std::ranges::stable_sort(list, [](const Addressee& a, const Addressee& b) {
      const auto order = [](const Addressee& to) {
        return std::tuple(!to.action, !to.covers_part, -static_cast<std::ptrdiff_t>(to.why.sources.size()));
      };
      return order(a) < order(b);
    });
    return list;
  }

  void risks(const WayForward& way, WorkItemPlan& plan) const {
    for (const Backing& text : way.texts) {
      if (!under_way(text.deliverable) || !text.covers) continue;
      plan.risks.push_back({fmt::format("{} of {} is under way ({}) and {}", id(text.deliverable),
                                        developers(graph, text.deliverable), standing(text.deliverable), does(text)),
                            {text.deliverable},
                            covers_claim(graph, held(text.deliverable, text.needs))});
    }
    std::size_t named = 0;
    for (const NearDocument& near : way.near) {
      const Nearness nearness = near.closeness.nearness;
      if (nearness == Nearness::similar_words || (near.state && *near.state > State::published)) continue;
      // A neighbour that shares less is named by the check, not before delegates.
      if (nearness == Nearness::neighbouring && std::min(near.overlap.degree, near.overlap.found) < 0.5) continue;
      const std::string state = near.state ? std::string(name_of(*near.state)) + (near.since ? " " + to_string(*near.since) : "")
                                           : std::string("state unknown");
      plan.risks.push_back(
          {fmt::format("{}{} ({}{}) {}: {}", near.identifier,
                       near.title.empty() ? "" : fmt::format(", \"{}\"", shortened(near.title, 110)),
                       near.group.empty() ? "" : near.group + ", ", state,
                       nearness == Nearness::same_subject ? "has the same subject by its words" : "is near by its words",
                       words_text(near.overlap.shared, 5)),
           {&near}});
      if (++named == 4) break;
    }
    std::vector<NodeId> unknown;
    std::size_t needs = 0;
    for (const NodeId need : way.needs) {
      if (!is_need(graph.node(need).kind)) continue;
      ++needs;
      if (s.state_of(need) == CoverageState::unknown) unknown.push_back(need);
    }
    if (!unknown.empty())
      plan.risks.push_back({fmt::format("for {} of {} nobody recorded a search: a text that covers them may exist",
                                        unknown.size(), count_of(needs, "need")),
                            {},
                            state_claim(graph, std::nullopt, CoverageState::unknown, unknown)});
    if (!plan.places.empty() && !plan.places.front().near())
      plan.risks.push_back({fmt::format("no group inside {} has a mandate that is near to it; {} is the nearest",
                                        id(*params.scope), id(plan.places.front().group))});
  }

  /// What a text covers of some needs, as papers say it.
  [[nodiscard]] std::vector<std::pair<NodeId, Holding>> held(NodeId deliverable, const std::vector<NodeId>& needs) const {
    std::vector<std::pair<NodeId, Holding>> links;
    for (const NodeId need : needs) {
      if (!is_need(graph.node(need).kind)) continue;
      for (const Holding& h : holdings_on(s, need)) {
        if (h.deliverable == deliverable) links.emplace_back(need, h);
      }
    }
    return links;
  }

  /// "covers RC13 and UC08 in part, mentions RC15".
  [[nodiscard]] std::string does(const Backing& text) const {
    std::vector<std::string> full;
    std::vector<std::string> part;
    std::vector<std::string> mention;
    for (const NodeId need : text.needs) {
      const auto links = held(text.deliverable, {need});
      (links.empty() ? mention : links.front().second.degree == Degree::full ? full : part).push_back(need_phrase(graph, need));
    }
    std::vector<std::string> parts;
    if (!full.empty()) parts.push_back(fmt::format("covers {} in full", listed(full)));
    if (!part.empty()) parts.push_back(fmt::format("covers {} in part", listed(part)));
    if (!mention.empty()) parts.push_back(fmt::format("mentions {}", listed(mention)));
    return join(parts, ", ");
  }

  // ---- what to do about a text or a group ------------------------------------------------------------------------------

  [[nodiscard]] std::string needs_text(const std::vector<NodeId>& needs) const { return need_phrases(graph, needs, 8); }

  /// What a deliverable says of each need: degree and rationale.
  void verdicts(NodeId deliverable, const std::vector<NodeId>& needs, std::vector<Claim>& steps) const {
    for (const NodeId need : needs) {
      for (const LinkId l : covers(deliverable, need)) {
        const Edge& e = graph.edge(l);
        const std::string& rationale = graph.text(l).rationale;
        steps.push_back({fmt::format("{}: {}{}", capitalized(need_phrase(graph, need)),
                                     e.degree == Degree::full      ? "covered in full"
                                     : e.degree == Degree::partial ? "covered in part"
                                                                   : "not covered",
                                     rationale.empty() ? "" : " – " + rationale),
                         {deliverable},
                         verdict_claim(graph, l)});
      }
    }
  }

  /// What is to be looked into, by the kind of its gaps, which is one.
  [[nodiscard]] std::string to_investigate(const WayForward& way) const {
    const std::string needs = needs_text(way.needs);
    switch (way.gaps.front()->kind) {
      case GapKind::suspect:
        return fmt::format(
            "Read the edition in force for {}: the verdicts were given on one that has been replaced; confirm them or move them.",
            needs);
      case GapKind::disputed:
        return fmt::format(
            "Settle the verdicts on {}: people differ on whether a deliverable covers them, and neither verdict counts.", needs);
      case GapKind::orphan:
        return fmt::format("Say what needs, counters or serves {}, or take them off the map: a link of the chain is missing.",
                           needs);
      default:
        return fmt::format(
            "Look in the catalogues for {} and record the search, or link what is found: nobody can say yet whether they are "
            "covered.",
            needs);
    }
  }

  /// Everything that covers some needs, as a claim.
  [[nodiscard]] Value all_held(const std::vector<NodeId>& needs) const {
    std::vector<std::pair<NodeId, Holding>> links;
    for (const NodeId need : needs) {
      if (!is_need(graph.node(need).kind)) continue;
      for (const Holding& h : holdings_on(s, need)) links.emplace_back(need, h);
    }
    return covers_claim(graph, links);
  }

  /// Of these needs, those that only drafts of the group cover.
  [[nodiscard]] std::vector<NodeId> in_progress(const std::vector<NodeId>& needs) const {
    std::vector<NodeId> list;
    std::ranges::copy_if(needs, std::back_inserter(list), [&](NodeId need) {
      return is_need(graph.node(need).kind) && s.state_of(need, scope) == CoverageState::in_progress;
    });
    return list;
  }

  /// What both groups, and what only one of them, have texts on, of the needs of a liaison.
  [[nodiscard]] std::vector<Claim> both_sides(const WayForward& way) const {
    std::vector<NodeId> needs;
    std::ranges::copy_if(way.needs, std::back_inserter(needs), [&](NodeId n) { return is_need(graph.node(n).kind); });
    const NodeId us = *params.scope;
    const NodeId them = *way.target;
    const Beside beside = beside_each_other(programme_of(s, scope, us, needs), programme_of(s, them, us, needs), needs);
    std::vector<Claim> claims;
    if (!beside.both.empty()) {
      claims.push_back({fmt::format("{} and {} both have texts on {}.", id(them), id(us), needs_text(beside.both)),
                        {},
                        work_claim(graph, {them, us}, {}, beside.both)});
    }
    if (!beside.theirs.empty()) {
      claims.push_back({fmt::format("{} has texts on {}; {} has none on {}.", id(them), needs_text(beside.theirs), id(us),
                                    beside.theirs.size() == 1 ? "it" : "them"),
                        {},
                        work_claim(graph, {them}, {us}, beside.theirs)});
    }
    if (!Liaisons(graph).between(us, them))
      claims.push_back({"The map holds no liaison between them.", {}, liaison_claim(graph, us, them, false)});
    return claims;
  }

  std::vector<Claim> steps(const WayForward& way) const {
    std::vector<Claim> steps;
    const auto say = [&](std::string text, std::vector<std::variant<NodeId, const NearDocument*>> sources = {},
                         Value rests_on = {}) {
      steps.push_back({std::move(text), std::move(sources), std::move(rests_on)});
    };
    const std::string group = id(*params.scope);
    if (!way.target) {
      if (way.action == Action::investigate)
        say(to_investigate(way), {},
            way.gaps.front()->kind == GapKind::unknown ? state_claim(graph, std::nullopt, CoverageState::unknown, way.needs)
                                                       : Value());
      else
        say(fmt::format("Tell other bodies that a single body covers {}.", needs_text(way.needs)), {}, all_held(way.needs));
      return steps;
    }
    const NodeId target = *way.target;
    switch (way.action) {
      case Action::accelerate:
        say(fmt::format("{} ({}) is not out yet; no published text of {} covers {}.", id(target), standing(target), group,
                        needs_text(way.needs)),
            {target}, state_claim(graph, params.scope, CoverageState::in_progress, in_progress(way.needs)));
        verdicts(target, way.needs, steps);
        say(timing.works >= Timing::enough ? fmt::format("For its schedule: {}.", timing.says)
                                           : fmt::format("Its schedule must come from its editors: {}.", timing.says));
        break;
      case Action::revise:
        say(fmt::format("A revision of {} ({}) would have to add what it lacks:", id(target), standing(target)), {target});
        verdicts(target, way.needs, steps);
        break;
      case Action::adopt: {
        std::vector<std::string> owners;
        for (const NodeId g : graph.developers_of(target)) {
          if (const auto to = addressee(s, g)) owners.push_back(id(*to));
        }
        sort_unique(owners);
        const std::string bodies = listed(owners);
        std::vector<std::pair<NodeId, Holding>> links = held(target, way.needs);
        std::erase_if(links, [](const auto& link) { return link.second.degree != Degree::full; });
        std::vector<NodeId> needs;
        for (const auto& [need, holding] : links) needs.push_back(need);
        say(fmt::format("{} ({}, {}) covers {} in full.", id(target), developers(graph, target), standing(target),
                        needs_text(needs)),
            {target}, covers_claim(graph, links));
        for (const auto& [need, holding] : links) {
          if (const std::string& rationale = graph.text(holding.link).rationale; !rationale.empty())
            say(fmt::format("{}: {}", capitalized(need_phrase(graph, need)), rationale), {target},
                verdict_claim(graph, holding.link));
        }
        say(fmt::format(
            "Refer to it, or take it over as an identical text if {} agrees; a text of its own by {} would double it.",
            bodies.empty() ? "its owner" : bodies, group));
        break;
      }
      case Action::liaise:
        for (Claim& claim : both_sides(way)) steps.push_back(std::move(claim));
        for (const Backing& text : way.texts) {
          const auto theirs = with_inherited(graph, target);
          const bool by_them = std::ranges::any_of(graph.developers_of(text.deliverable),
                                                   [&](NodeId g) { return std::ranges::binary_search(theirs, g); });
          if (by_them || own(text.deliverable))
            say(fmt::format("{} ({}, {}): {}", id(text.deliverable), developers(graph, text.deliverable),
                            standing(text.deliverable), does(text)),
                {text.deliverable}, covers_claim(graph, held(text.deliverable, text.needs)));
          if (steps.size() > 8) break;
        }
        break;
      case Action::consolidate:
        for (const NodeId need : way.needs) {
          std::vector<std::pair<Day, NodeId>> full;
          std::vector<Holding> links = holdings_on(s, need);
          std::erase_if(links, [](const Holding& h) { return h.degree != Degree::full || h.state != State::published; });
          for (const Holding& h : links) full.emplace_back(s.milestone(h.deliverable)->day, h.deliverable);
          if (full.size() < 2) continue;
          std::ranges::sort(full);
          Claim statement{fmt::format("{} is covered in full by", capitalized(need_phrase(graph, need)))};
          std::vector<std::string> list;
          for (const auto& [day, d] : full) {
            list.push_back(fmt::format("{} ({}, {})", id(d), developers(graph, d), standing(d)));
            statement.sources.emplace_back(d);
          }
          statement.says += " " + listed(list) + ".";
          statement.rests_on = covers_claim(graph, need, links);
          steps.push_back(std::move(statement));
        }
        say("To settle it: let the later text refer to the earlier one and keep only what it adds, or agree on a common text; "
            "until then say in both scopes how they differ.");
        break;
      default: break;
    }
    return steps;
  }

  const Situation& s;
  const Graph& graph;
  const Params& params;
  Scope scope;
  std::vector<NodeId> inside;
  Timing timing;
  TfIdf wording;  ///< Over the mandates.
  std::vector<std::pair<NodeId, WordVector>> places;
};

Planner::Planner(const Situation& situation, const Params& params) : desk_(std::make_unique<const Desk>(situation, params)) {}
Planner::Planner(Planner&&) noexcept = default;
Planner::~Planner() = default;

WorkItemPlan Planner::plan(const WayForward& way) const {
  WorkItemPlan plan;
  desk_->type(way, plan);
  desk_->place(way, plan);
  desk_->base_texts(way, plan);
  plan.addressees = desk_->addressees(way);
  plan.timing = desk_->timing;
  desk_->risks(way, plan);
  write_scope_and_summary(desk_->s, way, plan);
  return plan;
}

std::string Planner::does(const Backing& text) const { return desk_->does(text); }
std::vector<Claim> Planner::steps(const WayForward& way) const { return desk_->steps(way); }
std::vector<Addressee> Planner::addressees(const WayForward& way) const { return desk_->addressees(way); }

}  // namespace lacuna
