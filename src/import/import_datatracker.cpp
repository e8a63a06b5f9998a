// The IETF Datatracker's documents, as its API lists them: Internet-Drafts and RFCs.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "formats/plain.hpp"
#include "import/entries.hpp"
#include "import/foreign_json.hpp"

namespace lacuna {
namespace {

using json::Json;

constexpr std::uint64_t datatracker_reading = 1;  ///< To be raised when entries are understood in another way.

constexpr std::size_t largest_listing = std::size_t{1} << 30;  ///< Bytes.

struct DraftState {
  std::string_view number;  ///< Of the table of states, as the API names it.
  std::string_view name;
  State means;
};
constexpr DraftState draft_states[] = {{"1", "active", State::draft},      {"2", "expired", State::withdrawn},
                                       {"3", "rfc", State::superseded},    {"4", "repl", State::superseded},
                                       {"5", "auth-rm", State::withdrawn}, {"6", "ietf-rm", State::withdrawn}};

/// The last part of "/api/v1/name/doctypename/draft/"; a bare word is itself.
std::string last_part(std::string_view address) {
  while (address.ends_with('/')) address.remove_suffix(1);
  return std::string(address.substr(address.rfind('/') + 1));
}

class Datatracker {
 public:
  Datatracker(std::string file, const CatalogueSink& sink) : file_(std::move(file)), sink_(sink) {}

  void read(std::string_view bytes) {
    std::vector<Diagnostic> faults;
    const auto document = json::read(bytes, file_, faults);
    if (!document) throw lacuna::error_of(faults.front());
    const Json* list = document->type == Json::Type::array    ? &*document
                       : document->type == Json::Type::object ? member(*document, "objects")
                                                              : nullptr;
    if (list == nullptr || list->type != Json::Type::array)
      throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file_, document->line),
                  "has no list \"objects\"; name what https://datatracker.ietf.org/api/v1/doc/document/?format=json gave");
    std::size_t others = 0;
    for (const Json& object : list->items) {
      if (object.type != Json::Type::object)
        skip(object.line, fmt::format("a document must be an object, not {}", json::kind_of(object)));
      else if (!read_document(object))
        ++others;
    }
    if (others > 0)
      sink_.skipped({Severity::warning, file_, list->line,
                     fmt::format("{} neither Internet-Drafts nor RFCs (agendas, slides, charters …) and {} left aside",
                                 others == 1 ? "one is" : fmt::format("{} are", others), others == 1 ? "was" : "were")});
  }

 private:
  void skip(std::uint32_t line, const std::string& why) {
    sink_.skipped({Severity::error, file_, line, why + "; the record was skipped"});
  }

  static std::string text(const Json& object, std::string_view name) {
    const Json* found = member(object, name);
    if (found == nullptr) return {};
    if (found->type == Json::Type::integer) return std::to_string(found->integer);
    return found->type == Json::Type::text ? found->text : std::string();
  }

  /// False for what is neither a draft nor an RFC.
  bool read_document(const Json& object) {
    const std::string name = text(object, "name");
    const std::string type = last_part(text(object, "type"));
    const bool draft = type == "draft" || (type.empty() && name.starts_with("draft-"));
    const bool series = type == "rfc" || type == "bcp" || type == "std" || type == "fyi";
    if (!draft && !series) return false;
    if (name.empty() || parse_identifier(name).text.empty()) {
      skip(object.line, "a document has no \"name\"");
      return true;
    }
    Record r;
    r.entry = name;
    r.fingerprint = fingerprint_of(json::write_compact(json::to_value(object)), datatracker_reading);
    if (sink_.known(r.entry, r.fingerprint)) {
      sink_.unchanged(r.entry);
      return true;
    }
    const std::string rev = text(object, "rev");
    r.identifier = parse_identifier(draft && !rev.empty() && !name.ends_with("-" + rev) ? name + "-" + rev : name);
    r.title = plain_text(text(object, "title"));
    if (r.title.empty()) r.remark(Remark::no_title);
    r.abstract = plain_text(text(object, "abstract"));
    if (r.abstract.empty()) r.remark(Remark::no_abstract);
    r.type = draft ? "internet-draft" : type;
    r.address = fmt::format("https://datatracker.ietf.org/doc/{}/", name);
    r.group = group_of(object, name);
    const std::string time = text(object, "time");
    r.published = Date::parse(std::string_view(time).substr(0, 10));
    if (!r.published && !time.empty()) r.remark(Remark::impossible_date);
    if (draft)
      fill_draft(object, r);
    else
      r.state = State::published, r.published.reset();  // The time is that of the last change to the record.
    sink_.record(std::move(r));
    return true;
  }

  static void fill_draft(const Json& object, Record& r) {
    const Json* states = member(object, "states");
    for (const Json& state : states == nullptr ? std::vector<Json>() : states->items) {
      const std::string name = state.type == Json::Type::object ? text(state, "slug") : last_part(state.text);
      const auto known =
          std::ranges::find_if(draft_states, [&](const DraftState& s) { return s.number == name || s.name == name; });
      if (known == std::end(draft_states)) continue;
      r.stage = known->name;
      r.state = known->means;
    }
    if (!r.state) r.remark(Remark::no_status);
    if (const std::string rfc = text(object, "rfc_number"); !rfc.empty()) {
      r.state = State::superseded;
      r.links.push_back({Relation::supersedes, true, "RFC " + rfc});
    } else if (const std::string number = text(object, "rfc"); !number.empty()) {
      r.state = State::superseded;
      r.links.push_back({Relation::supersedes, true, "RFC " + number});
    }
  }

  /// The group by its acronym; where the API gives its number alone, by the name of the draft.
  static std::string group_of(const Json& object, const std::string& name) {
    const Json* group = member(object, "group");
    std::string acronym = group != nullptr && group->type == Json::Type::object ? text(*group, "acronym")
                          : group != nullptr                                    ? last_part(group->text)
                                                                                : std::string();
    if (std::ranges::all_of(acronym, is_digit)) acronym.clear();
    const auto part = [&](std::size_t n) {
      std::string_view rest = name;
      for (; n > 0 && !rest.empty(); --n) rest.remove_prefix(std::min(rest.find('-'), rest.size() - 1) + 1);
      return std::string(rest.substr(0, rest.find('-')));
    };
    const std::string stream = part(1);
    if (acronym.empty() && (stream == "ietf" || stream == "irtf")) acronym = part(2);
    if (stream == "iab" || acronym == "iab") return "IAB";
    if (acronym.empty() || acronym == "none") return "IETF";
    return (stream == "irtf" ? "IRTF " : "IETF ") + acronym;
  }

  std::string file_;
  const CatalogueSink& sink_;
};

void read_datatracker(const std::string& file, const ByteSource& source, const CatalogueSink& sink) {
  std::string bytes;
  while (source(bytes)) {
    if (bytes.size() > largest_listing) throw Error(ErrorCode::bad_input, file, "is too long; ask the API for fewer at once");
  }
  Datatracker(file, sink).read(bytes);
}

}  // namespace

extern const Importer datatracker_importer{
    .name = "datatracker",
    .help = "documents of the IETF Datatracker, as its API lists them in JSON",
    .extension = ".json",
    .read_stream = read_datatracker,
    .members = "meta objects",
    .rules =
        "An Internet-Draft is known by its name and last revision: active ones are drafts, those that became RFCs or were "
        "replaced are "
        "superseded, expired and removed ones withdrawn. Its date is that of its last change. What is neither draft nor RFC is "
        "counted "
        "and left aside.\n"
        "Where a group stands by its number alone, the name of the draft tells it (draft-ietf-GROUP-…).",
};

}  // namespace lacuna
