// Mappings Explorer (MITRE CTID): what the capabilities of a framework do against ATT&CK's techniques.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "import/foreign_json.hpp"

namespace lacuna {
namespace {

using json::Json;

constexpr std::size_t longest_reason = 500;  ///< Code points of a rationale.

/// Types of mappings that say that a capability acts against a technique; others (what a flaw lets an attacker do, what is
/// related) are no countermeasures.
constexpr std::string_view against[] = {"mitigates", "technique-score", "technique-scores", "protect", "detect", "respond"};

/// "AC-02(01)" as "AC-2(1)": how OSCAL's catalogues name it.
std::string without_zeros(std::string_view id) {
  std::string out;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool first = i == 0 || !is_digit(id[i - 1]);
    if (id[i] == '0' && first && i + 1 < id.size() && is_digit(id[i + 1])) continue;
    out += id[i];
  }
  return out;
}

/// "07/24/2025" as a date; also one in ISO 8601.
std::optional<Date> day_in(const std::string& text) {
  if (text.size() == 10 && text[2] == '/' && text[5] == '/')
    return Date::parse(fmt::format("{}-{}-{}", text.substr(6), text.substr(0, 2), text.substr(3, 2)));
  return Date::parse(text);
}

class MappingsReader {
 public:
  explicit MappingsReader(const Map* map) {
    if (map == nullptr) return;
    for (const Node& node : map->nodes) named_.emplace(identity_of(node.id), &node);
    for (const Node& node : map->nodes) {
      for (const std::string& alias : node.aliases) {
        const auto [known, fresh] = named_.emplace(identity_of(alias), &node);
        if (!fresh && identity_of(known->second->id) != identity_of(alias) && known->second != &node)
          known->second = nullptr;  // Of several.
      }
    }
  }

  Imported run(std::span<const Input> inputs) {
    MergeRules rules;
    for (const Input& input : inputs) {
      const auto document = in_.open(input, "a mapping");
      if (document) read(*document, rules);
    }
    for (auto& [key, link] : links_) in_.add(std::move(link));
    Imported imported = in_.finish();
    imported.onto = std::move(rules);
    return imported;
  }

 private:
  void read(const Json& document, MergeRules& rules) {
    const Json* metadata = in_.object(document, "metadata");
    if (metadata == nullptr || member(document, "mapping_objects") == nullptr)
      return in_.refuse(document, "a file of the Mappings Explorer holds \"metadata\" and \"mapping_objects\"");
    framework_ = in_.text(*metadata, "mapping_framework");
    if (framework_.empty()) return in_.refuse(*metadata, "the metadata name no \"mapping_framework\"");
    voice_ = in_.text(*metadata, "organization");
    if (voice_.empty()) voice_ = in_.text(*metadata, "author");
    if (voice_.empty()) voice_ = "Mappings Explorer";
    on_ = day_in(in_.text(*metadata, "last_update"));
    if (!on_) on_ = day_in(in_.text(*metadata, "creation_date"));
    source_ = {source_name("Mappings Explorer " + framework_), "", on_};
    if (in_.map.info.title.empty()) {
      in_.map.info.title = source_.name;
      in_.map.info.where = in_.at(*metadata);
    }
    for (const Json* object : in_.objects(document, "mapping_objects")) add(*metadata, *object);
    std::size_t n = 0;
    std::vector<std::string> types;
    for (const auto& [type, count] : left_aside_) {
      n += count;
      types.push_back(type);
    }
    if (n > 0)
      in_.warning(*metadata, fmt::format("{} of the {} {} left aside: {} not say that something counters a technique",
                                         count_of(n, "mapping"), types.size() == 1 ? "type" : "types", join(types, ", "),
                                         n == 1 ? "it does" : "they do"));
    left_aside_.clear();
    rules.whole.push_back({source_.name, "ctid_id", {voice_}, on_});
  }

  /// The name of a type: some files list their types by number.
  static std::string type_named(const Json& metadata, const std::string& type) {
    const Json* types = member(metadata, "mapping_types");
    const Json* one = types != nullptr && types->type == Json::Type::object ? member(*types, type) : nullptr;
    const Json* name = one == nullptr ? nullptr : member(*one, "name");
    const bool by_number = type.size() == 36 && type[8] == '-';
    std::string words = lower(by_number && name != nullptr ? name->text : type);
    for (char& c : words) c = c == '_' || c == ' ' ? '-' : c;
    return words;
  }

  /// A member that may be missing or null.
  std::string said(const Json& object, std::string_view name) {
    const Json* found = member(object, name);
    return found == nullptr || found->type == Json::Type::null ? std::string() : in_.text(object, name);
  }

  void add(const Json& metadata, const Json& object) {
    const std::string capability = said(object, "capability_id");
    const std::string technique = said(object, "attack_object_id");
    std::string type = type_named(metadata, said(object, "mapping_type"));
    const bool unmappable =
        capability.empty() || technique.empty() || type == "non-mappable" || said(object, "status") == "non_mappable";
    if (unmappable) type = "non-mappable";
    if (std::ranges::find(against, type) == std::end(against)) {
      ++left_aside_[type.empty() ? "(none)" : type];
      return;
    }
    Link link;
    link.from = counter_of(object, capability);
    link.to = threat_of(object, technique);
    if (link.from.empty() || link.to.empty()) return;
    link.relation = Relation::counters;
    const std::string category = said(object, "score_category");
    const std::string value = said(object, "score_value");
    link.rationale = plain_text_of_markdown(said(object, "comments"));
    if (!category.empty())
      link.rationale = fmt::format("{} ({}){}{}", category, value, link.rationale.empty() ? "" : ": ", link.rationale);
    link.rationale = shortened(link.rationale, longest_reason);
    link.by = voice_;
    link.on = on_;
    link.source = source_;
    link.where = in_.at(object);
    const std::string key = link.from + "\n" + link.to;
    const auto place = places_.find(key);
    if (place == places_.end()) {
      places_.emplace(key, links_.size());
      links_.emplace_back(key, std::move(link));
      return;
    }
    // Protects and detects: two scores of one pair.
    Link& known = links_[place->second].second;
    if (!link.rationale.empty() && known.rationale.find(link.rationale) == std::string::npos)
      known.rationale =
          known.rationale.empty() ? link.rationale : shortened(known.rationale + " · " + link.rationale, 2 * longest_reason);
  }

  /// The node that a name means: of the map or of this input.
  const Node* meant(const std::string& name) const {
    if (const Node* own = in_.node(name)) return own;
    const auto found = named_.find(identity_of(name));
    return found == named_.end() ? nullptr : found->second;
  }

  /// The requirement or capability; one that the map lacks comes onto it.
  std::string counter_of(const Json& object, const std::string& capability) {
    const std::string own = fmt::format("{} {}", framework_, capability);
    for (const std::string& name : {own, capability, without_zeros(capability)}) {
      const Node* node = meant(name);
      if (node != nullptr && (node->kind == Kind::requirement || node->kind == Kind::capability)) return node->id;
    }
    Node node;
    node.id = own;
    node.kind = Kind::capability;
    node.title = said(object, "capability_description");
    if (node.title.empty()) node.title = capability;
    node.aliases = {capability};
    put(object, std::move(node), capability);
    return own;
  }

  std::string threat_of(const Json& object, const std::string& technique) {
    const Node* known = meant(technique);
    if (known != nullptr && known->kind == Kind::threat) return known->id;
    if (known != nullptr) {
      in_.error(object, fmt::format("\"{}\" is on the map as a {}, not as a threat; skipped", technique, name_of(known->kind)));
      return {};
    }
    Node node;
    node.id = technique;
    node.kind = Kind::threat;
    node.title = said(object, "attack_object_name");
    if (node.title.empty()) node.title = technique;
    put(object, std::move(node), technique);
    return technique;
  }

  void put(const Json& object, Node node, const std::string& id) {
    node.source = source_;
    node.where = in_.at(object);
    node.attributes.emplace_back("ctid_id", id);
    if (const std::string group = said(object, "capability_group"); node.kind == Kind::capability && !group.empty())
      node.attributes.emplace_back("group", group);
    in_.add(std::move(node));
  }

  Records in_;
  std::unordered_map<std::string, const Node*> named_;  ///< Of the map, by the identity of identifier and alias.
  std::string framework_;
  std::string voice_;
  std::optional<Date> on_;
  Source source_;
  std::vector<std::pair<std::string, Link>> links_;  ///< By both ends.
  std::unordered_map<std::string, std::size_t> places_;
  std::map<std::string, std::size_t> left_aside_;  ///< How many, by type.
};

}  // namespace

extern const Importer mappings_explorer_importer{
    .name = "mappings-explorer",
    .help = "JSON of MITRE's Mappings Explorer: what the capabilities of a framework do against ATT&CK's techniques",
    .extension = ".json",
    .read = [](std::span<const Input> inputs) { return MappingsReader(nullptr).run(inputs); },
    .read_onto = [](std::span<const Input> inputs, const Map& map) { return MappingsReader(&map).run(inputs); },
    .members = "mapping_objects",
    .rules =
        "A capability that mitigates, protects, detects or responds counters the technique; scores and comments become the "
        "rationale. Other types (what a flaw lets an attacker do, what is related, what cannot be mapped) are counted and left "
        "aside.\n"
        "Capabilities and techniques that are on the map are found by identifier or alias, AC-02(01) as AC-2(1); others come "
        "onto "
        "it.\n"
        "The file holds all of its source: what an earlier one said and this one does not is gone, and told.",
};

}  // namespace lacuna
