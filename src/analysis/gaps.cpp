#include "analysis/gaps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "model/state_looks.hpp"

namespace lacuna {

std::optional<NodeId> addressee(const Situation& situation, NodeId group) {
  const Graph& graph = situation.graph();
  const std::vector<NodeId> path = graph.path(group);
  for (auto at = path.rbegin(); at != path.rend(); ++at) {
    // Itself first, then who took its place.
    for (const NodeId id : graph.reach_against(Relation::supersedes, *at, [&](LinkId l) { return situation.counts(l); })) {
      if (situation.exists(id)) return id;
    }
  }
  return std::nullopt;
}

std::vector<NodeId> dependants_of(const Situation& situation, NodeId need) {
  const Graph& graph = situation.graph();
  std::vector<NodeId> list;
  const auto add = [&](std::span<const LinkId> links, bool outgoing) {
    for (const LinkId l : links) {
      const NodeId other = outgoing ? graph.edge(l).to : graph.edge(l).from;
      if (situation.counts(l) && situation.exists(other)) list.push_back(other);
    }
  };
  add(graph.out(need, Relation::serves), true);
  add(graph.in(need, Relation::needs), false);
  return list;
}

namespace {

/// One group's live part in the coverage of a need.
struct Actor {
  NodeId group{};
  NodeId body{};
  NodeId deliverable{};
  bool in_full = false;  ///< By a published deliverable.
};

}  // namespace

EnumArray<GapPart, double> parts_of(const Gap& gap, const Profile& profile, double severity) {
  const auto share = [](std::size_t n, double half) { return static_cast<double>(n) / (static_cast<double>(n) + half); };
  EnumArray<GapPart, double> parts;
  parts[GapPart::severity] = severity;
  parts[GapPart::demand] = share(gap.dependants, profile.demand_half);
  parts[GapPart::exposure] = share(gap.exposure, profile.exposure_half);
  parts[GapPart::nearness] = share(gap.near, profile.nearness_half);
  return parts;
}

double rank_of(const EnumArray<GapPart, double>& parts, const Profile& profile) {
  double sum = 0;
  double weights = 0;
  for (const GapPart part : all_of<GapPart>()) {
    sum += profile.order[part] * parts[part];
    weights += profile.order[part];
  }
  return weights > 0 ? sum / weights : 0;
}

std::tuple<double, double, std::ptrdiff_t, GapKind, NodeId, std::optional<NodeId>> order_key(const Gap& gap, double rank,
                                                                                             double severity) {
  // Rounded: what arithmetic leaves behind the fourth decimal is no order.
  return {-rounded(rank), -rounded(severity), -static_cast<std::ptrdiff_t>(gap.dependants), gap.kind, gap.subject, gap.other};
}

bool graver(const Gap& a, const Gap& b) { return order_key(a, a.rank, a.severity) < order_key(b, b.rank, b.severity); }

namespace {

/// Threats behind a need, itself or what it counters or faces, each with the cases in which it was seen.
std::size_t exposure_of(const Situation& situation, NodeId need) {
  const Graph& graph = situation.graph();
  const auto weigh = [&](NodeId threat) {
    std::size_t weight = 1;
    for (const std::string_view name : {"atlas_case_studies", "seen_in"}) {
      const std::string_view cases = graph.node(threat).attribute(name);
      if (!cases.empty()) weight += 1 + static_cast<std::size_t>(std::ranges::count(cases, ';'));
    }
    return weight;
  };
  std::size_t exposure = graph.node(need).kind == Kind::threat ? weigh(need) : 0;
  for (const Relation relation : {Relation::counters, Relation::faces}) {
    for (const LinkId l : graph.out(need, relation)) {
      if (situation.counts(l) && situation.exists(graph.edge(l).to)) exposure += weigh(graph.edge(l).to);
    }
  }
  return exposure;
}

/// Mentions of a need, and covers links of the needs that it needs, counters or faces, and of those that do so with it; of
/// deliverables that exist on the day. Links that count: what was rejected, or covers nothing, is no work to build on.
std::size_t near_of(const Situation& situation, NodeId need) {
  const Graph& graph = situation.graph();
  const auto arrived = [&](NodeId at, Relation relation) {
    return static_cast<std::size_t>(std::ranges::count_if(graph.in(at, relation), [&](LinkId l) {
      const Edge& e = graph.edge(l);
      return situation.counts(l) && (relation != Relation::covers || e.degree != Degree::none) && situation.exists(e.from);
    }));
  };
  std::size_t near = arrived(need, Relation::mentions);
  for (const Relation relation : {Relation::needs, Relation::counters, Relation::faces}) {
    for (const LinkId l : graph.out(need, relation))
      near += situation.counts(l) ? arrived(graph.edge(l).to, Relation::covers) : 0;
    for (const LinkId l : graph.in(need, relation))
      near += situation.counts(l) ? arrived(graph.edge(l).from, Relation::covers) : 0;
  }
  return near;
}

}  // namespace

class GapFinder::Finder {
 public:
  Finder(const Situation& situation, const Params& params)
      : s_(situation), graph_(situation.graph()), params_(params), liaisons_(graph_), scope_(scope_of(graph_, params)) {
    if (params.scope) scope_groups_ = graph_.whole(*params.scope);
  }

  void find(NodeId need, NeedGaps& out) const {
    out.anywhere = s_.coverage(need);
    out.inside = scope_.everything() ? out.anywhere : s_.coverage(need, scope_);
    out.gaps.clear();
    out.pairs.clear();
    out.all_pairs = 0;
    check_state(need, out);
    const std::vector<Actor> actors = actors_of(out.anywhere);
    if (wants(GapKind::single_body)) check_single_body(need, out, actors);
    if (wants(GapKind::overlap)) check_overlap(need, out, actors);
    if (wants(GapKind::unliaised)) note_pairs(out, actors);
    if (wants(GapKind::orphan)) check_orphan(need, out);
    if (wants(GapKind::suspect)) check_suspect(need, out);
    if (wants(GapKind::disputed)) check_disputed(need, out);
    if (out.gaps.empty()) return;
    const std::size_t exposure = exposure_of(s_, need);
    const std::size_t near = near_of(s_, need);
    for (Gap& gap : out.gaps) {
      gap.exposure = exposure;
      gap.near = near;
      place(gap);
    }
  }

  /// Groups that work on a need, with this coverage, and can be written to.
  std::vector<NodeId> partners(const Coverage& coverage) const { return partners_of(actors_of(coverage)); }

  /// The gap between two groups that work on these needs; nothing where a liaison links them.
  std::optional<Gap> unliaised(std::pair<NodeId, NodeId> pair, const std::vector<NodeId>& needs) const {
    if (needs.empty() || liaisons_.between(pair.first, pair.second)) return std::nullopt;
    Gap gap;
    gap.kind = GapKind::unliaised;
    gap.subject = pair.first;
    gap.other = pair.second;
    gap.priority = 0;
    for (const NodeId need : needs) gap.priority = std::max(gap.priority, priority_of(graph_.node(need)));
    gap.severity = weight(GapKind::unliaised) * gap.priority / 5.0;
    gap.dependants = needs.size();
    gap.action = Action::liaise;
    gap.needs = needs;
    gap.groups = {pair.first, pair.second};
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min<std::size_t>(needs.size(), 6); ++i) names.push_back(graph_.node(needs[i]).id);
    if (needs.size() > 6) names.push_back(fmt::format("and {} more", needs.size() - 6));
    gap.why = fmt::format("both work on {}: {}; no liaison between them is on the map", count_of(needs.size(), "need"),
                          join(names, ", "));
    place(gap);
    return gap;
  }

  /// Objectives that nothing serves.
  std::vector<Gap> of_objectives() const {
    std::vector<Gap> result;
    if (!wants(GapKind::orphan) || params_.topic) return result;
    for (const NodeId objective : graph_.of_kind(Kind::objective)) {
      if (params_.objective && *params_.objective != objective) continue;
      if (!s_.exists(objective) || !none(graph_.in(objective, Relation::serves), false)) continue;
      if (!graph_.node(objective).attribute("answered_by").empty()) continue;  // By something else than needs.
      Gap gap = make(GapKind::orphan, objective, Coverage(), Coverage(), Action::investigate, "no need serves it");
      gap.inside = gap.anywhere = nullptr;
      place(gap);
      result.push_back(std::move(gap));
    }
    return result;
  }

 private:
  bool wants(GapKind kind) const {
    return params_.kinds.empty() || std::ranges::find(params_.kinds, kind) != params_.kinds.end();
  }
  bool in_scope(NodeId group) const { return scope_groups_.empty() || std::ranges::binary_search(scope_groups_, group); }
  double weight(GapKind kind) const { return s_.profile().gap[kind]; }

  /// Gives a gap its rank, all else being known.
  void place(Gap& gap) const {
    gap.parts = parts_of(gap, s_.profile(), gap.severity);
    gap.rank = rank_of(gap.parts, s_.profile());
  }

  Gap make(GapKind kind, NodeId subject, const Coverage& inside, const Coverage& anywhere, Action action, std::string why) const {
    Gap gap;
    gap.kind = kind;
    gap.subject = subject;
    gap.priority = priority_of(graph_.node(subject));
    gap.dependants = dependants_of(s_, subject).size();
    gap.action = action;
    gap.inside = &inside;
    gap.anywhere = &anywhere;
    gap.severity = weight(kind) * gap.priority / 5.0;
    gap.why = std::move(why);
    return gap;
  }

  /// The kind that follows from the state of the need: at most one.
  void check_state(NodeId need, NeedGaps& out) const {
    const Coverage& inside = out.inside;
    const Coverage& anywhere = out.anywhere;
    const bool nothing_inside = is_open(inside.state);
    GapKind kind = GapKind::unknown;
    Action action = Action::investigate;
    std::string why;
    if (!nothing_inside) {
      if (inside.state == CoverageState::covered) return;
      const bool full_elsewhere = anywhere.state == CoverageState::covered;
      if (inside.state == CoverageState::partly_covered) {
        kind = GapKind::partial;
        const bool own_draft = std::ranges::any_of(inside.evidence, [](const Evidence& e) { return e.state < State::published; });
        action = full_elsewhere ? Action::adopt : own_draft ? Action::accelerate : Action::revise;
      } else if (inside.state == CoverageState::in_progress) {
        kind = GapKind::draft_only;
        action = Action::accelerate;
        why = "only drafts or work items: ";
      } else {
        kind = GapKind::stale;
        action = full_elsewhere ? Action::adopt : Action::revise;
        why = "only superseded or withdrawn texts, or suspect links: ";
      }
      why += evidence_texts(s_, inside.evidence);
      if (full_elsewhere) why += fmt::format("; elsewhere {}", evidence_texts(s_, outside(scope_, anywhere.evidence), 1));
    } else if (is_live(anywhere.state)) {
      kind = GapKind::outside_scope;
      action = anywhere.state == CoverageState::covered       ? Action::adopt
               : anywhere.state == CoverageState::in_progress ? Action::liaise
                                                              : Action::new_work_item;
      why = fmt::format("{} has nothing; others: {}", graph_.node(*params_.scope).id, evidence_texts(s_, anywhere.evidence));
    } else if (look_of(anywhere.state).by == CoveredBy::once) {
      kind = GapKind::stale;
      action = Action::new_work_item;
      why = fmt::format("only superseded or withdrawn texts, or suspect links, of others: {}",
                        evidence_texts(s_, anywhere.evidence));
    } else if (anywhere.state != CoverageState::unknown) {
      kind = GapKind::uncovered;
      action = Action::new_work_item;
      why = search_note(graph_, need);
    } else {
      why = "nothing covers it and nobody searched for it";
    }
    if (!wants(kind)) return;
    Gap gap = make(kind, need, inside, anywhere, action, std::move(why));
    gap.by_state = true;
    gap.severity *= 1 - inside.score;
    if (const auto mentions = mentions_of(s_, need); !mentions.empty() && nothing_inside) {
      gap.why += fmt::format("; {} only", count_of(mentions.size(), "mention"));
    }
    out.gaps.push_back(std::move(gap));
  }

  static std::vector<Evidence> live(std::vector<Evidence> evidence) {
    std::erase_if(evidence, [](const Evidence& e) { return e.suspect || e.state > State::published; });
    return evidence;
  }

  /// True for a Question beside its study group: letters go to the group, below its body, that contains it and develops the same
  /// document.
  bool speaks_through(NodeId group, const std::vector<NodeId>& developers) const {
    if (developers.size() < 2) return false;
    const auto another = [&](NodeId other) { return other != group && other != graph_.body_of(group); };
    constexpr std::size_t few = 64;  // Of more, the next one above is the nearest way to an answer.
    if (developers.size() <= few) {
      return std::ranges::any_of(developers, [&](NodeId other) { return another(other) && liaisons_.inside(group, other); });
    }
    return liaisons_.any_around(group,
                                [&](NodeId around) { return another(around) && std::ranges::binary_search(developers, around); });
  }

  /// Groups with a say in the coverage that is not stale.
  std::vector<Actor> actors_of(const Coverage& coverage) const {
    std::vector<Actor> result;
    for (const Evidence& e : live(coverage.evidence)) {
      const std::vector<NodeId> developers = graph_.developers_of(e.deliverable);
      for (const NodeId group : developers) {
        if (speaks_through(group, developers)) continue;
        result.push_back({group, graph_.body_of(group), e.deliverable, e.degree == Degree::full && e.state == State::published});
      }
    }
    return result;
  }

  void check_single_body(NodeId need, NeedGaps& out, const std::vector<Actor>& actors) const {
    const Coverage& inside = out.inside;
    const Coverage& anywhere = out.anywhere;
    if (actors.empty()) return;
    const NodeId body = actors.front().body;
    if (std::ranges::any_of(actors, [&](const Actor& a) { return a.body != body; })) return;
    if (params_.scope && graph_.body_of(*params_.scope) != body) return;
    Gap gap = make(GapKind::single_body, need, inside, anywhere, Action::liaise,
                   fmt::format("{} alone: {}", graph_.node(body).id, evidence_texts(s_, live(anywhere.evidence))));
    gap.groups = {body};
    out.gaps.push_back(std::move(gap));
  }

  bool adopted(NodeId a, NodeId b) const {
    const auto adopts = [&](NodeId from, NodeId to) {
      return std::ranges::any_of(graph_.out(from, Relation::adopts),
                                 [&](LinkId l) { return graph_.edge(l).to == to && graph_.edge(l).status == Status::asserted; });
    };
    return adopts(a, b) || adopts(b, a);
  }

  void check_overlap(NodeId need, NeedGaps& out, const std::vector<Actor>& actors) const {
    const Coverage& inside = out.inside;
    const Coverage& anywhere = out.anywhere;
    std::vector<const Actor*> full;
    std::vector<Party> parties;
    for (const Actor& a : actors) {  // Those of one deliverable stand side by side.
      if (!a.in_full) continue;
      const std::size_t block = full.empty() ? 0 : parties.back().block + (full.back()->deliverable != a.deliverable);
      full.push_back(&a);
      parties.push_back({a.body, block, in_scope(a.group)});
    }
    const Pairs pairs = pairs_among(parties, most_overlaps);
    std::set<NodeId> groups;
    std::vector<std::string> texts;
    for (const auto& [earlier, later] : pairs.first) {
      const Actor& a = *full[earlier];
      const Actor& b = *full[later];
      if (adopted(a.deliverable, b.deliverable) || liaisons_.between(a.group, b.group)) continue;
      groups.insert({a.group, b.group});
      texts.push_back(fmt::format("{} ({}) and {} ({})", graph_.node(a.deliverable).id, graph_.node(a.group).id,
                                  graph_.node(b.deliverable).id, graph_.node(b.group).id));
    }
    if (groups.empty()) return;
    std::ranges::sort(texts, natural_less);
    Gap gap =
        make(GapKind::overlap, need, inside, anywhere, Action::consolidate,
             fmt::format("covered in full by {}; no liaison and no adoption between them is on the map", join(texts, "; ")));
    if (pairs.all > pairs.first.size())
      gap.why += fmt::format("; only {} were looked at", part_of_pairs(pairs.first.size(), pairs.all));
    gap.groups.assign(groups.begin(), groups.end());
    out.gaps.push_back(std::move(gap));
  }

  /// Groups with a live part that somebody can write to, in natural order.
  std::vector<NodeId> partners_of(const std::vector<Actor>& actors) const {
    std::vector<NodeId> groups;
    groups.reserve(actors.size());
    for (const Actor& a : actors) {
      if (s_.exists(a.group)) groups.push_back(a.group);  // To a group that has ended nobody writes.
    }
    sort_unique(groups);
    return groups;
  }

  /// Pairs of groups of different bodies that both have a live part.
  void note_pairs(NeedGaps& out, const std::vector<Actor>& actors) const {
    const std::vector<NodeId> groups = partners_of(actors);
    std::vector<Party> parties;
    parties.reserve(groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i) parties.push_back({graph_.body_of(groups[i]), i, in_scope(groups[i])});
    const Pairs pairs = pairs_among(parties, most_pairs_of_need);
    out.all_pairs = pairs.all;
    out.pairs.reserve(pairs.first.size());
    for (const auto& [a, b] : pairs.first) out.pairs.emplace_back(groups[a], groups[b]);
    std::ranges::sort(out.pairs);
  }

  /// True when no link that counts ends, at its other end, in something that exists on the day.
  bool none(std::span<const LinkId> links, bool outgoing) const {
    return std::ranges::none_of(
        links, [&](LinkId l) { return s_.counts(l) && s_.exists(outgoing ? graph_.edge(l).to : graph_.edge(l).from); });
  }

  void check_orphan(NodeId need, NeedGaps& out) const {
    const Coverage& inside = out.inside;
    const Coverage& anywhere = out.anywhere;
    std::string_view why;
    switch (graph_.node(need).kind) {
      case Kind::requirement:
      case Kind::capability:
        if (none(graph_.in(need, Relation::needs), false)) why = "no use case needs it";
        break;
      case Kind::threat:
        if (none(graph_.in(need, Relation::counters), false)) why = "no requirement or capability counters it";
        break;
      case Kind::use_case:
        if (std::ranges::none_of(graph_.out(need, Relation::needs), [&](LinkId l) {
              const NodeId needed = graph_.edge(l).to;
              return s_.counts(l) && s_.exists(needed) && graph_.node(needed).kind != Kind::term;
            })) {
          why = "it needs no requirement or capability";
        }
        break;
      default: break;
    }
    if (!why.empty()) out.gaps.push_back(make(GapKind::orphan, need, inside, anywhere, Action::investigate, std::string(why)));
  }

  void check_suspect(NodeId need, NeedGaps& out) const {
    const Coverage& inside = out.inside;
    const Coverage& anywhere = out.anywhere;
    std::vector<std::string> replaced;
    std::vector<std::string> questioned;
    for (const LinkId l : graph_.in(need, Relation::covers)) {
      const Edge& e = graph_.edge(l);
      if (!s_.waits(l) || !scope_.has(e.from)) continue;
      (e.questioned ? questioned : replaced).push_back(graph_.node(e.from).id);
    }
    std::vector<std::string> why;
    if (!replaced.empty())
      why.push_back(
          fmt::format("asserted on {}, which has been replaced; the new edition has no verdict yet", join(replaced, ", ")));
    if (!questioned.empty())
      why.push_back(fmt::format("asserted on {} when the need read otherwise; nobody has looked since", join(questioned, ", ")));
    if (why.empty()) return;
    out.gaps.push_back(make(GapKind::suspect, need, inside, anywhere, Action::investigate, join(why, "; ")));
  }

  void check_disputed(NodeId need, NeedGaps& out) const {
    const Coverage& inside = out.inside;
    const Coverage& anywhere = out.anywhere;
    std::map<NodeId, std::vector<LinkId>> verdicts;
    for (const LinkId l : graph_.in(need, Relation::covers)) {
      const Edge& e = graph_.edge(l);
      const bool counts = e.status != Status::suggested && !e.questioned;
      if (counts && s_.state(e.from) && scope_.has(e.from)) verdicts[e.from].push_back(l);
    }
    std::vector<std::string> texts;
    for (const auto& [deliverable, links] : verdicts) {
      std::set<Degree> asserted;
      bool disputed = false;
      bool rejected = false;
      for (const LinkId l : links) {
        disputed = disputed || graph_.edge(l).status == Status::disputed;
        rejected = rejected || graph_.edge(l).status == Status::rejected;
        if (graph_.edge(l).status == Status::asserted) asserted.insert(graph_.edge(l).degree);
      }
      // One asserts what another rejects: two people differ.
      if (!disputed && asserted.size() + (rejected && !asserted.empty()) < 2) continue;
      std::vector<std::string> said;
      for (const LinkId l : links) {
        const std::string& by = graph_.text(l).by;
        const bool no = graph_.edge(l).status == Status::rejected;
        said.push_back(
            fmt::format("{}{}{}", no ? "rejected " : "", name_of(graph_.edge(l).degree), by.empty() ? "" : " (" + by + ")"));
      }
      texts.push_back(fmt::format("{}: {}", graph_.node(deliverable).id, join(said, " against ")));
    }
    if (texts.empty()) return;
    out.gaps.push_back(make(GapKind::disputed, need, inside, anywhere, Action::investigate, join(texts, "; ")));
  }

  const Situation& s_;
  const Graph& graph_;
  const Params& params_;
  Liaisons liaisons_;
  Scope scope_;
  std::vector<NodeId> scope_groups_;
};

GapFinder::GapFinder(const Situation& situation, const Params& params) : finder_(std::make_unique<Finder>(situation, params)) {}
GapFinder::GapFinder(GapFinder&&) noexcept = default;
GapFinder& GapFinder::operator=(GapFinder&&) noexcept = default;
GapFinder::~GapFinder() = default;
void GapFinder::find(NodeId need, NeedGaps& out) const { finder_->find(need, out); }
std::optional<Gap> GapFinder::unliaised(std::pair<NodeId, NodeId> pair, const std::vector<NodeId>& needs) const {
  return finder_->unliaised(pair, needs);
}
std::vector<NodeId> GapFinder::partners(const Coverage& anywhere) const { return finder_->partners(anywhere); }
std::vector<Gap> GapFinder::of_objectives() const { return finder_->of_objectives(); }

Gaps find_gaps(const Situation& situation, const Params& params) {
  const GapFinder finder(situation, params);
  const std::vector<NodeId> needs = selected_needs(situation, params);
  Gaps result;
  result.by_need.resize(needs.size());
  constexpr std::size_t at_once = 256;  // Needs that a core takes at a time.
  on_all_cores((needs.size() + at_once - 1) / at_once, [&] {
    return [&](std::size_t part) {
      for (std::size_t i = part * at_once; i < std::min(needs.size(), (part + 1) * at_once); ++i)
        finder.find(needs[i], result.by_need[i]);
    };
  });
  result.list = finder.of_objectives();
  std::map<std::pair<NodeId, NodeId>, std::vector<NodeId>> shared;
  std::vector<std::size_t> cut;  // Positions of needs.
  for (std::size_t i = 0; i < needs.size(); ++i) {
    NeedGaps& own = result.by_need[i];
    std::ranges::move(own.gaps, std::back_inserter(result.list));
    own.gaps.clear();
    if (own.all_pairs > own.pairs.size()) cut.push_back(i);
    for (const auto& pair : own.pairs) {
      auto at = shared.find(pair);
      if (at == shared.end() && shared.size() == most_pairs) {
        result.cut.more = true;
        continue;
      }
      if (at == shared.end()) at = shared.emplace(pair, std::vector<NodeId>()).first;
      at->second.push_back(needs[i]);
    }
    if (own.all_pairs == own.pairs.size()) own.pairs = {};
  }
  // A pair that was found elsewhere may be among those that were not looked at here.
  for (const std::size_t i : cut) {
    result.cut.needs.push_back({needs[i], result.by_need[i].all_pairs});
    const std::vector<NodeId> partners = finder.partners(result.by_need[i].anywhere);
    for (auto& [pair, both] : shared) {
      if (!std::ranges::binary_search(partners, pair.first) || !std::ranges::binary_search(partners, pair.second)) continue;
      const auto at = std::ranges::lower_bound(both, needs[i]);
      if (at == both.end() || *at != needs[i]) both.insert(at, needs[i]);
    }
    result.by_need[i].pairs = {};
  }
  for (const auto& [pair, both] : shared) {
    if (auto gap = finder.unliaised(pair, both)) result.list.push_back(std::move(*gap));
  }
  std::ranges::stable_sort(result.list, graver);
  return result;
}

Reason reason_of(const Situation& situation, const Params& params, const Gap& gap) {
  const Graph& graph = situation.graph();
  const double weight = situation.profile().gap[gap.kind];
  Reason reason{fmt::format("{} {}{}: rank {:.2f}", name_of(gap.kind), graph.node(gap.subject).id,
                            gap.other ? " and " + graph.node(*gap.other).id : "", gap.rank)};
  std::string sum;
  double weights = 0;
  for (const GapPart part : all_of<GapPart>()) {
    const double own = situation.profile().order[part];
    sum += fmt::format("{}{} {:.2f} × {:.2f}", sum.empty() ? "" : " + ", name_of(part), own, gap.parts[part]);
    weights += own;
  }
  reason.because.push_back({fmt::format("rank {:.2f} = ({}) / {:.2f}", gap.rank, sum, weights)});
  reason.because.push_back({fmt::format(
      "exposure from {} threats and cases behind it, nearness from {} mentions and links near by", gap.exposure, gap.near)});
  reason.because.push_back({fmt::format("severity {:.2f} = weight of {} {:.2f} × priority {} / 5{} (profile \"{}\", {})",
                                        gap.severity, name_of(gap.kind), weight, gap.priority,
                                        gap.by_state ? fmt::format(" × (1 − score {:.2f})", gap.inside->score) : "",
                                        situation.profile().name, situation.profile().hash)});
  Reason kind{fmt::format("{}: {}", name_of(gap.kind), word_of(gap.kind).meaning), {{gap.why}}};
  if (gap.kind == GapKind::uncovered) kind.because.push_back({search_text(situation.graph(), gap.subject)});
  reason.because.push_back(std::move(kind));
  reason.because.push_back({fmt::format("way forward {}: {}", name_of(gap.action), word_of(gap.action).meaning)});
  if (gap.inside != nullptr) {
    Reason dependants{fmt::format("{}", count_of(gap.dependants, "dependant"))};
    for (const NodeId other : dependants_of(situation, gap.subject)) {
      dependants.because.push_back(
          {fmt::format("{} {}: {}", name_of(graph.node(other).kind), graph.node(other).id, graph.node(other).title)});
    }
    reason.because.push_back(std::move(dependants));
    Reason inside = reason_of(situation, params, gap.subject, *gap.inside);
    const bool others = params.scope && gap.anywhere->evidence.size() != gap.inside->evidence.size();
    if (params.scope) inside.says += fmt::format(" in the scope {}", graph.node(*params.scope).id);
    reason.because.push_back(std::move(inside));
    if (others) {
      Params all = params;
      all.scope.reset();
      Reason anywhere = reason_of(situation, all, gap.subject, *gap.anywhere);
      anywhere.says += " by all groups";
      reason.because.push_back(std::move(anywhere));
    }
  }
  for (const NodeId need : gap.needs) reason.because.push_back(reason_of(situation, params, need, situation.coverage(need)));
  return reason;
}

namespace {

/// Which of the needs that nothing covers are one matter told several times, as a threat, a requirement and a use case: "27 needs
/// that nothing covers are 24 matters (T34 = UC36, …)"; nothing where each stands for itself. By the attribute `matter`, which
/// names the first of them.
std::string matters_text(const Graph& graph, std::span<const Gap> gaps) {
  std::map<std::string_view, std::set<NodeId>> by_matter;
  std::size_t needs = 0;
  for (const Gap& gap : gaps) {
    if (gap.kind != GapKind::uncovered) continue;
    const Node& node = graph.node(gap.subject);
    const std::string_view matter = node.attribute("matter");
    by_matter[matter.empty() ? std::string_view(node.id) : matter].insert(gap.subject);
    ++needs;
  }
  std::vector<std::string> twins;
  for (const auto& [matter, subjects] : by_matter) {
    std::vector<std::string> ids;
    for (const NodeId id : subjects) ids.push_back(graph.node(id).id);
    if (ids.size() > 1) twins.push_back(join(ids, " = "));
  }
  if (twins.empty()) return {};
  return fmt::format("{} that nothing covers are {}: one told as threat, requirement or use case ({})", count_of(needs, "need"),
                     count_of(by_matter.size(), "matter"), join(twins, ", "));
}

/// What a need serves or belongs to, as {"id", "kind", "title"}.
Value nodes_at(const Situation& situation, NodeId need, Relation relation) {
  const Graph& graph = situation.graph();
  Value list = Value::array();
  for (const LinkId l : graph.out(need, relation)) {
    const NodeId to = graph.edge(l).to;
    const bool asked = graph.node(to).kind == (relation == Relation::serves ? Kind::objective : Kind::topic);
    if (asked && is_need(graph.node(need).kind) && situation.counts(l) && situation.exists(to)) list.push(node_value(graph, to));
  }
  return list;
}

/// A row of the table; the coverages that the gap points to must be there.
Value row_of(const Situation& situation, const Params& params, const Scope& scope, const Gap& gap) {
  const Graph& graph = situation.graph();
  Value row = Value::object();
  row.set("rank", rounded(gap.rank));
  for (const GapPart part : all_of<GapPart>()) row.set(name_of(part), rounded(gap.parts[part]));
  row.set("kind", name_of(gap.kind));
  const Node& subject = graph.node(gap.subject);
  row.set("subject", subject.id).set("other", gap.other ? Value(graph.node(*gap.other).id) : Value());
  row.set("title", gap.other ? "and " + graph.node(*gap.other).id : subject.title);
  row.set("subject_kind", name_of(subject.kind));
  const bool need = is_need(subject.kind);
  row.set("state", need ? Value(name_of(gap.inside->state)) : Value());
  row.set("score", need ? Value(rounded(gap.inside->score)) : Value());
  row.set("priority", gap.priority).set("dependants", gap.dependants).set("action", name_of(gap.action)).set("why", gap.why);
  row.set("objectives", nodes_at(situation, gap.subject, Relation::serves))
      .set("topics", nodes_at(situation, gap.subject, Relation::part_of));
  if (params.evidence) {
    Value groups = Value::array();
    for (const NodeId g : gap.groups) groups.push(graph.node(g).id);
    row.set("groups", std::move(groups));
    Value needs = Value::array();
    if (need) needs.push(subject.id);
    for (const NodeId n : gap.needs) needs.push(graph.node(n).id);
    row.set("needs", std::move(needs));
    Value depending = Value::array();
    if (need) {
      for (const NodeId n : dependants_of(situation, gap.subject)) depending.push(node_value(graph, n));
    }
    row.set("depending", std::move(depending));
    row.set("evidence", need ? evidence_values(situation, gap.inside->evidence) : Value::array());
    Value elsewhere = Value::array();
    for (std::size_t e = 0; need && !scope.everything() && e < gap.anywhere->evidence.size(); ++e) {
      const Evidence& one = gap.anywhere->evidence[e];
      if (!scope.has(one.deliverable)) elsewhere.push(evidence_value(situation, one));
    }
    row.set("elsewhere", std::move(elsewhere));
    row.set("mentions", need ? mention_values(situation, mentions_of(situation, gap.subject)) : Value::array());
    row.set("searches", need ? search_values(graph, gap.subject) : Value::array());
  }
  if (params.explain) row.set("explanation", reason_value(reason_of(situation, params, gap)));
  return row;
}

/// The rows of gaps that are kept without the coverages that they point to: these are found again for each. A value by itself,
/// but for the graph.
class GapRows {
 public:
  GapRows(Situation situation, Params params, Scope scope, std::vector<Gap> gaps)
      : situation_(std::move(situation)), params_(std::move(params)), scope_(std::move(scope)), gaps_(std::move(gaps)) {}

  Value operator()(std::size_t i) const {
    Gap gap = gaps_[i];
    if (gap.inside == nullptr) return row_of(situation_, params_, scope_, gap);
    const Coverage anywhere = situation_.coverage(gap.subject);
    const Coverage inside = scope_.everything() ? anywhere : situation_.coverage(gap.subject, scope_);
    gap.inside = &inside;
    gap.anywhere = &anywhere;
    return row_of(situation_, params_, scope_, gap);
  }

 private:
  Situation situation_;
  Params params_;
  Scope scope_;
  std::vector<Gap> gaps_;
};

}  // namespace

bool has_gaps(const Graph& graph, const Params& params) {
  return !find_gaps(Situation(graph, *params.profile, params.as_of, params.include_suggested), params).list.empty();
}

Result query_gaps(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Gaps found = find_gaps(situation, params);
  const std::vector<Gap>& gaps = found.list;

  Result result;
  result.schema = "gaps-1";
  result.title = "Coverage gaps";
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  const Scope scope = scope_of(graph, params);
  const Tally all = tally(situation, selected_needs(situation, params), scope);
  result.summary.push_back(fmt::format("States: {}", tally_text(all)));
  result.head.emplace_back("states", tally_value(all));

  Value counts = Value::object();
  std::vector<std::string> count_texts;
  for (std::size_t k = 0; k < words<GapKind>().size(); ++k) {
    const auto n = static_cast<std::size_t>(std::ranges::count(gaps, static_cast<GapKind>(k), &Gap::kind));
    counts.set(words<GapKind>()[k].name, n);
    if (n > 0) count_texts.push_back(fmt::format("{} {}", n, words<GapKind>()[k].name));
  }
  result.head.emplace_back("counts", std::move(counts));
  const std::size_t shown = params.limit == 0 ? gaps.size() : std::min(params.limit, gaps.size());
  std::string line = fmt::format("{}{}{}", count_of(gaps.size(), "gap"), gaps.empty() ? "" : ": ", join(count_texts, ", "));
  const std::string matters = matters_text(graph, gaps);
  if (shown < gaps.size()) line += shown == 1 ? "; the first follows" : fmt::format("; the first {} follow", shown);
  result.summary.push_back(std::move(line));
  if (!matters.empty()) result.summary.push_back(matters);
  std::vector<NodeId> missed;
  for (const Gap& gap : gaps) {
    if (gap.kind == GapKind::uncovered) missed.push_back(gap.subject);
  }
  if (const std::string searched = missed.empty() ? "" : searches_text(graph, missed); !searched.empty())
    result.summary.push_back(searched);
  std::ranges::move(cut_texts(graph, found.cut), std::back_inserter(result.summary));

  using enum Column::Format;
  Table table{"gaps",
              "",
              {{"rank", "rank", score},
               spare({"severity", "severity", score}, 2),
               spare({"demand", "demand", score}, 3),
               spare({"exposure", "exposure", score}, 3),
               spare({"nearness", "near", score}, 3),
               {"kind", "kind", text},
               {"subject", "subject", text},
               spare({"subject_kind", "is a", text}, 4),
               {"title", "title", title},
               {"state", "state", state},
               spare({"dependants", "dependants", number}),
               {"action", "way forward", text},
               spare({"objectives", "objectives", list}),
               spare({"topics", "topics", list}, 4),
               {"why", "why", prose}},
              {}};
  if (params.on_demand) {
    found.list.resize(shown);
    found.by_need = {};
    table.on_demand = {shown, GapRows(situation, params, scope, std::move(found.list))};
  } else {
    for (std::size_t i = 0; i < shown; ++i) table.rows.push_back(row_of(situation, params, scope, gaps[i]));
  }
  result.tables.push_back(std::move(table));
  return result;
}

}  // namespace lacuna
