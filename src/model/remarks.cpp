#include "lacuna/catalogue.hpp"

namespace lacuna {

const std::vector<RemarkWord>& remarks() {
  using enum Remark;
  static const std::vector<RemarkWord> list{
      {older_schema, "other schema",
       "the schema generation that writes docidentifier, source, status and at is read like the one with docid, link, docstatus "
       "and value"},
      {yml_ending, "ending .yml", "files ending in .yml are read like those in .yaml"},
      {committee_number, "committee number",
       "the committee is read from its identifier: its number is that of the joint committee for every subcommittee"},
      {language_twin, "same abstract in two languages",
       "an abstract that stands under two languages is one text; the English one is kept"},
      {other_language, "title in another language", "where there is no English title, the one there is stands"},
      {no_language, "no language", "titles without a language count as English"},
      {no_abstract, "no abstract",
       "a record without abstract is found by its title, identifier and keywords; its twin in another catalogue may have one"},
      {junk_abstract, "junk abstract", "abstracts of under 12 characters are none (\"SA#111\", \"Amendment 2\")"},
      {html, "mark-up", "tags and character references become plain text"},
      {no_status, "no status",
       "without a status, a document with a date of publication is published, until a later edition replaces it"},
      {no_title, "no title", "amendments and corrigenda without a title stand under their work"},
      {title_residue, "residue", "\"V02/\" in a title or abstract is residue of a tool and left out"},
      {withdrawal, "withdrawal", "an edition marked as withdrawn is superseded where a later edition exists, else withdrawn"},
      {study_group, "study group of today", "ITU names the study group that holds the text today, not the one that made it"},
      {series_list, "series list",
       "supplements listed for a whole series (complementOf) are no relations of the document and left aside"},
      {date_from_identifier, "date from identifier", "a date that stands only in the identifier is the date of publication"},
      {own_dates, "several dates",
       "approved, published, obsoleted are kept apart; created and stable-until are dates of the catalogue and left aside"},
      {base_year, "year of the base text",
       "an amendment's year-only date is the base text's: its own is in its identifier, or unknown"},
      {ballot_date, "date in ballot", "a draft is not published, whatever date its record expects"},
      {impossible_date, "impossible date", "dates that cannot be are left out"},
      {stage_code, "stage code",
       "90 is under review and in force; 95 is withdrawn, superseded where a later edition exists; .98 is cancelled"},
      {stage_from_identifier, "stage from identifier",
       "without a status, the stage in the identifier (CSD, CS, OS) tells the state; the final text replaces its stages"},
      {no_link, "no address", "records without an address are kept"},
      {cleaned_identifier, "identifier cleaned", "stray brackets, no-break spaces and signs in an identifier are left out"},
      {bare_identifier, "identifier without number", "an identifier cut to a word stays as it is and is found by its title"},
      {amendment, "amendment or corrigendum",
       "amendments, corrigenda and addenda are documents of their own that amend the edition they name, under its work"},
      {draft, "draft", "drafts stand under their work; published texts come first, and a draft that was published is superseded"},
      {variant, "variant",
       "redlines and consolidated or commented versions are other shapes of an edition, and follow its state"},
      {reversed, "updates turned round",
       "where \"updates\" names a later edition or an amendment, it is that which updates this record"},
      {year_differs, "year differs", "the year in the identifier and the year of publication differ; both stay"},
      {unknown_stage, "unknown stage",
       "a stage in words that stand in no row of data/words/stages.txt says nothing: the dates of the record tell its state"},
  };
  return list;
}

}  // namespace lacuna
