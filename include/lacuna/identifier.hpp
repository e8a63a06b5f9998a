// Identifiers of publications as standards bodies write them, taken apart so that spellings of one document meet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// Whose numbers they are. ISO and ISO/IEC share one space of numbers; CISPR and IEC another.
enum class NumberSpace : std::uint8_t { itu_t, itu_r, iso, iec, ieee, ietf, etsi, oasis, gpp, w3c, nist, other };

/// Whose numbers they are, as people call the body: "ITU-T", "ISO", "3GPP"; empty for `other`.
std::string_view body_of(NumberSpace space);

/// True for bodies that count versions or revisions, where others date their editions: the higher one is later.
constexpr bool counts_versions(NumberSpace space) {
  return space == NumberSpace::etsi || space == NumberSpace::oasis || space == NumberSpace::itu_r || space == NumberSpace::gpp ||
         space == NumberSpace::nist;
}
/// True where several releases of a text stand in force beside each other: 3GPP's, and as ETSI transposes them.
constexpr bool has_releases(NumberSpace space) { return space == NumberSpace::etsi || space == NumberSpace::gpp; }

/// An amendment, corrigendum, addendum, erratum, … of an edition.
struct SupplementOf {
  std::string kind;     ///< "amd", "cor", "add", "err", "ish", …
  std::string number;   ///< "1"; may be empty.
  std::string stage;    ///< "CD" while it is a draft.
  std::string edition;  ///< "1999", "2024-10"; empty where unsaid.

  friend bool operator==(const SupplementOf&, const SupplementOf&) = default;
};

/// A publication identifier. Two spellings of one document have equal `document()` keys.
struct Identifier {
  std::string text;  ///< The identifier as it was written, blanks, trademark signs and other residue cleaned.
  NumberSpace space = NumberSpace::other;
  std::string type;     ///< "TR", "Guide", "EN", "Suppl."; empty for the body's ordinary deliverable.
  std::string number;   ///< With parts: "X.509", "27001", "60335-2-101", "128 105", "csaf".
  std::string edition;  ///< "2019-10", "2022", "19.5.0", "2.0"; empty for the work as such.
  std::string stage;    ///< "CD", "DIS.2", "D3.1", "CS01" of a draft; empty for the published text.
  std::vector<SupplementOf> supplements;
  std::string variant;  ///< "redline", "csv", "rlv": another shape of the same text.
  std::string counted;  ///< "3" of "3rd edition", where its body dates its editions.
  std::string adopts;   ///< "ISO/IEC 27001" of "DIN EN ISO/IEC 27001:2017": the text of another body that this one's own edition
                        ///< takes over. Number, year and amendments are those of who adopts.
  std::string twin;     ///< The text after "|": the number under which another body publishes the same text.

  /// The key of the work: all editions, drafts and amendments of one document ("itu-t x.509", "iso 27001").
  /// Types that share a space of numbers share a work: ISO/IEC TR 24028 may become ISO/IEC 24028.
  [[nodiscard]] std::string work() const;
  /// The key of the document itself.
  [[nodiscard]] std::string document() const;
  /// True where the rules of a body explain it, and its number has digits: what is written so means one document.
  [[nodiscard]] bool is_numbered() const;
  /// True for a base text: neither amendment, corrigendum nor the like.
  [[nodiscard]] bool base() const { return supplements.empty(); }
};

constexpr std::size_t longest_identifier = 1'000;  ///< Bytes.

/// Takes an identifier apart, in whatever spelling: letter case, blanks, dashes and brackets of any kind, names of bodies in
/// other languages and old ones ("UIT-T", "МСЭ-Т", "CCITT"), editions in words, URN, DOI and the bodies' web addresses, adoptions
/// by regional and national bodies. Never fails: what no body's rules explain, or is over the limit, keeps its text as its
/// number. What `text` of the result says is taken apart in the same way. Knows ITU-T, ITU-R, ISO, IEC (with CISPR and joint
/// ones), IEEE (with ANSI, AIEE), IETF (RFC, BCP, STD, FYI, drafts), ETSI, OASIS, 3GPP, W3C and NIST; of others what is written
/// everywhere: a year, version, edition or revision at the end. A bare "X.509", "RFC5280" or "TS 33.501" is understood.
/// O(length).
Identifier parse_identifier(std::string_view text);

/// Whether two identifiers of one work mean one edition: a year names that of a month of it, and the other way round; a release
/// of 3GPP its versions; other versions are equal or not.
bool same_edition(const Identifier& asked, const Identifier& known);

/// As it is written: `text`.
inline const std::string& to_string(const Identifier& identifier) { return identifier.text; }

/// Keys of the works that somebody may mean: the identifier's own, or for a bare number ("27001", "802.11") those of every body
/// that numbers so. Most likely first.
std::vector<std::string> works_meant(std::string_view text);

}  // namespace lacuna
