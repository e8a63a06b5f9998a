// Records of catalogues: what standards bodies say they have published and are working on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lacuna/date.hpp"
#include "lacuna/identifier.hpp"
#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// What an importer put right in a record, or left aside, and why. Counted for the summary.
enum class Remark : std::uint8_t {
  older_schema,
  yml_ending,
  committee_number,
  language_twin,
  other_language,
  no_language,
  no_abstract,
  junk_abstract,
  html,
  no_status,
  no_title,
  title_residue,
  withdrawal,
  study_group,
  series_list,
  date_from_identifier,
  own_dates,
  base_year,
  ballot_date,
  impossible_date,
  stage_code,
  stage_from_identifier,
  no_link,
  cleaned_identifier,
  bare_identifier,
  amendment,
  draft,
  variant,
  reversed,
  year_differs,
  unknown_stage,
};

/// True when the bit of a remark is set.
constexpr bool has_remark(std::uint64_t remarks, Remark r) { return ((remarks >> static_cast<unsigned>(r)) & 1U) != 0; }

/// The rule behind a remark, as the summary and the help tell it.
struct RemarkWord {
  Remark remark;
  std::string_view name;
  std::string_view rule;
};
/// All remarks, in the order in which the summary lists them.
const std::vector<RemarkWord>& remarks();

/// A relation that a record states: from its document to another one, or the other way round where `reversed`.
struct RecordLink {
  Relation relation = Relation::references;
  bool reversed = false;
  std::string identifier;
};

/// One entry of a catalogue as its importer understood it.
struct Record {
  std::string entry;              ///< Its name in the catalogue: a file, or the identifier.
  std::uint64_t fingerprint = 0;  ///< Of the entry's bytes: an unchanged entry is not read again.
  Identifier identifier;
  std::string title;     ///< English where there is one.
  std::string abstract;  ///< Plain text.
  std::string keywords;  ///< Separated by "; ".
  std::string type;      ///< "recommendation", "technical-report", …: words of the catalogue, in lower case with hyphens.
  std::string stage;     ///< As the catalogue gives it: "60.60", "Withdrawal", "draft".
  std::string group;     ///< The committee that holds it: "ITU-T Study Group 17", "ISO/IEC JTC 1/SC 27".
  std::string address;
  std::string project;  ///< The body's number of the project, under which drafts and their publication meet; ETSI: the release of
                        ///< a 3GPP text.
  std::optional<State> state;  ///< What the stage means; nothing where the catalogue gives no status.
  std::optional<Date> published;
  std::optional<Date> ended;  ///< Superseded or withdrawn.
  std::optional<Date> begun;  ///< First seen as a draft or approved, where the record says so.
  int generation = 0;         ///< Of two records of one document, the higher one is believed.
  std::vector<RecordLink> links;
  std::uint64_t remarks = 0;  ///< Bits by Remark.

  void remark(Remark r) { remarks |= std::uint64_t{1} << static_cast<unsigned>(r); }
};

/// What settling the editions of a work needs of a record.
struct EditionFacts {
  Identifier identifier;
  std::string entry;
  std::string stage;
  std::string project;
  std::string catalogue;
  std::optional<Date> catalogue_date;  ///< What came later, the catalogue cannot know.
  std::optional<State> state;
  std::optional<Date> published;
  std::optional<Date> ended;
  std::optional<Date> begun;
  std::string successor;    ///< The document of another work that replaced it, as the record says.
  bool supplement = false;  ///< An amendment or corrigendum, also where the identifier does not show it.
  int generation = 0;

  /// A base text in its ordinary shape: neither supplement, draft, redline nor consolidated version.
  [[nodiscard]] bool is_edition() const {
    return !supplement && identifier.base() && identifier.stage.empty() && identifier.variant.empty();
  }
};

/// What became of a record among the records of its work.
struct Settled {
  std::optional<std::size_t> same_as;  ///< Position of the record of the same document that is believed instead.
  State state = State::published;
  std::optional<Date> since;               ///< When it entered that state, as far as known.
  std::string basis;                       ///< Why: "stage 60.60", "superseded when … was published".
  std::optional<std::size_t> replaced_by;  ///< The next published edition of a base text.
};

/// Settles all records of one work against each other: which describe one document, in which state each is, what replaced what.
/// The result does not depend on the order. O(n log n).
std::vector<Settled> settle(const std::vector<EditionFacts>& records);
/// The record that stands for the work: its newest published edition, else its newest draft, else the newest edition that ended,
/// else the newest draft that did.
std::size_t face_of(const std::vector<EditionFacts>& records, const std::vector<Settled>& settled);

/// A catalogue in a map.
struct CatalogueInfo {
  std::string name;
  std::string format;
  std::string source;        ///< The file or folder it was read from, without its path.
  std::optional<Date> date;  ///< The day on which it stood so.
  std::size_t records = 0;
};

/// A record as it is kept in a map.
struct RecordRow {
  std::int64_t key = 0;
  EditionFacts facts;
  std::string type;
  std::string group;
  std::string address;
  State state = State::published;
  std::optional<Date> since;
  std::string title;
  std::string abstract;
  std::string keywords;
  std::vector<RecordLink> links;
  std::uint64_t remarks = 0;
};

/// A work with all its records, and how they were settled.
struct WorkRecords {
  std::string key;
  std::vector<RecordRow> records;
  std::vector<Settled> settled;
  std::size_t face = 0;
};

/// Which record of a work an identifier means: the same document; the edition with that date, count or version, the newest where
/// several have it; the amendment or draft of that number. Nothing where it names the work as such, or what no record is.
std::optional<std::size_t> record_meant(const WorkRecords& work, const Identifier& asked);

struct SearchQuery {
  std::string words;                ///< As typed. Words in double quotes stand beside each other.
  std::vector<std::string> groups;  ///< Only records of these committees, or of committees or bodies whose names begin so.
  std::vector<State> states;        ///< Only records in one of these states.
  std::vector<std::string> types;   ///< Only documents of these types.
  std::optional<Day> since;         ///< Only records published on or after that day.
  std::optional<Day> until;
  std::size_t limit = 20;
};

/// A work that was found.
struct SearchHit {
  RecordRow face;          ///< The record that stands for the work; with filters, the newest that passes them.
  std::size_t others = 0;  ///< Further documents of the work: editions, drafts, amendments.
  std::string snippet;     ///< Where the words stand, each between « and ».
  enum class Why : std::uint8_t { identifier, title, text, part } why = Why::text;
  std::vector<std::string> lacks;  ///< Words of the question that the record does not hold: of a `part` at least one.
};

struct SearchAnswer {
  std::vector<SearchHit> hits;
  std::size_t works = 0;  ///< How many hold all the words. Where they are few, hits that lack one of them follow (Why::part).
  std::size_t words_left_out = 0;     ///< Words beyond the first sixteen.
  std::vector<std::string> unheard;   ///< Words that no record holds.
  std::size_t without_committee = 0;  ///< With a filter by group: works that hold the words and name no committee.
};

/// A work whose texts are near to a writing.
struct NearWork {
  RecordRow face;    ///< The record that stands for the work; where it has no abstract, that of another of its records.
  double score = 0;  ///< BM25F; to be compared within one question only.
};

/// What an import did.
struct ImportSummary {
  std::string catalogue;
  std::string format;
  std::size_t read = 0;  ///< Entries seen.
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
  std::size_t repeated = 0;          ///< Entries of a name that had come before in the same input.
  std::size_t gone = 0;              ///< In the map before, and no longer in the catalogue.
  std::size_t merged = 0;            ///< Records of a document that another record describes better.
  std::size_t skipped = 0;           ///< Could not be read.
  std::vector<std::size_t> remarks;  ///< By Remark: of how many of the catalogue's records it is true.
  std::vector<std::string> changes;  ///< "ISO/IEC DIS 27090: stage 40.20 → 40.60", by identifier.
  // Of nodes and links that go onto the map:
  std::size_t gone_links = 0;  ///< So many of those gone are links, so many nodes, so many search records.
  std::size_t gone_nodes = 0;
  std::size_t gone_searches = 0;
  std::vector<std::string> taken_back;  ///< What is gone: "M9001 counters X9001", "threat X9003 (Old trick)".
  std::vector<std::string> ended;  ///< Needs and topics that their source dropped, and that stay because others speak of them.
  std::vector<std::string> questioned;  ///< Verdicts that wait because their need reads otherwise now.
};

/// A source of which an input holds everything that it says: what came from it before and does not come again is gone.
struct WholeSource {
  std::string name;                 ///< As in Source::name of its nodes and links; another edition of that name is the same.
  std::string mark;                 ///< An attribute that every node has which its importer made; empty: it has no nodes.
  std::vector<std::string> voices;  ///< Who speaks in its links (Link::by), beside the source itself.
  std::optional<Date> on;           ///< The day on which it stood so.
};

/// How an import goes onto a map that is there.
struct MergeRules {
  std::vector<WholeSource> whole;                            ///< What these no longer say goes.
  std::vector<std::pair<std::string, std::string>> renamed;  ///< Identifiers of awaited nodes, and what they turned out to be.
  std::optional<Date> questions;  ///< Verdicts on needs that read otherwise now are questioned, as of that day.
};

}  // namespace lacuna
