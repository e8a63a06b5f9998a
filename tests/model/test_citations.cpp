// Identifiers of standards documents in running text.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "model/citations.hpp"

using namespace lacuna;

namespace {

using Names = std::vector<std::string>;

/// "ISO/IEC 27001:2022"; with "?" in front of what may be none, and "~" of what lies within a range.
Names named(std::string_view text) {
  Names names;
  for (const Citation& c : find_citations(text))
    names.push_back((c.within ? "~"
                     : c.sure ? ""
                              : "?") +
                    c.identifier.text + (c.series ? " series" : "") + (c.adopter.empty() ? "" : " by " + c.adopter) +
                    (c.published.empty() ? "" : " of " + c.published));
  return names;
}

/// What stands in the text, as it stands there.
Names places(const std::string& text) {
  Names list;
  for (const Citation& c : find_citations(text)) list.push_back(text.substr(c.begin, c.end - c.begin));
  return list;
}

}  // namespace

TEST_CASE("citations: every body's identifiers in the spellings of running text") {
  CHECK(named("ISO/IEC 27001:2022, ISO 27001, ISO27001 and ISO IEC 27002") ==
        Names{"ISO/IEC 27001:2022", "ISO 27001", "ISO 27001", "ISO/IEC 27002"});
  CHECK(named("ISO/IEC DIS 27090, ISO/IEC TR 24028:2020 and ISO/IEC/IEEE 29148:2018") ==
        Names{"ISO/IEC DIS 27090", "ISO/IEC TR 24028:2020", "ISO/IEC/IEEE 29148:2018"});
  CHECK(named("ISO 9001-2015, ISO/IEC 27001 (2013), IEC 62443-3-3, CEI 62443-4-2:2019") ==
        Names{"ISO 9001:2015", "ISO/IEC 27001:2013", "IEC 62443-3-3", "IEC 62443-4-2:2019"});
  CHECK(named("ITU-T X.1254 (09/2020), Rec. X.509, Recommendation ITU-T Y.3172 (2019), UIT-T X.509, X.1060-2021") ==
        Names{"ITU-T X.1254 (09/2020)", "ITU-T X.509", "ITU-T Y.3172 (2019)", "ITU-T X.509", "ITU-T X.1060 (2021)"});
  CHECK(named("ITU-T X.Suppl.31, X-series Supplement 31, Supplement 31 to ITU-T X-series Recommendations") ==
        Names{"ITU-T X Suppl. 31", "ITU-T X Suppl. 31", "ITU-T X Suppl. 31"});
  CHECK(named("Recommendation ITU-R M.2083-0") == Names{"ITU-R M.2083-0"});
  CHECK(named("RFC 8446, RFC8446, [RFC2119], BCP 14") == Names{"RFC 8446", "RFC 8446", "RFC 2119", "BCP 14"});
  CHECK(named("draft-ietf-tls-esni-18, [I-D.ietf-quic-tls], draft-smith-foo") ==
        Names{"draft-ietf-tls-esni-18", "draft-ietf-quic-tls", "?draft-smith-foo"});
  CHECK(named("ETSI EN 303 645 V2.1.1 (2020-06), EN 303645, ETSI EN 303 645 (2020-06), TS 103 645, ETSI GS NFV-SEC 012") ==
        Names{"ETSI EN 303 645 V2.1.1 of 2020-06", "ETSI EN 303 645", "ETSI EN 303 645 of 2020-06", "ETSI TS 103 645",
              "ETSI GS NFV-SEC 012"});
  CHECK(named("TS 33.501, 3GPP TS 33.501 V17.5.0, TS 33.501 Release 16") ==
        Names{"3GPP TS 33.501", "3GPP TS 33.501 V17.5.0", "3GPP TS 33.501 Release 16"});
  CHECK(named("IEEE Std 802.1X-2020, IEEE 802.11, IEEE P802.11be/D3.0, 802.1AE") ==
        Names{"IEEE Std 802.1X-2020", "IEEE Std 802.11", "IEEE P802.11be/D-3.0", "IEEE Std 802.1AE"});
  CHECK(named("NIST SP 800-53 Rev. 5, SP 800-53r5, FIPS PUB 140-3, NISTIR 8259A, NIST AI 100-2 E2025") ==
        Names{"NIST SP 800-53 Rev. 5", "NIST SP 800-53 Rev. 5", "NIST FIPS 140-3", "NIST IR 8259A", "NIST AI 100-2e2025"});
  CHECK(named("X.509v3, NIST SP 800-56A: Revision 2, NIST-SP-800-57") ==
        Names{"ITU-T X.509", "NIST SP 800-56A Rev. 2", "NIST SP 800-57"});
  CHECK(named("W3C REC-webauthn-2-20210408, OASIS STIX Version 2.1, ECMA-262, ANSI X9.62-2005") ==
        Names{"W3C REC-webauthn-2-20210408", "OASIS STIX-v2.1", "ECMA-262", "ANSI X9.62-2005"});
}

TEST_CASE("citations: lists and ranges name each of their members") {
  CHECK(named("X.1051, X.1052 and X.1053") == Names{"ITU-T X.1051", "ITU-T X.1052", "ITU-T X.1053"});
  CHECK(named("X.1051\u2013X.1053") == Names{"ITU-T X.1051", "ITU-T X.1053", "~ITU-T X.1052"});
  CHECK(named("ISO/IEC 27001 and 27002") == Names{"ISO/IEC 27001", "ISO/IEC 27002"});
  CHECK(named("ISO/IEC 15408-1 to -3") == Names{"ISO/IEC 15408-1", "ISO/IEC 15408-3", "~ISO/IEC 15408-2"});
  CHECK(named("ISO/IEC 27033-1, -2 and -3") == Names{"ISO/IEC 27033-1", "ISO/IEC 27033-2", "ISO/IEC 27033-3"});
  CHECK(named("ISO/IEC 27001:2013 and 2022") == Names{"ISO/IEC 27001:2013", "ISO/IEC 27001:2022"});
  CHECK(named("RFCs 5246 and 8446") == Names{"RFC 5246", "RFC 8446"});
  CHECK(named("RFC 5246/8446") == Names{"RFC 5246", "RFC 8446"});
  CHECK(named("FIPS 203, 204 and 205") == Names{"NIST FIPS 203", "NIST FIPS 204", "NIST FIPS 205"});
  CHECK(named("3GPP TS 33.501, 33.502 and 33.503") == Names{"3GPP TS 33.501", "3GPP TS 33.502", "3GPP TS 33.503"});
  CHECK(named("ISO/IEC 15408 (all parts), ISO/IEC 27000 series") == Names{"ISO/IEC 15408 series", "ISO/IEC 27000 series"});
}

TEST_CASE("citations: an amendment is named with its edition, alone or beside it") {
  CHECK(named("ISO/IEC 27001:2022/Amd.1:2024") == Names{"ISO/IEC 27001:2022/Amd 1:2024"});
  CHECK(named("IEC 61508-1:2010+A1:2014") == Names{"IEC 61508-1:2010", "IEC 61508-1:2010/Amd 1:2014"});
  CHECK(named("ISO/IEC 27001:2013 with Cor 1:2014 and Cor 2:2015") ==
        Names{"ISO/IEC 27001:2013", "ISO/IEC 27001:2013/Cor 1:2014", "ISO/IEC 27001:2013/Cor 2:2015"});
  CHECK(named("ITU-T X.509 (2019) Cor. 1 (10/2021)") == Names{"ITU-T X.509 (2019) Cor. 1 (10/2021)"});
  CHECK(named("ITU-T X.509 (10/2019) with Cor. 1 (2021) and Amd. 1 (2024)") ==
        Names{"ITU-T X.509 (10/2019)", "ITU-T X.509 (2019) Cor. 1 (2021)", "ITU-T X.509 (2019) Amd. 1 (2024)"});
}

TEST_CASE("citations: what a national body adopts is dated by that body") {
  CHECK(named("BS EN ISO/IEC 27001:2017, DIN EN ISO/IEC 27001:2024-01, ГОСТ Р ИСО/МЭК 27001-2021") ==
        Names{"ISO/IEC 27001 by BS EN", "ISO/IEC 27001 by DIN EN", "ISO/IEC 27001 by ГОСТ Р"});
}

TEST_CASE("citations: what has the shape of an identifier and is none") {
  CHECK(named("Table A.1, clause B.2, Figure X.1, Annex X.509, ISO/IEC JTC 1/SC 27, ITU-T SG17, ISO/TC 307").empty());
  CHECK(named("at the IEEE 2019 conference, version 1.2.3, e.g. this, 3.5 GHz, AI-related, RFC editor").empty());
  CHECK(named("RFC 2131, 128 bits, and RFC 8446, 2018") == Names{"RFC 2131", "RFC 8446"});
}

TEST_CASE("citations: blanks, hyphens and line ends of any kind, and the place is that of the bytes") {
  CHECK(places("see ISO/IEC\u00A027001:2022.") == Names{"ISO/IEC\u00A027001:2022"});
  CHECK(named("ISO/IEC\u00A018033\u20113:2010") == Names{"ISO/IEC 18033-3:2010"});
  CHECK(places("„IEEE Std 802.1X\u20132010“") == Names{"IEEE Std 802.1X\u20132010"});
  CHECK(named("ISO/\nIEC 27001,\nNIST SP 800-\n  53, draft-ietf-\n    tls-esni") ==
        Names{"ISO/IEC 27001", "NIST SP 800-53", "draft-ietf-tls-esni"});
  CHECK(places("X.1051, X.1052 and X.1053 (06/2023)") == Names{"X.1051", "X.1052", "X.1053 (06/2023)"});
  CHECK(places("参照ISO 9001。") == Names{"ISO 9001"});
  CHECK(named("").empty());
}
