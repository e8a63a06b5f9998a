#include "workbench/checked.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "lacuna/analysis.hpp"
#include "lacuna/store.hpp"
#include "model/judgement_rules.hpp"
#include "workbench/catalogue_file.hpp"

namespace lacuna {

void check(Imported& imported, bool rules) {
  std::vector<Diagnostic>& all = imported.diagnostics;
  if (imported.readable) {
    for (auto& found : {validate(imported.map), cycles(imported.map)}) all.insert(all.end(), found.begin(), found.end());
    if (rules) {
      const std::vector<Diagnostic> breaches = rule_breaches(imported.map);
      all.insert(all.end(), breaches.begin(), breaches.end());
    }
  }
  std::ranges::stable_sort(
      all, [](const Diagnostic& a, const Diagnostic& b) { return std::pair(a.file, a.line) < std::pair(b.file, b.line); });
}

bool may_stand(const Map& map) {
  Imported made{map, {}, true};
  check(made);
  return count_errors(made.diagnostics) == 0;
}

std::string faults_text(const std::vector<Diagnostic>& diagnostics) {
  const std::size_t errors = count_errors(diagnostics);
  const std::size_t warnings = diagnostics.size() - errors;
  std::vector<std::string> parts;
  if (errors > 0) parts.push_back(count_of(errors, "error"));
  if (warnings > 0) parts.push_back(count_of(warnings, "warning"));
  return parts.empty() ? "no faults" : join(parts, ", ");
}

void refuse_faults(const std::string& where, std::string_view before, std::string_view after,
                   const std::vector<Diagnostic>& faults) {
  if (count_errors(faults) == 0) return;
  throw FaultyInput(where, fmt::format("{}{}{}", before, faults_text(faults), after), faults);
}

std::string contents_text(const Map& map) {
  return fmt::format("{}, {}, {}", count_of(map.nodes.size(), "node"), count_of(map.links.size(), "link"),
                     fmt::format("{} search{}", map.searches.size(), map.searches.size() == 1 ? "" : "es"));
}

namespace {

/// Ends a change that is only looked at.
struct OnlyLooked {};

}  // namespace

ChangeSet change_checked(const std::string& path, const Occasion& occasion, const std::function<void(Map&)>& change) {
  ChangeSet set;
  const auto checked = [&](Map& map) {
    const Map before = occasion.dry ? map : Map();
    change(map);
    Imported changed{map, {}, true};
    check(changed);
    if (count_errors(changed.diagnostics) > 0) {
      for (Diagnostic& d : changed.diagnostics) d.file = d.file.empty() ? path : d.file;
      throw FaultyInput(path, "would not be valid; nothing was changed", std::move(changed.diagnostics));
    }
    if (!occasion.dry) return;
    sort_canonically(map);
    set = change_set(before, map, occasion);
    throw OnlyLooked{};
  };
  try {
    change_map(path, checked, logging(occasion, &set), occasion.to, catalogues_file());
  } catch (const OnlyLooked&) {
  }
  return set;
}

}  // namespace lacuna
