// Trees of reasons, as results carry them: {says, because: […]}.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lacuna/result.hpp"

namespace lacuna {

/// What was told in a tree of reasons: branches that come again are told by their first line alone.
class Told {
 public:
  /// The first line, and whether what stands below it is still to be told.
  std::pair<std::string, bool> line(const Value& reason);

 private:
  std::set<std::string> told_;
};

/// The explanations of a result and its rows, in their order.
std::vector<const Value*> explanations_of(const Result& result);

}  // namespace lacuna
