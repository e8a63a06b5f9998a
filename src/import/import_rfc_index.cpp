// The RFC Editor's index: one XML file with an element an RFC, and one for each BCP, STD and FYI.
#include <fmt/format.h>

#include <array>
#include <map>

#include "base/text.hpp"
#include "formats/plain.hpp"
#include "formats/xml.hpp"
#include "import/entries.hpp"

namespace lacuna {
namespace {

constexpr std::uint64_t rfc_index_reading = 1;  ///< To be raised when entries are understood in another way.

constexpr std::size_t largest_record = xml::longest_text;  ///< Bytes of what is read of an entry.

/// "RFC0001" as "RFC 1".
std::string readable(std::string_view doc_id) { return parse_identifier(doc_id).text; }

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string small = lower(word.substr(0, 3));
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (months[i] == small) return static_cast<int>(i) + 1;
  }
  return 0;
}

class RfcIndex {
 public:
  RfcIndex(std::string file, const CatalogueSink& sink) : file_(std::move(file)), sink_(sink) {}

  xml::Handler handler() {
    return {[this](std::string_view name, std::uint32_t line, const xml::Attributes&) { begin(name, line); },
            [this](std::string_view name) { end(name); }, [this](std::string_view text) { text_ += text; },
            [this] { entry_.too_long = true; }};
  }

  void finish() {
    if (!root_) throw Error(ErrorCode::bad_input, file_, "has no rfc-index; name the RFC Editor's rfc-index.xml");
  }

 private:
  static bool is_entry(std::string_view name) {
    return name == "rfc-entry" || name == "bcp-entry" || name == "std-entry" || name == "fyi-entry" ||
           name == "rfc-not-issued-entry";
  }

  void begin(std::string_view name, std::uint32_t line) {
    path_.emplace_back(name);
    text_.clear();
    if (path_.size() == 1) {
      if (name != "rfc-index")
        throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file_, line),
                    fmt::format("the outermost element is \"{}\", not rfc-index; name the RFC Editor's rfc-index.xml", name));
      root_ = true;
    }
    if (path_.size() == 2 && is_entry(name)) {
      entry_ = Entry();
      entry_.kind = name;
      entry_.line = line;
    }
    if (name == "abstract") in_abstract_ = true;
  }

  void end(std::string_view name) {
    const std::string parent = path_.size() > 1 ? path_[path_.size() - 2] : std::string();
    const std::string value = plain_text(text_);
    // Mixed content ("<p>… <b>…</b> …</p>") keeps its text: only a leaf's own end takes it.
    if (path_.size() > 2 && is_entry(path_[1]) && !entry_.too_long) {
      entry_.too_long = entry_.bytes.size() + value.size() > largest_record;
      entry_.bytes += fmt::format("{}={}\n", name, value);
      if (name == "doc-id")
        (parent == "rfc-entry" || is_entry(parent) ? entry_.id = value : entry_.related[parent] += value + " ");
      else if (name == "title" && is_entry(parent))
        entry_.title = value;
      else if (name == "month")
        entry_.month = value;
      else if (name == "year")
        entry_.year = value;
      else if (name == "day")
        entry_.day = value;
      else if (name == "kw" && !value.empty())
        entry_.keywords += (entry_.keywords.empty() ? "" : "; ") + value;
      else if (in_abstract_ && !value.empty() && name != "abstract")
        entry_.abstract += (entry_.abstract.empty() ? "" : " ") + value;
      else if (name == "current-status")
        entry_.status = value;
      else if (name == "stream")
        entry_.stream = value;
      else if (name == "wg_acronym")
        entry_.group = value;
    }
    if (name == "abstract") in_abstract_ = false;
    if (path_.size() == 2 && is_entry(name)) emit();
    path_.pop_back();
    text_.clear();
  }

  void skip(const std::string& why) { sink_.skipped({Severity::error, file_, entry_.line, why + "; the record was skipped"}); }

  void emit() {
    if (entry_.too_long) return skip(fmt::format("\"{}\" is longer than {} MiB", shortened(entry_.id, 40), largest_record >> 20));
    Record r;
    r.identifier = parse_identifier(entry_.id);
    if (entry_.id.empty()) return skip("an entry has no doc-id");
    if (r.identifier.space != NumberSpace::ietf)
      return skip(fmt::format("\"{}\" is no number of an RFC, BCP, STD or FYI", shortened(entry_.id, 40)));
    r.entry = r.identifier.text;
    r.fingerprint = fingerprint_of(entry_.bytes, rfc_index_reading);
    if (sink_.known(r.entry, r.fingerprint)) return sink_.unchanged(r.entry);
    r.title = entry_.title;
    r.abstract = entry_.abstract;
    r.keywords = entry_.keywords;
    r.address = fmt::format("https://www.rfc-editor.org/info/{}", lower(r.identifier.type) + r.identifier.number);
    if (entry_.kind == "rfc-entry")
      fill_rfc(r);
    else if (entry_.kind == "rfc-not-issued-entry")
      r.type = "not-issued", r.state = State::withdrawn, r.title = "Not issued";
    else
      fill_series(r);
    if (r.abstract.empty()) r.remark(Remark::no_abstract);
    if (r.title.empty()) r.remark(Remark::no_title);
    sink_.record(std::move(r));
  }

  void fill_rfc(Record& r) {
    r.stage = entry_.status;
    for (const char c : lower(entry_.status)) r.type += c == ' ' ? '-' : c;
    const int month = month_of(entry_.month);
    std::string date = entry_.year;
    if (month > 0) date += fmt::format("-{:02}", month);
    if (month > 0 && !entry_.day.empty() && entry_.day.size() <= 2)
      date += "-" + std::string(2 - entry_.day.size(), '0') + entry_.day;
    r.published = Date::parse(date);
    if (!r.published) r.remark(Remark::impossible_date);
    r.state = !entry_.related["obsoleted-by"].empty() ? State::superseded
              : entry_.status == "HISTORIC"           ? State::withdrawn
                                                      : State::published;
    const bool group = !entry_.group.empty() && entry_.group != "NON WORKING GROUP";
    r.group = group ? "IETF " + entry_.group
              : entry_.stream.empty() || entry_.stream == "Legacy" || entry_.stream == "IETF"
                  ? "IETF"
                  : "RFC " + entry_.stream + " stream";
    if (entry_.stream == "IRTF" || entry_.stream == "IAB") r.group = entry_.stream + (group ? " " + entry_.group : "");
    link(r, "obsoletes", Relation::supersedes, false);
    link(r, "obsoleted-by", Relation::supersedes, true);
    link(r, "updates", Relation::amends, false);
    link(r, "updated-by", Relation::amends, true);
    link(r, "is-also", Relation::references, true);
    link(r, "see-also", Relation::references, false);
  }

  /// BCP 14 is the RFCs that it stands for.
  void fill_series(Record& r) {
    r.type = r.identifier.type == "BCP"   ? "best-current-practice"
             : r.identifier.type == "STD" ? "internet-standard"
                                          : "for-your-information";
    link(r, "is-also", Relation::references, false);
    r.state = r.links.empty() ? State::withdrawn : State::published;
    r.group = "IETF";
    if (!r.title.empty() || r.links.empty()) return;
    std::vector<std::string> names;
    for (const RecordLink& l : r.links) names.push_back(l.identifier);
    r.title = join(names, ", ");
  }

  void link(Record& r, const std::string& element, Relation relation, bool reversed) {
    const std::string ids = entry_.related[element];
    std::size_t start = 0;
    for (std::size_t end = ids.find(' '); end != std::string::npos; end = ids.find(' ', start)) {
      if (end > start) r.links.push_back({relation, reversed, readable(std::string_view(ids).substr(start, end - start))});
      start = end + 1;
    }
  }

  struct Entry {
    std::string kind;
    std::uint32_t line = 0;
    bool too_long = false;
    std::string bytes;  ///< Everything that was read of it, for its fingerprint.
    std::string id, title, year, month, day, keywords, abstract, status, stream, group;
    std::map<std::string, std::string> related;  ///< By element: identifiers, each with a blank behind it.
  };

  std::string file_;
  const CatalogueSink& sink_;
  std::vector<std::string> path_;
  std::string text_;
  bool in_abstract_ = false;
  bool root_ = false;
  Entry entry_;
};

void read_rfc_index(const std::string& file, const ByteSource& source, const CatalogueSink& sink) {
  RfcIndex index(file, sink);
  xml::Stream stream(file, index.handler());
  std::string bytes;
  bool more = true;
  while (more) {
    more = source(bytes);
    stream.feed(bytes, !more);
    bytes.clear();
  }
  index.finish();
}

}  // namespace

extern const Importer rfc_index_importer{
    .name = "rfc-index",
    .help = "the RFC Editor's rfc-index.xml",
    .extension = ".xml",
    .read_stream = read_rfc_index,
    .rules =
        "An RFC that was obsoleted is superseded, a historic one withdrawn; obsoletes and updates become supersedes and amends. "
        "BCP, "
        "STD and FYI are documents that refer to "
        "their RFCs. Numbers that were not issued are kept as such.\n"
        "Document type declarations, and with them entities, are refused.",
};

}  // namespace lacuna
