#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "import/rank_lines.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

using json::Json;

/// The members of the object on one line; collects the first fault.
class Line {
 public:
  explicit Line(const Json& object) : object_(object) {
    if (object.type != Json::Type::object)
      fault_ = fmt::format("is {}; each line must be one object, in braces", json::kind_of(object));
  }

  void needed(std::string_view name, std::string& target) {
    const Json* value = member(name);
    if (value == nullptr && fault_.empty()) fault_ = fmt::format("needs \"{}\"; give each line one", name);
    text(name, target);
    if (fault_.empty() && target.empty()) fault_ = fmt::format("\"{}\" is empty; give it a text", name);
  }
  void text(std::string_view name, std::string& target) {
    const Json* value = member(name);
    if (value == nullptr) return;
    if (value->type == Json::Type::text) {
      target = value->text;
    } else if (fault_.empty()) {
      fault_ = fmt::format("\"{}\" is {}; it must be a text", name, json::kind_of(*value));
    }
  }
  void texts(std::string_view name, std::vector<std::string>& target) {
    const Json* value = member(name);
    if (value == nullptr) return;
    if (value->type == Json::Type::text) {
      if (!value->text.empty()) target.push_back(value->text);
      return;
    }
    const bool all = value->type == Json::Type::array &&
                     std::ranges::all_of(value->items, [](const Json& item) { return item.type == Json::Type::text; });
    if (all) {
      for (const Json& item : value->items) target.push_back(item.text);
    } else if (fault_.empty()) {
      fault_ = fmt::format("\"{}\" must be a list of texts", name);
    }
  }
  void fail(std::string fault) { fault_ = std::move(fault); }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  /// Nothing for null too.
  [[nodiscard]] const Json* member(std::string_view name) const {
    for (std::size_t i = 0; i < object_.names.size(); ++i) {
      if (object_.names[i] == name && object_.items[i].type != Json::Type::null) return &object_.items[i];
    }
    return nullptr;
  }

  const Json& object_;
  std::string fault_;
};

/// One record of each line, by `read`.
template <class Record, class Read>
std::vector<Record> read_lines(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics,
                               const Read& read) {
  std::vector<Record> records;
  std::vector<Diagnostic> broken;
  for (std::uint32_t number = 1; !bytes.empty(); ++number) {
    std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    broken.clear();
    const std::optional<Json> object = json::read(line, file, broken);
    for (Diagnostic& d : broken) {
      d.line = number;
      diagnostics.push_back(std::move(d));
    }
    if (!object) continue;
    Line members(*object);
    Record record;
    if (members.fault().empty()) read(members, record);
    if (members.fault().empty()) {
      records.push_back(std::move(record));
    } else {
      diagnostics.push_back({Severity::error, file, number, members.fault()});
    }
  }
  return records;
}

}  // namespace

std::vector<RankCandidate> read_rank_candidates(std::string_view bytes, const std::string& file,
                                                std::vector<Diagnostic>& diagnostics) {
  std::set<std::string> ids;
  return read_lines<RankCandidate>(bytes, file, diagnostics, [&](Line& line, RankCandidate& c) {
    line.needed("id", c.id);
    line.needed("text", c.text);
    line.text("context", c.context);
    line.texts("parents", c.parents);
    line.texts("tags", c.tags);
    line.texts("related", c.related);
    line.text("group", c.group);
    if (line.fault().empty() && !ids.insert(c.id).second)
      line.fail(fmt::format("\"{}\" is there already; give each candidate an id of its own", c.id));
  });
}

std::vector<RankLink> read_rank_links(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  return read_lines<RankLink>(bytes, file, diagnostics, [](Line& line, RankLink& l) {
    line.needed("id", l.id);
    line.needed("text", l.text);
    line.text("source", l.source);
    line.text("group", l.group);
    line.text("context", l.context);
    line.texts("targets", l.targets);
    line.texts("refused", l.refused);
  });
}

std::vector<RankQuery> read_rank_queries(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  return read_lines<RankQuery>(bytes, file, diagnostics, [](Line& line, RankQuery& q) {
    line.needed("id", q.id);
    line.needed("text", q.text);
    line.text("title", q.title);
    line.text("context", q.context);
    line.texts("exclude_source", q.exclude_source);
    line.texts("exclude_link", q.exclude_link);
    line.texts("exclude_group", q.exclude_group);
    line.texts("exclude_candidates", q.exclude_candidates);
  });
}

}  // namespace lacuna
