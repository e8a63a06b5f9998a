// ISO Open Data: the metadata of ISO's deliverables as JSON, one a line.
#include <fmt/format.h>

#include <unordered_map>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "formats/plain.hpp"
#include "import/entries.hpp"
#include "import/foreign_json.hpp"
#include "import/stage_words.hpp"

namespace lacuna {
namespace {

using json::Json;

constexpr std::uint64_t iso_open_data_reading = 1;  ///< To be raised when entries are understood in another way.

struct DeliverableType {
  std::string_view code;
  std::string_view name;
};
constexpr DeliverableType deliverable_types[] = {{"IS", "international-standard"},
                                                 {"TR", "technical-report"},
                                                 {"TS", "technical-specification"},
                                                 {"PAS", "publicly-available-specification"},
                                                 {"GUIDE", "guide"},
                                                 {"IWA", "international-workshop-agreement"},
                                                 {"R", "recommendation"},
                                                 {"ISP", "international-standardized-profile"},
                                                 {"TTA", "technology-trends-assessment"}};

class IsoOpenData {
 public:
  IsoOpenData(std::string file, const CatalogueSink& sink) : file_(std::move(file)), sink_(sink) {}

  void read_line(std::string_view line, std::uint32_t number) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty()) return;
    std::vector<Diagnostic> faults;
    const auto object = json::read(line, file_, faults);
    if (!object) return skip(number, fmt::format("{}; one object a line is expected", faults.front().message));
    if (object->type != Json::Type::object)
      return skip(number, fmt::format("the line is {}, not an object", json::kind_of(*object)));
    const std::string reference = text(*object, "reference");
    if (reference.empty() || parse_identifier(reference).text.empty())
      return skip(number, "the deliverable has no \"reference\"");
    Pending pending;
    Record& r = pending.record;
    r.entry = reference;
    r.fingerprint = fingerprint_of(line, iso_open_data_reading);
    r.identifier = parse_identifier(reference);
    if (const Json* id = member(*object, "id"); id != nullptr && id->type == Json::Type::integer) {
      references_.emplace(id->integer, reference);
      r.address = fmt::format("https://www.iso.org/standard/{}.html", id->integer);
    }
    fill(*object, r);
    pending.replaces = others(*object, "replaces");
    pending.replaced_by = others(*object, "replacedBy");
    pending_.push_back(std::move(pending));
  }

  /// Numbers of others are known once all have come.
  void finish() {
    if (pending_.empty() && !any_skipped_)
      throw Error(ErrorCode::bad_input, file_, "holds no deliverable; name ISO's iso_deliverables_metadata.jsonl");
    for (Pending& pending : pending_) {
      Record& r = pending.record;
      if (sink_.known(r.entry, r.fingerprint)) {
        sink_.unchanged(r.entry);
        continue;
      }
      for (const std::string& other : named(pending.replaces)) r.links.push_back({Relation::supersedes, false, other});
      for (const std::string& other : named(pending.replaced_by)) r.links.push_back({Relation::supersedes, true, other});
      if (r.state == State::withdrawn && !pending.replaced_by.empty()) r.state = State::superseded;
      sink_.record(std::move(r));
    }
  }

 private:
  struct Other {
    std::int64_t number = 0;
    std::string reference;
  };
  struct Pending {
    Record record;
    std::vector<Other> replaces;
    std::vector<Other> replaced_by;
  };

  void skip(std::uint32_t line, const std::string& why) {
    any_skipped_ = true;
    sink_.skipped({Severity::error, file_, line, why + "; the record was skipped"});
  }

  static std::string text(const Json& object, std::string_view name) {
    const Json* found = member(object, name);
    return found == nullptr || found->type != Json::Type::text ? std::string() : found->text;
  }

  /// A text in several languages: English, else French, else the first.
  static std::string localized(const Json& object, std::string_view name, bool& english) {
    const Json* texts = member(object, name);
    english = true;
    if (texts == nullptr) return text(object, fmt::format("{}.en", name));
    if (texts->type == Json::Type::text) return texts->text;
    for (const std::string_view language : {"en", "fr"}) {
      if (std::string found = text(*texts, language); !found.empty()) {
        english = language == "en";
        return found;
      }
    }
    return {};
  }

  static std::vector<Other> others(const Json& object, std::string_view name) {
    std::vector<Other> list;
    const Json* found = member(object, name);
    if (found == nullptr) return list;
    const auto add = [&](const Json& one) {
      if (one.type == Json::Type::integer) list.push_back({one.integer, ""});
      if (one.type == Json::Type::text && !one.text.empty()) list.push_back({0, one.text});
    };
    if (found->type == Json::Type::array) {
      for (const Json& one : found->items) add(one);
    } else {
      add(*found);
    }
    return list;
  }

  [[nodiscard]] std::vector<std::string> named(const std::vector<Other>& list) const {
    std::vector<std::string> names;
    for (const Other& other : list) {
      const auto known = references_.find(other.number);
      if (!other.reference.empty())
        names.push_back(other.reference);
      else if (known != references_.end())
        names.push_back(known->second);
    }
    return names;
  }

  static void fill(const Json& object, Record& r) {
    bool english = true;
    bool marked_up = false;
    r.title = plain_text(localized(object, "title", english));
    if (r.title.empty()) r.remark(Remark::no_title);
    if (!english) r.remark(Remark::other_language);
    if (const Json* titles = member(object, "title"); titles != nullptr && english) {
      const std::string french = plain_text(text(*titles, "fr"));
      if (french != r.title) r.keywords = french;
    }
    r.abstract = plain_text(localized(object, "scope", english), &marked_up);
    if (r.abstract.empty()) r.remark(Remark::no_abstract);
    if (marked_up) r.remark(Remark::html);
    r.group = text(object, "ownerCommittee");
    const std::string type = text(object, "deliverableType");
    for (const DeliverableType& known : deliverable_types) {
      if (known.code == type) r.type = known.name;
    }
    if (r.type.empty()) r.type = lower(type);
    if (!r.identifier.base()) r.remark(Remark::amendment);
    if (const std::string day = text(object, "publicationDate"); !day.empty()) {
      r.published = Date::parse(day);
      if (!r.published) r.remark(Remark::impossible_date);
    }
    fill_stage(object, r);
  }

  /// 9060 for stage 90.60; also as "90.60".
  static void fill_stage(const Json& object, Record& r) {
    const Json* stage = member(object, "currentStage");
    int code = 0;
    if (stage != nullptr && stage->type == Json::Type::integer)
      code = static_cast<int>(std::clamp<std::int64_t>(stage->integer, 0, 9999));
    if (stage != nullptr && stage->type == Json::Type::text) {
      for (const char c : stage->text.substr(0, 8)) code = is_digit(c) ? code * 10 + (c - '0') : code;
    }
    if (code == 0 || code > 9999) return r.remark(Remark::no_status);
    r.stage = fmt::format("{:02}.{:02}", code / 100, code % 100);
    r.state = state_of_stage_code(code / 100, code % 100);
    if (code / 100 >= 90) r.remark(Remark::stage_code);
    if (r.state == State::proposed || r.state == State::draft) r.published.reset();
  }

  std::string file_;
  const CatalogueSink& sink_;
  std::vector<Pending> pending_;
  std::unordered_map<std::int64_t, std::string> references_;
  bool any_skipped_ = false;
};

void read_iso_open_data(const std::string& file, const ByteSource& source, const CatalogueSink& sink) {
  IsoOpenData reader(file, sink);
  std::string bytes;
  std::uint32_t line = 0;
  bool more = true;
  while (more) {
    more = source(bytes);
    std::size_t start = 0;
    for (std::size_t end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', start)) {
      reader.read_line(std::string_view(bytes).substr(start, end - start), ++line);
      start = end + 1;
    }
    bytes.erase(0, start);
    if (bytes.size() > 2 * json::longest_text)
      throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file, line + 1),
                  "a line is too long; one object a line is expected");
  }
  if (!bytes.empty()) reader.read_line(bytes, ++line);
  reader.finish();
}

}  // namespace

extern const Importer iso_open_data_importer{
    .name = "iso-open-data",
    .help = "ISO Open Data: the metadata of ISO's deliverables, JSON one a line",
    .extension = ".jsonl",
    .read_stream = read_iso_open_data,
    .rules =
        "The stage is that of ISO's harmonized codes; what is withdrawn and was replaced is superseded. Numbers under replaces "
        "and "
        "replacedBy are those of other lines.\n"
        "Titles and scopes are English where there are such, else French; a French title beside an English one is kept among the "
        "keywords.",
};

}  // namespace lacuna
