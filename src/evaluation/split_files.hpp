// Splits from files.
#pragma once

#include <string>

#include "forecast/split.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// A split from a folder of files, so that rankers of different programs meet on the same candidates: concepts, works_pre,
/// works_new, covered_extra, groups, each .tsv.gz; numbers of concepts are the distance from the one before. Throws Error(io) and
/// Error(bad_input).
Split read_split(const std::string& folder, Day from, Day to);

}  // namespace lacuna::evaluation
