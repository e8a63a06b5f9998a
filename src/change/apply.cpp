#include "change/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/import.hpp"
#include "model/values.hpp"

namespace lacuna {

std::string told(const Conflict& conflict) {
  const auto value = [](const Value& v) {
    if (v.is_null()) return std::string("nothing");
    if (const std::string* text = v.if_text()) return fmt::format("“{}”", shortened(*text, 80));
    return shortened(json::write_compact(v), 80);
  };
  const std::string item = name_of(conflict.item);
  switch (conflict.why) {
    case Conflict::Why::differs:
      return fmt::format("{}: {} is {} here and {} there", item, conflict.member, value(conflict.here), value(conflict.there));
    case Conflict::Why::gone: return fmt::format("{}: changed there, but not on the map any more", item);
    case Conflict::Why::changed: return fmt::format("{}: removed there, but changed here: it stays", item);
    case Conflict::Why::in_use: return fmt::format("{}: removed there, but others rest on it here: it stays", item);
    case Conflict::Why::restored: return fmt::format("{}: removed here, but still needed there: it stays", item);
    case Conflict::Why::no_end: break;
  }
  return fmt::format("{}: {} is not on the map", item, value(conflict.there));
}

namespace {

/// How the texts of keys begin.
constexpr std::string_view node_keys = "node\n";
constexpr std::string_view link_keys = "link\n";
constexpr std::string_view search_keys = "search\n";

/// A map of which some items are read and written as values.
class Edited {
 public:
  explicit Edited(Map& map) : map_(map) { index(); }

  /// The identifier of the node that a name means: its own, or the one whose alias it is.
  [[nodiscard]] const std::string* node_called(const std::string& name) const {
    if (const auto found = nodes_.find(identity_of(name)); found != nodes_.end()) return found->second;
    const auto alias = aliases_.find(identity_of(name));
    return alias == aliases_.end() ? nullptr : alias->second;
  }

  [[nodiscard]] std::optional<Value> find(const ItemKey& key) const {
    const std::string text = text_of(key);
    if (const auto changed = changed_.find(text); changed != changed_.end()) return changed->second;
    const auto at = places_.find(text);
    if (key.of == ItemKey::Of::map) return value_of(map_.info);
    if (at == places_.end()) return std::nullopt;
    switch (key.of) {
      case ItemKey::Of::node: return value_of(map_.nodes[at->second]);
      case ItemKey::Of::link: return value_of(map_.links[at->second]);
      default: return value_of(map_.searches[at->second]);
    }
  }

  void put(const ItemKey& key, Value value) {
    if (key.of == ItemKey::Of::node) came_or_went(key, true);
    set(key, std::move(value));
  }
  void remove(const ItemKey& key) {
    if (key.of == ItemKey::Of::node) came_or_went(key, false);
    set(key, std::nullopt);
  }

  [[nodiscard]] bool has_no_nodes() const { return nodes_.empty(); }

  /// The nodes that links and search records rest on, by identity. Linear in the map.
  [[nodiscard]] std::unordered_set<std::string> in_use() const {
    std::unordered_set<std::string> used;
    const auto add_link = [&](const std::string& from, const std::string& to) {
      used.insert(identity_of(from));
      used.insert(identity_of(to));
    };
    for (const Link& l : map_.links) {
      if (!changed_.contains(text_of(key_of(l)))) add_link(l.from, l.to);
    }
    for (const Search& s : map_.searches) {
      if (changed_.contains(text_of(key_of(s)))) continue;
      for (const std::string& need : s.needs) used.insert(identity_of(need));
    }
    const auto text = [](const Value& v) { return v.if_text() != nullptr ? *v.if_text() : std::string(); };
    for (const auto& [key, value] : changed_) {
      if (!value) continue;
      if (key.starts_with(link_keys)) add_link(text((*value)["from"]), text((*value)["to"]));
      if (!key.starts_with(search_keys) || (*value)["needs"].if_array() == nullptr) continue;
      for (const Value& need : *(*value)["needs"].if_array()) used.insert(identity_of(text(need)));
    }
    return used;
  }

  /// Puts what was changed onto the map.
  void finish() {
    if (changed_.empty()) return;
    Value document = Value::object();
    for (const auto& [kind, name] : {std::pair(node_keys, "nodes"), {link_keys, "links"}, {search_keys, "searches"}}) {
      Value list = Value::array();
      for (const std::string& key : order_) {
        if (const auto& value = changed_.at(key); value && key.starts_with(kind)) list.push(*value);
      }
      document.set(name, std::move(list));
    }
    if (const auto info = changed_.find(text_of(ItemKey{})); info != changed_.end()) document.set("map", *info->second);
    const std::string bytes = json::write_compact(document);
    const Input input{"the change", bytes};
    Imported read = import_map(std::span(&input, 1));
    if (!read.readable || count_errors(read.diagnostics) > 0)
      throw Error(ErrorCode::bad_input, "", "the change cannot be read as part of a map: " + read.diagnostics.front().message);
    if (changed_.contains(text_of(ItemKey{}))) map_.info = std::move(read.map.info);
    take(read.map.nodes, map_.nodes);
    take(read.map.links, map_.links);
    take(read.map.searches, map_.searches);
    changed_.clear();
    order_.clear();
  }

  void rename(const Rename& r) {
    finish();
    rename_node(map_, r.from, r.to);
    index();
  }

 private:
  void index() {
    places_.clear();
    nodes_.clear();
    aliases_.clear();
    const auto add = [&](const auto& items) {
      for (std::size_t i = 0; i < items.size(); ++i) places_.emplace(text_of(key_of(items[i])), i);
    };
    add(map_.nodes);
    add(map_.links);
    add(map_.searches);
    for (const Node& node : map_.nodes) {
      nodes_.emplace(identity_of(node.id), &node.id);
      for (const std::string& alias : node.aliases) {
        const auto [known, fresh] = aliases_.emplace(identity_of(alias), &node.id);
        if (!fresh) known->second = nullptr;  // Of several, none is meant.
      }
    }
  }

  void came_or_went(const ItemKey& key, bool came) {
    if (!came) return void(nodes_.erase(identity_of(key.id)));
    if (!nodes_.contains(identity_of(key.id))) nodes_.emplace(identity_of(key.id), &new_ids_.emplace_back(key.id));
  }

  void set(const ItemKey& key, std::optional<Value> value) {
    std::string text = text_of(key);
    if (!changed_.contains(text)) order_.push_back(text);
    changed_.insert_or_assign(std::move(text), std::move(value));
  }

  template <class Item>
  void take(std::vector<Item>& from, std::vector<Item>& to) {
    std::vector<Item> fresh;
    for (Item& item : from) {
      item.where = {};
      const auto at = places_.find(text_of(key_of(item)));
      if (at == places_.end())
        fresh.push_back(std::move(item));
      else
        to[at->second] = std::move(item);
    }
    std::unordered_set<std::size_t> gone;
    const std::string_view kind = std::is_same_v<Item, Node> ? node_keys : std::is_same_v<Item, Link> ? link_keys : search_keys;
    for (const auto& [key, value] : changed_) {
      if (value || !key.starts_with(kind)) continue;
      if (const auto at = places_.find(key); at != places_.end()) gone.insert(at->second);
    }
    if (!gone.empty()) {
      std::size_t kept = 0;
      for (std::size_t i = 0; i < to.size(); ++i) {
        if (gone.contains(i)) continue;
        if (kept != i) to[kept] = std::move(to[i]);
        ++kept;
      }
      to.resize(kept);
    }
    std::ranges::move(fresh, std::back_inserter(to));
  }

  Map& map_;
  std::unordered_map<std::string, std::size_t> places_;
  std::unordered_map<std::string, const std::string*> nodes_;
  std::unordered_map<std::string, const std::string*> aliases_;
  std::list<std::string> new_ids_;
  std::unordered_map<std::string, std::optional<Value>> changed_;  ///< Nothing for what is gone.
  std::vector<std::string> order_;
};

bool holds(const Value::Array& list, const Value& element) { return std::ranges::find(list, element) != list.end(); }

/// What is here, with what came there and without what went there.
Value together(const Value& before, const Value& here, const Value& there) {
  static const Value::Array nothing;
  const auto list = [](const Value& v) -> const Value::Array& { return v.if_array() != nullptr ? *v.if_array() : nothing; };
  Value result = Value::array();
  for (const Value& element : list(here)) {
    if (holds(list(there), element) || !holds(list(before), element)) result.push(element);
  }
  for (const Value& element : list(there)) {
    if (!holds(list(before), element) && !holds(list(here), element)) result.push(element);
  }
  return result;
}

class Applying {
 public:
  /// Whose value stands where both sides changed a member.
  enum class Stands : std::uint8_t { here, there };
  Applying(Edited& edited, const ChangeSet& set, Stands stands = Stands::here) : edited_(edited), set_(set), stands_(stands) {}

  std::vector<Conflict> run() {
    for (const Rename& r : set_.renames) edited_.rename(r);
    // Links leave before their nodes, and come after them.
    const auto do_those = [&](bool come, std::initializer_list<ItemKey::Of> kinds) {
      for (const Change& change : set_.changes) {
        if (change.after.has_value() == come && std::ranges::find(kinds, change.item.of) != kinds.end()) do_change(change);
      }
    };
    using enum ItemKey::Of;
    // A node that stays keeps its links.
    for (const Change& change : set_.changes) {
      if (change.item.of != node || change.after) continue;
      const auto here = edited_.find(change.item);
      if (here && merge_patch(*here, *change.before).size() > 0) stays_.insert(identity_of(change.item.id));
    }
    do_those(false, {link, search});
    do_those(true, {map, node});
    do_those(true, {link, search});
    const auto goes = [](const Change& c) { return c.item.of == node && !c.after; };
    if (std::ranges::any_of(set_.changes, goes)) used_ = edited_.in_use();
    do_those(false, {node});
    return std::move(conflicts_);
  }

 private:
  void do_change(Change change) {
    follow(change);
    std::optional<Value> here = edited_.find(change.item);
    if (!change.after) {
      if (!here || stays_.contains(identity_of(change.item.from)) || stays_.contains(identity_of(change.item.to))) return;
      if (merge_patch(*here, *change.before).size() > 0) return conflict(Conflict::Why::changed, change.item);
      if (change.item.of == ItemKey::Of::node && used_.contains(identity_of(change.item.id)))
        return conflict(Conflict::Why::in_use, change.item);
      edited_.remove(change.item);
      return;
    }
    if (!here && change.before) return conflict(Conflict::Why::gone, change.item);
    if (!has_ends(change)) return;
    if (!here) here = Value::object();
    later_ = later_reading((*here)["source"], (*change.after)["source"]);
    set_members(change.item, "", *here, change.before ? *change.before : Value::object(), *change.after);
    edited_.put(change.item, std::move(*here));
  }

  enum class Later : std::uint8_t { neither, here, there };
  /// Which of two readings of one source is of the later day.
  static Later later_reading(const Value& here, const Value& there) {
    const std::string* day = here["seen"].if_text();
    const std::string* other = there["seen"].if_text();
    const bool same = there["name"].is_null() || there["name"] == here["name"];
    if (day == nullptr || other == nullptr || *day == *other || !same) return Later::neither;
    return *day < *other ? Later::there : Later::here;
  }

  /// Names that became aliases mean the node.
  void follow(Change& change) const {
    const auto now = [&](std::string& name) {
      if (const std::string* id = edited_.node_called(name)) name = *id;
    };
    const auto inside = [&](std::optional<Value>& value, std::string_view member) {
      if (!value || (*value)[member].if_text() == nullptr) return;
      std::string name = *(*value)[member].if_text();
      now(name);
      value->set(member, name);
    };
    switch (change.item.of) {
      case ItemKey::Of::node:
        if (change.before) now(change.item.id);
        break;
      case ItemKey::Of::link:
        now(change.item.from);
        now(change.item.to);
        for (auto* value : {&change.before, &change.after}) {
          inside(*value, "from");
          inside(*value, "to");
        }
        break;
      default: break;
    }
  }

  bool has_ends(const Change& change) {
    const auto missing = [&](const std::string& name) {
      if (edited_.node_called(name) != nullptr) return false;
      conflict(Conflict::Why::no_end, change.item, "", {}, name);
      return true;
    };
    if (edited_.has_no_nodes()) return true;  // Part of a map: they stand elsewhere.
    if (change.item.of == ItemKey::Of::link) return !missing(change.item.from) && !missing(change.item.to);
    return true;
  }

  void set_members(const ItemKey& item, const std::string& path, Value& here, const Value& before, const Value& after) {
    for (const auto& [name, value] : *after.if_object()) {
      const Value& is = here[name];
      const Value& was = before[name];
      if (is == value) continue;
      if (value.if_object() != nullptr && (is.is_null() || is.if_object() != nullptr) &&
          (was.is_null() || was.if_object() != nullptr)) {
        Value inside = is.is_null() ? Value::object() : is;
        set_members(item, path + name + ".", inside, was.is_null() ? Value::object() : was, value);
        set_or_leave_out(here, name, inside.size() > 0 ? std::move(inside) : Value());
      } else if (is == was) {
        set_or_leave_out(here, name, value);
      } else if (is.if_array() != nullptr || value.if_array() != nullptr) {
        Value list = together(was, is, value);
        set_or_leave_out(here, name, list.size() > 0 ? std::move(list) : Value());
      } else if (later_ == Later::neither) {
        conflict(Conflict::Why::differs, item, path + name, is, value);
        if (stands_ == Stands::there) set_or_leave_out(here, name, value);
      } else if (later_ == Later::there) {
        set_or_leave_out(here, name, value);
      }
    }
  }

  static void set_or_leave_out(Value& object, const std::string& name, Value value) {
    Value patch = Value::object();
    patch.set(name, Value());
    if (value.is_null()) return apply_merge_patch(object, patch);
    object.set(name, std::move(value));
  }

  void conflict(Conflict::Why why, const ItemKey& item, std::string member = {}, Value here = {}, Value there = {}) {
    conflicts_.push_back({why, item, std::move(member), std::move(here), std::move(there)});
  }

  Edited& edited_;
  const ChangeSet& set_;
  Stands stands_;
  Later later_ = Later::neither;
  std::unordered_set<std::string> stays_;  ///< Nodes that are to go, but were changed here.
  std::unordered_set<std::string> used_;
  std::vector<Conflict> conflicts_;
};

}  // namespace

std::vector<Conflict> apply(Map& map, const ChangeSet& set) {
  Edited edited(map);
  std::vector<Conflict> conflicts = Applying(edited, set).run();
  edited.finish();
  return conflicts;
}

void rename_node(Map& map, const std::string& from, const std::string& to) {
  const std::string old = identity_of(from);
  const auto is_old = [&](const std::string& id) { return identity_of(id) == old; };
  const auto node = std::ranges::find_if(map.nodes, [&](const Node& n) { return is_old(n.id); });
  if (node == map.nodes.end()) throw Error(ErrorCode::not_found, from, "is not on the map");
  const auto taken = std::ranges::find_if(map.nodes, [&](const Node& n) { return identity_of(n.id) == identity_of(to); });
  if (taken != map.nodes.end() && taken != node)
    throw Error(ErrorCode::usage, to, fmt::format("is on the map already: {}", taken->title));
  node->id = to;
  const auto follow = [&](std::string& id) {
    if (is_old(id)) id = to;
  };
  for (Link& link : map.links) {
    follow(link.from);
    follow(link.to);
  }
  for (Search& search : map.searches) {
    for (std::string& need : search.needs) follow(need);
    for (JudgedCandidate& c : search.candidates) {
      follow(c.need);
      follow(c.document);
    }
    for (UnjudgedCandidate& c : search.unjudged) {
      follow(c.need);
      follow(c.document);
    }
  }
  for (std::string& group : map.info.groups) follow(group);
}

std::string contested_member(const ItemKey& item, std::string_view member) {
  if (item.of != ItemKey::Of::link) return std::string(member);
  const std::string by = item.by.empty() ? "" : fmt::format(" ({})", item.by);
  return fmt::format("{} {}{}: {}", name_of(item.relation), item.to, by, member);
}

namespace {

/// The node at which values for an item wait; empty where none does.
std::string holder_of(const ItemKey& item) {
  if (item.of == ItemKey::Of::link) return identity_of(item.from);
  return item.of == ItemKey::Of::node ? identity_of(item.id) : std::string();
}

/// What waits at a node because of conflicts there, as a part of its attribute: by member. `waits` says which of both values.
using Waiting = std::map<std::string, Value>;  // by identity of the node
Waiting waiting(const std::vector<Conflict>& conflicts, Value Conflict::*waits, const std::string& by, const std::string& made) {
  Waiting values;
  for (const Conflict& c : conflicts) {
    std::string holder = holder_of(c.item);
    if (c.why != Conflict::Why::differs || holder.empty()) continue;
    Value said = Value::object();
    said.set("value", c.*waits);
    if (!by.empty()) said.set("by", by);
    if (!made.empty()) said.set("made", made);
    Value& members = values.try_emplace(std::move(holder), Value::object()).first->second;
    members.set(contested_member(c.item, c.member), Value(Value::Array{std::move(said)}));
  }
  return values;
}

/// Adds what waits to what waited there.
void add_waiting(Value& attribute, const Value& members) {
  if (attribute.if_object() == nullptr) attribute = Value::object();
  for (const auto& [member, said] : *members.if_object()) {
    const Value& known = attribute[member];
    attribute.set(member, known.if_array() == nullptr ? said : together({}, known, said));
  }
}

}  // namespace

void contest(Map& map, const std::vector<Conflict>& conflicts, const std::string& by, const std::string& made) {
  const Waiting values = waiting(conflicts, &Conflict::there, by, made);
  for (Node& node : map.nodes) {
    const auto found = values.find(identity_of(node.id));
    if (found == values.end()) continue;
    auto attribute = std::ranges::find(node.attributes, contested, &std::pair<std::string, Value>::first);
    if (attribute == node.attributes.end()) {
      node.attributes.emplace_back(contested, Value::object());
      attribute = std::prev(node.attributes.end());
    }
    add_waiting(attribute->second, found->second);
  }
}

void settle(Map& map, const ItemKey& item, const std::vector<std::string>& members) {
  const std::string holder = holder_of(item);
  for (Node& node : map.nodes) {
    if (!has_identity(node.id, holder)) continue;
    const auto attribute = std::ranges::find(node.attributes, contested, &std::pair<std::string, Value>::first);
    if (attribute == node.attributes.end() || attribute->second.if_object() == nullptr) return;
    Value patch = Value::object();
    for (const std::string& member : members) patch.set(contested_member(item, member), Value());
    apply_merge_patch(attribute->second, patch);
    if (attribute->second.size() == 0) node.attributes.erase(attribute);
  }
}

std::vector<Contest> contests_of(const Map& map) {
  std::vector<Contest> contests;
  const auto text = [](const Value& v) {
    if (v.is_null()) return std::string();
    return v.if_text() != nullptr ? *v.if_text() : json::write_compact(v);
  };
  for (const Node& node : map.nodes) {
    const auto attribute = std::ranges::find(node.attributes, contested, &std::pair<std::string, Value>::first);
    if (attribute == node.attributes.end() || attribute->second.if_object() == nullptr) continue;
    std::vector<MemberText> said = members_of(value_of(node));
    for (const Link& link : map.links) {
      if (identity_of(link.from) != identity_of(node.id)) continue;
      for (MemberText& m : members_of(value_of(link)))
        said.push_back({contested_member(key_of(link), m.member), std::move(m.text)});
    }
    for (const auto& [member, values] : *attribute->second.if_object()) {
      if (values.if_array() == nullptr) continue;
      const auto here = std::ranges::find(said, member, &MemberText::member);
      for (const Value& v : *values.if_array())
        contests.push_back(
            {node.id, member, here == said.end() ? "" : here->text, text(v["value"]), text(v["by"]), text(v["made"])});
    }
  }
  return contests;
}

namespace {

/// What went from ours, but was changed in theirs or is needed there for what is new, is put back as it stood.
std::vector<Conflict> restore(Map& ours, const Map& base, const std::vector<Change>& changes) {
  std::unordered_set<std::string> here;
  std::unordered_map<std::string, const Node*> nodes;
  std::unordered_map<std::string, const Link*> links;
  std::unordered_map<std::string, const Search*> searches;
  for (const Node& n : ours.nodes) here.insert(text_of(key_of(n)));
  for (const Link& l : ours.links) here.insert(text_of(key_of(l)));
  for (const Search& s : ours.searches) here.insert(text_of(key_of(s)));
  for (const Node& n : base.nodes) nodes.emplace(text_of(key_of(n)), &n);
  for (const Link& l : base.links) links.emplace(text_of(key_of(l)), &l);
  for (const Search& s : base.searches) searches.emplace(text_of(key_of(s)), &s);
  std::vector<Conflict> conflicts;
  const auto put_back = [&](const ItemKey& key) {
    const std::string text = text_of(key);
    if (here.contains(text)) return;
    if (const auto n = nodes.find(text); n != nodes.end())
      ours.nodes.push_back(*n->second);
    else if (const auto l = links.find(text); l != links.end())
      ours.links.push_back(*l->second);
    else if (const auto s = searches.find(text); s != searches.end())
      ours.searches.push_back(*s->second);
    else
      return;
    here.insert(text);
    conflicts.push_back({Conflict::Why::restored, key, {}, {}, {}});
  };
  for (const Change& change : changes) {
    if (!change.after || change.item.of == ItemKey::Of::map) continue;
    if (change.before) put_back(change.item);
    if (change.item.of != ItemKey::Of::link) continue;
    for (const std::string& end : {change.item.from, change.item.to}) put_back({ItemKey::Of::node, end, {}, {}, {}, {}});
  }
  return conflicts;
}

}  // namespace

namespace {

/// All sets of a list onto a map.
Replayed replay_all(const Map& begun, std::span<const ChangeSet> sets) {
  Replayed result{begun, {}, {}};
  Edited edited(result.map);
  std::unordered_map<std::string, const ChangeSet*> last;  // By member of an item: who said what stands.
  const auto text_of_member = [](const ItemKey& item, const std::string& member) { return text_of(item) + "\n" + member; };
  for (const ChangeSet& set : sets) {
    const std::vector<Conflict> conflicts = Applying(edited, set, Applying::Stands::there).run();
    // What stood there waits, with whoever had said it.
    for (const Conflict& c : conflicts) {
      result.conflicts.push_back({set.id, c});
      const auto said = last.find(text_of_member(c.item, c.member));
      const ChangeSet* earlier = said == last.end() ? nullptr : said->second;
      for (const auto& [node, members] :
           waiting({c}, &Conflict::here, earlier ? earlier->by : "", earlier ? earlier->made : "")) {
        const std::string* id = edited.node_called(node);
        if (id == nullptr) continue;
        const ItemKey key{ItemKey::Of::node, *id, {}, {}, {}, {}};
        std::optional<Value> value = edited.find(key);
        if (!value) continue;
        Value attributes = (*value)["attributes"].if_object() != nullptr ? (*value)["attributes"] : Value::object();
        Value attribute = attributes[contested];
        add_waiting(attribute, members);
        attributes.set(contested, std::move(attribute));
        value->set("attributes", std::move(attributes));
        edited.put(key, std::move(*value));
      }
    }
    for (const Change& change : set.changes) {
      if (!change.after || !change.before) continue;
      const std::function<void(const Value&, const std::string&)> note = [&](const Value& patch, const std::string& path) {
        for (const auto& [name, value] : *patch.if_object()) {
          if (value.if_object() != nullptr)
            note(value, path + name + ".");
          else
            last.insert_or_assign(text_of_member(change.item, path + name), &set);
        }
      };
      note(*change.after, "");
    }
  }
  edited.finish();
  sort_canonically(result.map);
  return result;
}

}  // namespace

Replayed replay(const Map& begun, std::vector<ChangeSet> sets, const std::function<bool(const Map&)>& valid) {
  // A copy of a device's counter may have given one number twice: only what says the same is the same.
  using Key = std::tuple<std::int64_t, std::string, std::int64_t, std::string>;
  std::map<Key, ChangeSet> by_key;
  for (ChangeSet& s : sets) {
    Key key(s.clock, s.id.device, s.id.number, json::write_compact(value_of(s)));
    by_key.try_emplace(std::move(key), std::move(s));
  }
  sets.clear();
  for (auto& [key, set] : by_key) sets.push_back(std::move(set));
  std::vector<Change> left_aside;
  while (true) {
    Replayed result = replay_all(begun, sets);
    result.left_aside = left_aside;
    if (valid(result.map) || sets.empty()) return result;
    // The set with which it begins to be invalid, and of its changes the first one; what came before is kept.
    const auto fits = [&](std::size_t count) { return valid(replay_all(begun, std::span(sets).first(count)).map); };
    std::size_t good = 0;
    std::size_t bad = sets.size();
    while (bad - good > 1) (fits((good + bad) / 2) ? good : bad) = (good + bad) / 2;
    std::vector<ChangeSet> until(sets.begin(), sets.begin() + static_cast<std::ptrdiff_t>(bad));
    std::vector<Change>& changes = until.back().changes;
    const std::vector<Change> all = changes;
    good = 0;
    std::size_t end = all.size();
    while (end - good > 1) {
      const std::size_t middle = (good + end) / 2;
      changes.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(middle));
      (valid(replay_all(begun, until).map) ? good : end) = middle;
    }
    if (all.empty()) {  // It renames only: that is left out.
      sets.erase(sets.begin() + static_cast<std::ptrdiff_t>(bad) - 1);
      continue;
    }
    left_aside.push_back(all[end - 1]);
    sets[bad - 1].changes.erase(sets[bad - 1].changes.begin() + static_cast<std::ptrdiff_t>(end) - 1);
  }
}

Merged merge_maps(const Map& base, const Map& ours, const Map& theirs, const std::function<bool(const Map&)>& valid) {
  ChangeSet all;
  all.changes = difference(base, theirs);
  Merged merged;
  const auto attempt = [&](std::vector<Change> changes) {
    ChangeSet set;
    set.changes = std::move(changes);
    merged.map = ours;
    merged.conflicts = restore(merged.map, base, set.changes);
    const std::vector<Conflict> more = apply(merged.map, set);
    merged.conflicts.insert(merged.conflicts.end(), more.begin(), more.end());
    return valid(merged.map);
  };
  if (attempt(all.changes)) return merged;
  std::vector<Change> kept;
  const std::function<void(std::span<const Change>)> take = [&](std::span<const Change> some) {
    std::vector<Change> with = kept;
    with.insert(with.end(), some.begin(), some.end());
    if (attempt(with)) {
      kept = std::move(with);
    } else if (some.size() == 1) {
      merged.left_aside.push_back(some.front());
    } else {
      take(some.first(some.size() / 2));
      take(some.subspan(some.size() / 2));
    }
  };
  take(all.changes);
  attempt(kept);
  return merged;
}

}  // namespace lacuna
