// Change sets in words.
#include <fmt/format.h>

#include "base/text.hpp"
#include "change/change_set.hpp"
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
  for (const auto& [name, value] : *after.if_object()) {
    const Value& was = before[name];
    if (value.if_object() != nullptr)
      add_members(was.if_object() != nullptr ? was : Value::object(), value, path + name + ".", parts);
    else
      parts.push_back(fmt::format("{}{} {} → {}", path, name, text_of_value(was), text_of_value(value)));
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

void add_texts(const Value& whole, const std::string& path, std::vector<MemberText>& texts) {
  for (const auto& [name, value] : *whole.if_object()) {
    if (value.if_object() != nullptr)
      add_texts(value, path + name + ".", texts);
    else
      texts.push_back({path + name, value.if_text() != nullptr ? *value.if_text() : json::write_compact(value)});
  }
}

}  // namespace

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
