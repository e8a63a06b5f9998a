// A PostgreSQL database, or an engine that speaks its protocol: one table, into which rows are only ever put.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "lacuna/error.hpp"
#include "share/carriers.hpp"
#include "share/postgresql.hpp"

namespace lacuna {
namespace {

// Plain SQL that Citus, CockroachDB and YugabyteDB take as well: no sequence, trigger, lock by name, notification or extension.
constexpr std::string_view maps_there = "SELECT DISTINCT map FROM lacuna_change";
constexpr std::string_view devices_there =
    "SELECT device, count(*), max(number) FROM lacuna_change WHERE map = $1 GROUP BY device";
constexpr std::string_view numbers_there =
    "SELECT number, hash FROM lacuna_change WHERE map = $1 AND device = $2 ORDER BY number";
constexpr std::string_view contents_there =
    "SELECT number, content FROM lacuna_change WHERE map = $1 AND device = $2 AND number > $3 ORDER BY number";
constexpr std::string_view may_add = "SELECT has_table_privilege('lacuna_change', 'INSERT')";
constexpr std::string_view add_one =
    "INSERT INTO lacuna_change (map, device, number, clock, author, made, content, hash) VALUES "
    "($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
constexpr std::string_view statements[] = {maps_there, devices_there, numbers_there, contents_there, may_add, add_one};

// A reader sees everything; an editor adds, under the role's own name, and signs with the names that are the role's, where
// lacuna_person says which. The same again does no harm.
constexpr std::string_view setup = R"sql(BEGIN;
CREATE TABLE IF NOT EXISTS lacuna_change (
  map     text   NOT NULL,
  device  text   NOT NULL,
  number  bigint NOT NULL,
  clock   bigint NOT NULL,
  author  text   NOT NULL,
  made    text   NOT NULL,
  content text   NOT NULL,
  hash    text   NOT NULL,
  role    text   NOT NULL DEFAULT session_user,
  PRIMARY KEY (map, device, number)
);
CREATE TABLE IF NOT EXISTS lacuna_person (
  role    text NOT NULL,
  person  text NOT NULL,
  PRIMARY KEY (role, person)
);
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lacuna_reader') THEN CREATE ROLE lacuna_reader NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lacuna_editor') THEN CREATE ROLE lacuna_editor NOLOGIN; END IF;
END $$;
GRANT lacuna_reader TO lacuna_editor;
GRANT SELECT ON lacuna_change, lacuna_person TO lacuna_reader;
GRANT INSERT ON lacuna_change TO lacuna_editor;
ALTER TABLE lacuna_change ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS lacuna_read ON lacuna_change;
CREATE POLICY lacuna_read ON lacuna_change FOR SELECT USING (true);
DROP POLICY IF EXISTS lacuna_add ON lacuna_change;
CREATE POLICY lacuna_add ON lacuna_change FOR INSERT WITH CHECK (
  role = session_user
  AND (NOT EXISTS (SELECT FROM lacuna_person p WHERE p.role = session_user)
       OR EXISTS (SELECT FROM lacuna_person p WHERE p.role = session_user AND p.person = author)));
COMMIT;
)sql";

std::int64_t integer(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The values of one row of `add_one`.
std::vector<std::string> row_of(const std::string& map, const LoggedChange& set) {
  return {map,      set.device,  std::to_string(set.number), std::to_string(set.clock), set.by,
          set.made, set.content, fingerprint(set.content)};
}

/// `add_one` for so many rows.
std::string add_many(std::size_t rows) {
  const std::size_t begin = add_one.find('(', add_one.find("VALUES"));
  const std::size_t end = add_one.find(')', begin) + 1;
  std::string text(add_one.substr(0, begin));
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 1; column <= 8; ++column) text += fmt::format("{}${}", column == 1 ? "" : ", ", row * 8 + column);
    text += ")";
  }
  return text + std::string(add_one.substr(end));
}

class Database : public Carrier {
 public:
  explicit Database(const std::string& address) : db_(address) {}

  std::vector<std::string> maps() override {
    std::vector<std::string> names;
    for (std::vector<std::string>& row : db_.ask(maps_there)) names.push_back(std::move(row[0]));
    std::ranges::sort(names);
    return names;
  }

  std::vector<CarriedDevice> devices(const std::string& map) override {
    std::vector<CarriedDevice> list;
    for (const std::vector<std::string>& row : db_.ask(devices_there, {map}))
      list.push_back({row[0], static_cast<std::size_t>(integer(row[1])), integer(row[2])});
    std::ranges::sort(list, {}, &CarriedDevice::device);
    return list;
  }

  std::vector<CarriedNumber> numbers(const std::string& map, const std::string& device) override {
    std::vector<CarriedNumber> list;
    for (std::vector<std::string>& row : db_.ask(numbers_there, {map, device}))
      list.push_back({integer(row[0]), std::move(row[1])});
    return list;
  }

  std::vector<CarriedContent> fetch(const std::string& map, const std::string& device, std::int64_t after) override {
    std::vector<CarriedContent> list;
    for (std::vector<std::string>& row : db_.ask(contents_there, {map, device, std::to_string(after)}))
      list.push_back({integer(row[0]), std::move(row[1])});
    return list;
  }

  std::vector<RefusedChange> add(const std::string& map, const std::vector<LoggedChange>& sets) override {
    std::vector<RefusedChange> refused;
    constexpr std::size_t at_once = 1000;
    for (std::size_t begin = 0; begin < sets.size(); begin += at_once) {
      const auto some = std::span(sets).subspan(begin, std::min(at_once, sets.size() - begin));
      add_some(map, some, refused);
    }
    // What was left out, as its number is taken, is there by another's hand.
    std::map<std::string, std::map<std::int64_t, std::string>> there;
    for (const LoggedChange& set : sets) there[set.device];
    for (auto& [device, hashes] : there) {
      for (CarriedNumber& n : numbers(map, device)) hashes.emplace(n.number, std::move(n.hash));
    }
    for (const LoggedChange& set : sets) {
      const auto found = there[set.device].find(set.number);
      if (found != there[set.device].end() && found->second != fingerprint(set.content))
        refused.push_back({set.device, set.number, RefusedChange::Why::number_taken});
    }
    return refused;
  }

 private:
  void add_some(const std::string& map, std::span<const LoggedChange> sets, std::vector<RefusedChange>& refused) {
    std::vector<std::string> values;
    for (const LoggedChange& set : sets) {
      for (std::string& value : row_of(map, set)) values.push_back(std::move(value));
    }
    if (db_.may(add_many(sets.size()), values)) return;
    const bool reader = db_.ask(may_add).at(0).at(0) != "t";
    for (const LoggedChange& set : sets) {
      if (!reader && db_.may(add_one, row_of(map, set))) continue;
      refused.push_back({set.device, set.number, reader ? RefusedChange::Why::reads_only : RefusedChange::Why::not_theirs});
    }
  }

  Postgres db_;
};

bool is_postgresql(const std::string& address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://") || address.starts_with("service=") ||
         address.starts_with("host=") || address.starts_with("dbname=");
}

}  // namespace

extern const CarrierKind postgresql_carrier{
    "postgresql", is_postgresql,
    [](const std::string& address, bool /*begin*/) -> std::unique_ptr<Carrier> { return std::make_unique<Database>(address); }};

std::string_view postgresql_setup() { return setup; }
void set_up_postgresql(const std::string& address) { Postgres(address).ask(setup); }
std::span<const std::string_view> postgresql_statements() { return statements; }

}  // namespace lacuna
