// compare: two sides through shared needs, or everything against everything.
#include <fmt/format.h>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

namespace lacuna {
namespace {

struct CompareArguments : ListingArguments {
  std::string a;
  std::string b;
  bool all = false;
  std::string by = "work";
  std::string items;
  std::size_t paths = 1;
};

/// The deliverables of the map of which a catalogue holds the records; nothing where there is no such catalogue.
std::optional<Side> catalogue_side(const Store& store, const Graph& graph, std::string_view name) {
  for (const CatalogueInfo& catalogue : store.catalogues()) {
    if (identity_of(catalogue.name) != identity_of(name)) continue;
    Side side{catalogue.name, "catalogue", {}};
    for (const NodeId deliverable : graph.of_kind(Kind::deliverable)) {
      const auto record = store.record_of(graph.node(deliverable));
      if (record && record->facts.catalogue == catalogue.name) side.roots.push_back(deliverable);
    }
    return side;
  }
  return std::nullopt;
}

/// What the map does not know may be a catalogue. "catalogue:NAME" and "source:NAME" leave no doubt.
Side side(const Store& store, const Graph& graph, const std::string& name) {
  constexpr std::string_view catalogue = "catalogue:";
  if (name.starts_with(catalogue)) {
    if (auto found = catalogue_side(store, graph, std::string_view(name).substr(catalogue.size()))) return *found;
    std::vector<std::string> names;
    for (const CatalogueInfo& c : store.catalogues()) names.push_back(c.name);
    throw Error(ErrorCode::not_found, "",
                fmt::format("the map has no catalogue \"{}\"; {}", name.substr(catalogue.size()),
                            names.empty() ? "it has none" : "it has " + join(names, ", ")));
  }
  if (graph.named(name).empty()) {
    if (auto found = catalogue_side(store, graph, name)) return *found;
  }
  return side_of(graph, name);
}

void run_compare(CompareArguments& arguments, Context& context) {
  if (arguments.all != arguments.a.empty() || arguments.a.empty() != arguments.b.empty()) {
    throw Error(ErrorCode::usage, "", "name two sides to compare, A and B; or ask for --all");
  }
  Workbench bench(context.map_path, context.profile(), asked_by(arguments));
  const Store& store = bench.store();
  context.tell_catalogues(store);
  const Graph& graph = bench.graph();
  CompareParams params{bench.params()};
  params.paths = arguments.paths;
  if (!arguments.items.empty()) params.items = parse<Kind>(arguments.items);
  params.sets = arguments.by;
  if (arguments.all) return context.print(query_compare_all(graph, params), arguments);
  params.sides = {side(store, graph, arguments.a), side(store, graph, arguments.b)};
  context.print(query_compare(graph, params), arguments);
}

void declare_compare(CommandLine& line, Context& context) {
  auto& arguments = line.hold<CompareArguments>();
  line.add("A", &arguments.a,
           "One side: a group, topic, objective, need, deliverable (or a work, with all its editions), a catalogue, or a "
           "framework by the name of its source; "
           "catalogue:NAME and source:NAME where a node is called so too")
      .check(NotEmpty{})
      .called("A")
      .offers(NamesOnMap{"node"});
  line.add("B", &arguments.b, "The other side").check(NotEmpty{}).called("B").offers(NamesOnMap{"node"});
  auto& all = line.add("--all", &arguments.all,
                       "Everything against everything: how many items of the one have a counterpart in the other");
  std::string help = "What --all compares:";
  for (const Word& w : comparable_sets()) help += fmt::format(" {} ({});", w.name, w.meaning);
  help.pop_back();
  line.add("--by", &arguments.by, help).check(OneOf{names_in(comparable_sets())}).shows_default().needs(all).called("SETS");
  std::vector<std::string> kinds;
  for (const Kind kind : need_kinds) kinds.emplace_back(name_of(kind));
  line.add("--items", &arguments.items,
           fmt::format("Of sides that are needs, compare only those of this kind: {}", join(kinds, ", ")))
      .check(OneOf{kinds})
      .called("KIND");
  auto& paths = line.add("--paths", &arguments.paths, "At most that many paths for each item, cheapest first")
                    .check(WholeNumber{1, 1000})
                    .shows_default()
                    .called("N");
  add_listing_options(line, arguments, {.scope = false, .filters = false});
  // The matrix counts; it has neither paths nor rows to explain.
  all.excludes(paths).excludes(line.option("--explain"));
  line.runs([&context, &arguments] { run_compare(arguments, context); });
}

constexpr Example compare_examples[] = {
    {"lacuna compare SG17 \"SC 42\"",
     "For every deliverable of the one the nearest of the other, both ways; what each has alone; needs covered by both."},
    {"lacuna compare X.1753 \"ETSI TC SAI\" --paths 5",
     "The five cheapest paths from one Recommendation to the texts of a committee."},
    {"lacuna compare source:ATLAS \"ETSI TC SAI\" --items capability",
     "The mitigations of an imported framework against deliverables."},
    {"lacuna compare SG17 \"SC 42\" --explain --format json -o compare.json",
     "With every link, date and weight behind each path."},
    {"lacuna compare --all --by body --format csv -o matrix.csv", "Standards bodies against each other."},
};

}  // namespace

extern const Command cmd_compare{
    "compare",
    "two bodies, documents, topics or frameworks through the needs that they share",
    "For every item of A the cheapest path to an item of B, and the other way round; items without counterpart on both sides; "
    "for deliverables, which needs both cover and which only "
    "one. A path leads from a deliverable to a need that it covers, over needs (part-of, needs, counters, faces), to an item of "
    "the other side; a text that one of the two adopts is as "
    "good as itself. Each step costs points: covering in part, drafts and stale texts, going to a broader or narrower or related "
    "need. The cheapest path wins, whatever its length; "
    "the points, and which sum is direct, strong, average or weak, are in the profile. Dearer paths are none.\n\n"
    "Of a group, deliverables in force and drafts are items, those of groups inside it too; of a topic, objective or session, "
    "its needs; of a deliverable, its parts, else itself. "
    "The column others counts further items within reach; JSON lists them all.",
    compare_examples,
    "Status 1 when a side is not on the map, or its name is ambiguous.",
    declare_compare,
    Command::Makes::rows};

}  // namespace lacuna
