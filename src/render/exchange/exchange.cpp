#include "render/exchange/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/percent.hpp"
#include "base/text.hpp"

namespace lacuna {

// Each beside the code that writes it, in its own file.
extern const ExchangeFormat graphml_format, turtle_format, mermaid_format, sssom_format, oscal_mapping_format, olir_format,
    olir_workbook_format, csl_json_format, needs_json_format;

std::span<const ExchangeFormat> exchange_formats() {
  static const ExchangeFormat list[] = {graphml_format,       turtle_format,        mermaid_format,
                                        sssom_format,         oscal_mapping_format, olir_format,
                                        olir_workbook_format, csl_json_format,      needs_json_format};
  return list;
}

std::string urn_of(const Node& node) { return "urn:lacuna:node:" + urn_part(node); }

std::string urn_part(const Node& node) { return percent_encoded(node.id, "-._~:/"); }

std::string short_name(NodeId node) { return fmt::format("n{}", index(node)); }

std::string_view state_name(const Situation& situation, NodeId node) {
  const Kind kind = situation.graph().node(node).kind;
  if (is_need(kind)) return name_of(situation.state_of(node));
  const auto state = kind == Kind::deliverable ? situation.state(node) : std::nullopt;
  return state ? name_of(*state) : std::string_view();
}

}  // namespace lacuna
