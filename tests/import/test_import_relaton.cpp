// What the importer makes of the oddities of real catalogues; a folder of relaton_samples for each. All documents are invented.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "import/samples.hpp"

using namespace lacuna;

namespace {

const std::filesystem::path relaton_samples = test::samples("relaton") / "valid";

/// The records of a sample in the order of their entries.
std::vector<Record> read_entry(const std::string& sample) {
  test::Records read = test::read_records(importer("relaton"), relaton_samples / sample);
  CHECK(test::faults(read.diagnostics) == "");
  std::ranges::sort(read.records, {}, &Record::entry);
  return std::move(read.records);
}

/// The record of that identifier; fails where there is none.
const Record& find(const std::vector<Record>& records, const std::string& identifier) {
  const auto found = std::ranges::find(records, identifier, [](const Record& r) { return r.identifier.text; });
  INFO(identifier);
  REQUIRE(found != records.end());
  return *found;
}

std::string told(const std::optional<Date>& date) { return date ? to_string(*date) : "none"; }
std::string told(const std::optional<State>& state) { return state ? std::string(name_of(*state)) : "none"; }

/// The names of all remarks of a record, in the order of the summary.
std::string remarks_of(const Record& record) {
  std::vector<std::string> names;
  for (const RemarkWord& word : remarks()) {
    if (((record.remarks >> static_cast<unsigned>(word.remark)) & 1U) != 0) names.emplace_back(word.name);
  }
  return join(names, ", ");
}

/// "supersedes X; is amended by Y".
std::string links_of(const Record& record) {
  std::vector<std::string> links;
  for (const RecordLink& l : record.links)
    links.push_back(fmt::format("{}{} {}", l.reversed ? "reversed " : "", name_of(l.relation), l.identifier));
  return join(links, "; ");
}

EditionFacts facts_of(const Record& r, const std::string& catalogue) {
  return {.identifier = r.identifier,
          .entry = r.entry,
          .stage = r.stage,
          .project = r.project,
          .catalogue = catalogue,
          .state = r.state,
          .published = r.published,
          .ended = r.ended,
          .begun = r.begun,
          .supplement = has_remark(r.remarks, Remark::amendment),
          .generation = r.generation};
}

/// How the records of catalogues are settled, work by work in the order of their keys: "IDENTIFIER: STATE since DATE (BASIS)",
/// for a record that another one stands for "IDENTIFIER = that one (BASIS)", and the face of each work last.
std::string settled(const std::vector<std::pair<std::string, std::string>>& catalogues) {
  std::map<std::string, std::vector<EditionFacts>> works;
  for (const auto& [sample, catalogue] : catalogues) {
    for (const Record& r : read_entry(sample)) works[r.identifier.work()].push_back(facts_of(r, catalogue));
  }
  std::string text;
  for (const auto& [key, facts] : works) {
    const std::vector<Settled> result = settle(facts);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const Settled& s = result[i];
      if (s.same_as) {
        text += fmt::format("{} of {} = {} of {} ({})\n", facts[i].identifier.text, facts[i].entry,
                            facts[*s.same_as].identifier.text, facts[*s.same_as].entry, s.basis);
      } else {
        text += fmt::format("{}: {} since {} ({})\n", facts[i].identifier.text, name_of(s.state), told(s.since), s.basis);
      }
    }
    if (facts.size() > 1)
      text += fmt::format("face: {} of {}\n", facts[face_of(facts, result)].identifier.text, facts[face_of(facts, result)].entry);
  }
  return text;
}

}  // namespace

TEST_CASE("relaton: both generations of the schema are read alike") {
  const auto records = read_entry("two-schemas");
  REQUIRE(records.size() == 2);

  const Record& itu = find(records, "ITU-T X.9001 (06/2019)");
  CHECK(itu.title == "Framework for counting invented things");
  CHECK(itu.abstract == "Recommendation ITU-T X.9001 specifies a framework for counting invented things.");
  CHECK(itu.type == "recommendation");
  CHECK(itu.stage == "Published");
  CHECK(told(itu.state) == "published");
  CHECK(told(itu.published) == "2019-06-22");
  CHECK(itu.group == "ITU-T SG13");
  CHECK(itu.address == "https://example.org/rec/X.9001");
  CHECK(itu.generation == 10506);
  CHECK(links_of(itu) == "adopts ISO/IEC 99001:2019");
  CHECK(remarks_of(itu) == "other schema, study group of today");

  const Record& iso = find(records, "ISO/IEC TR 99028:2020");
  CHECK(iso.title == "Information technology - Invented things - Overview of counting");
  CHECK(iso.abstract == "This document says how an invented thing is counted, and by whom.");
  CHECK(iso.type == "technical-report");
  CHECK(iso.stage == "60.60");
  CHECK(told(iso.state) == "published");
  CHECK(told(iso.published) == "2020-05");
  CHECK(iso.group == "ISO/IEC JTC 1/SC 42");
  CHECK(iso.address == "https://example.org/standard/997608.html");
  CHECK(iso.project == "997608");
  CHECK(iso.generation == 10209);
  CHECK(links_of(iso) == "");
  CHECK(remarks_of(iso) == "committee number");
}

TEST_CASE("relaton: of two files of one identifier the one of the newer schema is believed") {
  const auto records = read_entry("hyphen-and-colon");
  REQUIRE(records.size() == 2);
  CHECK(records[0].entry == "iso-99003-2008.yaml");
  CHECK(records[0].stage == "95.99");
  CHECK(records[0].generation == 10209);
  CHECK(links_of(records[0]) == "reversed supersedes ISO 99003:2025");
  CHECK(remarks_of(records[0]) == "no abstract, stage code, updates turned round");
  CHECK(records[1].entry == "iso-99003:2008.yaml");
  CHECK(records[1].stage == "90.92");
  CHECK(records[1].group == "ISO/TC 34/SC 7");
  CHECK(records[1].generation == 10207);
  CHECK(settled({{"hyphen-and-colon", "iso"}}) ==
        "ISO 99003:2008: withdrawn since none (stage 95.99)\n"
        "ISO 99003:2008 of iso-99003:2008.yaml = ISO 99003:2008 of iso-99003-2008.yaml (the same identifier as ISO 99003:2008)\n"
        "face: ISO 99003:2008 of iso-99003-2008.yaml\n");
}

TEST_CASE("relaton: a text under publication without a year is the dated text of the same project") {
  // The address of the page may name the standard instead of its project.
  const auto records = read_entry("undated-twin");
  CHECK(find(records, "ISO/IEC 99005").project == "994545");
  CHECK(find(records, "ISO/IEC 99005").abstract == "This document, under publication, names artificial counting.");
  CHECK(find(records, "ISO/IEC 99005:2025").project == "994545");
  CHECK(find(records, "ISO/IEC 99005:2025").address == "https://example.org/standard/99005");
  CHECK(settled({{"undated-twin", "iso"}}) ==
        "ISO/IEC 99005:2025: published since 2025-05 (stage 60.60)\n"
        "ISO/IEC 99005 of iso-iec-99005.yaml = ISO/IEC 99005:2025 of iso-iec-99005-2025.yaml (the same project before it had a "
        "year as ISO/IEC 99005:2025)\n"
        "face: ISO/IEC 99005:2025 of iso-iec-99005-2025.yaml\n"
        "ISO 99006:2020/Amd 1:2024: published since 2024-02 (stage 60.60)\n"
        "ISO 99006:2020/Amd 1 of iso-99006-2020-amd-1.yaml = ISO 99006:2020/Amd 1:2024 of iso-99006-2020-amd-1-2024.yaml "
        "(the same project before it had a year as ISO 99006:2020/Amd 1:2024)\n"
        "face: ISO 99006:2020/Amd 1:2024 of iso-99006-2020-amd-1-2024.yaml\n");
}

TEST_CASE("relaton: a draft ends with the next draft or the publication of its project") {
  CHECK(remarks_of(find(read_entry("drafts-beside-published"), "ISO/IEC DIS 99090")) == "committee number, no abstract, draft");
  CHECK(settled({{"drafts-beside-published", "iso"}}) ==
        "ISO/IEC CD 99090: superseded since none (stage 30.99; became ISO/IEC DIS 99090)\n"
        "ISO/IEC DIS 99090: draft since none (stage 40.20)\n"
        "face: ISO/IEC DIS 99090 of iso-iec-dis-99090.yaml\n"
        "ISO/IEC 99091:2024: published since 2024-03 (stage 60.60)\n"
        "ISO/IEC FDIS 99091: superseded since 2024-03 (stage 50.00; became ISO/IEC 99091:2024)\n"
        "face: ISO/IEC 99091:2024 of iso-iec-99091-2024.yaml\n");
}

TEST_CASE("relaton: a joint document of ISO and IEC is believed as ISO has it") {
  const std::string wanted =
      "ISO/IEC 99089:2022 of iso_iec_99089_2022.yaml = ISO/IEC 99089:2022 of iso-iec-99089-2022.yaml (the same identifier as "
      "ISO/IEC 99089:2022)\n";
  const std::string face = "face: ISO/IEC 99089:2022 of iso-iec-99089-2022.yaml\n";
  const std::string believed = "ISO/IEC 99089:2022: published since 2022-06 (stage 60.60)\n";
  CHECK(settled({{"iso-and-iec/iso", "iso"}, {"iso-and-iec/iec", "iec"}}) == believed + wanted + face);
  // Whatever the order of reading and the letter case of the names that somebody gave the catalogues.
  CHECK(settled({{"iso-and-iec/iec", "The IEC"}, {"iso-and-iec/iso", "The ISO"}}) == wanted + believed + face);
  const auto records = read_entry("iso-and-iec");
  REQUIRE(records.size() == 2);
  CHECK(records[0].entry == "iec/iso_iec_99089_2022.yaml");
  CHECK(records[0].title == "Information technology - Invented things - Concepts and vocabulary");
  CHECK(told(records[0].published) == "2022-07-19");
  CHECK(records[1].title == "Information technology - Invented things - Vocabulary");
  CHECK(told(records[1].published) == "2022-06");
}

TEST_CASE("relaton: the year of the base text is not the date of its amendment") {
  const auto records = read_entry("year-of-the-base-text");
  const Record& draft = find(records, "ISO/IEC 99089:2022/CD Amd 1");
  CHECK(told(draft.published) == "none");
  CHECK(told(draft.state) == "draft");
  CHECK(remarks_of(draft) == "no abstract, year of the base text, amendment or corrigendum, draft");
  const Record& amendment = find(records, "ISO/IEC 99089:2022/Amd 2:2024");
  CHECK(told(amendment.published) == "2024");
  CHECK(told(amendment.state) == "published");
  CHECK(remarks_of(amendment) == "no abstract, year of the base text, amendment or corrigendum");
  const Record& corrigendum = find(records, "ISO/IEC 99089:2022/Cor 1:2023");
  CHECK(told(corrigendum.published) == "2023-04");
  CHECK(remarks_of(corrigendum) == "no abstract, amendment or corrigendum");
}

TEST_CASE("relaton: a text in ballot is not published, whatever its date") {
  const auto records = read_entry("date-in-ballot");
  REQUIRE(records.size() == 1);
  CHECK(records[0].identifier.text == "ISO 99125-5");
  CHECK(told(records[0].published) == "none");
  CHECK(told(records[0].state) == "draft");
  CHECK(links_of(records[0]) == "supersedes ISO 99125-5:2018");
  CHECK(remarks_of(records[0]) == "no abstract, date in ballot, draft");
  CHECK(settled({{"date-in-ballot", "iso"}}) == "ISO 99125-5: draft since none (stage 50.20)\n");
}

TEST_CASE("relaton: ISO's stage codes tell the state") {
  const auto records = read_entry("stage-codes");
  const std::vector<std::tuple<std::string, std::string, std::string, std::string>> wanted{
      {"ISO/PWI 99206", "00.60", "proposed", "no abstract, draft"},
      {"ISO/CD 99205", "30.98", "withdrawn", "no abstract, stage code"},
      {"ISO 99204:2024", "60.00", "approved", "no abstract, date in ballot, draft"},
      {"ISO 99203:2021", "60.60", "published", "no abstract"},
      {"ISO 99202:2019", "90.93", "published", "no abstract, stage code"},
      {"ISO 99201:2018", "95.99", "withdrawn", "no abstract, stage code"},
      {"ISO 99207:1972", "", "none", "no abstract, no status"},
  };
  CHECK(records.size() == wanted.size());
  for (const auto& [identifier, stage, state, remarks] : wanted) {
    const Record& record = find(records, identifier);
    INFO(identifier);
    CHECK(record.stage == stage);
    CHECK(told(record.state) == state);
    CHECK(remarks_of(record) == remarks);
  }
}

TEST_CASE("relaton: the committee is read from its identifier, not from its number") {
  const auto records = read_entry("committee-number");
  CHECK(find(records, "ISO/IEC 99028:2021").group == "ISO/IEC JTC 1/SC 42");
  CHECK(remarks_of(find(records, "ISO/IEC 99028:2021")) == "committee number, no abstract");
  CHECK(find(records, "ISO 99029:2021").group == "ISO/TC 1");
  CHECK(remarks_of(find(records, "ISO 99029:2021")) == "no abstract");
  CHECK(find(records, "IEC 99030:2021").group == "IEC SyC INV");
}

TEST_CASE("relaton: the English title and abstract are taken, in whatever order they stand") {
  const auto records = read_entry("two-languages");
  const Record& twin = find(records, "ISO 99040:2020");
  CHECK(twin.title == "Invented things");
  CHECK(twin.abstract == "This document says how an invented thing is counted, and by whom.");
  CHECK(remarks_of(twin) == "same abstract in two languages");
  const Record& two = find(records, "ISO 99041:2020");
  CHECK(two.title == "Invented counters");
  CHECK(two.abstract == "This document describes invented counters.");
  CHECK(remarks_of(two) == "");
  const Record& spanish = find(records, "IEC 99042-12:1987+AMD1:1991 CSV");
  CHECK(spanish.title == "Equipos inventados. Parte 12: Conectores.");
  CHECK(spanish.abstract == "Applies to invented connectors.");
  CHECK(remarks_of(spanish) == "title in another language, several dates, variant");
}

TEST_CASE("relaton: a title without a language counts as English, and a second spelling of the identifier is left out") {
  const auto records = read_entry("no-language");
  REQUIRE(records.size() == 1);
  CHECK(records[0].identifier.text == "IEEE Std 9986-2023");
  CHECK(records[0].title == "IEEE Recommended Practice for Invented Privacy");
  CHECK(records[0].abstract == "Invented privacy is described in this practice.");
  CHECK(records[0].keywords == "IEEE Standards; IEEE 9986\u2122");
  CHECK(records[0].group == "Invented Standards Committee of the IEEE Computer Society");
  CHECK(remarks_of(records[0]) == "no language, several dates, year differs");
}

TEST_CASE("relaton: a record without abstract has a twin with one") {
  CHECK(settled({{"missing-abstract/iso", "iso"}, {"missing-abstract/iec", "iec"}}) ==
        "ISO/IEC 99042:2023: published since 2023-12 (stage 60.60)\n"
        "ISO/IEC 99042:2023 of iso_iec_99042_2023.yaml = ISO/IEC 99042:2023 of iso-iec-99042-2023.yaml (the same identifier as "
        "ISO/IEC 99042:2023)\n"
        "face: ISO/IEC 99042:2023 of iso-iec-99042-2023.yaml\n");
  const auto records = read_entry("missing-abstract");
  REQUIRE(records.size() == 2);
  CHECK(records[0].entry == "iec/iso_iec_99042_2023.yaml");
  CHECK(records[0].abstract == "This document says how an invented thing is counted, and by whom.");
  CHECK(remarks_of(records[0]) == "committee number");
  CHECK(records[1].abstract == "");
  CHECK(remarks_of(records[1]) == "no abstract");
}

TEST_CASE("relaton: a record without status, committee and abstract is published on its date") {
  const auto records = read_entry("bare-record");
  REQUIRE(records.size() == 1);
  CHECK(records[0].title == "Guidelines for invented intelligence");
  CHECK(records[0].group == "");
  CHECK(records[0].stage == "");
  CHECK(told(records[0].state) == "none");
  CHECK(remarks_of(records[0]) == "other schema, no abstract, no status");
  CHECK(settled({{"bare-record", "itu"}}) ==
        "ITU-T X.9217 (01/2021): published since 2021-01-07 (no status; published 2021-01-07)\n");
}

TEST_CASE("relaton: an amendment without a title stands under its work, which keeps its face") {
  const auto records = read_entry("empty-title");
  const Record& amendment = find(records, "ITU-T X.9197 (2012) Amd. 1 (09/2019)");
  CHECK(amendment.title == "");
  CHECK(amendment.type == "recommendation-amendment");
  CHECK(remarks_of(amendment) == "other schema, no abstract, no status, no title, amendment or corrigendum");
  CHECK(settled({{"empty-title", "itu"}}) ==
        "ITU-T X.9197 (04/2012): published since 2012-04-20 (stage Published)\n"
        "ITU-T X.9197 (2012) Amd. 1 (09/2019): published since 2019-09-05 (no status; published 2019-09-05)\n"
        "face: ITU-T X.9197 (04/2012) of itu-t-x-9197-04-2012.yaml\n");
}

TEST_CASE("relaton: an edition marked as withdrawn is superseded where a later one exists") {
  CHECK(remarks_of(find(read_entry("editions-of-a-number"), "ITU-T Y.9602 (12/2018)")) ==
        "other schema, withdrawal, study group of today");
  CHECK(links_of(find(read_entry("editions-of-a-number"), "ITU-T Y.9602 (12/2018)")) == "");
  CHECK(settled({{"editions-of-a-number", "itu"}}) ==
        "ITU-T A.9010 (03/1993): withdrawn since none (stage Withdrawal)\n"
        "ITU-T Y.9602 (05/2016): superseded since 2018-12-14 (stage Withdrawal; replaced by ITU-T Y.9602 (12/2018))\n"
        "ITU-T Y.9602 (09/2022): published since 2022-09-29 (stage Published)\n"
        "ITU-T Y.9602 (12/2018): superseded since 2022-09-29 (stage Withdrawal; replaced by ITU-T Y.9602 (09/2022))\n"
        "face: ITU-T Y.9602 (09/2022) of itu-t-y-9602-09-2022.yaml\n");
}

TEST_CASE("relaton: the study group is the one of today") {
  const auto records = read_entry("study-group");
  REQUIRE(records.size() == 1);
  CHECK(records[0].group == "ITU-T SG21");
  CHECK(remarks_of(records[0]) == "other schema, study group of today");
}

TEST_CASE("relaton: supplements of a whole series are no relations of the document") {
  const auto records = read_entry("series-list");
  REQUIRE(records.size() == 1);
  CHECK(links_of(records[0]) == "");
  CHECK(remarks_of(records[0]) == "other schema, study group of today, series list");
}

TEST_CASE("relaton: an abstract of a few characters is none, and a blank one is not even junk") {
  const auto records = read_entry("junk-abstract");
  const Record& junk = find(records, "ETSI TS 999 105 V19.5.0 (2026-04)");
  CHECK(junk.title == "Invented management (Release 19)");
  CHECK(junk.abstract == "");
  CHECK(junk.group == "ETSI Telecom Management");
  CHECK(remarks_of(junk) == "no abstract, junk abstract, no status");
  CHECK(remarks_of(find(records, "ETSI TS 999 106 V1.1.1 (2020-01)")) == "no abstract, no status");
}

TEST_CASE("relaton: of ETSI's versions the highest is in force, and a date may stand in the identifier only") {
  const auto records = read_entry("versions-without-status");
  const Record& old = find(records, "ETSI ETR 901 ed.1 (1990-08)");
  CHECK(told(old.published) == "1990-08");
  CHECK(old.type == "etsi-technical-report");
  CHECK(old.keywords == "ACCESS; ISDN");
  CHECK(remarks_of(old) == "no abstract, no status, date from identifier");
  CHECK(settled({{"versions-without-status", "etsi"}}) ==
        "ETSI ETR 901 ed.1 (1990-08): published since 1990-08 (no status; published 1990-08)\n"
        "ETSI TS 999 001 V1.1.1 (2018-02): superseded since 2021-03 (replaced by ETSI TS 999 001 V1.2.1 (2021-03))\n"
        "ETSI TS 999 001 V1.2.1 (2021-03): superseded since 2021-03 (replaced by ETSI TS 999 001 V2.1.1 (2020-06))\n"
        "ETSI TS 999 001 V2.1.1 (2020-06): published since 2020-06 (no status; published 2020-06)\n"
        "face: ETSI TS 999 001 V2.1.1 (2020-06) of ETSI_TS_999_001_V2_1_1_2020-06.yaml\n");
}

TEST_CASE("relaton: two numbers with one abstract stay two works") {
  const auto records = read_entry("one-abstract-two-numbers");
  REQUIRE(records.size() == 2);
  CHECK(records[0].abstract == "This work item describes the challenges of securing invented systems.");
  CHECK(records[1].abstract == records[0].abstract);
  CHECK(records[0].type == "group-report");
  CHECK(settled({{"one-abstract-two-numbers", "etsi"}}) ==
        "ETSI GR INV 904 V1.1.1 (2020-12): published since 2020-12 (no status; published 2020-12)\n"
        "ETSI TR 999 221 V1.1.1 (2025-01): published since 2025-01 (no status; published 2025-01)\n");
}

TEST_CASE("relaton: abbreviations that mean something else keep their words") {
  const auto records = read_entry("false-friends");
  CHECK(find(records, "ETSI EN 999 392-2 V2.5.2 (2005-11)").title == "Invented Radio (IR); Part 2: Air Interface (AI)");
  CHECK(find(records, "ETSI TS 999 369 V19.2.0 (2026-04)").title == "Security of Ambient Invented Things (AIoT)");
}

TEST_CASE("relaton: tags and character references become plain text") {
  const auto records = read_entry("html-abstract");
  const Record& marked = find(records, "IEC 99792:2025");
  CHECK(marked.title == "Invented transparency \u2013 Taxonomy");
  CHECK(marked.abstract == "This document specifies a taxonomy of invented elements. It applies to H2O & others. End.");
  CHECK(remarks_of(marked) == "mark-up");
  const Record& junk = find(records, "IEC 99793:2025/AMD2:2026");
  CHECK(junk.abstract == "");
  CHECK(remarks_of(junk) == "no abstract, junk abstract, amendment or corrigendum");
  CHECK(remarks_of(find(records, "IEC 99794:2025")) == "no abstract, junk abstract, mark-up");
}

TEST_CASE("relaton: IEC's dates are kept apart, and variants follow their edition") {
  const auto records = read_entry("dates-and-variants");
  const Record& stable = find(records, "IEC SRD 99416:2023");
  CHECK(told(stable.published) == "2023-09-15");
  CHECK(told(stable.ended) == "none");
  CHECK(stable.type == "system-reference-deliverable");
  CHECK(remarks_of(stable) == "several dates");
  const Record& old = find(records, "CISPR 911:1975");
  CHECK(told(old.state) == "superseded");
  CHECK(told(old.published) == "1975-01-01");
  CHECK(told(old.ended) == "1990-09-06");
  CHECK(remarks_of(find(records, "CISPR 911:1975+AMD1:1976 CSV")) == "several dates, variant");
  CHECK(settled({{"dates-and-variants", "iec"}}) ==
        "IEC SRD 99416:2023: published since 2023-09-15 (stage PUBLISHED)\n"
        "IEC 99417:1980: withdrawn since 2001-05-01 (stage WITHDRAWN)\n"
        "CISPR 911:1975+AMD1:1976 CSV: superseded since 1990-09-06 (stage REVISED)\n"
        "CISPR 911:1975: superseded since 1990-09-06 (stage REVISED; replaced by CISPR 911:1990)\n"
        "CISPR 911:1990: published since 1990-09-06 (stage PUBLISHED)\n"
        "CISPR 911:1990 RLV: published since 1990-09-06 (as CISPR 911:1990)\n"
        "face: CISPR 911:1990 of cispr_911_1990.yaml\n");
}

TEST_CASE("relaton: amendments and corrigenda of every body amend the edition they name") {
  const auto records = read_entry("amendments");
  const auto supplement = [&](const std::string& identifier) {
    const Identifier& id = find(records, identifier).identifier;
    INFO(identifier);
    REQUIRE(id.supplements.size() == 1);
    const SupplementOf& s = id.supplements[0];
    return fmt::format("{} {}: {} {} of {}", id.work(), id.edition, s.kind, s.number, s.edition);
  };
  CHECK(supplement("ITU-T X.9352 (2022) Amd. 1 (03/2024)") == "itu-t x.9352 2022: amd 1 of 2024-03");
  CHECK(supplement("ITU-T H.9248 (V3) (2005) Cor. 1 (05/2008)") == "itu-t h.9248 2005: cor 1 of 2008-05");
  CHECK(supplement("ISO 99007:2013/Cor 1:2014") == "iso 99007 2013: cor 1 of 2014");
  CHECK(supplement("IEC 99008:2001/AMD1:2004") == "iec 99008 2001: amd 1 of 2004");
  CHECK(supplement("ETSI ETS 999 009/A1 ed.2 (1994-01)") == "etsi ets 999009 : amd 1 of 2");
  for (const Record& r : records) {
    const bool remarked = remarks_of(r).find("amendment or corrigendum") != std::string::npos;
    INFO(r.identifier.text);
    CHECK(remarked == !r.identifier.base());
  }
  // What ISO calls "updates" is the edition that the corrigendum belongs to, and the next edition, which ended it.
  CHECK(links_of(find(records, "ISO 99007:2013/Cor 1:2014")) == "amends ISO 99007:2013; reversed supersedes ISO 99007:2022");
  CHECK(links_of(find(records, "ISO 99007:2013")) ==
        "supersedes ISO 99007:2005; reversed supersedes ISO 99007:2022; reversed amends ISO 99007:2013/Cor 1:2014");
}

TEST_CASE("relaton: IEEE's editions stand in the order of their years, not of the days on which the shop took them up") {
  const auto records = read_entry("three-dates");
  const Record& late = find(records, "IEEE Std 9701-2021");
  CHECK(told(late.begun) == "2021-12-08");
  CHECK(told(late.published) == "2022-03-02");
  CHECK(told(late.state) == "published");
  CHECK(remarks_of(late) == "no language, several dates, year differs");
  const Record& reserved = find(records, "IEEE Std 9703-1985");
  CHECK(told(reserved.published) == "1985-11-18");
  CHECK(told(reserved.state) == "withdrawn");
  CHECK(reserved.stage == "Inactive");
  CHECK(links_of(find(records, "IEEE Std 9702-2012")) == "supersedes IEEE Std 9702-1997");
  CHECK(settled({{"three-dates", "ieee"}}) ==
        "IEEE Std 9701-2021: published since 2022-03-02 (stage approved)\n"
        "IEEE Std 9702-1997: superseded since 2012-02-06 (stage Superseded; replaced by IEEE Std 9702-2012)\n"
        "IEEE Std 9702-2012: published since 2012-02-06 (stage approved)\n"
        "face: IEEE Std 9702-2012 of IEEE_STD_9702-2012.yaml\n"
        "IEEE Std 9703-1985: withdrawn since none (stage Inactive)\n");
}

TEST_CASE("relaton: IEEE's drafts became the standard, and its redline is in the state of its edition") {
  const auto records = read_entry("drafts-and-redlines");
  const Record& draft = find(records, "IEEE P9841/D-2-2022-02");
  CHECK(draft.identifier.work() == "ieee 9841");
  CHECK(draft.identifier.stage == "D2-2022-02");
  CHECK(told(draft.state) == "draft");
  CHECK(told(draft.begun) == "2022-02");
  CHECK(remarks_of(draft) == "no language, several dates, draft");
  const Record& redline = find(records, "IEEE Std 9841-2022 Redline");
  CHECK(redline.type == "redline");
  CHECK(links_of(redline) == "reversed supersedes IEEE Std 9841-2030");
  CHECK(remarks_of(redline) == "no language, no status, several dates, variant, year differs");
  const Record& joint = find(records, "IEC/IEEE P99802/D-3.1-2025-02");
  CHECK(joint.identifier.work() == "iec 99802");
  CHECK(joint.identifier.stage == "D3.1-2025-02");
  CHECK(remarks_of(joint) == "no language, draft");
  CHECK(settled({{"drafts-and-redlines", "ieee"}}) ==
        "IEC/IEEE P99802/D-3.1-2025-02: draft since 2025-02 (stage draft)\n"
        "IEEE P9841/D-1-2021-06: superseded since 2022-12-04 (stage draft; became IEEE Std 9841-2022)\n"
        "IEEE P9841/D-2-2022-02: superseded since 2022-12-04 (stage draft; became IEEE Std 9841-2022)\n"
        "IEEE Std 9841-2022: withdrawn since none (stage withdrawn)\n"
        "IEEE Std 9841-2022 Redline: withdrawn since none (as IEEE Std 9841-2022)\n"
        "face: IEEE Std 9841-2022 of IEEE_STD_9841-2022.yaml\n");
}

TEST_CASE("relaton: an identifier cut to a word stays, and a date that cannot be is left out") {
  const auto records = read_entry("cut-identifier");
  const Record& cut = find(records, "IEEE Invented");
  CHECK(cut.title == "IEEE Invented Machine Learning");
  CHECK(cut.abstract == "This white paper\u2019s purpose is H2O & AT&T.");
  CHECK(cut.group == "");
  CHECK(told(cut.begun) == "2021");
  CHECK(remarks_of(cut) == "no language, mark-up, no status, several dates, identifier without number");
  const Record& card = find(records, "IEEE 9267A-1980");
  CHECK(told(card.begun) == "1980");
  CHECK(told(card.published) == "1980");
  CHECK(remarks_of(card) == "no language, no status, several dates, impossible date, year differs");
}

TEST_CASE("relaton: OASIS's stages stand in the identifiers, and the final text replaces them") {
  const auto records = read_entry("stages-of-one-text");
  const Record& first = find(records, "OASIS invf-v2.0-CS01");
  CHECK(first.stage == "CS01");
  CHECK(told(first.state) == "approved");
  CHECK(told(first.begun) == "2021-11-12");
  CHECK(told(first.published) == "none");
  CHECK(first.address == "https://example.org/20.html");
  CHECK(first.group == "OASIS Invented Framework (INVF) TC");
  CHECK(remarks_of(first) == "stage from identifier, draft");
  CHECK(remarks_of(find(records, "OASIS invf-v2.1-CSD01")) == "no abstract, stage from identifier, no address, draft");
  // A stray bracket and a no-break space in the identifier.
  const Record& stray = find(records, "OASIS InvC2-MQTT-v1.0-CS01");
  CHECK(stray.identifier.work() == "oasis invc2-mqtt");
  CHECK(remarks_of(stray) == "stage from identifier, identifier cleaned, draft");
  CHECK(settled({{"stages-of-one-text", "oasis"}}) ==
        "OASIS InvC2-MQTT-v1.0-CS01: approved since 2021-11-19 (stage CS01)\n"
        "OASIS invf-v2.0-CS01: superseded since 2022-11-18 (stage CS01; became OASIS invf-v2.0)\n"
        "OASIS invf-v2.0-CS02: superseded since 2022-11-18 (stage CS02; became OASIS invf-v2.0)\n"
        "OASIS invf-v2.0: published since 2022-11-18 (stage OS)\n"
        "OASIS invf-v2.1-CSD01: draft since 2024-02-01 (stage CSD01)\n"
        "face: OASIS invf-v2.0 of INVF-V2.0.yaml\n");
}

TEST_CASE("relaton: files ending in .yml are read, and residue of a tool is left out") {
  const auto records = read_entry("endings-and-residue");
  REQUIRE(records.size() == 2);
  const Record& directive = find(records, "ISO/IEC DIR 9 ISO SUP:2003");
  CHECK(directive.entry == "ISO_IEC_DIR_9_ISO_SUP_2003.yml");
  CHECK(directive.title == "ISO/IEC Directives, Part 9 - Invented procedures");
  CHECK(directive.type == "directive");
  CHECK(told(directive.published) == "2003-01-01");
  CHECK(directive.generation == 0);
  CHECK(remarks_of(directive) == "ending .yml, no abstract, no status, no address");
  const Record& draft = find(records, "ISO/IEC CD 99792");
  CHECK(draft.title == "Information technology - Invented taxonomy");
  CHECK(draft.abstract == "This document defines an invented taxonomy.");
  CHECK(remarks_of(draft) == "committee number, residue, draft");
}

TEST_CASE("relaton: every remark has a name, a rule and its own place in the list") {
  std::vector<std::size_t> seen(remarks().size(), 0);
  std::vector<std::string_view> names;
  for (const RemarkWord& word : remarks()) {
    CHECK_FALSE(word.name.empty());
    CHECK_FALSE(word.rule.empty());
    REQUIRE(static_cast<std::size_t>(word.remark) < seen.size());
    ++seen[static_cast<std::size_t>(word.remark)];
    names.push_back(word.name);
  }
  CHECK(seen == std::vector<std::size_t>(remarks().size(), 1));
  std::ranges::sort(names);
  CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("relaton: bodies that nobody wrote a rule for are read by what their records say") {
  CHECK(settled({{"other-bodies", "x"}}) ==
        "3GPP TS 99.501:REL-15/0.1.0: draft since 2017-06-15 (named as a draft)\n"
        "3GPP TS 99.501:REL-18/18.2.0: superseded since 2025-07-04 (replaced by 3GPP TS 99.501:REL-18/18.10.0)\n"
        "3GPP TS 99.501:REL-18/18.10.0: published since 2025-07-04 (no status; published 2025-07-04)\n"
        "face: 3GPP TS 99.501:REL-18/18.10.0 of 3gpp-versions-3.yaml\n"
        "CCSDS 999.0-B-1: withdrawn since none (stage withdrawn)\n"
        "ECMA-999 ed. 1: superseded since 2017-12 (replaced by ECMA-999 ed. 2)\n"
        "ECMA-999 ed. 2: published since 2017-12 (no status; published 2017-12)\n"
        "face: ECMA-999 ed. 2 of ecma-editions-2.yaml\n"
        "ETSI TS 199 501 V18.2.0 (2023-07): published since 2023-07 (no status; published 2023-07)\n"
        "GOST 999-2009: superseded since none (stage replaced)\n"
        "BCP 9999: published since none (no status)\n"
        "RFC 90000: published since 2010-03 (stage PROPOSED STANDARD; published 2010-03)\n"
        "RFC 90001: published since 2018-08 (stage PROPOSED STANDARD; published 2018-08)\n"
        "RFC 90002: superseded since none (its record names what replaced it)\n"
        "ITU-R Report SM.9912-6: published since 2018-06 (stage Published)\n"
        "ITU-R SM.9912-0: published since 2013-08 (stage Published)\n"
        "NIST SP 999-53r4: superseded since 2020 (replaced by NIST SP 999-53r5)\n"
        "NIST SP 999-53r5: published since 2020 (no status; published 2020)\n"
        "face: NIST SP 999-53r5 of nist-revisions-2.yaml\n"
        "OIML R 999:1994: superseded since none (stage superseded)\n"
        "W3C WD-alpha-20200101: draft since 2020-01-01 (stage Working Draft)\n"
        "W3C alpha of w3c-as-such.yaml = W3C WD-alpha-20200101 of stage-words-1.yaml (the work without an edition, shown as W3C "
        "WD-alpha-20200101)\n"
        "face: W3C WD-alpha-20200101 of stage-words-1.yaml\n"
        "W3C SPSD-beta-20200101: withdrawn since none (stage Retired)\n"
        "XYZ 12:2015: published since 2015 (no status; published 2015)\n"
        "XYZ 12:2011: superseded since 2015 (replaced by XYZ 12:2015)\n"
        "face: XYZ 12:2015 of replaced-by-earlier.yaml\n");
  std::string links;
  for (const Record& r : read_entry("other-bodies")) {
    if (!r.links.empty()) links += fmt::format("{}: {}\n", r.identifier.text, links_of(r));
  }
  CHECK(links ==
        "BCP 9999: references RFC 90001\n"
        "ECMA-999 ed. 2: supersedes ECMA-999 ed. 1\n"
        "ETSI TS 199 501 V18.2.0 (2023-07): adopts 3GPP TS 99.501 V18.2.0\n"
        "NIST SP 999-53r5: supersedes NIST SP 999-53r4\n"
        "XYZ 12:2015: supersedes XYZ 12:2011\n"
        "RFC 90002: reversed supersedes RFC 90001\n"
        "RFC 90001: amends RFC 90000\n");
  CHECK(find(read_entry("other-bodies"), "3GPP TS 99.501:REL-18/18.2.0").group == "3GPP SA3");
  CHECK(find(read_entry("other-bodies"), "OIML R 999:1994").group == "OIML");
  CHECK(remarks_of(find(read_entry("other-bodies"), "XYZ 12:2011")) == "no abstract, no address, unknown stage");
}
