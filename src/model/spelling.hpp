// From the spellings that people and machines use for an identifier to the one that its body uses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lacuna {

/// What a sign of a typesetter or of another keyboard stands for in an identifier: a blank for blanks of any kind, '-' for
/// dashes,
/// '/' for slashes, letters and digits for their wide forms; '\0' for what is not to be seen (soft hyphen, trademark sign).
/// Nothing for a sign that stands for itself.
std::optional<char> plain_sign(char32_t sign);

/// Cyrillic letters by the Latin ones that standards bodies put in their place (GOST 16876, in one letter or two); the rest as it
/// is. "ГОСТ Р" is "GOST R".
std::string in_latin_letters(std::string_view text);

/// Blanks, dashes, brackets and quotes as bodies write them; addresses of documents, DOI and URN as the identifiers that they
/// hold
/// ("https://www.rfc-editor.org/rfc/rfc8446.html" is "RFC 8446"; one that holds none stays); names of bodies in English
/// ("UIT-T", "МСЭ-Т", "CEI", "CCITT"); "15th edition", "version 2.1.1", "Revision 5", "Part 2", "Supplement 37 to X-series" as
/// "ed. 15", "V2.1.1", "Rev. 5", "-2", "X Suppl. 37"; words in front ("Recommendation", "see") left away. O(length).
std::string body_spelling(std::string_view written);

/// What tells a web address or DOI from others: host and path without scheme, "www.", signs of language and file endings, in
/// lower case; a DOI of IEEE as the page of its document. Addresses of one page have one key. Empty for what is no address.
std::string address_key(std::string_view text);

/// Letters and digits of a key of a work, and what stands between two digits: "ecma-262", "ECMA 262" and "ecma262" are "ecma262",
/// while "iso 2700-1" is not "iso 27001".
std::string tight_key(std::string_view key);

}  // namespace lacuna
