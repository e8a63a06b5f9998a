#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "base/text.hpp"
#include "import/foreign_json.hpp"

namespace lacuna {
namespace {

using json::Json;

/// STIX 2.1 bundles as MITRE publishes them. Attack patterns become threats, courses of action capabilities that counter them;
/// tactics become topics inside their matrix, else inside the collection. All inputs are one: links may cross files.
class StixReader {
 public:
  Imported run(std::span<const Input> inputs) {
    std::deque<Json> documents;
    for (const Input& input : inputs) {
      auto document = in_.open(input, "a STIX bundle");
      if (document) collect(documents.emplace_back(std::move(*document)));
    }
    find_source();
    for (const Object& object : objects_) read_object(object);
    for (const Object& object : objects_) {
      in_.enter(object.file);
      if (object.type == "x-mitre-matrix" || object.type == "x-mitre-collection") link_tactics(object);
      if (object.type == "attack-pattern") link_phases(object);
      if (object.type == "relationship") read_relationship(*object.json);
    }
    for (const LeftAside& left : left_aside_) {
      in_.say(Severity::warning, left.first,
              fmt::format("{}{} {} no place on a map; left aside", count_of(left.count, left.noun), left.which,
                          left.count == 1 ? "has" : "have"));
    }
    return in_.finish();
  }

 private:
  struct Object {
    const Json* json;
    std::uint32_t file;
    std::string type;
    std::string id;
  };

  struct LeftAside {
    std::string noun;
    std::string which;
    Where first;
    std::size_t count = 0;
  };

  void collect(const Json& bundle) {
    const Json* type = member(bundle, "type");
    const Json* list = member(bundle, "objects");
    if (type == nullptr || type->text != "bundle" || list == nullptr || list->type != Json::Type::array) {
      return in_.refuse(bundle, "no STIX bundle; it must hold \"type\": \"bundle\" and a list \"objects\"");
    }
    for (const Json* json : in_.objects(bundle, "objects")) {
      auto object_type = in_.needed(*json, "object", "type");
      auto id = object_type ? in_.needed(*json, "object", "id") : std::nullopt;
      if (!id) continue;
      // Nothing points to a relationship, and real bundles use its id again.
      const auto [first, fresh] =
          *object_type == "relationship" ? std::pair(index_.end(), true) : index_.emplace(*id, objects_.size());
      if (fresh) {
        objects_.push_back({json, in_.file(), std::move(*object_type), std::move(*id)});
      } else {
        const Object& other = objects_[first->second];
        in_.error(*json, fmt::format("the object \"{}\" stands twice, first at {}; skipped", shortened(*id, 80),
                                     in_.place({other.file, other.json->line})));
      }
    }
  }

  bool has(std::string_view type) const { return std::ranges::find(objects_, type, &Object::type) != objects_.end(); }

  /// Who says so: the collection, else the matrix, else nobody in particular. The address may be the other's.
  void find_source() {
    for (const std::string_view type : {"x-mitre-collection", "x-mitre-matrix"}) {
      for (const Object& object : objects_) {
        if (object.type != type) continue;
        in_.enter(object.file);
        if (const Json* name = member(*object.json, "name"); source_.name.empty() && name != nullptr)
          source_.name = source_name(name->text);
        if (source_.address.empty()) source_.address = source_name(reference(*object.json).address);
      }
    }
    if (source_.name.empty()) source_.name = "STIX bundle";
    in_.map.info.title = source_.name;
    topics_of_ = has("x-mitre-tactic") ? (has("x-mitre-matrix") ? "x-mitre-matrix" : "x-mitre-collection") : "";
  }

  struct Reference {
    std::string id;
    std::string address;
    std::string source;
  };

  /// The first external reference that gives the object an identifier. Quiet: faults are told where the object becomes a node.
  static Reference reference(const Json& object) {
    const auto text_of = [](const Json& in, std::string_view name) {
      const Json* found = member(in, name);
      return found == nullptr ? std::string() : found->text;
    };
    const Json* list = member(object, "external_references");
    if (list == nullptr || list->type != Json::Type::array) return {};
    for (const Json& item : list->items) {
      if (std::string id = text_of(item, "external_id"); !id.empty())
        return {std::move(id), text_of(item, "url"), text_of(item, "source_name")};
    }
    return {};
  }

  void read_object(const Object& object) {
    in_.enter(object.file);
    if (object.type == "attack-pattern") {
      add_node(object, Kind::threat);
    } else if (object.type == "course-of-action") {
      add_node(object, Kind::capability);
    } else if (object.type == "x-mitre-tactic" || object.type == topics_of_) {
      add_node(object, Kind::topic);
    } else if (object.type != "relationship" && object.type != "x-mitre-matrix" && object.type != "x-mitre-collection") {
      leave_aside(*object.json, "object", fmt::format(" of type \"{}\"", shortened(object.type, 60)));
    }
  }

  void add_node(const Object& object, Kind kind) {
    const Json& json = *object.json;
    const auto name = in_.needed(json, object.type, "name");
    if (!name) return;
    for (const Json* item : in_.objects(json, "external_references")) {
      for (const std::string_view part : {"external_id", "source_name", "url"}) in_.text(*item, part);
    }
    const Reference known_as = reference(json);
    Node node;
    node.id = id_of(object, known_as.id, *name);
    node.kind = kind;
    node.title = *name;
    node.text = plain_text_of_markdown(in_.text(json, "description"));
    node.address = known_as.address;
    node.source = source_;
    node.where = in_.at(json);
    // A matrix is often written anew; a branch of the taxonomy holds on every day.
    const auto created = in_.day(json, "created");
    if (created && kind != Kind::topic) node.dates.push_back({"since", *created});
    const auto modified = in_.day(json, "modified");
    const bool revoked = in_.flag(json, "revoked");
    const bool deprecated = in_.flag(json, "x_mitre_deprecated");
    if ((revoked || deprecated) && modified) node.dates.push_back({"until", *modified});
    Value attributes = Value::object();
    if (node.id != object.id) attributes.set("stix_id", object.id);
    if (revoked) attributes.set("revoked", true);
    if (deprecated) attributes.set("deprecated", true);
    read_attributes(json, attributes);
    node.attributes = *attributes.if_object();
    if (object.type == "x-mitre-tactic") {
      const std::string phase = in_.text(json, "x_mitre_shortname");
      if (!phase.empty()) tactics_[phase].push_back({object.file, known_as.source, node.id});
    }
    node_ids_.emplace(object.id, node.id);
    in_.add(std::move(node));
  }

  /// The external id; the name of a collection, which has none; the STIX id where that is taken, or there is nothing else.
  std::string id_of(const Object& object, const std::string& external, const std::string& name) {
    const std::string& wanted = external.empty() && object.type == "x-mitre-collection" ? name : external;
    if (wanted.empty()) return object.id;
    const Node* other = in_.node(wanted);
    if (other == nullptr) return wanted;
    in_.warning(*object.json, fmt::format("\"{}\" is the id of another object, too, first at {}; this one keeps its STIX id",
                                          shortened(wanted, 80), in_.place(other->where)));
    return object.id;
  }

  /// MITRE's own members: short values and lists of them.
  static void read_attributes(const Json& object, Value& attributes) {
    constexpr std::string_view prefix = "x_mitre_";
    constexpr std::size_t longest = 200;
    const auto is_short = [&](const Json& v) {
      return v.type != Json::Type::null && v.type != Json::Type::object && v.type != Json::Type::array &&
             v.text.size() <= longest;
    };
    for (std::size_t i = 0; i < object.items.size(); ++i) {
      const std::string_view name = object.names[i];
      const Json& v = object.items[i];
      if (!name.starts_with(prefix) || name.ends_with("_ref") || name == "x_mitre_deprecated" ||
          name == "x_mitre_attack_spec_version")
        continue;
      const bool list = v.type == Json::Type::array && !v.items.empty() && std::ranges::all_of(v.items, is_short);
      if (list || is_short(v)) attributes.set(name.substr(prefix.size()), json::to_value(v));
    }
  }

  /// Tactics are part of the matrix that lists them, or of the collection of their file.
  void link_tactics(const Object& object) {
    const auto whole = node_ids_.find(object.id);
    if (whole == node_ids_.end()) return;
    if (object.type == "x-mitre-collection") {
      for (const Object& tactic : objects_) {
        const auto part = node_ids_.find(tactic.id);
        if (tactic.type != "x-mitre-tactic" || tactic.file != object.file || part == node_ids_.end()) continue;
        add_link(*tactic.json, part->second, Relation::part_of, whole->second, {});
      }
      return;
    }
    for (const Json* ref : in_.texts(*object.json, "tactic_refs")) {
      const Object* tactic = find(ref->text);
      if (tactic == nullptr || tactic->type != "x-mitre-tactic") {
        in_.error(*ref, fmt::format("\"tactic_refs\" names \"{}\", which is no tactic of the bundle; skipped",
                                    shortened(ref->text, 80)));
      } else if (const auto part = node_ids_.find(tactic->id); part != node_ids_.end()) {
        add_link(*ref, part->second, Relation::part_of, whole->second, {});
      }
    }
  }

  struct Tactic {
    std::uint32_t file;
    std::string source;
    std::string node;
  };

  /// Domains use the same short names: the tactic of the same file and kill chain is meant, as far as there is one.
  const Tactic* tactic_of(const std::string& phase, const std::string& chain) const {
    const auto found = tactics_.find(phase);
    if (found == tactics_.end()) return nullptr;
    const auto nearness = [&](const Tactic& tactic) { return 2 * int{tactic.file == in_.file()} + int{tactic.source == chain}; };
    return &*std::ranges::max_element(found->second, {}, nearness);
  }

  void link_phases(const Object& object) {
    const auto threat = node_ids_.find(object.id);
    if (threat == node_ids_.end()) return;
    Value phases = Value::array();
    for (const Json* item : in_.objects(*object.json, "kill_chain_phases")) {
      const std::string chain = in_.text(*item, "kill_chain_name");
      const auto phase = in_.needed(*item, "kill chain phase", "phase_name");
      if (!phase) continue;
      if (const Tactic* tactic = tactic_of(*phase, chain)) {
        add_link(*item, threat->second, Relation::part_of, tactic->node, {});
      } else {
        phases.push(chain.empty() ? *phase : chain + ": " + *phase);
        if (!tactics_.empty()) {
          in_.warning(*item, fmt::format("no tactic has the short name \"{}\"; kept as an attribute", shortened(*phase, 60)));
        }
      }
    }
    if (phases.size() > 0) in_.change(threat->second).attributes.emplace_back("phases", std::move(phases));
  }

  void read_relationship(const Json& json) {
    const auto type = in_.needed(json, "relationship", "relationship_type");
    const auto from = type ? in_.needed(json, "relationship", "source_ref") : std::nullopt;
    const auto to = from ? in_.needed(json, "relationship", "target_ref") : std::nullopt;
    if (!to) return;
    if (in_.flag(json, "revoked")) return leave_aside(json, "revoked relationship", "");
    const std::string which = fmt::format(" of type \"{}\"", shortened(*type, 60));
    if (*type != "mitigates" && *type != "subtechnique-of") return leave_aside(json, "relationship", which);
    const Object* source = end_of(json, "source_ref", *from);
    const Object* target = end_of(json, "target_ref", *to);
    if (source == nullptr || target == nullptr) return;
    if (source == target) return in_.error(json, fmt::format("\"{}\" is linked to itself; skipped", shortened(*from, 80)));
    const bool mitigates = *type == "mitigates";
    if (source->type != (mitigates ? "course-of-action" : "attack-pattern") || target->type != "attack-pattern") {
      return leave_aside(json, "relationship", which + " between other objects");
    }
    // An object that could not be read was told where it stands.
    const auto from_node = node_ids_.find(*from);
    const auto to_node = node_ids_.find(*to);
    if (from_node == node_ids_.end() || to_node == node_ids_.end()) return;
    const Relation relation = mitigates ? Relation::counters : Relation::part_of;
    const std::string why = plain_text_of_markdown(in_.text(json, "description"));
    Link* before = add_link(json, from_node->second, relation, to_node->second, why);
    // A second relationship of the same two gives another reason; a few are enough.
    constexpr std::size_t enough = 2000;
    if (before == nullptr || before->rationale.size() > enough || before->rationale.find(why) != std::string::npos) return;
    before->rationale += (before->rationale.empty() ? "" : " ") + why;
  }

  const Object* find(const std::string& id) const {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &objects_[found->second];
  }

  const Object* end_of(const Json& json, std::string_view role, const std::string& id) {
    const Object* object = find(id);
    if (object == nullptr)
      in_.error(json, fmt::format("\"{}\" names \"{}\", which is no object of the bundle; skipped", role, shortened(id, 80)));
    return object;
  }

  Link* add_link(const Json& json, const std::string& from, Relation relation, const std::string& to, std::string rationale) {
    Link link;
    link.from = from;
    link.relation = relation;
    link.to = to;
    link.rationale = std::move(rationale);
    link.by = source_.name;
    link.source = source_;
    link.where = in_.at(json);
    return in_.add(std::move(link));
  }

  void leave_aside(const Json& json, std::string noun, std::string which) {
    const auto [place, fresh] = left_aside_index_.emplace(noun + which, left_aside_.size());
    if (fresh) left_aside_.push_back({std::move(noun), std::move(which), in_.at(json)});
    ++left_aside_[place->second].count;
  }

  Records in_;
  std::vector<Object> objects_;
  std::unordered_map<std::string, std::size_t> index_;            ///< Into objects_, by STIX id.
  std::unordered_map<std::string, std::string> node_ids_;         ///< Of the objects that became nodes, by STIX id.
  std::unordered_map<std::string, std::vector<Tactic>> tactics_;  ///< By short name.
  std::string_view topics_of_;                                    ///< The type of object that tactics are part of.
  std::vector<LeftAside> left_aside_;
  std::unordered_map<std::string, std::size_t> left_aside_index_;
  Source source_;
};

}  // namespace

/// Threats, capabilities that counter them, topics. Identifiers are the external ones ("AML.T0000").
extern const Importer stix_importer{
    .name = "stix",
    .help = "STIX 2.1 bundles: attack patterns, courses of action that mitigate them, tactics",
    .extension = ".json",
    .read = [](std::span<const Input> inputs) { return StixReader().run(inputs); },
    .members = "objects spec_version",
};

}  // namespace lacuna
