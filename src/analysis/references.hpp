// What a document refers to, and whether it still stands: every identifier in its text held against catalogues and map.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/paragraph.hpp"
#include "lacuna/analysis.hpp"
#include "model/citations.hpp"

namespace lacuna {

/// What is to be said of a reference. In this order answers list them.
enum class ReferenceVerdict : std::uint8_t {
  superseded,
  withdrawn,
  published_since,
  replaced_draft,
  ended_draft,
  not_yet_published,
  edition_unknown,
  has_parts,
  not_found,
  amended,
  draft,
  newer_edition,
  spelling,
  national_adoption,
  no_catalogue,
  in_force,
};
template <>
inline constexpr auto word_list<ReferenceVerdict> = std::to_array<Word>({
    {"superseded", "another edition or document has replaced it"},
    {"withdrawn", "it has ended, and nothing is known to replace it"},
    {"published-since", "a draft, or a provisional name, that became a publication"},
    {"replaced-draft", "a draft that a later draft replaced"},
    {"ended-draft", "a draft that was given up"},
    {"not-yet-published", "on the day it had not appeared"},
    {"edition-unknown", "the work is known; that edition, draft or amendment of it is not"},
    {"has-parts", "the number has parts, and no document of its own"},
    {"not-found", "catalogues that hold its body's documents do not have it"},
    {"amended", "in force, with amendments or corrigenda that a dated reference leaves out"},
    {"draft", "still a draft"},
    {"newer-edition", "in force beside a newer edition"},
    {"spelling", "in force under another spelling of its body"},
    {"national-adoption", "the edition of a national or regional body, which no catalogue tells"},
    {"no-catalogue", "nothing that is loaded holds its body's documents"},
    {"in-force", "stands as it is referred to"},
});
/// Whether somebody has to do something.
constexpr bool calls_for_action(ReferenceVerdict verdict) {
  return verdict != ReferenceVerdict::no_catalogue && verdict != ReferenceVerdict::in_force;
}

/// A document that stands near a reference: named by nearly the same number.
struct NearReference {
  std::string identifier;
  std::string title;
  double named = 0;      ///< How much of its title the text beside the reference has, in [0,1].
  bool swapped = false;  ///< Two neighbouring signs change places.
};

/// A place of a reference.
struct ReferencePlace {
  std::size_t paragraph = 0;  ///< Index into what was read.
  std::size_t begin = 0;      ///< Bytes of its text.
  std::size_t end = 0;
  std::string written;
  std::string where;  ///< "paragraph 12", "line 7", "page 2, line 7".
};

struct CheckedReference {
  Identifier identifier;
  std::string adopter;
  bool dated = false;  ///< An edition, draft or version is named.
  bool series = false;
  ReferenceVerdict verdict = ReferenceVerdict::in_force;
  std::string says;    ///< A sentence: what it is on the day.
  std::string remedy;  ///< What to do; empty where nothing is.
  std::string title;
  std::string body;  ///< The committee, or who develops it on the map.
  std::optional<State> state;
  std::optional<Date> since;
  std::string stands_for;              ///< The document whose title and state these are.
  std::string newer;                   ///< What to refer to instead; empty where there is none.
  std::vector<std::string> left_out;   ///< Amendments and corrigenda in force that the text does not name.
  std::vector<NearReference> near;     ///< Best first; at most three.
  std::string source;                  ///< "relaton-iso as of 2025-06-02", "the map".
  std::vector<std::string> consulted;  ///< Catalogues that could have held it, each with its day.
  std::vector<ReferencePlace> places;  ///< In reading order.
};

struct CheckedReferences {
  std::vector<CheckedReference> list;  ///< One a document; by verdict, then as they come first.
  std::size_t places = 0;
  std::size_t left_aside = 0;  ///< Places that have the shape of an identifier, say so in no other way, and mean nothing known.
};

/// What there is to know of what a text names.
struct ReferenceFacts {
  std::map<std::string, std::vector<WorkRecords>> works;        ///< By the key of the work that is named.
  std::map<std::string, std::vector<std::string>> parts;        ///< Identifiers of its parts, by the key of the work.
  std::map<std::string, std::vector<std::string>> superseding;  ///< Documents of other works that say so, by the key of the work.
  /// Identifier and title of works with nearly that number, by the key of the work.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> near;
  std::map<std::string, std::vector<CatalogueInfo>> holders;  ///< Catalogues that hold documents of a body, by space_of().
};

/// How keys of works of that body begin: "iso", "itu-t", "ietf rfc", "nist".
std::string space_of(const Identifier& identifier);
/// The same number in ETSI's catalogue of a text of 3GPP: "ETSI TS 133 501" of "3GPP TS 33.501"; empty for others. By ETSI's
/// rule of numbering; that a document is the same text, its title has to say.
std::string etsi_number(const Identifier& identifier);

/// The citations in a document, each with the index of its paragraph, in reading order.
using FoundCitations = std::vector<std::pair<std::size_t, Citation>>;
FoundCitations find_in(std::span<const Paragraph> paragraphs);

/// What the references of a document are on the day of the situation. Pure. O(citations · records of their works).
CheckedReferences find_references(std::span<const Paragraph> paragraphs, const FoundCitations& found, const ReferenceFacts& facts,
                                  const Situation& situation);
/// One row a reference.
Result answer_references(const CheckedReferences& references, const std::string& file, std::span<const CatalogueInfo> catalogues,
                         const Situation& situation, const Params& params);
/// What a comment at a place of the reference says.
std::string comment_text(const CheckedReference& reference);

}  // namespace lacuna
