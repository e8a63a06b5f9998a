// Coverage states as people see them, in the order of CoverageState: the one place that a new state must be told to.
#pragma once

#include <string_view>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// Who covers a need in a state.
enum class CoveredBy : std::uint8_t {
  live,    ///< The scope, with something in force or under way.
  once,    ///< The scope, but only with what is stale.
  others,  ///< Others, live; the scope does not.
  nobody,
};

/// How a state reads and looks. Fills differ in lightness and in hue for all common kinds of colour blindness (blues for what is
/// covered, darker for more; orange for a gap; grey and white for stale and unknown).
struct StateLook {
  std::string_view sign;     ///< Tells it without colour.
  std::string_view words;    ///< In a sentence: "3 needs covered in part".
  std::string_view heading;  ///< Over a narrow column, where the whole word has no room.
  std::string_view fill;
  std::string_view text;
  std::string_view border;
  enum class Edge : std::uint8_t { solid, heavy, dashed } edge = StateLook::Edge::solid;
  CoveredBy by = CoveredBy::nobody;
};

inline constexpr EnumArray<CoverageState, StateLook> state_looks{{{
    {"●", "covered in full", "Full", "#08457e", "#ffffff", "#08457e", StateLook::Edge::solid, CoveredBy::live},
    {"◐", "covered in part", "Part", "#5b9bd0", "#000000", "#08457e", StateLook::Edge::solid, CoveredBy::live},
    {"◔", "covered by drafts only", "Draft", "#dceaf7", "#000000", "#08457e", StateLook::Edge::solid, CoveredBy::live},
    {"◌", "covered by stale texts only", "Stale", "#bdbdbd", "#000000", "#636363", StateLook::Edge::dashed, CoveredBy::once},
    {"→", "covered by others only", "Others", "#f0e6c8", "#000000", "#8a6d1b", StateLook::Edge::solid, CoveredBy::others},
    {"✕", "confirmed gaps", "Confirmed", "#ffb878", "#000000", "#a63603", StateLook::Edge::heavy, CoveredBy::nobody},
    {"×", "not found", "Not found", "#ffe3c7", "#000000", "#a63603", StateLook::Edge::dashed, CoveredBy::nobody},
    {"?", "unknown", "Open", "#ffffff", "#000000", "#636363", StateLook::Edge::dashed, CoveredBy::nobody},
}}};
constexpr const StateLook& look_of(CoverageState state) { return state_looks[state]; }

/// Something in force or under way covers it.
constexpr bool is_live(CoverageState state) { return look_of(state).by == CoveredBy::live; }
/// Nothing of the scope covers it, not even something stale.
constexpr bool is_open(CoverageState state) { return look_of(state).by >= CoveredBy::others; }

}  // namespace lacuna
