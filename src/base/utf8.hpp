// Characters of UTF-8 texts, by the Unicode tables of utf8proc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lacuna {

/// The code point at the start of `text`, which is moved behind it. A byte that is no part of a well-formed one (overlong,
/// surrogate, cut) is a code point of its own. `text` must not be empty.
char32_t next_code_point(std::string_view& text);
/// Bytes of the well-formed code point at the start of `text`; 0 where there is none.
std::size_t code_point_length(std::string_view text);
/// Appends a code point; nothing for what is none.
void append_utf8(std::string& text, char32_t code_point);

/// Letters, marks and digits of any script.
bool is_word_character(char32_t code_point);
/// Columns of a character in a terminal or a picture: 0 for marks that stand on others, 2 for wide ones.
int columns_of(char32_t code_point);
/// Written from right to left: Hebrew, Arabic and their kin.
bool is_right_to_left(char32_t code_point);

}  // namespace lacuna
