// Questions to the catalogues by the keys of works: which lie near a number, which catalogues hold a body's.
#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"

namespace lacuna {
namespace {

constexpr std::string_view of_faces =
    "JOIN work w ON w.work = r.work WHERE r.record = coalesce((SELECT f.same_as FROM record f WHERE f.record = w.face), w.face)";

/// Keys of a body begin with its name and a blank or a hyphen: "iso 27001", "ecma-404".
std::string keys_of_body() { return "(w.key >= ?1 || ' ' AND w.key < ?1 || '!' OR w.key >= ?1 || '-' AND w.key < ?1 || '.')"; }

}  // namespace

std::vector<RecordRow> Store::faces_between(std::string_view from, std::string_view to, std::size_t limit) const {
  const Connection& db = database_->catalogues();
  std::vector<RecordRow> list;
  if (!knows_catalogues(db)) return list;
  Statement rows = select_rows(db, fmt::format("{} AND w.key >= ?1 AND w.key < ?2 ORDER BY w.key LIMIT ?3", of_faces));
  rows.bind(1, from).bind(2, to).bind(3, static_cast<std::int64_t>(limit));
  while (rows.step()) list.push_back(row_of(rows));
  return list;
}

std::vector<RecordRow> Store::near_numbers(std::string_view key) const {
  const Connection& db = database_->catalogues();
  std::vector<RecordRow> list;
  if (!knows_catalogues(db)) return list;
  const std::size_t blank = key.find(' ');
  if (blank == std::string_view::npos) return list;
  std::vector<std::string> near;
  Statement keys = db.prepare("SELECT w.key FROM work w WHERE " + keys_of_body() + " ORDER BY w.key");
  keys.bind(1, key.substr(0, blank));
  const std::string_view number = key.substr(key.rfind(' '));
  while (keys.step()) {
    const std::string_view other = keys.text(0);
    // A report that is called a specification has the number of another type.
    const bool same_number = other.substr(other.rfind(' ')) == number;
    if (same_number || edit_distance(other, key, 1) <= 1) near.emplace_back(other);
  }
  Statement rows = select_rows(db, fmt::format("{} AND w.key = ?1", of_faces));
  for (const std::string& other : near) {
    rows.bind(1, other);
    if (rows.step()) list.push_back(row_of(rows));
    rows.reset();
  }
  return list;
}

std::vector<RecordRow> Store::nearest(std::string_view name) const {
  const Connection& db = database_->catalogues();
  constexpr std::size_t most = 3;
  std::vector<RecordRow> list;
  if (!knows_catalogues(db) || name.size() > longest_identifier) return list;
  const std::string key = works_meant(name).front();
  const std::size_t digit = key.find_first_of("0123456789", key.rfind(' ') == std::string::npos ? 0 : key.rfind(' '));
  if (digit == std::string::npos) return list;
  const auto add = [&](std::vector<RecordRow> rows) {
    for (RecordRow& row : rows) {
      const auto is_it = [&](const RecordRow& r) { return r.facts.identifier.text == row.facts.identifier.text; };
      if (list.size() < most && std::ranges::none_of(list, is_it)) list.push_back(std::move(row));
    }
  };
  const auto with_key = [&](std::string_view k) { return faces_between(k, std::string(k) + '\x01', 1); };
  // Recommendations and Reports of ITU-R count for themselves, and are taken for each other.
  constexpr std::string_view itu_r = "itu-r ";
  constexpr std::string_view report = "report ";
  if (key.starts_with(itu_r)) {
    const std::string_view number = std::string_view(key).substr(itu_r.size());
    add(with_key(number.starts_with(report) ? fmt::format("{}{}", itu_r, number.substr(report.size()))
                                            : fmt::format("{}{}{}", itu_r, report, number)));
  }
  add(faces_between(key + "-", key + ".", most));
  // "8446bis", "27001-9": the number without what follows it.
  std::string shorter = key;
  while (list.empty() && shorter.size() > digit + 1) {
    const std::size_t cut = shorter.find_last_not_of("abcdefghijklmnopqrstuvwxyz");
    const std::size_t part = shorter.find_last_of("-./");
    if (cut + 1 < shorter.size())
      shorter.erase(cut + 1);
    else if (part != std::string::npos && part > digit)
      shorter.erase(part);
    else
      break;
    add(with_key(shorter));
  }
  const std::string number = key.substr(digit);
  // A long number is rarely given twice.
  if (list.size() < most && number.size() > 4) {
    Statement keys = db.prepare(
        "SELECT w.key FROM work w WHERE w.key LIKE '% ' || ?1 AND w.key <> ?2 AND w.face IS NOT NULL ORDER BY w.key LIMIT 3");
    keys.bind(1, number).bind(2, key);
    while (keys.step()) add(with_key(keys.text(0)));
  }
  if (list.size() < most) {
    // Slips come late in a number: what begins alike is likelier.
    std::vector<RecordRow> near = near_numbers(key);
    const auto alike = [&](const RecordRow& row) {
      const std::string other = row.facts.identifier.work();
      return std::ranges::mismatch(other, key).in1 - other.begin();
    };
    std::ranges::stable_sort(near, std::ranges::greater(), alike);
    add(std::move(near));
  }
  return list;
}

std::vector<std::string> Store::superseding(std::string_view key) const {
  const Connection& db = database_->catalogues();
  std::vector<std::string> list;
  if (!knows_catalogues(db)) return list;
  Statement rows = db.prepare(
      "SELECT DISTINCT r.identifier FROM record_link l JOIN work w ON w.work = l.work JOIN record r ON r.record = l.record WHERE "
      "w.key = ? "
      "AND l.relation = 'supersedes' AND l.reversed = 0 AND r.work <> w.work AND r.same_as IS NULL");
  rows.bind(1, key);
  while (rows.step()) list.emplace_back(rows.text(0));
  std::ranges::sort(list, natural_less);
  return list;
}

std::vector<CatalogueInfo> Store::holding(std::string_view space) const {
  const Connection& db = database_->catalogues();
  std::vector<CatalogueInfo> list;
  if (!knows_catalogues(db)) return list;
  Statement rows =
      db.prepare("SELECT c.name, count(*) FROM work w JOIN record r USING (work) JOIN catalogue c USING (catalogue) WHERE " +
                 keys_of_body() + " GROUP BY c.catalogue HAVING count(*) * 10 >= c.records ORDER BY count(*) DESC, c.name");
  rows.bind(1, space);
  std::vector<std::string> names;
  while (rows.step()) names.emplace_back(rows.text(0));
  for (const std::string& name : names) {
    for (CatalogueInfo& c : read_catalogues(db)) {
      if (c.name == name) list.push_back(std::move(c));
    }
  }
  return list;
}

}  // namespace lacuna
