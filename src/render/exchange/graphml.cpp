// GraphML (Brandes et al., graphml.graphdrawing.org): for Gephi, yEd, NetworkX, igraph.
#include <fmt/format.h>

#include "formats/xml.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

struct GraphmlKey {
  std::string_view name;
  bool of_links;
};
constexpr GraphmlKey graphml_keys[] = {{"id", false},      {"kind", false},    {"title", false},   {"text", false},
                                       {"state", false},   {"address", false}, {"relation", true}, {"degree", true},
                                       {"status", true},   {"by", true},       {"on", true},       {"clause", true},
                                       {"rationale", true}};

void add_data(std::string& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out += fmt::format("      <data key=\"{}\">{}</data>\n", key, xml::escaped(value));
}

std::string write_graphml(const Situation& situation) {
  const Graph& graph = situation.graph();
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (const GraphmlKey& key : graphml_keys)
    out += fmt::format("  <key id=\"{0}\" for=\"{1}\" attr.name=\"{0}\" attr.type=\"string\"/>\n", key.name,
                       key.of_links ? "edge" : "node");
  out += fmt::format("  <graph id=\"map\" edgedefault=\"directed\">\n    <desc>{}; states as of {}</desc>\n",
                     xml::escaped(graph.info().title), to_string(situation.as_of()));
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const NodeId id = static_cast<NodeId>(i);
    const Node& node = graph.node(id);
    out += fmt::format("    <node id=\"{}\">\n", short_name(id));
    add_data(out, "id", node.id);
    add_data(out, "kind", name_of(node.kind));
    add_data(out, "title", node.title);
    add_data(out, "text", node.text);
    add_data(out, "state", state_name(situation, id));
    add_data(out, "address", node.address);
    out += "    </node>\n";
  }
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const LinkId id = static_cast<LinkId>(i);
    const Edge& edge = graph.edge(id);
    const EdgeText& text = graph.text(id);
    out += fmt::format("    <edge id=\"e{}\" source=\"{}\" target=\"{}\">\n", i, short_name(edge.from), short_name(edge.to));
    add_data(out, "relation", name_of(edge.relation));
    if (edge.relation == Relation::covers) add_data(out, "degree", name_of(edge.degree));
    add_data(out, "status", name_of(edge.status));
    add_data(out, "by", text.by);
    if (text.on) add_data(out, "on", to_string(*text.on));
    add_data(out, "clause", text.clause);
    add_data(out, "rationale", text.rationale);
    out += "    </edge>\n";
  }
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace

extern const ExchangeFormat graphml_format{
    .name = "graphml",
    .help = "GraphML, for Gephi, yEd, NetworkX, igraph",
    .leaves_out = "search records, aliases, dates and further attributes",
    .write = write_graphml,
};

}  // namespace lacuna
