#include "cli/intake_texts.hpp"

#include <algorithm>

namespace lacuna {
namespace {

std::string summary_text(const ImportSummary& s) {
  std::vector<std::string> parts{count_of(s.read, "record") + " read"};
  const auto add = [&](std::size_t n, std::string_view what) {
    if (n > 0) parts.push_back(fmt::format("{} {}", n, what));
  };
  add(s.added, "new");
  add(s.changed, "changed");
  add(s.unchanged, "unchanged");
  add(s.repeated, "repeated");
  add(s.gone, "gone");
  add(s.merged, "merged");
  add(s.skipped, "skipped");
  return fmt::format("{}: {}\n", s.catalogue, join(parts, ", "));
}

constexpr std::size_t most_told = 10;

std::string told_text(std::span<const std::string> lines, std::string_view what) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most_told); ++i) text += fmt::format("  {} {}\n", what, lines[i]);
  if (lines.size() > most_told) text += fmt::format("  … and {} more; --report FILE lists them all\n", lines.size() - most_told);
  return text;
}

/// What an import took back, let end and put in question, and how to see it.
std::string consequences_text(const ImportSummary& s) {
  std::string text;
  if (!s.taken_back.empty()) {
    std::vector<std::string> parts;
    const auto add = [&](std::size_t n, std::string_view what) {
      if (n > 0) parts.push_back(count_of(n, what));
    };
    add(s.gone_links, "link");
    add(s.gone_nodes, "node");
    add(s.gone_searches, "search record");
    text += fmt::format("gone: {}\n", listed(parts)) + told_text(s.taken_back, "gone:");
  }
  if (!s.ended.empty()) {
    text += fmt::format("ended: {}, since others speak of {}\n", count_of(s.ended.size(), "node"),
                        s.ended.size() == 1 ? "it" : "them");
    text += told_text(s.ended, "ended:");
  }
  if (!s.questioned.empty()) {
    text += fmt::format("suspect: {} on needs that read otherwise now; see: lacuna gaps --kind suspect\n",
                        count_of(s.questioned.size(), "verdict"));
    text += told_text(s.questioned, "suspect:");
  }
  return text;
}

}  // namespace

std::string text_of(const Intake& intake) {
  std::string text;
  for (const ImportSummary& s : intake.summaries) {
    text += summary_text(s);
    text += told_text(s.changes, "changed:");
    text += consequences_text(s);
    for (std::size_t i = 0; i < s.remarks.size(); ++i) {
      if (s.remarks[i] > 0 && s.added + s.changed > 0)
        text += fmt::format("  {:>7} × {}: {}\n", thousands(s.remarks[i]), remarks()[i].name, remarks()[i].rule);
    }
  }
  if (!intake.undated.empty())
    text += fmt::format("{}: the day on which it stood so is not known, so that states seen on a day stay; name it with --date\n",
                        join(intake.undated, ", "));
  if (!intake.told.empty())
    text += fmt::format("the map: {}\n{}", count_of(intake.told.size(), "change"), told_text(intake.told, "·"));
  if (!intake.catalogues.empty()) text += intake.catalogues + "\n";
  return text;
}

}  // namespace lacuna
