// Words that say nothing of a subject, by what they are instead: data/words/stop-words.txt. Words are asked for in lower case.
#pragma once

#include <cstdint>
#include <string_view>

namespace lacuna {

enum class StopWord : std::uint8_t { grammar, requirements, documents, units, french };

/// Whether it is listed under that kind. O(1).
bool is_stop_word(std::string_view word, StopWord kind);
/// Whether it is listed at all.
bool is_stop_word(std::string_view word);

}  // namespace lacuna
