// OSCAL 1.2 control mapping: what needs say of each other, and what deliverables cover, as a mapping collection.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/json.hpp"
#include "formats/oscal_own.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

/// The identifier of a part of the document: the same for the same words.
std::string uuid_of(std::string_view words) {
  const std::uint64_t high = hash_of(words);
  const std::uint64_t low = hash_of(words, high);
  // Version 5, made from a name, and the variant of RFC 9562.
  return fmt::format("{:08x}-{:04x}-5{:03x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xFFFF, high & 0xFFF,
                     0x8000 | ((low >> 48) & 0x3FFF), low & 0xFFFFFFFFFFFF);
}

/// A text that stands in Markdown as it is. What begins "(Citation:" would be taken for a mark of its own.
std::string markdown_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::string_view("\\`*_[]<").find(text[i]) != std::string_view::npos || text.substr(i).starts_with("(Citation:"))
      out += '\\';
    out += text[i];
  }
  return out;
}

Value own_property(std::string_view name, std::string_view value) {
  Value prop = Value::object();
  prop.set("name", name).set("ns", oscal::own_namespace).set("value", value);
  return prop;
}

/// One side of a mapping: the catalogue that states the need, the deliverable itself, else the map.
struct MappedResource {
  std::string uuid;
  std::string title;
  std::string address;
};

class MappingWriter {
 public:
  explicit MappingWriter(const Situation& situation) : situation_(situation), graph_(situation.graph()) {
    for (const NodeId id : graph_.of_kind(Kind::deliverable)) {
      const Node& node = graph_.node(id);
      const bool catalogue = !node.attribute("oscal_uuid").empty() || !node.attribute("oscal_file").empty();
      if (catalogue) catalogues_.emplace(node.source.name, &node);
    }
  }

  std::string write() {
    for (std::size_t i = 0; i < graph_.edges().size(); ++i) {
      const auto id = static_cast<LinkId>(i);
      const Edge& edge = graph_.edge(id);
      const bool maps = edge.relation == Relation::covers || edge.relation == Relation::maps_to;
      if (maps && (edge.status == Status::asserted || edge.status == Status::suggested)) add(id, edge);
    }
    if (order_.empty())
      throw Error(ErrorCode::bad_input, "",
                  "the map has no covers and no maps-to link that counts, and an OSCAL mapping needs one");
    const std::string title = graph_.info().title.empty() ? "Map" : graph_.info().title;
    const std::string day = to_string(situation_.as_of());
    Value mappings = Value::array();
    for (const std::string& key : order_) {
      Value& mapping = mappings_.at(key);
      mapping.set("maps", std::move(maps_.at(key)));
      mappings.push(std::move(mapping));
    }
    Value metadata = Value::object();
    metadata.set("title", markdown_of(title))
        .set("last-modified", day + "T00:00:00Z")
        .set("version", day)
        .set("oscal-version", "1.2.0");
    metadata.set("props", Value(Value::Array{own_property("made-by", "lacuna export")}));
    Value provenance = Value::object();
    // The format wants a kind of comparison said of all: people hold meanings against each other.
    provenance.set("method", "human").set("matching-rationale", "semantic").set("status", "complete");
    if (!parties_.empty()) {
      Value parties = Value::array();
      Value uuids = Value::array();
      for (const std::string& name : parties_) {
        Value party = Value::object();
        party.set("uuid", party_uuid(name)).set("type", "person").set("name", name);
        parties.push(std::move(party));
        uuids.push(party_uuid(name));
      }
      Value role = Value::object();
      role.set("id", "mapper").set("title", "Who says so");
      metadata.set("roles", Value(Value::Array{std::move(role)})).set("parties", std::move(parties));
      Value responsible = Value::object();
      responsible.set("role-id", "mapper").set("party-uuids", std::move(uuids));
      provenance.set("responsible-parties", Value(Value::Array{std::move(responsible)}));
    }
    provenance.set(
        "mapping-description",
        markdown_of(fmt::format("What needs of the map \"{}\" say of each other, and what deliverables cover of them.", title)));
    Value resources = Value::array();
    for (const auto& [uuid, resource] : resources_) {
      Value one = Value::object();
      one.set("uuid", uuid).set("title", markdown_of(resource.title));
      if (!resource.address.empty()) {
        Value link = Value::object();
        link.set("href", resource.address);
        one.set("rlinks", Value(Value::Array{std::move(link)}));
      }
      resources.push(std::move(one));
    }
    Value back_matter = Value::object();
    back_matter.set("resources", std::move(resources));
    Value collection = Value::object();
    collection.set("uuid", uuid_of(fmt::format("{}\n{}\n{}", title, day, json::write_compact(mappings))))
        .set("metadata", std::move(metadata))
        .set("provenance", std::move(provenance))
        .set("mappings", std::move(mappings))
        .set("back-matter", std::move(back_matter));
    Value document = Value::object();
    document.set("mapping-collection", std::move(collection));
    return json::write(document);
  }

 private:
  static std::string party_uuid(const std::string& name) { return uuid_of("party\n" + name); }

  const MappedResource& resource_of(const Node& node) {
    const auto catalogue =
        is_need(node.kind) && !node.attribute("oscal_id").empty() ? catalogues_.find(node.source.name) : catalogues_.end();
    const Node* document = catalogue != catalogues_.end() ? catalogue->second : node.kind == Kind::deliverable ? &node : nullptr;
    MappedResource resource;
    if (document == nullptr) {
      resource = {uuid_of("map\n" + graph_.info().title), graph_.info().title.empty() ? "Map" : graph_.info().title, ""};
    } else {
      const std::string file(document->attribute("oscal_file"));
      resource = {uuid_of("document\n" + document->id), document->title.empty() ? document->id : document->title,
                  file.empty() ? document->address : file};
    }
    std::string uuid = resource.uuid;
    return resources_.try_emplace(std::move(uuid), std::move(resource)).first->second;
  }

  static Value item_of(const Node& node, const std::string& clause) {
    const std::string_view control = is_need(node.kind) ? node.attribute("oscal_id") : std::string_view();
    Value item = Value::object();
    // A document as a whole has no name among OSCAL's types: the clauses that say it, else its identifier, stand for it.
    item.set("type", node.kind == Kind::deliverable ? "statement" : "control")
        .set("id-ref", node.kind == Kind::deliverable && !clause.empty() ? clause
                       : control.empty()                                 ? node.id
                                                                         : std::string(control));
    item.set("props", Value(Value::Array{own_property("identifier", node.id)}));
    return item;
  }

  void add(LinkId id, const Edge& edge) {
    const EdgeText& text = graph_.text(id);
    const Node& from = graph_.node(edge.from);
    const Node& to = graph_.node(edge.to);
    const std::string source = resource_of(from).uuid;
    const std::string target = resource_of(to).uuid;
    const std::string_view method = text.method ? name_of(*text.method) : std::string_view();
    std::string key = fmt::format("{}\n{}\n{}\n{}", source, target, method, name_of(edge.status));
    if (const auto [place, fresh] = mappings_.try_emplace(key, Value::object()); fresh) {
      Value& mapping = place->second;
      mapping.set("uuid", uuid_of("mapping\n" + key));
      if (!method.empty()) mapping.set("method", method);
      mapping.set("status", edge.status == Status::asserted ? "complete" : "draft");
      for (const auto& [side, uuid] : {std::pair("source-resource", source), std::pair("target-resource", target)}) {
        Value reference = Value::object();
        reference.set("type", "catalog").set("href", "#" + uuid);
        mapping.set(side, std::move(reference));
      }
      maps_.emplace(key, Value::array());
      order_.push_back(key);
    }
    maps_.at(key).push(entry_of(edge, text, from, to));
    if (!text.by.empty() && std::ranges::find(parties_, text.by) == parties_.end()) parties_.push_back(text.by);
  }

  static Value entry_of(const Edge& edge, const EdgeText& text, const Node& from, const Node& to) {
    const bool covers = edge.relation == Relation::covers;
    const SetRelation said = text.set_relation                       ? *text.set_relation
                             : covers && edge.degree == Degree::full ? SetRelation::superset_of
                             : covers && edge.degree == Degree::none ? SetRelation::no_relationship
                                                                     : SetRelation::intersects_with;
    Value props = Value::array();
    const auto note = [&](std::string_view name, std::string_view value) {
      if (!value.empty()) props.push(own_property(name, one_line_of(value)));
    };
    note("relation", name_of(edge.relation));
    if (covers) note("degree", name_of(edge.degree));
    if (text.set_relation) note("set-relation", name_of(*text.set_relation));
    if (text.strength) note("strength", std::to_string(*text.strength));
    note("clause", text.clause);
    note("evidence", text.evidence);
    if (text.method) note("method", name_of(*text.method));
    note("status", name_of(edge.status));
    note("by", text.by);
    if (text.on) note("on", to_string(*text.on));
    note("source", text.source.name);
    note("source-address", text.source.address);
    if (text.source.seen) note("seen", to_string(*text.source.seen));
    note("questioned", text.questioned);
    Value entry = Value::object();
    entry.set("uuid", uuid_of(fmt::format("{}\n{}\n{}\n{}", from.id, name_of(edge.relation), to.id, text.by)))
        .set("relationship", name_of(said))
        .set("sources", Value(Value::Array{item_of(from, text.clause)}))
        .set("targets", Value(Value::Array{item_of(to, "")}))
        .set("props", std::move(props));
    if (!text.rationale.empty()) entry.set("remarks", markdown_of(text.rationale));
    return entry;
  }

  /// A property is one line, whatever ends a line in the patterns of JSON schemas.
  static std::string one_line_of(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t length = std::max<std::size_t>(code_point_length(text), 1);
      const std::string_view character = text.substr(0, length);
      const bool ends = character == "\n" || character == "\r" || character == "\u2028" || character == "\u2029";
      out += ends ? std::string_view(" ") : character;
      text.remove_prefix(length);
    }
    return out;
  }

  const Situation& situation_;
  const Graph& graph_;
  std::map<std::string, const Node*> catalogues_;    ///< Deliverables that an OSCAL catalogue made, by what it is called.
  std::map<std::string, MappedResource> resources_;  ///< By uuid.
  std::map<std::string, Value> mappings_;            ///< By both resources, method and status.
  std::map<std::string, Value> maps_;                ///< Their entries.
  std::vector<std::string> order_;                   ///< Their keys, as they came.
  std::vector<std::string> parties_;
};

std::string write_oscal_mapping(const Situation& situation) { return MappingWriter(situation).write(); }

}  // namespace

extern const ExchangeFormat oscal_mapping_format{
    .name = "oscal-mapping",
    .help = "covers and maps-to links as an OSCAL 1.2 control mapping",
    .leaves_out =
        "everything but covers and maps-to links that are asserted or suggested; deliverables stand there as resources, line "
        "ends "
        "only in rationales",
    .write = write_oscal_mapping,
};

}  // namespace lacuna
