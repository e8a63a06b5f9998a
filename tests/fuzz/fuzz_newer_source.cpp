// Two versions of a source, one after the other onto a map on which people have said something: the first byte names the importer
// ('s' stix, 'o' oscal, 'a' atlas), a form feed stands between the versions.
#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "lacuna/import.hpp"
#include "model/merge_map.hpp"

using namespace lacuna;

namespace {

/// True where nodes got other names: two verdicts of one person may have become one.
bool merge_version(Map& map, const Importer& importer, std::string_view bytes) {
  const Input input{"version" + std::string(importer.extension), bytes};
  Imported imported = importer.read_onto != nullptr ? importer.read_onto({&input, 1}, map) : importer.read({&input, 1});
  if (!imported.readable) return false;
  imported.onto.questions = Date::parse("2026-01-01");
  std::unordered_set<std::string> said;
  merge_into(map, std::move(imported.map), imported.onto, said);
  return !imported.onto.renamed.empty();
}

std::size_t of_people(const Map& map) { return static_cast<std::size_t>(std::ranges::count(map.links, "A. Reader", &Link::by)); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  if (input.empty()) return 0;
  const Importer& format = importer(input.front() == 's' ? "stix" : input.front() == 'o' ? "oscal" : "atlas");
  const std::size_t feed = std::min(input.find('\f'), input.size());
  Map map;
  Node document;
  document.id = "A document of people";
  document.kind = Kind::deliverable;
  map.nodes.push_back(document);
  merge_version(map, format, input.substr(1, feed == 0 ? 0 : feed - 1));
  for (const Node& node : std::vector<Node>(map.nodes)) {
    if (!is_need(node.kind)) continue;
    Link link;
    link.from = document.id;
    link.relation = Relation::covers;
    link.to = node.id;
    link.degree = Degree::full;
    link.by = "A. Reader";
    map.links.push_back(std::move(link));
  }
  const std::size_t before = of_people(map);
  const std::string_view second = input.substr(std::min(feed + 1, input.size()));
  const bool renamed = merge_version(map, format, second);
  fuzz::claim(renamed || of_people(map) == before, "no verdict of people is lost");
  const auto holds = [&](const std::string& id) { return std::ranges::find(map.nodes, id, &Node::id) != map.nodes.end(); };
  for (const Link& link : map.links) {
    if (link.by == "A. Reader") fuzz::claim(holds(link.from) && holds(link.to), "what people speak of stays", link.to);
  }
  const std::size_t links = map.links.size();
  const std::size_t nodes = map.nodes.size();
  merge_version(map, format, second);
  fuzz::claim(map.links.size() == links && map.nodes.size() == nodes, "the same version again changes nothing");
  fuzz::claim_clean(map);
  return 0;
}
