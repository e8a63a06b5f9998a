#include "workbench/history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/files.hpp"
#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/import.hpp"
#include "model/values.hpp"
#include "workbench/checked.hpp"
#include "workbench/device.hpp"

namespace lacuna {

ChangeSet change_set(const Map& before, const Map& after, const Occasion& occasion) {
  if (occasion.as_was) return *occasion.as_was;
  ChangeSet set;
  set.renames = occasion.renames;
  if (set.renames.empty()) {
    set.changes = difference(before, after);
  } else {
    Map renamed = before;
    for (const Rename& r : set.renames) rename_node(renamed, r.from, r.to);
    sort_canonically(renamed);
    set.changes = difference(renamed, after);
  }
  set.by = occasion.by.empty() ? user_name() : occasion.by;
  set.made = timestamp();
  set.why = occasion.why;
  set.undoes = occasion.undoes;
  return set;
}

LoggedChange entry_of(const ChangeSet& set) {
  return {set.id.device, set.id.number, set.clock, set.made, set.by, set.why, json::write(value_of(set))};
}

Logging logging(const Occasion& occasion, ChangeSet* made) {
  return [&occasion, made](const Map& before, const Map& after, std::int64_t clock) -> std::optional<LoggedChange> {
    ChangeSet set = change_set(before, after, occasion);
    if (set.empty()) return std::nullopt;
    if (!occasion.as_was) {
      set.id = next_change_id(clock);
      set.clock = clock + 1;
    }
    LoggedChange entry = entry_of(set);
    if (made != nullptr) *made = std::move(set);
    return entry;
  };
}

std::vector<PastChange> past_changes(const Store& store) {
  std::vector<PastChange> list;
  std::map<ChangeId, std::size_t> places;
  for (const LoggedChange& logged : store.log()) {
    PastChange past{list.size() + 1, read_change_set(logged.content, fmt::format("change {} of the log", list.size() + 1)), {}};
    places[past.set.id] = past.place;
    if (past.set.undoes) {
      if (const auto undone = places.find(*past.set.undoes); undone != places.end())
        list[undone->second - 1].undone_by = past.place;
    }
    list.push_back(std::move(past));
  }
  // What was undone and whose undoing was undone stands again.
  for (PastChange& past : list) {
    if (past.undone_by && list[*past.undone_by - 1].undone_by) past.undone_by.reset();
  }
  return list;
}

Map told_by(const Store& store, Day day) {
  Map map = store.map();
  const std::vector<PastChange> past = past_changes(store);
  for (auto p = past.rbegin(); p != past.rend(); ++p) {
    const auto made = Date::parse(std::string_view(p->set.made).substr(0, 10));
    if (made && made->last_day() > day && !p->set.is_beginning()) apply(map, inverse(p->set));
  }
  sort_canonically(map);
  return known_by(std::move(map), day);
}

namespace {

/// "2 links and 1 node".
std::string counts_text(const ChangeSet& set) {
  std::vector<std::string> parts;
  const auto count = [&](ItemKey::Of of, std::string_view what) {
    const auto n = static_cast<std::size_t>(std::ranges::count_if(set.changes, [&](const Change& c) { return c.item.of == of; }));
    if (n > 0) parts.push_back(count_of(n, what));
  };
  if (!set.renames.empty()) parts.push_back(count_of(set.renames.size(), "rename"));
  if (std::ranges::any_of(set.changes, [](const Change& c) { return c.item.of == ItemKey::Of::map; }))
    parts.emplace_back("the map itself");
  count(ItemKey::Of::node, "node");
  count(ItemKey::Of::link, "link");
  count(ItemKey::Of::search, "search record");
  return listed(parts);
}

/// True when the set speaks of a node, by one of its names, as they are compared.
bool speaks_of(const ChangeSet& set, const std::vector<std::string>& names) {
  const auto is = [&](const std::string& id) { return std::ranges::find(names, identity_of(id)) != names.end(); };
  if (std::ranges::any_of(set.renames, [&](const Rename& r) { return is(r.from) || is(r.to); })) return true;
  return std::ranges::any_of(set.changes, [&](const Change& c) {
    return (c.item.of == ItemKey::Of::node && is(c.item.id)) ||
           (c.item.of == ItemKey::Of::link && (is(c.item.from) || is(c.item.to))) || std::ranges::any_of(needs_of(c), is);
  });
}

/// All names of the node that somebody means, as they are compared; of one that is gone, what was typed.
std::vector<std::string> names_of(const Store& store, const std::string& name) {
  const Graph graph = store.graph(Store::Texts::skip);
  std::vector<std::string> names{identity_of(name)};
  try {
    const Node& node = graph.node(graph.find(name));
    names.push_back(identity_of(node.id));
    for (const std::string& alias : node.aliases) names.push_back(identity_of(alias));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) throw;
  }
  return names;
}

}  // namespace

std::string day_text(const std::string& made) { return made.size() >= 16 ? made.substr(0, 10) + " " + made.substr(11, 5) : made; }

Result query_log(const Store& store, const LogQuestion& question) {
  using enum Column::Format;
  std::vector<std::string> names;
  if (!question.about.empty()) names = names_of(store, question.about);
  Result result{.schema = "log-1", .title = "Log of changes"};
  Table table{"changes",
              "",
              {{"change", "change", number},
               {"made", "when (UTC)"},
               {"by", "who"},
               {"why", "what for", title},
               spare({"items", "changed", list}),
               {"what", "what", prose}},
              {}};
  table.columns.back().widest = 400;
  std::size_t all = 0;
  std::vector<PastChange> past = past_changes(store);
  for (auto p = past.rbegin(); p != past.rend(); ++p) {
    const ChangeSet& set = p->set;
    if (!names.empty() && !speaks_of(set, names)) continue;
    if (!question.by.empty() && identity_of(set.by).find(identity_of(question.by)) == std::string::npos) continue;
    if (question.since && set.made.substr(0, 10) < to_string(question.since->first_day())) continue;
    ++all;
    if (question.limit > 0 && table.rows.size() == question.limit) continue;
    std::vector<std::string> lines = lines_of(set);
    const std::size_t more = lines.size() > 3 ? lines.size() - 3 : 0;
    lines.resize(lines.size() - more);
    std::string why = set.why;
    if (p->undone_by) why += fmt::format(" (undone by change {})", *p->undone_by);
    Value row = Value::object();
    row.set("change", p->place)
        .set("made", day_text(set.made))
        .set("by", set.by)
        .set("why", why)
        .set("items", counts_text(set))
        .set("what", join(lines, "; ") + (more > 0 ? fmt::format("; and {} more", more) : ""))
        .set("undone_by", p->undone_by ? Value(*p->undone_by) : Value())
        .set("set", value_of(set));
    table.rows.push_back(std::move(row));
  }
  result.head = {{"changes_in_all", Value(all)}};
  result.summary.push_back(past.empty()
                               ? "Nothing was changed since this map has a log."
                               : fmt::format("{}{}, newest first", count_of(all, "change"),
                                             table.rows.size() < all ? fmt::format("; the last {}", table.rows.size()) : ""));
  result.tables.push_back(std::move(table));
  return result;
}

std::vector<Said> find_blame(const Store& store, const std::string& from, const std::string& to) {
  const Map map = store.map();
  const Graph graph = store.graph(Store::Texts::skip);
  const std::string id = graph.node(graph.find(from)).id;
  std::vector<std::pair<ItemKey, Value>> items;
  if (to.empty()) {
    for (const Node& n : map.nodes) {
      if (n.id == id) items.emplace_back(key_of(n), value_of(n));
    }
  } else {
    const std::string other = graph.node(graph.find(to)).id;
    for (const Link& l : map.links) {
      if ((l.from == id && l.to == other) || (l.from == other && l.to == id)) items.emplace_back(key_of(l), value_of(l));
    }
    if (items.empty()) throw Error(ErrorCode::not_found, "", fmt::format("nothing links {} and {}", id, other));
  }
  const std::vector<PastChange> past = past_changes(store);
  // What was said under an earlier name was said of the node.
  const auto called = [&](const std::string& name) {
    const auto ids = graph.named(name);
    return ids.size() == 1 ? graph.node(ids.front()).id : name;
  };
  const auto is_meant = [&](ItemKey item, const ItemKey& key) {
    for (std::string* name : {&item.from, &item.to}) *name = called(*name);
    if (item.of == ItemKey::Of::node) item.id = called(item.id);
    return text_of(item) == text_of(key);
  };
  std::vector<Said> all;
  for (const auto& [key, whole] : items) {
    std::map<std::string, const PastChange*> last;
    for (const PastChange& p : past) {
      // What was taken back, taking back, and what was there from the beginning, says nothing.
      if (p.undone_by || p.set.undoes || p.set.is_beginning()) continue;
      for (const Change& c : p.set.changes) {
        if (!c.after || !is_meant(c.item, key)) continue;
        for (const MemberText& said : members_of(*c.after)) last.insert_or_assign(said.member, &p);
      }
      for (const Rename& r : p.set.renames) {
        if (is_meant({ItemKey::Of::node, r.to, {}, {}, {}, {}}, key)) last.insert_or_assign("id", &p);
      }
    }
    for (const MemberText& said : members_of(whole)) {
      Said& row = all.emplace_back(Said{name_of(key), said.member, said.text, std::nullopt, "before the log", {}, {}});
      const auto found = last.find(said.member);
      if (found == last.end()) continue;
      const ChangeSet& set = found->second->set;
      row.change = found->second->place;
      row.made = day_text(set.made);
      row.by = set.by;
      row.why = set.why;
    }
  }
  return all;
}

Result query_blame(const Store& store, const std::string& from, const std::string& to) {
  using enum Column::Format;
  const std::vector<Said> all = find_blame(store, from, to);
  const Graph graph = store.graph(Store::Texts::skip);
  const auto called = [&](const std::string& name) { return graph.node(graph.find(name)).id; };
  Result result{.schema = "blame-1",
                .title = fmt::format("Who says what of {}{}", called(from), to.empty() ? "" : " and " + called(to))};
  Table table{"members",
              "",
              {{"member", "member"},
               {"value", "says", title},
               {"by", "who"},
               {"made", "when (UTC)"},
               spare({"change", "change", number}),
               {"why", "what for", prose}},
              {}};
  if (std::ranges::any_of(all, [&](const Said& said) { return said.item != all.front().item; }))
    table.columns.insert(table.columns.begin(), Column{"item", "link", title});
  for (const Said& said : all) {
    Value row = Value::object();
    row.set("item", said.item)
        .set("member", said.member)
        .set("value", said.value)
        .set("change", said.change ? Value(*said.change) : Value())
        .set("made", said.made)
        .set("by", said.by)
        .set("why", said.why);
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

Result query_conflicts(const Map& map) {
  using enum Column::Format;
  Result result{.schema = "conflicts-1", .title = "Conflicts"};
  Table table{"conflicts",
              "",
              {{"node", "node"},
               {"member", "member"},
               {"here", "the map says", title},
               {"there", "also said", title},
               {"by", "by"},
               spare({"made", "when (UTC)"})},
              {}};
  for (const Contest& c : contests_of(map)) {
    Value row = Value::object();
    row.set("node", c.node)
        .set("member", c.member)
        .set("here", c.here)
        .set("there", c.there)
        .set("by", c.by)
        .set("made", day_text(c.made));
    table.rows.push_back(std::move(row));
  }
  result.summary.push_back(
      table.rows.empty() ? "No member was said differently by two people at the same time."
                         : fmt::format("{}; settle each with: lacuna set NODE MEMBER=VALUE, those of a link with lacuna link set",
                                       count_of(table.rows.size(), "conflict")));
  result.tables.push_back(std::move(table));
  return result;
}

namespace {

/// The first three.
std::string conflicts_text(const std::vector<Conflict>& conflicts) {
  std::vector<std::string> lines;
  for (const Conflict& c : conflicts) {
    if (lines.size() < 3) lines.push_back(harmless(told(c)));
  }
  return join(lines, "; ") + (conflicts.size() > 3 ? fmt::format("; and {} more (see --dry-run)", conflicts.size() - 3) : "");
}

}  // namespace

std::string undo(const std::string& path, std::size_t place, Occasion occasion) {
  ChangeSet set;
  std::size_t which = place;
  {
    const std::vector<PastChange> past = past_changes(Store(path));
    if (past.empty()) throw Error(ErrorCode::not_found, path, "has no change in its log that could be undone");
    if (place > past.size())
      throw Error(ErrorCode::not_found, std::to_string(place),
                  fmt::format("is no change of the log, which has {}; see: lacuna log", past.size()));
    if (place == 0) {
      // On a map that is shared, the last change may be anybody's: one's own is meant.
      const bool shared = past.front().set.is_beginning();
      const std::string device = shared ? this_device() : "";
      const auto last = std::find_if(past.rbegin(), past.rend(), [&](const PastChange& p) {
        return !p.undone_by && !p.set.undoes && !p.set.is_beginning() && (!shared || p.set.id.device == device);
      });
      if (last == past.rend())
        throw Error(ErrorCode::not_found, path,
                    shared ? "has no change of yours left that was not undone; name another by its number; see: lacuna log"
                           : "has no change left that was not undone; see: lacuna log");
      which = last->place;
    }
    const PastChange& wanted = past[which - 1];
    if (wanted.set.is_beginning())
      throw Error(ErrorCode::usage, std::to_string(which), "is what the shared map began with, and stays");
    if (wanted.undone_by)
      throw Error(ErrorCode::usage, std::to_string(which),
                  fmt::format("was undone by change {}; take that back to have it again", *wanted.undone_by));
    set = wanted.set;
  }
  const ChangeSet back = inverse(set);
  occasion.why = fmt::format("change {} undone: {}", which, set.why);
  occasion.undoes = back.undoes;
  occasion.renames = back.renames;
  change_checked(path, occasion, [&](Map& map) {
    const std::vector<Conflict> conflicts = apply(map, back);
    if (conflicts.empty()) return;
    throw Error(
        ErrorCode::bad_input, "",
        fmt::format(
            "change {} cannot be undone by itself, as others changed the same since (here is the map, there what was before): "
            "{}; nothing was changed; see: lacuna log",
            which, conflicts_text(conflicts)));
  });
  std::string text = fmt::format("{}: change {}{}\n", occasion.dry ? "would be undone" : "undone", which,
                                 set.why.empty() ? "" : ": " + harmless(set.why));
  for (const std::string& line : lines_of(back)) text += fmt::format("  {}\n", line);
  return text;
}

namespace {

/// What a change in the text form of maps makes of a map, as a change set.
ChangeSet set_of_text(const Store& store, const std::string& file, const std::string& bytes) {
  const Map base = store.map();
  const Input input{file, bytes};
  Imported changed = import_change(std::span(&input, 1), base);
  check(changed);
  refuse_faults(file, "does not fit the map: ", "; nothing was changed", changed.diagnostics);
  sort_canonically(changed.map);
  ChangeSet set;
  set.changes = difference(base, changed.map);
  set.why = fmt::format("applied {}", file);
  return set;
}

}  // namespace

Applied apply_file(const std::string& path, const std::string& file, bool partly, Occasion occasion) {
  const std::string bytes = read_file(file);
  Applied applied;
  {
    const Store store(path);
    if (is_change_set(bytes)) {
      applied.set = read_change_set(bytes, file);
      const auto same = [&](const LoggedChange& c) {
        return c.device == applied.set.id.device && c.number == applied.set.id.number;
      };
      const std::vector<LoggedChange> log = store.log();
      if (!applied.set.id.device.empty() && std::ranges::any_of(log, same))
        throw Error(ErrorCode::usage, file,
                    fmt::format("change {} is on the map already; nothing was changed", to_string(applied.set.id)));
    } else {
      applied.set = set_of_text(store, file, bytes);
    }
  }
  change_checked(path, occasion, [&](Map& map) {
    applied.conflicts = apply(map, applied.set);
    if (!applied.conflicts.empty() && !partly && !occasion.dry)
      throw Error(
          ErrorCode::bad_input, file,
          fmt::format(
              "does not fit the map in {}: {}; nothing was changed; --partly applies the rest, and keeps the other values "
              "beside those of the map",
              count_of(applied.conflicts.size(), "place"), conflicts_text(applied.conflicts)));
    contest(map, applied.conflicts, applied.set.by, applied.set.made);
    if (applied.conflicts.empty() && !applied.set.id.device.empty())
      occasion.as_was = applied.set;
    else
      occasion.why = applied.set.why;
  });
  return applied;
}

}  // namespace lacuna
