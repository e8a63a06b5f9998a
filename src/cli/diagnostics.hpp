// What commands say of faults.
#pragma once

#include <span>

#include "lacuna/error.hpp"

namespace lacuna {

/// To standard error, one a line; of very many the first thousand, and how many more there are.
void print_diagnostics(std::span<const Diagnostic> diagnostics);
constexpr std::size_t most_printed = 1000;

}  // namespace lacuna
