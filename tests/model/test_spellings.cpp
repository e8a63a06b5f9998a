// One document, many spellings: rules of rewriting over identifiers of every number space, and single spellings by hand.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

#include "model/spelling.hpp"
#include "spelling_rules.hpp"

using namespace lacuna;

namespace {

/// In the forms that catalogues have; numbers are invented.
const std::vector<std::string>& catalogue_like() {
  static const std::vector<std::string> list{"ITU-T X.9509 (10/2019)",
                                             "ITU-T X.9509 (2019) Amd. 1 (10/2024)",
                                             "ITU-T G.9041/Y.9303 (08/2016)",
                                             "ITU-T X Suppl. 37 (04/2022)",
                                             "ITU-T H.9248 (V3) (03/2013)",
                                             "ITU-T Q.9941.1",
                                             "ITU-R M.9083-0",
                                             "ITU-R BT.9601-12",
                                             "ITU-R Report SM.9912-6",
                                             "ISO 99125-5:2018",
                                             "ISO/IEC 99001:2022",
                                             "ISO/IEC 99001:2022/Amd 1:2024",
                                             "ISO/IEC 99001:2013/Cor 2:2015",
                                             "ISO/IEC TR 99028:2020",
                                             "ISO/TS 99303-1345:2005",
                                             "ISO/IEC DIS 99090",
                                             "ISO/IEC Guide 951:2014",
                                             "ISO/IEC/IEEE 99207:2017",
                                             "ISO/R 9710:1970",
                                             "IWA 931:2020",
                                             "IEC 99443-4-2:2019",
                                             "IEC 99068-12:1987+AMD1:1991 CSV",
                                             "IEC 99335-1:2001+AMD1:2004 CSV/COR1:2005",
                                             "IEC TS 99416:2023",
                                             "CISPR 932:2015",
                                             "IEC/IEEE 99005-3:2025",
                                             "IEEE Std 9802.11-2020",
                                             "IEEE Std C99.12.40-2024",
                                             "IEEE P9841/D-2-2022-02",
                                             "ANSI/IEEE Std 9304-1977",
                                             "RFC 95280",
                                             "BCP 914",
                                             "STD 966",
                                             "draft-invented-counting-07",
                                             "ETSI EN 309 645 V2.1.1 (2020-06)",
                                             "ETSI TS 199 105 V19.5.0 (2026-04)",
                                             "ETSI EN 399 392-2 V2.5.2 (2005-11)",
                                             "ETSI GR INV 904 V1.1.1 (2020-12)",
                                             "ETSI ETS 399 009/A1 ed.2 (1994-01)",
                                             "3GPP TS 99.501:REL-18/18.2.0",
                                             "3GPP TR 99.821:REL-9/1.0.0",
                                             "W3C REC-alpha-20081126",
                                             "W3C WD-css-alpha-3-20200817",
                                             "W3C alpha",
                                             "NIST SP 800-953r5",
                                             "NIST SP 800-953Ar4",
                                             "NIST FIPS 940-3",
                                             "NIST IR 9477",
                                             "NIST AI 900-2e2025",
                                             "OASIS invf-v2.0-CS01",
                                             "OASIS invp-core-v1.0-Part2-OS",
                                             "ECMA-962 ed. 15",
                                             "OIML R 999:1994",
                                             "CCSDS 999.0-B-1",
                                             "GOST R 99.12-2015",
                                             "\u0420\u041C\u0413 999-2023",
                                             "JIS X 9001:1994",
                                             "OGC 12-999r6",
                                             "JCGM 900:2008"};
  return list;
}

struct Figure {
  std::size_t applied = 0;
  std::size_t led_back = 0;
};

}  // namespace

TEST_CASE("spellings: each rule of rewriting leads from every identifier back to its document") {
  for (const spelling::Rule& rule : spelling::rules) {
    std::size_t applied = 0;
    for (const std::string& written : catalogue_like()) {
      const Identifier id = parse_identifier(written);
      const auto spelled = rule.rewrite(id.text, id);
      if (!spelled) continue;
      ++applied;
      INFO(rule.name << ": " << *spelled << " is read as " << parse_identifier(*spelled).document() << ", not as "
                     << id.document());
      CHECK(spelling::leads_back(*spelled, id));
    }
    INFO(rule.name);
    CHECK(applied > 1);
  }
}

// LACUNA_IDENTIFIERS=FILE lacuna_tests "[spelling-figures]": a line of the file is an identifier of a catalogue.
TEST_CASE("spellings: how many identifiers of a file each rule leads back", "[.][spelling-figures]") {
  const char* path = std::getenv("LACUNA_IDENTIFIERS");
  if (path == nullptr) return;  // Asked for by nobody.
  std::ifstream file(path);
  REQUIRE(file);
  std::vector<Figure> figures(spelling::rules.size());
  for (std::string line; std::getline(file, line);) {
    const Identifier id = parse_identifier(line);
    for (std::size_t r = 0; r < figures.size(); ++r) {
      const auto spelled = spelling::rules[r].rewrite(id.text, id);
      if (!spelled) continue;
      ++figures[r].applied;
      if (spelling::leads_back(*spelled, id)) ++figures[r].led_back;
    }
  }
  std::size_t lost = 0;
  for (std::size_t r = 0; r < figures.size(); ++r) {
    WARN(spelling::rules[r].name << ": " << figures[r].led_back << " of " << figures[r].applied);
    lost += figures[r].applied - figures[r].led_back;
  }
  WARN(lost << " lost in all");
  CHECK(figures.front().applied > 0);
}

TEST_CASE("spellings: as people write them") {
  const std::vector<std::pair<std::string, std::string>> spellings{
      {"ISO/IEC 27001 (2022)", "iso 27001:2022"},
      {"ISO27001:2022", "iso 27001:2022"},
      {"ISO/IEC27001", "iso 27001"},
      {"ISO IEC 27001", "iso 27001"},
      {"iso-iec 27 001", "iso 27001"},
      {"ISO_IEC_27001_2022", "iso 27001:2022"},
      {"ISO/IEC 27001 : 2022", "iso 27001:2022"},
      {"ISO/IEC 27001: 2022", "iso 27001:2022"},
      {"ISO/IEC 27001, third edition", "iso 27001 ed. 3"},
      {"ISO/IEC 27001 3rd ed.", "iso 27001 ed. 3"},
      {"IEC 62443-4-2 Ed. 1.0", "iec 62443-4-2 ed. 1"},
      {"IEC 62443, Part 4-2", "iec 62443-4-2"},
      {"iso/iec 27001:2022/amd 1:2024", "iso 27001:2022/amd1:2024"},
      {"ISO/IEC 27001:2022 Amendment 1", "iso 27001:2022/amd1"},
      {"Amendment 1 to ISO/IEC 27001:2022", "iso 27001:2022/amd1"},
      {"ISO/IEC 27001:2013, Technical Corrigendum 2", "iso 27001:2013/cor2"},
      {"ISO 8601-1:2019/DAM 1:2021(E)", "iso 8601-1:2019/amd1:2021 dam"},
      {"ISO 10303\u2011227:2005", "iso 10303-227:2005"},
      {"ISO 8601-1:2019[E]", "iso 8601-1:2019"},
      {"CEI 60335-1", "iec 60335-1"},
      {"urn:iso:std:iso-iec:27001:ed-3", "iso 27001 ed. 3"},
      {"urn:iso:std:iso:8601:-1:ed-1:v1:amd:2022:v1", "iso 8601-1 ed. 1/amd1:2022"},
      {"https://www.iso.org/obp/ui/en/#iso:std:iso-iec:27001:ed-3:v1:en", "iso 27001 ed. 3"},
      {"urn:ietf:rfc:8446", "ietf rfc 8446"},
      {"https://doi.org/10.17487/RFC8446", "ietf rfc 8446"},
      {"https://datatracker.ietf.org/doc/html/rfc8446#section-4", "ietf rfc 8446"},
      {"https://datatracker.ietf.org/doc/draft-ietf-tls-esni/18/", "ietf draft draft-ietf-tls-esni:18 draft"},
      {"I-D.ietf-tls-esni", "ietf draft draft-ietf-tls-esni draft"},
      {"[I-D.ietf-tls-esni-18]", "ietf draft draft-ietf-tls-esni:18 draft"},
      {"[RFC8446]", "ietf rfc 8446"},
      {"RFC 8446bis", "ietf rfc 8446bis"},
      {"Recommandation UIT-T X.1217", "itu-t x.1217"},
      {"\u0420\u0435\u043A\u043E\u043C\u0435\u043D\u0434\u0430\u0446\u0438\u044F \u041C\u0421\u042D-\u0422 \u0425.509",
       "itu-t x.509"},
      {"CCITT X.509", "itu-t x.509"},
      {"ITU X.509", "itu-t x.509"},
      {"ITU-T X509", "itu-t x.509"},
      {"ITU-T Recommendation X.1217 (2021)", "itu-t x.1217:2021"},
      {"X.509, October 2019", "itu-t x.509:2019-10"},
      {"X.509:2019", "itu-t x.509:2019"},
      {"X.sgAIoT", "itu-t x.sgaiot"},
      {"Supplement 37 to X-series Recommendations", "itu-t x suppl 37"},
      {"Supplement 37 to ITU-T X-series (04/2022)", "itu-t x suppl 37:2022-04"},
      {"ITU-T X.Sup37", "itu-t x suppl 37"},
      {"https://www.itu.int/rec/T-REC-X.509-201910-I/en", "itu-t x.509:2019-10"},
      {"https://www.itu.int/rec/T-REC-X.Sup37-202204-I", "itu-t x suppl 37:2022-04"},
      {"ITU SM.2012", "itu-r sm.2012"},
      {"TS 33.501 version 18.2.0", "3gpp ts 33.501:18.2.0"},
      {"3GPP TS33.501 Release 18", "3gpp ts 33.501:18"},
      {"ETSI TS 133 501 V18.2.0 (2023-09)", "etsi ts 133501:18.2.0"},
      {"EN303645 version 2.1.1", "etsi en 303645:2.1.1"},
      {"https://www.etsi.org/deliver/etsi_ts/103200_103299/10322102/01.01.01_60/ts_10322102v010101p.pdf",
       "etsi ts 103221-2:1.1.1"},
      {"SP800-53 rev5", "nist sp 800-53:5"},
      {"NIST Special Publication 800-53, Revision 5", "nist sp 800-53:5"},
      {"https://doi.org/10.6028/NIST.SP.800-53r5", "nist sp 800-53:5"},
      {"https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final", "nist sp 800-53:5/upd1:5"},
      {"https://csrc.nist.gov/publications/detail/sp/800-53/rev-5/final", "nist sp 800-53:5"},
      {"FIPS 140-3", "nist fips 140:3"},
      {"IEEE802.11-2020", "ieee 802.11:2020"},
      {"IEEE 802.11 (2020)", "ieee 802.11:2020"},
      {"P7003", "ieee 7003 p"},
      {"ECMA-262 15th edition", "ecma-262:15"},
      {"ECMA-262, fifteenth edition", "ecma-262:15"},
      {"REC-xml-20081126", "w3c xml:2008-11-26"},
      {"https://www.w3.org/TR/2008/REC-xml-20081126/", "w3c xml:2008-11-26"},
      {"ANSI/UL 2900-1", "ansi/ul 2900-1"},
      {"EN 60601-1", "en 60601-1"},
      {"\u0413\u041E\u0421\u0422 \u0420 34.12-2015", "gost r 34.12:2015"},
      {"GB/T 45654-2025", "gb/t 45654:2025"},
  };
  for (const auto& [written, document] : spellings) {
    INFO(written);
    CHECK(parse_identifier(written).document() == document);
  }
}

TEST_CASE("spellings: an adoption names the text that is adopted, and keeps its own year") {
  struct Adoption {
    std::string written;
    std::string adopts;
    std::string work;
    std::string edition;
  };
  const std::vector<Adoption> adoptions{
      {"EN ISO/IEC 27001:2017+A11", "ISO/IEC 27001", "iso 27001", "2017"},
      {"DIN EN ISO/IEC 27001:2017-06", "ISO/IEC 27001", "iso 27001", "2017-06"},
      {"BS EN ISO/IEC 27001:2017+A11:2020", "ISO/IEC 27001", "iso 27001", "2017"},
      {"UNE-EN ISO/IEC 27001:2023", "ISO/IEC 27001", "iso 27001", "2023"},
      {"SS-ISO/IEC 27001:2022", "ISO/IEC 27001", "iso 27001", "2022"},
      {"NF EN IEC 62443-4-2", "IEC 62443-4-2", "iec 62443-4-2", ""},
      {"GOST R ISO/IEC 27001-2021", "ISO/IEC 27001", "iso 27001", "2021"},
      {"din en iso 9001", "iso 9001", "iso 9001", ""},
      {"DIN EN 303 645", "ETSI EN 303 645", "etsi en 303645", ""},
  };
  for (const Adoption& a : adoptions) {
    INFO(a.written);
    const Identifier id = parse_identifier(a.written);
    CHECK(id.space == NumberSpace::other);
    CHECK(id.adopts == a.adopts);
    CHECK(id.edition == a.edition);
    CHECK(works_meant(a.written)[1] == a.work);
  }
  // Another body's number for the same text is told by no identifier.
  for (const std::string_view own :
       {"GB/T 22080-2016", "JIS Q 27001:2023", "EN 303 645", "BS 7799", "ANSI C63.4", "IEEE Std 7003-2024"}) {
    INFO(own);
    CHECK(parse_identifier(own).adopts.empty());
  }
}

TEST_CASE("spellings: one page has one address") {
  CHECK(address_key("https://www.iso.org/standard/82875.html") == "iso.org/standard/82875");
  CHECK(address_key("iso.org/fr/standard/82875.html") == "iso.org/standard/82875");
  CHECK(address_key("https://doi.org/10.1109/IEEESTD.2021.9363693") == "ieeexplore.ieee.org/document/9363693");
  CHECK(address_key("http://ieeexplore.ieee.org/document/9363693/") == "ieeexplore.ieee.org/document/9363693");
  CHECK(address_key("ISO/IEC 27001").empty());
  CHECK(address_key("G.7041/Y.1303").empty());
}

TEST_CASE("spellings: blanks and signs do not tell keys of works apart, numbers do") {
  CHECK(tight_key("ecma-262") == tight_key("ECMA 262"));
  CHECK(tight_key("oiml r 60-1") == tight_key("oimlr60-1"));
  CHECK(tight_key("iso 2700-1") != tight_key("iso 27001"));
}
