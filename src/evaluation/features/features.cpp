#include "evaluation/features/features.hpp"

namespace lacuna::evaluation {

void each_feature(const Candidates& candidates, const PairList& pairs, const TakeFeature& take) {
  const FeatureContext context(candidates, pairs);
  for (const auto group :
       {path_features, expectation_features, similarity_features, walk_features, stem_features, activity_features})
    group(context, take);
}

}  // namespace lacuna::evaluation
