#include "workbench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/history.hpp"

namespace lacuna {
namespace {

/// What the catalogues say of a deliverable of the map, in a sentence.
std::function<std::string(const std::string&)> record_teller(const Store& store, const Graph& graph) {
  return [&store, &graph](const std::string& deliverable) -> std::string {
    const auto named = graph.named(deliverable);
    const auto record = named.empty() ? std::nullopt : store.record_of(graph.node(named.front()));
    if (!record) return {};
    std::string text =
        fmt::format("{} in catalogue {}{}: {}", record->facts.entry, record->facts.catalogue,
                    record->facts.catalogue_date ? fmt::format(" as of {}", to_string(*record->facts.catalogue_date)) : "",
                    name_of(record->state));
    if (record->since) text += fmt::format(" since {}", to_string(*record->since));
    if (!record->facts.stage.empty()) text += fmt::format(", stage {}", record->facts.stage);
    return text;
  };
}

Asked spelled(Asked asked, const Store& store) {
  if (asked.tag.empty()) return asked;
  for (const Tag& tag : store.tags()) {
    if (identity_of(tag.name) == identity_of(asked.tag)) asked.tag = tag.name;
  }
  return asked;
}

Graph graph_of(const Store& store, const Asked& asked, Store::Texts texts) {
  if (!asked.known_by.empty()) return graph_of(map_of(store, asked));
  return asked.tag.empty() ? store.graph(texts) : store.tagged_graph(asked.tag);
}

Store::Texts texts_for(const Asked& asked) { return asked.explain || asked.evidence ? Store::Texts::load : Store::Texts::skip; }

}  // namespace

Day day_of(const std::string& text, const std::string& option) {
  if (const auto date = Date::parse(text)) return date->last_day();
  throw Error(ErrorCode::usage, option, fmt::format("\"{}\" is no date; write YYYY-MM-DD", shortened(text, 40)));
}

Params params_of(const Asked& asked, const Graph& graph, const Profile& profile, const Store* store) {
  static constexpr Kind group[] = {Kind::group};
  static constexpr Kind objective[] = {Kind::objective};
  static constexpr Kind topic[] = {Kind::topic};
  Params params;
  params.profile = &profile;
  params.include_suggested = asked.include_suggested;
  params.limit = asked.limit;
  params.evidence = asked.evidence;
  params.explain = asked.explain;
  params.as_of = asked.as_of.empty() ? today() : day_of(asked.as_of, "--as-of");
  if (!asked.known_by.empty()) params.known_by = to_string(day_of(asked.known_by, "--known-by"));
  params.tag = asked.tag;
  if (store != nullptr && asked.tag.empty()) params.record_of = record_teller(*store, graph);
  if (!asked.scope.empty() && !(asked.any_scope && graph.named(asked.scope).empty()))
    params.scope = graph.find(asked.scope, group);
  if (!asked.objective.empty()) params.objective = graph.find(asked.objective, objective);
  if (!asked.topic.empty()) params.topic = graph.find(asked.topic, topic);
  return params;
}

Map map_of(const Store& store, const Asked& asked) {
  if (asked.known_by.empty()) return asked.tag.empty() ? store.map() : store.tagged_map(asked.tag);
  const Day day = day_of(asked.known_by, "--known-by");
  return asked.tag.empty() ? told_by(store, day) : known_by(store.tagged_map(asked.tag), day);
}

Workbench::Workbench(const std::string& map, const Profile& profile, const Asked& asked)
    : Workbench(map, profile, asked, texts_for(asked)) {}

Workbench::Workbench(const std::string& map, const Profile& profile, Asked asked, Store::Texts texts)
    : path_(map),
      store_(map, catalogues_file()),
      asked_(spelled(std::move(asked), store_)),
      graph_(graph_of(store_, asked_, texts)),
      params_(params_of(asked_, graph_, profile, &store_)) {}

void Workbench::use_outlook() {
  if (params_.scope && asked_.tag.empty()) params_.outlook = &outlook_.emplace(store_, graph_, params_).outlook();
}

namespace {

/// What to say of an identifier that exists nowhere: what is nearest, or that no catalogue of its body could know it.
std::string beside_unknown(const Store& store, std::string_view name) {
  const Identifier identifier = parse_identifier(name);
  std::vector<std::string> near;
  for (const RecordRow& row : store.nearest(name)) near.push_back(row.facts.identifier.text);
  if (!near.empty()) return fmt::format(" (nearest there: {})", join(near, ", "));
  std::string body(body_of(identifier.space));
  if (body.empty()) body = identifier.text.substr(0, identifier.text.find_first_of(" -"));
  const bool a_body = body.size() > 1 && body.size() < identifier.text.size() &&
                      std::ranges::all_of(body, [](char c) { return !(c >= 'a' && c <= 'z') && !is_digit(c); });
  if (a_body && store.holding(lower(body)).empty()) return fmt::format(" (no catalogue of {} is loaded)", body);
  return {};
}

}  // namespace

Result Workbench::show(const std::string& name) {
  if (graph_.named(name).empty()) {
    // Not on the map: perhaps in the catalogues.
    auto works = store_.works(name);
    std::stable_partition(works.begin(), works.end(),
                          [](const WorkRecords& w) { return w.records[w.face].state <= State::published; });
    // One number with and without a second half ("G.709", "G.709/Y.1331") is not ambiguous; bare numbers of several bodies are.
    const auto body = [](const WorkRecords& w) { return std::string_view(w.key).substr(0, w.key.find(' ')); };
    const bool one_body = std::ranges::all_of(works, [&](const WorkRecords& w) { return body(w) == body(works.front()); });
    std::vector<std::string> names;
    for (const WorkRecords& work : works) names.push_back(work.records[work.face].facts.identifier.text);
    if (!names.empty() && one_body) return query_work(works.front(), name, std::span(names).subspan(1));
    if (names.size() > 1)
      throw Error(ErrorCode::ambiguous, name, fmt::format("may mean {}; name one of them", join(names, ", ")));
  }
  NodeId subject{};
  try {
    subject = graph_.find(name);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found || store_.catalogues().empty()) throw;
    throw Error(
        ErrorCode::not_found, "",
        fmt::format("{}; nor do the catalogues know it{}; see: lacuna search", error.what(), beside_unknown(store_, name)));
  }
  Result result = query_show(graph_, params_, subject);
  if (std::string adoption = adoption_text(parse_identifier(name)); !adoption.empty())
    result.summary.insert(result.summary.begin(), std::move(adoption));
  // A tagged map is told as it was; what the catalogues say today is another matter.
  const Node& node = graph_.node(subject);
  if (const auto tied = asked_.tag.empty() && node.kind == Kind::deliverable ? store_.record_of(node) : std::nullopt) {
    const auto works = store_.works(tied->facts.identifier.text);
    if (!works.empty()) add_work(result, works.front(), *tied);
  }
  return result;
}

}  // namespace lacuna
