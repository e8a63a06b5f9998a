// CSL-JSON (Citation Style Language 1.0.2): standards and reports of a reference manager, as deliverables.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/identity.hpp"
#include "base/separated.hpp"
#include "base/text.hpp"
#include "formats/plain.hpp"
#include "import/foreign_json.hpp"
#include "lacuna/identifier.hpp"

namespace lacuna {
namespace {

using json::Json;

constexpr std::string_view documents[] = {"standard", "report", "document", "legislation", "regulation", "treaty"};

/// A library is a list; readers here take objects.
std::optional<Json> read_library(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  auto list = Records::parse_json(bytes, file, diagnostics);
  if (!list || list->type != Json::Type::array) return list;
  Json object;
  object.type = Json::Type::object;
  object.line = list->line;
  object.names.emplace_back("items");
  object.items.push_back(std::move(*list));
  return object;
}

class CslReader {
 public:
  explicit CslReader(const Map* map) {
    if (map == nullptr) return;
    for (const Node& node : map->nodes) {
      if (node.kind == Kind::deliverable) on_map_.emplace(identity_of(node.id), &node);
      if (node.kind != Kind::group) continue;
      groups_.emplace(identity_of(node.id), node.id);
      for (const std::string& alias : node.aliases) groups_.emplace(identity_of(alias), node.id);
    }
  }

  Imported run(std::span<const Input> inputs) {
    for (const Input& input : inputs) {
      const auto document = in_.open(input, "a library", read_library);
      if (!document) continue;
      const Json* items = member(*document, "items");
      if (items == nullptr || items->type != Json::Type::array) {
        in_.refuse(*document, "CSL-JSON is a list of items; export the library as \"CSL JSON\"");
        continue;
      }
      if (in_.map.info.title.empty()) {
        in_.map.info.title = "Library";
        in_.map.info.where = in_.at(*items);
      }
      for (const Json& item : items->items) {
        if (item.type == Json::Type::object)
          read(item);
        else
          in_.error(item, fmt::format("an item must be an object, not {}; skipped", json::kind_of(item)));
      }
      tell(*items);
    }
    return in_.finish();
  }

 private:
  /// A text, or a number written as one.
  static std::string said(const Json& item, std::string_view name) {
    const Json* found = member(item, name);
    if (found == nullptr) return {};
    if (found->type == Json::Type::integer) return std::to_string(found->integer);
    return found->type == Json::Type::text ? found->text : std::string();
  }

  void read(const Json& item) {
    const std::string type = said(item, "type");
    if (std::ranges::find(documents, type) == std::end(documents)) {
      ++left_aside_[type.empty() ? "(none)" : type];
      return;
    }
    const std::string publisher = said(item, "publisher");
    const std::string id = identifier_of(said(item, "number"), publisher, said(item, "id"));
    if (id.empty()) return in_.error(item, "an item needs a \"number\" or an \"id\"; skipped");
    // Of what is on the map, a library says a part: the rest stays.
    const auto on_map = on_map_.find(identity_of(id));
    Node node = on_map == on_map_.end() ? Node() : *on_map->second;
    const bool fresh = on_map == on_map_.end();
    if (fresh) node.id = id;
    node.kind = Kind::deliverable;
    const auto take = [](std::string& to, std::string from) {
      if (!from.empty()) to = std::move(from);
    };
    take(node.title, plain_text(said(item, "title")));
    if (node.title.empty()) node.title = node.id;
    take(node.text, plain_text(said(item, "abstract")));
    take(node.address, said(item, "URL"));
    if (const std::string doi = said(item, "DOI"); node.address.empty() && !doi.empty()) node.address = "https://doi.org/" + doi;
    const auto state = parse<State>(lower(said(item, "status")));
    if (fresh && state) node.state = state;
    if (const auto issued = date_of(item, "issued")) {
      std::erase_if(node.dates, [](const NodeDate& d) { return d.what == name_of(State::published); });
      node.dates.push_back({std::string(name_of(State::published)), *issued});
    }
    if (fresh && !node.state) node.state = State::published;
    if (fresh) node.source.seen = date_of(item, "accessed");
    node.where = in_.at(item);
    if (const Node* other = in_.node(node.id); other != nullptr)
      return in_.error(item,
                       fmt::format("\"{}\" stands twice, first at {}; skipped", shortened(node.id, 60), in_.place(other->where)));
    std::vector<std::string> unknown;
    for (const std::string& name : parts_between(publisher, ';')) {
      const auto group = groups_.find(identity_of(name));
      if (group == groups_.end()) {
        unknown.push_back(name);
        continue;
      }
      Link link;
      link.from = group->second;
      link.relation = Relation::develops;
      link.to = node.id;
      link.where = node.where;
      in_.add(std::move(link));
    }
    if (!unknown.empty() && fresh) node.attributes.emplace_back("publisher", join(unknown, "; "));
    in_.add(std::move(node));
  }

  /// The number, with its body before it where the number alone names none.
  static std::string identifier_of(const std::string& number, const std::string& publisher, const std::string& id) {
    if (number.empty()) return id;
    const bool whole = std::ranges::any_of(number, is_letter) || number == id;
    const bool short_name = !publisher.empty() && publisher.size() <= 12 && publisher.find(';') == std::string::npos;
    return whole || !short_name ? number : publisher + " " + number;
  }

  /// "date-parts": [[2019, 6, 22]], numbers or texts; else "raw" or "literal" where it is a date.
  std::optional<Date> date_of(const Json& item, std::string_view name) {
    const Json* date = member(item, name);
    if (date == nullptr || date->type != Json::Type::object) return std::nullopt;
    std::string text = said(*date, "raw");
    if (text.empty()) text = said(*date, "literal");
    const Json* parts = member(*date, "date-parts");
    if (parts != nullptr && !parts->items.empty() && !parts->items.front().items.empty()) {
      text.clear();
      for (const Json& part : parts->items.front().items) {
        std::string digits = part.type == Json::Type::integer ? std::to_string(part.integer) : part.text;
        if (!text.empty() && digits.size() == 1) digits.insert(0, "0");
        text += (text.empty() ? "" : "-") + digits;
      }
    }
    if (text.empty()) return std::nullopt;
    const auto found = Date::parse(text);
    if (!found) in_.warning(*date, fmt::format("\"{}\" is no date ({}) and was left aside", shortened(text, 40), name));
    return found;
  }

  void tell(const Json& items) {
    std::size_t n = 0;
    std::vector<std::string> types;
    for (const auto& [type, count] : left_aside_) {
      n += count;
      types.push_back(type);
    }
    if (n > 0)
      in_.warning(items, fmt::format("{} that {} neither standard nor report left aside: {}", count_of(n, "item"),
                                     n == 1 ? "is" : "are", join(types, ", ")));
    left_aside_.clear();
  }

  Records in_;
  std::unordered_map<std::string, const Node*> on_map_;  ///< Deliverables, by the identity of the identifier.
  std::unordered_map<std::string, std::string> groups_;  ///< Of the map, by the identity of identifier and alias.
  std::map<std::string, std::size_t> left_aside_;        ///< How many, by type.
};

}  // namespace

extern const Importer csl_importer{
    .name = "csl-json",
    .help = "CSL-JSON, as Zotero and other reference managers export it: its standards and reports",
    .extension = ".json",
    .read = [](std::span<const Input> inputs) { return CslReader(nullptr).run(inputs); },
    .read_onto = [](std::span<const Input> inputs, const Map& map) { return CslReader(&map).run(inputs); },
    .members = "[ title number publisher issued",
    .rules =
        "Standards, reports, documents and legislation become deliverables, by their number (with a short publisher before it "
        "where "
        "it is a bare one), else by their id; articles and books are left aside and counted.\n"
        "Publishers that are groups of the map develop them; others stand as an attribute. What says no status is published. Of "
        "a deliverable that is on the map, its state stays.",
};

}  // namespace lacuna
