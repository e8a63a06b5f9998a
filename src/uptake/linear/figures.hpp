// The figures that the linear ranker weighs, in groups by what they rest on.
#pragma once

#include "uptake/linear/ground.hpp"

namespace lacuna::uptake {

/// Ways of two, three and four steps through meetings that fade, and Adamic and Adar's sums. O(entries · n), 8 n² bytes.
void path_figures(const Ground& ground, const TakeFigure& take);
/// How often two concepts would have met by chance, given how often works hold each.
void expectation_figures(const Ground& ground, const TakeFigure& take);
/// What concepts that keep the same company as one have met. O(40 n² + entries · n), 8 n² bytes.
void company_figures(const Ground& ground, const TakeFigure& take);
/// A walk from one concept to the other, documents that hold both in different parts, and fields.
void kinship_figures(const Ground& ground, const TakeFigure& take);
/// What concepts that share a stem with one have met. 4 n² bytes.
void stem_figures(const Ground& ground, const TakeFigure& take);
/// How much is going on about each of the two.
void activity_figures(const Ground& ground, const TakeFigure& take);

/// All of them, always in the same order, for a list of pairs. A second for four million pairs of 2,800 concepts on two cores; 8 n² bytes and one figure at a time.
void each_figure(const Trial& trial, const PairList& pairs, const TakeFigure& take);

}  // namespace lacuna::uptake
