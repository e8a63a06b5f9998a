// What the catalogues add to the ways forward of a group: its own works, what is near to a writing, what tends to be taken up
// next.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lacuna/analysis.hpp"

namespace lacuna {

/// A work of the group, as the catalogues had it on the day.
struct GroupWork {
  std::string identifier;
  std::string title;
  std::optional<Date> begun;      ///< When it was first seen as a draft, where the record says so.
  std::optional<Date> published;  ///< Of the earliest edition known.
};

/// How likely standards bodies are to take up next what a writing puts together.
struct Prospect {
  std::optional<double> score;  ///< In [0,1]; nothing where it puts nothing together that the catalogues hold apart.
  std::string why;              ///< One sentence, with the pairs of concepts that it rests on.
};

/// Functions are unset where no catalogue is loaded. They answer as of the day, give the same answer for the same writing, and
/// may be asked on several threads.
struct Outlook {
  std::vector<CatalogueInfo> catalogues;
  std::vector<GroupWork> works;  ///< Of the group, in natural order of the identifiers.
  std::function<std::vector<NearDocument>(const Writing&)> nearest =
      {};  ///< In the state that they had on the day, nearest first; at most a dozen.
  std::function<Prospect(const Writing&)> uptake = {};
  std::function<double(const std::string& stem)> rarity = {};  ///< How rare a stem is among all works, in nats.
};

}  // namespace lacuna
