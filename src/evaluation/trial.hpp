// Candidates of link prediction and what became of them.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "forecast/candidates.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// Ways of coming true: some new work holds the pair; works of two families do; one in its title; the first came two years after
/// the day or later.
enum class Outcome : std::uint8_t { any, fam2, title, late };
constexpr std::uint8_t bit(Outcome outcome) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(outcome)); }

/// A split with the candidates that follow from it and what became of them.
struct Trial : Candidates {
  std::vector<std::uint8_t> labels{};                            ///< By pair: bits by Outcome.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> taken{};  ///< Pairs that a new work holds, and which one, ascending.
};

/// O(n² + Σ concepts²) time and 8 n² bytes. The split must outlive it.
Trial make_trial(const Split& split);

/// The pairs with that outcome, ascending. Linear.
std::vector<std::uint32_t> positives_of(const Trial& trial, Outcome outcome);
/// Both concepts of each pair of a trial. Linear.
std::vector<Ends> ends_of(const Trial& trial);

}  // namespace lacuna::evaluation
