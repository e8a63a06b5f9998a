// Finds what changed between two states of a map, or between two days of one.
#include "analysis/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "analysis/nesting.hpp"
#include "base/identity.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"

namespace lacuna {

Standpoint::Standpoint(Standing standing)
    : standing_(std::move(standing)),
      situation_(graph(), *params().profile, params().as_of, params().include_suggested),
      scope_(scope_of(graph(), params())),
      needs_(selected_needs(situation_, params())),
      narrowed_(params().objective || params().topic) {
  if (!narrowed_) return;
  touches_.resize(graph().size());
  for (const NodeId need : needs_) {
    for (const Relation relation : {Relation::covers, Relation::mentions}) {
      for (const LinkId l : graph().in(need, relation)) touches_[index(graph().edge(l).from)] = true;
    }
  }
}

bool Standpoint::concerns(const Edge& edge) const {
  const auto asked = [&](NodeId id) {
    const Kind kind = graph().node(id).kind;
    return kind == Kind::deliverable ? concerns(id) : !is_need(kind) || !narrowed_ || asks_for(id);
  };
  return asked(edge.from) && asked(edge.to);
}

namespace {

using OptionalNode = std::optional<NodeId>;

/// The nodes of both maps in one natural order, matched by the identity of their ids. Linear: both are in that order already.
class JointNodes {
 public:
  JointNodes(const Graph& before, const Graph& after) : before_(before.size()), after_(after.size()) {
    std::size_t b = 0;
    std::size_t a = 0;
    while (b < before.size() || a < after.size()) {
      NodePair pair;
      const bool have_b = b < before.size();
      const bool have_a = a < after.size();
      const std::string* b_id = have_b ? &before.nodes()[b].id : nullptr;
      const std::string* a_id = have_a ? &after.nodes()[a].id : nullptr;
      const bool same =
          have_b && have_a && b_id->size() == a_id->size() && (*b_id == *a_id || identity_of(*b_id) == identity_of(*a_id));
      if (have_b && (same || !have_a || natural_less(*b_id, *a_id))) pair.before = static_cast<NodeId>(b);
      if (have_a && (same || !pair.before)) pair.after = static_cast<NodeId>(a);
      if (pair.before) ++b;
      if (pair.after) ++a;
      pairs_.push_back(pair);
    }
    join_apart(before, after);
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (pairs_[i].before) before_[index(*pairs_[i].before)] = i;
      if (pairs_[i].after) after_[index(*pairs_[i].after)] = i;
    }
  }

  [[nodiscard]] const std::vector<NodePair>& pairs() const { return pairs_; }
  [[nodiscard]] std::size_t rank_before(NodeId id) const { return before_[index(id)]; }
  [[nodiscard]] std::size_t rank_after(NodeId id) const { return after_[index(id)]; }

 private:
  /// Spellings of one id with other letters than ASCII may stand apart in the natural order: each pair has the later one's place.
  void join_apart(const Graph& before, const Graph& after) {
    std::unordered_map<std::string, NodeId> alone;
    for (const NodePair& pair : pairs_) {
      if (!pair.after) alone.emplace(identity_of(before.node(*pair.before).id), *pair.before);
    }
    std::set<NodeId> joined;
    for (NodePair& pair : pairs_) {
      if (pair.before || alone.empty()) continue;
      const auto found = alone.find(identity_of(after.node(*pair.after).id));
      if (found == alone.end()) continue;
      pair.before = found->second;
      joined.insert(found->second);
      alone.erase(found);
    }
    std::erase_if(pairs_, [&](const NodePair& pair) { return !pair.after && joined.contains(*pair.before); });
  }

  std::vector<NodePair> pairs_;
  std::vector<std::size_t> before_;
  std::vector<std::size_t> after_;
};

class ChangeFinder {
 public:
  ChangeFinder(const Standing& before, const Standing& after)
      : c_{Standpoint(before), Standpoint(after)}, joint_(before_.graph(), after_.graph()) {}

  Changes run() {
    // Independent of each other, largest first.
    const std::function<void()> work[] = {
        [&] { c_.gaps_before = find_gaps(before_.situation(), before_.params()); },
        [&] { c_.gaps_after = find_gaps(after_.situation(), after_.params()); },
        [&] { find_needs(); },
        [&] { find_links(); },
        [&] { find_groups(); },
        [&] { find_objectives(); },
        [&] { find_deliverables(); },
        [&] { find_nodes(); },
        [&] { find_searches(); },
        [&] { c_.tally_before = tally(before_.situation(), before_.needs(), before_.scope()); },
        [&] { c_.tally_after = tally(after_.situation(), after_.needs(), after_.scope()); },
    };
    on_all_cores(std::size(work), [&] { return [&](std::size_t i) { work[i](); }; });
    match_gaps();
    return std::move(c_);
  }

 private:
  /// Which pieces of evidence came, went and changed.
  std::string why(const Coverage& before, const Coverage& after, const NodePair& need) const {
    std::vector<std::string> parts;
    const auto by_deliverable = [](std::vector<Evidence> list) {
      std::ranges::sort(list, {}, &Evidence::deliverable);
      return list;
    };
    const std::vector<Evidence> all_before = by_deliverable(before.evidence);
    const std::vector<Evidence> all_after = by_deliverable(after.evidence);
    const auto found = [](const std::vector<Evidence>& list, OptionalNode id) {
      const auto at = id ? std::ranges::lower_bound(list, *id, {}, &Evidence::deliverable) : list.end();
      return at == list.end() || at->deliverable != *id ? nullptr : &*at;
    };
    for (const Evidence& e : after.evidence) {
      const NodePair& pair = joint_.pairs()[joint_.rank_after(e.deliverable)];
      const std::string& id = after_.graph().node(e.deliverable).id;
      const Evidence* old = found(all_before, pair.before);
      if (old == nullptr) {
        parts.push_back(fmt::format("now {}", evidence_text(after_.situation(), e)));
        continue;
      }
      if (old->degree != e.degree) parts.push_back(fmt::format("{}: {} → {}", id, name_of(old->degree), name_of(e.degree)));
      if (old->state != e.state) {
        const Milestone* m = after_.situation().milestone(e.deliverable);
        parts.push_back(fmt::format("{}: {} → {}{}", id, name_of(old->state), name_of(e.state),
                                    m == nullptr ? "" : fmt::format(" ({})", m->basis)));
      }
      if (old->suspect != e.suspect)
        parts.push_back(fmt::format("{}: {}", id, e.suspect ? "turned suspect" : "no longer suspect"));
    }
    for (const Evidence& e : before.evidence) {
      const NodePair& pair = joint_.pairs()[joint_.rank_before(e.deliverable)];
      if (found(all_after, pair.after) != nullptr) continue;
      parts.push_back(fmt::format("no longer {}{}", evidence_text(before_.situation(), e), why_gone(pair, need)));
    }
    if (after.looked != before.looked)
      parts.push_back(after.looked ? search_text(after_.graph(), *need.after) : "no search record any more");
    return join(parts, "; ");
  }

  std::string why_gone(const NodePair& deliverable, const NodePair& need) const {
    if (!deliverable.after) return ": the deliverable is not on the map";
    if (!after_.situation().exists(*deliverable.after))
      return fmt::format(": not there on {}", to_string(after_.situation().as_of()));
    for (const LinkId l : after_.graph().out(*deliverable.after, Relation::covers)) {
      const Edge& e = after_.graph().edge(l);
      if (need.after && e.to == *need.after)
        return e.degree == Degree::none ? ": it does not cover it" : fmt::format(": the link is {}", name_of(e.status));
    }
    return ": the link was removed";
  }

  void find_needs() {
    for (const NodePair& pair : joint_.pairs()) {
      const bool was = before_.asks_for(pair.before);
      const bool is = after_.asks_for(pair.after);
      if (!was && !is) continue;
      const Coverage before = was ? before_.situation().coverage(*pair.before, before_.scope()) : Coverage();
      const Coverage after = is ? after_.situation().coverage(*pair.after, after_.scope()) : Coverage();
      const bool same = was && is && before.state == after.state && rounded(before.score) == rounded(after.score);
      if (same) continue;
      const bool better = std::pair(after.state, -after.score) < std::pair(before.state, -before.score);
      c_.needs.push_back({!was     ? Turn::appeared
                          : !is    ? Turn::gone
                          : better ? Turn::better
                                   : Turn::worse,
                          {was ? pair.before : std::nullopt, is ? pair.after : std::nullopt},
                          was ? std::optional(before.state) : std::nullopt,
                          is ? std::optional(after.state) : std::nullopt,
                          before.score,
                          after.score,
                          was && is ? why(before, after, pair)
                          : is      ? evidence_texts(after_.situation(), after.evidence)
                                    : evidence_texts(before_.situation(), before.evidence)});
    }
    const auto state = [](std::optional<CoverageState> s) { return s.value_or(CoverageState::unknown); };
    std::ranges::stable_sort(c_.needs, {},
                             [&](const NeedChange& n) { return std::pair(state(n.before) == state(n.after), n.what); });
  }

  /// What makes two gaps the same one.
  using GapKey = std::tuple<GapKind, std::size_t, std::size_t>;
  using KeyedGap = std::pair<GapKey, const Gap*>;

  /// `rank` says where a node stands among those of both.
  static std::vector<KeyedGap> keyed(const Gaps& gaps, const auto& rank) {
    std::vector<KeyedGap> list;
    list.reserve(gaps.list.size());
    for (const Gap& gap : gaps.list)
      list.push_back({{gap.kind, rank(gap.subject), gap.other ? rank(*gap.other) : ~std::size_t{0}}, &gap});
    std::ranges::sort(list);
    return list;
  }

  void match_gaps() {
    const auto old = keyed(c_.gaps_before, [&](NodeId id) { return joint_.rank_before(id); });
    const auto fresh = keyed(c_.gaps_after, [&](NodeId id) { return joint_.rank_after(id); });
    const auto missing_in = [](const std::vector<KeyedGap>& list, const GapKey& key) {
      const auto at = std::ranges::lower_bound(list, key, {}, &KeyedGap::first);
      return at == list.end() || at->first != key;
    };
    std::map<std::size_t, const std::string*> why_by_need;
    for (const NeedChange& n : c_.needs) {
      if (n.node.before && n.node.after && !n.why.empty()) why_by_need[joint_.rank_after(*n.node.after)] = &n.why;
    }
    // One need has at most one gap that follows from its state: where it had another, it turned into this one.
    const auto by_state = [](const std::vector<KeyedGap>& list) {
      std::map<std::size_t, GapKind> kinds;
      for (const auto& [key, gap] : list) {
        if (gap->by_state) kinds.emplace(std::get<1>(key), gap->kind);
      }
      return kinds;
    };
    const std::map<std::size_t, GapKind> kind_before = by_state(old);
    const std::map<std::size_t, GapKind> kind_after = by_state(fresh);
    for (const auto& [key, gap] : old) {
      if (!missing_in(fresh, key) || (gap->by_state && kind_after.contains(std::get<1>(key)))) continue;
      const auto why = why_by_need.find(std::get<1>(key));
      c_.gaps.push_back({Turn::closed, gap, {}, why == why_by_need.end() ? nullptr : why->second});
    }
    for (const auto& [key, gap] : fresh) {
      if (!missing_in(old, key)) continue;
      const auto was = gap->by_state ? kind_before.find(std::get<1>(key)) : kind_before.end();
      if (was == kind_before.end())
        c_.gaps.push_back({Turn::opened, gap, {}, nullptr});
      else
        c_.gaps.push_back({Turn::turned, gap, was->second, nullptr});
    }
  }

  void find_deliverables() {
    for (const NodePair& pair : joint_.pairs()) {
      const auto is_one = [](const Standpoint& s, OptionalNode node) {
        return node && s.graph().node(*node).kind == Kind::deliverable;
      };
      const bool was = is_one(before_, pair.before);
      const bool is = is_one(after_, pair.after);
      if (!(is && after_.concerns(*pair.after)) && !(was && before_.concerns(*pair.before))) continue;
      std::optional<State> before;
      if (was) before = before_.situation().state(*pair.before);
      std::optional<State> after;
      if (is) after = after_.situation().state(*pair.after);
      if (before != after) c_.deliverables.push_back({pair, before, after});
    }
  }

  void add_link(Turn what, std::optional<LinkId> before, std::optional<LinkId> after) {
    if ((after && after_.concerns(after_.graph().edge(*after))) || (before && before_.concerns(before_.graph().edge(*before))))
      c_.links.push_back({what, before, after});
  }

  void compare_links(LinkId before, LinkId after) {
    static constexpr EnumArray<Status, Turn> new_status{Turn::asserted, Turn::suggested, Turn::rejected, Turn::disputed};
    const Edge& b = before_.graph().edge(before);
    const Edge& a = after_.graph().edge(after);
    if (b.status != a.status) {
      add_link(b.status == Status::suggested && a.status == Status::asserted ? Turn::accepted : new_status[a.status], before,
               after);
    } else if (b.degree != a.degree) {
      add_link(Turn::degree, before, after);
    } else if (a.relation == Relation::covers) {
      const bool was = before_.situation().suspect(before);
      const bool is = after_.situation().suspect(after);
      if (was != is) return add_link(is ? Turn::suspect : Turn::settled, before, after);
    }
    if (b.status == a.status && b.degree == a.degree && says_otherwise(before_.graph().text(before), after_.graph().text(after)))
      add_link(Turn::reworded, before, after);
  }

  /// The same verdict with other words: by somebody else, for another reason, from another source.
  static bool says_otherwise(const EdgeText& b, const EdgeText& a) {
    return std::tie(b.by, b.rationale, b.evidence, b.clause, b.method, b.set_relation, b.strength, b.on, b.source.name,
                    b.source.address) != std::tie(a.by, a.rationale, a.evidence, a.clause, a.method, a.set_relation, a.strength,
                                                  a.on, a.source.name, a.source.address);
  }

  /// A rejection beside an assertion by somebody else is a dispute: it takes nothing away.
  Turn how_added(std::span<const LinkId> all, LinkId link) const {
    const Graph& graph = after_.graph();
    if (graph.edge(link).status != Status::rejected) return Turn::added;
    return std::ranges::any_of(all, [&](LinkId l) { return graph.edge(l).status == Status::asserted; }) ? Turn::disputed
                                                                                                        : Turn::rejected;
  }

  /// The links of one pair and relation on both sides: verdicts are matched by who gave them.
  void match_links(std::span<const LinkId> before, std::span<const LinkId> after) {
    if (before.size() == 1 && after.size() == 1) return compare_links(before.front(), after.front());
    std::vector<bool> used(after.size());
    for (const LinkId b : before) {
      std::size_t match = after.size();
      const std::string who = after.empty() ? std::string() : before_.graph().text(b).by;
      for (std::size_t i = 0; i < after.size() && match == after.size(); ++i) {
        if (!used[i] && after_.graph().text(after[i]).by == who) match = i;
      }
      if (match == after.size()) {
        add_link(Turn::removed, b, std::nullopt);
      } else {
        used[match] = true;
        compare_links(b, after[match]);
      }
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (!used[i]) add_link(how_added(after, after[i]), std::nullopt, after[i]);
    }
  }

  /// Links stand in canonical order on both sides: one pass.
  void find_links() {
    struct Key {
      std::size_t from;
      Relation relation;
      std::size_t to;
      auto operator<=>(const Key&) const = default;
    };
    const auto key_before = [&](std::size_t i) {
      const Edge& e = before_.graph().edges()[i];
      return Key{joint_.rank_before(e.from), e.relation, joint_.rank_before(e.to)};
    };
    const auto key_after = [&](std::size_t i) {
      const Edge& e = after_.graph().edges()[i];
      return Key{joint_.rank_after(e.from), e.relation, joint_.rank_after(e.to)};
    };
    const std::size_t nb = before_.graph().edges().size();
    const std::size_t na = after_.graph().edges().size();
    std::size_t b = 0;
    std::size_t a = 0;
    std::vector<LinkId> old;
    std::vector<LinkId> fresh;
    while (b < nb || a < na) {
      old.clear();
      fresh.clear();
      const Key key = b == nb ? key_after(a) : a == na ? key_before(b) : std::min(key_before(b), key_after(a));
      for (; b < nb && key_before(b) == key; ++b) old.push_back(static_cast<LinkId>(b));
      for (; a < na && key_after(a) == key; ++a) fresh.push_back(static_cast<LinkId>(a));
      match_links(old, fresh);
    }
  }

  static std::vector<NodeId> behind(const Standpoint& side, OptionalNode root) {
    std::vector<NodeId> needs;
    if (root) needs = needs_behind(side.situation(), *root);
    std::erase_if(needs, [&](NodeId id) { return !side.asks_for(id); });
    return needs;
  }

  void find_objectives() {
    for (const NodePair& pair : joint_.pairs()) {
      if (c_.node(pair).kind != Kind::objective || (after_.params().objective && pair.after != after_.params().objective))
        continue;
      const Tally before = tally(before_.situation(), behind(before_, pair.before), before_.scope());
      const Tally after = tally(after_.situation(), behind(after_, pair.after), after_.scope());
      if (before.by_state != after.by_state || rounded(before.score) != rounded(after.score))
        c_.objectives.push_back({pair, before, after});
    }
  }

  /// The deliverables in force and in work of a group with all groups inside it, and the needs that they cover.
  struct Holdings {
    std::set<NodeId> published;
    std::set<NodeId> drafts;
    std::set<NodeId> needs;

    [[nodiscard]] std::size_t size() const { return published.size() + drafts.size() + needs.size(); }
    void add(const Standpoint& side, NodeId deliverable) {
      const auto state = side.situation().state(deliverable);
      if (!state || *state > State::published || !side.concerns(deliverable)) return;
      if (!(*state == State::published ? published : drafts).insert(deliverable).second) return;
      for (const LinkId l : side.graph().out(deliverable, Relation::covers)) {
        const Edge& e = side.graph().edge(l);
        if (e.degree != Degree::none && side.situation().counts(l) && side.asks_for(e.to) && !side.situation().suspect(l))
          needs.insert(e.to);
      }
    }
    /// The smaller goes into the larger.
    void add(Holdings&& other) {
      if (size() < other.size()) std::swap(*this, other);
      published.merge(other.published);
      drafts.merge(other.drafts);
      needs.merge(other.needs);
    }
  };

  /// Groups around one that is part of several: handing everything up to one parent would miss the others.
  static std::vector<bool> around_forks(const Graph& graph) {
    std::vector<bool> around(graph.size());
    std::vector<NodeId> waiting;
    const auto add_parents = [&](NodeId id, bool further) {
      for (const LinkId l : graph.out(id, Relation::part_of)) {
        const Edge& e = graph.edge(l);
        if (e.status == Status::asserted && !(further && graph.parent(id) == e.to)) waiting.push_back(e.to);
      }
    };
    for (const NodeId group : graph.of_kind(Kind::group)) add_parents(group, true);
    while (!waiting.empty()) {
      const NodeId id = waiting.back();
      waiting.pop_back();
      if (around[index(id)]) continue;
      around[index(id)] = true;
      add_parents(id, false);
    }
    return around;
  }

  /// The work of every group, by node. What a group holds is handed up to what it is part of: O(links · log² links), however long
  /// the chains of groups are, and O(part) for each group around one that is part of several.
  static std::vector<WorkCounts> works_of(const Standpoint& side) {
    const Graph& graph = side.graph();
    const Nesting nesting(graph);
    const std::vector<bool> by_itself = around_forks(graph);
    std::vector<WorkCounts> works(graph.size());
    std::map<NodeId, Holdings> handed_up;
    for (auto at = nesting.order().rbegin(); at != nesting.order().rend(); ++at) {  // Parts stand behind what they are part of.
      if (graph.node(*at).kind != Kind::group) continue;
      auto below = handed_up.extract(*at);
      Holdings held = below.empty() ? Holdings() : std::move(below.mapped());
      if (by_itself[index(*at)]) {
        for (const NodeId d : graph.deliverables_of(*at)) held.add(side, d);
      } else {
        for (const LinkId l : graph.out(*at, Relation::develops)) {
          if (graph.edge(l).status == Status::asserted) held.add(side, graph.edge(l).to);
        }
      }
      works[index(*at)] = {held.published.size(), held.drafts.size(), held.needs.size()};
      if (const auto parent = graph.parent(*at)) handed_up[*parent].add(std::move(held));
    }
    return works;
  }

  void find_groups() {
    const std::vector<WorkCounts> works_before = works_of(before_);
    const std::vector<WorkCounts> works_after = works_of(after_);
    for (const NodePair& pair : joint_.pairs()) {
      if (c_.node(pair).kind != Kind::group) continue;
      const WorkCounts before = pair.before ? works_before[index(*pair.before)] : WorkCounts();
      const WorkCounts after = pair.after ? works_after[index(*pair.after)] : WorkCounts();
      if (before != after) c_.groups.push_back({pair, before, after});
    }
  }

  static std::vector<Trait> traits_that_differ(const Node& old, const Node& node) {
    std::vector<Trait> differ;
    const auto note = [&](Trait trait, bool same) {
      if (!same) differ.push_back(trait);
    };
    note(Trait::kind, old.kind == node.kind);
    note(Trait::title, old.title == node.title);
    note(Trait::text, old.text == node.text);
    note(Trait::priority, old.priority == node.priority);
    note(Trait::aliases, old.aliases == node.aliases);
    note(Trait::address, old.address == node.address);
    note(Trait::attributes, old.attributes == node.attributes);
    note(Trait::dates, old.dates == node.dates);
    return differ;
  }

  void find_nodes() {
    for (const NodePair& pair : joint_.pairs()) {
      if (pair.before && pair.after) {
        auto differ = traits_that_differ(before_.graph().node(*pair.before), after_.graph().node(*pair.after));
        if (!differ.empty()) c_.nodes.push_back({Turn::changed, pair, std::move(differ)});
      } else if (c_.node(pair).kind != Kind::deliverable) {
        c_.nodes.push_back({pair.after ? Turn::added : Turn::removed, pair, {}});
      }
    }
  }

  void find_searches() {
    const auto add = [&](const Graph& from, const Graph& other, Turn what) {
      for (const SearchRecord& s : from.searches()) {
        const auto same = [&](const SearchRecord& o) { return identity_of(o.record.id) == identity_of(s.record.id); };
        if (std::ranges::none_of(other.searches(), same)) c_.searches.push_back({what, &s});
      }
    };
    add(before_.graph(), after_.graph(), Turn::removed);
    add(after_.graph(), before_.graph(), Turn::added);
  }

  Changes c_;
  const Standpoint& before_ = c_.before;
  const Standpoint& after_ = c_.after;
  JointNodes joint_;
};

}  // namespace

Changes find_changes(const Standing& before, const Standing& after) { return ChangeFinder(before, after).run(); }

}  // namespace lacuna
