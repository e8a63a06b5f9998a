#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "base/text.hpp"
#include "import/foreign_json.hpp"

namespace lacuna {
namespace {

using json::Json;

/// STIX 2.0 and 2.1 bundles as MITRE publishes them. Attack patterns become threats, courses of action capabilities that counter
/// them; tactics become topics inside their matrix, else inside the collection. Links may cross files.
class StixReader {
 public:
  Imported run(std::span<const Input> inputs) {
    std::deque<Json> documents;
    for (const Input& input : inputs) {
      auto document = in_.open(input, "a STIX bundle");
      if (document) collect(documents.emplace_back(std::move(*document)));
    }
    find_sources();
    for (const Object& object : objects_) read_object(object);
    for (const Object& object : objects_) {
      in_.enter(object.file);
      if (object.type == "x-mitre-matrix" || object.type == "x-mitre-collection") link_tactics(object);
      if (object.type == "attack-pattern") link_phases(object);
      if (object.type == "attack-pattern") link_parents(object);
      if (object.type == "relationship") read_relationship(*object.json);
    }
    for (const auto& [threat, cases] : seen_in_) in_.change(threat).attributes.emplace_back("seen_in", join(cases, "; "));
    for (const LeftAside& left : left_aside_) {
      const bool one = left.count == 1;
      in_.say(Severity::warning, left.first,
              left.ended ? fmt::format("{}{} {}: left aside, but for days before {} ended", count_of(left.count, left.noun),
                                       left.which, one ? "has ended" : "have ended", one ? "it" : "they")
                         : fmt::format("{}{} {} no place on a map; left aside", count_of(left.count, left.noun), left.which,
                                       one ? "has" : "have"));
    }
    Imported imported = in_.finish();
    for (const Bundle& bundle : bundles_) {
      const bool known =
          std::ranges::find(imported.onto.whole, bundle.source.name, &WholeSource::name) != imported.onto.whole.end();
      if (bundle.named && !known) imported.onto.whole.push_back({bundle.source.name, "stix_id", {}, bundle.newest});
    }
    return imported;
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
    bool ended = false;  ///< Stays for the days before it ended.
  };

  /// What one file says of itself.
  struct Bundle {
    Source source;
    bool named = false;          ///< Something in it says whose it is.
    std::optional<Date> newest;  ///< When anything in it was changed last.
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
      } else if (const auto order = modified(*json) <=> modified(*objects_[first->second].json); order != 0) {
        // Several versions of one object: the last one stands.
        Object& kept = objects_[first->second];
        if (order > 0) kept = {json, in_.file(), std::move(*object_type), std::move(*id)};
      } else if (objects_[first->second].file != in_.file()) {
        // Domains of one framework share objects.
      } else {
        const Object& other = objects_[first->second];
        in_.error(*json, fmt::format("the object \"{}\" stands twice, first at {}; skipped", shortened(*id, 80),
                                     in_.place({other.file, other.json->line})));
      }
    }
  }

  /// When an object was changed last, as it is written: RFC 3339 sorts by its letters. Quiet.
  static std::string_view modified(const Json& object) {
    const Json* found = member(object, "modified");
    return found == nullptr ? std::string_view() : std::string_view(found->text);
  }

  bool has(std::string_view type) const { return std::ranges::find(objects_, type, &Object::type) != objects_.end(); }

  /// Who says so in each file: its collection, else its matrix, else whose identifiers its attack patterns carry, else what
  /// another file says. The address may be another object's.
  void find_sources() {
    bundles_.resize(in_.map.files.size());
    const auto name = [&](const Object& object, std::string&& text, bool address) {
      Source& source = bundles_[object.file].source;
      if (source.name.empty()) source.name = source_name(text);
      if (address && source.address.empty()) source.address = source_name(reference(*object.json).address);
    };
    for (const std::string_view type : {"x-mitre-collection", "x-mitre-matrix", "attack-pattern"}) {
      for (const Object& object : objects_) {
        if (object.type != type || (type == "x-mitre-matrix" && is_over(object))) continue;
        const Json* title = member(*object.json, "name");
        if (type == "attack-pattern") {
          name(object, reference(*object.json).source, false);
        } else if (title != nullptr) {
          name(object, std::string(title->text), true);
        }
      }
    }
    std::string first = "STIX bundle";
    for (Bundle& bundle : bundles_) {
      bundle.named = !bundle.source.name.empty();
      if (bundle.named && first == "STIX bundle") first = bundle.source.name;
    }
    for (Bundle& bundle : bundles_) {
      if (!bundle.named) bundle.source.name = first;
    }
    for (const Object& object : objects_) {
      const std::string_view text = modified(*object.json);
      const auto day = Date::parse(text.substr(0, text.find('T')));
      std::optional<Date>& newest = bundles_[object.file].newest;
      if (day && (!newest || newest->last_day() < day->last_day())) newest = day;
    }
    in_.map.info.title = first;
    topics_of_ = has("x-mitre-tactic") ? (has("x-mitre-matrix") ? "x-mitre-matrix" : "x-mitre-collection") : "";
  }

  [[nodiscard]] const Source& source() const { return bundles_[in_.file()].source; }

  /// True for what has been revoked or deprecated; CAPEC says so by its status. Quiet: faults are told where it is read.
  static bool is_over(const Object& object) {
    const auto flag = [&](std::string_view name) {
      const Json* found = member(*object.json, name);
      return found != nullptr && found->boolean;
    };
    return flag("revoked") || is_deprecated(*object.json);
  }

  static bool is_deprecated(const Json& json) {
    const Json* deprecated = member(json, "x_mitre_deprecated");
    const Json* status = member(json, "x_capec_status");
    return (deprecated != nullptr && deprecated->boolean) ||
           (status != nullptr && (status->text == "Deprecated" || status->text == "Obsolete"));
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
    } else if (object.type != "relationship" && object.type != "x-mitre-matrix" && object.type != "x-mitre-collection" &&
               object.type != "intrusion-set" && object.type != "campaign") {  // These stand on the threats that they used.
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
    node.text = plain_text_of_markdown(in_.text(json, "description"));
    // CAPEC numbers its mitigations, and names them nowhere.
    const bool numbered = kind == Kind::capability && name->starts_with("coa-") && name->find(' ') == std::string::npos;
    const bool revoked = in_.flag(json, "revoked");
    in_.flag(json, "x_mitre_deprecated");
    const bool deprecated = is_deprecated(json);
    const auto modified = in_.day(json, "modified");
    if ((revoked || deprecated) && !modified) {
      // Nobody says when it ended.
      return leave_aside(json, revoked ? "revoked object" : "deprecated object", "");
    }
    node.id = id_of(object, known_as.id.empty() && numbered ? *name : known_as.id, *name);
    node.kind = kind;
    node.title = numbered && !node.text.empty() ? shortened(node.text.substr(0, node.text.find('\n')), 120) : *name;
    node.address = known_as.address;
    node.source = source();
    node.where = in_.at(json);
    // A matrix is often written anew; a branch of the taxonomy holds on every day.
    const auto created = in_.day(json, "created");
    if (created && kind != Kind::topic) node.dates.push_back({"since", *created});
    if (revoked || deprecated) {
      node.dates.push_back({"until", *modified});
      leave_aside(json, revoked ? "revoked object" : "deprecated object", fmt::format(" of type \"{}\"", object.type), true);
    }
    Value attributes = Value::object();
    attributes.set("stix_id", object.id);
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
    static constexpr std::string_view prefixes[] = {"x_mitre_", "x_capec_"};
    constexpr std::size_t longest = 200;
    const auto is_short = [&](const Json& v) {
      return v.type != Json::Type::null && v.type != Json::Type::object && v.type != Json::Type::array &&
             v.text.size() <= longest;
    };
    for (std::size_t i = 0; i < object.items.size(); ++i) {
      const std::string_view name = object.names[i];
      const Json& v = object.items[i];
      const auto* const prefix = std::ranges::find_if(prefixes, [&](std::string_view p) { return name.starts_with(p); });
      if (prefix == std::end(prefixes) || name.ends_with("_ref") || name.ends_with("_refs") || name == "x_mitre_deprecated" ||
          name == "x_mitre_attack_spec_version")
        continue;
      const bool list = v.type == Json::Type::array && !v.items.empty() && std::ranges::all_of(v.items, is_short);
      if (list || is_short(v)) attributes.set(name.substr(prefix->size()), json::to_value(v));
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

  /// CAPEC's hierarchy: what a pattern is a child of, and what it is the parent of.
  void link_parents(const Object& object) {
    const auto link = [&](const Json& ref, const std::string& child, const std::string& parent) {
      const auto part = node_ids_.find(child);
      const auto whole = node_ids_.find(parent);
      if (part == node_ids_.end() || whole == node_ids_.end()) {
        if (find(ref.text) == nullptr) leave_aside(ref, "reference", " to a pattern that no bundle holds");
      } else if (part->second != whole->second) {
        add_link(ref, part->second, Relation::part_of, whole->second, {});
      }
    };
    for (const Json* ref : in_.texts(*object.json, "x_capec_child_of_refs")) link(*ref, object.id, ref->text);
    for (const Json* ref : in_.texts(*object.json, "x_capec_parent_of_refs")) link(*ref, ref->text, object.id);
  }

  void read_relationship(const Json& json) {
    const auto type = in_.needed(json, "relationship", "relationship_type");
    const auto from = type ? in_.needed(json, "relationship", "source_ref") : std::nullopt;
    const auto to = from ? in_.needed(json, "relationship", "target_ref") : std::nullopt;
    if (!to) return;
    if (in_.flag(json, "revoked")) return leave_aside(json, "revoked relationship", "");
    in_.flag(json, "x_mitre_deprecated");
    if (is_deprecated(json)) return leave_aside(json, "deprecated relationship", "");
    const std::string which = fmt::format(" of type \"{}\"", shortened(*type, 60));
    if (*type == "uses" && read_sighting(*from, *to)) return;
    if (*type == "revoked-by") return read_successor(json, *from, *to);
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

  /// A group or a campaign that used a technique has been seen with it.
  bool read_sighting(const std::string& from, const std::string& to) {
    const Object* user = find(from);
    const auto threat = node_ids_.find(to);
    const bool seen = user != nullptr && (user->type == "intrusion-set" || user->type == "campaign") && !is_over(*user);
    if (!seen || threat == node_ids_.end() || find(to)->type != "attack-pattern") return false;
    const Json* name = member(*user->json, "name");
    std::vector<std::string>& cases = seen_in_[threat->second];
    std::string text = source_name(name == nullptr ? user->id : name->text);
    std::ranges::replace(text, ';', ',');
    if (std::ranges::find(cases, text) == cases.end()) cases.push_back(std::move(text));
    return true;
  }

  /// What took the place of a revoked object supersedes it.
  void read_successor(const Json& json, const std::string& from, const std::string& to) {
    const auto old = node_ids_.find(from);
    const auto later = node_ids_.find(to);
    if (find(from) == nullptr || find(to) == nullptr)
      return leave_aside(json, "successor", " of or by an object that no bundle holds");
    if (old == node_ids_.end() || later == node_ids_.end() || find(from)->type != find(to)->type || old->second == later->second)
      return leave_aside(json, "successor", " of another kind, or of what is left aside");
    add_link(json, later->second, Relation::supersedes, old->second, {});
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
    link.by = source().name;
    link.source = source();
    link.where = in_.at(json);
    return in_.add(std::move(link));
  }

  void leave_aside(const Json& json, std::string noun, std::string which, bool ended = false) {
    const auto [place, fresh] = left_aside_index_.emplace(noun + which, left_aside_.size());
    if (fresh) left_aside_.push_back({std::move(noun), std::move(which), in_.at(json), 0, ended});
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
  std::vector<Bundle> bundles_;                              ///< By file.
  std::map<std::string, std::vector<std::string>> seen_in_;  ///< Who was seen with a threat, by its node.
};

}  // namespace

/// Threats, capabilities that counter them, topics. Identifiers are the external ones ("AML.T0000").
extern const Importer stix_importer{
    .name = "stix",
    .help = "STIX 2.0 and 2.1 bundles: attack patterns, courses of action that mitigate them, tactics",
    .extension = ".json",
    .read = [](std::span<const Input> inputs) { return StixReader().run(inputs); },
    .members = "type spec_version objects",
    .rules =
        "A bundle holds all of its source (its collection, else its matrix, else whose identifiers its attack patterns carry): "
        "what came from an earlier version and does not come again is gone, and told; what others speak of ends instead.\n"
        "Revoked and deprecated objects end on the day of their last change and count on earlier days only; without such a day "
        "they are left aside, as revoked and deprecated relationships are.\n"
        "revoked-by: the later object supersedes the one that was revoked.\n"
        "CAPEC: patterns whose status is Deprecated or Obsolete are deprecated; child-of and parent-of make one part of the "
        "other.\n"
        "uses: a threat that a group or campaign used names these in seen_in; cases in which a threat was seen add to exposure.",
};

}  // namespace lacuna
