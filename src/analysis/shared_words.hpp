// Documents beside a writing, and what they share with it, in words and as values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lacuna/analysis.hpp"
#include "lacuna/value.hpp"

namespace lacuna {

/// The first `most` of them, with commas between.
std::string words_text(const std::vector<SharedWord>& shared, std::size_t most);
/// The first `most` of them: {"word", "rarity", "titles"}.
Value shared_values(const std::vector<SharedWord>& shared, std::size_t most = static_cast<std::size_t>(-1));

/// A document that lacks much of the proposed title is on another subject, however much of its own title the proposal has.
Nearness nearness_of(const Profile& profile, const Overlap& overlap);

/// A record as it is held against others: its title, its keywords and abstract.
Writing writing_of(const RecordRow& record);
/// A record beside a writing; nothing where they share no word of their titles.
std::optional<NearDocument> beside(Comparison& comparison, const Prepared& writing, const RecordRow& record);

}  // namespace lacuna
