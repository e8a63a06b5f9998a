// Spellings of identifiers, body by body. Only the forms are real; what bears no well-known number is invented.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>

#include "base/text.hpp"
#include "lacuna/identifier.hpp"

using namespace lacuna;

namespace {

/// "amd 1 CD of 2024", in their order.
std::string supplements_of(const Identifier& id) {
  std::vector<std::string> list;
  for (const SupplementOf& s : id.supplements) {
    list.push_back(s.kind + (s.number.empty() ? "" : " " + s.number) + (s.stage.empty() ? "" : " " + s.stage) +
                   (s.edition.empty() ? "" : " of " + s.edition));
  }
  return join(list, ", ");
}

struct Spelling {
  std::string written;
  std::string text;  ///< As it is shown; empty where it is shown as it was written.
  std::string work;
  std::string document;
  std::string edition = {};
  std::string stage = {};
  std::string supplements = {};
  std::string variant = {};
};

void check(const std::vector<Spelling>& spellings) {
  for (const Spelling& s : spellings) {
    INFO(s.written);
    const Identifier id = parse_identifier(s.written);
    CHECK(to_string(id) == (s.text.empty() ? s.written : s.text));
    CHECK(id.work() == s.work);
    CHECK(id.document() == s.document);
    CHECK(id.edition == s.edition);
    CHECK(id.stage == s.stage);
    CHECK(supplements_of(id) == s.supplements);
    CHECK(id.variant == s.variant);
    CHECK(id.base() == s.supplements.empty());
    // What is shown can be typed.
    const Identifier again = parse_identifier(id.text);
    CHECK(again.text == id.text);
    CHECK(again.document() == id.document());
  }
}

/// True where somebody who types one of them may mean the work of the other.
bool meet(const std::string& a, const std::string& b) {
  for (const std::string& x : works_meant(a)) {
    const auto others = works_meant(b);
    if (std::ranges::find(others, x) != others.end()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("identifiers: ITU-T") {
  check({
      {"ITU-T X.509 (10/2019)", "", "itu-t x.509", "itu-t x.509:2019-10", "2019-10"},
      {"ITU-T X.509", "", "itu-t x.509", "itu-t x.509"},
      {"ITU-T X.509 (2019)", "", "itu-t x.509", "itu-t x.509:2019", "2019"},
      {"X.509", "ITU-T X.509", "itu-t x.509", "itu-t x.509"},
      {"X.509 (10/2019)", "ITU-T X.509 (10/2019)", "itu-t x.509", "itu-t x.509:2019-10", "2019-10"},
      {"Rec. ITU-T X.509", "ITU-T X.509", "itu-t x.509", "itu-t x.509"},
      {"Recommendation ITU-T X.509 (10/2019)", "ITU-T X.509 (10/2019)", "itu-t x.509", "itu-t x.509:2019-10", "2019-10"},
      {"Rec. X.509", "ITU-T X.509", "itu-t x.509", "itu-t x.509"},
      {"ITU-T Rec. X.509", "", "itu-t x.509", "itu-t x.509"},
      {" ITU-T\u00A0X.509  (10/2019) ", "ITU-T X.509 (10/2019)", "itu-t x.509", "itu-t x.509:2019-10", "2019-10"},
      {"ITU-T X.509 (2019) Amd. 1 (10/2024)", "", "itu-t x.509", "itu-t x.509:2019/amd1:2024-10", "2019", "", "amd 1 of 2024-10"},
      {"ITU-T A.9011 (2012) Err. 1 (02/2020)", "", "itu-t a.9011", "itu-t a.9011:2012/err1:2020-02", "2012", "",
       "err 1 of 2020-02"},
      {"ITU-T H.9248 (V3) (03/2013)", "", "itu-t h.9248", "itu-t h.9248:2013-03", "2013-03"},
      {"ITU-T H.9248 (V3) (2005) Cor. 2 (05/2008)", "", "itu-t h.9248", "itu-t h.9248:2005/cor2:2008-05", "2005", "",
       "cor 2 of 2008-05"},
      {"ITU-T G.9041/Y.9303 (08/2016)", "", "itu-t g.9041/y.9303", "itu-t g.9041/y.9303:2016-08", "2016-08"},
      {"ITU-T Y Suppl. 955 (10/2019)", "", "itu-t y suppl 955", "itu-t y suppl 955:2019-10", "2019-10"},
      {"Y Suppl. 955", "ITU-T Y Suppl. 955", "itu-t y suppl 955", "itu-t y suppl 955"},
      {"ITU-T Y-series Supplement 955", "", "itu-t y suppl 955", "itu-t y suppl 955"},
      {"ITU-T E.9164 Suppl. 3 (2004) Amd. 1 (11/2009)", "", "itu-t e.9164 suppl 3", "itu-t e.9164 suppl 3:2004/amd1:2009-11",
       "2004", "", "amd 1 of 2009-11"},
  });
  const Identifier twin = parse_identifier("ITU-T X.509 (10/2019) | ISO/IEC 9594-8:2020");
  CHECK(twin.text == "ITU-T X.509 (10/2019)");
  CHECK(twin.twin == "ISO/IEC 9594-8:2020");
}

TEST_CASE("identifiers: ITU-R") {
  check({
      {"Report ITU-R SM.9912-6", "ITU-R Report SM.9912-6", "itu-r report sm.9912", "itu-r report sm.9912:6", "6"},
      {"ITU-R Report SM.9912", "", "itu-r report sm.9912", "itu-r report sm.9912"},
      {"ITU-R M.9130-0", "", "itu-r m.9130", "itu-r m.9130:0", "0"},
      {"ITU-R BT.9601-7", "", "itu-r bt.9601", "itu-r bt.9601:7", "7"},
      {"ITU-R BT.9601-12", "", "itu-r bt.9601", "itu-r bt.9601:12", "12"},
      {"ITU-R BT.9601", "", "itu-r bt.9601", "itu-r bt.9601"},
      {"ITU-R 929-2/5:", "ITU-R 929-2/5", "itu-r 929-2/5", "itu-r 929-2/5"},
  });
}

TEST_CASE("identifiers: ISO") {
  check({
      {"ISO/IEC 27001:2022", "", "iso 27001", "iso 27001:2022", "2022"},
      {"ISO 27001", "", "iso 27001", "iso 27001"},
      {"ISO/IEC 27001:2022(E)", "", "iso 27001", "iso 27001:2022", "2022"},
      {"ISO 99125-5:2018", "", "iso 99125-5", "iso 99125-5:2018", "2018"},
      {"ISO/IEC TR 99028:2020", "", "iso 99028", "iso 99028 tr:2020", "2020"},
      {"ISO/TR 99028:2020", "", "iso 99028", "iso 99028 tr:2020", "2020"},
      {"ISO/IEC Guide 51:2014", "", "iso guide 51", "iso guide 51:2014", "2014"},
      {"IWA 931:2020", "", "iso iwa 931", "iso iwa 931:2020", "2020"},
      {"ISO/IEC DIS 99090", "", "iso 99090", "iso 99090 dis", "", "DIS"},
      {"ISO/CD 99090", "", "iso 99090", "iso 99090 cd", "", "CD"},
      {"ISO/IEC CD 99090.2", "", "iso 99090", "iso 99090 cd.2", "", "CD.2"},
      {"ISO/IEC DTR 99028", "", "iso 99028", "iso 99028 tr dtr", "", "DTR"},
      {"ISO/IEC 27001:2022/Amd 1:2024", "", "iso 27001", "iso 27001:2022/amd1:2024", "2022", "", "amd 1 of 2024"},
      {"ISO/IEC 27001:2022/AMD1:2024", "", "iso 27001", "iso 27001:2022/amd1:2024", "2022", "", "amd 1 of 2024"},
      {"ISO/IEC 99089:2022/CD Amd 1", "", "iso 99089", "iso 99089:2022/amd1 cd", "2022", "", "amd 1 CD"},
      {"ISO/IEC 99089:2022/DAM 1", "", "iso 99089", "iso 99089:2022/amd1 dam", "2022", "", "amd 1 DAM"},
      {"ISO/IEC 99014-2:2021/DCOR 1", "", "iso 99014-2", "iso 99014-2:2021/cor1 dcor", "2021", "", "cor 1 DCOR"},
      {"ISO 99007:2003/Amd 1:2005/Cor 1:2006", "", "iso 99007", "iso 99007:2003/amd1:2005/cor1:2006", "2003", "",
       "amd 1 of 2005, cor 1 of 2006"},
      {"ISO/IEC/IEEE 12207:2017", "", "iso 12207", "iso 12207:2017", "2017"},
      {"ISO/IEC/IEEE 12207-2017", "", "iso 12207", "iso 12207:2017", "2017"},
      {"ISO/IEC 99288-2008", "", "iso 99288", "iso 99288:2008", "2008"},
      {"ISO/IEC 99515.1/Amd1-2000", "", "iso 99515-1", "iso 99515-1/amd1:2000", "", "", "amd 1 of 2000"},
      {"IEC 99076-57-1202", "", "iec 99076-57-1202", "iec 99076-57-1202"},
      {"ISO/IEC/IEEE 12207-2017 Redline", "", "iso 12207", "iso 12207:2017 redline", "2017", "", "", "redline"},
  });
}

TEST_CASE("identifiers: IEC") {
  check({
      {"IEC 62443-4-2:2019", "", "iec 62443-4-2", "iec 62443-4-2:2019", "2019"},
      {"IEC 62443-4-2:2019 RLV", "", "iec 62443-4-2", "iec 62443-4-2:2019 rlv", "2019", "", "", "rlv"},
      {"IEC 99068-12:1987+AMD1:1991 CSV", "", "iec 99068-12", "iec 99068-12:1987/amd1:1991 csv", "1987", "", "amd 1 of 1991",
       "csv"},
      {"IEC 99068-12:1987/AMD1:1991", "", "iec 99068-12", "iec 99068-12:1987/amd1:1991", "1987", "", "amd 1 of 1991"},
      {"IEC 99068-12:1987/AMD1:1991/COR1:1992", "", "iec 99068-12", "iec 99068-12:1987/amd1:1991/cor1:1992", "1987", "",
       "amd 1 of 1991, cor 1 of 1992"},
      {"IEC SRD 99416:2023", "", "iec 99416", "iec 99416 srd:2023", "2023"},
      {"IEC TS 99416:2023", "", "iec 99416", "iec 99416 ts:2023", "2023"},
      {"IEC/TS 99416:2023", "", "iec 99416", "iec 99416 ts:2023", "2023"},
      {"CISPR 911:1975", "", "iec cispr 911", "iec cispr 911:1975", "1975"},
      {"IEC CISPR 911", "", "iec cispr 911", "iec cispr 911"},
      {"IEC Guide 999:2014", "", "iec guide 999", "iec guide 999:2014", "2014"},
      {"IEC/IEEE P99802/D-3.1-2025-02", "", "iec 99802", "iec 99802 d3.1-2025-02", "", "D3.1-2025-02"},
      {"IEC P99582.1/D-4", "", "iec 99582-1", "iec 99582-1 d4", "", "D4"},
      {"IEC/IEEE FDIS P99980.344", "", "iec 99980-344", "iec 99980-344 fdis", "", "FDIS"},
      {"IEC/IEEE DIS 99005-3.2", "", "iec 99005-3", "iec 99005-3 dis.2", "", "DIS.2"},
      {"IEC 99032-2012 Redline", "", "iec 99032", "iec 99032:2012 redline", "2012", "", "", "redline"},
  });
}

TEST_CASE("identifiers: IEEE") {
  check({
      {"IEEE Std 802.11-2020", "", "ieee 802.11", "ieee 802.11:2020", "2020"},
      {"IEEE Std 802.11\u2122-2020", "IEEE Std 802.11-2020", "ieee 802.11", "ieee 802.11:2020", "2020"},
      {"IEEE 802.11", "", "ieee 802.11", "ieee 802.11"},
      {"ANSI/IEEE Std 802.11-1999", "", "ieee 802.11", "ieee 802.11:1999", "1999"},
      {"IEEE Std 802.11/Cor1-2022", "", "ieee 802.11", "ieee 802.11/cor1:2022", "", "", "cor 1 of 2022"},
      {"IEEE Std 802.11-2012 Redline", "", "ieee 802.11", "ieee 802.11:2012 redline", "2012", "", "", "redline"},
      {"ANSI C99.10-2013 Redline", "", "ieee c99.10", "ieee c99.10:2013 redline", "2013", "", "", "redline"},
      {"IEEE P9841", "", "ieee 9841", "ieee 9841 p", "", "P"},
      {"IEEE P9841/D-2-2022-02", "", "ieee 9841", "ieee 9841 d2-2022-02", "", "D2-2022-02"},
      {"IEEE PC99.60/D7", "", "ieee c99.60", "ieee c99.60 d7", "", "D7"},
      {"IEEE  Approved Std P9899/D-1", "IEEE Approved Std P9899/D-1", "ieee 9899", "ieee 9899 d1", "", "D1"},
      {"AIEE 911-1937", "", "ieee 911", "ieee 911:1937", "1937"},
      {"IEEE Invented", "", "ieee ieee invented", "ieee ieee invented"},
  });
}

TEST_CASE("identifiers: IETF") {
  check({
      {"RFC 5280", "", "ietf rfc 5280", "ietf rfc 5280"},
      {"RFC5280", "RFC 5280", "ietf rfc 5280", "ietf rfc 5280"},
      {"rfc5280", "RFC 5280", "ietf rfc 5280", "ietf rfc 5280"},
      {"rfc-5280", "RFC 5280", "ietf rfc 5280", "ietf rfc 5280"},
      {"IETF RFC 5280", "RFC 5280", "ietf rfc 5280", "ietf rfc 5280"},
      {"RFC0793", "RFC 793", "ietf rfc 793", "ietf rfc 793"},
      {"RFC 0", "", "ietf rfc 0", "ietf rfc 0"},
      {"BCP 14", "", "ietf bcp 14", "ietf bcp 14"},
      {"STD0066", "STD 66", "ietf std 66", "ietf std 66"},
      {"FYI 4", "", "ietf fyi 4", "ietf fyi 4"},
      {"draft-invented-counting-07", "", "ietf draft draft-invented-counting", "ietf draft draft-invented-counting:07 draft",
       "07", "draft"},
      {"draft-invented-counting", "", "ietf draft draft-invented-counting", "ietf draft draft-invented-counting draft", "",
       "draft"},
  });
}

TEST_CASE("identifiers: ETSI") {
  check({
      {"ETSI EN 303 645 V2.1.1 (2020-06)", "", "etsi en 303645", "etsi en 303645:2.1.1", "2.1.1"},
      {"ETSI EN 303 645", "", "etsi en 303645", "etsi en 303645"},
      {"EN 303645", "ETSI EN 303645", "etsi en 303645", "etsi en 303645"},
      {"EN 303 645 v2.1.1", "ETSI EN 303 645 v2.1.1", "etsi en 303645", "etsi en 303645:2.1.1", "2.1.1"},
      {"ETSI TS 103 645", "", "etsi ts 103645", "etsi ts 103645"},
      {"ETSI TS 999 105 V19.5.0 (2026-04)", "", "etsi ts 999105", "etsi ts 999105:19.5.0", "19.5.0"},
      {"ETSI EN 999 392-2 V2.5.2 (2005-11)", "", "etsi en 999392-2", "etsi en 999392-2:2.5.2", "2.5.2"},
      {"ETSI GR INV 904 V1.1.1 (2020-12)", "", "etsi gr inv904", "etsi gr inv904:1.1.1", "1.1.1"},
      {"ETSI GS NFV-INV 002 V4.3.1 (2022-09)", "", "etsi gs nfv-inv002", "etsi gs nfv-inv002:4.3.1", "4.3.1"},
      {"ETSI ETR 901 ed.1 (1990-08)", "", "etsi etr 901", "etsi etr 901:1", "1"},
      {"ETSI ETS 999 009/A1 ed.2 (1994-01)", "", "etsi ets 999009", "etsi ets 999009/amd1:2", "", "", "amd 1 of 2"},
      {"ETSI ETS 999 009/C1 ed.1 (1994-01)", "", "etsi ets 999009", "etsi ets 999009/cor1:1", "", "", "cor 1 of 1"},
  });
}

TEST_CASE("identifiers: OASIS") {
  check({
      {"OASIS invf-v2.0", "", "oasis invf", "oasis invf:2.0", "2.0"},
      {"OASIS invf-v2.0-OS", "", "oasis invf", "oasis invf:2.0", "2.0"},
      {"OASIS invf-v2.0-CS01", "", "oasis invf", "oasis invf:2.0 cs01", "2.0", "CS01"},
      {"OASIS invf-v2.0-CSD02", "", "oasis invf", "oasis invf:2.0 csd02", "2.0", "CSD02"},
      {"OASIS INVF-V2.0", "", "oasis invf", "oasis invf:2.0", "2.0"},
      {"OASIS invf-v2.0-Errata01", "", "oasis invf", "oasis invf:2.0/err01", "2.0", "", "err 01"},
      {"OASIS invq-v3.1.1-plus-Errata01", "", "oasis invq", "oasis invq:3.1.1 plus errata 01", "3.1.1", "", "", "plus errata 01"},
      {"OASIS InvC2-MQTT-v1.0]\u00A0-CS01", "OASIS InvC2-MQTT-v1.0-CS01", "oasis invc2-mqtt", "oasis invc2-mqtt:1.0 cs01", "1.0",
       "CS01"},
      {"OASIS invp-core-v1.0-Part2-OS", "", "oasis invp-core-part2", "oasis invp-core-part2:1.0", "1.0"},
      {"OASIS invd", "", "oasis invd", "oasis invd"},
  });
}

TEST_CASE("identifiers: 3GPP") {
  check({
      {"3GPP TS 99.501:REL-18/18.2.0", "", "3gpp ts 99.501", "3gpp ts 99.501:18.2.0", "18.2.0"},
      {"3GPP TS 99.501 V18.2.0", "", "3gpp ts 99.501", "3gpp ts 99.501:18.2.0", "18.2.0"},
      {"3GPP TS 99.501 version 18.2.0 Release 18", "3GPP TS 99.501 V18.2.0 Release 18", "3gpp ts 99.501", "3gpp ts 99.501:18.2.0",
       "18.2.0"},
      {"TS 99.501", "3GPP TS 99.501", "3gpp ts 99.501", "3gpp ts 99.501"},
      {"TR 99.821-1-2:Rel-9/1.0.0", "3GPP TR 99.821-1-2:Rel-9/1.0.0", "3gpp tr 99.821-1-2", "3gpp tr 99.821-1-2:1.0.0 draft",
       "1.0.0", "draft"},
      {"3GPP TS 99.501:REL-15/0.1.0", "", "3gpp ts 99.501", "3gpp ts 99.501:0.1.0 draft", "0.1.0", "draft"},
  });
}

TEST_CASE("identifiers: W3C") {
  check({
      {"W3C REC-alpha-20081126", "", "w3c alpha", "w3c alpha:2008-11-26", "2008-11-26"},
      {"W3C WD-alpha-960307", "", "w3c alpha", "w3c alpha:1996-03-07 wd", "1996-03-07", "WD"},
      {"W3C alpha", "", "w3c alpha", "w3c alpha"},
      {"W3C css-alpha-3", "", "w3c css-alpha-3", "w3c css-alpha-3"},
      {"W3C CR-css-alpha-3-20200817", "", "w3c css-alpha-3", "w3c css-alpha-3:2020-08-17 cr", "2020-08-17", "CR"},
      {"W3C SVG-access", "", "w3c svg-access", "w3c svg-access"},
  });
}

TEST_CASE("identifiers: NIST") {
  check({
      {"NIST SP 800-53", "", "nist sp 800-53", "nist sp 800-53"},
      {"NIST SP 800-53r5", "", "nist sp 800-53", "nist sp 800-53:5", "5"},
      {"NIST SP 800-53 Rev. 5", "", "nist sp 800-53", "nist sp 800-53:5", "5"},
      {"NIST.SP.800-53r5", "", "nist sp 800-53", "nist sp 800-53:5", "5"},
      {"SP 800-53 Rev. 5", "NIST SP 800-53 Rev. 5", "nist sp 800-53", "nist sp 800-53:5", "5"},
      {"NIST SP 800-53Ar4", "", "nist sp 800-53a", "nist sp 800-53a:4", "4"},
      {"NIST SP 800-53 Revision 6 (Draft)", "NIST SP 800-53 Rev. 6 (Draft)", "nist sp 800-53", "nist sp 800-53:6 draft", "6",
       "draft"},
      {"NIST IR 8477 ipd", "", "nist ir 8477", "nist ir 8477 ipd", "", "ipd"},
      {"NISTIR 8477", "", "nist ir 8477", "nist ir 8477"},
      {"FIPS PUB 140-3", "NIST FIPS PUB 140-3", "nist fips 140", "nist fips 140:3", "3"},
      {"NIST AI 100-1", "", "nist ai 100-1", "nist ai 100-1"},
      {"NIST AI 100-2e2025", "", "nist ai 100-2", "nist ai 100-2:2025", "2025"},
      {"NIST", "", "nist", "nist"},
  });
}

TEST_CASE("identifiers: what bodies everywhere write at the end is the edition") {
  check({
      {"OIML R 999:1994", "", "oiml r 999", "oiml r 999:1994", "1994"},
      {"GOST R 99.12-2015", "", "gost r 99.12", "gost r 99.12:2015", "2015"},
      {"\u0420\u041C\u0413 149-2023", "", "rmg 149", "rmg 149:2023", "2023"},
      {"GB/T 99654-2025", "", "gb/t 99654", "gb/t 99654:2025", "2025"},
      {"ECMA-999 ed. 15", "", "ecma-999", "ecma-999:15", "15"},
      {"ECMA-999 15th edition", "ECMA-999 ed. 15", "ecma-999", "ecma-999:15", "15"},
      {"PLATEAU Technical Report #999 1.0", "", "plateau technical report #999", "plateau technical report #999:1.0", "1.0"},
      {"OGC 12-999r6", "", "ogc 12-999", "ogc 12-999:6", "6"},
      {"BSI AIC4 v1.2", "", "bsi aic4", "bsi aic4:1.2", "1.2"},
      {"MITRE ATLAS 5.6", "", "mitre atlas 5.6", "mitre atlas 5.6"},
      {"Agenda 2030", "", "agenda 2030", "agenda 2030"},
  });
}

TEST_CASE("identifiers: what no body's rules explain keeps its text") {
  check({
      {"SG17", "", "sg17", "sg17"},
      {"ISO/IEC JTC 1/SC 27", "", "iso/iec jtc 1/sc 27", "iso/iec jtc 1/sc 27"},
      {"27001", "", "27001", "27001"},
      {"RFC 5280 ter", "", "rfc 5280 ter", "rfc 5280 ter"},
      {"ETSI", "", "etsi", "etsi"},
      {"ISO", "", "iso", "iso"},
      {"", "", "", ""},
      {"(", "", "(", "("},
  });
  CHECK(parse_identifier("|").text == "");
  CHECK(parse_identifier("|").work() == "");
}

TEST_CASE("identifiers: spellings of one document meet") {
  const std::vector<std::vector<std::string>> same{
      {"X.509", "x.509", "ITU-T X.509", "ITU-T X.509 (10/2019)", "Rec. ITU-T X.509", "Recommendation ITU-T X.509", "itu-t x.509"},
      {"ISO 27001", "ISO/IEC 27001", "ISO/IEC 27001:2022", "ISO/IEC 27001-2022", "27001", "27001:2022", "iso 27001",
       "iso/iec 27001:2013", "ISO/IEC 27001:2022/Amd 1:2024"},
      {"RFC5280", "RFC 5280", "rfc 5280", "IETF RFC 5280", "5280"},
      {"EN 303645", "EN 303 645", "ETSI EN 303 645", "ETSI EN 303 645 V2.1.1 (2020-06)", "303 645", "303645", "en 303 645"},
      {"IEEE 802.11", "IEEE Std 802.11-2020", "802.11", "ieee 802.11"},
      {"IEEE P9841", "P9841", "p9841", "IEEE Std 9841-2022"},
      {"ISO/IEC TR 99028", "ISO/IEC 99028", "ISO 99028"},
      {"IEC 62443-4-2", "62443-4-2"},
      {"OASIS invf-v2.0", "invf", "INVF", "invf-v2.0"},
      {"ISO/IEC 27001", "IEC 27001"},
      {"Y Suppl. 955", "y suppl. 955", "ITU-T Y Suppl. 955 (10/2019)"},
      {"3GPP TS 99.501:REL-18/18.2.0", "TS 99.501", "99.501", "3gpp ts 99.501 v17.0.0"},
      {"NIST SP 800-999r5", "SP 800-999", "sp 800-999 rev. 4", "800-999", "NIST.SP.800-999"},
      {"FIPS 140-3", "FIPS PUB 140-2", "nist fips 140"},
      {"ITU-R SM.9912", "ITU-R SM.9912-0"},
      {"ECMA-999 ed. 3", "ECMA-999", "ecma-999 4th edition"},
  };
  for (const auto& spellings : same) {
    for (const std::string& a : spellings) {
      for (const std::string& b : spellings) {
        INFO(a << " and " << b);
        CHECK(meet(a, b));
      }
    }
  }
}

TEST_CASE("identifiers: documents with like numbers do not meet") {
  const std::vector<std::pair<std::string, std::string>> different{
      {"ISO/IEC Guide 51", "ISO 51"},
      {"ISO 27001", "ISO 27002"},
      {"ISO 27001", "ISO 2700"},
      {"ETSI TS 103 645", "EN 303 645"},
      {"ETSI TS 103 645", "EN 103 645"},
      {"X.509", "X.50"},
      {"X.509", "Y.509"},
      {"ITU-T X.509", "ISO 509"},
      {"RFC 5280", "BCP 5280"},
      {"IEEE 802.11", "IEEE 802.1"},
      {"IEEE 802.11", "IEEE 802.11a"},
      {"CISPR 11", "IEC 11"},
      {"IEC 62443-4-2", "IEC 62443-4-1"},
      {"OASIS invf", "OASIS invf-x"},
      {"ITU-T Y Suppl. 55", "ITU-T Y.55"},
      {"SG17", "ISO 17"},
      {"SG17", "X.17"},
      {"SG17", "SG1"},
      {"ISO/IEC JTC 1/SC 27", "ISO 27"},
      {"IWA 31", "ISO 31"},
      {"3GPP TS 33.501", "ETSI TS 133 501"},
      {"ITU-R SM.9912", "Report ITU-R SM.9912-6"},
  };
  for (const auto& [a, b] : different) {
    INFO(a << " and " << b);
    CHECK_FALSE(meet(a, b));
    CHECK_FALSE(meet(b, a));
  }
}

TEST_CASE("identifiers: a bare number is looked for at every body that numbers so") {
  CHECK(works_meant("27001") == std::vector<std::string>{"27001", "iso 27001", "iec 27001", "ieee 27001", "ietf rfc 27001",
                                                         "etsi en 27001", "etsi ts 27001", "etsi tr 27001", "etsi es 27001",
                                                         "etsi eg 27001"});
  CHECK(works_meant("IEC 27001") == std::vector<std::string>{"iec 27001", "iso 27001"});
  CHECK(works_meant("ISO 27001") == std::vector<std::string>{"iso 27001"});
  CHECK(works_meant("RFC5280") == std::vector<std::string>{"ietf rfc 5280"});
  CHECK(works_meant("ITU-R M.2083-0") == std::vector<std::string>{"itu-r m.2083"});  // A Report of that number is another text.
  CHECK(works_meant("sg17") == std::vector<std::string>{"sg17", "sg-17", "sg 17", "oasis sg17"});
}
