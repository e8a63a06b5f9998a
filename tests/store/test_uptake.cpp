#include <catch2/catch.hpp>

#include <sqlite3.h>

#include "lacuna/error.hpp"
#include "lacuna/records.hpp"
#include "lacuna/store.hpp"
#include "model/uptake_table.hpp"
#include "support/process.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

UptakeTable made_up() {
  UptakeTable table;
  table.day = Date{2025, 6, 1}.last_day();
  table.concepts = {{"key escrow", "", "key escrow"}, {"log", "lg", "logs"}, {"relay", "", "relays"}};
  table.pairs = 2;
  table.pairs_before = 9;
  table.taken_up = std::string("\x81\x01", 2);
  table.ranks = {std::string("\x01\0\0\0\xff\xff\xff\xff", 8), std::string("\x03\0\0\0", 4), ""};
  return table;
}

/// One record, as read on some day: another title is another text.
void take_in(const std::string& path, const std::string& beside, const std::string& title, std::optional<UptakeTable> kept) {
  Record r;
  r.entry = "1";
  r.identifier = parse_identifier("ISO 1:2020");
  r.title = title;
  r.published = Date::parse("2020-01-01");
  r.fingerprint = std::hash<std::string>()(title);
  CatalogueWriter writer(path, beside);
  writer.begin({"c", "relaton", "c", Date::parse("2026-01-01"), 0});
  if (writer.known(r.entry, r.fingerprint))
    writer.unchanged(r.entry);
  else
    writer.put(std::move(r));
  std::vector<ImportSummary> summaries;
  summaries.push_back(writer.end(true, std::nullopt));
  if (kept) {
    writer.keep_forecast([&](const std::vector<CatalogueText>& records) {
      CHECK(records.size() == 1);
      return kept;
    });
  }
  writer.commit(summaries);
}

void change(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

}  // namespace

TEST_CASE("uptake: what forecasts rest on is kept with the catalogues, in the map or beside it") {
  const Scratch scratch;
  const std::string path = scratch.path("m.db");
  Map map;
  map.info.title = "T";
  write_map(map, path);
  const std::string beside = GENERATE(std::string(), std::string("c.db"));
  const std::string file = beside.empty() ? "" : scratch.path(beside);
  take_in(path, file, "Paper", made_up());
  CHECK(Store(path, file).holds_catalogues() == file.empty());
  const UptakeTable made = made_up();
  {
    const Store store(path, file);
    const auto kept = store.uptake();
    REQUIRE(kept.has_value());
    CHECK(kept->day == made.day);
    CHECK(kept->pairs == made.pairs);
    CHECK(kept->pairs_before == made.pairs_before);
    CHECK(kept->taken_up == made.taken_up);
    REQUIRE(kept->concepts.size() == made.concepts.size());
    for (std::size_t c = 0; c < made.concepts.size(); ++c) {
      CHECK(kept->concepts[c].name == made.concepts[c].name);
      CHECK(kept->concepts[c].alias == made.concepts[c].alias);
      CHECK(kept->concepts[c].shown == made.concepts[c].shown);
      CHECK(store.uptake_ranks(c) == made.ranks[c]);
    }
  }
  take_in(path, file, "Paper", std::nullopt);  // Nothing is new.
  CHECK(Store(path, file).uptake().has_value());
  const std::string holder = file.empty() ? path : file;
  SECTION("what is not whole is damaged, and never read past its end") {
    change(holder, "UPDATE uptake_concept SET ranks = x'0100' WHERE concept = 0");
    CHECK_THROWS_WITH(Store(path, file).uptake_ranks(0), Catch::Matchers::Contains("what forecasts rest on is not whole"));
    CHECK_THROWS_WITH(Store(path, file).uptake_ranks(7), Catch::Matchers::Contains("what forecasts rest on is not whole"));
    change(holder, "UPDATE uptake SET taken_up = x'01'");
    CHECK_THROWS_WITH(Store(path, file).uptake(), Catch::Matchers::Contains("what forecasts rest on is not whole"));
    CHECK_THROWS_WITH(Store(holder).check(), Catch::Matchers::Contains("its catalogues are not as Lacuna wrote them"));
  }
  SECTION("other records, and nobody to make it anew: there is none") {
    take_in(path, file, "Pulp", std::nullopt);
    CHECK(!Store(path, file).uptake().has_value());
  }
}
