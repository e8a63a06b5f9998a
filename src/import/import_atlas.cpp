#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/yaml_tree.hpp"
#include "import/foreign_json.hpp"

namespace lacuna {
namespace {

using json::Json;

/// MITRE ATLAS as its own data file has it. Techniques become threats, mitigations capabilities that counter them, tactics topics
/// inside their matrix; a case study is told on the threats that it shows.
class AtlasReader {
 public:
  Imported run(std::span<const Input> inputs) {
    std::deque<Json> documents;
    for (const Input& input : inputs) {
      auto document = in_.open(input, "an ATLAS data file", yaml::read_tree);
      if (document) read(documents.emplace_back(std::move(*document)));
    }
    for (const auto& [name, cases] : cases_) {
      const auto& [threat, attribute] = name;
      in_.change(threat).attributes.emplace_back(attribute, join(cases, "; "));
    }
    Imported imported = in_.finish();
    imported.onto.whole = std::move(whole_);
    return imported;
  }

 private:
  void read(const Json& document) {
    if (member(document, "matrices") == nullptr) return in_.refuse(document, "no ATLAS data; it must hold a list \"matrices\"");
    const std::string id = in_.text(document, "id");
    source_ = {source_name(id.empty() ? "ATLAS" : id), "", std::nullopt};
    if (in_.map.info.title.empty()) in_.map.info.title = source_.name;
    newest_.reset();
    for (const Json* matrix : in_.objects(document, "matrices")) read_matrix(*matrix);
    for (const Json* study : in_.objects(document, "case-studies")) read_case(*study);
    whole_.push_back({source_.name, "object_type", {}, newest_});
  }

  void read_matrix(const Json& matrix) {
    const auto whole = add(matrix, Kind::topic, "matrix");
    for (const Json* tactic : in_.objects(matrix, "tactics")) {
      const auto id = add(*tactic, Kind::topic, "tactic");
      if (id && whole) link(*tactic, *id, Relation::part_of, *whole, {});
    }
    const std::vector<const Json*> techniques = in_.objects(matrix, "techniques");
    for (const Json* technique : techniques) add(*technique, Kind::threat, "technique");
    for (const Json* technique : techniques) {
      const std::string id = in_.text(*technique, "id");
      if (!is_threat(id)) continue;
      for (const Json* tactic : in_.texts(*technique, "tactics")) {
        const Node* topic = in_.node(tactic->text);
        if (topic != nullptr && topic->kind == Kind::topic)
          link(*tactic, id, Relation::part_of, topic->id, {});
        else
          in_.error(*tactic, fmt::format("\"tactics\" names \"{}\", which is no tactic of the file; skipped",
                                         shortened(tactic->text, 60)));
      }
      for (const std::string_view name : {"subtechnique-of", "specializes"}) {
        const std::string parent = in_.text(*technique, name);
        if (!parent.empty() && parent != id && names_threat(*technique, name, parent))
          link(*technique, id, Relation::part_of, parent, {});
      }
    }
    for (const Json* mitigation : in_.objects(matrix, "mitigations")) {
      const auto id = add(*mitigation, Kind::capability, "mitigation");
      for (const Json* use : in_.objects(*mitigation, "techniques")) {
        const std::string threat = in_.text(*use, "id");
        if (!id || !names_threat(*use, "techniques", threat)) continue;
        const std::string why = in_.text(*use, "use").empty() ? in_.text(*use, "usage") : in_.text(*use, "use");
        link(*use, *id, Relation::counters, threat, plain_text_of_markdown(why));
      }
    }
  }

  /// A node of the file; nothing, told, where it has no name or its identifier stands twice.
  std::optional<std::string> add(const Json& json, Kind kind, std::string_view what) {
    const auto id = in_.needed(json, what, "id");
    const auto name = id ? in_.needed(json, what, "name") : std::nullopt;
    if (!name) return std::nullopt;
    if (const Node* other = in_.node(*id)) {
      in_.error(json, fmt::format("\"{}\" stands twice, first at {}; skipped", shortened(*id, 80), in_.place(other->where)));
      return std::nullopt;
    }
    Node node;
    node.id = *id;
    node.kind = kind;
    node.title = *name;
    node.text = plain_text_of_markdown(in_.text(json, "description"));
    node.source = source_;
    node.where = in_.at(json);
    const auto created = in_.day(json, "created_date");
    const auto modified = in_.day(json, "modified_date");
    if (created && kind != Kind::topic) node.dates.push_back({"since", *created});
    for (const auto& day : {created, modified}) {
      if (day && (!newest_ || newest_->last_day() < day->last_day())) newest_ = day;
    }
    node.attributes.emplace_back("object_type", std::string(what));
    if (std::string maturity = in_.text(json, "maturity"); !maturity.empty())
      node.attributes.emplace_back("maturity", std::move(maturity));
    for (const std::string_view list : {"category", "ml-lifecycle"}) {
      const Json* found = member(json, list);
      std::vector<std::string> values;
      if (found != nullptr && found->type == Json::Type::text) values.push_back(found->text);
      for (const Json& value : found == nullptr ? std::vector<Json>() : found->items) {
        if (value.type == Json::Type::text) values.push_back(value.text);
      }
      if (!values.empty()) node.attributes.emplace_back(list, join(values, ", "));
    }
    if (const Json* attack = member(json, "ATT&CK-reference"); attack != nullptr && attack->type == Json::Type::object) {
      if (std::string reference = in_.text(*attack, "id"); !reference.empty())
        node.attributes.emplace_back("attack_reference", std::move(reference));
    }
    in_.add(std::move(node));
    return id;
  }

  /// What was an incident was seen in the wild; what people tried out themselves was demonstrated.
  void read_case(const Json& json) {
    const auto id = in_.needed(json, "case study", "id");
    if (!id) return;
    std::string text = *id;
    if (const std::string name = in_.text(json, "name"); !name.empty()) text += " " + shortened(name, 80);
    std::ranges::replace(text, ';', ',');
    const std::string type = lower(in_.text(json, "case-study-type"));
    const std::string attribute = type == "exercise" ? "demonstrated_in" : "seen_in";
    for (const Json* step : in_.objects(json, "procedure")) {
      const std::string threat = in_.text(*step, "technique");
      if (threat.empty() || !names_threat(*step, "technique", threat)) continue;
      std::vector<std::string>& cases = cases_[{identity_of(threat), attribute}];
      if (std::ranges::find(cases, text) == cases.end()) cases.push_back(text);
    }
  }

  bool is_threat(const std::string& id) const {
    const Node* node = in_.node(id);
    return node != nullptr && node->kind == Kind::threat;
  }

  bool names_threat(const Json& json, std::string_view role, const std::string& id) {
    if (is_threat(id)) return true;
    in_.error(json, fmt::format("\"{}\" names \"{}\", which is no technique of the file; skipped", role, shortened(id, 60)));
    return false;
  }

  void link(const Json& json, const std::string& from, Relation relation, const std::string& to, std::string rationale) {
    Link link;
    link.from = in_.node(from)->id;
    link.relation = relation;
    link.to = in_.node(to)->id;
    link.rationale = std::move(rationale);
    link.by = source_.name;
    link.source = source_;
    link.where = in_.at(json);
    in_.add(std::move(link));
  }

  Records in_;
  Source source_;
  std::optional<Date> newest_;  ///< When anything in the file was changed last.
  std::vector<WholeSource> whole_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>>
      cases_;  ///< By the identity of the threat, and attribute.
};

}  // namespace

extern const Importer atlas_importer{
    .name = "atlas",
    .help = "MITRE ATLAS as its own ATLAS.yaml: techniques, mitigations, tactics and case studies",
    .extension = ".yaml",
    .only_file = "atlas.yaml",
    .read = [](std::span<const Input> inputs) { return AtlasReader().run(inputs); },
    .rules =
        "A case study of an incident stands on its techniques as seen_in, one of an exercise as demonstrated_in; cases in "
        "which a threat was seen in the wild add to exposure, exercises do not.\n"
        "The file holds all of ATLAS: what came from an earlier version and does not come again is gone, and told.",
};

}  // namespace lacuna
