// What tables of back-tests on catalogues share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analysis/explain.hpp"
#include "evaluation/catalogue_backtest.hpp"
#include "evaluation/metrics.hpp"
#include "lacuna/result.hpp"

namespace lacuna::evaluation {

/// Sets `name`, `name_low` and `name_high`, null where there is no figure.
void put(Value& row, std::string_view name, const std::optional<Estimate>& figure);
/// Sets `name_shown`: "0.903 (0.894–0.912)", with the 95 % interval; empty where there is no figure.
void put_shown(Value& row, std::string_view name, const std::optional<Estimate>& figure);
/// Sets what became of a pair: works, families, in_a_title, on, by, title. With `catalogues`, the work has its identifier and
/// title.
void put_outcome(Value& row, const Trial& trial, const Catalogues* catalogues, std::uint32_t pair);
/// The first `limit` pairs by score, then by number. O(pairs log limit).
std::vector<std::uint32_t> first_pairs(std::span<const float> scores, std::size_t limit);

/// Adds what needs of the map make of the back-test, if there are any: sentences, a table of rankers, and one of first pairs.
void report_needs(Result& result, const Split& split, const Catalogues& catalogues, const BacktestQuestion& question);

}  // namespace lacuna::evaluation
