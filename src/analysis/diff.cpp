// What changed between two states of a map, or between two days of one.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/gaps.hpp"
#include "analysis/nesting.hpp"
#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

using OptionalNode = std::optional<NodeId>;

/// A node on both sides, or on one.
struct NodePair {
  OptionalNode before;
  OptionalNode after;
};

/// The nodes of both maps in one natural order, matched by identifier in any letter case. Linear: both are in that order already.
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
      const bool same = have_b && have_a && b_id->size() == a_id->size() && (*b_id == *a_id || lower(*b_id) == lower(*a_id));
      if (have_b && (same || !have_a || natural_less(*b_id, *a_id))) pair.before = static_cast<NodeId>(b);
      if (have_a && (same || !pair.before)) pair.after = static_cast<NodeId>(a);
      if (pair.before) before_[b++] = pairs_.size();
      if (pair.after) after_[a++] = pairs_.size();
      pairs_.push_back(pair);
    }
  }

  [[nodiscard]] const std::vector<NodePair>& pairs() const { return pairs_; }
  [[nodiscard]] std::size_t rank_before(NodeId id) const { return before_[index(id)]; }
  [[nodiscard]] std::size_t rank_after(NodeId id) const { return after_[index(id)]; }

 private:
  std::vector<NodePair> pairs_;
  std::vector<std::size_t> before_;
  std::vector<std::size_t> after_;
};

/// One of the two states with what is asked of it.
class Standpoint {
 public:
  explicit Standpoint(const Standing& standing)
      : standing_(standing),
        graph_(*standing.graph),
        situation_(graph_, *standing.params.profile, standing.params.as_of, standing.params.include_suggested),
        scope_(scope_of(graph_, standing.params)),
        needs_(selected_needs(situation_, standing.params)),
        narrowed_(standing.params.objective || standing.params.topic) {
    if (!narrowed_) return;
    touches_.resize(graph_.size());
    for (const NodeId need : needs_) {
      for (const Relation relation : {Relation::covers, Relation::mentions}) {
        for (const LinkId l : graph_.in(need, relation)) touches_[index(graph_.edge(l).from)] = true;
      }
    }
  }

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const Situation& situation() const { return situation_; }
  [[nodiscard]] const Params& params() const { return standing_.params; }
  [[nodiscard]] const Scope& scope() const { return scope_; }
  [[nodiscard]] const std::vector<NodeId>& needs() const { return needs_; }
  [[nodiscard]] bool asks_for(OptionalNode need) const { return need && std::ranges::binary_search(needs_, *need); }
  /// Inside the scope, and, with a filter, said to cover or to mention one of the needs asked for.
  [[nodiscard]] bool concerns(NodeId deliverable) const {
    return scope_.has(deliverable) && (!narrowed_ || touches_[index(deliverable)]);
  }
  /// A link between things that are asked for.
  [[nodiscard]] bool concerns(const Edge& edge) const {
    const auto asked = [&](NodeId id) {
      const Kind kind = graph_.node(id).kind;
      return kind == Kind::deliverable ? concerns(id) : !is_need(kind) || !narrowed_ || asks_for(id);
    };
    return asked(edge.from) && asked(edge.to);
  }
  [[nodiscard]] const EdgeText& text(LinkId link) const { return graph_.text(link); }
  [[nodiscard]] std::string moment() const { return fmt::format("{}, as of {}", standing_.name, to_string(situation_.as_of())); }
  [[nodiscard]] const std::string& name() const { return standing_.name; }

 private:
  const Standing& standing_;
  const Graph& graph_;
  Situation situation_;
  Scope scope_;
  std::vector<NodeId> needs_;
  bool narrowed_;
  std::vector<bool> touches_;
};

std::string by_text(const EdgeText& text) {
  std::string line = text.by.empty() ? std::string() : fmt::format("by {}", text.by);
  if (text.on) line += fmt::format("{}on {}", line.empty() ? "" : " ", to_string(*text.on));
  if (!text.rationale.empty()) line += fmt::format("{}{}", line.empty() ? "" : ": ", text.rationale);
  return line;
}

/// Rows with what changed, counted.
struct ChangeTable : Table {
  std::map<std::string, std::size_t, std::less<>> counts;

  /// `names` is the deliverable of the later map that the row names.
  void add(std::string_view change, Value row, OptionalNode names = {}) {
    ++counts[std::string(change)];
    rows.push_back(std::move(row));
    cites.push_back(names);
  }
};

class Differ {
 public:
  Differ(const Standing& before, const Standing& after)
      : before_(before), after_(after), joint_(before_.graph(), after_.graph()) {}

  Result run() {
    Result result;
    result.schema = "diff-1";
    result.title = "What changed";
    add_head(result);
    ChangeTable needs, gaps, deliverables, links, nodes, searches;
    Table objectives, groups;
    // Independent of each other, largest first.
    const std::function<void()> work[] = {
        [&] { gaps_before_ = find_gaps(before_.situation(), before_.params()); },
        [&] { gaps_after_ = find_gaps(after_.situation(), after_.params()); },
        [&] { needs = diff_needs(); },
        [&] { links = diff_links(); },
        [&] { groups = diff_groups(); },
        [&] { objectives = diff_objectives(); },
        [&] { deliverables = diff_deliverables(); },
        [&] { nodes = diff_nodes(); },
        [&] { searches = diff_searches(); },
    };
    if (after_.params().explain) {  // Explanations ask the catalogues, one after the other.
      for (const auto& piece : work) piece();
    } else {
      on_all_cores(std::size(work), [&] { return [&](std::size_t i) { work[i](); }; });
    }
    gaps = diff_gaps();
    result.summary.push_back(before_.name() == after_.name()
                                 ? fmt::format("{} from {} to {}", after_.name(), to_string(before_.situation().as_of()),
                                               to_string(after_.situation().as_of()))
                                 : fmt::format("From {} to {}", before_.moment(), after_.moment()));
    const Params& params = after_.params();
    std::string filters = params.scope ? fmt::format("scope: {}", after_.graph().node(*params.scope).id) : "scope: all groups";
    if (params.objective) filters += fmt::format(" · objective: {}", after_.graph().node(*params.objective).id);
    if (params.topic) filters += fmt::format(" · topic: {}", after_.graph().node(*params.topic).title);
    result.summary.push_back(filters);
    result.summary.push_back(fmt::format("Before: {}: {}", count_of(tally_before_.needs, "need"), tally_text(tally_before_)));
    result.summary.push_back(fmt::format("After: {}: {}", count_of(tally_after_.needs, "need"), tally_text(tally_after_)));
    bool nothing = true;
    for (const ChangeTable* table : {&needs, &gaps, &deliverables, &links, &nodes, &searches}) {
      if (table->rows.empty()) continue;
      nothing = false;
      std::vector<std::string> parts;
      for (const auto& [change, n] : table->counts) parts.push_back(fmt::format("{} {}", n, change));
      std::string name = table->name;
      name[0] = static_cast<char>(name[0] - 'a' + 'A');
      result.summary.push_back(fmt::format("{}: {}", name, join(parts, ", ")));
    }
    if (nothing) result.summary.push_back("Nothing changed");
    for (const std::string& line : cut_texts(before_.graph(), gaps_before_.cut))
      result.summary.push_back(fmt::format("Gaps before, {}", line));
    for (const std::string& line : cut_texts(after_.graph(), gaps_after_.cut))
      result.summary.push_back(fmt::format("Gaps after, {}", line));
    result.tables = {std::move(needs),      std::move(gaps),   std::move(deliverables), std::move(links),
                     std::move(objectives), std::move(groups), std::move(nodes),        std::move(searches)};
    for (Table& table : result.tables) {
      table.quiet = true;
      table.caption = caption_of(table.caption, table.rows.size(), params) + ":";
      table.rows.resize(rows_shown(table.rows.size(), params));
    }
    return result;
  }

 private:
  void add_head(Result& result) {
    tally_before_ = tally(before_.situation(), before_.needs(), before_.scope());
    tally_after_ = tally(after_.situation(), after_.needs(), after_.scope());
    const auto side = [](const Standpoint& s, const Tally& t) {
      Value value = Value::object();
      value.set("name", s.name()).set("map", s.graph().info().title).set("as_of", to_string(s.situation().as_of()));
      if (!s.params().tag.empty()) value.set("tag", s.params().tag);
      if (!s.params().known_by.empty()) value.set("known_by", s.params().known_by);
      value.set("needs", t.needs).set("states", tally_value(t)).set("score", t.needs == 0 ? Value() : Value(rounded(t.score)));
      return value;
    };
    result.head.emplace_back("before", side(before_, tally_before_));
    result.head.emplace_back("after", side(after_, tally_after_));
    for (auto& member : filters_head(after_.situation(), after_.params())) result.head.push_back(std::move(member));
  }

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

  ChangeTable diff_needs() {
    using enum Column::Format;
    ChangeTable table{{"needs",
                       "Needs",
                       {{"change", "change", text},
                        {"id", "need", text},
                        {"title", "title", Column::Format::title},
                        {"before", "before", state},
                        {"after", "after", state},
                        {"score_before", "score before", score},
                        {"score_after", "score after", score},
                        {"why", "why", text}},
                       {}},
                      {}};
    std::vector<std::tuple<int, const char*, Value>> rows;
    for (const NodePair& pair : joint_.pairs()) {
      const bool was = before_.asks_for(pair.before);
      const bool is = after_.asks_for(pair.after);
      if (!was && !is) continue;
      const Coverage before = was ? before_.situation().coverage(*pair.before, before_.scope()) : Coverage();
      const Coverage after = is ? after_.situation().coverage(*pair.after, after_.scope()) : Coverage();
      const bool same = was && is && before.state == after.state && rounded(before.score) == rounded(after.score);
      if (same) continue;
      const bool better = std::pair(after.state, -after.score) < std::pair(before.state, -before.score);
      const char* change = !was ? "appeared" : !is ? "gone" : better ? "better" : "worse";
      const Node& node = is ? after_.graph().node(*pair.after) : before_.graph().node(*pair.before);
      Value row = Value::object();
      row.set("change", change).set("id", node.id).set("kind", name_of(node.kind)).set("title", node.title);
      row.set("before", was ? Value(name_of(before.state)) : Value()).set("after", is ? Value(name_of(after.state)) : Value());
      row.set("score_before", was ? Value(rounded(before.score)) : Value())
          .set("score_after", is ? Value(rounded(after.score)) : Value());
      std::string reason = was && is ? why(before, after, pair)
                           : is      ? evidence_texts(after_.situation(), after.evidence)
                                     : evidence_texts(before_.situation(), before.evidence);
      if (was && is) why_by_need_[joint_.rank_after(*pair.after)] = reason;
      row.set("why", std::move(reason));
      if (after_.params().explain) {
        Reason tree{fmt::format("{}: {}", node.id, change)};
        if (was) tree.because.push_back({"before", {reason_of(before_.situation(), before_.params(), *pair.before, before)}});
        if (is) tree.because.push_back({"after", {reason_of(after_.situation(), after_.params(), *pair.after, after)}});
        row.set("explanation", reason_value(tree));
      }
      const int order = !was ? 2 : !is ? 3 : better ? 0 : 1;
      rows.emplace_back(before.state == after.state ? order + 4 : order, change, std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& x, const auto& y) { return std::get<0>(x) < std::get<0>(y); });
    for (auto& [order, change, row] : rows) table.add(change, std::move(row));
    return table;
  }

  /// What makes two gaps the same one.
  using GapKey = std::tuple<GapKind, std::size_t, std::size_t>;

  ChangeTable diff_gaps() {
    using enum Column::Format;
    ChangeTable table{{"gaps",
                       "Gaps",
                       {{"change", "change", text},
                        {"was", "was", text},
                        {"kind", "kind", text},
                        {"subject", "subject", text},
                        {"title", "title", Column::Format::title},
                        {"severity", "severity", score},
                        {"why", "why", text}},
                       {}},
                      {}};
    constexpr std::size_t none = ~std::size_t{0};
    std::vector<std::pair<GapKey, const Gap*>> old;
    std::vector<std::pair<GapKey, const Gap*>> fresh;
    for (const Gap& gap : gaps_before_.list)
      old.push_back({{gap.kind, joint_.rank_before(gap.subject), gap.other ? joint_.rank_before(*gap.other) : none}, &gap});
    for (const Gap& gap : gaps_after_.list)
      fresh.push_back({{gap.kind, joint_.rank_after(gap.subject), gap.other ? joint_.rank_after(*gap.other) : none}, &gap});
    std::ranges::sort(old);
    std::ranges::sort(fresh);
    const auto missing_in = [](const auto& list, const GapKey& key) {
      const auto at = std::ranges::lower_bound(list, key, {}, [](const auto& entry) { return entry.first; });
      return at == list.end() || at->first != key;
    };
    const auto add = [&](const Standpoint& side, const GapKey& key, const Gap& gap, const char* change, Value was = {}) {
      const Node& subject = side.graph().node(gap.subject);
      Value row = Value::object();
      row.set("change", change).set("was", std::move(was)).set("kind", name_of(gap.kind)).set("subject", subject.id);
      row.set("other", gap.other ? Value(side.graph().node(*gap.other).id) : Value())
          .set("title", gap.other ? "and " + side.graph().node(*gap.other).id : subject.title);
      row.set("severity", rounded(gap.severity)).set("action", name_of(gap.action));
      const auto reason = why_by_need_.find(std::get<1>(key));
      const std::string& known = reason == why_by_need_.end() ? std::string() : reason->second;
      row.set("why", change != std::string_view("closed") ? gap.why
                     : known.empty()                      ? fmt::format("no longer: {}", gap.why)
                                                          : known);
      if (side.params().explain) row.set("explanation", reason_value(reason_of(side.situation(), side.params(), gap)));
      table.add(change, std::move(row));
    };
    // One need has at most one gap that follows from its state: where it had another, it turned into this one.
    std::map<std::size_t, GapKind> kind_before;
    std::map<std::size_t, GapKind> kind_after;
    for (const auto& [key, gap] : old) {
      if (gap->by_state) kind_before.emplace(std::get<1>(key), gap->kind);
    }
    for (const auto& [key, gap] : fresh) {
      if (gap->by_state) kind_after.emplace(std::get<1>(key), gap->kind);
    }
    for (const auto& [key, gap] : old) {
      if (missing_in(fresh, key) && !(gap->by_state && kind_after.contains(std::get<1>(key)))) add(before_, key, *gap, "closed");
    }
    for (const auto& [key, gap] : fresh) {
      if (!missing_in(old, key)) continue;
      const auto was = gap->by_state ? kind_before.find(std::get<1>(key)) : kind_before.end();
      if (was == kind_before.end())
        add(after_, key, *gap, "opened");
      else
        add(after_, key, *gap, "turned", name_of(was->second));
    }
    return table;
  }

  ChangeTable diff_deliverables() {
    using enum Column::Format;
    ChangeTable table{{"deliverables",
                       "Deliverables",
                       {{"change", "change", text},
                        {"id", "deliverable", text},
                        {"title", "title", Column::Format::title},
                        {"groups", "groups", text},
                        {"before", "before", text},
                        {"after", "after", text},
                        {"since", "since", text},
                        {"why", "why", text}},
                       {}},
                      {}};
    for (const NodePair& pair : joint_.pairs()) {
      const Standpoint& side = pair.after ? after_ : before_;
      const NodeId id = pair.after ? *pair.after : *pair.before;
      const auto concerns = [](const Standpoint& s, OptionalNode node) {
        return node && s.graph().node(*node).kind == Kind::deliverable && s.concerns(*node);
      };
      if (!concerns(after_, pair.after) && !concerns(before_, pair.before)) continue;
      const auto state_on = [](const Standpoint& s, OptionalNode node) {
        return node && s.graph().node(*node).kind == Kind::deliverable ? s.situation().state(*node) : std::nullopt;
      };
      const auto before = state_on(before_, pair.before);
      const auto after = state_on(after_, pair.after);
      if (before == after) continue;
      Value row = Value::object();
      const std::string_view change = !before ? "appeared" : !after ? "gone" : name_of(*after);
      row.set("change", change).set("id", side.graph().node(id).id).set("title", side.graph().node(id).title);
      row.set("groups", developers(side.graph(), id))
          .set("before", before ? Value(name_of(*before)) : Value())
          .set("after", after ? Value(name_of(*after)) : Value());
      const Milestone* m = after ? after_.situation().milestone(*pair.after) : nullptr;
      row.set("since", m == nullptr ? Value() : day_value(m->day))
          .set("why", m != nullptr ? m->basis
                      : pair.after ? "not there on that day"
                                   : "not on the map any more");
      if (side.params().explain) row.set("explanation", reason_value(life_reason(side.situation(), side.params(), id)));
      table.add(change, std::move(row), pair.after);
    }
    return table;
  }

  static std::string stand(const Standpoint& side, LinkId link) {
    const Edge& e = side.graph().edge(link);
    std::string text = e.relation == Relation::covers ? fmt::format("{} ", name_of(e.degree)) : std::string();
    text += name_of(e.status);
    if (e.relation == Relation::covers && side.situation().suspect(link)) text += ", suspect";
    return text;
  }

  void add_link_row(ChangeTable& table, std::string_view change, std::optional<LinkId> before,
                    std::optional<LinkId> after) const {
    const Standpoint& side = after ? after_ : before_;
    const LinkId link = after ? *after : *before;
    const Edge& e = side.graph().edge(link);
    if (!(after && after_.concerns(after_.graph().edge(*after))) && !(before && before_.concerns(before_.graph().edge(*before))))
      return;
    Value row = Value::object();
    row.set("change", change)
        .set("from", side.graph().node(e.from).id)
        .set("relation", name_of(e.relation))
        .set("to", side.graph().node(e.to).id);
    row.set("before", before ? Value(stand(before_, *before)) : Value())
        .set("after", after ? Value(stand(after_, *after)) : Value());
    row.set("why", change == "suspect" ? suspect_text(link) : by_text(side.text(link)));
    if (side.params().explain)
      row.set("explanation", reason_value({fmt::format("{} {} {}: {}", side.graph().node(e.from).id, name_of(e.relation),
                                                       side.graph().node(e.to).id, change),
                                           {reason_of(side.graph(), link)}}));
    table.add(change, std::move(row),
              after && side.graph().node(e.from).kind == Kind::deliverable ? OptionalNode(e.from) : std::nullopt);
  }

  /// Which published edition replaced the one that the link speaks of.
  std::string suspect_text(LinkId link) const {
    const Situation& situation = after_.situation();
    for (const NodeId newer : situation.later_editions(after_.graph().edge(link).from)) {
      const auto state = situation.state(newer);
      if (state && *state >= State::published)
        return fmt::format("replaced by {} ({}), which has no verdict yet", after_.graph().node(newer).id,
                           situation.milestone(newer)->basis);
    }
    return {};
  }

  void compare_links(ChangeTable& table, LinkId before, LinkId after) const {
    const Edge& b = before_.graph().edge(before);
    const Edge& a = after_.graph().edge(after);
    if (b.status != a.status) {
      add_link_row(table, b.status == Status::suggested && a.status == Status::asserted ? "accepted" : name_of(a.status), before,
                   after);
    } else if (b.degree != a.degree) {
      add_link_row(table, "degree", before, after);
    } else if (a.relation == Relation::covers) {
      const bool was = before_.situation().suspect(before);
      const bool is = after_.situation().suspect(after);
      if (was != is) return add_link_row(table, is ? "suspect" : "settled", before, after);
    }
    if (b.status == a.status && b.degree == a.degree && says_otherwise(before_.text(before), after_.text(after)))
      add_link_row(table, "reworded", before, after);
  }

  /// The same verdict with other words: by somebody else, for another reason, from another source.
  static bool says_otherwise(const EdgeText& b, const EdgeText& a) {
    return std::tie(b.by, b.rationale, b.evidence, b.clause, b.method, b.set_relation, b.strength, b.on, b.source.name,
                    b.source.address) != std::tie(a.by, a.rationale, a.evidence, a.clause, a.method, a.set_relation, a.strength,
                                                  a.on, a.source.name, a.source.address);
  }

  /// A rejection beside an assertion by somebody else is a dispute: it takes nothing away.
  std::string_view added_word(std::span<const LinkId> all, LinkId link) const {
    const Graph& graph = after_.graph();
    if (graph.edge(link).status != Status::rejected) return "added";
    return std::ranges::any_of(all, [&](LinkId l) { return graph.edge(l).status == Status::asserted; }) ? "disputed" : "rejected";
  }

  /// The links of one pair and relation on both sides: verdicts are matched by who gave them.
  void match_links(ChangeTable& table, std::span<const LinkId> before, std::span<const LinkId> after) const {
    if (before.size() == 1 && after.size() == 1) return compare_links(table, before.front(), after.front());
    std::vector<bool> used(after.size());
    for (const LinkId b : before) {
      std::size_t match = after.size();
      const std::string who = after.empty() ? std::string() : before_.text(b).by;
      for (std::size_t i = 0; i < after.size() && match == after.size(); ++i) {
        if (!used[i] && after_.text(after[i]).by == who) match = i;
      }
      if (match == after.size()) {
        add_link_row(table, "removed", b, std::nullopt);
      } else {
        used[match] = true;
        compare_links(table, b, after[match]);
      }
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (!used[i]) add_link_row(table, added_word(after, after[i]), std::nullopt, after[i]);
    }
  }

  /// Links stand in canonical order on both sides: one pass.
  ChangeTable diff_links() const {
    using enum Column::Format;
    ChangeTable table{{"links",
                       "Links",
                       {{"change", "change", text},
                        {"from", "from", text},
                        {"relation", "relation", text},
                        {"to", "to", text},
                        {"before", "before", text},
                        {"after", "after", text},
                        {"why", "why", text}},
                       {}},
                      {}};
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
      match_links(table, old, fresh);
    }
    return table;
  }

  static std::vector<NodeId> behind(const Standpoint& side, OptionalNode root) {
    std::vector<NodeId> needs;
    if (root) needs = needs_behind(side.situation(), *root);
    std::erase_if(needs, [&](NodeId id) { return !side.asks_for(id); });
    return needs;
  }

  Table diff_objectives() const {
    using enum Column::Format;
    Table table{"objectives",
                "Objectives whose coverage changed",
                {{"id", "objective", text},
                 {"title", "title", Column::Format::title},
                 {"needs_before", "needs before", number},
                 {"needs_after", "needs after", number},
                 {"score_before", "score before", score},
                 {"score_after", "score after", score},
                 {"covered_before", "covered before", number},
                 {"covered_after", "covered after", number},
                 {"open_before", "open before", number},
                 {"open_after", "open after", number}},
                {}};
    for (const NodePair& pair : joint_.pairs()) {
      const Node& node = pair.after ? after_.graph().node(*pair.after) : before_.graph().node(*pair.before);
      if (node.kind != Kind::objective || (after_.params().objective && pair.after != after_.params().objective)) continue;
      const Tally before = tally(before_.situation(), behind(before_, pair.before), before_.scope());
      const Tally after = tally(after_.situation(), behind(after_, pair.after), after_.scope());
      if (before.by_state == after.by_state && rounded(before.score) == rounded(after.score)) continue;
      const auto open = [](const Tally& t) {
        std::size_t n = 0;
        for (const CoverageState state : all_of<CoverageState>()) n += state >= CoverageState::elsewhere ? t.by_state[state] : 0;
        return n;
      };
      Value row = Value::object();
      row.set("id", node.id).set("title", node.title).set("needs_before", before.needs).set("needs_after", after.needs);
      row.set("score_before", before.needs == 0 ? Value() : Value(rounded(before.score)))
          .set("score_after", after.needs == 0 ? Value() : Value(rounded(after.score)));
      row.set("covered_before", before.by_state[0])
          .set("covered_after", after.by_state[0])
          .set("open_before", open(before))
          .set("open_after", open(after));
      row.set("states_before", tally_value(before)).set("states_after", tally_value(after));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  /// What a group and the groups inside it have in force and in work, and how many of the needs these cover.
  struct Work {
    std::size_t published = 0;
    std::size_t drafts = 0;
    std::size_t needs = 0;
    auto operator<=>(const Work&) const = default;
  };

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
  static std::vector<Work> works_of(const Standpoint& side) {
    const Graph& graph = side.graph();
    const Nesting nesting(graph);
    const std::vector<bool> by_itself = around_forks(graph);
    std::vector<Work> works(graph.size());
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

  Table diff_groups() const {
    using enum Column::Format;
    Table table{"groups",
                "Groups whose work changed",
                {{"id", "group", text},
                 {"title", "title", Column::Format::title},
                 {"published_before", "published before", number},
                 {"published_after", "published after", number},
                 {"drafts_before", "drafts before", number},
                 {"drafts_after", "drafts after", number},
                 {"needs_before", "needs before", number},
                 {"needs_after", "needs after", number}},
                {}};
    const std::vector<Work> works_before = works_of(before_);
    const std::vector<Work> works_after = works_of(after_);
    for (const NodePair& pair : joint_.pairs()) {
      const Node& node = pair.after ? after_.graph().node(*pair.after) : before_.graph().node(*pair.before);
      if (node.kind != Kind::group) continue;
      const Work before = pair.before ? works_before[index(*pair.before)] : Work();
      const Work after = pair.after ? works_after[index(*pair.after)] : Work();
      if (before == after) continue;
      Value row = Value::object();
      row.set("id", node.id)
          .set("title", node.title)
          .set("published_before", before.published)
          .set("published_after", after.published);
      row.set("drafts_before", before.drafts)
          .set("drafts_after", after.drafts)
          .set("needs_before", before.needs)
          .set("needs_after", after.needs);
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  /// Nodes that are only on one of the maps, deliverables aside, and nodes that say something else of themselves.
  ChangeTable diff_nodes() const {
    using enum Column::Format;
    ChangeTable table{{"nodes",
                       "Nodes of the map",
                       {{"change", "change", text},
                        {"kind", "kind", text},
                        {"id", "node", text},
                        {"title", "title", Column::Format::title},
                        {"why", "what", text}},
                       {}},
                      {}};
    for (const NodePair& pair : joint_.pairs()) {
      const Node& node = pair.after ? after_.graph().node(*pair.after) : before_.graph().node(*pair.before);
      std::string what;
      const char* change = "changed";
      if (!pair.before || !pair.after) {
        if (node.kind == Kind::deliverable) continue;
        change = pair.after ? "added" : "removed";
      } else {
        const Node& old = before_.graph().node(*pair.before);
        std::vector<std::string> fields;
        if (old.kind != node.kind) fields.push_back(fmt::format("kind {} → {}", name_of(old.kind), name_of(node.kind)));
        if (old.title != node.title) fields.push_back(fmt::format("title was \"{}\"", shortened(old.title, 80)));
        if (old.text != node.text) fields.push_back("text");
        if (old.priority != node.priority) fields.push_back(fmt::format("priority {} → {}", priority_of(old), priority_of(node)));
        if (old.aliases != node.aliases) fields.push_back("aliases");
        if (old.address != node.address) fields.push_back("address");
        if (old.attributes != node.attributes) fields.push_back("attributes");
        if (old.dates != node.dates) fields.push_back("dates");
        if (fields.empty()) continue;
        what = join(fields, ", ");
      }
      Value row = Value::object();
      row.set("change", change).set("kind", name_of(node.kind)).set("id", node.id).set("title", node.title).set("why", what);
      table.add(change, std::move(row));
    }
    return table;
  }

  ChangeTable diff_searches() const {
    using enum Column::Format;
    ChangeTable table{
        {"searches",
         "Search records",
         {{"change", "change", text}, {"id", "search", text}, {"by", "by", text}, {"on", "on", text}, {"needs", "needs", number}},
         {}},
        {}};
    const auto missing_in = [](const Graph& graph, const std::string& id) {
      return std::ranges::none_of(graph.searches(), [&](const SearchRecord& s) { return lower(s.record.id) == lower(id); });
    };
    const auto add = [&](const Graph& from, const Graph& other, const char* change) {
      for (const SearchRecord& s : from.searches()) {
        if (!missing_in(other, s.record.id)) continue;
        Value row = Value::object();
        row.set("change", change)
            .set("id", s.record.id)
            .set("by", s.record.by)
            .set("on", to_string(s.record.on))
            .set("needs", s.needs.size());
        table.add(change, std::move(row));
      }
    };
    add(before_.graph(), after_.graph(), "removed");
    add(after_.graph(), before_.graph(), "added");
    return table;
  }

  Standpoint before_;
  Standpoint after_;
  JointNodes joint_;
  Tally tally_before_;
  Tally tally_after_;
  Gaps gaps_before_;
  Gaps gaps_after_;
  std::map<std::size_t, std::string> why_by_need_;  ///< By rank among the nodes of both.
};

}  // namespace

Result query_diff(const Standing& before, const Standing& after) { return Differ(before, after).run(); }

}  // namespace lacuna
