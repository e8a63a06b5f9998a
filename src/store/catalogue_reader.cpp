// Questions to the catalogues: works by name, works by words.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "base/edit_distance.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "model/spelling.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "text/stop_words.hpp"

namespace lacuna {
namespace {

constexpr std::string_view row_columns =
    "r.record, r.identifier, r.entry, r.stage, r.project, c.name, r.given, r.published, r.ended, r.generation, r.type, g.name, "
    "r.address, c.date, "
    "r.state, r.since, t.title, t.abstract, t.keywords, r.remarks, r.begun, "
    "(SELECT identifier FROM record_link l WHERE l.record = r.record AND relation = 'supersedes' AND reversed = 1 AND l.work <> "
    "r.work ORDER BY place DESC LIMIT 1) "
    "FROM record r JOIN catalogue c USING (catalogue) JOIN record_text t USING (record) LEFT JOIN committee g USING (committee)";

}  // namespace

Statement select_rows(const Connection& db, std::string_view condition) {
  return db.prepare(fmt::format("SELECT {} {}", row_columns, condition));
}

RecordRow row_of(const Statement& rows) {
  RecordRow row;
  row.key = rows.number(0);
  row.facts.identifier = parse_identifier(rows.text(1));
  row.facts.entry = rows.text(2);
  row.facts.stage = rows.text(3);
  row.facts.project = rows.text(4);
  row.facts.catalogue = rows.text(5);
  row.facts.state = word_of<State>(rows.text(6));
  row.facts.published = date_of(rows.text(7));
  row.facts.ended = date_of(rows.text(8));
  row.facts.generation = static_cast<int>(rows.number(9));
  row.type = rows.text(10);
  row.group = rows.text(11);
  row.address = rows.text(12);
  row.facts.catalogue_date = date_of(rows.text(13));
  row.state = word_of<State>(rows.text(14)).value_or(State::published);
  row.since = date_of(rows.text(15));
  row.title = rows.text(16);
  row.abstract = rows.text(17);
  row.keywords = rows.text(18);
  row.remarks = static_cast<std::uint64_t>(rows.number(19));
  row.facts.begun = date_of(rows.text(20));
  row.facts.supplement = has_remark(row.remarks, Remark::amendment);
  row.facts.successor = rows.text(21);
  return row;
}

namespace {

RecordRow read_row(const Connection& db, std::int64_t record) {
  Statement rows = select_rows(db, "WHERE r.record = ?");
  rows.bind(1, record);
  if (!rows.step())
    throw Error(ErrorCode::damaged_map, db.path(), "points to a record that is not there; import the catalogues again");
  return row_of(rows);
}

/// The words of a query for FTS5: each in quotes, so that its signs mean nothing; what stands in quotes stays together.
std::vector<std::string> terms_of(std::string_view words) {
  std::vector<std::string> terms;
  std::string term;
  bool quoted = false;
  const auto flush = [&] {
    const bool word = std::ranges::any_of(term, [](char c) {
      return (static_cast<unsigned char>(c) & 0x80U) != 0 || std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
    if (word) terms.push_back("\"" + term + "\"");
    term.clear();
  };
  for (const char c : words) {
    if (c == '"') {
      flush();
      quoted = !quoted;
    } else if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == ',')) {
      flush();
    } else {
      term += c;
    }
  }
  flush();
  return terms;
}

/// Whether words run together in the script of a text: Chinese, Japanese, Thai and their neighbours. The index has such a run as
/// one word.
bool runs_together(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    if ((c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
        (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
        (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF))
      return true;
  }
  return false;
}

/// A short form also stands for what the catalogues say it stands for: "ai" for "artificial intelligence". What less than a fifth
/// of the records mean that explain it is left aside ("air interface").
std::vector<std::string> readings_of(const Connection& db, const std::string& term) {
  std::vector<std::string> readings{term};
  const std::string word = lower(std::string_view(term).substr(1, term.size() - 2));
  if (word.size() > 6) return readings;
  Statement rows = db.prepare(
      "SELECT long FROM acronym WHERE short = ?1 AND records * 5 >= (SELECT sum(records) FROM acronym WHERE short = ?1) ORDER BY "
      "records DESC, long");
  rows.bind(1, word);
  while (rows.step()) readings.push_back(fmt::format("\"{}\"", rows.text(0)));
  return readings;
}

/// All terms in a row, in every reading; nothing for a single term or for too many readings.
std::string phrase_of(const std::vector<std::vector<std::string>>& terms) {
  std::vector<std::string> phrases{""};
  for (const auto& readings : terms) {
    std::vector<std::string> longer;
    for (const std::string& p : phrases) {
      for (const std::string& r : readings) longer.push_back(fmt::format("{}{}{}", p, p.empty() ? "" : " + ", r));
    }
    if (longer.size() > 16) return {};
    phrases = std::move(longer);
  }
  return terms.size() < 2 ? std::string() : join(phrases, " OR ");
}

/// "SG17" as "sg", "17": runs of letters and of digits in lower case.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  char before = ' ';
  const auto kind = [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0                                                   ? '0'
           : std::isalnum(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0 ? 'a'
                                                                                                              : ' ';
  };
  for (const char c : lower(name)) {
    if (kind(c) != ' ' && kind(c) != before) parts.emplace_back();
    if (kind(c) != ' ') parts.back() += c;
    before = kind(c);
  }
  return parts;
}

/// The work of that key, and those with a double number of which it is a half.
std::vector<std::string> keys_of(const Connection& db, const std::string& key) {
  std::vector<std::string> keys{key};
  Statement rows = db.prepare("SELECT w.key FROM work_alias a JOIN work w USING (work) WHERE a.key = ? ORDER BY w.key");
  rows.bind(1, key);
  while (rows.step()) keys.emplace_back(rows.text(0));
  return keys;
}

/// Works by the address of a page of theirs, or by a spelling that differs in blanks and signs alone. Linear in the records.
std::vector<std::string> keys_by_reading_all(const Connection& db, std::string_view name) {
  std::vector<std::string> keys;
  if (const std::string page = address_key(name); !page.empty()) {
    Statement rows = db.prepare(
        "SELECT w.key, r.address FROM record r JOIN work w USING (work) WHERE r.address IS NOT NULL ORDER BY r.record");
    while (rows.step()) {
      if (address_key(rows.text(1)) == page && std::ranges::find(keys, rows.text(0)) == keys.end())
        keys.emplace_back(rows.text(0));
    }
    return keys;
  }
  const Identifier id = parse_identifier(name);
  const std::string work = tight_key(id.work());
  const bool letters = std::ranges::any_of(work, is_letter);
  const bool digits = std::ranges::any_of(work, is_digit);
  if (!letters || !digits || std::ranges::count(name, ' ') > 4) return keys;
  Statement rows = db.prepare("SELECT key FROM work WHERE face IS NOT NULL ORDER BY key");
  while (rows.step()) {
    if (tight_key(rows.text(0)) == work) keys.emplace_back(rows.text(0));
  }
  return keys;
}

/// Keys of the works that a name may mean, most likely first, those of which the catalogues have none left out.
std::vector<std::string> work_keys(const Connection& db, std::string_view name) {
  std::vector<std::string> keys;
  Statement there = db.prepare("SELECT 1 FROM work WHERE key = ? AND face IS NOT NULL");
  const auto add = [&](std::string key) {
    if (std::ranges::find(keys, key) != keys.end()) return;
    if (there.bind(1, key).step()) keys.push_back(std::move(key));
    there.reset();
  };
  for (const std::string& meant : works_meant(name)) {
    for (std::string& key : keys_of(db, meant)) add(std::move(key));
  }
  if (keys.empty()) {
    for (std::string& key : keys_by_reading_all(db, name)) add(std::move(key));
  }
  return keys;
}

class Searching {
 public:
  Searching(const Connection& db, const SearchQuery& query) : db_(db), query_(query) { make_filter(); }

  SearchAnswer run() {
    std::vector<std::string> terms;
    std::vector<std::string> words;
    std::vector<std::vector<std::string>> readings;
    for (const std::string& term : terms_of(query_.words)) {
      // Words of grammar part the others and are in every text; in capitals ("IT") they are short forms.
      const std::string_view word = std::string_view(term).substr(1, term.size() - 2);
      if (is_stop_word(lower(word), StopWord::grammar) && (word.size() < 2 || !std::ranges::all_of(word, is_capital))) continue;
      if (std::ranges::any_of(readings, [&](const auto& r) { return r.front() == term; }))
        continue;  // Twice says no more than once.
      if (readings.size() == most_terms) {
        ++answer_.words_left_out;
        continue;
      }
      readings.push_back(readings_of(db_, term));
      words.emplace_back(word);
      terms.push_back(readings.back().size() == 1 ? term : "(" + join(readings.back(), " OR ") + ")");
    }
    by_identifier();
    answer_.works = seen_.size();
    if (!terms.empty()) by_terms(terms, words, phrase_of(readings));
    return std::move(answer_);
  }

  std::vector<RecordRow> faces() {
    std::vector<RecordRow> result;
    Statement rows = select_rows(db_, fmt::format("JOIN work w ON w.work = r.work WHERE r.record = coalesce((SELECT f.same_as "
                                                  "FROM record f WHERE f.record = w.face), w.face){} ORDER BY w.work",
                                                  filter_));
    while (rows.step()) result.push_back(row_of(rows));
    return result;
  }

 private:
  void make_filter() {
    if (!query_.groups.empty()) {
      std::string list;
      Statement rows = db_.prepare("SELECT committee, name FROM committee");
      while (rows.step()) {
        const auto name = parts_of(rows.text(1));
        const bool wanted = std::ranges::any_of(query_.groups, [&](const std::string& g) {
          const auto group = parts_of(g);
          return !group.empty() && std::search(name.begin(), name.end(), group.begin(), group.end()) != name.end();
        });
        if (wanted) list += fmt::format("{}{}", list.empty() ? "" : ",", rows.number(0));
      }
      if (list.empty())
        throw Error(ErrorCode::not_found, query_.groups.front(),
                    "no committee of the catalogues has that name; see: lacuna search WORDS --format csv");
      filter_ += fmt::format(" AND r.committee IN ({})", list);
    }
    std::string states;
    for (const State s : query_.states) states += fmt::format("{}'{}'", states.empty() ? "" : ",", name_of(s));
    if (!states.empty()) filter_ += fmt::format(" AND r.state IN ({})", states);
    std::string types;
    for (const std::string& t : query_.types) {
      std::string quoted;
      for (const char c : lower(t)) quoted += c == '\'' ? std::string("''") : std::string(1, c == ' ' ? '-' : c);
      types += fmt::format("{}'{}'", types.empty() ? "" : ",", quoted);
    }
    for (const std::string& t : query_.types) {
      std::vector<std::string> known;
      Statement rows = db_.prepare("SELECT DISTINCT type FROM record WHERE type IS NOT NULL ORDER BY type");
      while (rows.step()) known.emplace_back(rows.text(0));
      std::string wanted = lower(t);
      std::ranges::replace(wanted, ' ', '-');
      if (std::ranges::find(known, wanted) != known.end()) continue;
      const std::string hint = did_you_mean(wanted, {known.begin(), known.end()});
      throw Error(ErrorCode::not_found, t,
                  fmt::format("no document of the catalogues is of that type{}",
                              hint.empty() ? "; there are: " + join(known, ", ") : hint));
    }
    if (!types.empty()) filter_ += fmt::format(" AND r.type IN ({})", types);
    // Dates are texts of one form: those of a month or a year compare by their beginning.
    if (query_.since)
      filter_ += fmt::format(" AND r.published >= substr('{}', 1, length(r.published))", to_string(*query_.since));
    if (query_.until) filter_ += fmt::format(" AND r.published <= '{}'", to_string(*query_.until));
  }

  void add(std::int64_t work, std::int64_t record, SearchHit::Why why) {
    if (!seen_.insert(work).second || answer_.hits.size() >= query_.limit) return;
    SearchHit hit;
    hit.why = why;
    // With filters, the record that passed them speaks for its work.
    std::int64_t face = db_.number(fmt::format("SELECT coalesce(face, 0) FROM work WHERE work = {}", work));
    if (face == 0 ||
        (!filter_.empty() && db_.number(fmt::format("SELECT count(*) FROM record r WHERE record = {}{}", face, filter_)) == 0))
      face = record;
    if (const std::int64_t same = db_.number(fmt::format("SELECT coalesce(same_as, 0) FROM record WHERE record = {}", face));
        same != 0)
      face = same;
    hit.face = read_row(db_, face);
    hit.others = static_cast<std::size_t>(
        db_.number(fmt::format("SELECT count(*) - 1 FROM record WHERE work = {} AND same_as IS NULL", work)));
    matched_.push_back(record);
    answer_.hits.push_back(std::move(hit));
  }

  void by_identifier() {
    if (query_.words.size() > 200) return;
    std::vector<std::string> keys = work_keys(db_, query_.words);
    // What is in force comes first: G.709 of 1993 goes on as G.709/Y.1331.
    const auto ended = [&](const std::string& key) {
      Statement face = db_.prepare(
          "SELECT r.state IN ('superseded', 'withdrawn') FROM work w JOIN record r ON r.record = w.face WHERE w.key = ?");
      face.bind(1, key);
      return face.step() && face.number(0) != 0;
    };
    std::stable_partition(keys.begin(), keys.end(), [&](const std::string& key) { return !ended(key); });
    for (const std::string& key : keys) {
      Statement rows = db_.prepare(
          fmt::format("SELECT w.work, r.record FROM work w JOIN record r USING (work) WHERE w.key = ? AND w.face IS NOT NULL{} "
                      "ORDER BY r.record = w.face DESC, r.record",
                      filter_));
      rows.bind(1, key);
      if (rows.step()) add(rows.number(0), rows.number(1), SearchHit::Why::identifier);
    }
  }

  /// Adds what matches, until there are `most` works.
  void by_words(SearchHit::Why why, const std::string& match, std::size_t most = std::numeric_limits<std::size_t>::max()) {
    // Weights of identifier, title, keywords, abstract. Texts that are no longer in force come after those that are.
    Statement rows = db_.prepare(fmt::format(
        "SELECT r.work, r.record FROM record_index JOIN record r ON r.record = record_index.rowid WHERE record_index MATCH ?{} "
        "ORDER BY bm25(record_index, 8.0, 10.0, 4.0, 1.0) * CASE WHEN r.state IN ('superseded', 'withdrawn') THEN 0.7 ELSE 1.0 "
        "END, r.record",
        filter_));
    rows.bind(1, match);
    while (seen_.size() < most && rows.step()) add(rows.number(0), rows.number(1), why);
  }

  void add_snippets(const std::string& match) {
    Statement title = db_.prepare(
        "SELECT snippet(record_index, 1, '«', '»', '…', 24), snippet(record_index, 3, '«', '»', '…', 24), snippet(record_index, "
        "2, '«', '»', '…', 24) "
        "FROM record_index WHERE record_index MATCH ? AND rowid = ?");
    for (std::size_t i = 0; i < answer_.hits.size(); ++i) {
      for (const std::int64_t record : {answer_.hits[i].face.key, matched_[i]}) {
        title.bind(1, match).bind(2, record);
        if (title.step()) {
          for (const int column : {1, 0, 2}) {
            if (answer_.hits[i].snippet.empty() && title.text(column).find("«") != std::string_view::npos)
              answer_.hits[i].snippet = title.text(column);
          }
        }
        title.reset();
      }
    }
  }

  /// `words` are the terms as they were typed.
  void by_terms(const std::vector<std::string>& terms, const std::vector<std::string>& words, const std::string& phrase) {
    if (std::ranges::any_of(words, runs_together)) return by_parts(words);
    const std::string all = join(terms, " AND ");
    if (!phrase.empty()) {
      by_words(SearchHit::Why::title, "title : (" + phrase + ")");
      by_words(SearchHit::Why::text, phrase);
    }
    by_words(SearchHit::Why::title, "{identifier title} : (" + all + ")");
    by_words(SearchHit::Why::text, all);
    answer_.works = seen_.size();
    const bool named = !answer_.hits.empty() && answer_.hits.front().why == SearchHit::Why::identifier;
    if (seen_.size() < few && !named) {
      const std::vector<std::int64_t> records = records_with(terms);
      for (std::size_t i = 0; i < terms.size(); ++i) {
        if (records[i] == 0) answer_.unheard.push_back(words[i]);
      }
      // A number means one document: what lacks it is another.
      if (terms.size() > 1 && answer_.unheard.empty() && !parse_identifier(query_.words).is_numbered())
        by_most_terms(terms, static_cast<std::size_t>(std::ranges::min_element(records) - records.begin()));
    }
    note_lacks(terms, words);
    if (!query_.groups.empty()) count_without_committee(all);
    add_snippets(join(terms, " OR "));
  }

  /// Words as parts of titles, then of keywords and abstracts, where a script has no blanks between words. Linear in the records.
  void by_parts(const std::vector<std::string>& words) {
    for (const std::string_view where :
         {"t.title", "coalesce(t.title, '') || '; ' || coalesce(t.keywords, '') || '; ' || coalesce(t.abstract, '')"}) {
      std::string condition;
      for (std::size_t i = 0; i < words.size(); ++i) condition += fmt::format(" AND instr(lower({}), ?{}) > 0", where, i + 1);
      Statement rows =
          db_.prepare(fmt::format("SELECT r.work, r.record FROM record_text t JOIN record r USING (record) WHERE 1{}{} ORDER BY "
                                  "r.state IN ('superseded', 'withdrawn'), r.record",
                                  condition, filter_));
      for (std::size_t i = 0; i < words.size(); ++i) rows.bind(static_cast<int>(i + 1), lower(words[i]));
      while (rows.step()) add(rows.number(0), rows.number(1), where == "t.title" ? SearchHit::Why::title : SearchHit::Why::text);
    }
    answer_.works = seen_.size();
  }

  /// How many records hold each of the terms.
  std::vector<std::int64_t> records_with(const std::vector<std::string>& terms) {
    std::vector<std::int64_t> records;
    Statement count = db_.prepare("SELECT count(*) FROM record_index WHERE record_index MATCH ?");
    for (const std::string& term : terms) {
      count.bind(1, term);
      records.push_back(count.step() ? count.number(0) : 0);
      count.reset();
    }
    return records;
  }

  /// Too narrow: works that lack one of the terms follow, else those that hold most of them. What lacks the rarest says nothing
  /// of the question ("woodworking machines" of machine unlearning).
  void by_most_terms(const std::vector<std::string>& terms, std::size_t rarest) {
    std::vector<std::string> narrower;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (i == rarest) continue;
      std::vector<std::string> rest = terms;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      narrower.push_back("(" + join(rest, " AND ") + ")");
    }
    by_words(SearchHit::Why::part, join(narrower, " OR "), seen_.size() + 2 * few);
    if (seen_.empty()) by_words(SearchHit::Why::part, terms[rarest], 2 * few);
  }

  /// Which of the words the records that hold not all of them lack.
  void note_lacks(const std::vector<std::string>& terms, const std::vector<std::string>& words) {
    Statement holds = db_.prepare("SELECT 1 FROM record_index WHERE record_index MATCH ? AND rowid = ?");
    for (std::size_t i = 0; i < answer_.hits.size(); ++i) {
      if (answer_.hits[i].why != SearchHit::Why::part) continue;
      for (std::size_t t = 0; t < terms.size(); ++t) {
        holds.bind(1, terms[t]).bind(2, matched_[i]);
        if (!holds.step()) answer_.hits[i].lacks.push_back(words[t]);
        holds.reset();
      }
    }
  }

  /// Works that the words find and no committee is known of: the filter cannot judge them.
  void count_without_committee(const std::string& match) {
    Statement rows = db_.prepare(
        "SELECT count(DISTINCT r.work) FROM record_index JOIN record r ON r.record = record_index.rowid WHERE record_index MATCH "
        "? AND r.committee IS NULL");
    rows.bind(1, match);
    if (rows.step()) answer_.without_committee = static_cast<std::size_t>(rows.number(0));
  }

  static constexpr std::size_t few = 5;          ///< Fewer works than that, and near ones follow.
  static constexpr std::size_t most_terms = 16;  ///< A title has fewer; each further one costs time and finds less.

  const Connection& db_;
  const SearchQuery& query_;
  std::string filter_;
  std::unordered_set<std::int64_t> seen_;
  std::vector<std::int64_t> matched_;
  SearchAnswer answer_;
};

}  // namespace

bool knows_catalogues(const Connection& db) { return db.number("PRAGMA user_version") >= 2; }

std::vector<CatalogueInfo> read_catalogues(const Connection& db) {
  std::vector<CatalogueInfo> list;
  Statement rows = db.prepare("SELECT name, format, source, date, records FROM catalogue ORDER BY name");
  while (rows.step()) {
    list.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), date_of(rows.text(3)),
                    static_cast<std::size_t>(rows.number(4))});
  }
  return list;
}

namespace {

/// What records of other works state of this one, from its own side: "RFC 2 is obsoleted by RFC 3" says it of both.
void add_links_from_elsewhere(const Connection& db, WorkRecords& work) {
  Statement rows = db.prepare(
      "SELECT l.relation, l.reversed, l.identifier, r.identifier, c.name FROM work w JOIN record_link l ON l.work = w.work "
      "JOIN record r USING (record) JOIN catalogue c USING (catalogue) WHERE w.key = ? AND r.work <> w.work AND r.same_as IS "
      "NULL "
      "AND l.relation IN ('supersedes', 'amends') ORDER BY r.record, l.place");
  rows.bind(1, work.key);
  while (rows.step()) {
    const std::string document = parse_identifier(rows.text(2)).document();
    auto row = std::ranges::find_if(work.records, [&](const RecordRow& r) { return r.facts.identifier.document() == document; });
    if (row == work.records.end()) row = work.records.begin() + static_cast<std::ptrdiff_t>(work.face);
    if (row->facts.catalogue != rows.text(4)) continue;
    const RecordLink link{word_of<Relation>(rows.text(0)).value_or(Relation::supersedes), rows.number(1) == 0,
                          std::string(rows.text(3))};
    const std::string other = parse_identifier(link.identifier).document();
    const bool known = std::ranges::any_of(row->links, [&](const RecordLink& l) {
      return l.relation == link.relation && l.reversed == link.reversed && parse_identifier(l.identifier).document() == other;
    });
    if (!known) row->links.push_back(link);
  }
}

}  // namespace

std::optional<WorkRecords> read_work(const Connection& db, std::string_view key) {
  WorkRecords work;
  work.key = key;
  Statement rows = select_rows(db, "JOIN work w USING (work) WHERE w.key = ? ORDER BY r.record");
  rows.bind(1, key);
  while (rows.step()) work.records.push_back(row_of(rows));
  if (work.records.empty()) return std::nullopt;
  std::vector<EditionFacts> facts;
  Statement links = db.prepare("SELECT relation, reversed, identifier FROM record_link WHERE record = ? ORDER BY place");
  for (RecordRow& row : work.records) {
    facts.push_back(row.facts);
    links.bind(1, row.key);
    while (links.step())
      row.links.push_back(
          {word_of<Relation>(links.text(0)).value_or(Relation::references), links.number(1) != 0, std::string(links.text(2))});
    links.reset();
  }
  work.settled = settle(facts);
  work.face = face_of(facts, work.settled);
  add_links_from_elsewhere(db, work);
  return work;
}

std::vector<CatalogueInfo> Store::catalogues() const {
  const Connection& db = database_->catalogues();
  return holds_records(db) ? read_catalogues(db) : std::vector<CatalogueInfo>();
}

bool Store::holds_catalogues() const { return holds_records(*database_); }

std::vector<CatalogueInfo> Store::tied_catalogues() const {
  return knows_catalogues(*database_) ? read_catalogues(*database_) : std::vector<CatalogueInfo>();
}

std::vector<WorkRecords> Store::works(std::string_view name) const {
  const Connection& db = database_->catalogues();
  std::vector<WorkRecords> works;
  if (!knows_catalogues(db)) return works;
  for (const std::string& key : work_keys(db, name)) {
    if (auto work = read_work(db, key)) works.push_back(std::move(*work));
  }
  return works;
}

SearchAnswer Store::search(const SearchQuery& query) const {
  const Connection& db = database_->catalogues();
  if (!knows_catalogues(db)) return {};
  return Searching(db, query).run();
}

std::vector<RecordRow> Store::beside(const RecordRow& record) const {
  const Connection& db = database_->catalogues();
  std::vector<RecordRow> list;
  Statement rows =
      select_rows(db, "WHERE r.work = (SELECT work FROM record WHERE record = ?) AND r.same_as IS NULL ORDER BY r.record");
  rows.bind(1, record.key);
  while (rows.step()) list.push_back(row_of(rows));
  return list;
}

std::vector<RecordRow> Store::faces(const SearchQuery& query) const {
  const Connection& db = database_->catalogues();
  if (!knows_catalogues(db)) return {};
  return Searching(db, query).faces();
}

std::vector<std::string> Store::near_words(std::string_view word) const {
  const Connection& db = database_->catalogues();
  const std::string wanted = lower(word);
  if (!knows_catalogues(db) || wanted.size() < 3 || wanted.size() > 40) return {};
  const std::size_t most = wanted.size() < 6 ? 1 : 2;
  // The index holds stems; the words behind the nearest ones are looked up in titles.
  Statement rows =
      db.prepare("SELECT term, cnt FROM record_word WHERE term >= ?1 AND term < ?2 AND length(term) BETWEEN ?3 AND ?4");
  rows.bind(3, static_cast<std::int64_t>(wanted.size() > 5 ? wanted.size() - 5 : 1))
      .bind(4, static_cast<std::int64_t>(wanted.size() + 2));
  std::vector<std::tuple<std::size_t, std::int64_t, std::string>> near;
  // Slips spare the first letter, or swap it with the second: a part of the index is enough.
  for (const char first : wanted[0] == wanted[1] ? std::string{wanted[0]} : std::string{wanted[0], wanted[1]}) {
    rows.bind(1, std::string(1, first)).bind(2, std::string(1, static_cast<char>(first + 1)));
    while (rows.step()) {
      const std::string_view term = rows.text(0);
      // A stem is the word without its ending.
      const std::size_t d =
          std::min(edit_distance(wanted, term, most),
                   edit_distance(std::string_view(wanted).substr(0, std::min(wanted.size(), term.size() + 1)), term, most));
      if (d <= most) near.emplace_back(d, -rows.number(1), std::string(term));
    }
    rows.reset();
  }
  std::ranges::sort(near);
  if (near.size() > 40) near.resize(40);
  std::vector<std::tuple<std::size_t, std::int64_t, std::string>> found;
  Statement title = db.prepare(
      "SELECT t.title FROM record_index i JOIN record_text t ON t.record = i.rowid WHERE record_index MATCH ? LIMIT 3");
  for (const auto& [d, count, stem] : near) {
    title.bind(1, "title : \"" + stem + "\"");
    while (title.step()) {
      for (const std::string& candidate : words_of(title.text(0))) {
        const std::size_t away = edit_distance(wanted, candidate, most);
        if (away <= most && candidate.starts_with(stem.substr(0, std::min<std::size_t>(stem.size(), 3))))
          found.emplace_back(away, count, candidate);
      }
    }
    title.reset();
  }
  std::ranges::sort(found);
  std::vector<std::string> words;
  for (const auto& [d, count, candidate] : found) {
    if (words.size() < 3 && std::ranges::find(words, candidate) == words.end()) words.push_back(candidate);
  }
  return words;
}

const Connection& CatalogueSource::db() const {
  if (looked_) return beside_ ? *beside_ : map_;
  looked_ = true;
  if (beside_path_.empty() || holds_records(map_) || !holds_something(beside_path_)) return map_;
  auto beside = std::make_unique<Connection>(resolved(beside_path_), Connection::Is::map, beside_path_);
  check_schema(*beside, version_of(*beside), false);
  if (!holds_records(*beside)) return map_;
  // It is never changed where it is, so that it can be read as one: locks and pages are taken once.
  beside->run("PRAGMA cache_size = -16384; BEGIN");
  beside_ = std::move(beside);
  return beside_ ? *beside_ : map_;
}

bool holds_records(const Connection& db) {
  return knows_catalogues(db) && db.number("SELECT EXISTS (SELECT 1 FROM record)") != 0;
}

}  // namespace lacuna
