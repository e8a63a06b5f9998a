#include "cli/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"

namespace lacuna {

void print_diagnostics(std::span<const Diagnostic> diagnostics) {
  for (const Diagnostic& d : diagnostics.first(std::min(most_printed, diagnostics.size())))
    std::fputs((to_string(d) + "\n").c_str(), stderr);
  if (diagnostics.size() > most_printed)
    std::fputs(fmt::format("… and {} more\n", count_of(diagnostics.size() - most_printed, "fault")).c_str(), stderr);
}

}  // namespace lacuna
