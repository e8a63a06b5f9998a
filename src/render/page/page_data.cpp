// The data of a page, by which its script chooses: data/schema/page-1.json.
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/render.hpp"
#include "lacuna/version.hpp"
#include "model/state_looks.hpp"
#include "model/values.hpp"
#include "render/page/page_parts.hpp"

namespace lacuna {
namespace {

double four_decimals(double value) { return std::round(value * 1e4) / 1e4; }

class DataMaker {
 public:
  explicit DataMaker(const PageContext& context) : context_(context), page_(context.page), graph_(context.graph()) {
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) documents_.emplace(d, documents_.size());
    for (std::size_t n = 0; n < page_.needs.size(); ++n) needs_.emplace(page_.needs[n].node, n);
  }

  Value make() {
    Value data = Value::object();
    data.set("schema", "lacuna:schema/page-1.json").set("map", graph_.info().title);
    set_unless_empty(data, "date", graph_.info().date);
    data.set("made_by", fmt::format("lacuna {}", version)).set("command", page_.command);
    data.set("as_of", to_string(page_.situation.as_of()));
    data.set("scope", page_.scope ? Value(id(*page_.scope)) : Value());
    if (page_.objective) data.set("objective", id(*page_.objective));
    if (page_.topic) data.set("topic", id(*page_.topic));
    data.set("acting", page_.acting ? Value(id(*page_.acting)) : Value());
    data.set("open", page_.open);
    Value profile = Value::object();
    profile.set("name", page_.situation.profile().name).set("hash", page_.situation.profile().hash);
    data.set("profile", std::move(profile));
    data.set("states", states()).set("document_states", document_states());
    Value days = Value::array();
    for (const Day day : page_.days) days.push(to_string(day));
    data.set("days", std::move(days)).set("scopes", scopes()).set("columns", columns());
    data.set("objectives", rows(page_.objectives)).set("topics", rows(page_.topics));
    data.set("needs", needs()).set("documents", documents()).set("links", links()).set("groups", groups());
    data.set("others", others()).set("relations", relations()).set("phrases", phrases()).set("sources", std::move(sources_));
    data.set("gaps", gaps());
    if (!page_.open) data.set("ways_forward", ways());
    Value searches = Value::array();
    for (const SearchRecord& search : graph_.searches()) searches.push(value_of(search.record));
    data.set("searches", std::move(searches));
    return data;
  }

 private:
  [[nodiscard]] const std::string& id(NodeId node) const { return graph_.node(node).id; }
  [[nodiscard]] Value ids(const std::vector<NodeId>& nodes) const {
    Value list = Value::array();
    for (const NodeId n : nodes) list.push(id(n));
    return list;
  }
  [[nodiscard]] static Value positions(const std::vector<std::size_t>& numbers) {
    Value list = Value::array();
    for (const std::size_t n : numbers) list.push(n);
    return list;
  }

  static Value states() {
    Value list = Value::array();
    for (const CoverageState state : all_of<CoverageState>()) {
      Value one = Value::object();
      one.set("name", name_of(state))
          .set("meaning", word_of(state).meaning)
          .set("sign", sign_of(state))
          .set("open", is_open(state));
      list.push(std::move(one));
    }
    return list;
  }

  static Value document_states() {
    Value list = Value::array();
    for (const Word& word : words<State>()) list.push(word.name);
    return list;
  }

  [[nodiscard]] Value scopes() const {
    Value list = Value::array();
    for (const PageScope& scope : page_.scopes) {
      Value one = Value::object();
      one.set("group", scope.group ? Value(id(*scope.group)) : Value()).set("label", scope.label).set("offered", scope.offered);
      list.push(std::move(one));
    }
    return list;
  }

  [[nodiscard]] Value columns() const {
    Value list = Value::array();
    for (const PageColumn& column : page_.columns) list.push(column.scope);
    return list;
  }

  [[nodiscard]] Value rows(const std::vector<PageRow>& rows) const {
    Value list = Value::array();
    for (const PageRow& row : rows) {
      Value one = Value::object();
      one.set("id", id(row.node)).set("title", graph_.node(row.node).title).set("needs", positions(row.needs));
      list.push(std::move(one));
    }
    return list;
  }

  [[nodiscard]] Value runs(const PageRuns& runs) const {
    Value list = Value::array();
    for (const PageRun& run : runs) {
      Value one = Value::array();
      one.push(run.day).push(run.state ? Value(static_cast<std::int64_t>(*run.state)) : Value()).push(four_decimals(run.score));
      // Link, what the document counts as, and 1 where the link is suspect.
      for (const Evidence& e : run.evidence) {
        const auto place = context_.places.find(e.link);
        if (place == context_.places.end()) continue;
        Value piece = Value::array();
        piece.push(place->second).push(static_cast<std::int64_t>(e.state));
        if (e.suspect) piece.push(1);
        one.push(std::move(piece));
      }
      list.push(std::move(one));
    }
    return list;
  }

  [[nodiscard]] Value needs() const {
    Value list = Value::array();
    for (const PageNeed& need : page_.needs) {
      const Node& node = graph_.node(need.node);
      Value one = Value::object();
      one.set("id", node.id).set("kind", name_of(node.kind)).set("title", node.title);
      set_unless_empty(one, "text", node.text);
      set_unless_empty(one, "aliases", node.aliases);
      set_unless_empty(one, node.dates);
      one.set("objectives", ids(need.objectives)).set("topics", ids(need.topics)).set("searched", need.searched);
      one.set("all", runs(need.all)).set("none", runs(need.none));
      Value own = Value::object();
      for (const auto& [scope, scope_runs] : need.own) own.set(std::to_string(scope), runs(scope_runs));
      one.set("own", std::move(own));
      list.push(std::move(one));
    }
    return list;
  }

  [[nodiscard]] Value documents() const {
    Value list = Value::array();
    for (const auto& [document, place] : documents_) {
      const Node& node = graph_.node(document);
      Value one = Value::object();
      one.set("id", node.id).set("title", node.title).set("groups", ids(graph_.developers_of(document)));
      set_unless_empty(one, "address", node.address);
      Value life = Value::array();
      for (const Milestone& m : graph_.life(document)) {
        Value step = Value::array();
        step.push(page_.position_of(m.day)).push(static_cast<std::int64_t>(m.state)).push(m.basis);
        life.push(std::move(step));
      }
      one.set("life", std::move(life));
      list.push(std::move(one));
    }
    return list;
  }

  Value links() {
    Value list = Value::array();
    for (const LinkId l : context_.links) {
      const Edge& edge = graph_.edge(l);
      const EdgeText& text = graph_.text(l);
      Value one = Value::object();
      one.set("document", documents_.at(edge.from)).set("need", needs_.at(edge.to)).set("relation", name_of(edge.relation));
      if (edge.relation == Relation::covers) one.set("degree", name_of(edge.degree));
      say(one, edge, text);
      list.push(std::move(one));
    }
    return list;
  }

  /// What a link says, its source by position: many links share one.
  void say(Value& one, const Edge& edge, EdgeText text) {
    const Source source = std::exchange(text.source, {});
    set_what_is_said(one, text);
    if (!source.empty()) {
      Value told = Value::object();
      set_unless_empty(told, source);
      const auto [place, fresh] = source_places_.try_emplace(json::write_compact(told), source_places_.size());
      if (fresh) sources_.push(told["source"]);
      one.set("source", place->second);
    }
    if (edge.status != Status::asserted) one.set("status", name_of(edge.status));
    set_unless_empty(one, "questioned", text.questioned);
  }

  [[nodiscard]] Value groups() const {
    Value list = Value::array();
    for (const PageGroup& group : page_.groups) {
      const Node& node = graph_.node(group.node);
      const auto parent = graph_.parent(group.node);
      Value one = Value::object();
      one.set("id", node.id).set("title", node.title);
      set_unless_empty(one, "aliases", node.aliases);
      set_unless_empty(one, "address", node.address);
      one.set("part_of", parent ? Value(id(*parent)) : Value()).set("active", group.active);
      one.set("published", group.published).set("under_way", group.under_way).set("past", group.past);
      Value own = Value::array();
      for (const NodeId d : group.documents) own.push(documents_.at(d));
      one.set("documents", std::move(own));
      one.set("works_on", ids(group.works_on)).set("liaisons", ids(group.liaisons));
      list.push(std::move(one));
    }
    return list;
  }

  /// Nodes that are in none of the other lists.
  [[nodiscard]] Value others() const {
    Value list = Value::array();
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const Node& node = graph_.node(static_cast<NodeId>(i));
      if (!place_kind(node.kind).empty()) continue;
      Value one = Value::object();
      one.set("id", node.id).set("kind", name_of(node.kind)).set("title", node.title);
      set_unless_empty(one, "address", node.address);
      list.push(std::move(one));
    }
    return list;
  }

  Value relations() {
    Value list = Value::array();
    for (const LinkId l : context_.others) {
      const Edge& edge = graph_.edge(l);
      const EdgeText& text = graph_.text(l);
      // That a group develops a document stands with the document.
      if (edge.relation == Relation::develops && edge.status == Status::asserted && text.rationale.empty()) continue;
      Value one = Value::object();
      one.set("relation", name_of(edge.relation)).set("from", id(edge.from)).set("to", id(edge.to));
      say(one, edge, text);
      list.push(std::move(one));
    }
    return list;
  }

  [[nodiscard]] Value phrases() const {
    Value all = Value::object();
    for (const Relation relation : all_of<Relation>()) {
      Value one = Value::array();
      one.push(page_.phrases[relation].from).push(page_.phrases[relation].to);
      all.set(name_of(relation), std::move(one));
    }
    return all;
  }

  [[nodiscard]] Value gaps() const {
    Value list = Value::array();
    for (const PageGap& gap : page_.gaps) {
      Value one = Value::object();
      one.set("rank", four_decimals(gap.rank));
      for (const GapPart part : all_of<GapPart>()) one.set(name_of(part), four_decimals(gap.parts[part]));
      one.set("kind", name_of(gap.kind)).set("subject", id(gap.subject));
      if (gap.other) one.set("other", id(*gap.other));
      if (gap.state) one.set("state", name_of(*gap.state));
      one.set("dependants", gap.dependants);
      if (!page_.open) one.set("action", name_of(gap.action));
      one.set("why", gap.why);
      list.push(std::move(one));
    }
    return list;
  }

  [[nodiscard]] Value ways() const {
    Value list = Value::array();
    for (const PageWay& way : page_.ways) {
      Value one = Value::object();
      one.set("score", four_decimals(way.score)).set("action", name_of(way.action)).set("title", way.title);
      for (const Component c : all_of<Component>())
        one.set(name_of(c), way.components[c] ? Value(four_decimals(*way.components[c])) : Value());
      one.set("needs", ids(way.needs)).set("build_on", ids(way.texts)).set("liaise_with", ids(way.liaise));
      list.push(std::move(one));
    }
    return list;
  }

  const PageContext& context_;
  const MapPage& page_;
  const Graph& graph_;
  std::map<NodeId, std::size_t> documents_;
  std::map<NodeId, std::size_t> needs_;
  Value sources_ = Value::array();
  std::map<std::string, std::size_t> source_places_;
};

}  // namespace

std::string page_data(const PageContext& context) {
  std::string out;
  // Nothing in it ends the element, begins a comment, or turns the direction of writing where the script shows it.
  for (const char c : harmless(json::write_compact(DataMaker(context).make()))) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

}  // namespace lacuna
