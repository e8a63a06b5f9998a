// Documents that a title or scope names by their identifiers, looked up in the catalogues and on the map.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lacuna/analysis.hpp"
#include "lacuna/store.hpp"
#include "model/citations.hpp"

namespace lacuna {

/// Documents that a text names for sure, in their order, each once. Linear.
std::vector<Citation> documents_in(std::string_view text);

/// What catalogues and map know of the documents that a writing names.
std::vector<NamedDocument> named_documents(const Store& store, const Graph& graph, const std::vector<CatalogueInfo>& catalogues,
                                           const Writing& writing);

}  // namespace lacuna
