// Maps made by hand, a few nodes at a time.
#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "lacuna/analysis.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/model.hpp"

namespace lacuna::test {

inline Date date(std::string_view text) { return Date::parse(text).value(); }
inline Day day(std::string_view text) { return date(text).last_day(); }

/// What a group is asked with the built-in profile.
inline Params params_for(const Graph& graph, const std::string& scope, std::string_view on = "2026-11-23") {
  Params params;
  params.profile = &default_profile();
  params.as_of = day(on);
  params.scope = graph.find(scope);
  return params;
}

/// References that it gives are good until the next node or link is added.
struct SmallMap {
  Map map;

  SmallMap() {
    map.info.title = "Small map";
    map.files = {"small.json"};
  }

  Node& node(Kind kind, const std::string& id, const std::string& title = "") {
    Node n;
    n.id = id;
    n.kind = kind;
    n.title = title.empty() ? id : title;
    map.nodes.push_back(std::move(n));
    return map.nodes.back();
  }
  /// A deliverable that reaches `state` on `when`, developed by `group` where one is named.
  Node& doc(const std::string& id, State state, std::string_view when, const std::string& group = "") {
    if (!group.empty()) link(group, Relation::develops, id);
    Node& n = node(Kind::deliverable, id);
    n.dates.push_back({std::string(name_of(state)), date(when)});
    return n;
  }
  Node& group(const std::string& id, const std::string& parent = "") {
    if (!parent.empty()) link(id, Relation::part_of, parent);
    return node(Kind::group, id);
  }
  Link& link(const std::string& from, Relation relation, const std::string& to) {
    Link l;
    l.from = from;
    l.relation = relation;
    l.to = to;
    map.links.push_back(std::move(l));
    return map.links.back();
  }
  Link& covers(const std::string& doc, const std::string& need, Degree degree, Status status = Status::asserted,
               const std::string& by = "") {
    Link& l = link(doc, Relation::covers, need);
    l.degree = degree;
    l.status = status;
    l.rationale = "because";
    l.by = by;
    return l;
  }
  void searched(std::vector<std::string> needs, std::string_view on = "2026-01-01") {
    Search s;
    s.id = "S" + std::to_string(map.searches.size() + 1);
    s.by = "editors";
    s.on = date(on);
    s.needs = std::move(needs);
    s.catalogues = {{"ITU", 1000, std::nullopt}};
    map.searches.push_back(std::move(s));
  }
  /// The graph, once the map has been found valid.
  [[nodiscard]] Graph graph() const {
    std::string faults;
    for (const Diagnostic& d : validate(map)) {
      if (d.severity == Severity::error) faults += to_string(d) + "\n";
    }
    for (const Diagnostic& d : cycles(map)) faults += to_string(d) + "\n";
    REQUIRE(faults == "");
    return graph_of(map);
  }
};

}  // namespace lacuna::test
