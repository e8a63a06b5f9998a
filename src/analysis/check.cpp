// A proposed work item beside everything that exists.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/explain.hpp"
#include "analysis/mandates.hpp"
#include "analysis/shared_words.hpp"
#include "base/identity.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// "ISO/IEC 29115" of "ISO/IEC 29115-2:2013"; empty where it is no part.
std::string whole_number(const Identifier& identifier) {
  const std::size_t dash = identifier.number.find('-');
  return dash == std::string::npos ? std::string() : identifier.number.substr(0, dash);
}

/// A catalogue's entry without number and group is none of a document that stands for anything: "IEEE Federated".
bool is_document(const RecordRow& record) {
  return !record.group.empty() || std::ranges::any_of(record.facts.identifier.text, is_digit);
}

/// What has ended comes after what is as near and in force.
double place(const DocumentBeside& near) {
  return near.overlap.degree * (near.state && *near.state > State::published ? 0.8 : 1);
}

/// The map, prepared once.
struct Known {
  Known(const Graph& g, const Params& p, Comparison& c, std::vector<CatalogueInfo> list)
      : graph(g), params(p), comparison(c), catalogues(std::move(list)), situation(g, *p.profile, p.as_of, p.include_suggested) {
    if (p.scope) own_groups = g.whole(*p.scope);
    for (const NodeId need : situation.needs())
      needs.emplace_back(need, Held(c, *p.profile, {g.node(need).title, g.node(need).text}));
    for (const NodeId d : g.of_kind(Kind::deliverable)) {
      Work& work = by_work[parse_identifier(g.node(d).id).work()];
      work.editions.push_back(d);
      if (situation.milestone(d) != nullptr) work.newest = d;
    }
    for (auto& [key, work] : by_work) {
      if (work.newest) work.text = c.prepare({g.node(*work.newest).title, g.node(*work.newest).text});
    }
  }

  struct Work {
    std::vector<NodeId> editions;  ///< In natural order.
    std::optional<NodeId> newest;  ///< That exists on the day.
    Prepared text;                 ///< Of the newest.
  };

  const Graph& graph;
  const Params& params;
  Comparison& comparison;
  std::vector<CatalogueInfo> catalogues;
  Situation situation;
  std::vector<NodeId> own_groups;
  std::vector<std::pair<NodeId, Held>> needs;
  std::map<std::string, Work> by_work;
};

class Checking {
 public:
  Checking(const Known& known, const Proposal& proposal, const std::vector<NearWork>& works,
           const std::vector<NamedDocument>& named)
      : known_(known),
        graph_(known.graph),
        params_(known.params),
        situation_(known.situation),
        proposal_(proposal),
        works_(works),
        named_(named),
        own_(proposal.id.empty() ? Identifier() : parse_identifier(proposal.id)),
        held_(known.comparison, *known.params.profile, proposal.writing) {}

  Checked run() {
    find_needs();
    const std::string own_work = proposal_.id.empty() ? std::string() : own_.work();
    std::set<std::string> seen;
    for (const NearWork& work : works_) {
      const std::string key = work.face.facts.identifier.work();
      seen.insert(key);
      if (key != own_work) take(work, key);
    }
    for (const auto& [key, work] : known_.by_work) {
      if (work.newest && !seen.contains(key) && key != own_work) take(work);
    }
    std::ranges::stable_sort(found_, [](const DocumentBeside& a, const DocumentBeside& b) {
      if (a.closeness.nearness != b.closeness.nearness) return a.closeness.nearness < b.closeness.nearness;
      return place(a) != place(b) ? place(a) > place(b) : natural_less(a.identifier, b.identifier);
    });
    Checked checked;
    checked.proposal = proposal_;
    judge(checked);
    checked.documents = std::move(found_);
    checked.needs = std::move(needs_);
    return checked;
  }

 private:
  /// Needs that the proposal names: what both may be about.
  void find_needs() {
    const Prepared prepared = known_.comparison.prepare(proposal_.writing);
    for (const auto& [need, held] : known_.needs) {
      const Overlap overlap = held.overlap(prepared);
      if (overlap.degree < params_.profile->neighbouring) continue;
      if (held.closeness(overlap, proposal_.writing).nearness == Nearness::similar_words) continue;
      needs_.emplace_back(overlap.degree, need);
    }
    std::ranges::stable_sort(needs_, [](const auto& a, const auto& b) { return a.first > b.first; });
    if (needs_.size() > most_needs) needs_.resize(most_needs);
    // What is named by its code is meant, whatever its words.
    const std::set<std::string, std::less<>> codes = codes_in(proposal_.writing.text);
    std::vector<std::pair<double, NodeId>> coded;
    for (const auto& [need, held] : known_.needs) {
      if (codes.contains(graph_.node(need).id)) coded.emplace_back(1.0, need);
    }
    std::erase_if(needs_, [&](const auto& n) { return codes.contains(graph_.node(n.second).id); });
    needs_.insert(needs_.begin(), coded.begin(), coded.end());
  }

  /// Words with a digit, as codes of needs have one: "RC01" of "open benchmarks (RC01)". Not those of what a scope leaves out.
  static std::set<std::string, std::less<>> codes_in(std::string_view text) {
    std::set<std::string, std::less<>> codes;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(". "), text.size());
      const std::string_view sentence = text.substr(0, end);
      text.remove_prefix(std::min(end + 2, text.size()));
      const std::string plain = lower(sentence);
      if (plain.find("outside its scope") != std::string::npos || plain.find("out of scope") != std::string::npos) continue;
      for (std::size_t at = 0; at < sentence.size();) {
        const auto is_code = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
        std::size_t length = 0;
        while (at + length < sentence.size() && is_code(sentence[at + length])) ++length;
        const std::string_view word = sentence.substr(at, length);
        if (std::ranges::any_of(word, is_digit)) codes.emplace(word);
        at += length + 1;
      }
    }
    return codes;
  }

  void take(const NearWork& work, const std::string& key) {
    const auto on_map = known_.by_work.find(key);
    if (on_map == known_.by_work.end() && !is_document(work.face)) return;
    std::optional<NearDocument> document = held_.beside(work.face);
    if (!document) return;
    DocumentBeside near{std::move(*document), {}, false, {}};
    if (on_map != known_.by_work.end()) near.on_map = on_map->second.editions;
    if (near.group.empty() && !near.on_map.empty()) near.group = developers(graph_, near.on_map.back());
    finish(std::move(near), work.face.facts.identifier);
  }

  /// A work that the map alone knows: its newest edition speaks.
  void take(const Known::Work& work) {
    const Node& node = graph_.node(*work.newest);
    DocumentBeside near;
    near.on_map = work.editions;
    near.overlap = held_.overlap(work.text);
    if (near.overlap.degree <= 0 && covered_by(near).empty()) return;
    near.closeness = held_.closeness(near.overlap, {node.title, node.text});
    const Milestone& now = *situation_.milestone(*work.newest);
    near.identifier = node.id;
    near.title = node.title;
    near.group = developers(graph_, *work.newest);
    near.address = node.address;
    near.source = node.source.name;
    near.state = now.state;
    // As precise as the map says it: nothing where the state is undated.
    for (const NodeDate& date : node.dates) {
      if (parse<State>(date.what) == now.state) near.since = date.date;
    }
    finish(std::move(near), parse_identifier(node.id));
  }

  /// What a document does for a need, with what counts today.
  enum class Does : std::uint8_t { nothing, mentions, covers_in_part, covers_in_full };

  Does does(const DocumentBeside& near, NodeId need) const {
    Does best = Does::nothing;
    for (const NodeId d : near.on_map) {
      for (const LinkId l : graph_.out(d, Relation::mentions)) {
        if (graph_.edge(l).to == need && situation_.counts(l)) best = std::max(best, Does::mentions);
      }
      for (const LinkId l : graph_.out(d, Relation::covers)) {
        const auto& edge = graph_.edge(l);
        if (edge.to != need || !situation_.counts(l) || edge.degree == Degree::none) continue;
        best = std::max(best, edge.degree == Degree::full ? Does::covers_in_full : Does::covers_in_part);
      }
    }
    return best;
  }

  /// Needs of those that the proposal names, which a document covers or mentions.
  std::vector<NodeId> covered_by(const DocumentBeside& near) const {
    std::vector<NodeId> needs;
    for (const auto& [degree, need] : needs_) {
      if (does(near, need) != Does::nothing) needs.push_back(need);
    }
    std::ranges::sort(needs);
    return needs;
  }

  void finish(DocumentBeside&& near, const Identifier& identifier) {
    const std::string whole = whole_number(identifier);
    Closeness& closeness = near.closeness;
    if (!whole.empty() && whole == whole_number(own_) && identifier.space == own_.space) {
      closeness = {Nearness::neighbouring,
                   fmt::format("another part of {}", near.identifier.substr(0, near.identifier.find(whole) + whole.size()))};
    }
    near.covers = covered_by(near);
    if (!near.covers.empty() && closeness.nearness == Nearness::similar_words) {
      closeness.nearness = Nearness::neighbouring;
      closeness.why = covers_text(near);
    }
    for (const NodeId d : near.on_map) {
      for (const NodeId g : graph_.developers_of(d)) near.own = near.own || std::ranges::binary_search(known_.own_groups, g);
    }
    if (params_.scope && !near.own) {
      const Node& group = graph_.node(*params_.scope);
      const auto names = [&](const std::string& name) { return !name.empty() && identity_of(near.group) == identity_of(name); };
      near.own = names(group.id) || names(group.title) || std::ranges::any_of(group.aliases, names);
    }
    found_.push_back(std::move(near));
  }

  /// "covers UC12 in full, RC3 in part, mentions RC5".
  std::string covers_text(const DocumentBeside& near) const {
    std::vector<std::string> covered;
    std::vector<std::string> mentioned;
    for (const NodeId need : near.covers) {
      const Does does = this->does(near, need);
      const std::string& id = graph_.node(need).id;
      if (does == Does::mentions)
        mentioned.push_back(id);
      else
        covered.push_back(fmt::format("{} in {}", id, does == Does::covers_in_full ? "full" : "part"));
    }
    std::vector<std::string> parts;
    if (!covered.empty()) parts.push_back("covers " + join(covered, ", "));
    if (!mentioned.empty()) parts.push_back("mentions " + join(mentioned, ", "));
    return join(parts, ", ");
  }

  std::string state_text(const DocumentBeside& near) const {
    if (!near.state) return "state unknown";
    return fmt::format("{}{}", name_of(*near.state), near.since ? " " + to_string(*near.since) : "");
  }

  std::string cite(const DocumentBeside& near) const {
    return fmt::format("{} ({}{})", near.identifier, state_text(near), near.group.empty() ? "" : ", " + near.group);
  }

  /// With the reason why it is near.
  std::string cite_with_reason(const DocumentBeside& near) const {
    std::vector<std::string> parts{state_text(near)};
    if (!near.group.empty()) parts.push_back(near.group);
    std::string text = fmt::format("{} ({})", near.identifier, join(parts, ", "));
    if (!near.closeness.why.empty()) text += ": " + near.closeness.why;
    return text;
  }

  /// What follows from a document of the same subject.
  std::string advice(const DocumentBeside& near) const {
    const std::string words = words_text(near.overlap.shared, 5);
    const std::string shared = near.closeness.why.empty() ? words : words + "; " + near.closeness.why;
    if (near.state && *near.state > State::published)
      return fmt::format("{} had the same subject ({}) and has ended: say why it is taken up again", cite(near), shared);
    const bool in_force = near.state && *near.state >= State::approved;
    if (near.own) {
      return in_force
                 ? fmt::format(
                       "{} is the group's own and has the same subject ({}): propose its revision, or say what it leaves out",
                       cite(near), shared)
                 : fmt::format("{} is under way in the group itself ({}): contribute to it", cite(near), shared);
    }
    return in_force ? fmt::format("{} has the same subject ({}): adopt it or refer to it, and say what the new text adds",
                                  cite(near), shared)
                    : fmt::format("{} is under way on the same subject ({}): send a liaison statement before starting",
                                  cite(near), shared);
  }

  CheckVerdict verdict_of(const DocumentBeside& near) const {
    if (near.closeness.nearness == Nearness::similar_words) return CheckVerdict::clear;
    if (near.closeness.nearness == Nearness::neighbouring || (near.state && *near.state > State::published))
      return CheckVerdict::relate;
    return near.state && *near.state < State::approved ? CheckVerdict::coordinate : CheckVerdict::collides;
  }

  void judge(Checked& checked) const {
    std::vector<std::string>& reasons = checked.reasons;
    checked.verdict = CheckVerdict::clear;
    for (const DocumentBeside& near : found_) checked.verdict = std::min(checked.verdict, verdict_of(near));
    // What decides comes first.
    std::vector<const DocumentBeside*> same;
    for (const DocumentBeside& near : found_) {
      if (near.closeness.nearness == Nearness::same_subject) same.push_back(&near);
    }
    std::ranges::stable_sort(same, [&](const auto* a, const auto* b) { return verdict_of(*a) < verdict_of(*b); });
    for (const DocumentBeside* near : same) {
      if (verdict_of(*near) == checked.verdict && checked.verdict < CheckVerdict::relate && checked.grounds.size() < 3)
        checked.grounds.push_back(near->identifier);
      if (reasons.size() < most_reasons) reasons.push_back(advice(*near));
    }
    std::vector<std::string> covering;
    std::vector<std::string> neighbours;
    for (const DocumentBeside& near : found_) {
      if (near.closeness.nearness != Nearness::neighbouring) continue;
      std::vector<std::string>& list = near.covers.empty() ? neighbours : covering;
      if (list.size() >= most_reasons) continue;
      list.push_back(near.covers.empty() ? cite_with_reason(near) : fmt::format("{}: {}", cite(near), covers_text(near)));
    }
    if (!covering.empty()) {
      std::vector<std::string> needs;
      for (const auto& [degree, need] : needs_) {
        const bool told = std::ranges::any_of(found_, [&, named = need](const DocumentBeside& near) {
          return near.closeness.nearness == Nearness::neighbouring && std::ranges::binary_search(near.covers, named);
        });
        if (told && needs.size() < 4) needs.push_back(fmt::format("{} {}", graph_.node(need).id, graph_.node(need).title));
      }
      reasons.push_back(fmt::format("By needs of the map that the proposal names ({}), to be named under relations: {}",
                                    join(needs, "; "), join(covering, "; ")));
    }
    if (!neighbours.empty())
      reasons.push_back(fmt::format("Neighbouring, to be named under relations: {}", join(neighbours, "; ")));
    if (checked.verdict == CheckVerdict::clear) {
      reasons.push_back(found_.empty() ? std::string("No document shares its words")
                                       : fmt::format("The nearest is {}, which shares {} and has another subject",
                                                     cite(found_.front()), words_text(found_.front().overlap.shared, 5)));
    }
    for (const NamedDocument& named : named_) reasons.push_back(says(named));
  }

  /// What is known of a document that the proposal names.
  std::string says(const NamedDocument& named) const {
    if (named.record) {
      const RecordRow& r = *named.record;
      const std::optional<Date> since = r.since ? r.since : r.facts.published;
      return fmt::format("The proposal names {}: {}{}{}", named.identifier,
                         r.title.empty() ? "" : fmt::format("“{}”, ", shortened(r.title, 100)), name_of(r.state),
                         since ? " " + to_string(*since) : "");
    }
    return fmt::format("The proposal names {}: {}; {}", named.identifier,
                       named.on_map ? "on the map, and not in the catalogues" : "not in the catalogues",
                       named.catalogues.empty() ? "none of its body is loaded" : named.catalogues);
  }

  static constexpr std::size_t most_reasons = 5;
  static constexpr std::size_t most_needs = 12;

  const Known& known_;
  const Graph& graph_;
  const Params& params_;
  const Situation& situation_;
  const Proposal& proposal_;
  const std::vector<NearWork>& works_;
  const std::vector<NamedDocument>& named_;
  const Identifier own_;
  const Held held_;
  std::vector<std::pair<double, NodeId>> needs_;
  std::vector<DocumentBeside> found_;
};

/// What checks found, as answers.
class Answering {
 public:
  explicit Answering(const Known& known) : known_(known) {}

  Result one(const Checked& checked) const {
    Result result;
    result.schema = "check-1";
    result.title = fmt::format("Check: {}", checked.proposal.writing.title);
    result.head = head_of(known_.situation, known_.params);
    Value proposal = Value::object();
    if (!checked.proposal.id.empty()) proposal.set("id", checked.proposal.id);
    proposal.set("title", checked.proposal.writing.title).set("scope", checked.proposal.writing.text);
    result.head.emplace_back("proposal", std::move(proposal));
    result.head.emplace_back("verdict", Value(name_of(checked.verdict)));
    result.head.emplace_back("reasons", reasons_value(checked));
    result.head.emplace_back("catalogues", catalogues_value());
    result.summary.push_back(held_against());
    result.summary.push_back(fmt::format("Verdict: {} — {}{}", name_of(checked.verdict), word_of(checked.verdict).meaning,
                                         checked.grounds.empty() ? "" : ": " + join(checked.grounds, ", ")));
    for (const std::string& reason : checked.reasons) result.summary.push_back(fmt::format("· {}", reason));
    if (checked.groups) result.summary.push_back("· " + belongs_to(*checked.groups));
    using enum Column::Format;
    Table table{"nearest",
                caption_of("Nearest documents", checked.documents.size(), known_.params),
                {{"nearness", "nearness", text},
                 {"degree", "degree", score},
                 {"identifier", "document", text, {}, 40},
                 {"state", "state", text},
                 {"since", "since", text},
                 {"title", "title", title, {}, 60},
                 {"group", "group", text, {}, 28},
                 {"words", "shared words", text, {}, 60},
                 {"lacks", "lacks", text, {}, 40},
                 {"both_serve", "both serve", text}},
                {}};
    table.rows = documents(checked);
    if (checked.groups) result.tables.push_back(groups_table(*checked.groups));
    result.tables.push_back(std::move(table));
    result.tables.push_back(needs_table(checked));
    return result;
  }

  Result all(const std::vector<Checked>& programme) const {
    using enum Column::Format;
    Result result;
    result.schema = "check-all-1";
    result.title = "Check of a work programme";
    if (!programme.empty()) {
      result.head = head_of(known_.situation, known_.params);
      result.head.emplace_back("catalogues", catalogues_value());
      result.summary.push_back(held_against());
    }
    Table table{"proposals",
                "",
                {{"id", "id", text},
                 {"title", "title", title, {}, 60},
                 {"verdict", "verdict", text},
                 {"nearest", "nearest", text, {}, 40},
                 {"nearness", "nearness", text},
                 {"degree", "degree", score},
                 {"words", "shared words", text, {}, 50},
                 {"reason", "reason", text, {}, 90}},
                {}};
    EnumArray<CheckVerdict, std::size_t> counts{};
    for (const Checked& checked : programme) {
      ++counts[checked.verdict];
      Value row = Value::object();
      row.set("id", checked.proposal.id)
          .set("title", checked.proposal.writing.title)
          .set("verdict", name_of(checked.verdict))
          .set("reasons", reasons_value(checked));
      row.set("reason", checked.reasons.empty() ? Value() : Value(checked.reasons.front()));
      if (!checked.documents.empty()) {
        const DocumentBeside& near = checked.documents.front();
        row.set("nearness", name_of(near.closeness.nearness))
            .set("degree", rounded(near.overlap.degree))
            .set("words", words_text(near.overlap.shared, most_words_told))
            .set("nearest", near.identifier);
      }
      if (checked.groups) {
        row.set("question", checked.groups->empty() ? Value() : Value(checked.groups->front().id));
        row.set("questions", Value(groups_table(*checked.groups).rows));
      }
      row.set("documents", Value(documents(checked))).set("may_serve", Value(needs_table(checked).rows));
      table.rows.push_back(std::move(row));
    }
    std::vector<std::string> parts;
    for (const CheckVerdict v : all_of<CheckVerdict>()) {
      if (counts[v] > 0) parts.push_back(fmt::format("{} {}", counts[v], name_of(v)));
    }
    result.summary.push_back(
        fmt::format("{}: {}", count_of(programme.size(), "proposal"), parts.empty() ? "none" : join(parts, ", ")));
    result.tables.push_back(std::move(table));
    return result;
  }

 private:
  static Value reasons_value(const Checked& checked) {
    Value list = Value::array();
    for (const std::string& reason : checked.reasons) list.push(reason);
    return list;
  }

  Value catalogues_value() const {
    Value catalogues = Value::array();
    for (const CatalogueInfo& c : known_.catalogues) {
      Value one = Value::object();
      one.set("name", c.name).set("records", c.records).set("date", c.date ? Value(to_string(*c.date)) : Value());
      catalogues.push(std::move(one));
    }
    return catalogues;
  }

  std::string held_against() const {
    const Params& params = known_.params;
    std::uint64_t records = 0;
    for (const CatalogueInfo& c : known_.catalogues) records += c.records;
    std::string held = fmt::format("{}{}; held against ", moment_text(known_.situation, params),
                                   params.scope ? " · proposed by " + known_.graph.node(*params.scope).id : "");
    if (!known_.catalogues.empty())
      held += fmt::format("{} of {} as they stand and ", records_text(records), count_of(known_.catalogues.size(), "catalogue"));
    return held + fmt::format("the deliverables of the map{}", known_.catalogues.empty() ? "; no catalogue is loaded" : "");
  }

  std::string belongs_to(const std::vector<MandatedGroup>& groups) const {
    if (groups.empty()) return "No mandate on the map and no work of the catalogues says to which group it belongs";
    const MandatedGroup& best = groups.front();
    std::vector<std::string> why;
    if (!best.words.empty()) why.push_back("its mandate has " + join(best.words, ", "));
    if (!best.works.empty()) why.push_back("near to it: " + join(best.works, ", "));
    std::string text = fmt::format("Belongs to {}{}{}{}", best.id, best.title.empty() ? "" : " (" + best.title + ")",
                                   why.empty() ? "" : ": ", join(why, "; "));
    if (groups.size() > 1) text += fmt::format("; else {}", groups[1].id);
    return text;
  }

  Table groups_table(const std::vector<MandatedGroup>& groups) const {
    using enum Column::Format;
    Table table{"questions",
                "Groups to which it may belong, by their mandates and by what is published",
                {{"id", "group", text},
                 {"title", "title", title, {}, 60},
                 {"degree", "degree", score},
                 {"words", "words of its mandate", text, {}, 50},
                 {"works", "near works", text, {}, 60}},
                {}};
    for (const MandatedGroup& group : groups) {
      Value row = Value::object();
      row.set("id", group.id)
          .set("title", group.title)
          .set("degree", rounded(group.degree))
          .set("words", join(group.words, ", "))
          .set("works", join(group.works, "; "));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Value::Array documents(const Checked& checked) const {
    Value::Array rows;
    for (std::size_t i = 0; i < rows_shown(checked.documents.size(), known_.params); ++i)
      rows.push_back(row(checked.documents[i], i + 1));
    return rows;
  }

  /// Needs of the map that a document covers, with what counts today.
  std::vector<NodeId> covered_by(const DocumentBeside& near) const {
    std::set<NodeId> needs;
    for (const NodeId d : near.on_map) {
      for (const LinkId l : known_.graph.out(d, Relation::covers)) {
        if (known_.situation.counts(l) && known_.graph.edge(l).degree != Degree::none) needs.insert(known_.graph.edge(l).to);
      }
    }
    return {needs.begin(), needs.end()};
  }

  Value row(const DocumentBeside& near, std::size_t number) const {
    Value value = Value::object();
    value.set("number", number).set("identifier", near.identifier).set("title", near.title);
    value.set("state", near.state ? Value(name_of(*near.state)) : Value())
        .set("since", near.since ? Value(to_string(*near.since)) : Value());
    value.set("group", near.group).set("own", near.own).set("address", near.address).set("source", near.source);
    value.set("nearness", name_of(near.closeness.nearness))
        .set("why", near.closeness.why)
        .set("degree", rounded(near.overlap.degree))
        .set("found", rounded(near.overlap.found))
        .set("answered", rounded(near.overlap.answered));
    Value missing = Value::array();
    for (const SharedWord& w : near.overlap.missing) missing.push(w.word);
    value.set("lacks", words_text(near.overlap.missing, 4)).set("missing", std::move(missing));
    value.set("words", words_text(near.overlap.shared, most_words_told))
        .set("shared", shared_values(near.overlap.shared, most_words));
    Value on_map = Value::array();
    for (const NodeId d : near.on_map) on_map.push(known_.graph.node(d).id);
    Value needs = Value::array();
    Value both = Value::array();
    for (const NodeId n : covered_by(near)) needs.push(known_.graph.node(n).id);
    for (const NodeId n : near.covers) both.push(known_.graph.node(n).id);
    value.set("on_map", std::move(on_map)).set("covers", std::move(needs)).set("both_serve", std::move(both));
    return value;
  }

  Table needs_table(const Checked& checked) const {
    using enum Column::Format;
    Table table{"may_serve",
                "Needs of the map that the proposal names",
                {{"id", "need", text},
                 {"kind", "kind", text},
                 {"title", "title", title},
                 {"state", "state", state},
                 {"degree", "degree", score}},
                {}};
    table.quiet = true;
    for (const auto& [degree, need] : checked.needs) {
      Value value = node_value(known_.graph, need);
      value.set("state", name_of(known_.situation.state_of(need))).set("degree", rounded(degree));
      table.rows.push_back(std::move(value));
    }
    return table;
  }

  static constexpr std::size_t most_words = 20;
  static constexpr std::size_t most_words_told = 8;

  const Known& known_;
};

}  // namespace

struct Checker::State : Known {
  using Known::Known;
};

Checker::Checker(const Graph& graph, const Params& params, Comparison& comparison, std::vector<CatalogueInfo> catalogues)
    : state_(std::make_unique<const State>(graph, params, comparison, std::move(catalogues))) {}
Checker::Checker(Checker&&) noexcept = default;
Checker::~Checker() = default;

Checked Checker::check(const Proposal& proposal, const std::vector<NearWork>& works,
                       const std::vector<NamedDocument>& named) const {
  return Checking(*state_, proposal, works, named).run();
}
std::vector<MandatedGroup> Checker::groups(const Proposal& proposal, const std::vector<NearWork>& works) const {
  return Mandates(state_->graph, state_->params, state_->situation, state_->comparison).groups(proposal, works);
}
Result Checker::answer(const Checked& checked) const { return Answering(*state_).one(checked); }
Result Checker::answer(const std::vector<Checked>& programme) const { return Answering(*state_).all(programme); }

}  // namespace lacuna
