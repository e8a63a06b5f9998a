// Kinds of gaps and ways forward as a person says them on a slide; the machine's words stand in tables and JSON.
#pragma once

#include <string_view>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

inline constexpr EnumArray<GapKind, std::string_view> gap_phrases{"nothing covers it",
                                                                  "covered only in part",
                                                                  "only drafts cover it",
                                                                  "only stale texts cover it",
                                                                  "one body alone covers it",
                                                                  "others cover it",
                                                                  "two bodies cover it in full, no liaison",
                                                                  "both work on it, no liaison",
                                                                  "a link of the chain is missing",
                                                                  "its edition was replaced",
                                                                  "people differ on it",
                                                                  "nobody looked"};
/// "nothing covers it": what is wrong with a need.
constexpr std::string_view in_words(GapKind kind) { return gap_phrases[kind]; }

inline constexpr EnumArray<Action, std::string_view> action_phrases{
    "new work item", "draft to approval", "revision", "adoption", "liaison statement", "overlap to settle", "search first"};
/// "new work item": what is to be done.
constexpr std::string_view in_words(Action action) { return action_phrases[action]; }

}  // namespace lacuna
