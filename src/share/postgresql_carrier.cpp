// A PostgreSQL database, or an engine that speaks its protocol: one table, into which rows are only ever put.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/separated.hpp"
#include "base/text.hpp"
#include "lacuna/date.hpp"
#include "lacuna/error.hpp"
#include "share/carriers.hpp"
#include "share/postgresql.hpp"

namespace lacuna {
namespace {

std::int64_t integer(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Plain SQL that Citus, CockroachDB and YugabyteDB take as well: no sequence, trigger, lock by name, notification or extension.
constexpr std::string_view maps_there = "SELECT DISTINCT map FROM lacuna_change";
constexpr std::string_view devices_there =
    "SELECT device, count(*), max(number) FROM lacuna_change WHERE map = $1 GROUP BY device";
constexpr std::string_view numbers_there =
    "SELECT number, hash FROM lacuna_change WHERE map = $1 AND device = $2 ORDER BY number";
constexpr std::string_view contents_there =
    "SELECT number, content FROM lacuna_change WHERE map = $1 AND device = $2 AND number > $3 ORDER BY number";
constexpr std::string_view may_add = "SELECT has_table_privilege('lacuna_change', 'INSERT')";

constexpr std::string_view stand_there = "SELECT day, devices FROM lacuna_stand WHERE map = $1";
constexpr std::string_view begin_stand =
    "INSERT INTO lacuna_stand (map, changes, devices, day) VALUES ($1, 0, '', '') ON CONFLICT DO NOTHING";
constexpr std::string_view keep_stand = "SELECT devices FROM lacuna_stand WHERE map = $1 FOR UPDATE";
constexpr std::string_view set_stand = "UPDATE lacuna_stand SET changes = $2, devices = $3, day = $4 WHERE map = $1";

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
-- The map as it is, for other programs: each sync of an editor brings these tables up to date, and lacuna_stand tells how many
-- change sets they hold, and the day of their states.
CREATE TABLE IF NOT EXISTS lacuna_stand (
  map     text   NOT NULL,
  changes bigint NOT NULL,
  devices text   NOT NULL,
  day     text   NOT NULL,
  PRIMARY KEY (map)
);
)sql";

std::string_view type_of(ReadColumn::Type type) { return type == ReadColumn::Type::text ? "text" : "bigint"; }

std::string names_of(std::span<const ReadColumn> columns) {
  std::string names;
  for (const ReadColumn& column : columns) names += fmt::format(", {}", column.name);
  return names;
}

std::string table_of_setup(const ReadTable& table) {
  std::string text =
      fmt::format("CREATE TABLE IF NOT EXISTS lacuna_{} (  -- {}\n  map text NOT NULL,\n", table.name, table.about);
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    text += fmt::format("  {} {}{},\n", table.columns[i].name, type_of(table.columns[i].type), i < table.keys ? " NOT NULL" : "");
  return text + fmt::format("  PRIMARY KEY (map{})\n);\n", names_of(table.columns.first(table.keys)));
}

/// "($1, $2, $3), ($1, $4, $5)": so many rows of so many values beside the first, which all share.
std::string rows_of_values(std::size_t rows, std::size_t columns) {
  std::string text;
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "($1" : ", ($1";
    for (std::size_t column = 0; column < columns; ++column) text += fmt::format(", ${}", 2 + row * columns + column);
    text += ")";
  }
  return text;
}

std::string rows_there(const ReadTable& table) {
  return fmt::format("SELECT {} FROM lacuna_{} WHERE map = $1", names_of(table.columns).substr(2), table.name);
}
std::string put_rows(const ReadTable& table, std::size_t rows) {
  return fmt::format("INSERT INTO lacuna_{} (map{}) VALUES {}", table.name, names_of(table.columns),
                     rows_of_values(rows, table.columns.size()));
}
std::string drop_rows(const ReadTable& table, std::size_t rows) {
  return fmt::format("DELETE FROM lacuna_{} WHERE map = $1 AND (map{}) IN ({})", table.name,
                     names_of(table.columns.first(table.keys)), rows_of_values(rows, table.keys));
}

/// How many change sets of each device, as lacuna_stand has them: "a 3; b 12".
using Counts = std::map<std::string, std::size_t>;
std::string text_of(const Counts& counts) {
  std::vector<std::string> texts;
  for (const auto& [device, count] : counts) texts.push_back(fmt::format("{} {}", device, count));
  return join(texts, "; ");
}
Counts counts_of(const std::string& text) {
  Counts counts;
  for (const std::string& device : parts_between(text, ';')) {
    const std::size_t space = std::min(device.rfind(' '), device.size());
    counts[device.substr(0, space)] = static_cast<std::size_t>(integer(device.substr(std::min(space + 1, device.size()))));
  }
  return counts;
}
/// Nothing of `there` that is not among these.
bool hold(const Counts& counts, const Counts& there) {
  return std::ranges::all_of(there, [&](const auto& entry) {
    const auto found = counts.find(entry.first);
    return found != counts.end() && found->second >= entry.second;
  });
}

/// What a row of lacuna_change holds beside the map.
constexpr std::size_t columns_of_change = 7;
std::string add_changes(std::size_t rows) {
  return fmt::format(
      "INSERT INTO lacuna_change (map, device, number, clock, author, made, content, hash) VALUES {} ON CONFLICT DO NOTHING",
      rows_of_values(rows, columns_of_change));
}
void append_values(SqlValues& values, const LoggedChange& set) {
  for (std::string value : {set.device, std::to_string(set.number), std::to_string(set.clock), set.by, set.made, set.content,
                            fingerprint(set.content)})
    values.emplace_back(std::move(value));
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
    std::size_t added = 0;
    constexpr std::size_t at_once = 1000;
    for (std::size_t begin = 0; begin < sets.size(); begin += at_once)
      added += add_some(map, std::span(sets).subspan(begin, std::min(at_once, sets.size() - begin)), refused);
    if (added + refused.size() == sets.size()) return refused;
    // What was left out, as its number is taken, is there by another's hand, or by ours.
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

  bool show(const std::string& map, const Counts& changes, const std::function<ReadModel()>& read) override {
    const auto stand = db_.ask_if_there(stand_there, {map});
    if (!stand) return true;
    if (!stand->empty()) {
      const Counts there = counts_of(stand->front()[1]);
      if (there == changes && stand->front()[0] >= to_string(today())) return true;
      if (!hold(changes, there)) return false;
    }
    if (!db_.ask_if_there(begin_stand, {map})) return true;  // Whoever asks only reads.
    const ReadModel model = read();
    bool shown = false;
    db_.together([&] {
      shown = hold(changes, counts_of(db_.ask(keep_stand, {map}).at(0).at(0)));
      if (!shown) return;
      for (std::size_t i = 0; i < model.rows.size(); ++i) bring_to(map, read_tables()[i], model.rows[i]);
      std::size_t all = 0;
      for (const auto& [device, count] : changes) all += count;
      db_.ask(set_stand, {map, std::to_string(all), text_of(changes), model.day});
    });
    return shown;
  }

 private:
  /// How many came.
  std::size_t add_some(const std::string& map, std::span<const LoggedChange> sets, std::vector<RefusedChange>& refused) {
    SqlValues values{map};
    for (const LoggedChange& set : sets) append_values(values, set);
    if (const auto added = db_.put(add_changes(sets.size()), values)) return *added;
    const bool reader = db_.ask(may_add).at(0).at(0) != "t";
    std::size_t all = 0;
    for (const LoggedChange& set : sets) {
      values = {map};
      append_values(values, set);
      if (const auto added = reader ? std::nullopt : db_.put(add_changes(1), values)) {
        all += *added;
      } else {
        refused.push_back({set.device, set.number, reader ? RefusedChange::Why::reads_only : RefusedChange::Why::not_theirs});
      }
    }
    return all;
  }

  /// What differs from what is there.
  void bring_to(const std::string& map, const ReadTable& table, const ReadRows& rows) {
    SqlRows there = db_.ask(rows_there(table), {map});
    std::ranges::sort(there);
    ReadRows gone;
    ReadRows come;
    std::ranges::set_difference(there, rows, std::back_inserter(gone));
    std::ranges::set_difference(rows, there, std::back_inserter(come));
    for (std::vector<std::string>& row : gone) row.resize(table.keys);
    send(map, table.keys, gone, [&](std::size_t n) { return drop_rows(table, n); });
    send(map, table.keys, come, [&](std::size_t n) { return put_rows(table, n); });
  }
  void send(const std::string& map, std::size_t keys, const ReadRows& rows,
            const std::function<std::string(std::size_t)>& statement) {
    constexpr std::size_t at_once = 500;
    for (std::size_t begin = 0; begin < rows.size(); begin += at_once) {
      const auto some = std::span(rows).subspan(begin, std::min(at_once, rows.size() - begin));
      SqlValues values{map};
      for (const std::vector<std::string>& row : some) {
        for (std::size_t i = 0; i < row.size(); ++i)
          values.push_back(i >= keys && row[i].empty() ? std::nullopt : std::optional(row[i]));
      }
      db_.ask(statement(some.size()), values);
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

std::string postgresql_setup() {
  std::string text(setup);
  std::string tables = "lacuna_stand";
  for (const ReadTable& table : read_tables()) {
    text += table_of_setup(table);
    tables += fmt::format(", lacuna_{}", table.name);
  }
  return text +
         fmt::format("GRANT SELECT ON {0} TO lacuna_reader;\nGRANT INSERT, UPDATE, DELETE ON {0} TO lacuna_editor;\nCOMMIT;\n",
                     tables);
}
void set_up_postgresql(const std::string& address) { Postgres(address).ask(postgresql_setup()); }

std::vector<std::string> postgresql_statements() {
  std::vector<std::string> list{"BEGIN", "COMMIT", "ROLLBACK", add_changes(2)};
  for (const std::string_view statement :
       {maps_there, devices_there, numbers_there, contents_there, may_add, stand_there, begin_stand, keep_stand, set_stand})
    list.emplace_back(statement);
  for (const ReadTable& table : read_tables()) {
    list.push_back(rows_there(table));
    list.push_back(drop_rows(table, 2));
    list.push_back(put_rows(table, 2));
  }
  return list;
}

}  // namespace lacuna
