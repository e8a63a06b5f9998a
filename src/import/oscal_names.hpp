// What OSCAL's documents and controls are called on a map.
#pragma once

#include <string>
#include <string_view>

namespace lacuna::oscal {

/// The identifier of the document that a title names: without subtitle, remark in brackets and the word "catalog".
/// "Electronic Version of NIST Special Publication 800-53 Revision 5: Security …" is "NIST SP 800-53 Rev. 5".
std::string document_id(std::string_view title);
/// The document without its edition, before the name of each of its controls: "NIST SP 800-53", "CIS Controls".
/// It ends with the first word that holds a digit, or before it where that is an edition.
std::string prefix_of(const std::string& document);
/// How people write an identifier of NIST's: "ac-2.1" as AC-2(1), "ac" as AC. Others stay as they are.
std::string label_of(const std::string& id);
/// The last part of an address: "https://example.org/a/b.json#c" is "b.json".
std::string file_name(std::string_view address);
/// A title for what only a file name tells: "NIST_SP-800-53_rev5_catalog.json" is "NIST SP 800-53 rev 5 catalog".
std::string title_of(std::string_view address);
/// True when two names have a word of four letters or a number of four digits in common that names neither a notation nor a kind
/// of document: "ISO27001-AnnexA-catalog.json" and "ISO/IEC 27001:2022 Annex A Catalog".
bool share_a_word(std::string_view a, std::string_view b);

}  // namespace lacuna::oscal
