#include "analysis/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "base/identity.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "model/values.hpp"

namespace lacuna {

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

namespace {

/// What makes a link suspect: why it is questioned, or the later editions.
Reason suspect_reason(const Situation& situation, const Params& params, const Evidence& evidence) {
  const NodeId edition = evidence.deliverable;
  if (situation.graph().edge(evidence.link).questioned)
    return {fmt::format("suspect: {}", situation.graph().text(evidence.link).questioned)};
  Reason reason{"suspect: replaced by a published edition, and no later edition has a verdict on the need"};
  for (const NodeId newer : situation.later_editions(edition)) reason.because.push_back(life_reason(situation, params, newer));
  return reason;
}

}  // namespace

std::string source_text(const Source& source) {
  std::vector<std::string> parts;
  if (!source.name.empty()) parts.push_back(source.name);
  if (!source.address.empty()) parts.push_back(source.address);
  if (source.seen) parts.push_back(fmt::format("seen {}", to_string(*source.seen)));
  return join(parts, ", ");
}

std::string_view phrase(Relation relation, bool outgoing) {
  switch (relation) {
    case Relation::part_of: return outgoing ? "is part of" : "has part";
    case Relation::discusses: return outgoing ? "discusses" : "is discussed in";
    case Relation::serves: return outgoing ? "serves" : "is served by";
    case Relation::needs: return outgoing ? "needs" : "is needed by";
    case Relation::counters: return outgoing ? "counters" : "is countered by";
    case Relation::faces: return outgoing ? "faces" : "is faced by";
    case Relation::maps_to: return outgoing ? "maps to" : "is mapped to by";
    case Relation::covers: return outgoing ? "covers" : "is covered by";
    case Relation::mentions: return outgoing ? "mentions" : "is mentioned by";
    case Relation::develops: return outgoing ? "develops" : "is developed by";
    case Relation::works_on: return outgoing ? "works on" : "is worked on by";
    case Relation::liaises_with: return "liaises with";
    case Relation::supersedes: return outgoing ? "supersedes" : "is superseded by";
    case Relation::amends: return outgoing ? "amends" : "is amended by";
    case Relation::adopts: return outgoing ? "adopts" : "is adopted by";
    case Relation::references: return outgoing ? "references" : "is referenced by";
  }
  return "";
}

Value reason_value(const Reason& reason) {
  Value value = Value::object();
  value.set("says", reason.says);
  if (!reason.because.empty()) {
    Value list = Value::array();
    for (const Reason& r : reason.because) list.push(reason_value(r));
    value.set("because", std::move(list));
  }
  return value;
}

Reason reason_of(const Graph& graph, LinkId link) {
  const Edge& edge = graph.edge(link);
  const EdgeText& text = graph.text(link);
  std::string says = fmt::format("link: {} {} {}", graph.node(edge.from).id, phrase(edge.relation, true), graph.node(edge.to).id);
  if (edge.relation == Relation::covers)
    says += edge.degree == Degree::full ? " in full" : edge.degree == Degree::partial ? " in part" : " not at all";
  if (text.set_relation) says += fmt::format(" ({})", name_of(*text.set_relation));
  says += fmt::format("; {}", name_of(edge.status));
  if (!text.by.empty()) says += fmt::format(" by {}", text.by);
  if (text.on) says += fmt::format(" on {}", to_string(*text.on));
  if (text.method) says += fmt::format(", method {}", name_of(*text.method));
  Reason reason{std::move(says)};
  if (!text.rationale.empty()) reason.because.push_back({fmt::format("rationale: {}", text.rationale)});
  if (!text.evidence.empty()) reason.because.push_back({fmt::format("evidence: {}", text.evidence)});
  if (!text.clause.empty()) reason.because.push_back({fmt::format("clause: {}", text.clause)});
  if (!text.source.empty()) reason.because.push_back({fmt::format("source: {}", source_text(text.source))});
  return reason;
}

Reason life_reason(const Situation& situation, const Params& params, NodeId deliverable) {
  const Graph& graph = situation.graph();
  const Milestone* now = situation.milestone(deliverable);
  Reason reason{now == nullptr ? fmt::format("{}: not there yet on {}", graph.node(deliverable).id, to_string(situation.as_of()))
                               : fmt::format("{}: its state on {} is {}", graph.node(deliverable).id,
                                             to_string(situation.as_of()), name_of(now->state))};
  for (const Milestone& m : graph.life(deliverable)) {
    if (m.day <= situation.as_of())
      reason.because.push_back({fmt::format("{}: {}", m.day == Day::before_everything ? "always" : to_string(m.day), m.basis)});
  }
  if (const std::string groups = developers(graph, deliverable); !groups.empty())
    reason.because.push_back({fmt::format("developed by {}", groups)});
  if (params.record_of) {
    if (std::string record = params.record_of(graph.node(deliverable).id); !record.empty())
      reason.because.push_back({fmt::format("record: {}", record)});
  }
  if (const Source& source = graph.node(deliverable).source; !source.empty())
    reason.because.push_back({fmt::format("source: {}", source_text(source))});
  return reason;
}

std::string score_arithmetic(const Coverage& coverage) {
  if (coverage.evidence.empty()) return "no evidence";
  std::string factors;
  for (const Evidence& e : coverage.evidence)
    factors += fmt::format("{}(1 − {:.2f})", factors.empty() ? "" : " × ", e.contribution);
  return fmt::format("1 − {} = {:.2f}", factors, coverage.score);
}

namespace {

constexpr std::string_view outside_scope = "outside the scope";

/// What counts for a need, to be looked up.
struct Counted {
  std::vector<LinkId> links;
  std::vector<NodeId> deliverables;
};

Counted counted_in(const Coverage& coverage) {
  Counted counted;
  for (const Evidence& e : coverage.evidence) {
    counted.links.push_back(e.link);
    counted.deliverables.push_back(e.deliverable);
  }
  std::ranges::sort(counted.links);
  std::ranges::sort(counted.deliverables);
  return counted;
}

/// Why a covers link on the need does not count; nothing where it does.
std::optional<std::string> left_out(const Situation& situation, const Counted& counted, LinkId link) {
  const Edge& edge = situation.graph().edge(link);
  if (std::ranges::binary_search(counted.links, link)) return std::nullopt;
  if (edge.degree == Degree::none) return "somebody looked, and it does not cover the need";
  if (!situation.counts(link))
    return fmt::format("only asserted links count{}", situation.include_suggested() ? ", and suggested ones here" : "");
  if (!situation.state(edge.from)) return fmt::format("the deliverable was not there on {}", to_string(situation.as_of()));
  if (std::ranges::binary_search(counted.deliverables, edge.from)) return "a stronger verdict on the same deliverable counts";
  return std::string(outside_scope);
}

/// Where and how somebody looked: the same for every need of the search.
Reason search_reason(const Search& search) {
  Reason reason{fmt::format("where and how {} looked", search.id)};
  for (const SearchedCatalogue& c : search.catalogues) {
    reason.because.push_back(
        {fmt::format("catalogue {}{}{}", c.name, c.records ? ", " + records_text(static_cast<std::uint64_t>(*c.records)) : "",
                     c.date ? fmt::format(", as of {}", to_string(*c.date)) : "")});
  }
  if (!search.not_searched.empty()) reason.because.push_back({fmt::format("not searched: {}", join(search.not_searched, ", "))});
  if (!search.read.empty()) reason.because.push_back({fmt::format("read: {}", search.read)});
  for (const SearchedWords& q : search.queries) {
    reason.because.push_back({fmt::format(
        "asked for \"{}\"{}", q.words, q.hits ? fmt::format(": {}", count_of(static_cast<std::size_t>(*q.hits), "hit")) : "")});
  }
  if (search.signature)
    reason.because.push_back({fmt::format("signed by {} on {}", search.signature->by, to_string(search.signature->on))});
  if (!search.method.empty()) reason.because.push_back({fmt::format("method: {}", search.method)});
  if (!search.note.empty()) reason.because.push_back({fmt::format("note: {}", search.note)});
  return reason;
}

}  // namespace

Reason reason_of(const Situation& situation, const Params& params, NodeId need, const Coverage& coverage) {
  const Graph& graph = situation.graph();
  const Profile& profile = situation.profile();
  const Node& node = graph.node(need);
  Reason reason{fmt::format("{} ({}) is {}, score {:.2f}", node.id, node.title, name_of(coverage.state), coverage.score)};
  const std::string counted =
      params.scope ? fmt::format(", counting texts of {} alone", graph.node(*params.scope).id) : std::string();
  reason.because.push_back({fmt::format("state{}: {}", counted, word_of(coverage.state).meaning)});
  if (!coverage.evidence.empty())
    reason.because.push_back(
        {fmt::format("score: {} (profile \"{}\", {})", score_arithmetic(coverage), profile.name, profile.hash)});
  for (const Evidence& e : coverage.evidence) {
    const State counted = counted_state(e.state, e.suspect);
    Reason piece{fmt::format("{}: {:.2f} = {} {:.2f} × {} {:.2f}{}", evidence_text(situation, e), e.contribution,
                             name_of(e.degree), profile.degree[e.degree], name_of(counted), profile.maturity[counted],
                             e.suspect ? " (suspect: counted as superseded)" : "")};
    piece.because.push_back(reason_of(graph, e.link));
    piece.because.push_back(life_reason(situation, params, e.deliverable));
    if (e.suspect) piece.because.push_back(suspect_reason(situation, params, e));
    reason.because.push_back(std::move(piece));
  }
  std::size_t outside = 0;
  const Counted in = counted_in(coverage);
  for (const LinkId l : graph.in(need, Relation::covers)) {
    const auto why = left_out(situation, in, l);
    if (why == outside_scope) {
      ++outside;
    } else if (why) {
      reason.because.push_back({fmt::format("does not count: {}", *why), {reason_of(graph, l)}});
    }
  }
  if (outside > 0) reason.because.push_back({fmt::format("does not count: {} outside the scope", count_of(outside, "link"))});
  for (const Mention& m : mentions_of(situation, need))
    reason.because.push_back({"a mention is a note and never counts", {reason_of(graph, m.link)}});
  for (const std::uint32_t s : graph.searches_for(need)) {
    const Search& search = graph.searches()[s].record;
    Reason looked{fmt::format("search {} by {} on {}", search.id, search.by, to_string(search.on))};
    looked.because.push_back(search_reason(search));
    for (const JudgedCandidate& c : search.candidates) {
      if (c.need != graph.node(need).id) continue;
      looked.because.push_back({fmt::format("{} {}{}{}", c.document, name_of(c.finding), c.reason.empty() ? "" : ": " + c.reason,
                                            c.by.empty() ? "" : fmt::format(" ({})", c.by))});
    }
    for (const UnjudgedCandidate& c : search.unjudged) {
      if (c.need == graph.node(need).id)
        looked.because.push_back(
            {fmt::format("not judged yet: {} ({}), in {} since {}", c.document, c.title, c.catalogue, to_string(c.on))});
    }
    reason.because.push_back(std::move(looked));
  }
  if (!coverage.looked) reason.because.push_back({"search: nobody searched for it"});
  return reason;
}

Reason mean_reason(const Situation& situation, const Params& params, NodeId root, std::span<const NodeId> needs,
                   const Scope& scope) {
  const Graph& graph = situation.graph();
  const Tally whole = tally(situation, needs, scope);
  if (whole.needs == 0) return {fmt::format("{}: no needs, so no score", graph.node(root).id)};
  Reason reason{fmt::format("{}: score {:.2f} over {}: {}", graph.node(root).id, whole.score, count_of(whole.needs, "need"),
                            tally_text(whole))};
  double sum = 0;
  int weights = 0;
  for (const NodeId need : needs) {
    const Coverage coverage = situation.coverage(need, scope);
    const int priority = priority_of(graph.node(need));
    sum += priority * coverage.score;
    weights += priority;
    Reason one{fmt::format("{} ({}): {}, priority {} × score {:.2f}", graph.node(need).id, graph.node(need).title,
                           name_of(coverage.state), priority, coverage.score)};
    for (const Evidence& e : coverage.evidence) one.because.push_back({evidence_text(situation, e)});
    if (coverage.evidence.empty()) one.because.push_back({search_text(graph, need)});
    reason.because.push_back(std::move(one));
  }
  reason.because.insert(reason.because.begin(),
                        {fmt::format("score = Σ priority × score / Σ priority = {:.2f} / {} = {:.2f} (profile \"{}\", {})", sum,
                                     weights, whole.score, params.profile->name, params.profile->hash)});
  return reason;
}

Value node_value(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  Value value = Value::object();
  value.set("id", node.id).set("kind", name_of(node.kind)).set("title", node.title);
  return value;
}

std::string without_needs_text(const Node& node) {
  const std::string_view answer = node.attribute("answered_by");
  return answer.empty() ? "no needs" : fmt::format("answered by {}", answer);
}

Answer answer_of(const Node& objective) {
  const std::string_view answer = objective.attribute("answered_by");
  return answer.empty()                    ? Answer::needs
         : answer == "ways forward"        ? Answer::ways_forward
         : answer == "groups and liaisons" ? Answer::groups
                                           : Answer::other;
}

std::vector<NodeId> objectives_of_session(const Situation& situation, NodeId session) {
  std::vector<NodeId> objectives;
  for (const LinkId l : situation.graph().out(session, Relation::discusses)) {
    if (situation.counts(l)) objectives.push_back(situation.graph().edge(l).to);
  }
  sort_unique(objectives);
  return objectives;
}

std::vector<NodeId> needs_of_session(const Situation& situation, NodeId session) {
  std::vector<NodeId> behind = needs_behind(situation, session);
  const auto about_all = [&](NodeId objective) {
    const Answer answer = answer_of(situation.graph().node(objective));
    return answer == Answer::groups || answer == Answer::ways_forward;
  };
  if (behind.empty() && std::ranges::any_of(objectives_of_session(situation, session), about_all)) return situation.needs();
  return behind;
}

Value about_value(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  Value value = node_value(graph, id);
  set_unless_empty(value, "text", node.text);
  set_unless_empty(value, "aliases", node.aliases);
  if (is_need(node.kind)) value.set("priority", priority_of(node));
  set_unless_empty(value, node.dates);
  set_unless_empty(value, "address", node.address);
  set_unless_empty(value, node.source);
  if (!node.attributes.empty()) value.set("attributes", Value(node.attributes));
  return value;
}

Value day_value(Day day) { return day == Day::before_everything ? Value() : Value(to_string(day)); }

std::string developers(const Graph& graph, NodeId deliverable) {
  std::vector<std::string> names;
  for (const NodeId group : graph.developers_of(deliverable)) names.push_back(graph.node(group).id);
  return join(names, ", ");
}

void add_link(Value& value, const Graph& graph, LinkId link) {
  const EdgeText& text = graph.text(link);
  set_what_is_said(value, text);
  value.set("status", name_of(graph.edge(link).status));
  set_unless_empty(value, "questioned", text.questioned);
}

namespace {

/// A deliverable as the day sees it.
Value deliverable_value(const Situation& situation, NodeId id) {
  const Graph& graph = situation.graph();
  Value value = Value::object();
  value.set("deliverable", graph.node(id).id).set("title", graph.node(id).title).set("groups", developers(graph, id));
  if (const Milestone* m = situation.milestone(id)) {
    value.set("state", name_of(m->state)).set("since", day_value(m->day)).set("state_basis", m->basis);
  }
  set_unless_empty(value, "address", graph.node(id).address);
  return value;
}

}  // namespace

Value evidence_value(const Situation& situation, const Evidence& e) {
  Value value = deliverable_value(situation, e.deliverable);
  value.set("degree", name_of(e.degree)).set("suspect", e.suspect).set("contribution", rounded(e.contribution));
  add_link(value, situation.graph(), e.link);
  return value;
}

Value evidence_values(const Situation& situation, const std::vector<Evidence>& evidence) {
  Value list = Value::array();
  for (const Evidence& e : evidence) list.push(evidence_value(situation, e));
  return list;
}

std::string evidence_text(const Situation& situation, const Evidence& e) {
  return fmt::format("{} by {} ({}{})", e.degree == Degree::full ? "in full" : "in part",
                     situation.graph().node(e.deliverable).id, name_of(e.state), e.suspect ? ", suspect" : "");
}

std::string evidence_texts(const Situation& situation, const std::vector<Evidence>& evidence, std::size_t most) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(most, evidence.size()); ++i) parts.push_back(evidence_text(situation, evidence[i]));
  if (evidence.size() > most) parts.push_back(fmt::format("and {} more", evidence.size() - most));
  return join(parts, "; ");
}

std::vector<Evidence> outside(const Scope& scope, std::vector<Evidence> evidence) {
  std::erase_if(evidence, [&](const Evidence& e) { return scope.has(e.deliverable); });
  return evidence;
}

std::vector<Mention> mentions_of(const Situation& situation, NodeId need) {
  std::vector<Mention> result;
  for (const LinkId l : situation.graph().in(need, Relation::mentions)) {
    if (situation.counts(l) && situation.state(situation.graph().edge(l).from))
      result.push_back({l, situation.graph().edge(l).from});
  }
  return result;
}

Value mention_values(const Situation& situation, const std::vector<Mention>& mentions) {
  Value list = Value::array();
  for (const Mention& m : mentions) {
    Value value = deliverable_value(situation, m.deliverable);
    add_link(value, situation.graph(), m.link);
    list.push(std::move(value));
  }
  return list;
}

Value search_values(const Graph& graph, NodeId need) {
  Value list = Value::array();
  for (const std::uint32_t s : graph.searches_for(need)) list.push(search_value(graph.searches()[s].record, false));
  return list;
}

std::vector<std::size_t> needs_by_search(const Graph& graph, const std::vector<NodeId>& needs) {
  std::vector<std::size_t> counts(graph.searches().size());
  for (const NodeId need : needs) {
    for (const std::uint32_t s : graph.searches_for(need)) ++counts[s];
  }
  return counts;
}

std::string read_of(const Search& search) { return search.read.empty() ? "titles and abstracts" : search.read; }

namespace {

/// One after the other, with what tells them apart said once: searches of the same catalogues by the same people.
struct LikeSearches {
  std::string where;  ///< "in the titles and abstracts of 6 catalogues with 166,271 records (OASIS as of 2025-02-12)".
  std::string by;     ///< "by Lacuna editors", "signed by the rapporteur".
  std::vector<std::string> days;
};

std::string where_of(const Search& search) {
  std::int64_t records = 0;
  for (const SearchedCatalogue& c : search.catalogues) records += c.records.value_or(0);
  const auto oldest = std::ranges::min_element(
      search.catalogues, {}, [](const SearchedCatalogue& c) { return c.date ? c.date->last_day() : Day::after_everything; });
  std::string text = fmt::format("in the {} of {}{}", read_of(search), count_of(search.catalogues.size(), "catalogue"),
                                 records > 0 ? " with " + records_text(records) : "");
  if (oldest != search.catalogues.end() && oldest->date) text += fmt::format(" ({})", dated_source(oldest->name, oldest->date));
  return text;
}

/// "; 2 documents near it judged; 1 came near it since and is not judged yet".
std::string candidates_text(const Graph& graph, NodeId need) {
  std::size_t judged = 0;
  std::size_t waiting = 0;
  for (const std::uint32_t s : graph.searches_for(need)) {
    const Search& search = graph.searches()[s].record;
    judged += static_cast<std::size_t>(std::ranges::count_if(search.candidates, [&](const JudgedCandidate& c) {
      return c.need == graph.node(need).id && c.finding != Finding::not_read;
    }));
    waiting += static_cast<std::size_t>(std::ranges::count(search.unjudged, graph.node(need).id, &UnjudgedCandidate::need));
  }
  std::string text;
  if (judged > 0) text += fmt::format("; {} near it judged", count_of(judged, "document"));
  if (waiting > 0)
    text +=
        fmt::format("; {} came near it since and {} not judged yet", count_of(waiting, "document"), waiting == 1 ? "is" : "are");
  return text;
}

/// Bodies that no record of the need looked into, of those that its records name.
std::vector<std::string> searched_by_none(const Graph& graph, NodeId need) {
  std::optional<std::vector<std::string>> left_out;
  for (const std::uint32_t s : graph.searches_for(need)) {
    const std::vector<std::string>& not_searched = graph.searches()[s].record.not_searched;
    if (!left_out) left_out = not_searched;
    std::erase_if(*left_out, [&](const std::string& body) { return !std::ranges::count(not_searched, body); });
  }
  return left_out.value_or(std::vector<std::string>());
}

}  // namespace

std::string search_text(const Graph& graph, NodeId need) {
  std::vector<LikeSearches> all;
  for (const std::uint32_t s : graph.searches_for(need)) {
    const Search& search = graph.searches()[s].record;
    const std::string by = search.signature ? "signed by " + search.signature->by : "by " + search.by;
    const std::string where = where_of(search);
    auto like = std::ranges::find_if(all, [&](const LikeSearches& l) { return l.where == where && l.by == by; });
    if (like == all.end()) like = all.insert(all.end(), {where, by, {}});
    const std::string day = to_string(search.signature ? search.signature->on : search.on);
    if (!std::ranges::count(like->days, day)) like->days.push_back(day);
  }
  if (all.empty()) return "nobody searched for it";
  std::vector<std::string> parts;
  for (const LikeSearches& l : all) parts.push_back(fmt::format("{} {} on {}", l.where, l.by, listed(l.days)));
  std::string text = fmt::format("not found {}{}", join(parts, "; "), candidates_text(graph, need));
  const std::vector<std::string> not_searched = searched_by_none(graph, need);
  if (!not_searched.empty()) text += fmt::format("; {} not searched", join(not_searched, ", "));
  return text;
}

namespace {

/// What was searched, each catalogue once: by its name, and where another name has the same records of the same day.
class SearchedOnce {
 public:
  void add(const SearchedCatalogue& c) {
    const auto same = std::ranges::find_if(list_, [&](const SearchedCatalogue& known) {
      return identity_of(known.name) == identity_of(c.name) ||
             (c.records && c.date && known.records == c.records && known.date == c.date);
    });
    if (same == list_.end()) {
      list_.push_back(c);
      return;
    }
    if (c.records > same->records) same->records = c.records;
    if (c.date && (!same->date || c.date->last_day() < same->date->last_day())) same->date = c.date;
  }
  [[nodiscard]] const std::vector<SearchedCatalogue>& list() const { return list_; }

 private:
  std::vector<SearchedCatalogue> list_;
};

}  // namespace

std::string search_note(const Graph& graph, NodeId need) {
  SearchedOnce catalogues;
  std::set<std::string> days;
  for (const std::uint32_t s : graph.searches_for(need)) {
    const Search& search = graph.searches()[s].record;
    for (const SearchedCatalogue& c : search.catalogues) catalogues.add(c);
    days.insert(to_string(search.signature ? search.signature->on : search.on));
  }
  if (days.empty()) return "nobody searched for it";
  return fmt::format("not found in {} on {}{}", count_of(catalogues.list().size(), "catalogue"),
                     listed(std::vector<std::string>(days.begin(), days.end())), candidates_text(graph, need));
}

std::string searches_text(const Graph& graph, const std::vector<NodeId>& needs) {
  SearchedOnce catalogues;
  std::vector<std::string> not_searched;
  std::vector<std::string> read;
  const auto note = [](std::vector<std::string>& list, const std::string& word) {
    if (std::ranges::find(list, word) == list.end()) list.push_back(word);
  };
  const std::vector<std::size_t> behind = needs_by_search(graph, needs);
  for (std::size_t s = 0; s < behind.size(); ++s) {
    if (behind[s] == 0) continue;
    const Search& search = graph.searches()[s].record;
    for (const SearchedCatalogue& c : search.catalogues) catalogues.add(c);
    note(read, read_of(search));
  }
  // A body is left out for a need where no record of the need looked there.
  for (const NodeId need : needs) {
    for (const std::string& body : searched_by_none(graph, need)) note(not_searched, body);
  }
  if (catalogues.list().empty()) return {};
  std::uint64_t records = 0;
  const SearchedCatalogue* oldest = nullptr;
  for (const SearchedCatalogue& c : catalogues.list()) {
    records += static_cast<std::uint64_t>(c.records.value_or(0));
    if (c.date && (oldest == nullptr || c.date->last_day() < oldest->date->last_day())) oldest = &c;
  }
  std::string text =
      fmt::format("“Not found” rests on the {} of {}{}{}", listed(read), count_of(catalogues.list().size(), "catalogue"),
                  records > 0 ? " with " + records_text(records) : "",
                  oldest != nullptr ? fmt::format(", the oldest that of {}", dated_source(oldest->name, oldest->date)) : "");
  if (!not_searched.empty()) text += fmt::format("; not searched: {}", listed(not_searched));
  return text + ".";
}

std::size_t rows_shown(std::size_t all, const Params& params) { return params.limit == 0 ? all : std::min(params.limit, all); }

std::string caption_of(std::string_view text, std::size_t all, const Params& params) {
  const std::size_t shown = rows_shown(all, params);
  return shown == all ? std::string(text) : fmt::format("{} (the first {} of {})", text, shown, all);
}

Table table_of(std::string name, std::string_view caption, std::vector<Column> columns, std::size_t all, const Params& params,
               const std::function<Value(std::size_t)>& row_of) {
  Table table{std::move(name), caption_of(caption, all, params), std::move(columns), {}};
  for (std::size_t i = 0; i < rows_shown(all, params); ++i) table.rows.push_back(row_of(i));
  return table;
}

namespace {

Value::Object moment_head(const Situation& situation, const Params& params) {
  Value::Object head;
  head.emplace_back("map", situation.graph().info().title);
  head.emplace_back("as_of", to_string(situation.as_of()));
  if (!params.tag.empty()) head.emplace_back("tag", params.tag);
  if (!params.known_by.empty()) head.emplace_back("known_by", params.known_by);
  return head;
}

void add_filters(Value::Object& head, const Situation& situation, const Params& params) {
  const Graph& graph = situation.graph();
  if (params.objective) head.emplace_back("objective", graph.node(*params.objective).id);
  if (params.topic) head.emplace_back("topic", graph.node(*params.topic).id);
  if (params.session) head.emplace_back("session", graph.node(*params.session).id);
  head.emplace_back("include_suggested", situation.include_suggested());
  Value profile = Value::object();
  profile.set("name", situation.profile().name).set("hash", situation.profile().hash);
  head.emplace_back("profile", std::move(profile));
}

Value scope_value(const Graph& graph, const Params& params) {
  return params.scope ? Value(graph.node(*params.scope).id) : Value();
}

}  // namespace

Value::Object head_of(const Situation& situation, const Params& params) {
  Value::Object head = moment_head(situation, params);
  for (auto& member : filters_head(situation, params)) head.push_back(std::move(member));
  head.emplace_back("needs", selected_needs(situation, params).size());
  head.emplace_back("needs_described_later", situation.needs_later());
  head.emplace_back("needs_ended", situation.needs_ended());
  return head;
}

Value::Object filters_head(const Situation& situation, const Params& params) {
  Value::Object head;
  head.emplace_back("scope", scope_value(situation.graph(), params));
  add_filters(head, situation, params);
  return head;
}

Value::Object head_without_needs(const Situation& situation, const Params& params) {
  Value::Object head = moment_head(situation, params);
  add_filters(head, situation, params);
  return head;
}

std::string moment_text(const Situation& situation, const Params& params, std::string_view as_of) {
  std::string line = fmt::format("{} {}", as_of, to_string(situation.as_of()));
  if (!params.tag.empty()) line += fmt::format(" · the map as tagged \"{}\"", params.tag);
  if (!params.known_by.empty()) line += fmt::format(" · with what the map had been told by {}", params.known_by);
  return line;
}

std::string absence_text(const Situation& situation, NodeId id) {
  const Node& node = situation.graph().node(id);
  for (const NodeDate& d : node.dates) {
    if (d.what == "until" && d.date.first_day() <= situation.as_of())
      return fmt::format("{} ended {}: it starts and finishes nothing any more", node.id, to_string(d.date));
  }
  return fmt::format("{} was not there yet on {}", node.id, to_string(situation.as_of()));
}

namespace {

std::vector<std::string> notes_with(const Situation& situation, const Params& params, const std::string& scope) {
  const Graph& graph = situation.graph();
  std::vector<std::string> notes;
  std::string line = fmt::format("{} · {}", moment_text(situation, params), scope);
  if (params.objective) line += fmt::format(" · objective: {}", graph.node(*params.objective).id);
  if (params.topic) line += fmt::format(" · topic: {}", graph.node(*params.topic).title);
  if (params.session) line += fmt::format(" · {}", graph.node(*params.session).id);
  line += fmt::format(" · {}", count_of(selected_needs(situation, params).size(), "need"));
  std::vector<std::string> others;
  if (situation.needs_later() > 0) others.push_back(fmt::format("{} more described only later", situation.needs_later()));
  if (situation.needs_ended() > 0) others.push_back(fmt::format("{} ended before", situation.needs_ended()));
  if (!others.empty()) line += fmt::format(" (on the map, {})", join(others, ", "));
  if (situation.include_suggested()) line += " · suggested links counted";
  notes.push_back(std::move(line));
  if (params.scope && !situation.exists(*params.scope)) notes.push_back(absence_text(situation, *params.scope));
  // Of a map written long after the day; within a year, what is published had mostly been seen as a draft.
  const bool earlier = graph.info().date && years_after(situation.as_of(), 1) < graph.info().date->first_day();
  if (const std::size_t n = situation.starts_unknown(); earlier && n > 0) {
    notes.push_back(
        fmt::format("Start unknown: {} published within four years after this day; work on them may have been under way",
                    count_of(n, "deliverable")));
  }
  return notes;
}

}  // namespace

std::string whose_coverage(const Graph& graph, const Params& params) {
  return params.scope ? fmt::format("coverage by {} alone", graph.node(*params.scope).id) : "coverage by all groups";
}

std::vector<std::string> notes_of(const Situation& situation, const Params& params) {
  return notes_with(situation, params,
                    fmt::format("scope: {}", params.scope ? situation.graph().node(*params.scope).id : "all groups"));
}

std::vector<std::string> face_notes(const Situation& situation, const Params& params) {
  return notes_with(situation, params, whose_coverage(situation.graph(), params));
}

Value tally_value(const Tally& tally) {
  Value value = Value::object();
  for (std::size_t s = 0; s < tally.by_state.size(); ++s) value.set(words<CoverageState>()[s].name, tally.by_state[s]);
  return value;
}

std::string dated_source(const std::string& name, const std::optional<Date>& date) {
  return date ? fmt::format("{} as of {}", name, to_string(*date)) : name;
}

std::string tally_text(const Tally& tally) {
  std::vector<std::string> parts;
  for (std::size_t s = 0; s < tally.by_state.size(); ++s) {
    if (tally.by_state[s] > 0) parts.push_back(fmt::format("{} {}", tally.by_state[s], words<CoverageState>()[s].name));
  }
  return parts.empty() ? "no needs" : join(parts, ", ");
}

std::vector<NodeId> needs_behind(const Situation& situation, NodeId root) {
  const Graph& graph = situation.graph();
  const bool topic = graph.node(root).kind == Kind::topic;
  std::vector<NodeId> roots{root};
  if (graph.node(root).kind == Kind::session) {
    roots.clear();
    for (const LinkId l : graph.out(root, Relation::discusses)) {
      if (situation.counts(l)) roots.push_back(graph.edge(l).to);
    }
  }
  std::vector<bool> marked(graph.size());
  std::vector<NodeId> result;
  std::vector<NodeId> parts;
  for (const NodeId r : roots) {
    const std::vector<NodeId> whole = graph.whole(r);
    parts.insert(parts.end(), whole.begin(), whole.end());
  }
  for (const NodeId part : parts) {
    const auto take = [&](NodeId id) {
      if (!is_need(graph.node(id).kind) || marked[index(id)] || !situation.exists(id)) return;
      marked[index(id)] = true;
      result.push_back(id);
    };
    if (topic) {
      take(part);
    } else {
      for (const LinkId l : graph.in(part, Relation::serves)) {
        if (situation.counts(l)) take(graph.edge(l).from);
      }
    }
  }
  std::ranges::sort(result);
  return result;
}

Scope scope_of(const Graph& graph, const Params& params) { return params.scope ? Scope(graph, *params.scope) : Scope(); }

std::vector<NodeId> selected_needs(const Situation& situation, const Params& params) {
  std::vector<NodeId> result = situation.needs();
  const auto keep = [&](NodeId root) {
    const std::vector<NodeId> behind = needs_behind(situation, root);
    std::erase_if(result, [&](NodeId id) { return !std::ranges::binary_search(behind, id); });
  };
  if (params.objective) keep(*params.objective);
  if (params.topic) keep(*params.topic);
  if (params.session) {
    const std::vector<NodeId> about = needs_of_session(situation, *params.session);
    std::erase_if(result, [&](NodeId id) { return !std::ranges::binary_search(about, id); });
  }
  return result;
}

}  // namespace lacuna
