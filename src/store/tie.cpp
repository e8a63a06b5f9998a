// Deliverables of the map and the records of catalogues: what the record says of state, dates and later editions stands in the
// map.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"

namespace lacuna {
namespace {

std::vector<std::string> names_of(const Node& node) {
  std::vector<std::string> names{node.id};
  names.insert(names.end(), node.aliases.begin(), node.aliases.end());
  return names;
}

/// True when one date is the other one known better, or both are the same.
bool agree(const Date& a, const Date& b) {
  return a.year == b.year &&
         (a.month == 0 || b.month == 0 || (a.month == b.month && (a.day == 0 || b.day == 0 || a.day == b.day)));
}

class Tying {
 public:
  Tying(const Connection& catalogues, Map& map) : map_(map), records_(catalogues) {
    for (const CatalogueInfo& c : read_catalogues(catalogues)) dates_[c.name] = c.date;
    for (std::size_t i = 0; i < map.nodes.size(); ++i) {
      if (map.nodes[i].kind == Kind::deliverable)
        by_document_.emplace(parse_identifier(map.nodes[i].id).document(), map.nodes[i].id);
    }
    for (const Link& l : map.links) {
      if (l.relation == Relation::develops) developers_[l.to].push_back(l.from);
      if (l.relation == Relation::supersedes) superseding_.emplace(l.from + "\n" + l.to, true);
    }
  }

  /// Deliverables that stand as they do in `before` are left as they are.
  std::vector<std::string> run(const Map* before) {
    std::unordered_map<std::string_view, const Node*> known;
    if (before != nullptr) {
      for (const Node& node : before->nodes) known.emplace(node.id, &node);
    }
    // Nodes that are added are deliverables like the others: the loop comes to them.
    for (std::size_t i = 0; i < map_.nodes.size(); ++i) {
      if (map_.nodes[i].kind != Kind::deliverable) continue;
      const auto same = known.find(map_.nodes[i].id);
      if (same == known.end() || !(*same->second == map_.nodes[i])) tie(i);
    }
    sort_canonically(map_);
    std::ranges::sort(told_, natural_less);
    return std::move(told_);
  }

 private:
  void tie(std::size_t position) {
    const auto found = records_.find(names_of(map_.nodes[position]));
    if (!found) return;
    const WorkRecords& w = *found->work;
    const std::size_t r = found->record;
    // What somebody has seen after the catalogue stood so is newer than the catalogue.
    const auto& seen = map_.nodes[position].source.seen;
    const auto& stood = dates_[w.records[r].facts.catalogue];
    if (!seen || (stood && *stood >= *seen)) take_state(map_.nodes[position], w, r);
    take_start(map_.nodes[position], w, r);
    if (const auto next = w.settled[r].replaced_by) add_edition(map_.nodes[position].id, w, *next);
  }

  void take_state(Node& node, const WorkRecords& w, std::size_t r) {
    const RecordRow& record = w.records[r];
    const Settled& s = w.settled[r];
    std::vector<std::string> changes;
    // A record without a status does not say that a text which the map knows to have ended is in force.
    const bool silent = !record.facts.state && s.state == State::published;
    if (silent && node.state && *node.state > State::published) return;
    if (node.state != s.state && !(node.state && *node.state > s.state && s.state < State::published)) {
      changes.push_back(fmt::format("{} → {}", node.state ? name_of(*node.state) : "no state", name_of(s.state)));
      node.state = s.state;
    }
    const auto take = [&](State state, const std::optional<Date>& date) {
      if (!date) return;
      const std::string_view what = name_of(state);
      const auto has = std::ranges::find(node.dates, what, &NodeDate::what);
      if (has == node.dates.end()) {
        node.dates.push_back({std::string(what), *date});
        changes.push_back(fmt::format("{} {}", what, to_string(*date)));
      } else if (!agree(has->date, *date) || to_string(*date).size() > to_string(has->date).size()) {
        changes.push_back(fmt::format("{} {} → {}", what, to_string(has->date), to_string(*date)));
        has->date = *date;
      }
    };
    if (s.state >= State::published) take(State::published, record.facts.published);
    if (s.state > State::published) take(s.state, s.since);
    if (changes.empty()) return;
    sort_canonically(node);
    node.source = {fmt::format("{}, {}", record.facts.catalogue, record.facts.entry), node.source.address,
                   dates_[record.facts.catalogue]};
    told_.push_back(fmt::format("{}: {} ({})", node.id, join(changes, ", "), s.basis));
  }

  /// When its first known draft was out, where the map does not say when work on it began: the earliest date of the drafts that
  /// became this edition. What the approval of a text tells is no start.
  void take_start(Node& node, const WorkRecords& w, std::size_t r) {
    const auto before_publication = [](const NodeDate& d) {
      const auto state = parse<State>(d.what);
      return state && *state < State::published;
    };
    if (std::ranges::any_of(node.dates, before_publication) || w.settled[r].state < State::published) return;
    const auto published = std::ranges::find(node.dates, name_of(State::published), &NodeDate::what);
    if (published == node.dates.end()) return;
    const auto date_of_draft = [&](std::size_t i) {
      const EditionFacts& draft = w.records[i].facts;
      const bool is_draft = draft.state ? *draft.state < State::approved : !draft.identifier.stage.empty();
      return is_draft ? (draft.begun ? draft.begun : draft.published) : std::nullopt;
    };
    const auto became = [&](std::size_t i) {
      // A draft may have become the edition by way of later drafts.
      for (std::size_t steps = 0; steps < w.records.size(); ++steps) {
        const auto next = w.settled[i].replaced_by;
        if (!next || *next == r) return next.has_value();
        if (w.settled[*next].same_as == r) return true;
        i = *next;
      }
      return false;
    };
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < w.records.size(); ++i) {
      const auto date = date_of_draft(i);
      if (!date || date->last_day() > published->date.last_day() || !became(i)) continue;
      if (!first || date->last_day() < date_of_draft(*first)->last_day()) first = i;
    }
    if (!first) return;
    const Date date = *date_of_draft(*first);
    const EditionFacts& draft = w.records[*first].facts;
    node.dates.push_back({std::string(name_of(State::draft)), date});
    node.attributes.emplace_back("first_draft", Value(fmt::format("{}, {}", draft.identifier.text, draft.catalogue)));
    sort_canonically(node);
    told_.push_back(fmt::format("{}: draft {} ({} in {})", node.id, to_string(date), draft.identifier.text, draft.catalogue));
  }

  /// The edition that replaced one of the map comes onto the map: what was asserted on the old one is suspect until somebody
  /// looks. `old` is a copy: nodes move when one is added.
  // NOLINTNEXTLINE(performance-unnecessary-value-param)
  void add_edition(const std::string old, const WorkRecords& w, std::size_t next) {
    const RecordRow& record = w.records[next];
    if (w.settled[next].state < State::published) return;
    const std::string document = record.facts.identifier.document();
    const Source source{fmt::format("{}, {}", record.facts.catalogue, record.facts.entry), "", dates_[record.facts.catalogue]};
    auto known = by_document_.find(document);
    if (known == by_document_.end()) {
      Node node;
      node.id = record.facts.identifier.text;
      node.kind = Kind::deliverable;
      node.title = record.title.empty() ? record.facts.identifier.text : record.title;
      node.state = w.settled[next].state;
      if (record.facts.published) node.dates.push_back({std::string(name_of(State::published)), *record.facts.published});
      if (*node.state > State::published && w.settled[next].since)
        node.dates.push_back({std::string(name_of(*node.state)), *w.settled[next].since});
      node.address = record.address;
      node.source = source;
      for (const std::string& group : developers_[old]) {
        map_.links.push_back(derived(group, Relation::develops, node.id, source, "developed the edition before"));
        developers_[node.id].push_back(group);
      }
      known = by_document_.emplace(document, node.id).first;
      told_.push_back(fmt::format("{}: on the map now, replaces {}", node.id, old));
      map_.nodes.push_back(std::move(node));
    }
    if (superseding_.emplace(known->second + "\n" + old, true).second) {
      map_.links.push_back(derived(known->second, Relation::supersedes, old, source, "the next edition"));
      if (known->second != record.facts.identifier.text) told_.push_back(fmt::format("{}: replaces {}", known->second, old));
    }
  }

  static Link derived(std::string from, Relation relation, std::string to, const Source& source, std::string rationale) {
    Link link;
    link.from = std::move(from);
    link.relation = relation;
    link.to = std::move(to);
    link.rationale = std::move(rationale);
    link.method = Method::automation;
    link.by = "lacuna import";
    link.source = source;
    return link;
  }

  Map& map_;
  RecordFinder records_;
  std::unordered_map<std::string, std::optional<Date>> dates_;
  std::unordered_map<std::string, std::string> by_document_;  ///< Identifier of the node by key of the document.
  std::unordered_map<std::string, std::vector<std::string>> developers_;
  std::unordered_map<std::string, bool> superseding_;
  std::vector<std::string> told_;
};

}  // namespace

const WorkRecords* RecordFinder::work(const std::string& key) {
  const auto found = works_.find(key);
  if (found != works_.end()) return found->second ? &*found->second : nullptr;
  const auto& stored = works_.emplace(key, read_work(db_, key)).first->second;
  return stored ? &*stored : nullptr;
}

std::optional<RecordFinder::Found> RecordFinder::find(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const Identifier id = parse_identifier(name);
    const WorkRecords* w = work(id.work());
    if (w == nullptr) continue;
    const std::string document = id.document();
    for (std::size_t i = 0; i < w->records.size(); ++i) {
      if (w->records[i].facts.identifier.document() == document) return Found{w, w->settled[i].same_as.value_or(i)};
    }
    // A work item goes by its number alone ("ISO/IEC 42005"): where the work is one document, that is it.
    if (&name != &names.front() || !id.edition.empty() || !id.stage.empty()) continue;
    std::vector<std::size_t> documents;
    for (std::size_t i = 0; i < w->records.size(); ++i) {
      if (!w->settled[i].same_as) documents.push_back(i);
    }
    if (documents.size() == 1) return Found{w, documents.front()};
  }
  return std::nullopt;
}

std::vector<std::string> tie_deliverables(Connection& db, const Connection& catalogues, Map& map, const Map* before) {
  if (!holds_records(catalogues)) return {};
  if (before == nullptr && &catalogues != &db) note_tied(db, catalogues);
  return Tying(catalogues, map).run(before);
}

std::optional<RecordRow> Store::record_of(const Node& deliverable) const {
  if (!holds_records(database_->catalogues())) return std::nullopt;
  const auto found = database_->records().find(names_of(deliverable));
  return found ? std::optional(found->row()) : std::nullopt;
}

}  // namespace lacuna
