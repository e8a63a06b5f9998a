#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "cli/command.hpp"

namespace lacuna {
namespace {

struct SearchArguments : ListingArguments {
  std::vector<std::string> words;
  std::vector<std::string> groups;
  std::vector<std::string> states;
  std::vector<std::string> types;
  std::string since;
  std::string until;
};

/// The first or the last day that is meant.
std::optional<Day> bound_of(const std::string& text, std::string_view option, bool last) {
  if (text.empty()) return std::nullopt;
  const auto date = Date::parse(text);
  if (!date)
    throw Error(ErrorCode::usage, std::string(option),
                fmt::format("\"{}\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", shortened(text, 40)));
  return last ? date->last_day() : date->first_day();
}

/// A group of the map goes by its aliases in the catalogues too.
std::vector<std::string> group_names(const Store& store, const std::vector<std::string>& groups) {
  static constexpr Kind group[] = {Kind::group};
  std::vector<std::string> names;
  if (groups.empty()) return names;
  const Graph graph = store.graph(Store::Texts::skip);
  for (const std::string& name : groups) {
    names.push_back(name);
    for (const NodeId id : graph.named(name)) {
      if (graph.node(id).kind != group[0]) continue;
      names.push_back(graph.node(id).id);
      names.insert(names.end(), graph.node(id).aliases.begin(), graph.node(id).aliases.end());
    }
  }
  return names;
}

void declare_search(CommandLine& line, Context& context) {
  auto& arguments = line.hold<SearchArguments>();
  arguments.limit = 20;
  line.add("WORDS", &arguments.words, "Words, or an identifier in any spelling; words in double quotes stand beside each other")
      .required()
      .called("WORD…");
  add_listing_options(line, arguments, {.scope = false, .filters = false, .as_of = false, .explain = false});
  line.add("--group", &arguments.groups, "Only documents of this committee or body (may be repeated)")
      .check(NotEmpty{})
      .called("GROUP");
  line.add("--state", &arguments.states,
           "Only documents in this state (may be repeated or given with commas): " + join(names_in(words<State>()), ", "))
      .commas()
      .check(OneOf{names_in(words<State>())})
      .called("STATE,…");
  line.add("--kind", &arguments.types,
           "Only documents of this type, as the catalogue names it: recommendation, technical-report, international-standard, … "
           "(may be repeated)")
      .commas()
      .check(NotEmpty{})
      .called("TYPE,…");
  line.add("--since", &arguments.since, "Only documents published on that day or later").check(NotEmpty{}).called("DATE");
  line.add("--until", &arguments.until, "Only documents published on that day or earlier").check(NotEmpty{}).called("DATE");
  line.runs([&context, &limit = line.option("--limit"), &arguments] {
    const Store store(context.map_path, catalogues_file());
    context.tell_catalogues(store);
    const auto catalogues = store.catalogues();
    if (catalogues.empty())
      throw Error(ErrorCode::not_found, context.map_path, "holds no catalogue to search; read one with: lacuna import CATALOGUE");
    SearchQuery query;
    query.words = join(arguments.words, " ");
    query.groups = group_names(store, arguments.groups);
    for (const std::string& s : arguments.states) query.states.push_back(*parse<State>(s));
    query.types = arguments.types;
    query.since = bound_of(arguments.since, "--since", false);
    query.until = bound_of(arguments.until, "--until", true);
    // A table is for the eye; other formats are for programs, which want all.
    query.limit = limit.given() || arguments.format == "table" ? arguments.limit : std::numeric_limits<std::size_t>::max();
    if (words_of(query.words).empty() && query.words.find_first_of("0123456789") == std::string::npos) {
      throw Error(ErrorCode::usage, "WORDS", fmt::format("\"{}\" holds no word to search for", shortened(query.words, 40)));
    }
    if (query.since && query.until && *query.until < *query.since)
      throw Error(ErrorCode::usage, "--until", "lies before --since");
    const SearchAnswer answer = store.search(query);
    std::vector<std::string> near;
    if (answer.works == 0 && !parse_identifier(query.words).is_numbered()) {
      std::size_t looked = 0;
      for (const std::string& word : words_of(query.words)) {
        if (++looked > 3) break;  // Each costs as much as a search.
        if (store.search({.words = word, .limit = 1}).works > 0) continue;
        for (std::string& hint : store.near_words(word)) near.push_back(std::move(hint));
      }
    }
    const bool named =
        std::ranges::any_of(answer.hits, [](const SearchHit& hit) { return hit.why == SearchHit::Why::identifier; });
    if (!named && parse_identifier(query.words).is_numbered()) {
      for (const RecordRow& row : store.nearest(query.words)) near.push_back(row.facts.identifier.text);
    }
    const Graph graph = store.graph(Store::Texts::load);
    Params params;
    params.profile = &context.profile();
    params.as_of = today();
    context.print(query_search(query, answer, catalogues, near, graph, params), arguments);
  });
}

constexpr Example search_examples[] = {
    {"lacuna search X.509", "The work with that identifier; every spelling of it does."},
    {"lacuna search federated learning --state published --since 2022", "What is in force and new."},
    {"lacuna search '\"adversarial examples\"' --group \"SC 42\" --format json", "Words beside each other, of one committee."},
};

}  // namespace

extern const Command cmd_search{
    "search",
    "who has done what: documents of the catalogues by words or identifier",
    "Searches identifiers, titles, keywords and abstracts of all catalogues that were imported into the map. All words must "
    "stand in one record; their endings "
    "do not matter, and short forms also stand for what the abstracts say they stand for (\"AI\" for artificial intelligence). "
    "One row is one work: its newest edition "
    "in force, with the number of its other editions, drafts and amendments. An exact identifier comes first, then works with "
    "the words beside each other, in the title "
    "before elsewhere, then works with all words in the title, then the others; within each, texts in force come before "
    "superseded ones.",
    search_examples,
    "Status 1 when the map holds no catalogue. Nothing found is no failure: words spelled nearly alike are told.",
    declare_search,
    Command::Makes::rows};

}  // namespace lacuna
