// A flowchart for Mermaid, as Markdown on code hosts draws it.
#include <fmt/format.h>

#include "base/text.hpp"
#include "model/state_looks.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

/// Mermaid reads HTML entities by their numbers, and a label in quotes as it is otherwise.
std::string mermaid_label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '#' || c == '<' || c == '>' || c == '&' || c == '`' || c == '\\')
      out += fmt::format("#{};", static_cast<int>(c));
    else
      out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out;
}

std::string write_mermaid(const Situation& situation) {
  const Graph& graph = situation.graph();
  std::string out =
      fmt::format("%% {}; states as of {}\nflowchart LR\n", mermaid_label(graph.info().title), to_string(situation.as_of()));
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const NodeId id = static_cast<NodeId>(i);
    const Node& node = graph.node(id);
    std::string label = mermaid_label(node.id);
    if (!node.title.empty() && node.title != node.id) label += "<br/>" + mermaid_label(shortened(node.title, 60));
    const std::string_view state = state_name(situation, id);
    if (!state.empty())
      label += fmt::format("<br/>{}{}", is_need(node.kind) ? std::string(look_of(situation.state_of(id)).sign) + " " : "", state);
    out += fmt::format("  {}[\"{}\"]\n", short_name(id), label);
  }
  for (const Edge& edge : graph.edges()) {
    if (!situation.counts(edge.status)) continue;
    const std::string phrase = edge.relation == Relation::covers
                                   ? fmt::format("{} {}", name_of(edge.relation), name_of(edge.degree))
                                   : std::string(name_of(edge.relation));
    out += fmt::format("  {} -->|{}| {}\n", short_name(edge.from), phrase, short_name(edge.to));
  }
  return out;
}

}  // namespace

extern const ExchangeFormat mermaid_format{
    .name = "mermaid",
    .help = "a flowchart for Mermaid (it draws 500 links unless its maxEdges says more)",
    .leaves_out = "search records, dates, texts, who said what, and links that do not count",
    .write = write_mermaid,
};

}  // namespace lacuna
