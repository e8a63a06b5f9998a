#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <unordered_set>

#include "base/text.hpp"
#include "import/foreign_json.hpp"

namespace lacuna {
namespace {

using json::Json;

constexpr std::size_t most_named = 8;            ///< Controls or reasons named in one link; the rest is counted.
constexpr std::size_t longest_parameter = 1000;  ///< Code points.
constexpr std::size_t longest_statement = 20'000;
constexpr std::size_t longest_rationale = 500;

bool has_digit(std::string_view word) { return std::ranges::any_of(word, is_digit); }

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank != 0) words.emplace_back(text.substr(0, blank));
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return words;
}

/// The identifier of the document that a title names: without subtitle, remark in brackets and the word "catalog".
/// "Electronic Version of NIST Special Publication 800-53 Revision 5: Security …" is "NIST SP 800-53 Rev. 5".
std::string document_id(std::string_view title) {
  constexpr std::string_view preamble = "Electronic Version of ";
  if (title.starts_with(preamble)) title.remove_prefix(preamble.size());
  title = title.substr(0, title.find(": "));
  title = title.substr(0, title.find(" ("));
  std::vector<std::string> words = split(title);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string word = lower(words[i]);
    const std::string next = lower(words[i + 1]);
    if (word == "special" && next == "publication") {
      words[i] = "SP";
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    } else if ((word == "revision" || word == "rev") && has_digit(next)) {
      words[i] = "Rev.";
    }
  }
  if (words.size() > 1 && (lower(words.back()) == "catalog" || lower(words.back()) == "catalogue")) words.pop_back();
  return shortened(join(words, " "), 100);
}

/// The document without its edition, before the label of each of its controls: "NIST SP 800-53", "CIS Controls".
/// It ends with the first word that holds a digit, or before it where that is an edition.
std::string prefix_of(const std::string& document) {
  std::string prefix;
  std::string last;
  for (const std::string& word : split(document)) {
    const std::string small = lower(word);
    const bool marks_edition = small == "rev." || small == "version" || small == "edition" || small == "release";
    const bool edition = has_digit(word) && small.front() == 'v';
    if (!prefix.empty() && (marks_edition || edition)) break;
    if (!prefix.empty()) prefix += ' ';
    prefix += word.substr(0, word.find(':'));
    if (has_digit(word)) break;
  }
  return prefix;
}

/// How people write an identifier of NIST's: "ac-2.1" as AC-2(1), "ac" as AC. Others stay as they are.
std::string label_of(const std::string& id) {
  std::size_t at = 0;
  while (at < id.size() && id[at] >= 'a' && id[at] <= 'z') ++at;
  if (at < 2 || at > 3) return id;
  std::string label;
  for (std::size_t i = 0; i < at; ++i) label += static_cast<char>(id[i] - 'a' + 'A');
  if (at == id.size()) return label;
  const auto number = [&] {
    const std::size_t first = at;
    while (at < id.size() && is_digit(id[at])) ++at;
    return id.substr(first, at - first);
  };
  if (id[at++] != '-') return id;
  const std::string control = number();
  if (control.empty()) return id;
  label += "-" + control;
  if (at == id.size()) return label;
  if (id[at++] != '.') return id;
  const std::string enhancement = number();
  if (enhancement.empty() || at != id.size()) return id;
  return label + "(" + enhancement + ")";
}

/// The last part of an address: "https://example.org/a/b.json#c" is "b.json".
std::string file_name(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  return std::string(address.substr(address.find_last_of('/') + 1));
}

/// A title for what only a file name tells: "NIST_SP-800-53_rev5_catalog.json" is "NIST SP 800-53 rev 5 catalog".
std::string title_of(std::string_view address) {
  std::string title = file_name(address);
  title = title.substr(0, title.rfind('.'));
  std::ranges::replace(title, '_', ' ');
  std::vector<std::string> words = split(title);
  for (std::string& word : words) {
    if (word.starts_with("SP-")) word[2] = ' ';
    if (word.size() > 3 && lower(word).starts_with("rev") && is_digit(word[3])) word.insert(3, " ");
  }
  return join(words, " ");
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
  Imported run(std::span<const Input> inputs) {
    std::deque<Json> documents;
    std::vector<std::pair<std::uint32_t, const Json*>> mappings;
    for (const Input& input : inputs) {
      auto document = in_.open(input, "an OSCAL document");
      if (!document) continue;
      const Json& kept = documents.emplace_back(std::move(*document));
      const Json* catalog = member(kept, "catalog");
      const Json* collection = member(kept, "mapping-collection");
      const Json* root = catalog != nullptr ? catalog : collection;
      if (root == nullptr) {
        in_.refuse(kept, "an OSCAL document must hold a \"catalog\" or a \"mapping-collection\"");
      } else if (root->type != Json::Type::object) {
        in_.refuse(*root, fmt::format("a {} must be an object, not {}", catalog != nullptr ? "catalog" : "mapping-collection",
                                      json::kind_of(*root)));
      } else if (catalog != nullptr) {
        read_catalog(*catalog);
      } else {
        mappings.emplace_back(in_.file(), collection);
      }
    }
    for (const auto& [file, collection] : mappings) {
      in_.enter(file);
      read_collection(*collection);
    }
    for (Claim& claim : claims_) finish_claim(claim);
    return in_.finish();
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
    Head head;
    std::string uuid;
    std::string file;
    std::string document;  ///< The deliverable's id.
    std::string prefix;
  };

  void read_catalog(const Json& json) {
    const auto head = read_head(json, "catalog");
    if (!head) return;
    Catalog catalog{*head, in_.text(json, "uuid"), in_.map.files[in_.file()], document_id(head->title), {}};
    catalog.prefix = prefix_of(catalog.document);
    params_.clear();
    rendered_.clear();
    withdrawn_ = 0;
    catalog_ = &catalog;
    add_document(json, catalog);
    Node topic = node_of(json, catalog.prefix + " catalog", Kind::topic, head->title);
    const std::string id = topic.id;
    add_or_reuse(json, std::move(topic));
    index_controls(json);
    read_group(json, id);
    if (withdrawn_ > 0) {
      in_.warning(json, fmt::format("{} without a date {} left aside", count_of(withdrawn_, "withdrawn control"),
                                    withdrawn_ == 1 ? "is" : "are"));
    }
    catalogs_.push_back(std::move(catalog));
  }

  void add_document(const Json& json, const Catalog& catalog) {
    Node node = node_of(json, catalog.document, Kind::deliverable, catalog.head.title);
    node.state = State::published;
    const auto day = catalog.head.published ? catalog.head.published : catalog.head.modified;
    if (day) node.dates.push_back({"published", *day});
    if (!catalog.head.version.empty()) node.attributes.emplace_back("version", catalog.head.version);
    if (!catalog.uuid.empty()) node.attributes.emplace_back("oscal_uuid", catalog.uuid);
    add_or_reuse(json, std::move(node));
  }

  Node node_of(const Json& json, std::string id, Kind kind, std::string title) const {
    Node node;
    node.id = std::move(id);
    node.kind = kind;
    node.title = std::move(title);
    node.source = catalog_->head.source;
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
    link.source = catalog_->head.source;
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

  static std::string label_of(const Json& json, const std::string& id) {
    std::string label = property(json, "label");
    return label.empty() ? lacuna::label_of(id) : label;
  }

  static std::string text_of(const Json& json, std::string_view name) {
    const Json* found = member(json, name);
    return found == nullptr ? std::string() : found->text;
  }

  /// Notes all parameters, controls and statements, to which others may point before they come. Quiet: faults are told where they
  /// are read.
  void index_controls(const Json& json) {
    for (const std::string_view list : {"params", "groups", "controls"}) {
      const Json* found = member(json, list);
      if (found == nullptr || found->type != Json::Type::array) continue;
      for (const Json& item : found->items) {
        const std::string id = text_of(item, "id");
        if (list == "params") {
          if (!id.empty()) params_.emplace(id, &item);
          continue;
        }
        if (list == "controls" && !id.empty()) {
          const std::string label = label_of(item, id);
          labels_.emplace(catalog_->prefix + '\n' + id, label);
          if (const Json* parts = member(item, "parts")) index_statements(*parts, id, true);
        }
        index_controls(item);
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
        Node node = node_of(*group, catalog_->prefix + " " + (id.empty() ? *title : label_of(*group, id)), Kind::topic, *title);
        topic = node.id;
        if (!id.empty()) node.attributes.emplace_back("oscal_id", id);
        if (add_or_reuse(*group, std::move(node))) part_of(*group, topic, parent);
      }
      read_group(*group, topic);
    }
    for (const Json* control : in_.objects(json, "controls")) read_control(*control, parent);
  }

  void read_control(const Json& json, const std::string& parent) {
    if (lower(property(json, "status")) == "withdrawn") {
      // OSCAL has no place for the day.
      ++withdrawn_;
      gone_.insert(catalog_->prefix + " " + label_of(json, in_.text(json, "id")));
      return;
    }
    const auto id = in_.needed(json, "control", "id");
    const auto title = id ? in_.needed(json, "control", "title") : std::nullopt;
    std::string control = parent;
    if (id && !title) in_.map.broken.push_back(catalog_->prefix + " " + label_of(json, *id));
    if (title) {
      const std::string label = label_of(json, *id);
      Node node = node_of(json, catalog_->prefix + " " + label, Kind::requirement, *title);
      node.text = statement(json);
      node.aliases = {label};
      Value attributes = Value::object();
      read_properties(json, attributes);
      attributes.set("oscal_id", *id);
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
      if (rel == "related" && href.starts_with("#")) related.push(label(catalog_->prefix, href.substr(1)));
    }
    if (related.size() > 0) attributes.set("related", std::move(related));
  }

  std::string label(const std::string& prefix, const std::string& id) const {
    const auto found = labels_.find(prefix + '\n' + id);
    return found == labels_.end() ? lacuna::label_of(id) : found->second;
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
  };

  /// What all links of a mapping share.
  struct Voice {
    std::string by;
    std::optional<Method> method;
    Status status = Status::asserted;
    std::string rationale;  ///< "semantic", "syntactic" or "functional" matching.
    std::optional<Date> on;
    Source source;
  };

  /// A need that a document covers as one or more entries of a mapping say.
  struct Claim {
    Link link;
    Reach reach;
    Few evidence;
    Few reasons;
  };

  void read_collection(const Json& json) {
    const auto head = read_head(json, "mapping-collection");
    if (!head) return;
    Voice voice;
    const Json* provenance = in_.object(json, "provenance");
    voice.by = author(*member(json, "metadata"), provenance, head->source.name);
    voice.on = head->modified ? head->modified : head->published;
    voice.source = head->source;
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
    voice.rationale = inherited(json, provenance, "matching-rationale");
    const auto source = read_resource(json, collection, "source-resource", voice);
    const auto target = read_resource(json, collection, "target-resource", voice);
    if (!source || !target) return;
    for (const Json* entry : in_.objects(json, "maps")) read_entry(*entry, *source, *target, voice);
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
    const std::string document = document_id(title);
    for (const Catalog& catalog : catalogs_) {
      const bool same_file = std::ranges::any_of(addresses, [&](const std::string& address) {
        return !file_name(address).empty() && file_name(address) == file_name(catalog.file);
      });
      const bool same_uuid = !catalog.uuid.empty() && *href == "#" + catalog.uuid;
      if (same_file || same_uuid || document == catalog.document) return Resource{catalog.document, catalog.prefix};
    }
    for (const std::string& address : addresses) {
      if (title.empty()) title = title_of(address);
    }
    if (title.empty()) {
      in_.error(*json, fmt::format("nothing names the {} \"{}\"; give it a title in the back matter; skipped", role,
                                   shortened(*href, 80)));
      return std::nullopt;
    }
    Resource resource{document_id(title), {}};
    resource.prefix = prefix_of(resource.document);
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
      node.where = in_.at(*json);
      in_.add(std::move(node));
    }
    return resource;
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

  std::vector<Item> read_items(const Json& entry, std::string_view name, const Resource& resource) {
    std::vector<Item> items;
    const std::vector<const Json*> list = in_.objects(entry, name);
    if (list.empty()) in_.error(entry, fmt::format("a map needs controls or statements in \"{}\"; skipped", name));
    for (const Json* json : list) {
      const auto id = in_.needed(*json, "control or statement", "id-ref");
      const auto type = id ? in_.needed(*json, "control or statement", "type") : std::nullopt;
      if (!type) continue;
      if (*type == "control") {
        const std::string known_as = label(resource.prefix, *id);
        items.push_back({resource.prefix + " " + known_as, known_as, true});
      } else if (*type == "statement") {
        const auto found = statements_.find(resource.prefix + '\n' + *id);
        const Statement statement =
            found != statements_.end() ? found->second : Statement{id->substr(0, id->find("_smt")), id->ends_with("_smt")};
        items.push_back({resource.prefix + " " + label(resource.prefix, statement.control), *id, statement.whole});
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
    const std::vector<Item> sources = read_items(entry, "sources", source);
    const std::vector<Item> targets = read_items(entry, "targets", target);
    if (sources.empty() || targets.empty()) return;
    const std::string reason = rationale(entry, *relation, sources, targets, voice);
    const Reach reach(*relation);
    claim(entry, source, sources, reach, targets, reason, voice);
    claim(entry, target, targets, reach.inverse(), sources, reason, voice);
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
      if (gone_.contains(need.control)) continue;
      Claim fresh{{}, of_need, evidence, {}};
      fresh.reasons.add(reason);
      fresh.link.from = resource.document;
      fresh.link.relation = Relation::covers;
      fresh.link.to = need.control;
      fresh.link.method = voice.method;
      fresh.link.by = voice.by;
      fresh.link.on = voice.on;
      fresh.link.source = voice.source;
      fresh.link.status = voice.status;
      fresh.link.where = in_.at(entry);
      const auto [place, is_new] =
          claim_index_.emplace(resource.document + '\n' + need.control + '\n' + voice.by, claims_.size());
      if (is_new) {
        claims_.push_back(std::move(fresh));
        continue;
      }
      Claim& known = claims_[place->second];
      if (known.link.status == fresh.link.status) {
        known.reach.add(of_need);
        known.evidence.add(evidence);
        known.reasons.add(reason);
      } else if (fresh.link.status == Status::asserted) {
        known = std::move(fresh);
      }
    }
  }

  void finish_claim(Claim& claim) {
    claim.link.set_relation = claim.reach.relation();
    claim.link.degree = degree_of(*claim.link.set_relation);
    claim.link.evidence = claim.evidence.text(", ");
    claim.link.rationale = claim.reasons.text(" · ");
    in_.add(std::move(claim.link));
  }

  Records in_;
  std::vector<Catalog> catalogs_;
  std::unordered_map<std::string, std::string> labels_;    ///< Of controls, by prefix and OSCAL id.
  std::unordered_map<std::string, Statement> statements_;  ///< By prefix and OSCAL id.
  const Catalog* catalog_ = nullptr;                       ///< That is being read.
  std::unordered_map<std::string, const Json*> params_;    ///< Of it, by id.
  std::unordered_map<std::string, std::string> rendered_;  ///< Its parameters in words.
  std::size_t withdrawn_ = 0;                              ///< Its controls that were left aside.
  std::unordered_set<std::string> gone_;                   ///< Ids of all controls that were left aside.
  std::vector<Claim> claims_;
  std::unordered_map<std::string, std::size_t> claim_index_;  ///< By document, need and author.
};

}  // namespace

/// A catalogue becomes topics, requirements and the deliverable that states them; a mapping becomes covers links both ways, also
/// to controls that no input holds. A requirement is named by the document without its edition and the control's label, "NIST SP
/// 800-53 AC-2(1)": one edition of a catalogue has room on a map.
extern const Importer oscal_importer{
    .name = "oscal",
    .help = "OSCAL catalogues of controls, and control mappings between them",
    .extension = ".json",
    .read = [](std::span<const Input> inputs) { return OscalReader().run(inputs); },
    .members =
        "catalog mapping-collection profile component-definition system-security-plan assessment-plan assessment-results "
        "plan-of-action-and-milestones",
};

}  // namespace lacuna
