#include <catch2/catch.hpp>

#include "forecast/subject_fields.hpp"
#include "forecast/works.hpp"
#include "lacuna/identifier.hpp"

using namespace lacuna;
using namespace lacuna::forecast;

namespace {

CatalogueText record(std::string identifier, std::string_view published, std::string abstract = "") {
  CatalogueText text;
  text.work = parse_identifier(identifier).work();
  text.identifier = std::move(identifier);
  text.published = Date::parse(published);
  text.abstract = std::move(abstract);
  return text;
}

std::vector<Work> works(const std::vector<CatalogueText>& records) {
  std::vector<RecordFacts> facts;
  for (const CatalogueText& r : records) facts.push_back(facts_of(r));
  return works_of(records, facts);
}

DayCount day(std::string_view text) { return count_of(Date::parse(text)->first_day()); }

}  // namespace

TEST_CASE("works: days count from 1970") {
  CHECK(count_of(static_cast<Day>(19700101)) == 0);
  CHECK(count_of(static_cast<Day>(20190121)) == 17917);
  CHECK(forecast::day_of(17917) == static_cast<Day>(20190121));
}

TEST_CASE("works: ISO and IEC twins and all editions are one work of the first day") {
  const auto list = works({record("ISO/IEC 99001:2013", "2013-10", "longer text"), record("ISO 99001:2022", "2022-02"),
                           record("IEC 99001:2013", "2013-10-04", "short")});
  REQUIRE(list.size() == 1);
  CHECK(list[0].base == "I:99001");
  CHECK(list[0].date.hi == day("2013-10-04"));  // Certain earlier than a day of October.
  CHECK(list[0].record == 2);
  CHECK(list[0].all.size() == 3);
  CHECK(list[0].firsted);
}

TEST_CASE("works: of the records of the first day the one with the longest abstract speaks") {
  const auto list = works({record("ISO 99002:2020", "2020-05", "a"), record("ISO/IEC 99002:2020", "2020-05", "a longer one")});
  REQUIRE(list.size() == 1);
  CHECK(list[0].record == 1);
}

TEST_CASE("works: drafts and amendments found no work") {
  CatalogueText draft = record("ISO/DIS 99003", "2020");
  draft.given = State::draft;
  CatalogueText amendment = record("ISO 99004:2015/Amd 1:2018", "2015");
  amendment.remarks = std::uint64_t{1} << static_cast<unsigned>(Remark::amendment);
  CHECK(works({draft}).empty());
  CHECK(facts_of(amendment).kind == RecordKind::supplement);
  CHECK(facts_of(amendment).date->lo == day("2018-01-01"));  // Of its own year, not of the base text's.
}

TEST_CASE("works: what is no first edition") {
  CHECK(facts_of(record("ETSI TS 199 223 V1.1.1 (2025-04)", "2025-04")).first);
  CHECK_FALSE(facts_of(record("ETSI TS 199 223 V1.2.1 (2025-04)", "2025-04")).first);
  CHECK_FALSE(facts_of(record("ETSI TS 133 501 V1.1.1 (2025-04)", "2025-04")).first);  // 3GPP's.
  CHECK(facts_of(record("ITU-R SM.9377-0", "2020")).first);
  CHECK_FALSE(facts_of(record("ITU-R SM.9377-3", "2020")).first);
  CHECK_FALSE(facts_of(record("OASIS PLAYBOOKS-v2.0", "2020")).first);
  CatalogueText later = record("IEEE Std 99802.1-2020", "2020");
  later.to = {{Relation::amends, "ieee 99802"}};
  CHECK_FALSE(facts_of(later).first);
}

TEST_CASE("works: an IEEE date two years after the year of the identifier is the year") {
  CHECK(facts_of(record("IEEE Std 99112-1996", "2004-09-19")).date->hi == day("1996-12-31"));
  CHECK(facts_of(record("IEEE Std 99112-1996", "1997-09-19")).date->hi == day("1997-09-19"));
}

TEST_CASE("works: a text under a new number is not new") {
  CatalogueText renumbered = record("ISO 99006:2020", "2020");
  renumbered.to = {{Relation::supersedes, "iso 99005"}};
  const auto list = works({record("ISO 99005:2010", "2010"), renumbered});
  REQUIRE(list.size() == 2);
  CHECK(list[0].firsted);
  CHECK_FALSE(list[1].firsted);
}

TEST_CASE("works: parts are one family") {
  CHECK(family_of("I:15590-4") == "I:15590");
  CHECK(family_of("T:x.509") == "T:x.509");
}

TEST_CASE("fields: of committees, of series, of bodies") {
  const Fields fields;
  CatalogueText text = record("ISO/IEC 99001:2013", "2013");
  text.group = "ISO/IEC JTC 1/SC 27";
  CHECK(fields.of(text, "I:99001") == "35 information technology");
  text.group = "ISO/TC 9999/SC 1";
  CHECK(fields.of(text, "I:99001") == "ISO/TC 9999");
  CHECK(fields.of(text, "T:x.509") == "ITU-T X");
  CHECK(fields.of(text, "S:133501") == "3GPP");
  CHECK(fields.of(text, "S:103645") == "ETSI");
}
