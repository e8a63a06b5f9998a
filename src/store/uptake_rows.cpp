// What forecasts rest on, as rows.
#include "model/uptake_table.hpp"
#include "store/rows.hpp"

namespace lacuna {

void put_uptake(Connection& db, const std::optional<UptakeTable>& table) {
  db.run("DELETE FROM uptake; DELETE FROM uptake_concept;");
  if (!table || table->concepts.empty()) return;
  Statement whole = db.prepare("INSERT INTO uptake VALUES (?,?,?,?)");
  whole.bind(1, to_string(table->day)).bind(2, std::int64_t{table->pairs}).bind(3, std::int64_t{table->pairs_before});
  whole.bind_blob(4, table->taken_up).run();
  Statement row = db.prepare("INSERT INTO uptake_concept VALUES (?,?,?,?,?)");
  for (std::size_t c = 0; c < table->concepts.size(); ++c) {
    const UptakeTable::Concept& entry = table->concepts[c];
    row.bind(1, static_cast<std::int64_t>(c)).bind(2, entry.name).bind_text_or_null(3, entry.alias).bind(4, entry.shown);
    row.bind_blob(5, table->ranks[c]).run();
  }
}

std::optional<UptakeTable> Store::uptake() const {
  const Connection& db = database_->catalogues();
  if (!db.has_table("uptake")) return std::nullopt;
  Statement whole = db.prepare("SELECT day, pairs, pairs_before, taken_up FROM uptake");
  if (!whole.step()) return std::nullopt;
  UptakeTable table;
  if (const auto day = Date::parse(whole.text(0))) table.day = day->last_day();
  table.pairs = static_cast<std::uint32_t>(whole.number(1));
  table.pairs_before = static_cast<std::uint32_t>(whole.number(2));
  table.taken_up = whole.blob(3);
  Statement rows = db.prepare("SELECT name, alias, shown FROM uptake_concept ORDER BY concept");
  while (rows.step()) table.concepts.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2))});
  if (table.taken_up.size() != (table.pairs_before + 7) / 8) db.damaged("what forecasts rest on is not whole");
  return table;
}

std::string Store::uptake_ranks(std::size_t entry) const {
  const Connection& db = database_->catalogues();
  Statement row = db.prepare(
      "SELECT ranks, length(ranks) = 4 * ((SELECT count(*) FROM uptake_concept) - 1 - concept) FROM uptake_concept "
      "WHERE concept = ?");
  if (!row.bind(1, static_cast<std::int64_t>(entry)).step() || row.number(1) == 0)
    db.damaged("what forecasts rest on is not whole");
  return std::string(row.blob(0));
}

}  // namespace lacuna
