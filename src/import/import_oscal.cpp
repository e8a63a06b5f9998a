#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_set>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/oscal_own.hpp"
#include "formats/yaml_tree.hpp"
#include "import/foreign_json.hpp"
#include "import/oscal_names.hpp"
#include "import/oscal_xml.hpp"
#include "model/merge_map.hpp"

namespace lacuna {
namespace {

using json::Json;

constexpr std::size_t most_named = 8;            ///< Controls or reasons named in one link; the rest is counted.
constexpr std::size_t longest_parameter = 1000;  ///< Code points.
constexpr std::size_t longest_statement = 20'000;
constexpr std::size_t longest_rationale = 500;
constexpr std::size_t most_pairs = 1000;  ///< Of an entry: what it says of more controls together, it says of no pair.

/// The models of OSCAL that hold no controls of their own, and what each takes them from.
struct OtherModel {
  std::string_view name;
  std::string_view is;
  std::string_view list;    ///< A list of objects that name what to take, or empty.
  std::string_view member;  ///< In these, or in the model itself.
  std::string_view take;
};
constexpr OtherModel other_models[] = {
    {"profile", "chooses among the controls of catalogues", "imports", "href", "the catalogue"},
    {"component-definition", "says how components implement controls", "components", "control-implementations", "the catalogue"},
    {"system-security-plan", "says how a system implements controls", "", "import-profile", "the catalogue behind the profile"},
    {"assessment-plan", "says how a system will be assessed", "", "import-ssp", "the catalogue behind the plan"},
    {"assessment-results", "says what an assessment found", "", "import-ap", "the catalogue behind the plan"},
    {"plan-of-action-and-milestones", "says what is to be mended", "", "import-ssp", "the catalogue behind the plan"},
};

std::optional<Json> parse_oscal(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  const std::string name = lower(file);
  if (name.ends_with(".xml")) return oscal::read_xml(bytes, file, diagnostics);
  if (name.ends_with(".yaml") || name.ends_with(".yml")) return yaml::read_tree(bytes, file, diagnostics);
  return Records::parse_json(bytes, file, diagnostics);
}

/// A few names, and how many more there were.
struct Few {
  std::vector<std::string> names;
  std::size_t more = 0;

  void add(const std::string& name) {
    if (std::ranges::find(names, name) != names.end()) return;
    if (names.size() < most_named) {
      names.push_back(name);
    } else {
      ++more;
    }
  }
  void add(const Few& other) {
    for (const std::string& name : other.names) add(name);
    more += other.more;
  }
  [[nodiscard]] std::string text(std::string_view separator) const {
    return join(names, separator) + (more > 0 ? fmt::format("{}and {} more", separator, more) : std::string());
  }
};

/// A set relation in two halves, so that several can be told as one: the document says all that the need asks, and nothing else.
struct Reach {
  bool related = false;
  bool all = false;
  bool only = false;
  bool equal = false;  ///< In the same words.

  explicit Reach(SetRelation relation) {
    related = relation != SetRelation::no_relationship;
    equal = relation == SetRelation::equal_to;
    all = equal || relation == SetRelation::equivalent_to || relation == SetRelation::superset_of;
    only = equal || relation == SetRelation::equivalent_to || relation == SetRelation::subset_of;
  }
  /// Read from the other side.
  [[nodiscard]] Reach inverse() const {
    Reach result = *this;
    std::swap(result.all, result.only);
    return result;
  }
  /// Both, said by one document of one need.
  void add(const Reach& other) {
    if (!other.related) return;
    if (!related) {
      *this = other;
      return;
    }
    equal = (equal || !all) && (other.equal || !other.all);
    all = all || other.all;
    only = only && other.only;
  }
  [[nodiscard]] SetRelation relation() const {
    if (!related) return SetRelation::no_relationship;
    if (all && only) return equal ? SetRelation::equal_to : SetRelation::equivalent_to;
    if (all) return SetRelation::superset_of;
    return only ? SetRelation::subset_of : SetRelation::intersects_with;
  }
};

/// OSCAL catalogues and mapping collections. Catalogues are read first: mappings name their controls.
class OscalReader {
 public:
  /// Mappings may name what that map holds.
  explicit OscalReader(const Map* onto) : onto_(onto) {
    if (onto == nullptr) return;
    for (const Node& node : onto->nodes) {
      note_known(node);
      on_map_.emplace(identity_of(node.id), &node);
    }
  }

  Imported run(std::span<const Input> inputs) {
    std::deque<Json> documents;
    std::vector<std::pair<std::uint32_t, const Json*>> mappings;
    std::vector<std::pair<std::uint32_t, const Json*>> others;
    for (const Input& input : inputs) {
      auto document = in_.open(input, "an OSCAL document", parse_oscal);
      if (!document) continue;
      const Json& kept = documents.emplace_back(std::move(*document));
      const Json* catalog = member(kept, "catalog");
      const Json* collection = member(kept, "mapping-collection");
      const Json* root = catalog != nullptr ? catalog : collection;
      if (root == nullptr) {
        others.emplace_back(in_.file(), &kept);
      } else if (root->type != Json::Type::object) {
        in_.refuse(*root, fmt::format("a {} must be an object, not {}", catalog != nullptr ? "catalog" : "mapping-collection",
                                      json::kind_of(*root)));
      } else if (catalog != nullptr) {
        read_catalog(*catalog);
      } else {
        mappings.emplace_back(in_.file(), collection);
      }
    }
    const bool useful = !catalogs_.empty() || !mappings.empty();
    for (const auto& [file, document] : others) {
      in_.enter(file);
      tell_other(*document, useful);
    }
    for (const Catalog& catalog : catalogs_) {
      claim_awaited(catalog);
      supersede_earlier(catalog);
    }
    for (const auto& [file, collection] : mappings) {
      in_.enter(file);
      read_collection(*collection);
    }
    for (Claim& claim : claims_) finish_claim(claim);
    for (auto& [id, search] : searches_) finish_search(std::move(search));
    Imported imported = in_.finish();
    imported.onto = std::move(rules_);
    return imported;
  }

 private:
  /// Title, day and version of a document.
  struct Head {
    std::string title;
    std::optional<Date> published;
    std::optional<Date> modified;
    std::string version;
    Source source;
  };

  std::optional<Head> read_head(const Json& document, std::string_view what) {
    const Json* metadata = member(document, "metadata");
    const Json* title = metadata == nullptr ? nullptr : member(*metadata, "title");
    if (title == nullptr || title->text.empty()) {
      in_.refuse(metadata == nullptr ? document : *metadata,
                 fmt::format("a {} needs a title in its \"metadata\"; identifiers are made of it", what));
      return std::nullopt;
    }
    Head head{plain_text_of_markdown(title->text),
              in_.day(*metadata, "published"),
              in_.day(*metadata, "last-modified"),
              in_.text(*metadata, "version"),
              {}};
    head.source = {source_name(head.title), "", head.modified ? head.modified : head.published};
    if (in_.map.info.title.empty()) {
      in_.map.info.title = head.title;
      in_.map.info.where = in_.at(*metadata);
    }
    return head;
  }

  struct Catalog {
    std::string title;
    std::string uuid;
    std::string file;      ///< Its name, without folders.
    std::string document;  ///< The deliverable's id.
    std::string prefix;
    std::optional<Date> on;
    std::string awaits = {};                           ///< What a mapping calls it; empty for one that has come.
    std::map<std::string, std::string> controls = {};  ///< Their nodes, by OSCAL's id.
    std::unordered_set<std::string> withdrawn = {};    ///< OSCAL's ids of those that were left aside.
    std::map<std::string, std::string> parents = {};   ///< Of controls inside controls, by OSCAL's ids.
  };

  /// What the map knows of catalogues and their controls.
  void note_known(const Node& node) {
    const std::string awaits(node.attribute(awaited));
    const bool came = !node.attribute("oscal_uuid").empty() || !node.attribute("oscal_file").empty();
    if (node.kind == Kind::deliverable && (came || !awaits.empty())) {
      Catalog catalog{node.title,
                      std::string(node.attribute("oscal_uuid")),
                      std::string(node.attribute("oscal_file")),
                      node.id,
                      oscal::prefix_of(node.id),
                      node.source.seen,
                      awaits};
      for (const Node& control : onto_->nodes) {
        const std::string id(control.attribute("oscal_id"));
        const bool same = control.attribute(awaited) == awaits && control.id.starts_with(catalog.prefix + " ");
        if (control.kind == Kind::requirement && !id.empty() && same) catalog.controls.emplace(id, control.id);
      }
      known_.push_back(std::move(catalog));
    }
  }

  /// What was put on the map for a catalogue that nobody had yet.
  void claim_awaited(const Catalog& catalog) {
    for (const Catalog& expected : known_) {
      if (expected.awaits.empty() || (!is_called(catalog, {expected.awaits}, expected.awaits, expected.document) &&
                                      !looks_like(catalog, expected.controls, expected.awaits)))
        continue;
      if (expected.document != catalog.document) rules_.renamed.emplace_back(expected.document, catalog.document);
      std::vector<std::string> missing;
      for (const auto& [id, node] : expected.controls) {
        const auto held = catalog.controls.find(id);
        if (held == catalog.controls.end()) {
          missing.push_back(id);
        } else if (held->second != node) {
          rules_.renamed.emplace_back(node, held->second);
        }
      }
      if (!missing.empty()) {
        in_.say(
            Severity::warning, in_.map.nodes[document_of(catalog)].where,
            fmt::format("a mapping imported before names {}, and \"{}\" has no such {}: {}", count_of(missing.size(), "control"),
                        catalog.title, missing.size() == 1 ? "control" : "controls", few(missing)));
      }
    }
  }

  /// An earlier edition on the map, under another name, is superseded.
  void supersede_earlier(const Catalog& catalog) {
    for (const Catalog& old : known_) {
      const bool earlier = old.on && catalog.on && old.on->last_day() < catalog.on->last_day();
      if (!old.awaits.empty() || !earlier || old.document == catalog.document || in_.node(old.document) != nullptr ||
          without_edition(old.title) != without_edition(catalog.title))
        continue;
      Link link;
      link.from = catalog.document;
      link.relation = Relation::supersedes;
      link.to = old.document;
      link.rationale = "the next edition";
      const Node& document = in_.map.nodes[document_of(catalog)];
      link.source = document.source;
      link.where = document.where;
      in_.add(std::move(link));
    }
  }

  static std::string few(const std::vector<std::string>& names) {
    Few list;
    for (const std::string& name : names) list.add(name);
    return list.text(", ");
  }

  [[nodiscard]] std::size_t document_of(const Catalog& catalog) const {
    const auto found = std::ranges::find(in_.map.nodes, catalog.document, &Node::id);
    return static_cast<std::size_t>(found - in_.map.nodes.begin());
  }

  /// True when a mapping's words for a document mean the catalogue: its file, its number or its title.
  static bool is_called(const Catalog& catalog, const std::vector<std::string>& addresses, const std::string& href,
                        const std::string& document) {
    const bool same_file = std::ranges::any_of(addresses, [&](const std::string& address) {
      return !oscal::file_name(address).empty() && oscal::file_name(address) == catalog.file;
    });
    const bool same_uuid = !catalog.uuid.empty() && (href == "#" + catalog.uuid || href == catalog.uuid);
    return same_file || same_uuid || document == catalog.document;
  }

  /// True when the catalogue holds four in five of the controls, and shares a word with what a mapping calls it.
  template <class Ids>
  static bool looks_like(const Catalog& catalog, const Ids& ids, std::string_view name) {
    const auto held = static_cast<std::size_t>(
        std::ranges::count_if(ids, [&](const auto& id) { return catalog.controls.contains(id_in(id)); }));
    return !ids.empty() && 5 * held >= 4 * ids.size() &&
           (oscal::share_a_word(name, catalog.title) || oscal::share_a_word(name, catalog.file));
  }
  static const std::string& id_in(const std::string& id) { return id; }
  static const std::string& id_in(const std::pair<const std::string, std::string>& entry) { return entry.first; }

  /// Says what the document is instead, and what to take.
  void tell_other(const Json& document, bool beside_others) {
    for (const OtherModel& model : other_models) {
      const Json* root = member(document, model.name);
      if (root == nullptr) continue;
      std::vector<std::string> names;
      name_sources(*root, model, names);
      const std::string text = fmt::format("is an OSCAL {}: it {} and defines none; import {} instead{}", model.name, model.is,
                                           model.take, names.empty() ? std::string() : ": " + few(names));
      return beside_others ? in_.warning(*root, text + "; left aside") : in_.refuse(*root, text);
    }
    in_.refuse(document, "an OSCAL document must hold a \"catalog\" or a \"mapping-collection\"");
  }

  /// The title, else the address, of what stands in the back matter under "#UUID"; other addresses as they are.
  static std::string resource_named(const Json& root, const std::string& href) {
    const Json* back_matter = href.starts_with("#") ? member(root, "back-matter") : nullptr;
    const Json* list = back_matter == nullptr ? nullptr : member(*back_matter, "resources");
    if (list == nullptr) return href;
    for (const Json& resource : list->items) {
      if (text_of(resource, "uuid") != href.substr(1)) continue;
      if (const std::string title = text_of(resource, "title"); !title.empty()) return title;
      const Json* links = member(resource, "rlinks");
      if (links != nullptr && !links->items.empty()) return text_of(links->items.front(), "href");
    }
    return href;
  }

  static void name_sources(const Json& root, const OtherModel& model, std::vector<std::string>& names) {
    const auto add = [&](const Json& holder, std::string_view name) {
      const Json* found = member(holder, name);
      if (found != nullptr && found->type == Json::Type::text && !found->text.empty())
        names.push_back(shortened(resource_named(root, found->text), 120));
    };
    if (model.list.empty()) {
      if (const Json* import = member(root, model.member)) add(*import, "href");
      return;
    }
    const Json* list = member(root, model.list);
    if (list == nullptr) return;
    for (const Json& item : list->items) {
      add(item, model.member);
      const Json* inner = member(item, model.member);
      if (inner == nullptr) continue;
      for (const Json& implementation : inner->items) add(implementation, "source");
    }
  }

  void read_catalog(const Json& json) {
    const auto head = read_head(json, "catalog");
    if (!head) return;
    Catalog catalog{head->title,
                    in_.text(json, "uuid"),
                    oscal::file_name(in_.map.files[in_.file()]),
                    oscal::document_id(head->title),
                    {},
                    head->modified ? head->modified : head->published};
    catalog.prefix = oscal::prefix_of(catalog.document);
    params_.clear();
    rendered_.clear();
    labels_.clear();
    catalog_ = &catalog;
    source_ = head->source;
    add_document(json, catalog, *head);
    Node topic = node_of(json, catalog.prefix + " catalog", Kind::topic, head->title);
    const std::string id = topic.id;
    add_or_reuse(json, std::move(topic));
    index_controls(json, {});
    read_group(json, id);
    if (const std::size_t n = catalog.withdrawn.size(); n > 0) {
      in_.warning(json, fmt::format("{} without a date {} left aside", count_of(n, "withdrawn control"), n == 1 ? "is" : "are"));
    }
    rules_.whole.push_back({head->source.name, "oscal_id", {}, catalog.on});
    catalogs_.push_back(std::move(catalog));
  }

  void add_document(const Json& json, const Catalog& catalog, const Head& head) {
    Node node = node_of(json, catalog.document, Kind::deliverable, catalog.title);
    node.state = State::published;
    const auto day = head.published ? head.published : head.modified;
    if (day) node.dates.push_back({"published", *day});
    if (!head.version.empty()) node.attributes.emplace_back("version", head.version);
    if (!catalog.uuid.empty()) node.attributes.emplace_back("oscal_uuid", catalog.uuid);
    node.attributes.emplace_back("oscal_file", catalog.file);
    add_or_reuse(json, std::move(node));
  }

  Node node_of(const Json& json, std::string id, Kind kind, std::string title) const {
    Node node;
    node.id = std::move(id);
    node.kind = kind;
    node.title = std::move(title);
    node.source = source_;
    node.where = in_.at(json);
    return node;
  }

  /// Baselines of one catalogue repeat its topics and controls: what says the same is kept once. False, told, when it says
  /// something else, or stands twice in one file.
  bool add_or_reuse(const Json& json, Node node) {
    const Node* other = in_.node(node.id);
    if (other == nullptr) {
      in_.add(std::move(node));
      return true;
    }
    const bool same =
        other->kind == node.kind && (node.kind == Kind::topic || (other->title == node.title && other->text == node.text));
    if (same && other->where.file != node.where.file) return true;
    in_.error(json, fmt::format("\"{}\" stands twice{}, first at {}; skipped", shortened(node.id, 80),
                                same ? "" : " and says something else", in_.place(other->where)));
    return false;
  }

  void part_of(const Json& json, const std::string& part, const std::string& whole) {
    Link link;
    link.from = part;
    link.relation = Relation::part_of;
    link.to = whole;
    link.source = source_;
    link.where = in_.at(json);
    in_.add(std::move(link));
  }

  /// The value of the first property of that name, one without class before others.
  static std::string property(const Json& json, std::string_view name) {
    const Json* props = member(json, "props");
    if (props == nullptr) return {};
    std::string found;
    for (const Json& prop : props->items) {
      const Json* prop_name = member(prop, "name");
      const Json* value = member(prop, "value");
      if (prop_name == nullptr || value == nullptr || prop_name->text != name) continue;
      if (member(prop, "class") == nullptr) return value->text;
      if (found.empty()) found = value->text;
    }
    return found;
  }

  /// The node of a group or control. The id of OSCAL tells it from all others; a label need not.
  [[nodiscard]] std::string node_id(const std::string& id) const { return catalog_->prefix + " " + oscal::label_of(id); }

  static std::string text_of(const Json& json, std::string_view name) {
    const Json* found = member(json, name);
    return found == nullptr ? std::string() : found->text;
  }

  /// Notes all parameters, controls and statements, to which others may point before they come, and how often each label stands.
  /// Quiet: faults are told where they are read.
  void index_controls(const Json& json, const std::string& parent) {
    for (const std::string_view list : {"params", "groups", "controls"}) {
      const Json* found = member(json, list);
      if (found == nullptr || found->type != Json::Type::array) continue;
      for (const Json& item : found->items) {
        const std::string id = text_of(item, "id");
        if (list == "params") {
          if (!id.empty()) params_.emplace(id, &item);
          continue;
        }
        if (const std::string label = property(item, "label"); !label.empty()) ++labels_[identity_of(label)];
        if (list == "controls" && !id.empty()) {
          ++labels_[identity_of(oscal::label_of(id))];
          if (lower(property(item, "status")) == "withdrawn")
            catalog_->withdrawn.insert(id);
          else
            catalog_->controls.emplace(id, node_id(id));
          if (!parent.empty()) catalog_->parents.emplace(id, parent);
          if (const Json* parts = member(item, "parts")) index_statements(*parts, id, true);
        }
        index_controls(item, list == "controls" ? id : parent);
      }
    }
  }

  void index_statements(const Json& parts, const std::string& control, bool top) {
    for (const Json& part : parts.items) {
      if (top && text_of(part, "name") != "statement") continue;
      if (const std::string id = text_of(part, "id"); !id.empty())
        statements_.emplace(catalog_->prefix + '\n' + id, Statement{control, top});
      if (const Json* inner = member(part, "parts")) index_statements(*inner, control, false);
    }
  }

  /// Groups and controls inside the catalogue, a group or a control.
  void read_group(const Json& json, const std::string& parent) {
    for (const Json* group : in_.objects(json, "groups")) {
      const auto title = in_.needed(*group, "group", "title");
      const std::string id = in_.text(*group, "id");
      std::string topic = parent;
      if (title) {
        Node node = node_of(*group, id.empty() ? catalog_->prefix + " " + *title : node_id(id), Kind::topic, *title);
        topic = node.id;
        node.attributes.emplace_back("oscal_id", id.empty() ? *title : id);
        const std::string label = property(*group, "label");
        if (!label.empty() && label != id && label != *title && label != oscal::label_of(id))
          node.attributes.emplace_back("label", label);
        if (add_or_reuse(*group, std::move(node))) part_of(*group, topic, parent);
      }
      read_group(*group, topic);
    }
    for (const Json* control : in_.objects(json, "controls")) read_control(*control, parent);
  }

  void read_control(const Json& json, const std::string& parent) {
    // OSCAL has no place for the day.
    if (lower(property(json, "status")) == "withdrawn") return;
    const auto id = in_.needed(json, "control", "id");
    const auto title = id ? in_.needed(json, "control", "title") : std::nullopt;
    std::string control = parent;
    if (id && !title) in_.map.broken.push_back(node_id(*id));
    if (title) {
      const std::string label = property(json, "label");
      Node node = node_of(json, node_id(*id), Kind::requirement, *title);
      node.text = statement(json);
      // Where the title says no more than the identifier, the demand does.
      if ((*title == *id || *title == label) && !node.text.empty())
        node.title = shortened(node.text.substr(0, node.text.find('\n')), 120);
      node.aliases = {oscal::label_of(*id)};
      Value attributes = Value::object();
      read_properties(json, attributes);
      attributes.set("oscal_id", *id);
      const bool says_more = !label.empty() && identity_of(label) != identity_of(node.aliases.front()) && label != *id;
      const bool code = label.find(' ') == std::string::npos && label.size() <= 40 && labels_[identity_of(label)] == 1;
      if (says_more && code) node.aliases.push_back(label);
      if (says_more && !code) attributes.set("label", label);
      read_related(json, attributes);
      node.attributes = *attributes.if_object();
      const std::string node_id = node.id;
      if (add_or_reuse(json, std::move(node))) {
        part_of(json, node_id, parent);
        control = node_id;
      }
    }
    read_group(json, control);
  }

  /// Properties without a class, but those that are read elsewhere; several of a name as one text.
  void read_properties(const Json& json, Value& attributes) {
    for (const Json* prop : in_.objects(json, "props")) {
      const std::string name = in_.text(*prop, "name");
      const std::string value = in_.text(*prop, "value");
      if (name.empty() || value.empty() || name == "label" || name == "sort-id" || name == "status" ||
          member(*prop, "class") != nullptr)
        continue;
      const std::string* before = attributes[name].if_text();
      attributes.set(name, before == nullptr ? value : *before + ", " + value);
    }
  }

  /// Related controls: no relation links needs like that.
  void read_related(const Json& json, Value& attributes) {
    Value related = Value::array();
    for (const Json* link : in_.objects(json, "links")) {
      const std::string rel = in_.text(*link, "rel");
      const std::string href = in_.text(*link, "href");
      if (rel == "related" && href.starts_with("#")) related.push(oscal::label_of(href.substr(1)));
    }
    if (related.size() > 0) attributes.set("related", std::move(related));
  }

  /// What the control demands: the prose of its statement, an item a line, indented by depth.
  std::string statement(const Json& json) {
    std::string out;
    for (const Json* part : in_.objects(json, "parts")) {
      if (in_.text(*part, "name") == "statement") add_part(*part, 0, out);
    }
    return shortened(out, longest_statement);
  }

  void add_part(const Json& part, std::size_t depth, std::string& out) {
    std::string line = property(part, "label");
    const std::string prose = with_parameters(part, plain_text_of_markdown(in_.text(part, "prose")));
    if (!line.empty() && !prose.empty()) line += ' ';
    line += prose;
    if (!line.empty() && out.size() < 4 * longest_statement)
      out += (out.empty() ? "" : "\n") + std::string(2 * depth, ' ') + line;
    for (const Json* inner : in_.objects(part, "parts")) add_part(*inner, depth + (line.empty() ? 0 : 1), out);
  }

  /// The prose with "{{ insert: param, ac-1_prm_1 }}" as "[organization-defined frequency]", or as the value that was chosen.
  std::string with_parameters(const Json& json, std::string_view prose, int depth = 0) {
    std::string out;
    while (out.size() < 4 * longest_statement) {
      const std::size_t open = prose.find("{{");
      const std::size_t close = open == std::string_view::npos ? open : prose.find("}}", open);
      out += prose.substr(0, close == std::string_view::npos ? close : open);
      if (close == std::string_view::npos) break;
      std::string_view id = prose.substr(open + 2, close - open - 2);
      id = id.substr(id.find_last_of(",:") + 1);
      while (id.starts_with(' ')) id.remove_prefix(1);
      while (id.ends_with(' ')) id.remove_suffix(1);
      out += parameter(json, std::string(id), depth);
      prose.remove_prefix(close + 2);
      if (prose.size() > 1 && prose[0] == ' ' && std::string_view(";,.:)").find(prose[1]) != std::string_view::npos)
        prose.remove_prefix(1);
    }
    const std::size_t first = out.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : out.substr(first, out.find_last_not_of(' ') - first + 1);
  }

  std::string parameter(const Json& json, const std::string& id, int depth) {
    constexpr int deepest = 4;
    if (const auto done = rendered_.find(id); done != rendered_.end()) return done->second;
    const auto found = params_.find(id);
    if (found == params_.end()) {
      in_.warning(json, fmt::format("the parameter \"{}\" is not defined", shortened(id, 60)));
      return "[" + shortened(id, 60) + "]";
    }
    if (depth == deepest) return "[…]";
    const Json& param = *found->second;
    std::vector<std::string> values;
    for (const Json* value : in_.texts(param, "values")) values.push_back(value->text);
    std::string text;
    if (!values.empty()) {
      text = join(values, ", ");
    } else if (const Json* select = in_.object(param, "select")) {
      for (const Json* choice : in_.texts(*select, "choice"))
        values.push_back(with_parameters(*choice, plain_text_of_markdown(choice->text), depth + 1));
      text = fmt::format("[{}: {}]", in_.text(*select, "how-many") == "one-or-more" ? "one or more of" : "one of",
                         join(values, "; "));
    } else {
      const std::string label = plain_text_of_markdown(in_.text(param, "label"));
      constexpr std::string_view defined = "organization-defined";
      text = label.empty()                ? "[" + id + "]"
             : label.starts_with(defined) ? "[" + label + "]"
                                          : fmt::format("[{} {}]", defined, label);
    }
    return rendered_.emplace(id, shortened(text, longest_parameter)).first->second;
  }

  /// One side of a mapping: the document and what its controls are called.
  struct Resource {
    std::string document;
    std::string prefix;
    std::string title;
    std::string called;                ///< What the mapping calls it.
    const Catalog* catalog = nullptr;  ///< Nothing as long as nobody has imported it.
  };

  /// What all links of a mapping share.
  struct Voice {
    std::string by;
    std::optional<Method> method;
    Status status = Status::asserted;
    bool complete = false;  ///< Somebody has called it finished.
    std::string rationale;  ///< "semantic", "syntactic" or "functional" matching.
    std::optional<Date> on;
    Source source;
  };

  /// What one or more entries of a mapping say of a document and a need, or of two needs.
  struct Claim {
    Link link;
    Reach reach;
    Few evidence;
    Few reasons;
    std::string search;  ///< The record that tells it where nothing of the need is found; empty for two needs.
  };

  void read_collection(const Json& json) {
    const auto head = read_head(json, "mapping-collection");
    if (!head) return;
    Voice voice;
    const Json* provenance = in_.object(json, "provenance");
    voice.by = author(*member(json, "metadata"), provenance, head->source.name);
    voice.on = head->modified ? head->modified : head->published;
    voice.source = head->source;
    // A part of a map as export wrote it says nothing of what else its sources say.
    if (own_property(*member(json, "metadata"), "made-by").empty())
      rules_.whole.push_back({head->source.name, "", {voice.by}, voice.on});
    // One mapping may stand without a list around it.
    const Json* mappings = member(json, "mappings");
    if (mappings != nullptr && mappings->type == Json::Type::object) return read_mapping(*mappings, json, provenance, voice);
    for (const Json* mapping : in_.objects(json, "mappings")) read_mapping(*mapping, json, provenance, voice);
  }

  /// The parties that answer for the mapping, else for the document, else the document.
  std::string author(const Json& metadata, const Json* provenance, const std::string& title) {
    std::unordered_map<std::string, std::string> names;
    for (const Json* party : in_.objects(metadata, "parties")) names.emplace(in_.text(*party, "uuid"), in_.text(*party, "name"));
    for (const Json* responsible : {provenance, &metadata}) {
      if (responsible == nullptr) continue;
      Few found;
      for (const Json* role : in_.objects(*responsible, "responsible-parties")) {
        for (const Json* uuid : in_.texts(*role, "party-uuids")) {
          if (const auto name = names.find(uuid->text); name != names.end() && !name->second.empty())
            found.add(source_name(name->second));
        }
      }
      if (!found.names.empty()) return found.text(", ");
    }
    return title;
  }

  /// What the mapping says of itself, else what its collection says.
  std::string inherited(const Json& mapping, const Json* provenance, std::string_view name) {
    std::string own = in_.text(mapping, name);
    return own.empty() && provenance != nullptr ? in_.text(*provenance, name) : own;
  }

  void read_mapping(const Json& json, const Json& collection, const Json* provenance, Voice voice) {
    if (const std::string method = inherited(json, provenance, "method"); !method.empty()) {
      voice.method = parse<Method>(method);
      if (!voice.method)
        in_.error(json, fmt::format("unknown method \"{}\"; one of human, automation, hybrid", shortened(method, 40)));
    }
    const std::string status = inherited(json, provenance, "status");
    if (status == "deprecated" || status == "superseded") {
      return in_.warning(json, fmt::format("a {} mapping has no place on a map; left aside", status));
    }
    // A machine's, and nobody has called it finished.
    if (voice.method == Method::automation && status != "complete") voice.status = Status::suggested;
    voice.complete = status == "complete";
    voice.rationale = inherited(json, provenance, "matching-rationale");
    const std::vector<const Json*> entries = in_.objects(json, "maps");
    std::vector<const Json*> others;
    for (const Json* entry : entries) {
      if (!read_own_entry(*entry)) others.push_back(entry);
    }
    if (others.empty() && !entries.empty()) return;
    const auto source = read_resource(json, collection, "source-resource", voice);
    const auto target = read_resource(json, collection, "target-resource", voice);
    if (!source || !target) return;
    for (const Json* entry : others) read_entry(*entry, *source, *target, voice);
    read_gaps(json, "source-gap-summary", *source, *target, voice);
    read_gaps(json, "target-gap-summary", *target, *source, voice);
  }

  /// The value of a property that export wrote; empty where there is none.
  static std::string own_property(const Json& json, std::string_view name) {
    const Json* props = member(json, "props");
    if (props == nullptr) return {};
    for (const Json& prop : props->items) {
      if (text_of(prop, "ns") == oscal::own_namespace && text_of(prop, "name") == name) return text_of(prop, "value");
    }
    return {};
  }

  /// The node that one side of an entry of ours names; empty, told, where the map has none.
  std::string own_end(const Json& entry, std::string_view side) {
    const std::vector<const Json*> items = in_.objects(entry, side);
    const std::string id = items.empty() ? std::string() : own_property(*items.front(), "identifier");
    if (const Node* node = in_.node(id); node != nullptr) return node->id;
    if (const auto known = on_map_.find(identity_of(id)); known != on_map_.end()) return known->second->id;
    if (onto_ == nullptr && !id.empty()) return id;
    in_.error(items.empty() ? entry : *items.front(),
              fmt::format("\"{}\" is no node of the map; skipped; import what it is about first", shortened(id, 60)));
    return {};
  }

  /// An entry that export wrote is one link, and says all of it. False for one of others.
  bool read_own_entry(const Json& entry) {
    const auto relation = parse<Relation>(own_property(entry, "relation"));
    if (relation != Relation::covers && relation != Relation::maps_to) return false;
    const auto said = read_relation(entry);
    if (!said) return true;
    Link link;
    link.relation = *relation;
    link.from = own_end(entry, "sources");
    link.to = own_end(entry, "targets");
    if (link.from.empty() || link.to.empty()) return true;
    if (parse<SetRelation>(own_property(entry, "set-relation"))) link.set_relation = said;
    if (link.relation == Relation::covers) {
      // Who changes the relationship changes the degree.
      link.degree = parse<Degree>(own_property(entry, "degree"));
      if (!link.degree || *link.degree != degree_of(*said)) link.degree = degree_of(*said);
    }
    const std::string strength = own_property(entry, "strength");
    if (strength == "10" || (strength.size() == 1 && is_digit(strength[0]))) link.strength = std::stoi(strength);
    link.rationale = plain_text_of_markdown(in_.text(entry, "remarks"));
    link.clause = own_property(entry, "clause");
    link.evidence = own_property(entry, "evidence");
    link.method = parse<Method>(own_property(entry, "method"));
    link.by = own_property(entry, "by");
    link.on = Date::parse(own_property(entry, "on"));
    link.source = {own_property(entry, "source"), own_property(entry, "source-address"),
                   Date::parse(own_property(entry, "seen"))};
    link.status = parse<Status>(own_property(entry, "status")).value_or(Status::asserted);
    link.questioned = own_property(entry, "questioned");
    link.where = in_.at(entry);
    in_.add(std::move(link));
    return true;
  }

  /// Controls of one side that nothing of the other meets.
  void read_gaps(const Json& mapping, std::string_view role, const Resource& resource, const Resource& other,
                 const Voice& voice) {
    const Json* summary = in_.object(mapping, role);
    if (summary == nullptr) return;
    std::vector<Item> items;
    std::unordered_set<std::string> seen;
    const auto add = [&](const Json& json, const std::string& id) {
      if (!seen.insert(id).second) return;
      if (auto item = item_of(json, resource, id, id, true, voice)) items.push_back(std::move(*item));
    };
    for (const Json* choice : in_.objects(*summary, "unmapped-controls")) {
      const bool children = in_.text(*choice, "with-child-controls") == "yes";
      for (const Json* id : in_.texts(*choice, "with-ids")) {
        add(*id, id->text);
        for (const std::string& child : children ? children_of(resource, id->text) : std::vector<std::string>()) add(*id, child);
      }
      for (const Json* matching : in_.objects(*choice, "matching")) {
        const std::string pattern = in_.text(*matching, "pattern");
        if (resource.catalog == nullptr || pattern.empty()) continue;
        for (const auto& [id, node] : resource.catalog->controls) {
          if (matches(pattern, id)) add(*matching, id);
        }
      }
    }
    const std::string reason = fmt::format("stated as unmapped in \"{}\"", voice.source.name);
    claim(*summary, other, {}, Reach(SetRelation::no_relationship), items, reason, voice);
  }

  static std::vector<std::string> children_of(const Resource& resource, const std::string& id) {
    std::vector<std::string> children;
    if (resource.catalog == nullptr) return children;
    for (const auto& [child, first] : resource.catalog->parents) {
      std::string parent = first;
      for (int depth = 0; depth < 16 && !parent.empty(); ++depth) {
        if (parent == id) children.push_back(child);
        const auto above = resource.catalog->parents.find(parent);
        parent = above == resource.catalog->parents.end() ? std::string() : above->second;
      }
    }
    std::erase_if(children, [&](const std::string& child) { return !resource.catalog->controls.contains(child); });
    return children;
  }

  /// A pattern in which * stands for any signs and ? for one. O(length of both, multiplied).
  static bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t from = 0;
    while (t < text.size()) {
      if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t]) && pattern[p] != '*') {
        ++p;
        ++t;
      } else if (p < pattern.size() && pattern[p] == '*') {
        star = p++;
        from = t;
      } else if (star != std::string_view::npos) {
        p = star + 1;
        t = ++from;
      } else {
        return false;
      }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
  }

  /// The document on one side; it becomes a deliverable unless an input holds it.
  std::optional<Resource> read_resource(const Json& mapping, const Json& collection, std::string_view role, const Voice& voice) {
    const Json* json = in_.object(mapping, role);
    if (json == nullptr) {
      if (member(mapping, role) == nullptr) in_.error(mapping, fmt::format("a mapping needs \"{}\"; skipped", role));
      return std::nullopt;
    }
    const auto href = in_.needed(*json, role, "href");
    if (!href) return std::nullopt;
    std::string title;
    std::vector<std::string> addresses = {*href};
    if (href->starts_with("#")) read_back_matter(collection, href->substr(1), title, addresses);
    const std::string document = oscal::document_id(title);
    const std::string file = oscal::file_name(addresses.back());
    const std::string called = file.find('.') != std::string::npos || title.empty() ? file : title;
    for (const std::vector<Catalog>* list : {&catalogs_, &known_}) {
      for (const Catalog& catalog : *list) {
        if (catalog.awaits.empty() && is_called(catalog, addresses, *href, document)) return resource_of(catalog, called);
      }
    }
    if (const Catalog* catalog = guess(mapping, role, called + " " + title)) {
      in_.warning(*json, fmt::format("takes \"{}\" for \"{}\": it holds the controls that are named",
                                     shortened(catalog->title, 80), shortened(called, 80)));
      return resource_of(*catalog, called);
    }
    for (const std::string& address : addresses) {
      if (title.empty()) title = oscal::title_of(address);
    }
    if (title.empty()) {
      in_.error(*json, fmt::format("nothing names the {} \"{}\"; give it a title in the back matter; skipped", role,
                                   shortened(*href, 80)));
      return std::nullopt;
    }
    Resource resource{oscal::document_id(title), {}, title, called, nullptr};
    resource.prefix = oscal::prefix_of(resource.document);
    if (in_.node(resource.document) == nullptr) {
      Node node;
      node.id = resource.document;
      node.kind = Kind::deliverable;
      node.title = title;
      node.state = State::published;
      for (const std::string& address : addresses) {
        if (address.find("://") != std::string::npos) node.address = address;
      }
      node.source = voice.source;
      node.attributes.emplace_back(std::string(awaited), called);
      node.where = in_.at(*json);
      in_.add(std::move(node));
      in_.warning(*json,
                  fmt::format("nobody has imported \"{}\" yet; its controls are known by their identifiers alone until then",
                              shortened(called, 80)));
    }
    return resource;
  }

  static Resource resource_of(const Catalog& catalog, const std::string& called) {
    return {catalog.document, catalog.prefix, catalog.title, called, &catalog};
  }

  /// The one catalogue that holds most of the controls that the mapping names on that side, where its names are alike.
  const Catalog* guess(const Json& mapping, std::string_view role, const std::string& name) {
    const std::string_view side = role == "source-resource" ? "sources" : "targets";
    std::vector<std::string> ids;
    if (const Json* entries = member(mapping, "maps")) {
      for (const Json& entry : entries->items) {
        const Json* items = member(entry, side);
        if (items == nullptr) continue;
        for (const Json& item : items->items) {
          if (text_of(item, "type") == "control") ids.push_back(text_of(item, "id-ref"));
        }
      }
    }
    const Catalog* found = nullptr;
    for (const std::vector<Catalog>* list : {&catalogs_, &known_}) {
      for (const Catalog& catalog : *list) {
        if (!catalog.awaits.empty() || !looks_like(catalog, ids, name) ||
            (found != nullptr && found->document == catalog.document))
          continue;
        if (found != nullptr) return nullptr;
        found = &catalog;
      }
    }
    return found;
  }

  /// Title and addresses of a resource that the collection describes at its end.
  void read_back_matter(const Json& collection, const std::string& uuid, std::string& title,
                        std::vector<std::string>& addresses) {
    const Json* back_matter = in_.object(collection, "back-matter");
    if (back_matter == nullptr) return;
    for (const Json* resource : in_.objects(*back_matter, "resources")) {
      if (in_.text(*resource, "uuid") != uuid) continue;
      title = plain_text_of_markdown(in_.text(*resource, "title"));
      for (const Json* link : in_.objects(*resource, "rlinks")) addresses.push_back(in_.text(*link, "href"));
    }
  }

  struct Statement {
    std::string control;
    bool whole = false;  ///< All that the control demands.
  };

  /// A control, or a statement of one, on one side of an entry.
  struct Item {
    std::string control;  ///< Its node's id.
    std::string label;    ///< As evidence.
    bool whole = true;    ///< All of the control.
  };

  /// The control of that id; nothing, told, where its catalogue has none. Of a catalogue that nobody has yet, the control is put
  /// on the map as it is named.
  std::optional<Item> item_of(const Json& json, const Resource& resource, const std::string& control, const std::string& name,
                              bool whole, const Voice& voice) {
    const std::string label = name == control ? oscal::label_of(control) : name;
    if (resource.catalog != nullptr) {
      if (resource.catalog->withdrawn.contains(control)) return Item{{}, label, whole};
      const auto found = resource.catalog->controls.find(control);
      if (found != resource.catalog->controls.end()) return Item{found->second, label, whole};
      in_.error(json,
                fmt::format("\"{}\" is no control of \"{}\"; skipped", shortened(control, 60), shortened(resource.title, 80)));
      return std::nullopt;
    }
    Item item{resource.prefix + " " + oscal::label_of(control), label, whole};
    if (in_.node(item.control) == nullptr) {
      Node node;
      node.id = item.control;
      node.kind = Kind::requirement;
      node.title = oscal::label_of(control);
      node.aliases = {node.title};
      node.source = voice.source;
      node.attributes = {{"oscal_id", control}, {std::string(awaited), resource.called}};
      node.where = in_.at(json);
      in_.add(std::move(node));
    }
    return item;
  }

  std::vector<Item> read_items(const Json& entry, std::string_view name, const Resource& resource, const Voice& voice) {
    std::vector<Item> items;
    const std::vector<const Json*> list = in_.objects(entry, name);
    if (list.empty()) in_.error(entry, fmt::format("a map needs controls or statements in \"{}\"; skipped", name));
    for (const Json* json : list) {
      const auto id = in_.needed(*json, "control or statement", "id-ref");
      const auto type = id ? in_.needed(*json, "control or statement", "type") : std::nullopt;
      if (!type) continue;
      if (*type == "control") {
        if (auto item = item_of(*json, resource, *id, *id, true, voice)) items.push_back(std::move(*item));
      } else if (*type == "statement") {
        const auto found = statements_.find(resource.prefix + '\n' + *id);
        const Statement statement =
            found != statements_.end() ? found->second : Statement{id->substr(0, id->find("_smt")), id->ends_with("_smt")};
        if (auto item = item_of(*json, resource, statement.control, *id, statement.whole, voice))
          items.push_back(std::move(*item));
      } else {
        in_.error(*json, fmt::format("unknown type \"{}\"; one of control, statement; skipped", shortened(*type, 40)));
      }
    }
    return items;
  }

  /// A token, or an object that holds it as older drafts of the format have it.
  std::optional<SetRelation> read_relation(const Json& entry) {
    const Json* json = member(entry, "relationship");
    const Json& holder = json != nullptr && json->type == Json::Type::object ? *json : entry;
    const auto token = &holder == &entry ? in_.needed(entry, "map", "relationship") : in_.needed(holder, "relationship", "type");
    if (!token) return std::nullopt;
    const auto relation = parse<SetRelation>(*token);
    if (!relation) {
      std::vector<std::string> names;
      for (const Word& word : words<SetRelation>()) names.emplace_back(word.name);
      in_.error(*json, fmt::format("unknown relationship \"{}\"; one of {}; skipped", shortened(*token, 40), join(names, ", ")));
    }
    return relation;
  }

  void read_entry(const Json& entry, const Resource& source, const Resource& target, const Voice& voice) {
    const auto relation = read_relation(entry);
    if (!relation) return;
    const std::vector<Item> sources = read_items(entry, "sources", source, voice);
    const std::vector<Item> targets = read_items(entry, "targets", target, voice);
    if (sources.empty() || targets.empty()) return;
    const std::string reason = rationale(entry, *relation, sources, targets, voice);
    Reach reach(*relation);
    // What was said together with a control that is not there, is said of the others less exactly.
    if (targets.size() < count_in(entry, "targets")) reach.only = reach.equal = false;
    if (sources.size() < count_in(entry, "sources")) reach.all = reach.equal = false;
    claim(entry, source, sources, reach, targets, reason, voice);
    claim(entry, target, targets, reach.inverse(), sources, reason, voice);
    pair(entry, sources, reach, targets, reason, voice);
  }

  static std::size_t count_in(const Json& entry, std::string_view name) {
    const Json* list = member(entry, name);
    return list == nullptr ? 0 : list->items.size();
  }

  /// Each control of the one side against each of the other: one of several says less than all of them.
  void pair(const Json& entry, const std::vector<Item>& sources, const Reach& reach, const std::vector<Item>& targets,
            const std::string& reason, const Voice& voice) {
    if (sources.size() * targets.size() > most_pairs)
      return in_.warning(entry, fmt::format("maps {} by {} controls at once, which says nothing of single ones; they have no "
                                            "counterparts by it",
                                            sources.size(), targets.size()));
    for (const Item& source : sources) {
      for (const Item& target : targets) {
        Reach of_pair = reach;
        if (sources.size() > 1 || !target.whole) of_pair.all = false;
        if (targets.size() > 1 || !source.whole) of_pair.only = false;
        of_pair.equal = of_pair.equal && of_pair.all && of_pair.only;
        const bool says_nothing = !reach.related && !(source.whole && target.whole);
        if (says_nothing || source.control.empty() || target.control.empty() || source.control == target.control) continue;
        Claim fresh{{}, of_pair, {}, {}, {}};
        fresh.reasons.add(reason);
        fresh.link.from = source.control;
        fresh.link.relation = Relation::maps_to;
        fresh.link.to = target.control;
        put(std::move(fresh), entry, voice);
      }
    }
  }

  static Few labels_of(const std::vector<Item>& items) {
    Few labels;
    for (const Item& item : items) labels.add(item.label);
    return labels;
  }

  /// The remarks and qualifiers, else the entry in words.
  std::string rationale(const Json& entry, SetRelation relation, const std::vector<Item>& sources,
                        const std::vector<Item>& targets, const Voice& voice) {
    std::string text = plain_text_of_markdown(in_.text(entry, "remarks"));
    if (text.empty()) {
      text = fmt::format("{} {} {}", labels_of(sources).text(", "), name_of(relation), labels_of(targets).text(", "));
      const std::string own = in_.text(entry, "matching-rationale");
      if (const std::string& matching = own.empty() ? voice.rationale : own; !matching.empty())
        text += fmt::format(" ({})", matching);
    }
    for (const Json* qualifier : in_.objects(entry, "qualifiers")) {
      text += fmt::format("; {} {} ({}): {}", in_.text(*qualifier, "subject"), in_.text(*qualifier, "predicate"),
                          in_.text(*qualifier, "category"), plain_text_of_markdown(in_.text(*qualifier, "description")));
      if (text.size() > 4 * longest_rationale) break;
    }
    return shortened(text, longest_rationale);
  }

  /// The document covers the needs by its items. What holds of several needs together holds of each less exactly.
  void claim(const Json& entry, const Resource& resource, const std::vector<Item>& items, Reach reach,
             const std::vector<Item>& needs, const std::string& reason, const Voice& voice) {
    if (needs.size() > 1) reach.only = false;
    const Few evidence = labels_of(items);
    for (const Item& need : needs) {
      Reach of_need = reach;
      if (!need.whole) of_need.all = false;
      if (!need.whole && !reach.related) continue;  // Says nothing of the rest of the control.
      if (need.control.empty()) continue;           // Withdrawn.
      Claim fresh{{}, of_need, evidence, {}, search_for(resource, voice)};
      fresh.reasons.add(reason);
      fresh.link.from = resource.document;
      fresh.link.relation = Relation::covers;
      fresh.link.to = need.control;
      put(std::move(fresh), entry, voice);
    }
  }

  /// Several entries of one voice on the same two are one claim; what holds goes before what a machine suggests.
  void put(Claim&& fresh, const Json& entry, const Voice& voice) {
    Link& link = fresh.link;
    link.method = voice.method;
    link.by = voice.by;
    link.on = voice.on;
    link.source = voice.source;
    link.status = voice.status;
    link.where = in_.at(entry);
    std::string key = fmt::format("{}\n{}\n{}\n{}", link.from, name_of(link.relation), link.to, link.by);
    const auto [place, is_new] = claim_index_.emplace(std::move(key), claims_.size());
    if (is_new) return claims_.push_back(std::move(fresh));
    Claim& known = claims_[place->second];
    if (known.link.status == link.status) {
      known.reach.add(fresh.reach);
      known.evidence.add(fresh.evidence);
      known.reasons.add(fresh.reasons);
    } else if (link.status == Status::asserted) {
      known = std::move(fresh);
    }
  }

  void finish_claim(Claim& claim) {
    claim.link.set_relation = claim.reach.relation();
    claim.link.rationale = claim.reasons.text(" · ");
    if (claim.link.relation == Relation::covers) {
      claim.link.degree = degree_of(*claim.link.set_relation);
      claim.link.evidence = claim.evidence.text(", ");
      if (!claim.reach.related && claim.link.status == Status::asserted) note_gap(claim);
    }
    in_.add(std::move(claim.link));
  }

  /// The record of what a mapping looked for in a document, by its id; made where there is none yet. It holds no needs at first.
  std::string search_for(const Resource& resource, const Voice& voice) {
    if (!voice.on) return {};
    std::string id = fmt::format("{}: {}", shortened(voice.source.name, 80), shortened(resource.called, 80));
    const auto [place, is_new] = searches_.emplace(id, Search{});
    if (!is_new) return id;
    Search& search = place->second;
    search.id = id;
    search.by = voice.by;
    search.on = *voice.on;
    SearchedCatalogue searched{resource.title, std::nullopt, std::nullopt};
    if (resource.catalog != nullptr) searched.records = static_cast<std::int64_t>(resource.catalog->controls.size());
    if (resource.catalog != nullptr) searched.date = resource.catalog->on;
    search.catalogues.push_back(std::move(searched));
    search.read = "controls";
    std::vector<std::string> how;
    if (voice.method) how.emplace_back(name_of(*voice.method));
    if (!voice.rationale.empty()) how.push_back(voice.rationale);
    search.method = how.empty() ? "control mapping" : fmt::format("control mapping ({})", join(how, ", "));
    // A person, or people, who have called it finished answer for it.
    if (voice.complete && voice.method != Method::automation) search.signature = Signature{voice.by, *voice.on};
    return id;
  }

  void note_gap(const Claim& claim) {
    const auto found = searches_.find(claim.search);
    if (found == searches_.end()) return;
    Search& search = found->second;
    if (search.needs.empty()) search.where = claim.link.where;
    search.needs.push_back(claim.link.to);
    search.candidates.push_back({claim.link.to, claim.link.from, Finding::does_not_cover, claim.link.rationale, {}});
  }

  void finish_search(Search&& search) {
    if (!search.needs.empty()) in_.map.searches.push_back(std::move(search));
  }

  Records in_;
  const Map* onto_;
  std::unordered_map<std::string, const Node*> on_map_;  ///< By the identity of the identifier.
  MergeRules rules_;
  std::vector<Catalog> catalogs_;
  std::vector<Catalog> known_;                             ///< On the map already, or awaited there.
  std::unordered_map<std::string, Statement> statements_;  ///< By prefix and OSCAL id.
  Catalog* catalog_ = nullptr;                             ///< That is being read.
  Source source_;                                          ///< Of it.
  std::unordered_map<std::string, std::size_t> labels_;    ///< How often each of its labels stands, by identity.
  std::unordered_map<std::string, const Json*> params_;    ///< Of it, by id.
  std::unordered_map<std::string, std::string> rendered_;  ///< Its parameters in words.
  std::vector<Claim> claims_;
  std::unordered_map<std::string, std::size_t> claim_index_;  ///< By both ends, relation and author.
  std::map<std::string, Search> searches_;                    ///< By id.
};

}  // namespace

constexpr std::string_view oscal_extensions[] = {".xml", ".yaml", ".yml"};

/// A catalogue becomes topics, requirements and the deliverable that states them; a mapping becomes covers links both ways, also
/// to controls that no input holds. A requirement is named by the document without its edition and the control's id, "NIST SP
/// 800-53 AC-2(1)": one edition of a catalogue has room on a map.
extern const Importer oscal_importer{
    .name = "oscal",
    .help = "OSCAL catalogues of controls, and control mappings between them, in JSON, XML or YAML",
    .extension = ".json",
    .more_extensions = oscal_extensions,
    .read = [](std::span<const Input> inputs) { return OscalReader(nullptr).run(inputs); },
    .read_onto = [](std::span<const Input> inputs, const Map& map) { return OscalReader(&map).run(inputs); },
    .members =
        "catalog mapping-collection profile component-definition system-security-plan assessment-plan assessment-results "
        "plan-of-action-and-milestones",
    .rules =
        "Groups and controls are told apart by their ids; a label is another name where no other has it.\n"
        "A mapping may be imported before, with or after its catalogues: what it names is put on the map by its identifier, and "
        "becomes the control when the catalogue comes.\n"
        "A catalogue is found by the file, the number or the title that the mapping names, else by the controls that it holds.\n"
        "Each pair of a mapping is a maps-to link, and each document covers what the other's controls demand; what a finished "
        "mapping by people states as unmapped or unrelated becomes a signed search record.\n"
        "What export --format oscal-mapping wrote comes back as the links that it was; both ends must be on the map.\n"
        "A catalogue or mapping holds all of its source: what an earlier edition said and this one does not is gone, and told.",
};

}  // namespace lacuna
