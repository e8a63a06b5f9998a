// What the words by which catalogues state the stage of a document mean (data/words/stages.txt).
#pragma once

#include <optional>
#include <string_view>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// What a stage says of its document.
struct StageMeaning {
  std::optional<State>
      state;  ///< Nothing for a word that says that a text was published and nothing about today ("Recommendation").
};

/// The meaning of a stage in words, or nothing where no row of the table has it. Case, hyphens and underscores do not matter.
std::optional<StageMeaning> meaning_of_stage(std::string_view words);

/// What ISO's international harmonized stage codes mean, 00 to 95 with 00 to 99: 60, 60 is published.
State state_of_stage_code(int stage, int substage);

}  // namespace lacuna
