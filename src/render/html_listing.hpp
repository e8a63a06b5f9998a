// Results as a part of an HTML document: what the server shows of the answer of a command.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "lacuna/result.hpp"

namespace lacuna {

/// Where a name leads; empty for a text that names nothing. What stands in a column of identifiers names a document.
using AddressOf = std::function<std::string(std::string_view text, bool is_document)>;

/// Title, summary, tables, picture and explanations, in the order of a terminal. Whole cells, and items of lists, that name
/// something lead there. All rows must be there: none on demand.
std::string html_listing(const Result& result, const AddressOf& address);

}  // namespace lacuna
