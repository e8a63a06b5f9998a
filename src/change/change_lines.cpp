// Change sets in words.
#include <fmt/format.h>

#include "base/text.hpp"
#include "change/apply.hpp"
#include "formats/json.hpp"

namespace lacuna {
namespace {

std::string text_of_value(const Value& v) {
  if (v.is_null()) return "–";
  if (const std::string* text = v.if_text()) return fmt::format("“{}”", shortened(harmless(*text), 80));
  if (const Value::Array* list = v.if_array(); list != nullptr && !list->empty() && list->front().if_text() != nullptr) {
    std::vector<std::string> texts;
    for (const Value& element : *list) texts.push_back(text_of_value(element));
    return listed(texts, 4);
  }
  return shortened(harmless(json::write_compact(v)), 80);
}

void add_members(const Value& before, const Value& after, const std::string& path, std::vector<std::string>& parts) {
  static const Value nothing = Value::object();
  const auto inside = [](const Value& v) -> const Value& { return v.if_object() != nullptr ? v : nothing; };
  for (const auto& [name, value] : *after.if_object()) {
    const Value& was = before[name];
    if (path + name == std::string("attributes.") + std::string(contested)) {
      for (const auto& [member, said] : *inside(was).if_object())
        if (value[member].is_null()) parts.push_back(fmt::format("settled what else was said of its {}", harmless(member)));
      for (const auto& [member, said] : *inside(value).if_object())
        if (!said.is_null()) parts.push_back(fmt::format("another {} waits", harmless(member)));
    } else if (value.if_object() != nullptr || was.if_object() != nullptr) {
      Value whole = inside(value);  // Of what went, each member did.
      for (const auto& [member, unused] : *inside(was).if_object()) {
        if (value.is_null()) whole.set(member, Value());
      }
      add_members(inside(was), whole, path + name + ".", parts);
    } else {
      parts.push_back(fmt::format("{}{} {} → {}", path, name, text_of_value(was), text_of_value(value)));
    }
  }
}

std::string came_text(const Change& change, const Value& whole) {
  const std::string name = harmless(name_of(change.item));
  const auto member = [&](std::string_view m) {
    return whole[m].if_text() != nullptr ? harmless(*whole[m].if_text()) : std::string();
  };
  if (change.item.of == ItemKey::Of::link) {
    std::vector<std::string> said;
    for (const std::string_view m : {"degree", "set_relation", "status"}) {
      if (!member(m).empty()) said.push_back(member(m));
    }
    return said.empty() ? name : fmt::format("{}: {}", name, join(said, ", "));
  }
  const std::string title = member("title");
  return title.empty() ? name : fmt::format("{} – {}", name, shortened(title, 80));
}

/// A text as it is, a list of texts with semicolons between, as it is typed; anything else as JSON.
std::string plain_text(const Value& value) {
  if (value.if_text() != nullptr) return *value.if_text();
  if (value.if_array() == nullptr) return json::write_compact(value);
  std::vector<std::string> texts;
  for (const Value& element : *value.if_array()) {
    if (element.if_text() == nullptr) return json::write_compact(value);
    texts.push_back(*element.if_text());
  }
  return join(texts, "; ");
}

void add_texts(const Value& whole, const std::string& path, std::vector<MemberText>& texts) {
  for (const auto& [name, value] : *whole.if_object()) {
    if (value.if_object() != nullptr)
      add_texts(value, path + name + ".", texts);
    else
      texts.push_back({path + name, plain_text(value)});
  }
}

}  // namespace

std::vector<std::string> needs_of(const Change& change) {
  std::vector<std::string> needs;
  if (change.item.of != ItemKey::Of::search) return needs;
  for (const auto* state : {&change.before, &change.after}) {
    const Value::Array* named = *state ? (**state)["needs"].if_array() : nullptr;
    if (named == nullptr) continue;
    for (const Value& need : *named) {
      if (const std::string* id = need.if_text()) needs.push_back(*id);
    }
  }
  return needs;
}

std::vector<MemberText> members_of(const Value& whole) {
  std::vector<MemberText> texts;
  add_texts(whole, "", texts);
  return texts;
}

std::vector<std::string> lines_of(const ChangeSet& set) {
  std::vector<std::string> lines;
  for (const Rename& r : set.renames) lines.push_back(fmt::format("{} is called {} now", harmless(r.from), harmless(r.to)));
  for (const Change& c : set.changes) {
    if (!c.before) {
      lines.push_back("+ " + came_text(c, *c.after));
    } else if (!c.after) {
      lines.push_back("- " + came_text(c, *c.before));
    } else {
      std::vector<std::string> parts;
      add_members(*c.before, *c.after, "", parts);
      lines.push_back(fmt::format("{}: {}", harmless(name_of(c.item)), join(parts, "; ")));
    }
  }
  return lines;
}

}  // namespace lacuna
