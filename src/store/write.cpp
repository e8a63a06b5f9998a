// A map as rows: written beside its place and renamed, or changed where it is in one transaction.
#include <fmt/format.h>

#include <filesystem>
#include <unordered_map>

#include <sys/stat.h>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"
#include "store/text_index.hpp"

namespace lacuna {
namespace {

void write_nodes(Connection& db, const Map& map) {
  const auto all_lives = lives(map);
  Statement node = db.prepare("INSERT INTO node VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  Statement alias = db.prepare("INSERT INTO alias VALUES (?,?)");
  Statement date = db.prepare("INSERT INTO date VALUES (?,?,?,?)");
  Statement milestone = db.prepare("INSERT INTO milestone VALUES (?,?,?,?,?)");
  for (std::size_t i = 0; i < map.nodes.size(); ++i) {
    const Node& n = map.nodes[i];
    const auto key = static_cast<std::int64_t>(i + 1);
    node.bind(1, key).bind(2, n.id).bind(3, name_of(n.kind)).bind(4, n.title).bind_text_or_null(5, n.text);
    if (n.priority) {
      node.bind(6, std::int64_t{*n.priority});
    } else {
      node.bind_null(6);
    }
    node.bind_text_or_null(7, text_of(n.state)).bind_text_or_null(8, n.address).bind_text_or_null(9, n.source.name);
    node.bind_text_or_null(10, n.source.address).bind_text_or_null(11, text_of(n.source.seen));
    node.bind_text_or_null(12, n.attributes.empty() ? std::string() : json::write_compact(Value(n.attributes)));
    node.run();
    for (const std::string& a : n.aliases) alias.bind(1, key).bind(2, a).run();
    for (const NodeDate& d : n.dates) date.bind(1, key).bind(2, d.what).bind(3, to_string(d.date)).bind(4, to_string(d.date.last_day())).run();
    for (std::size_t s = 0; s < all_lives[i].size(); ++s) {
      const Milestone& m = all_lives[i][s];
      milestone.bind(1, key).bind(2, static_cast<std::int64_t>(s)).bind(3, to_string(m.day)).bind(4, name_of(m.state)).bind(5, m.basis).run();
    }
  }
}

void write_links(Connection& db, const Map& map, const std::unordered_map<std::string_view, std::int64_t>& keys) {
  Statement link = db.prepare("INSERT INTO link VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  for (const Link& l : map.links) {
    link.bind(1, keys.at(l.from)).bind(2, name_of(l.relation)).bind(3, keys.at(l.to));
    link.bind_text_or_null(4, text_of(l.degree)).bind_text_or_null(5, text_of(l.set_relation));
    if (l.strength) {
      link.bind(6, std::int64_t{*l.strength});
    } else {
      link.bind_null(6);
    }
    link.bind_text_or_null(7, l.rationale).bind_text_or_null(8, l.evidence).bind_text_or_null(9, text_of(l.method));
    link.bind_text_or_null(10, l.by).bind_text_or_null(11, text_of(l.on)).bind_text_or_null(12, l.source.name);
    link.bind_text_or_null(13, l.source.address).bind_text_or_null(14, text_of(l.source.seen)).bind(15, name_of(l.status)).run();
  }
}

void write_searches(Connection& db, const Map& map, const std::unordered_map<std::string_view, std::int64_t>& keys) {
  Statement search = db.prepare("INSERT INTO search VALUES (?,?,?,?,?,?)");
  Statement catalogue = db.prepare("INSERT INTO search_catalogue VALUES (?,?,?,?)");
  Statement need = db.prepare("INSERT INTO search_need VALUES (?,?)");
  for (std::size_t i = 0; i < map.searches.size(); ++i) {
    const Search& s = map.searches[i];
    const auto key = static_cast<std::int64_t>(i + 1);
    search.bind(1, key).bind(2, s.id).bind(3, s.by).bind(4, to_string(s.on)).bind_text_or_null(5, s.method).bind_text_or_null(6, s.note).run();
    for (const SearchedCatalogue& c : s.catalogues) {
      catalogue.bind(1, key).bind(2, c.name).bind_text_or_null(4, text_of(c.date));
      if (c.records) {
        catalogue.bind(3, *c.records);
      } else {
        catalogue.bind_null(3);
      }
      catalogue.run();
    }
    for (const std::string& n : s.needs) need.bind(1, key).bind(2, keys.at(n)).run();
  }
}

void write_info(Connection& db, const MapInfo& map) {
  Statement info = db.prepare("INSERT INTO info VALUES (?,?)");
  if (!map.title.empty()) info.bind(1, "title").bind(2, map.title).run();
  if (!map.about.empty()) info.bind(1, "about").bind(2, map.about).run();
  if (map.date) info.bind(1, "date").bind(2, to_string(*map.date)).run();
}

/// Tells apart the file that a name means now from the one it meant before.
std::uint64_t file_behind(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_ino) : 0;
}

}  // namespace

void put_map(Connection& db, Map& map) {
  sort_canonically(map);
  db.run("DROP INDEX IF EXISTS link_to; DROP INDEX IF EXISTS link_from; DROP INDEX IF EXISTS search_need_node;");
  for (const std::string_view table : {"search_need", "search_catalogue", "search", "link", "milestone", "date", "alias", "shown_group", "node", "info"}) {
    db.run(fmt::format("DELETE FROM {};", table));
  }
  std::unordered_map<std::string_view, std::int64_t> keys;
  keys.reserve(map.nodes.size());
  for (std::size_t i = 0; i < map.nodes.size(); ++i) keys.emplace(map.nodes[i].id, static_cast<std::int64_t>(i + 1));
  write_info(db, map.info);
  write_nodes(db, map);
  Statement shown = db.prepare("INSERT INTO shown_group VALUES (NULL,?)");
  for (const std::string& group : map.info.groups) shown.bind(1, keys.at(group)).run();
  write_links(db, map, keys);
  write_searches(db, map, keys);
  db.run(map_indexes_sql());
}

MapLock::MapLock(const std::string& path) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    const std::uint64_t before = file_behind(path);
    if (before == 0) return;
    connection_ = std::make_unique<Connection>(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
    try {
      connection_->run("BEGIN IMMEDIATE");
    } catch (const Error& error) {
      if (std::string_view(error.what()).find("locked") == std::string_view::npos) throw;
      throw Error(ErrorCode::io, path, "is being changed by another command; try again when that is done");
    }
    if (file_behind(path) == before) return;
    connection_.reset();  // Replaced in between: lock the new one.
  }
}

MapEdit::MapEdit(const std::string& path, From from) : path_(path), replacement_(path) {
  std::error_code problem;
  const bool copy = from == From::existing && std::filesystem::exists(path, problem);
  if (copy) {
    { const Store check(path); }  // Throws where this is no map.
    lock_ = std::make_unique<MapLock>(path);
    // Through SQLite: opening and closing the file by other means would give up the lock.
    const Connection original(path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX);
    original.copy_to(Connection(replacement_.part(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX));
  }
  try {
    db_ = std::make_unique<Connection>(replacement_.part(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
    // Nobody else sees this file: neither journal nor waiting for the disk, which comes once at the end.
    db_->run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;");
    if (!copy) {
      db_->run("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8';");
      db_->run(fmt::format("PRAGMA application_id = {};", application_id));
    }
    const std::int64_t version = copy ? db_->number("PRAGMA user_version") : newest_version;
    db_->run(fmt::format("PRAGMA user_version = {}; BEGIN;", newest_version));
    if (!copy) db_->run(schema_sql());
    if (version < 2) db_->run(catalogue_sql());
    if (version < 3) db_->run(tag_sql());
    if (version < 4) db_->run(text_sql());
    if (version < 4 && version >= 2) index_texts(*db_);
  } catch (const Error& error) {
    rethrow(error);
  }
}

void MapEdit::commit() {
  db_->run("COMMIT");
  db_.reset();
  replacement_.commit();
}

void MapEdit::rethrow(const Error& error) const {
  // The user asked for `path`, and knows nothing of the part beside it.
  std::string message = error.what();
  if (!message.starts_with(replacement_.part())) throw error;
  message.erase(0, replacement_.part().size() + 2);
  if (!message.ends_with("nothing was changed")) message += "; nothing was changed";
  throw Error(error.code(), path_, message);
}

MapWritten write_map(Map& map, const std::string& path) {
  std::error_code problem;
  bool keep = false;
  if (std::filesystem::is_regular_file(path, problem)) {
    try {
      const Store before(path);
      keep = !before.catalogues().empty() || !before.tags().empty();
    } catch (const Error&) {  // Whatever it was, it is being replaced.
    }
  }
  MapEdit edit(path, keep ? MapEdit::From::existing : MapEdit::From::scratch);
  MapWritten written;
  written.catalogues_kept = keep;
  try {
    if (keep) written.told = tie_deliverables(edit.db(), map);
    put_map(edit.db(), map);
    edit.commit();
  } catch (const Error& error) {
    edit.rethrow(error);
  }
  return written;
}

void change_map(const std::string& path, const std::function<void(Map&)>& change) {
  MapEdit edit(path, MapEdit::From::existing);
  try {
    Map map = read_map(edit.db());
    change(map);
    tie_deliverables(edit.db(), map);  // Nodes that came or went move the others.
    put_map(edit.db(), map);
    edit.commit();
  } catch (const Error& error) {
    edit.rethrow(error);
  }
}

}  // namespace lacuna
