// The text form of a change set, out and in.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "change/change_set.hpp"
#include "formats/json.hpp"

namespace lacuna {
namespace {

using json::Json;

struct Part {
  ItemKey::Of of;
  std::string_view name;
};
constexpr std::array parts{Part{ItemKey::Of::map, "map"}, Part{ItemKey::Of::node, "nodes"}, Part{ItemKey::Of::link, "links"},
                           Part{ItemKey::Of::search, "searches"}};

Value value_of(const Change& change) {
  Value v = Value::object();
  switch (change.item.of) {
    case ItemKey::Of::map: break;
    case ItemKey::Of::node:
    case ItemKey::Of::search: v.set("id", change.item.id); break;
    case ItemKey::Of::link:
      v.set("from", change.item.from).set("relation", name_of(change.item.relation)).set("to", change.item.to);
      if (!change.item.by.empty()) v.set("by", change.item.by);
  }
  if (change.after) {
    for (const auto& [name, value] : *change.after->if_object()) v.set(name, value);
  } else {
    v.set("removed", true);
  }
  return v.set("before", change.before ? *change.before : Value());
}

Value value_of(const ChangeId& id) {
  Value v = Value::object();
  if (!id.device.empty()) v.set("device", id.device);
  return v.set("number", id.number);
}

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  ChangeSet run(const Json& document) {
    const Json& top = object(document, "a change set");
    for (std::size_t i = 0; i < top.items.size(); ++i) {
      const Json& v = top.items[i];
      const std::string& name = top.names[i];
      if (name == "schema") {
        if (text(v, name) != change_schema)
          fail(v, fmt::format("the schema \"{}\" is not {}; a newer program may have written this", shortened(v.text, 60),
                              change_schema));
      } else if (name == "device" || name == "number") {
        set_id(set_.id, name, v);
      } else if (name == "clock") {
        set_.clock = whole(v, name);
      } else if (name == "by") {
        set_.by = text(v, name);
      } else if (name == "made") {
        set_.made = text(v, name);
      } else if (name == "why") {
        set_.why = text(v, name);
      } else if (name == "undoes") {
        set_.undoes.emplace();
        for (std::size_t k = 0; k < object(v, "\"undoes\"").items.size(); ++k) set_id(*set_.undoes, v.names[k], v.items[k]);
      } else if (name == "renames") {
        for (const Json& item : list(v, name).items) read_rename(item);
      } else if (name == "map") {
        read_change(v, ItemKey::Of::map);
      } else if (const auto part = std::ranges::find(parts, name, &Part::name); part != parts.end()) {
        for (const Json& item : list(v, name).items) read_change(item, part->of);
      } else {
        fail(v, fmt::format("a change set has no member \"{}\"", shortened(name, 60)));
      }
    }
    return std::move(set_);
  }

 private:
  [[noreturn]] void fail(const Json& at, const std::string& message) const {
    throw error_of({Severity::error, file_, at.line, message});
  }
  const Json& object(const Json& v, std::string_view what) const {
    if (v.type != Json::Type::object) fail(v, fmt::format("{} must be an object, not {}", what, json::kind_of(v)));
    return v;
  }
  const Json& list(const Json& v, std::string_view name) const {
    if (v.type != Json::Type::array) fail(v, fmt::format("\"{}\" must be a list, not {}", name, json::kind_of(v)));
    return v;
  }
  const std::string& text(const Json& v, std::string_view name) const {
    if (v.type != Json::Type::text) fail(v, fmt::format("\"{}\" must be a text, not {}", name, json::kind_of(v)));
    return v.text;
  }
  std::int64_t whole(const Json& v, std::string_view name) const {
    if (v.type != Json::Type::integer || v.integer < 0)
      fail(v, fmt::format("\"{}\" must be a whole number, not less than 0", name));
    return v.integer;
  }
  void set_id(ChangeId& id, std::string_view name, const Json& v) const {
    if (name == "device")
      id.device = text(v, name);
    else if (name == "number")
      id.number = whole(v, name);
    else
      fail(v, fmt::format("a number of a change set has no member \"{}\"", shortened(name, 60)));
  }

  void read_rename(const Json& v) {
    Rename rename;
    for (std::size_t i = 0; i < object(v, "a rename").items.size(); ++i) {
      if (v.names[i] == "from")
        rename.from = text(v.items[i], "from");
      else if (v.names[i] == "to")
        rename.to = text(v.items[i], "to");
      else
        fail(v.items[i], fmt::format("a rename has no member \"{}\"", shortened(v.names[i], 60)));
    }
    if (rename.from.empty() || rename.to.empty()) fail(v, "a rename needs \"from\" and \"to\"");
    set_.renames.push_back(std::move(rename));
  }

  void read_change(const Json& v, ItemKey::Of of) {
    object(v, of == ItemKey::Of::map ? "\"map\"" : "a change");
    Change change;
    change.item.of = of;
    Value after = Value::object();
    bool removed = false;
    bool has_before = false;
    for (std::size_t i = 0; i < v.items.size(); ++i) {
      const std::string& name = v.names[i];
      const Json& member = v.items[i];
      if (name == "removed") {
        removed = member.type == Json::Type::boolean && member.boolean;
        if (!removed) fail(member, "\"removed\" is true, or left out");
        continue;
      }
      if (name == "before") {
        has_before = true;
        if (member.type != Json::Type::null) change.before = json::to_value(object(member, "\"before\""));
        continue;
      }
      set_key(change.item, name, member);
      after.set(name, json::to_value(member));
    }
    if (!has_before) fail(v, "a change needs \"before\": what stood there, null for nothing");
    const bool complete = of == ItemKey::Of::link ? !change.item.from.empty() && !change.item.to.empty()
                                                  : of == ItemKey::Of::map || !change.item.id.empty();
    if (!complete) fail(v, of == ItemKey::Of::link ? "a link needs \"from\", \"relation\" and \"to\"" : "it needs an \"id\"");
    if (removed && !change.before) fail(v, "what is removed must have been there: \"before\" is null");
    if (!removed) {
      if (change.before) after = without_key(after, change);
      change.after = std::move(after);
    }
    set_.changes.push_back(std::move(change));
  }

  /// Takes a member that tells which item is meant; of what came, it is part of the whole, too.
  void set_key(ItemKey& key, std::string_view name, const Json& v) const {
    if (key.of == ItemKey::Of::map) return;
    if (key.of != ItemKey::Of::link) {
      if (name == "id") key.id = text(v, name);
    } else if (name == "from") {
      key.from = text(v, name);
    } else if (name == "to") {
      key.to = text(v, name);
    } else if (name == "by") {
      key.by = v.type == Json::Type::null ? std::string() : text(v, name);
    } else if (name == "relation") {
      const auto relation = parse<Relation>(text(v, name));
      if (!relation) fail(v, fmt::format("unknown relation \"{}\"", shortened(v.text, 40)));
      key.relation = *relation;
    }
  }

  /// Members that only say which item is meant are no change, unless what was there before says them, too.
  static Value without_key(const Value& after, const Change& change) {
    Value rest = Value::object();
    for (const auto& [name, value] : *after.if_object()) {
      const bool key = change.item.of == ItemKey::Of::link ? name == "from" || name == "relation" || name == "to" || name == "by"
                                                           : change.item.of != ItemKey::Of::map && name == "id";
      if (!key || !(*change.before)[name].is_null()) rest.set(name, value);
    }
    return rest;
  }

  const std::string& file_;
  ChangeSet set_;
};

}  // namespace

Value value_of(const ChangeSet& set) {
  Value v = Value::object();
  v.set("schema", change_schema);
  if (!set.id.device.empty()) v.set("device", set.id.device);
  if (set.id.number > 0) v.set("number", set.id.number);
  if (set.clock > 0) v.set("clock", set.clock);
  if (!set.by.empty()) v.set("by", set.by);
  if (!set.made.empty()) v.set("made", set.made);
  if (!set.why.empty()) v.set("why", set.why);
  if (set.undoes) v.set("undoes", value_of(*set.undoes));
  if (!set.renames.empty()) {
    Value list = Value::array();
    for (const Rename& r : set.renames) list.push(Value(Value::Object{{"from", r.from}, {"to", r.to}}));
    v.set("renames", std::move(list));
  }
  for (const Part& part : parts) {
    Value list = Value::array();
    for (const Change& c : set.changes) {
      if (c.item.of == part.of) list.push(value_of(c));
    }
    if (list.size() == 0) continue;
    v.set(part.name, part.of == ItemKey::Of::map ? list.if_array()->front() : std::move(list));
  }
  return v;
}

ChangeSet read_change_set(std::string_view bytes, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto document = json::read(bytes, file, diagnostics, 10 * json::most_values);
  if (!document) throw error_of(diagnostics.front());
  return Reader(file).run(*document);
}

bool is_change_set(std::string_view bytes) { return bytes.substr(0, 4096).find(change_schema) != std::string_view::npos; }

}  // namespace lacuna
