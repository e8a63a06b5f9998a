// The features that the linear ranker weighs, in groups by what they rest on.
#pragma once

#include "evaluation/features/feature_context.hpp"

namespace lacuna::evaluation {

/// Ways of two, three and four steps through meetings that fade, and Adamic and Adar's sums. O(entries · n), 8 n² bytes.
void path_features(const FeatureContext& context, const TakeFeature& take);
/// How often two concepts would have met by chance, given how often works hold each.
void expectation_features(const FeatureContext& context, const TakeFeature& take);
/// What concepts have met that meet the same others as one. O(40 n² + entries · n), 8 n² bytes.
void similarity_features(const FeatureContext& context, const TakeFeature& take);
/// A walk from one concept to the other, documents that hold both in different parts, and fields.
void walk_features(const FeatureContext& context, const TakeFeature& take);
/// What concepts that share a stem with one have met. 4 n² bytes.
void stem_features(const FeatureContext& context, const TakeFeature& take);
/// How much is going on about each of the two.
void activity_features(const FeatureContext& context, const TakeFeature& take);

/// All of them, always in the same order, for a list of pairs. A second for four million pairs of 2,800 concepts on two cores; 8
/// n² bytes and one feature at a time.
void each_feature(const Candidates& candidates, const PairList& pairs, const TakeFeature& take);

}  // namespace lacuna::evaluation
