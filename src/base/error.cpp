#include "lacuna/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text.hpp"

namespace lacuna {

Error::Error(ErrorCode code, std::string where, const std::string& message)
    : std::runtime_error(where.empty() ? message : where + ": " + message), code_(code), where_(std::move(where)) {}

std::string to_string(const Diagnostic& diagnostic) {
  const std::string_view severity = diagnostic.severity == Severity::error ? "error" : "warning";
  // What an input holds must not steer the terminal.
  if (diagnostic.line == 0) return harmless(fmt::format("{}: {}: {}", diagnostic.file, severity, diagnostic.message));
  return harmless(fmt::format("{}:{}: {}: {}", diagnostic.file, diagnostic.line, severity, diagnostic.message));
}

std::size_t count_errors(const std::vector<Diagnostic>& diagnostics) {
  return static_cast<std::size_t>(
      std::ranges::count_if(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; }));
}

namespace {

/// Edits between two words, over bytes: a letter put in, left out, changed, or swapped with its neighbour (optimal string
/// alignment, Damerau 1964).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  // A longer word cannot be a slip of the pen; it would only cost time.
  if (word.size() > 80) return {};
  const std::string wanted = lower(word);
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > 2 * word.size() + 3) continue;
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best.empty() ? std::string() : fmt::format("; did you mean \"{}\"?", best);
}

}  // namespace lacuna
