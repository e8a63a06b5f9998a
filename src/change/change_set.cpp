#include "change/change_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "model/values.hpp"

namespace lacuna {

ItemKey key_of(const Node& node) { return {ItemKey::Of::node, node.id, {}, {}, {}, {}}; }
ItemKey key_of(const Link& link) { return {ItemKey::Of::link, {}, link.from, link.relation, link.to, link.by}; }
ItemKey key_of(const Search& search) { return {ItemKey::Of::search, search.id, {}, {}, {}, {}}; }

std::string text_of(const ItemKey& key) {
  switch (key.of) {
    case ItemKey::Of::map: break;
    case ItemKey::Of::node: return "node\n" + identity_of(key.id);
    case ItemKey::Of::search: return "search\n" + identity_of(key.id);
    case ItemKey::Of::link:
      return fmt::format("link\n{}\n{}\n{}\n{}", identity_of(key.from), name_of(key.relation), identity_of(key.to),
                         identity_of(key.by));
  }
  return "map";
}

std::string name_of(const ItemKey& key) {
  switch (key.of) {
    case ItemKey::Of::map: break;
    case ItemKey::Of::node: return key.id;
    case ItemKey::Of::search: return fmt::format("search record {}", key.id);
    case ItemKey::Of::link:
      return fmt::format("{} {} {}{}", key.from, name_of(key.relation), key.to,
                         key.by.empty() ? "" : fmt::format(" ({})", key.by));
  }
  return "the map";
}

std::string to_string(const ChangeId& id) {
  return id.device.empty() ? std::to_string(id.number) : fmt::format("{} of {}", id.number, id.device);
}

// ---- merge patches ------------------------------------------------------------------------------------------------------------

Value merge_patch(const Value& from, const Value& to) {
  Value patch = Value::object();
  for (const auto& [name, value] : *to.if_object()) {
    const Value& old = from[name];
    if (old == value) continue;
    if (old.if_object() == nullptr || value.if_object() == nullptr)
      patch.set(name, value);
    else if (Value inside = merge_patch(old, value); inside.size() > 0)  // In another order, nothing differs.
      patch.set(name, std::move(inside));
  }
  for (const auto& [name, value] : *from.if_object()) {
    if (to[name].is_null() && !value.is_null()) patch.set(name, Value());
  }
  return patch;
}

void apply_merge_patch(Value& target, const Value& patch) {
  if (target.if_object() == nullptr) target = Value::object();
  Value::Object members = *target.if_object();
  for (const auto& [name, value] : *patch.if_object()) {
    const auto found = std::ranges::find(members, name, &std::pair<std::string, Value>::first);
    if (value.is_null()) {
      if (found != members.end()) members.erase(found);
      continue;
    }
    const bool inside = value.if_object() != nullptr;
    if (found == members.end()) {
      members.emplace_back(name, inside ? Value::object() : value);
      if (inside) apply_merge_patch(members.back().second, value);
    } else if (inside) {
      apply_merge_patch(found->second, value);
      if (found->second.size() == 0) members.erase(found);
    } else {
      found->second = value;
    }
  }
  target = Value(std::move(members));
}

// ---- difference ---------------------------------------------------------------------------------------------------------------

namespace {

template <class Item>
void add_differences(const std::vector<Item>& before, const std::vector<Item>& after, std::vector<Change>& changes) {
  // Most of a map stays as it is: what is equal at both ends need not be looked up.
  const auto first = std::ranges::mismatch(before, after);
  auto from = std::ranges::subrange(first.in1, before.end());
  auto to = std::ranges::subrange(first.in2, after.end());
  while (!from.empty() && !to.empty() && from.back() == to.back()) {
    from = {from.begin(), from.end() - 1};
    to = {to.begin(), to.end() - 1};
  }
  std::unordered_map<std::string, const Item*> known;
  for (const Item& item : from) known.emplace(text_of(key_of(item)), &item);
  for (const Item& item : to) {
    const auto old = known.find(text_of(key_of(item)));
    if (old == known.end()) {
      changes.push_back({key_of(item), std::nullopt, value_of(item)});
      continue;
    }
    if (!(*old->second == item)) {
      const Value was = value_of(*old->second);
      const Value is = value_of(item);
      Value patch = merge_patch(was, is);
      if (patch.size() > 0) changes.push_back({key_of(item), merge_patch(is, was), std::move(patch)});
    }
    known.erase(old);
  }
  for (const Item& item : from) {
    if (known.contains(text_of(key_of(item)))) changes.push_back({key_of(item), value_of(item), std::nullopt});
  }
}

}  // namespace

std::vector<Change> difference(const Map& before, const Map& after) {
  std::vector<Change> changes;
  if (!(before.info == after.info)) {
    const Value was = value_of(before.info);
    const Value is = value_of(after.info);
    changes.push_back({{}, merge_patch(is, was), merge_patch(was, is)});
  }
  add_differences(before.nodes, after.nodes, changes);
  add_differences(before.links, after.links, changes);
  add_differences(before.searches, after.searches, changes);
  return changes;
}

ChangeSet inverse(const ChangeSet& set) {
  ChangeSet back;
  back.undoes = set.id;
  for (const Rename& r : set.renames) back.renames.insert(back.renames.begin(), {r.to, r.from});
  for (const Change& c : set.changes) back.changes.push_back({c.item, c.after, c.before});
  // The renames come first: what follows speaks of the nodes as they are called then.
  const auto follow = [&](std::string& name) {
    for (const Rename& r : back.renames) {
      if (identity_of(name) == identity_of(r.from)) name = r.to;
    }
  };
  for (Change& c : back.changes) {
    if (back.renames.empty()) break;
    if (c.item.of == ItemKey::Of::node) follow(c.item.id);
    follow(c.item.from);
    follow(c.item.to);
    for (auto* value : {&c.before, &c.after}) {
      for (const std::string_view member : {"id", "from", "to"}) {
        if (!*value || (**value)[member].if_text() == nullptr) continue;
        std::string name = *(**value)[member].if_text();
        follow(name);
        (*value)->set(member, name);
      }
    }
  }
  return back;
}

}  // namespace lacuna
