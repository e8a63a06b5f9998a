// Documents that a title or scope names by their identifiers, looked up in the catalogues and on the map.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lacuna/analysis.hpp"
#include "lacuna/store.hpp"

namespace lacuna {

/// Identifiers in running text, "ISO/IEC 24970" and "X.1254", in their order, each once. Linear.
std::vector<std::string> identifiers_in(std::string_view text);

/// What catalogues and map know of the documents that a writing names.
std::vector<NamedDocument> named_documents(const Store& store, const Graph& graph, const std::vector<CatalogueInfo>& catalogues,
                                           const Writing& writing);

}  // namespace lacuna
