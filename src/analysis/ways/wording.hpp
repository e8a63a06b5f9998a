// How lists, needs and days read inside a sentence.
#pragma once

#include <string>
#include <vector>

#include "lacuna/coverage.hpp"

namespace lacuna {

/// "is" for one, "are" for more.
constexpr std::string_view is_or_are(std::size_t n) { return n == 1 ? "is" : "are"; }

/// The plural of a kind of node in prose: "use cases", "capabilities".
std::string kinds_text(Kind kind);
/// "41 use cases".
std::string count_of_kind(std::size_t n, Kind kind);

/// A need inside a sentence, its code in brackets behind its title: "model extraction (T07)". A code that is made of the title is
/// left out: "data poisoning".
std::string need_phrase(const Graph& graph, NodeId need);
std::string need_phrases(const Graph& graph, const std::vector<NodeId>& needs, std::size_t most = static_cast<std::size_t>(-1));

/// A document inside a sentence: "ETSI TR 104 066 V1.1.1 (2024-07) (Security Testing of AI)"; the title once where it is the
/// identifier.
std::string document_phrase(const Graph& graph, NodeId deliverable);

/// "30 November 2026".
std::string long_day(Day day);
/// "August 2029", so many years (in whole months) after the day.
std::string month_after(Day day, double years);

/// "Drafts" for "drafts"; ASCII.
std::string capitalized(std::string text);

}  // namespace lacuna
