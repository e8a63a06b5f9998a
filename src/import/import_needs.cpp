// needs.json of Sphinx-Needs: its needs become nodes, its links what their ends allow.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "import/foreign_json.hpp"

namespace lacuna {
namespace {

using json::Json;

/// Attribute of what a needs.json brought: its identifier there.
constexpr std::string_view needs_mark = "needs_id";

/// What Sphinx-Needs notes of a need for itself.
constexpr std::string_view own_notes[] = {"id",
                                          "identifier",
                                          "type",
                                          "title",
                                          "content",
                                          "description",
                                          "status",
                                          "tags",
                                          "url",
                                          "covers_degree",
                                          "arch",
                                          "avatar",
                                          "closed_at",
                                          "collapse",
                                          "completion",
                                          "constraints",
                                          "constraints_error",
                                          "constraints_passed",
                                          "constraints_results",
                                          "created_at",
                                          "delete",
                                          "docname",
                                          "doctype",
                                          "duration",
                                          "external_css",
                                          "external_url",
                                          "full_title",
                                          "has_dead_links",
                                          "has_forbidden_dead_links",
                                          "hidden",
                                          "hide",
                                          "id_complete",
                                          "id_parent",
                                          "id_prefix",
                                          "is_external",
                                          "is_import",
                                          "is_modified",
                                          "is_need",
                                          "is_part",
                                          "jinja_content",
                                          "layout",
                                          "lineno",
                                          "lineno_content",
                                          "max_amount",
                                          "max_content_lines",
                                          "modifications",
                                          "params",
                                          "parent_need",
                                          "parts",
                                          "post_template",
                                          "pre_template",
                                          "prefix",
                                          "query",
                                          "section_name",
                                          "sections",
                                          "service",
                                          "signature",
                                          "specific",
                                          "style",
                                          "target_id",
                                          "template",
                                          "type_color",
                                          "type_name",
                                          "type_prefix",
                                          "type_style",
                                          "updated_at",
                                          "url_postfix",
                                          "user"};

class NeedsReader {
 public:
  explicit NeedsReader(const Map* map) {
    if (map == nullptr) return;
    for (const Node& node : map->nodes) on_map_.emplace(identity_of(node.id), &node);
    for (const Link& link : map->links) linked_.insert(pair_text(link));
  }

  Imported run(std::span<const Input> inputs) {
    MergeRules rules;
    for (const Input& input : inputs) {
      const auto document = in_.open(input, "a needs.json");
      if (document) read(*document, rules);
    }
    Imported imported = in_.finish();
    imported.onto = std::move(rules);
    return imported;
  }

 private:
  struct Need {
    const Json* json = nullptr;
    std::string id;  ///< On the map.
    Kind kind = Kind::requirement;
  };

  void read(const Json& document, MergeRules& rules) {
    const Json* versions = in_.object(document, "versions");
    if (versions == nullptr || versions->items.empty())
      return in_.refuse(document, "a needs.json holds its needs under \"versions\"; this one has none");
    const std::string current = in_.text(document, "current_version");
    const auto found = std::ranges::find(versions->names, current);
    const std::size_t at =
        found == versions->names.end() ? versions->names.size() - 1 : static_cast<std::size_t>(found - versions->names.begin());
    const Json& version = versions->items[at];
    const Json* needs = version.type == Json::Type::object ? in_.object(version, "needs") : nullptr;
    if (needs == nullptr)
      return in_.refuse(version, fmt::format("the version \"{}\" has no \"needs\"", shortened(versions->names[at], 40)));
    const std::string project = in_.text(document, "project");
    source_ = {source_name(project.empty() ? "needs.json" : project), "", std::nullopt};
    const std::string created = in_.text(version, "created");
    source_.seen = Date::parse(std::string_view(created).substr(0, 10));
    if (in_.map.info.title.empty() && !project.empty()) {
      in_.map.info.title = project;
      in_.map.info.where = in_.at(document);
    }
    needs_.clear();
    order_.clear();
    own_ = false;
    for (std::size_t i = 0; i < needs->items.size(); ++i) add_need(needs->names[i], needs->items[i]);
    for (const std::string& id : order_) add_links(needs_.at(id));
    tell(*needs);
    if (!own_ && !needs_.empty()) rules.whole.push_back({source_.name, std::string(needs_mark), {}, source_.seen});
  }

  /// The kind of a type, as projects name their types; nothing for what answers a need.
  static std::optional<Kind> kind_of(std::string type) {
    std::ranges::replace(type, '_', '-');
    type = lower(type);
    if (const auto kind = parse<Kind>(type)) return kind;
    const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
    if (has("test") || has("impl") || has("code")) return std::nullopt;
    if (has("req") || has("spec") || type == "need") return Kind::requirement;
    if (has("story") || has("usecase") || type == "uc") return Kind::use_case;
    if (has("threat") || has("risk") || has("attack") || has("hazard")) return Kind::threat;
    if (has("feat") || has("capab") || type == "cap") return Kind::capability;
    if (has("term") || has("definition")) return Kind::term;
    return Kind::requirement;
  }

  void add_need(const std::string& key, const Json& json) {
    if (json.type != Json::Type::object) return in_.error(json, "a need must be an object; skipped");
    const std::string type = in_.text(json, "type");
    const auto kind = kind_of(type);
    if (!kind) {
      ++left_aside_[type];
      return;
    }
    const std::string identifier = in_.text(json, "identifier");
    own_ = own_ || !identifier.empty();
    // What export wrote of a node says a part of it: the rest stays.
    const auto on_map = identifier.empty() ? on_map_.end() : on_map_.find(identity_of(identifier));
    const bool known = on_map != on_map_.end() && on_map->second->kind == *kind;
    Node node = known ? *on_map->second : Node();
    if (!known) node.id = identifier.empty() ? key : identifier;
    node.kind = *kind;
    node.title = in_.text(json, "title");
    if (node.title.empty()) node.title = node.id;
    node.text = in_.text(json, member(json, "content") != nullptr ? "content" : "description");
    node.address = in_.text(json, "url");
    const std::string status = in_.text(json, "status");
    if (node.kind == Kind::deliverable && !known) node.state = parse<State>(lower(status));
    if (!known) node.source = source_;
    node.where = in_.at(json);
    if (identifier.empty()) {
      Value attributes = Value::object();
      attributes.set(needs_mark, key);
      if (!parse<Kind>(lower(type))) attributes.set("type", type);
      if (!status.empty() && !node.state) attributes.set("status", status);
      if (const Json* tags = member(json, "tags"); tags != nullptr && !tags->items.empty())
        attributes.set("tags", json::to_value(*tags));
      for (std::size_t i = 0; i < json.items.size(); ++i) {
        const bool said = json.items[i].type == Json::Type::text && !json.items[i].text.empty();
        if (said && std::ranges::find(own_notes, json.names[i]) == std::end(own_notes))
          attributes.set(json.names[i], json.items[i].text);
      }
      node.attributes = *attributes.if_object();
    }
    if (in_.node(node.id) != nullptr)
      return in_.error(json, fmt::format("\"{}\" stands twice, first at {}; skipped", shortened(node.id, 60),
                                         in_.place(in_.node(node.id)->where)));
    needs_.emplace(key, Need{&json, node.id, node.kind});
    order_.push_back(key);
    in_.add(std::move(node));
  }

  /// Whom a link names: a need of the file, or a node of the map.
  std::optional<std::pair<std::string, Kind>> end_of(const std::string& name) const {
    // A part of a need, "REQ_1.2", means the need.
    for (const std::string& id : {name, name.substr(0, name.rfind('.'))}) {
      if (const auto need = needs_.find(id); need != needs_.end()) return std::pair(need->second.id, need->second.kind);
      if (const auto node = on_map_.find(identity_of(id)); node != on_map_.end())
        return std::pair(node->second->id, node->second->kind);
    }
    return std::nullopt;
  }

  /// What a link without a relation of ours may say, by its ends.
  static std::optional<Relation> relation_between(Kind from, Kind to) {
    using enum Relation;
    for (const Relation relation : {part_of, needs, counters, faces, maps_to, mentions}) {
      if (is_allowed(from, relation, to)) return relation;
    }
    return std::nullopt;
  }

  void add_links(const Need& need) {
    const Json& json = *need.json;
    for (std::size_t m = 0; m < json.items.size(); ++m) {
      const std::string& name = json.names[m];
      const Json& list = json.items[m];
      const bool links =
          list.type == Json::Type::array && !name.ends_with("_back") && std::ranges::find(own_notes, name) == std::end(own_notes);
      if (!links) continue;
      const auto named = parse<Relation>(hyphened(name));
      const Json* degrees = named == Relation::covers ? member(json, "covers_degree") : nullptr;
      for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (list.items[i].type != Json::Type::text) continue;
        const std::string& target = list.items[i].text;
        const auto end = end_of(target);
        if (end && end->first == need.id) continue;
        if (!end) {
          ++dead_;
          if (first_dead_.empty()) first_dead_ = fmt::format("{} {} {}", need.id, name, shortened(target, 60));
          continue;
        }
        Link link;
        link.from = need.id;
        link.to = end->first;
        link.source = source_;
        link.where = in_.at(list.items[i]);
        std::optional<Relation> relation = named;
        if (relation == Relation::covers) {
          if (degrees != nullptr && i < degrees->items.size()) link.degree = parse<Degree>(degrees->items[i].text);
          if (!link.degree) relation = Relation::mentions;
        }
        if (!relation) relation = relation_between(need.kind, end->second);
        if (!relation || !is_allowed(need.kind, *relation, end->second)) {
          ++without_relation_;
          continue;
        }
        link.relation = *relation;
        // Who said it, a needs.json of ours has no place for.
        if (own_ && linked_.contains(pair_text(link))) continue;
        if (is_acyclic(link.relation) && leads_back(link)) {
          in_.warning(list.items[i], fmt::format("{} {} {} closes a circle; the link was left aside", link.from,
                                                 name_of(link.relation), link.to));
          continue;
        }
        if (is_acyclic(link.relation)) up_[key_of(link.relation, link.from)].push_back(link.to);
        in_.add(std::move(link));
      }
    }
  }

  static std::string pair_text(const Link& link) {
    return fmt::format("{}\n{}\n{}", identity_of(link.from), name_of(link.relation), identity_of(link.to));
  }
  static std::string hyphened(std::string name) {
    std::ranges::replace(name, '_', '-');
    return name;
  }
  static std::string key_of(Relation relation, const std::string& id) { return fmt::format("{}\n{}", name_of(relation), id); }

  /// True when the end of the link leads to its beginning already.
  bool leads_back(const Link& link) const {
    std::vector<std::string> next{link.to};
    std::unordered_set<std::string> seen;
    while (!next.empty()) {
      const std::string id = std::move(next.back());
      next.pop_back();
      if (id == link.from) return true;
      if (!seen.insert(id).second) continue;
      if (const auto up = up_.find(key_of(link.relation, id)); up != up_.end())
        next.insert(next.end(), up->second.begin(), up->second.end());
    }
    return false;
  }

  void tell(const Json& needs) {
    if (!left_aside_.empty()) {
      std::size_t n = 0;
      std::vector<std::string> types;
      for (const auto& [type, count] : left_aside_) {
        n += count;
        types.push_back(type);
      }
      in_.warning(needs, fmt::format("{} of the {} {} left aside: they answer needs and are none", count_of(n, "need"),
                                     types.size() == 1 ? "type" : "types", join(types, ", ")));
    }
    if (dead_ > 0)
      in_.warning(needs, fmt::format("{} to what is neither in the file nor on the map left aside, the first: {}",
                                     count_of(dead_, "link"), first_dead_));
    if (without_relation_ > 0)
      in_.warning(needs, fmt::format("{} between kinds that no relation joins left aside", count_of(without_relation_, "link")));
    left_aside_.clear();
    dead_ = without_relation_ = 0;
    first_dead_.clear();
  }

  Records in_;
  std::unordered_map<std::string, const Node*> on_map_;  ///< By the identity of the identifier.
  std::unordered_set<std::string> linked_;               ///< Its links, by both ends and relation.
  Source source_;
  bool own_ = false;                             ///< Export wrote it.
  std::unordered_map<std::string, Need> needs_;  ///< By identifier in the file.
  std::vector<std::string> order_;
  std::unordered_map<std::string, std::vector<std::string>> up_;
  std::map<std::string, std::size_t> left_aside_;  ///< How many, by type.
  std::size_t dead_ = 0;
  std::string first_dead_;
  std::size_t without_relation_ = 0;
};

}  // namespace

extern const Importer needs_importer{
    .name = "needs-json",
    .help = "needs.json of Sphinx-Needs",
    .extension = ".json",
    .read = [](std::span<const Input> inputs) { return NeedsReader(nullptr).run(inputs); },
    .read_onto = [](std::span<const Input> inputs, const Map& map) { return NeedsReader(&map).run(inputs); },
    .members = "versions current_version",
    .rules =
        "Of several versions, the current one is read. Types are taken by their names (req, spec, story, threat, feat, term); "
        "those "
        "of tests and code are left aside and counted, others become requirements that keep their type.\n"
        "A list of links is the relation of its name, where it has one of ours; else what its ends allow: an item is part of one "
        "of "
        "its kind, a use case needs a requirement, a requirement counters a threat. Links that lead nowhere are counted.\n"
        "The file holds all of its project: what an earlier one brought and this one does not is gone, and told.",
};

}  // namespace lacuna
