// Catalogues into a map: rows first, then the editions of every touched work are settled against each other.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/identity.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "model/merge_map.hpp"
#include "model/uptake_table.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "store/text_index.hpp"
#include "text/acronyms.hpp"

namespace lacuna {

/// The rows of catalogues.
class CatalogueWriter::Rows {
 public:
  explicit Rows(Connection& connection)
      : db(connection),
        insert_record(db.prepare("INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,NULL)")),
        insert_text(db.prepare("INSERT INTO record_text VALUES (?,?,?,?)")),
        insert_index(db.prepare("INSERT INTO record_index (rowid, identifier, title, keywords, abstract) VALUES (?,?,?,?,?)")),
        remove_index(
            db.prepare("INSERT INTO record_index (record_index, rowid, identifier, title, keywords, abstract) "
                       "SELECT 'delete', record, identifier, title, keywords, abstract FROM record_content WHERE record = ?")),
        insert_link(db.prepare("INSERT INTO record_link VALUES (?,?,?,?,?,?)")),
        find_work(db.prepare("SELECT work FROM work WHERE key = ?")),
        insert_work(db.prepare("INSERT INTO work (key) VALUES (?)")),
        insert_alias(db.prepare("INSERT OR IGNORE INTO work_alias VALUES (?,?)")),
        find_committee(db.prepare("SELECT committee FROM committee WHERE name = ?")),
        insert_committee(db.prepare("INSERT INTO committee (name) VALUES (?)")),
        find_record(db.prepare("SELECT identifier, stage, published, ended, title, abstract, committee, work, address FROM "
                               "record JOIN record_text USING (record) "
                               "WHERE record = ?")) {
    fresh = db.number("SELECT count(*) FROM record") == 0;
    next_record = db.number("SELECT coalesce(max(record), 0) FROM record") + 1;
    next_work = db.number("SELECT coalesce(max(work), 0) FROM work") + 1;
    if (fresh) db.run("DROP INDEX record_work; DROP INDEX record_link_work;");  // Made at once when all rows are in.
    // Fewer and larger pieces of the full-text index to merge: memory for speed.
    db.run(
        "INSERT INTO record_index (record_index, rank) VALUES ('hashsize', 33554432); "
        "INSERT INTO record_index (record_index, rank) VALUES ('automerge', 0);");
  }

  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows() = default;

  std::int64_t work_of(const std::string& key) {
    if (const auto found = works.find(key); found != works.end()) return found->second;
    if (works.size() > most_cached) works.clear();
    std::int64_t work = 0;
    find_work.bind(1, key);
    if (!(fresh && works.size() == static_cast<std::size_t>(next_work - 1)) && find_work.step()) work = find_work.number(0);
    find_work.reset();
    if (work == 0) {
      insert_work.bind(1, key).run();
      work = next_work++;
      // ITU-T gives some Recommendations two numbers: G.7041/Y.1303 is found under both.
      const std::size_t slash = key.find('/');
      if (key.starts_with("itu-t ") && slash != std::string::npos) {
        insert_alias.bind(1, key.substr(0, slash)).bind(2, work).run();
        insert_alias.bind(1, "itu-t " + key.substr(slash + 1)).bind(2, work).run();
      }
    }
    works.emplace(key, work);
    return work;
  }

  std::optional<std::int64_t> committee_of(const std::string& name) {
    if (name.empty()) return std::nullopt;
    if (const auto found = committees.find(name); found != committees.end()) return found->second;
    std::int64_t committee = 0;
    find_committee.bind(1, name);
    if (find_committee.step()) committee = find_committee.number(0);
    find_committee.reset();
    if (committee == 0) {
      insert_committee.bind(1, name).run();
      committee = db.number("SELECT last_insert_rowid()");
    }
    committees.emplace(name, committee);
    return committee;
  }

  void insert(std::int64_t key, const Record& r) {
    const std::int64_t work = work_of(r.identifier.work());
    insert_record.bind(1, key)
        .bind(2, catalogue)
        .bind(3, r.entry)
        .bind(4, static_cast<std::int64_t>(r.fingerprint))
        .bind(5, r.identifier.text)
        .bind(6, work);
    insert_record.bind_text_or_null(7, r.type).bind_text_or_null(8, r.stage).bind_text_or_null(9, text_of(r.state));
    insert_record.bind_text_or_null(10, text_of(r.published))
        .bind_text_or_null(11, text_of(r.begun))
        .bind_text_or_null(12, text_of(r.ended));
    insert_record.bind_or_null(13, committee_of(r.group))
        .bind_text_or_null(14, r.address)
        .bind_text_or_null(15, r.project)
        .bind(16, std::int64_t{r.generation});
    insert_record.bind(17, static_cast<std::int64_t>(r.remarks)).run();
    insert_text.bind(1, key)
        .bind_text_or_null(2, r.title)
        .bind_text_or_null(3, r.abstract)
        .bind_text_or_null(4, r.keywords)
        .run();
    insert_index.bind(1, key)
        .bind(2, r.identifier.text)
        .bind_text_or_null(3, r.title)
        .bind_text_or_null(4, r.keywords)
        .bind_text_or_null(5, r.abstract)
        .run();
    for (std::size_t i = 0; i < r.links.size(); ++i) {
      const RecordLink& l = r.links[i];
      insert_link.bind(1, key)
          .bind(2, static_cast<std::int64_t>(i))
          .bind(3, name_of(l.relation))
          .bind(4, std::int64_t{l.reversed});
      insert_link.bind(5, l.identifier).bind(6, work_of(parse_identifier(l.identifier).work())).run();
    }
    touched.push_back(work);
  }

  void remove(std::int64_t key) {
    const std::string k = std::to_string(key);
    touched.push_back(db.number("SELECT work FROM record WHERE record = " + k));
    remove_index.bind(1, key).run();
    db.run("DELETE FROM record_text WHERE record = " + k + "; DELETE FROM record_link WHERE record = " + k +
           "; DELETE FROM record WHERE record = " + k + ";");
  }

  /// What differs between the record in the map and the new reading, for people.
  std::string difference(std::int64_t key, const Record& r) {
    find_record.bind(1, key);
    std::vector<std::string> parts;
    if (find_record.step()) {
      const auto tell = [&](std::string_view what, std::string_view before, std::string_view now) {
        if (before != now)
          parts.push_back(fmt::format("{} {} → {}", what, before.empty() ? "none" : before, now.empty() ? "none" : now));
      };
      tell("identifier", find_record.text(0), r.identifier.text);
      tell("stage", find_record.text(1), r.stage);
      tell("published", find_record.text(2), text_of(r.published));
      tell("ended", find_record.text(3), text_of(r.ended));
      if (find_record.text(4) != r.title) parts.push_back(fmt::format("title now \"{}\"", shortened(r.title, 80)));
      if (find_record.text(5) != r.abstract) parts.emplace_back("another abstract");
      if (find_record.text(8) != r.address) parts.emplace_back("another address");
    }
    find_record.reset();
    if (parts.empty()) parts.emplace_back("details");
    return fmt::format("{}: {}", r.identifier.text, join(parts, ", "));
  }

  void settle_works() {
    sort_unique(touched);
    Statement update = db.prepare("UPDATE record SET state = ?, since = ?, same_as = ? WHERE record = ?");
    Statement face = db.prepare("UPDATE work SET face = ? WHERE work = ?");
    Statement rows = db.prepare(
        "SELECT r.record, r.identifier, r.entry, r.stage, r.project, c.name, r.given, r.published, r.ended, r.generation, "
        "r.state, r.since, r.same_as, "
        "c.date, r.begun, r.remarks, (SELECT identifier FROM record_link l WHERE l.record = r.record AND relation = 'supersedes' "
        "AND reversed = 1 "
        "AND l.work <> r.work ORDER BY place DESC LIMIT 1) FROM record r JOIN catalogue c USING (catalogue) WHERE r.work = ? "
        "ORDER BY r.record");
    for (const std::int64_t work : touched) {
      std::vector<EditionFacts> facts;
      std::vector<std::int64_t> keys;
      std::vector<std::string> before;
      rows.bind(1, work);
      while (rows.step()) {
        keys.push_back(rows.number(0));
        EditionFacts f;
        f.identifier = parse_identifier(rows.text(1));
        f.entry = rows.text(2);
        f.stage = rows.text(3);
        f.project = rows.text(4);
        f.catalogue = rows.text(5);
        f.state = word_of<State>(rows.text(6));
        f.published = date_of(rows.text(7));
        f.ended = date_of(rows.text(8));
        f.generation = static_cast<int>(rows.number(9));
        f.catalogue_date = date_of(rows.text(13));
        f.begun = date_of(rows.text(14));
        f.supplement = has_remark(static_cast<std::uint64_t>(rows.number(15)), Remark::amendment);
        f.successor = rows.text(16);
        before.push_back(fmt::format("{} {} {}", rows.text(10), rows.text(11), rows.text(12)));
        facts.push_back(std::move(f));
      }
      rows.reset();
      if (facts.empty()) {
        face.bind_null(1).bind(2, work).run();
        continue;
      }
      const auto settled = settle(facts);
      for (std::size_t i = 0; i < facts.size(); ++i) {
        const Settled& s = settled[i];
        const std::string same = s.same_as ? std::to_string(keys[*s.same_as]) : "";
        const Settled& shown = s.same_as ? settled[*s.same_as] : s;
        if (before[i] == fmt::format("{} {} {}", name_of(shown.state), text_of(shown.since), same)) continue;
        update.bind(1, name_of(shown.state)).bind_text_or_null(2, text_of(shown.since)).bind(4, keys[i]);
        update.bind_or_null(3, s.same_as ? std::optional(keys[*s.same_as]) : std::nullopt).run();
      }
      face.bind(1, keys[face_of(facts, settled)]).bind(2, work).run();
    }
  }

  /// Over all texts: what they explain does not depend on the order in which they came.
  void count_acronyms() {
    std::map<std::pair<std::string, std::string>, std::int64_t> counts;
    Statement rows =
        db.prepare("SELECT title, abstract FROM record_text WHERE instr(abstract, '(') > 0 OR instr(title, '(') > 0");
    while (rows.step()) {
      std::set<std::pair<std::string, std::string>> here;
      for (const int column : {0, 1}) {
        for (auto& pair : acronyms_in(rows.text(column))) here.insert(std::move(pair));
      }
      for (const auto& pair : here) ++counts[pair];
    }
    db.run("DELETE FROM acronym");
    Statement insert = db.prepare("INSERT INTO acronym VALUES (?,?,?)");
    for (const auto& [pair, count] : counts) {
      if (count >= 3) insert.bind(1, pair.first).bind(2, pair.second).bind(3, count).run();
    }
  }

  /// Settles what came, and makes what is derived from all texts.
  void finish(std::vector<ImportSummary>& summaries, const Forecasting& forecast) {
    if (fresh) db.run("CREATE INDEX record_work ON record (work); CREATE INDEX record_link_work ON record_link (work);");
    const bool changed = !touched.empty();
    settle_works();
    std::optional<TextIndexing> texts;
    if (changed) texts.emplace(db);
    if (changed) count_acronyms();
    if (fresh) db.run("INSERT INTO record_index (record_index) VALUES ('optimize');");
    if (texts) texts->write();
    if (changed) put_uptake(db, forecast ? forecast(read_texts(db)) : std::nullopt);
    db.run(
        "INSERT INTO record_index (record_index, rank) VALUES ('hashsize', 1048576); INSERT INTO record_index (record_index, "
        "rank) VALUES ('automerge', 4);");
    Statement bits = db.prepare("SELECT remarks, same_as FROM record JOIN catalogue USING (catalogue) WHERE name = ?");
    for (ImportSummary& s : summaries) {
      s.remarks.assign(remarks().size(), 0);
      bits.bind(1, s.catalogue);
      while (bits.step()) {
        const auto set = static_cast<std::uint64_t>(bits.number(0));
        for (std::size_t i = 0; i < s.remarks.size(); ++i) s.remarks[i] += (set >> i) & 1U;
        if (!bits.is_null(1)) ++s.merged;
      }
      bits.reset();
    }
    db.run(
        "UPDATE catalogue SET records = (SELECT count(*) FROM record r WHERE r.catalogue = catalogue.catalogue); DELETE FROM "
        "catalogue WHERE records = 0;");
    note_catalogues(db);
  }

  static constexpr std::size_t most_cached = 1'000'000;

  struct Known {
    std::int64_t record = 0;
    std::uint64_t fingerprint = 0;
  };

  Connection& db;
  Statement insert_record, insert_text, insert_index, remove_index, insert_link, find_work, insert_work, insert_alias,
      find_committee, insert_committee, find_record;
  bool fresh = false;
  std::int64_t next_record = 1;
  std::int64_t next_work = 1;
  std::int64_t catalogue = 0;
  std::unordered_map<std::string, std::int64_t> works;
  std::unordered_map<std::string, std::int64_t> committees;
  std::unordered_map<std::uint64_t, Known>
      known;                               ///< By hash of the entry, as it was when the catalogue began: many threads read it.
  std::unordered_set<std::uint64_t> seen;  ///< Entries that came.
  std::vector<std::int64_t> touched;
  std::unordered_map<std::string, std::unordered_set<std::int64_t>>
      held;                                    ///< By name of each catalogue that came anew: the works that it held before.
  std::unordered_set<std::string> first_time;  ///< Names of the catalogues that were not there before.
  ImportSummary summary;
};

/// The map and, from the first catalogue on, the rows of catalogues: those in the map, or those of the file beside it.
class CatalogueWriter::Work {
 public:
  Work(const std::string& path, const std::string& beside) : path_(path) {
    using enum Place;
    const bool there = holds_something(path);
    const bool inside = there && Store(path).holds_catalogues();
    if (!beside.empty() && resolved(beside) != resolved(path)) {
      const bool file_there = holds_something(beside);
      place_ = inside ? file_there ? map_alone : moved : file_there ? file : new_file;
      if (place_ != map_alone) beside_ = beside;
    }
    const bool moves = place_ == moved;
    change_.emplace(path, !there || beside_.empty() || moves, "", moves ? MapEdit::Part::map : MapEdit::Part::all);
    if (moves) rows();
  }

  [[nodiscard]] Place place() const { return place_; }

  MapChange& change() { return *change_; }
  /// Where catalogues go.
  Rows& rows() {
    if (rows_) return *rows_;
    if (!beside_.empty()) {
      const bool moves = place_ == Place::moved;
      catalogues_.emplace(beside_, MapEdit::From::existing, moves ? path_ : "",
                          moves ? MapEdit::Part::catalogues : MapEdit::Part::all);
      catalogues_->db().run("INSERT OR IGNORE INTO info VALUES ('title', 'Catalogues')");
    }
    return rows_.emplace(catalogues_ ? catalogues_->db() : change_->db());
  }
  /// Ties the deliverables of a map to the records, those that came included.
  std::vector<std::string> tie(Map& into) {
    if (rows_) return tie_deliverables(change_->db(), rows_->db, into);
    return tie_deliverables(change_->db(), CatalogueSource(change_->db(), beside_).db(), into);
  }
  /// Shows the catalogues as they will be.
  void show(const std::function<void(const Store&)>& look) { (catalogues_ ? &*catalogues_ : change_->edit())->show(look); }
  /// The map first: what it notes of the difference to the catalogues before is not lost when only this one is there, and comes
  /// to the same when they are imported again.
  void commit() {
    rows_.reset();
    if (catalogues_) catalogues_->complete();
    change_->commit();
    if (!catalogues_) return;
    try {
      catalogues_->commit();
    } catch (const Error& error) {
      throw Error(error.code(), "",
                  fmt::format("{}; the map is changed all the same; import the catalogues again", error.what()));
    }
  }
  [[nodiscard]] bool has_rows() const { return rows_.has_value(); }
  [[nodiscard]] const Rows& rows() const { return *rows_; }

 private:
  std::string path_;
  std::string beside_;  ///< Empty where catalogues stand in the map.
  Place place_ = Place::map;
  std::optional<MapChange> change_;
  std::optional<MapEdit> catalogues_;
  std::optional<Rows> rows_;

 public:
  std::optional<Map> map;
  std::unordered_set<std::string> said;  ///< Links that came new or changed.
  Forecasting forecast;
};

CatalogueWriter::CatalogueWriter(const std::string& path, const std::string& beside)
    : work_(std::make_unique<Work>(path, beside)) {}
CatalogueWriter::~CatalogueWriter() = default;

void CatalogueWriter::begin(const CatalogueInfo& info) {
  Rows& w = work_->rows();
  const std::string name = spelled_in(w.db, "catalogue", info.name);
  w.db.prepare(
          "INSERT INTO catalogue (name, format, source, date) VALUES (?1,?2,?3,?4) ON CONFLICT (name) DO UPDATE SET format = ?2, "
          "source = ?3, date = ?4")
      .bind(1, name)
      .bind(2, info.format)
      .bind(3, info.source)
      .bind_text_or_null(4, text_of(info.date))
      .run();
  Statement find = w.db.prepare("SELECT catalogue FROM catalogue WHERE name = ?");
  find.bind(1, name);
  find.step();
  w.catalogue = find.number(0);
  w.known.clear();
  w.seen.clear();
  w.summary = {};
  w.summary.catalogue = info.name;
  w.summary.format = info.format;
  Statement rows = w.db.prepare("SELECT record, entry, fingerprint, work FROM record WHERE catalogue = ?");
  rows.bind(1, w.catalogue);
  std::unordered_set<std::int64_t> held;
  while (rows.step()) {
    w.known[hash_of(rows.text(1))] = {rows.number(0), static_cast<std::uint64_t>(rows.number(2))};
    held.insert(rows.number(3));
  }
  if (held.empty())
    w.first_time.insert(identity_of(info.name));
  else
    w.held.emplace(identity_of(info.name), std::move(held));
}

bool CatalogueWriter::known(std::string_view entry, std::uint64_t fingerprint) const {
  const auto& known = std::as_const(*work_).rows().known;
  const auto found = known.find(hash_of(entry));
  return found != known.end() && found->second.fingerprint == fingerprint;
}

void CatalogueWriter::put(Record&& record) {
  Rows& w = work_->rows();
  ++w.summary.read;
  const std::uint64_t entry = hash_of(record.entry);
  if (!w.seen.insert(entry).second) {
    ++w.summary.repeated;  // The same entry twice in one input: the first one stands.
    return;
  }
  std::int64_t key = 0;
  if (const auto known = w.known.find(entry); known == w.known.end()) {
    key = w.next_record++;
    ++w.summary.added;
  } else {
    key = known->second.record;
    w.summary.changes.push_back(w.difference(key, record));
    ++w.summary.changed;
    w.remove(key);
  }
  w.insert(key, record);
}

void CatalogueWriter::unchanged(std::string_view entry) {
  Rows& w = work_->rows();
  ++w.summary.read;
  ++w.summary.unchanged;
  w.seen.insert(hash_of(entry));
}

void CatalogueWriter::skipped() {
  Rows& w = work_->rows();
  ++w.summary.read;
  ++w.summary.skipped;
}

ImportSummary CatalogueWriter::end(bool complete, std::optional<Date> date) {
  Rows& w = work_->rows();
  if (date)
    w.db.prepare("UPDATE catalogue SET date = coalesce(date, ?) WHERE catalogue = ?")
        .bind(1, to_string(*date))
        .bind(2, w.catalogue)
        .run();
  // A record that cannot be read today keeps what was read of it before.
  if (complete && w.summary.skipped == 0) {
    std::vector<std::int64_t> gone;
    for (const auto& [entry, known] : w.known) {
      if (!w.seen.contains(entry)) gone.push_back(known.record);
    }
    std::ranges::sort(gone);
    for (const std::int64_t record : gone) w.remove(record);
    w.summary.gone = gone.size();
  }
  std::ranges::sort(w.summary.changes);
  w.known.clear();
  w.seen.clear();
  return std::move(w.summary);
}

ImportSummary CatalogueWriter::merge(Map&& map, std::string name, const MergeRules& rules) {
  Work& w = *work_;
  if (!w.map) w.map = read_map(w.change().db());
  std::vector<std::string>& files = w.map->files;
  if (files.empty()) files.emplace_back();
  const auto first = static_cast<std::uint32_t>(files.size());
  files.insert(files.end(), map.files.begin(), map.files.end());
  for (Node& node : map.nodes) node.where.file += first;
  for (Link& link : map.links) link.where.file += first;
  for (Search& search : map.searches) search.where.file += first;
  w.map->broken.insert(w.map->broken.end(), map.broken.begin(), map.broken.end());
  ImportSummary summary = merge_into(*w.map, std::move(map), rules, w.said);
  if (w.map->info.title.empty()) w.map->info.title = name;
  summary.catalogue = std::move(name);
  return summary;
}

CatalogueWriter::Place CatalogueWriter::place() const { return work_->place(); }

void CatalogueWriter::keep_forecast(Forecasting make) { work_->forecast = std::move(make); }

const Map& CatalogueWriter::map() {
  if (!work_->map) work_->map = read_map(work_->change().db());
  return *work_->map;
}

namespace {

/// The catalogues that hold a work now, by the identity of their names.
std::vector<std::string> holders_of(const Connection& db, std::int64_t work) {
  std::vector<std::string> names;
  Statement rows =
      db.prepare("SELECT DISTINCT c.name FROM record r JOIN catalogue c USING (catalogue) WHERE r.work = ? ORDER BY 1");
  rows.bind(1, work);
  while (rows.step()) names.push_back(identity_of(rows.text(0)));
  return names;
}

}  // namespace

Renewal CatalogueWriter::renewal() const {
  const Rows& w = std::as_const(*work_).rows();
  Renewal renewal;
  for (const auto& [name, works] : w.held) renewal.catalogues.push_back(name);
  std::ranges::sort(renewal.catalogues);
  renewal.brought_by = [&w](const std::string& key, std::span<const std::string> named) -> std::string {
    Statement find = w.db.prepare("SELECT work FROM work WHERE key = ?");
    if (!find.bind(1, key).step()) return {};
    const std::int64_t work = find.number(0);
    std::string brought;
    for (const std::string& holder : holders_of(w.db, work)) {
      const auto name = std::ranges::find_if(named, [&](const std::string& n) { return has_identity(n, holder); });
      if (name == named.end()) continue;
      const auto before = w.held.find(holder);
      if (before == w.held.end() && !w.first_time.contains(holder))
        return {};  // It was not read now: so it held the work before.
      if (before == w.held.end()) continue;
      if (before->second.contains(work)) return {};
      if (brought.empty()) brought = *name;
    }
    return brought;
  };
  return renewal;
}

std::vector<std::string> CatalogueWriter::commit(std::vector<ImportSummary>& summaries, const Ageing& age, const Logging& log) {
  Work& w = *work_;
  if (w.has_rows()) w.rows().finish(summaries, w.forecast);
  Connection& db = w.change().db();
  const Map before = read_map(db);
  Map map = w.map ? std::move(*w.map) : before;
  std::vector<std::string> told = w.tie(map);
  if (age && w.has_rows() && !w.rows().held.empty()) {
    std::vector<std::string> aged;
    w.show([&](const Store& renewed) { aged = age(renewed, map, renewal()); });
    told.insert(told.begin(), aged.begin(), aged.end());
  }
  sort_canonically(map);
  if (w.map || !told.empty()) w.change().put(before, map);
  add_to_log(db, before, map, log);
  w.commit();
  return told;
}

}  // namespace lacuna
