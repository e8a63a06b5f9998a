#include "lacuna/error.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.hpp"
#include "base/text.hpp"

namespace lacuna {

Error::Error(ErrorCode code, std::string where, const std::string& message)
    : std::runtime_error(where.empty() ? message : where + ": " + message), code_(code), where_(std::move(where)) {}

Error error_of(const Diagnostic& diagnostic) {
  const std::string& file = diagnostic.file;
  return {ErrorCode::bad_input, diagnostic.line == 0 ? file : fmt::format("{}:{}", file, diagnostic.line), diagnostic.message};
}

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

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  // A longer word cannot be a slip of the pen; it would only cost time.
  if (word.size() > 80) return {};
  const std::string wanted = lower(word);
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > 2 * word.size() + 3) continue;
    const std::size_t distance = edit_distance(wanted, lower(candidate), best_distance - 1);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best.empty() ? std::string() : fmt::format("; did you mean \"{}\"?", best);
}

}  // namespace lacuna
