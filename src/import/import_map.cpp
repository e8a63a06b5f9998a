#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/import.hpp"
#include "model/merge_map.hpp"

namespace lacuna {
namespace {

/// One record of a search lists all the needs that it was for, millions on the largest maps, and stands in one file.
constexpr std::size_t most_values = 10 * json::most_values;

using json::Json;

/// Reads one object of the text form member by member and tells every fault with its line.
class MapReader {
 public:
  /// With a base, nodes begin as they stand there.
  explicit MapReader(const Map* base = nullptr) {
    if (base == nullptr) return;
    for (const Node& node : base->nodes) {
      for (const std::string& alias : node.aliases) aliases_[identity_of(alias)].push_back(&node);
    }
    for (const Node& node : base->nodes) known_.emplace(identity_of(node.id), &node);
    map_date_ = base->info.date;
  }

  Imported run(std::span<const Input> inputs) {
    for (const Input& input : inputs) {
      file_ = static_cast<std::uint32_t>(map_.files.size());
      map_.files.push_back(input.file);
      const auto document = json::read(input.bytes, input.file, diagnostics_, most_values);
      readable_ = readable_ && document.has_value();
      if (document && document->type != Json::Type::object) readable_ = false;
      if (document) read_document(*document);
    }
    return {std::move(map_), std::move(diagnostics_), readable_};
  }

 private:
  struct Member {
    std::string_view name;
    std::function<void(const Json&)> read;
    bool required = false;
  };

  void error(std::uint32_t line, std::string message) {
    diagnostics_.push_back({Severity::error, map_.files[file_], line, std::move(message)});
  }

  /// Calls the reader of each member; unknown, missing and mistyped members are told. False when `object` is none, or lacks
  /// a required member.
  bool read_object(const Json& object, std::string_view what, std::span<const Member> members) {
    if (object.type != Json::Type::object) {
      error(object.line, fmt::format("a {} must be an object, not {}", what, json::kind_of(object)));
      return false;
    }
    std::vector<bool> seen(members.size());
    for (std::size_t i = 0; i < object.items.size(); ++i) {
      std::size_t m = 0;
      while (m < members.size() && members[m].name != object.names[i]) ++m;
      if (m == members.size()) {
        std::vector<std::string_view> names;
        for (const Member& member : members) names.push_back(member.name);
        std::string hint = did_you_mean(object.names[i], names);
        if (hint.empty()) hint = what == "node" ? "; put it under \"attributes\" to keep it" : "; remove it";
        error(object.items[i].line, fmt::format("a {} has no attribute \"{}\"{}", what, shortened(object.names[i], 60), hint));
        continue;
      }
      seen[m] = true;
      members[m].read(object.items[i]);
    }
    bool complete = true;
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (!members[m].required || seen[m]) continue;
      error(object.line, fmt::format("a {} needs \"{}\"", what, members[m].name));
      complete = false;
    }
    return complete;
  }

  bool expect(const Json& value, Json::Type type, std::string_view name, std::string_view wanted) {
    if (value.type == type) return true;
    error(value.line, fmt::format("\"{}\" must be {}, not {}", name, wanted, json::kind_of(value)));
    return false;
  }

  Member text(std::string_view name, std::string& target, bool required = false) {
    return {name,
            [this, name, &target, required](const Json& v) {
              if (expect(v, Json::Type::text, name, "a text")) {
                target = v.text;
              } else if (required) {
                bad_word_ = true;
              }
            },
            required};
  }

  Member integer(std::string_view name, std::optional<int>& target) {
    return {name, [this, name, &target](const Json& v) {
              if (!expect(v, Json::Type::integer, name, "a whole number")) return;
              if (v.integer < -1'000'000 || v.integer > 1'000'000)
                return error(v.line, fmt::format("\"{}\" is out of range", name));
              target = static_cast<int>(v.integer);
            }};
  }

  std::optional<Date> date_of(const Json& v, std::string_view name) {
    if (!expect(v, Json::Type::text, name, "a date in quotes")) return std::nullopt;
    const auto date = Date::parse(v.text);
    if (!date) error(v.line, fmt::format("\"{}\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", shortened(v.text, 40)));
    return date;
  }

  Member date(std::string_view name, std::optional<Date>& target) {
    return {name, [this, name, &target](const Json& v) { target = date_of(v, name); }};
  }

  Member source(Source& target) {
    return {"source", [this, &target](const Json& v) {
              const Member parts[] = {text("name", target.name), text("address", target.address), date("seen", target.seen)};
              read_object(v, "source", parts);
            }};
  }

  /// A word of one of the closed lists.
  template <class E, class Target>
  Member word(std::string_view name, std::string_view what, Target& target, bool required = false) {
    return {name,
            [this, name, what, &target](const Json& v) {
              if (!expect(v, Json::Type::text, name, "a text")) return void(bad_word_ = true);
              if (const auto value = parse<E>(v.text)) {
                target = *value;
                return;
              }
              bad_word_ = true;
              std::vector<std::string_view> names;
              for (const Word& w : words<E>()) names.push_back(w.name);
              std::string hint = did_you_mean(v.text, names);
              if (hint.empty()) hint = fmt::format("; one of {}", fmt::join(names, ", "));
              error(v.line, fmt::format("unknown {} \"{}\"{}", what, shortened(v.text, 40), hint));
            },
            required};
  }

  template <class Read>
  void each(const Json& list, std::string_view name, Read read) {
    if (!expect(list, Json::Type::array, name, "a list")) return;
    for (const Json& item : list.items) read(item);
  }

  Member texts(std::string_view name, std::vector<std::string>& target, bool required = false) {
    return {name,
            [this, name, &target](const Json& v) {
              target.clear();
              each(v, name, [&](const Json& item) {
                if (expect(item, Json::Type::text, name, "a list of texts")) target.push_back(item.text);
              });
            },
            required};
  }

  void read_document(const Json& document) {
    std::string schema;
    const Member members[] = {
        text("schema", schema),
        {"map", [this](const Json& v) { read_info(v); }},
        {"nodes", [this](const Json& v) { each(v, "nodes", [this](const Json& item) { read_node(item); }); }},
        {"links", [this](const Json& v) { each(v, "links", [this](const Json& item) { read_link(item); }); }},
        {"searches", [this](const Json& v) { each(v, "searches", [this](const Json& item) { read_search(item); }); }},
    };
    read_object(document, "map file", members);
    if (!schema.empty() && schema != "lacuna:schema/map-1.json") {
      error(document.line, fmt::format("the schema \"{}\" is not lacuna:schema/map-1.json; a newer program may have written this",
                                       shortened(schema, 60)));
    }
  }

  void read_info(const Json& v) {
    if (!map_.info.title.empty()) error(v.line, "\"map\" stands in two files; keep one");
    const Member members[] = {text("title", map_.info.title), text("about", map_.info.about), date("date", map_.info.date),
                              texts("groups", map_.info.groups)};
    map_.info.where = {file_, v.line};
    read_object(v, "map", members);
  }

  void read_node(const Json& v) {
    Node node;
    const bool known = begin_with_base(v, node);
    node.where = {file_, v.line};
    bad_word_ = false;
    std::string id;
    const Member members[] = {
        text("id", known ? id : node.id, true),
        word<Kind>("kind", "kind", node.kind, !known),
        text("title", node.title, !known),
        text("text", node.text),
        texts("aliases", node.aliases),
        integer("priority", node.priority),
        word<State>("state", "state", node.state),
        {"dates", [&](const Json& dates) { read_dates(dates, node); }},
        text("address", node.address),
        source(node.source),
        {"attributes",
         [&](const Json& attributes) {
           if (!expect(attributes, Json::Type::object, "attributes", "an object")) return;
           if (const Value value = json::to_value(attributes); value.if_object() != nullptr) node.attributes = *value.if_object();
         }},
    };
    if (read_object(v, "node", members) && !bad_word_) {
      if (known) keep_former_state(node);
      map_.nodes.push_back(std::move(node));
    } else if (!node.id.empty()) {
      map_.broken.push_back(node.id);
    }
  }

  /// The one node of the base with that identifier or short name.
  const Node* in_base(const std::string& name) const {
    if (const auto found = known_.find(identity_of(name)); found != known_.end()) return found->second;
    const auto alias = aliases_.find(identity_of(name));
    return alias != aliases_.end() && alias->second.size() == 1 ? alias->second.front() : nullptr;
  }

  /// The node of that identifier as the base has it.
  bool begin_with_base(const Json& v, Node& node) const {
    for (std::size_t i = 0; i < v.items.size() && !known_.empty(); ++i) {
      if (v.type != Json::Type::object || v.names[i] != "id" || v.items[i].type != Json::Type::text) continue;
      const Node* found = in_base(v.items[i].text);
      if (found == nullptr) return false;
      node = *found;
      return true;
    }
    return false;
  }

  /// A deliverable that goes on was in its former state until then, also where that carried no date.
  void keep_former_state(Node& node) const {
    const Node& old = *known_.at(identity_of(node.id));
    if (!old.state || old.state == node.state ||
        std::ranges::find(node.dates, name_of(*old.state), &NodeDate::what) != node.dates.end())
      return;
    const std::optional<Date>& since = old.source.seen ? old.source.seen : map_date_;
    if (since) node.dates.push_back({std::string(name_of(*old.state)), *since});
  }

  void read_dates(const Json& dates, Node& node) {
    if (!expect(dates, Json::Type::object, "dates", "an object")) return;
    for (std::size_t i = 0; i < dates.items.size(); ++i) {
      const auto date = date_of(dates.items[i], dates.names[i]);
      if (!date) continue;
      std::erase_if(node.dates, [&](const NodeDate& d) { return d.what == dates.names[i]; });
      node.dates.push_back({dates.names[i], *date});
    }
  }

  void read_link(const Json& v) {
    Link link;
    link.where = {file_, v.line};
    bad_word_ = false;
    const Member members[] = {
        text("from", link.from, true),
        word<Relation>("relation", "relation", link.relation, true),
        text("to", link.to, true),
        word<Degree>("degree", "degree", link.degree),
        word<SetRelation>("set_relation", "set relation", link.set_relation),
        integer("strength", link.strength),
        text("rationale", link.rationale),
        text("evidence", link.evidence),
        text("clause", link.clause),
        word<Method>("method", "method", link.method),
        text("by", link.by),
        date("on", link.on),
        source(link.source),
        word<Status>("status", "status", link.status),
        text("questioned", link.questioned),
    };
    if (read_object(v, "link", members) && !bad_word_) {
      for (std::string* end : {&link.from, &link.to}) {
        if (const Node* node = in_base(*end)) *end = node->id;
      }
      map_.links.push_back(std::move(link));
    }
  }

  void read_search(const Json& v) {
    Search search;
    search.where = {file_, v.line};
    std::optional<Date> on;
    const Member members[] = {
        text("id", search.id, true),
        text("by", search.by, true),
        {"on", [&](const Json& value) { on = date_of(value, "on"); }, true},
        texts("needs", search.needs, true),
        {"catalogues",
         [&](const Json& list) {
           each(list, "catalogues", [&](const Json& item) {
             SearchedCatalogue catalogue;
             const Member parts[] = {
                 text("name", catalogue.name, true),
                 {"records",
                  [&](const Json& n) {
                    if (expect(n, Json::Type::integer, "records", "a whole number")) catalogue.records = n.integer;
                  }},
                 date("date", catalogue.date),
             };
             if (read_object(item, "catalogue", parts)) search.catalogues.push_back(std::move(catalogue));
           });
         },
         true},
        texts("not_searched", search.not_searched),
        text("read", search.read),
        {"queries",
         [&](const Json& list) {
           each(list, "queries", [&](const Json& item) {
             SearchedWords query;
             const Member parts[] = {
                 text("words", query.words, true),
                 {"hits",
                  [&](const Json& n) {
                    if (expect(n, Json::Type::integer, "hits", "a whole number")) query.hits = n.integer;
                  }},
             };
             if (read_object(item, "query", parts)) search.queries.push_back(std::move(query));
           });
         }},
        {"candidates",
         [&](const Json& list) {
           each(list, "candidates", [&](const Json& item) {
             JudgedCandidate candidate;
             const Member parts[] = {
                 text("need", candidate.need, true),
                 text("document", candidate.document, true),
                 word<Finding>("finding", "finding", candidate.finding, true),
                 text("reason", candidate.reason),
                 text("by", candidate.by),
             };
             if (read_object(item, "candidate", parts)) search.candidates.push_back(std::move(candidate));
           });
         }},
        {"unjudged",
         [&](const Json& list) {
           each(list, "unjudged", [&](const Json& item) {
             UnjudgedCandidate candidate;
             std::optional<Date> day;
             const Member parts[] = {
                 text("need", candidate.need, true),
                 text("document", candidate.document, true),
                 text("title", candidate.title, true),
                 text("catalogue", candidate.catalogue, true),
                 {"on", [&](const Json& value) { day = date_of(value, "on"); }, true},
             };
             if (!read_object(item, "candidate that waits for judgement", parts) || !day) return;
             candidate.on = *day;
             search.unjudged.push_back(std::move(candidate));
           });
         }},
        {"signed",
         [&](const Json& item) {
           Signature signature;
           std::optional<Date> day;
           const Member parts[] = {
               text("by", signature.by, true),
               {"on", [&](const Json& value) { day = date_of(value, "on"); }, true},
           };
           if (!read_object(item, "signature", parts) || !day) return;
           signature.on = *day;
           search.signature = std::move(signature);
         }},
        text("method", search.method),
        text("note", search.note),
    };
    if (!read_object(v, "search", members) || !on) return;
    search.on = *on;
    map_.searches.push_back(std::move(search));
  }

  Map map_;
  std::vector<Diagnostic> diagnostics_;
  std::uint32_t file_ = 0;
  bool bad_word_ = false;
  bool readable_ = true;
  std::unordered_map<std::string, const Node*> known_;
  std::unordered_map<std::string, std::vector<const Node*>> aliases_;
  std::optional<Date> map_date_;
};

}  // namespace

Imported import_map(std::span<const Input> inputs) { return MapReader().run(inputs); }

extern const Importer map_importer{
    .name = "map",
    .help = "the text form of a map: a folder of JSON files with nodes, links and searches",
    .extension = ".json",
    .read = import_map,
    .members = "map nodes links searches",
};

Imported import_change(std::span<const Input> inputs, const Map& base) {
  Imported change = MapReader(&base).run(inputs);
  Map whole = base;
  whole.files = change.map.files;
  whole.broken = change.map.broken;
  // What the map says of itself has no line; faults there come of the change.
  const auto map_itself = static_cast<std::uint32_t>(whole.files.size());
  whole.files.emplace_back("the changed map");
  for (Node& node : whole.nodes) node.where = {map_itself, 0};
  for (Link& link : whole.links) link.where = {map_itself, 0};
  for (Search& search : whole.searches) search.where = {map_itself, 0};
  // Who says so may be left out where only one verdict stands.
  std::map<std::string, std::vector<const Link*>> verdicts;
  const auto key = [](const Link& l) {
    return fmt::format("{}\n{}\n{}", identity_of(l.from), name_of(l.relation), identity_of(l.to));
  };
  for (const Link& link : base.links) verdicts[key(link)].push_back(&link);
  for (Link& link : change.map.links) {
    const auto found = verdicts.find(key(link));
    if (!link.by.empty() || found == verdicts.end()) continue;
    if (found->second.size() == 1) {
      const Link& old = *found->second.front();
      link.by = old.by;
      if (!link.degree) link.degree = old.degree;
      if (link.rationale.empty()) link.rationale = old.rationale;
    } else {
      std::vector<std::string> names;
      for (const Link* l : found->second) names.push_back(l->by.empty() ? "nobody" : l->by);
      change.diagnostics.push_back({Severity::error, change.map.files[link.where.file], link.where.line,
                                    fmt::format("\"{}\" {} \"{}\" is said by {}; name one with \"by\"", link.from,
                                                name_of(link.relation), link.to, join(names, " and by "))});
    }
  }
  merge_into(whole, std::move(change.map));
  change.map = std::move(whole);
  return change;
}

}  // namespace lacuna
