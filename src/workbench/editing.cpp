#include "workbench/editing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "change/typed_members.hpp"
#include "lacuna/graph.hpp"
#include "model/values.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/checked.hpp"
#include "workbench/context_texts.hpp"

namespace lacuna {
namespace {

/// One item of a map, as it is and as it is to be, onto the map.
void put(Map& map, const ItemKey& item, const std::optional<Value>& before, const std::optional<Value>& after) {
  ChangeSet set;
  if (before && after)
    set.changes.push_back({item, merge_patch(*after, *before), merge_patch(*before, *after)});
  else
    set.changes.push_back({item, before, after});
  const std::vector<Conflict> conflicts = apply(map, set);
  if (!conflicts.empty()) throw Error(ErrorCode::bad_input, "", told(conflicts.front()) + "; nothing was changed");
}

void set_all(Value& item, ItemKey::Of of, const std::vector<std::string>& typed) {
  for (const std::string& t : typed) set_typed(item, of, t);
}

/// One item of a map with the members that were typed. Whoever sets a member settles what was said of it at the same time.
void put_typed(Map& map, const ItemKey& item, const Value& before, const std::vector<std::string>& typed) {
  Value after = before;
  set_all(after, item.of, typed);
  put(map, item, before, after);
  std::vector<std::string> members;
  for (const std::string& t : typed) members.push_back(member_typed(t));
  settle(map, item, members);
}

template <class Item>
Item& item_called(std::vector<Item>& items, const std::string& id) {
  const auto found = std::ranges::find(items, id, &Item::id);
  if (found == items.end()) throw Error(ErrorCode::not_found, id, "is not on the map any more; nothing was changed");
  return *found;
}

/// The record that the catalogues have by that name, if they have one.
std::optional<RecordRow> record_called(const Store& store, const std::string& name) {
  const std::vector<WorkRecords> works = store.works(name);
  if (works.empty()) return std::nullopt;
  if (works.size() > 1) {
    std::vector<std::string> names;
    for (const WorkRecords& w : works) names.push_back(w.records[w.face].facts.identifier.text);
    throw Error(ErrorCode::ambiguous, name, fmt::format("may be {}; name one of them", listed(names)));
  }
  const WorkRecords& work = works.front();
  return work.records[record_meant(work, parse_identifier(name)).value_or(work.face)];
}

}  // namespace

ChangeSet add_node(const std::string& path, Kind kind, const std::string& id, const std::vector<std::string>& typed,
                   Occasion occasion) {
  Node node;
  std::optional<std::string> developer;
  {
    const Store store(path, catalogues_file());
    const Graph graph = store.graph(Store::Texts::skip);
    std::optional<RecordRow> record;
    if (kind == Kind::deliverable && !store.catalogues().empty()) record = record_called(store, id);
    if (record) {
      node = node_of(*record);
      developer = developer_on(graph, *record);
    } else {
      node.id = id;
      node.kind = kind;
    }
    for (const NodeId known : graph.named(node.id)) {
      throw Error(ErrorCode::usage, id,
                  fmt::format("is on the map already: {} ({}) – {}", graph.node(known).id, name_of(graph.node(known).kind),
                              graph.node(known).title));
    }
  }
  Value item = value_of(node);
  set_all(item, ItemKey::Of::node, typed);
  if (!says(item, "title"))
    throw Error(ErrorCode::bad_input, id,
                fmt::format("needs a title, as title=…{}", kind == Kind::deliverable ? "; the catalogues do not know it" : ""));
  if (occasion.why.empty()) occasion.why = fmt::format("added {}", node.id);
  return change_checked(path, occasion, [&](Map& map) {
    put(map, key_of(node), std::nullopt, item);
    if (!developer) return;
    Link develops;
    develops.from = *developer;
    develops.relation = Relation::develops;
    develops.to = node.id;
    develops.source = node.source;
    map.links.push_back(std::move(develops));
  });
}

namespace {

/// What a name means that members can be set of: a node, a search record, or the map.
ItemKey item_named(const std::string& path, const std::string& name) {
  ItemKey item{ItemKey::Of::node, {}, {}, {}, {}, {}};
  const Graph graph = Store(path).graph(Store::Texts::skip);
  const auto search = std::ranges::find_if(graph.searches(),
                                           [&](const SearchRecord& s) { return identity_of(s.record.id) == identity_of(name); });
  if (lower(name) == "map" && graph.named(name).empty())
    item.of = ItemKey::Of::map;
  else if (search != graph.searches().end() && graph.named(name).empty())
    item = key_of(search->record);
  else
    item.id = graph.node(graph.find(name)).id;
  return item;
}

Value value_named(Map& map, const ItemKey& item) {
  return item.of == ItemKey::Of::map    ? value_of(map.info)
         : item.of == ItemKey::Of::node ? value_of(item_called(map.nodes, item.id))
                                        : value_of(item_called(map.searches, item.id));
}

}  // namespace

ChangeSet set_members(const std::string& path, const std::string& name, const std::vector<std::string>& typed,
                      Occasion occasion) {
  const ItemKey item = item_named(path, name);
  if (occasion.why.empty()) occasion.why = fmt::format("set {}", name_of(item));
  return change_checked(path, occasion, [&](Map& map) { put_typed(map, item, value_named(map, item), typed); });
}

Edited set_members_seen(const std::string& path, const std::string& name, const std::vector<std::string>& seen,
                        const std::vector<std::string>& typed, Occasion occasion) {
  const ItemKey item = item_named(path, name);
  if (occasion.why.empty()) occasion.why = fmt::format("set {}", name_of(item));
  Edited edited;
  edited.set = change_checked(path, occasion, [&](Map& map) {
    Value before = value_named(map, item);
    set_all(before, item.of, seen);
    Value after = before;
    set_all(after, item.of, typed);
    ChangeSet set;
    set.changes.push_back({item, merge_patch(after, before), merge_patch(before, after)});
    edited.conflicts = apply(map, set);
    contest(map, edited.conflicts, occasion.by, timestamp());
    std::vector<std::string> members;
    for (const MemberText& m : members_of(*set.changes.front().after)) {
      if (!std::ranges::any_of(edited.conflicts, [&](const Conflict& c) { return c.member == m.member; }))
        members.push_back(m.member);
    }
    settle(map, item, members);
  });
  return edited;
}

ChangeSet remove_node(const std::string& path, const std::string& name, bool with_links, Occasion occasion) {
  std::string id;
  {
    const Graph graph = Store(path).graph(Store::Texts::skip);
    id = graph.node(graph.find(name)).id;
  }
  if (occasion.why.empty()) occasion.why = fmt::format("removed {}", id);
  return change_checked(path, occasion, [&](Map& map) {
    static_cast<void>(item_called(map.nodes, id));
    const auto touches = [&](const Link& l) { return l.from == id || l.to == id; };
    const auto links = static_cast<std::size_t>(std::ranges::count_if(map.links, touches));
    std::vector<std::string> rest;
    if (links > 0) rest.push_back(count_of(links, "link"));
    const auto searched = [&](const Search& s) { return std::ranges::find(s.needs, id) != s.needs.end(); };
    if (const auto n = static_cast<std::size_t>(std::ranges::count_if(map.searches, searched)); n > 0)
      rest.push_back(count_of(n, "search record"));
    if (!rest.empty() && !with_links) {
      throw Error(
          ErrorCode::usage, id,
          fmt::format("is what {} speak of; --with-links takes it away from there, too; see them with: lacuna show \"{}\"",
                      listed(rest), id));
    }
    std::erase_if(map.links, touches);
    for (Search& s : map.searches) {
      std::erase(s.needs, id);
      std::erase_if(s.candidates, [&](const JudgedCandidate& c) { return c.need == id; });
      std::erase_if(s.unjudged, [&](const UnjudgedCandidate& c) { return c.need == id; });
    }
    std::erase_if(map.searches, [](const Search& s) { return s.needs.empty(); });
    std::erase(map.info.groups, id);
    std::erase_if(map.nodes, [&](const Node& n) { return n.id == id; });
  });
}

ChangeSet give_identifier(const std::string& path, const std::string& name, const std::string& id, Occasion occasion) {
  std::string old;
  {
    const Graph graph = Store(path).graph(Store::Texts::skip);
    const NodeId node = graph.find(name);
    old = graph.node(node).id;
    for (const NodeId known : graph.named(id)) {
      if (known != node) throw Error(ErrorCode::usage, id, fmt::format("names {} already", graph.node(known).id));
    }
  }
  if (old == id) throw Error(ErrorCode::usage, id, "is its identifier already");
  occasion.renames.push_back({old, id});
  if (occasion.why.empty()) occasion.why = fmt::format("renamed {} to {}", old, id);
  return change_checked(path, occasion, [&](Map& map) {
    rename_node(map, old, id);
    Node& node = item_called(map.nodes, id);
    std::erase_if(node.aliases, [&](const std::string& a) { return identity_of(a) == identity_of(id); });
    if (identity_of(old) != identity_of(id)) node.aliases.push_back(old);
  });
}

namespace {

/// Both ends by their identifiers.
LinkNamed spelled(const std::string& path, LinkNamed link) {
  const Graph graph = Store(path).graph(Store::Texts::skip);
  link.from = graph.node(graph.find(link.from)).id;
  link.to = graph.node(graph.find(link.to)).id;
  return link;
}

Link& link_called(Map& map, const LinkNamed& named) {
  std::vector<Link*> found;
  for (Link& l : map.links) {
    const bool meant = l.from == named.from && l.to == named.to && (!named.relation || l.relation == *named.relation) &&
                       (named.by.empty() || identity_of(l.by) == identity_of(named.by));
    if (meant) found.push_back(&l);
  }
  if (found.size() == 1) return *found.front();
  if (found.empty())
    throw Error(ErrorCode::not_found, "",
                fmt::format("nothing links {} to {}{}", named.from, named.to, named.by.empty() ? "" : " by " + named.by));
  std::vector<std::string> names;
  for (const Link* l : found)
    names.push_back(fmt::format("{}{}", name_of(l->relation), l->by.empty() ? "" : " by " + harmless(l->by)));
  throw Error(ErrorCode::ambiguous, "",
              fmt::format("{} and {} are linked by {}; name one with --relation and --of", named.from, named.to, listed(names)));
}

}  // namespace

ChangeSet add_link(const std::string& path, const LinkNamed& named, const std::vector<std::string>& typed, Occasion occasion) {
  const LinkNamed ends = spelled(path, named);
  Link link;
  link.from = ends.from;
  link.relation = *ends.relation;
  link.to = ends.to;
  link.by = occasion.by;
  link.on = Date::of(today());
  if (link.relation == Relation::covers || link.relation == Relation::mentions) link.method = Method::human;
  Value item = value_of(link);
  set_all(item, ItemKey::Of::link, typed);
  if (link.relation == Relation::covers && (!says(item, "degree") || !says(item, "rationale")))
    throw Error(ErrorCode::usage, "",
                "whoever says that a deliverable covers a need says to what degree and why: --degree and --rationale");
  if (occasion.why.empty()) occasion.why = fmt::format("linked {} {} {}", link.from, name_of(link.relation), link.to);
  return change_checked(path, occasion, [&](Map& map) {
    const std::string key = text_of(key_of(link));
    if (std::ranges::any_of(map.links, [&](const Link& l) { return text_of(key_of(l)) == key; }))
      throw Error(
          ErrorCode::usage, "",
          fmt::format("{} says so already; change it with: lacuna link set", link.by.empty() ? "the map" : harmless(link.by)));
    put(map, key_of(link), std::nullopt, item);
  });
}

ChangeSet set_link(const std::string& path, const LinkNamed& named, const std::vector<std::string>& typed, Occasion occasion) {
  const LinkNamed ends = spelled(path, named);
  if (occasion.why.empty()) occasion.why = fmt::format("set the link of {} to {}", ends.from, ends.to);
  return change_checked(path, occasion, [&](Map& map) {
    const Link& link = link_called(map, ends);
    put_typed(map, key_of(link), value_of(link), typed);
  });
}

std::optional<Link> link_of_contest(const Map& map, const std::string& node, const std::string& member) {
  const auto found = std::ranges::find_if(
      map.links, [&](const Link& link) { return link.from == node && member.starts_with(contested_member(key_of(link), "")); });
  return found == map.links.end() ? std::nullopt : std::optional(*found);
}

ChangeSet settle_contest(const std::string& path, const std::string& node, const std::string& member, const std::string& value,
                         Occasion occasion) {
  occasion.why = fmt::format("settled {} of {}", member, node);
  const auto link = link_of_contest(Store(path).map(), node, member);
  if (!link) return set_members(path, node, {fmt::format("{}={}", member, value)}, occasion);
  const std::string own = member.substr(contested_member(key_of(*link), "").size());
  return set_link(path, {link->from, link->to, link->relation, link->by}, {fmt::format("{}={}", own, value)}, occasion);
}

ChangeSet remove_link(const std::string& path, const LinkNamed& named, Occasion occasion) {
  const LinkNamed ends = spelled(path, named);
  if (occasion.why.empty()) occasion.why = fmt::format("removed the link of {} to {}", ends.from, ends.to);
  return change_checked(path, occasion, [&](Map& map) {
    const Link gone = link_called(map, ends);
    const std::string key = text_of(key_of(gone));
    std::erase_if(map.links, [&](const Link& l) { return text_of(key_of(l)) == key; });
  });
}

}  // namespace lacuna
