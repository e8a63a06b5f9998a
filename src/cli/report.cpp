#include "cli/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"
#include "lacuna/analysis.hpp"

namespace lacuna {

void check(Imported& imported) {
  std::vector<Diagnostic>& all = imported.diagnostics;
  if (imported.readable) {
    for (auto& found : {validate(imported.map), cycles(imported.map)}) all.insert(all.end(), found.begin(), found.end());
  }
  std::ranges::stable_sort(all, [](const Diagnostic& a, const Diagnostic& b) { return std::pair(a.file, a.line) < std::pair(b.file, b.line); });
}

void print_diagnostics(std::span<const Diagnostic> diagnostics) {
  for (const Diagnostic& d : diagnostics.first(std::min(most_printed, diagnostics.size()))) std::fputs((to_string(d) + "\n").c_str(), stderr);
  if (diagnostics.size() > most_printed) std::fputs(fmt::format("… and {} more\n", count_of(diagnostics.size() - most_printed, "fault")).c_str(), stderr);
}

std::string faults_text(const std::vector<Diagnostic>& diagnostics) {
  const std::size_t errors = count_errors(diagnostics);
  const std::size_t warnings = diagnostics.size() - errors;
  std::vector<std::string> parts;
  if (errors > 0) parts.push_back(count_of(errors, "error"));
  if (warnings > 0) parts.push_back(count_of(warnings, "warning"));
  return parts.empty() ? "no faults" : join(parts, ", ");
}

std::string contents_text(const Map& map) {
  return fmt::format("{}, {}, {}", count_of(map.nodes.size(), "node"), count_of(map.links.size(), "link"),
                     fmt::format("{} search{}", map.searches.size(), map.searches.size() == 1 ? "" : "es"));
}

}  // namespace lacuna
