// Records of one work settled against each other. All documents are invented.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>

#include "lacuna/catalogue.hpp"

using namespace lacuna;

namespace {

struct Given {
  std::string identifier;
  std::optional<State> state = {};
  std::string published = {};
  std::string stage = {};
  std::string project = {};
  std::string catalogue = "iso";
  std::string entry = {};
  std::string ended = {};
  int generation = 0;
};

std::vector<EditionFacts> facts_of(const std::vector<Given>& given) {
  std::vector<EditionFacts> facts;
  for (const Given& g : given) {
    EditionFacts f;
    f.identifier = parse_identifier(g.identifier);
    f.entry = g.entry.empty() ? g.identifier : g.entry;
    f.stage = g.stage;
    f.project = g.project;
    f.catalogue = g.catalogue;
    f.state = g.state;
    f.published = Date::parse(g.published);
    f.ended = Date::parse(g.ended);
    f.generation = g.generation;
    f.supplement = !f.identifier.base() && f.identifier.variant.empty();
    facts.push_back(std::move(f));
  }
  return facts;
}

/// "IDENTIFIER: STATE since DATE → NEXT (BASIS)" or "IDENTIFIER of CATALOGUE = THAT of CATALOGUE (BASIS)" for each, and the face.
std::vector<std::string> told(const std::vector<EditionFacts>& facts) {
  const std::vector<Settled> settled = settle(facts);
  REQUIRE(settled.size() == facts.size());
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Settled& s = settled[i];
    if (s.same_as) {
      lines.push_back(fmt::format("{} of {} = {} of {} ({})", facts[i].identifier.text, facts[i].catalogue,
                                  facts[*s.same_as].identifier.text, facts[*s.same_as].catalogue, s.basis));
    } else {
      lines.push_back(fmt::format("{}: {}{}{} ({})", facts[i].identifier.text, name_of(s.state),
                                  s.since ? " since " + to_string(*s.since) : "",
                                  s.replaced_by ? " → " + facts[*s.replaced_by].identifier.text : "", s.basis));
    }
  }
  const EditionFacts& face = facts[face_of(facts, settled)];
  lines.push_back(fmt::format("face: {} of {}", face.identifier.text, face.catalogue));
  return lines;
}

/// What is told of the records, and that their order does not matter.
std::vector<std::string> settle_any_order(const std::vector<Given>& given) {
  const std::vector<EditionFacts> facts = facts_of(given);
  for (const EditionFacts& f : facts) CHECK(f.identifier.work() == facts[0].identifier.work());
  const std::vector<std::string> lines = told(facts);
  std::vector<std::string> sorted = lines;
  std::ranges::sort(sorted);
  std::mt19937 random(509);
  for (int round = 0; round < 20; ++round) {
    std::vector<EditionFacts> shuffled = facts;
    std::ranges::shuffle(shuffled, random);
    std::vector<std::string> again = told(shuffled);
    std::ranges::sort(again);
    CHECK(again == sorted);
  }
  return lines;
}

using Lines = std::vector<std::string>;
using enum State;

}  // namespace

TEST_CASE("editions: each is superseded by the next one") {
  CHECK(settle_any_order({{"ITU-T X.9001 (10/2019)", published, "2019-10-14", "Published", "", "itu"},
                          {"ITU-T X.9001 (03/2000)", withdrawn, "2000-03-31", "Withdrawal", "", "itu"},
                          {"ITU-T X.9001 (08/2005)", withdrawn, "2005-08-29", "Withdrawal", "", "itu"}}) ==
        Lines{"ITU-T X.9001 (10/2019): published since 2019-10-14 (stage Published)",
              "ITU-T X.9001 (03/2000): superseded since 2005-08-29 → ITU-T X.9001 (08/2005) (stage Withdrawal; replaced by ITU-T "
              "X.9001 (08/2005))",
              "ITU-T X.9001 (08/2005): superseded since 2019-10-14 → ITU-T X.9001 (10/2019) (stage Withdrawal; replaced by ITU-T "
              "X.9001 (10/2019))",
              "face: ITU-T X.9001 (10/2019) of itu"});
}

TEST_CASE("editions: without a status, the latest is in force") {
  CHECK(settle_any_order({{"ETSI EN 999 645 V3.1.3 (2024-09)", {}, "2024-09", "", "", "etsi"},
                          {"ETSI EN 999 645 V2.1.1 (2020-06)", {}, "2020-06", "", "", "etsi"}}) ==
        Lines{"ETSI EN 999 645 V3.1.3 (2024-09): published since 2024-09 (no status; published 2024-09)",
              "ETSI EN 999 645 V2.1.1 (2020-06): superseded since 2024-09 → ETSI EN 999 645 V3.1.3 (2024-09) (replaced by ETSI "
              "EN 999 645 V3.1.3 (2024-09))",
              "face: ETSI EN 999 645 V3.1.3 (2024-09) of etsi"});
}

TEST_CASE("editions: a higher version of ETSI is later, even where an older release was published after it") {
  CHECK(settle_any_order({{"ETSI TS 999 222 V18.8.1 (2026-04)", {}, "2026-04", "", "", "etsi"},
                          {"ETSI TS 999 222 V19.6.0 (2026-03)", {}, "2026-03", "", "", "etsi"}}) ==
        Lines{"ETSI TS 999 222 V18.8.1 (2026-04): superseded since 2026-04 → ETSI TS 999 222 V19.6.0 (2026-03) (replaced by ETSI "
              "TS 999 222 V19.6.0 (2026-03))",
              "ETSI TS 999 222 V19.6.0 (2026-03): published since 2026-03 (no status; published 2026-03)",
              "face: ETSI TS 999 222 V19.6.0 (2026-03) of etsi"});
}

TEST_CASE("editions: the year in the identifier goes before the date of publication") {
  CHECK(settle_any_order({{"IEEE Std 9702-1997", superseded, "2019-04-05", "", "", "ieee"},
                          {"IEEE Std 9702-2012", published, "2016-12-16", "", "", "ieee"}}) ==
        Lines{"IEEE Std 9702-1997: superseded since 2019-04-05 → IEEE Std 9702-2012 (replaced by IEEE Std 9702-2012)",
              "IEEE Std 9702-2012: published since 2016-12-16 ()", "face: IEEE Std 9702-2012 of ieee"});
}

TEST_CASE("editions: an older edition that the catalogue says to be in force stays in force") {
  CHECK(
      settle_any_order({{"ISO 99001:2015", published, "2015-02", "60.60"}, {"ISO 99001:2020", published, "2020-02", "60.60"}}) ==
      Lines{"ISO 99001:2015: published since 2015-02 → ISO 99001:2020 (stage 60.60)",
            "ISO 99001:2020: published since 2020-02 (stage 60.60)", "face: ISO 99001:2020 of iso"});
}

TEST_CASE("editions: what is withdrawn without a successor stays withdrawn") {
  CHECK(settle_any_order({{"IEC 99417:1980", withdrawn, "1980-02-01", "WITHDRAWN", "", "iec", "", "2001-05-01"},
                          {"IEC 99417:1970", superseded, "1970-02-01", "REVISED", "", "iec", "", "1980-02-01"}}) ==
        Lines{"IEC 99417:1980: withdrawn since 2001-05-01 (stage WITHDRAWN)",
              "IEC 99417:1970: superseded since 1980-02-01 → IEC 99417:1980 (stage REVISED; replaced by IEC 99417:1980)",
              "face: IEC 99417:1980 of iec"});
}

TEST_CASE("editions: an end that one record of a document states holds where the believed one gives no status") {
  const Given stated{.identifier = "3GPP TR 99.01:R98/7.2.0",
                     .state = withdrawn,
                     .published = "1999",
                     .stage = "withdrawn",
                     .catalogue = "3gpp",
                     .entry = "old.yaml",
                     .generation = 1};
  Given silent{.identifier = "3GPP TR 99.01:REL-98/7.2.0", .published = "1999", .catalogue = "3gpp", .generation = 2};
  const std::string merged =
      "3GPP TR 99.01:R98/7.2.0 of 3gpp = 3GPP TR 99.01:REL-98/7.2.0 of 3gpp (the same identifier as 3GPP TR 99.01:REL-98/7.2.0)";
  CHECK(settle_any_order({stated, silent}) ==
        Lines{merged, "3GPP TR 99.01:REL-98/7.2.0: withdrawn (stage withdrawn in old.yaml, another record of the document)",
              "face: 3GPP TR 99.01:REL-98/7.2.0 of 3gpp"});
  silent.state = published;
  CHECK(settle_any_order({stated, silent}) ==
        Lines{merged, "3GPP TR 99.01:REL-98/7.2.0: published since 1999 ()", "face: 3GPP TR 99.01:REL-98/7.2.0 of 3gpp"});
}

TEST_CASE("editions: a type that became another one is superseded by it") {
  CHECK(
      settle_any_order(
          {{"ISO/IEC TR 99028:2020", withdrawn, "2020-05", "95.99"}, {"ISO/IEC 99028:2026", published, "2026-01", "60.60"}}) ==
      Lines{"ISO/IEC TR 99028:2020: superseded since 2026-01 → ISO/IEC 99028:2026 (stage 95.99; replaced by ISO/IEC 99028:2026)",
            "ISO/IEC 99028:2026: published since 2026-01 (stage 60.60)", "face: ISO/IEC 99028:2026 of iso"});
}

TEST_CASE(
    "editions: of records of one document the body's own catalogue is believed, then the newer reading, then the name without "
    "colon") {
  CHECK(settle_any_order(
            {{"ISO/IEC 99089:2022", published, "2022-07-19", "PUBLISHED", "", "iec"},
             {"ISO/IEC 99089:2022", published, "2022-06", "60.60", "994296", "iso", "iso-iec-99089-2022.yaml", "", 10209},
             {"ISO/IEC 99089:2022", withdrawn, "2022-06", "95.99", "994296", "ISO", "iso-iec-99089:2022.yaml", "", 10207},
             {"ISO/IEC/IEEE 99089-2022", {}, "2022-08", "", "", "ieee"}}) ==
        Lines{"ISO/IEC 99089:2022 of iec = ISO/IEC 99089:2022 of iso (the same identifier as ISO/IEC 99089:2022)",
              "ISO/IEC 99089:2022: published since 2022-06 (stage 60.60)",
              "ISO/IEC 99089:2022 of ISO = ISO/IEC 99089:2022 of iso (the same identifier as ISO/IEC 99089:2022)",
              "ISO/IEC/IEEE 99089-2022 of ieee = ISO/IEC 99089:2022 of iso (the same identifier as ISO/IEC 99089:2022)",
              "face: ISO/IEC 99089:2022 of iso"});
}

TEST_CASE("editions: drafts of a project became its publication, or the next draft") {
  CHECK(settle_any_order({{"ISO/IEC CD 99090", draft, "", "30.99", "996581"},
                          {"ISO/IEC DIS 99090", draft, "", "40.60", "996581"},
                          {"ISO/IEC FDIS 99090", draft, "", "50.20", "996581"},
                          {"ISO/IEC 99090:2020", published, "2020-01", "90.92", "990000"}}) ==
        Lines{"ISO/IEC CD 99090: superseded → ISO/IEC DIS 99090 (stage 30.99; became ISO/IEC DIS 99090)",
              "ISO/IEC DIS 99090: superseded → ISO/IEC FDIS 99090 (stage 40.60; became ISO/IEC FDIS 99090)",
              "ISO/IEC FDIS 99090: draft (stage 50.20)", "ISO/IEC 99090:2020: published since 2020-01 (stage 90.92)",
              "face: ISO/IEC 99090:2020 of iso"});
  CHECK(settle_any_order({{"ISO/IEC CD 99090", draft, "", "30.99", "996581"},
                          {"ISO/IEC DIS 99090", draft, "", "40.99", "996581"},
                          {"ISO/IEC 99090:2027", published, "2027-01", "60.60", "996581"}}) ==
        Lines{"ISO/IEC CD 99090: superseded since 2027-01 → ISO/IEC 99090:2027 (stage 30.99; became ISO/IEC 99090:2027)",
              "ISO/IEC DIS 99090: superseded since 2027-01 → ISO/IEC 99090:2027 (stage 40.99; became ISO/IEC 99090:2027)",
              "ISO/IEC 99090:2027: published since 2027-01 (stage 60.60)", "face: ISO/IEC 99090:2027 of iso"});
}

TEST_CASE("editions: a second ballot at the same stage follows the first") {
  CHECK(settle_any_order(
            {{"ISO/IEC CD 99090", draft, "", "30.60", "996581"}, {"ISO/IEC CD 99090.2", draft, "", "30.60", "996581"}}) ==
        Lines{"ISO/IEC CD 99090: superseded → ISO/IEC CD 99090.2 (stage 30.60; became ISO/IEC CD 99090.2)",
              "ISO/IEC CD 99090.2: draft (stage 30.60)", "face: ISO/IEC CD 99090.2 of iso"});
}

TEST_CASE("editions: nothing becomes a draft that was cancelled, or the text of another project") {
  CHECK(settle_any_order({{"ISO/IEC CD 99090", draft, "", "30.99", "996581"},
                          {"ISO/IEC DIS 99090", withdrawn, "", "40.98", "996581"},
                          {"ISO/IEC 99090:2027", published, "2027-01", "60.60", "990001"}}) ==
        Lines{"ISO/IEC CD 99090: draft (stage 30.99)", "ISO/IEC DIS 99090: withdrawn (stage 40.98)",
              "ISO/IEC 99090:2027: published since 2027-01 (stage 60.60)", "face: ISO/IEC 99090:2027 of iso"});
}

TEST_CASE("editions: a text under publication is the dated text of its project") {
  CHECK(settle_any_order({{"ISO/IEC 99005", approved, "", "60.00", "994545"},
                          {"ISO/IEC FDIS 99005", draft, "", "50.00", "994545"},
                          {"ISO/IEC 99005:2025", published, "2025-05", "60.60", "994545"},
                          {"ISO/IEC 99005:2019", withdrawn, "2019-05", "95.99", "990000"}}) ==
        Lines{"ISO/IEC 99005 of iso = ISO/IEC 99005:2025 of iso (the same project before it had a year as ISO/IEC 99005:2025)",
              "ISO/IEC FDIS 99005: superseded since 2025-05 → ISO/IEC 99005:2025 (stage 50.00; became ISO/IEC 99005:2025)",
              "ISO/IEC 99005:2025: published since 2025-05 (stage 60.60)",
              "ISO/IEC 99005:2019: superseded since 2025-05 → ISO/IEC 99005:2025 (stage 95.99; replaced by ISO/IEC 99005:2025)",
              "face: ISO/IEC 99005:2025 of iso"});
}

TEST_CASE("editions: a text under publication without a dated one stays, and the edition before it is in force") {
  CHECK(settle_any_order(
            {{"ISO 99010-6", approved, "", "60.00", "982181"}, {"ISO 99010-6:2015", published, "2015-05", "90.92", "955772"}}) ==
        Lines{"ISO 99010-6: approved (stage 60.00)", "ISO 99010-6:2015: published since 2015-05 (stage 90.92)",
              "face: ISO 99010-6:2015 of iso"});
}

TEST_CASE("editions: IEC's record has the project that ISO's record of the same document tells") {
  CHECK(settle_any_order({{"IEC 99400-4:2025", published, "2025-01", "60.60", "981370", "iso"},
                          {"IEC 99400-4:2025", published, "2025-01-20", "PUBLISHED", "", "iec"},
                          {"IEC/DIS 99400-4", draft, "", "40.60", "981370", "iso"},
                          {"IEC 99400-4", approved, "", "60.00", "981370", "iso"}}) ==
        Lines{"IEC 99400-4:2025 of iso = IEC 99400-4:2025 of iec (the same identifier as IEC 99400-4:2025)",
              "IEC 99400-4:2025: published since 2025-01-20 (stage PUBLISHED)",
              "IEC/DIS 99400-4: superseded since 2025-01-20 → IEC 99400-4:2025 (stage 40.60; became IEC 99400-4:2025)",
              "IEC 99400-4 of iso = IEC 99400-4:2025 of iec (the same project before it had a year as IEC 99400-4:2025)",
              "face: IEC 99400-4:2025 of iec"});
}

TEST_CASE("editions: a draft of IEEE became the first standard after it, by its own date") {
  CHECK(settle_any_order({{"IEEE P9841/D-1-2011-06", draft, "2019-05-03", "draft", "", "ieee"},
                          {"IEEE P9841/D-5-2019-02", draft, "2019-03-01", "draft", "", "ieee"},
                          {"IEEE P9841/D-6-2024-02", draft, "2024-03-01", "draft", "", "ieee"},
                          {"IEEE P9841/D-7", draft, "2024-09-01", "draft", "", "ieee"},
                          {"IEEE Std 9841-2012", superseded, "2020-04-01", "", "", "ieee"},
                          {"IEEE Std 9841-2020", published, "2021-02-26", "", "", "ieee"}}) ==
        Lines{"IEEE P9841/D-1-2011-06: superseded since 2020-04-01 → IEEE Std 9841-2012 (stage draft; became IEEE Std 9841-2012)",
              "IEEE P9841/D-5-2019-02: superseded since 2021-02-26 → IEEE Std 9841-2020 (stage draft; became IEEE Std 9841-2020)",
              "IEEE P9841/D-6-2024-02: superseded since 2024-09-01 → IEEE P9841/D-7 (stage draft; became IEEE P9841/D-7)",
              "IEEE P9841/D-7: draft since 2024-09-01 (stage draft)",
              "IEEE Std 9841-2012: superseded since 2021-02-26 → IEEE Std 9841-2020 (replaced by IEEE Std 9841-2020)",
              "IEEE Std 9841-2020: published since 2021-02-26 ()", "face: IEEE Std 9841-2020 of ieee"});
}

TEST_CASE("editions: stages of OASIS became the final text of their version only") {
  CHECK(settle_any_order({{"OASIS invf-v2.0-CS01", approved, "", "CS01", "", "oasis"},
                          {"OASIS invf-v2.0", published, "2022-11-18", "OS", "", "oasis"},
                          {"OASIS invf-v2.1-CSD01", draft, "", "CSD01", "", "oasis"},
                          {"OASIS invf-v2.1-CSD02", draft, "", "CSD02", "", "oasis"}}) ==
        Lines{"OASIS invf-v2.0-CS01: superseded since 2022-11-18 → OASIS invf-v2.0 (stage CS01; became OASIS invf-v2.0)",
              "OASIS invf-v2.0: published since 2022-11-18 (stage OS)",
              "OASIS invf-v2.1-CSD01: superseded → OASIS invf-v2.1-CSD02 (stage CSD01; became OASIS invf-v2.1-CSD02)",
              "OASIS invf-v2.1-CSD02: draft (stage CSD02)", "face: OASIS invf-v2.0 of oasis"});
}

TEST_CASE("editions: a redline is in the state of its edition, whatever its record says") {
  CHECK(settle_any_order({{"IEEE Std 9841-2012 Redline", published, "2013-08-29", "Active", "", "ieee"},
                          {"IEEE Std 9841-2012", superseded, "2012-03-29", "Superseded", "", "ieee"},
                          {"IEEE Std 9841-2020", published, "2021-02-26", "approved", "", "ieee"},
                          {"IEEE Std 9841-2007 Redline", published, "2008-01-01", "Active", "", "ieee"}}) ==
        Lines{"IEEE Std 9841-2012 Redline: superseded since 2021-02-26 (as IEEE Std 9841-2012)",
              "IEEE Std 9841-2012: superseded since 2021-02-26 → IEEE Std 9841-2020 (stage Superseded; replaced by IEEE Std "
              "9841-2020)",
              "IEEE Std 9841-2020: published since 2021-02-26 (stage approved)",
              "IEEE Std 9841-2007 Redline: published since 2008-01-01 (stage Active)", "face: IEEE Std 9841-2020 of ieee"});
}

TEST_CASE("editions: a consolidated version neither replaces its edition nor stands for the work") {
  CHECK(settle_any_order({{"IEC 99068-12:1987", published, "1987-03-30", "PUBLISHED", "", "iec"},
                          {"IEC 99068-12:1987+AMD1:1991 CSV", published, "1991-05-28", "PUBLISHED", "", "iec"},
                          {"IEC 99068-12:1987/AMD1:1991", published, "1991-05-28", "PUBLISHED", "", "iec"}}) ==
        Lines{"IEC 99068-12:1987: published since 1987-03-30 (stage PUBLISHED)",
              "IEC 99068-12:1987+AMD1:1991 CSV: published since 1991-05-28 (stage PUBLISHED)",
              "IEC 99068-12:1987/AMD1:1991: published since 1991-05-28 (stage PUBLISHED)", "face: IEC 99068-12:1987 of iec"});
}

TEST_CASE("editions: amendments keep the state that they are given") {
  CHECK(settle_any_order({{"ISO 99007:2013", withdrawn, "2013-10", "95.99", "995000"},
                          {"ISO 99007:2013/Cor 1:2014", withdrawn, "2014-09", "95.99", "995001"},
                          {"ISO 99007:2022", published, "2022-10", "60.60", "995002"},
                          {"ISO 99007:2022/Amd 1:2024", published, "2024-02", "60.60", "995003"},
                          {"ISO 99007:2022/CD Amd 2", draft, "", "30.60", "995004"}}) ==
        Lines{"ISO 99007:2013: superseded since 2022-10 → ISO 99007:2022 (stage 95.99; replaced by ISO 99007:2022)",
              "ISO 99007:2013/Cor 1:2014: withdrawn (stage 95.99)", "ISO 99007:2022: published since 2022-10 (stage 60.60)",
              "ISO 99007:2022/Amd 1:2024: published since 2024-02 (stage 60.60)", "ISO 99007:2022/CD Amd 2: draft (stage 30.60)",
              "face: ISO 99007:2022 of iso"});
}

TEST_CASE("editions: drafts of an amendment end with it, never with the base text") {
  CHECK(settle_any_order({{"ISO 99006:2020", published, "2020-01", "60.60", "994599"},
                          {"ISO 99006:2020/DAM 1", draft, "", "40.99", "994600"},
                          {"ISO 99006:2020/Amd 1", approved, "", "60.00", "994600"},
                          {"ISO 99006:2020/Amd 1:2024", published, "2024-02", "60.60", "994600"}}) ==
        Lines{"ISO 99006:2020: published since 2020-01 (stage 60.60)",
              "ISO 99006:2020/DAM 1: superseded since 2024-02 → ISO 99006:2020/Amd 1:2024 (stage 40.99; became ISO "
              "99006:2020/Amd 1:2024)",
              "ISO 99006:2020/Amd 1 of iso = ISO 99006:2020/Amd 1:2024 of iso (the same project before it had a year as ISO "
              "99006:2020/Amd 1:2024)",
              "ISO 99006:2020/Amd 1:2024: published since 2024-02 (stage 60.60)", "face: ISO 99006:2020 of iso"});
}

TEST_CASE("editions: the face is what is in force, then a draft, then what ended") {
  const auto face = [](const std::vector<Given>& given) { return settle_any_order(given).back(); };
  const Given edition{"ISO 99001:2015", published, "2015-02", "60.60"};
  const Given gone{"ISO 99001:2015", withdrawn, "2015-02", "95.99"};
  const Given amendment{"ISO 99001:2015/Amd 1:2024", published, "2024-02", "60.60"};
  const Given project{"ISO/DIS 99001", draft, "", "40.20", "1"};
  const Given cancelled{"ISO/CD 99001", withdrawn, "2025", "30.98", "2"};
  CHECK(face({amendment, project, edition}) == "face: ISO 99001:2015 of iso");
  CHECK(face({amendment, project, gone}) == "face: ISO/DIS 99001 of iso");
  CHECK(face({cancelled, amendment, gone}) == "face: ISO 99001:2015 of iso");
  CHECK(face({cancelled, amendment}) == "face: ISO/CD 99001 of iso");
  CHECK(face({amendment}) == "face: ISO 99001:2015/Amd 1:2024 of iso");
}

TEST_CASE("editions: nothing settles to nothing") { CHECK(settle({}).empty()); }
