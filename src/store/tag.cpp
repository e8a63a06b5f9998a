// Named states of a map, each a packed map of its own inside the file.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/pack.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t largest_tag = std::int64_t{1} << 30;  ///< Bytes, unpacked.

bool has_tags(const Connection& db) { return db.number("PRAGMA user_version") >= 3; }

std::vector<Tag> read_tags(const Connection& db) {
  std::vector<Tag> tags;
  if (!has_tags(db)) return tags;
  Statement rows = db.prepare("SELECT name, made, about, nodes, links, length(content) FROM tag ORDER BY made, rowid");
  while (rows.step()) {
    Tag tag;
    tag.name = rows.text(0);
    tag.made = date_of(rows.text(1)).value_or(Date{});
    tag.about = rows.text(2);
    tag.nodes = static_cast<std::size_t>(rows.number(3));
    tag.links = static_cast<std::size_t>(rows.number(4));
    tag.bytes = static_cast<std::size_t>(rows.number(5));
    tags.push_back(std::move(tag));
  }
  return tags;
}

[[noreturn]] void no_such_tag(const Connection& db, std::string_view name) {
  std::vector<std::string> names;
  for (const Tag& tag : read_tags(db)) names.push_back(tag.name);
  const std::string hint = names.empty() ? "; make one with: lacuna tag NAME" : fmt::format("; its tags: {}", join(names, ", "));
  throw Error(ErrorCode::not_found, "", fmt::format("the map has no tag \"{}\"{}", shortened(name, 80), hint));
}

/// The tagged map as a database in memory.
std::unique_ptr<Connection> open_tag(const Connection& db, std::string_view name) {
  if (!has_tags(db)) no_such_tag(db, name);
  Statement row = db.prepare("SELECT content, bytes, hash FROM tag WHERE name = ?");
  row.bind(1, spelled_in(db, "tag", name));
  if (!row.step()) no_such_tag(db, name);
  const std::string told = fmt::format("{}, tag \"{}\"", db.path(), shortened(harmless(name), 80));
  auto tagged = std::make_unique<Connection>(":memory:", Connection::Is::map, told);
  const auto damaged = [&] {
    return Error(ErrorCode::damaged_map, db.path(),
                 fmt::format("the tag \"{}\" is damaged; remove it with: lacuna tag \"{}\" --remove", name, name));
  };
  const std::int64_t bytes = row.number(1);
  if (bytes <= 0 || bytes > largest_tag || fingerprint(row.blob(0)) != row.text(2)) throw damaged();
  try {
    tagged->load(unpack(row.blob(0), static_cast<std::size_t>(bytes)));
    check_schema(*tagged, oldest_version, true);
  } catch (const Error&) {
    throw damaged();
  }
  return tagged;
}

}  // namespace

std::vector<Tag> Store::tags() const { return read_tags(*database_); }
Graph Store::tagged_graph(std::string_view name) const { return read_graph(*open_tag(*database_, name), Texts::load); }
Map Store::tagged_map(std::string_view name) const { return read_map(*open_tag(*database_, name)); }

Tag put_tag(const std::string& path, const std::string& name, Date made, const std::string& about, bool replace) {
  const bool odd = std::ranges::any_of(
      name, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127 || c == '/' || c == '\\' || c == ':'; });
  if (odd || name.empty() || name.size() > 100 || name.starts_with(' ') || name.ends_with(' ')) {
    throw Error(ErrorCode::usage, harmless(name),
                "is no name for a tag; take at most 100 bytes without /, \\ and :, and no blanks at the ends");
  }
  { const Store there(path); }  // Throws where there is no map to name.
  MapEdit edit(path, MapEdit::From::existing);
  Connection& db = edit.db();
  std::string kept_about = about;
  Statement known = db.prepare("SELECT about FROM tag WHERE name = ?");
  const std::string spelling = spelled_in(db, "tag", name);
  const bool there = known.bind(1, spelling).step();
  if (there && about.empty()) kept_about = known.text(0);
  if (there && !replace) {
    throw Error(ErrorCode::usage, "", fmt::format("the map has a tag \"{}\" already; take another name, or --replace it", name));
  }
  Map map = read_map(db);
  Connection frozen(":memory:", Connection::Is::part, path);
  frozen.run("PRAGMA page_size = 4096; BEGIN;");
  frozen.run(map_tables_sql());
  put_map(frozen, map);
  frozen.run("DROP INDEX link_to; DROP INDEX link_from; DROP INDEX search_need_node; COMMIT; VACUUM;");
  const std::string bytes = frozen.bytes();
  if (bytes.size() > static_cast<std::size_t>(largest_tag)) {
    throw Error(
        ErrorCode::usage, path,
        fmt::format("takes {} MiB without its catalogues; a tag holds at most {}", bytes.size() >> 20, largest_tag >> 20));
  }
  const std::string packed = pack(bytes);
  if (there) db.prepare("DELETE FROM tag WHERE name = ?").bind(1, spelling).run();
  Statement row = db.prepare("INSERT INTO tag VALUES (?,?,?,?,?,?,?,?)");
  Tag tag{name, made, kept_about, map.nodes.size(), map.links.size(), packed.size()};
  row.bind(1, tag.name).bind(2, to_string(made)).bind_text_or_null(3, kept_about).bind(4, static_cast<std::int64_t>(tag.nodes));
  row.bind(5, static_cast<std::int64_t>(tag.links))
      .bind(6, static_cast<std::int64_t>(bytes.size()))
      .bind(7, fingerprint(packed))
      .bind_blob(8, packed)
      .run();
  edit.commit();
  return tag;
}

void remove_tag(const std::string& path, const std::string& name) {
  { const Store there(path); }
  MapEdit edit(path, MapEdit::From::existing);
  Connection& db = edit.db();
  const std::string spelling = spelled_in(db, "tag", name);
  {
    Statement known = db.prepare("SELECT 1 FROM tag WHERE name = ?");
    if (!known.bind(1, spelling).step()) no_such_tag(db, name);
  }
  db.prepare("DELETE FROM tag WHERE name = ?").bind(1, spelling).run();
  edit.commit();
}

}  // namespace lacuna
