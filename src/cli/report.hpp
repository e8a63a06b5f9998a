// What build and validate say of a map.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "lacuna/import.hpp"

namespace lacuna {

/// Adds what validate() and cycles() find to the importer's diagnostics, unless a whole file could not be read, and sorts all by
/// file and line.
void check(Imported& imported);
/// To standard error, one a line; of very many the first thousand, and how many more there are.
void print_diagnostics(std::span<const Diagnostic> diagnostics);
constexpr std::size_t most_printed = 1000;
/// "2 errors, 1 warning"; "no faults" for none.
std::string faults_text(const std::vector<Diagnostic>& diagnostics);
/// "549 nodes, 1750 links, 2 searches".
std::string contents_text(const Map& map);

}  // namespace lacuna
