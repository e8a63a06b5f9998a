// Identifiers of standards documents where they stand in running text, in whatever spelling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lacuna/identifier.hpp"

namespace lacuna {

/// A place in a text that names a document.
struct Citation {
  std::size_t begin = 0;  ///< Bytes of the text.
  std::size_t end = 0;
  std::string written;    ///< What stands there, on one line, with plain blanks and hyphens.
  Identifier identifier;  ///< The document that is named, as its body writes it; its edition is empty where none is said.
  std::string adopter;    ///< "BS EN": a national or regional body's own edition of the document, dated by that body.
  std::string release;    ///< "17" of a 3GPP text that is named by its release alone.
  std::string published;  ///< "2020-06": an edition that is named by its date where its body counts versions.
  bool series = false;    ///< "(all parts)", "series", "family".
  bool within = false;    ///< Between the two ends of a range: nobody wrote its number.
  bool sure = true;       ///< False for what has the shape of an identifier and may be none: a bare "Y.12", "draft-a-b".
};

/// Every identifier in a text, in order: those of ITU-T and ITU-R, ISO, IEC and CISPR (also in French and Russian letters, and as
/// national bodies adopt them), IETF (RFC, BCP, STD, Internet-Drafts), ETSI, 3GPP, IEEE, NIST, W3C, OASIS, Ecma, and those of
/// further bodies after their names. Blanks and hyphens of any kind count as such, line ends as blanks. Of lists and ranges
/// ("RFCs 5246 and 8446", "ISO/IEC 15408-1 to -5", "X.1051–X.1055") each member is told, and of a range what lies between, at
/// most fifty. O(length).
std::vector<Citation> find_citations(std::string_view text);

}  // namespace lacuna
