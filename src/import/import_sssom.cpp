// SSSOM/TSV: mappings between what the map has; what export --format sssom writes comes back as it was.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/identity.hpp"
#include "base/percent.hpp"
#include "base/text.hpp"
#include "formats/csv.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

struct Predicate {
  std::string_view name;
  SetRelation relation;
};
constexpr Predicate predicates[] = {
    {"skos:exactmatch", SetRelation::equal_to},           {"skos:closematch", SetRelation::equivalent_to},
    {"skos:broadmatch", SetRelation::subset_of},          {"skos:narrowmatch", SetRelation::superset_of},
    {"skos:relatedmatch", SetRelation::intersects_with},  {"owl:sameas", SetRelation::equal_to},
    {"owl:equivalentclass", SetRelation::equivalent_to},  {"rdfs:subclassof", SetRelation::subset_of},
    {"oboinowl:hasdbxref", SetRelation::intersects_with},
};

class SssomReader {
 public:
  explicit SssomReader(const Map* map) : has_map_(map != nullptr) {
    if (map == nullptr) return;
    for (const Node& node : map->nodes) named_.emplace(identity_of(node.id), &node);
    for (const Node& node : map->nodes) {
      for (const std::string& alias : node.aliases) named_.emplace(identity_of(alias), &node);
    }
  }

  Imported run(std::span<const Input> inputs) {
    for (const Input& input : inputs) read(input);
    return {.map = std::move(map_), .diagnostics = std::move(diagnostics_), .readable = readable_};
  }

 private:
  void error(std::uint32_t line, std::string message) {
    diagnostics_.push_back({Severity::error, map_.files.back(), line, std::move(message)});
  }

  void read(const Input& input) {
    map_.files.push_back(input.file);
    header_.clear();
    // The lines of metadata leave empty ones, so that the rows keep their numbers.
    std::string rows;
    for (std::string_view rest = input.bytes; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      if (line.starts_with('#')) {
        read_metadata(line.substr(1));
      } else {
        rows += line;
      }
      if (end < rest.size()) rows += '\n';
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const auto sheet = read_csv(rows, fmt::format("{}.tsv", input.file), diagnostics_);
    if (!sheet) {
      diagnostics_.back().file = input.file;
      readable_ = false;
      return;
    }
    if (sheet->rows.empty() || column(sheet->rows.front(), "subject_id") == none ||
        column(sheet->rows.front(), "object_id") == none || column(sheet->rows.front(), "predicate_id") == none) {
      error(sheet->rows.empty() ? 0 : sheet->rows.front().line,
            "no SSSOM/TSV; its columns are subject_id, predicate_id, object_id and others");
      readable_ = false;
      return;
    }
    const Row& names = sheet->rows.front();
    for (const Row& row : std::span(sheet->rows).subspan(1)) {
      read_row(row, [&](std::string_view name) -> std::string {
        const std::size_t c = column(names, name);
        return c < row.cells.size() ? row.cells[c] : std::string();
      });
    }
  }

  static constexpr std::size_t none = std::string::npos;
  static std::size_t column(const Row& names, std::string_view name) {
    const auto found = std::ranges::find(names.cells, name);
    return found == names.cells.end() ? none : static_cast<std::size_t>(found - names.cells.begin());
  }

  /// "mapping_set_title: \"AI and security\"": what holds of all rows.
  void read_metadata(std::string_view line) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos || line.starts_with(' ')) return;
    std::string_view value = trimmed(line.substr(colon + 2));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    header_.emplace(line.substr(0, colon), value);
  }

  /// The node that an identifier of the mapping means; told where there is none.
  const Node* meant(const std::string& written, std::string& id) {
    id = percent_decoded(written.starts_with("lacuna:") ? std::string_view(written).substr(7) : std::string_view(written));
    if (!has_map_) return nullptr;
    for (const std::string& name : {id, id.substr(std::min(id.find(':'), id.size() - 1) + 1)}) {
      const auto found = named_.find(identity_of(name));
      if (found == named_.end()) continue;
      id = found->second->id;
      return found->second;
    }
    return nullptr;
  }

  template <class Cell>
  void read_row(const Row& row, const Cell& cell) {
    const std::string subject = cell("subject_id");
    const std::string object = cell("object_id");
    const std::string predicate = cell("predicate_id");
    if (subject.empty() || object.empty() || predicate.empty())
      return error(row.line, "the row needs subject_id, predicate_id and object_id; skipped");
    Link link;
    const Node* from = meant(subject, link.from);
    const Node* to = meant(object, link.to);
    for (const auto& [node, name] : {std::pair(from, subject), std::pair(to, object)}) {
      if (node == nullptr && has_map_)
        return error(row.line,
                     fmt::format("\"{}\" is no node of the map; skipped; import what it is about first", shortened(name, 60)));
    }
    const auto known = std::ranges::find(predicates, lower(predicate), &Predicate::name);
    if (known == std::end(predicates))
      return error(row.line, fmt::format("the predicate \"{}\" says nothing of sets; skipped", shortened(predicate, 60)));
    link.set_relation = cell("predicate_modifier") == "Not" ? SetRelation::no_relationship : known->relation;
    link.relation = from != nullptr && from->kind == Kind::deliverable ? Relation::covers : Relation::maps_to;
    if (link.relation == Relation::covers) {
      link.degree = degree_of(*link.set_relation);
      // Of a threat or a use case, a degree alone can be said.
      if (to->kind != Kind::requirement && to->kind != Kind::capability) link.set_relation.reset();
    }
    for (const std::string_view who : {"reviewer_label", "reviewer_id", "author_label", "author_id"}) {
      if (link.by.empty()) link.by = cell(who);
    }
    const bool reviewed = !cell("reviewer_label").empty() || !cell("reviewer_id").empty();
    if (link.by.empty()) link.by = header_["creator_label"];
    const std::string day = cell("mapping_date").empty() ? header_["mapping_date"] : cell("mapping_date");
    link.on = Date::parse(day);
    if (!day.empty() && !link.on)
      error(row.line, fmt::format("\"{}\" is no date; left out; write YYYY-MM-DD", shortened(day, 40)));
    const std::string justified = cell("mapping_justification");
    link.method = justified == "semapv:ManualMappingCuration" || justified == "semapv:MappingReview" ? Method::human
                  : justified == "semapv:CompositeMatching"                                          ? Method::hybrid
                                                                                                     : Method::automation;
    // What a machine proposes and nobody has reviewed is a suggestion.
    if (link.method == Method::automation && !reviewed) link.status = Status::suggested;
    link.evidence = cell("subject_match_field");
    link.rationale = cell("comment");
    link.source.name = cell("mapping_source");
    if (link.source.name.empty()) link.source.name = header_["mapping_set_title"];
    if (link.source.name.empty()) link.source.name = header_["mapping_set_id"];
    read_own(row, cell("other"), link);
    link.where = {static_cast<std::uint32_t>(map_.files.size() - 1), row.line};
    map_.links.push_back(std::move(link));
  }

  /// What our own files say beside: "degree=full|status=asserted|clause=7|set-relation=superset-of".
  void read_own(const Row& row, std::string_view text, Link& link) {
    bool own_relation = false;
    bool own_degree = false;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('|'), text.size());
      const std::string_view pair = text.substr(0, end);
      const std::size_t sign = pair.find('=');
      const std::string_view name = pair.substr(0, sign);
      const std::string_view value = sign == std::string_view::npos ? std::string_view() : pair.substr(sign + 1);
      if (name == "clause") link.clause = value;
      if (name == "status") {
        if (const auto status = parse<Status>(value)) link.status = *status;
      }
      if (name == "degree" && link.relation == Relation::covers) {
        if (const auto degree = parse<Degree>(value)) link.degree = *degree, own_degree = true;
      }
      own_relation = own_relation || name == "set-relation";
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (own_degree && !own_relation) link.set_relation.reset();
    if (link.relation == Relation::covers && link.set_relation && degree_of(*link.set_relation) != *link.degree)
      error(row.line, fmt::format("the degree {} does not go with the predicate; the degree was kept", name_of(*link.degree))),
          link.set_relation.reset();
  }

  bool has_map_;
  std::unordered_map<std::string, const Node*> named_;
  std::map<std::string, std::string, std::less<>> header_;
  Map map_;
  std::vector<Diagnostic> diagnostics_;
  bool readable_ = true;
};

}  // namespace

/// Mappings become covers links where the subject is a deliverable, else maps-to links between needs.
extern const Importer sssom_importer{
    .name = "sssom",
    .help = "SSSOM/TSV: mappings between nodes of the map",
    .extension = ".tsv",
    .read = [](std::span<const Input> inputs) { return SssomReader(nullptr).run(inputs); },
    .read_onto = [](std::span<const Input> inputs, const Map& map) { return SssomReader(&map).run(inputs); },
    .first_heading = "subject_id",
    .rules =
        "A deliverable as subject covers the need, to the degree that the predicate says; a need maps to the other need.\n"
        "Both ends must be on the map, by identifier or alias, with or without the prefix of the CURIE; else the row is told and "
        "skipped.\n"
        "A mapping made by a machine alone is suggested; one that has a reviewer, or was made by people, is asserted.",
};

}  // namespace lacuna
