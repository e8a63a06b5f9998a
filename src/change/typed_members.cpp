#include "change/typed_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/separated.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"

namespace lacuna {
namespace {

struct Member {
  std::string_view name;  ///< With a dot at its end: any name after it.
  enum class Holds : std::uint8_t { text, whole, list, anything } holds = Holds::text;
};
using enum Member::Holds;

constexpr Member map_members[] = {{"title"}, {"about"}, {"date"}, {"groups", list}};
constexpr Member node_members[] = {
    {"kind"},    {"title"},  {"text"},        {"aliases", list},  {"priority", whole}, {"state"},
    {"address"}, {"dates."}, {"source.name"}, {"source.address"}, {"source.seen"},     {"attributes.", anything}};
constexpr Member link_members[] = {
    {"degree"}, {"set_relation"}, {"strength", whole}, {"rationale"},   {"evidence"},       {"clause"},     {"method"},
    {"on"},     {"status"},       {"questioned"},      {"source.name"}, {"source.address"}, {"source.seen"}};
constexpr Member search_members[] = {{"on"}, {"read"}, {"method"}, {"note"}, {"not_searched", list}};

std::span<const Member> members_of(ItemKey::Of of) {
  switch (of) {
    case ItemKey::Of::map: return map_members;
    case ItemKey::Of::node: return node_members;
    case ItemKey::Of::link: return link_members;
    case ItemKey::Of::search: break;
  }
  return search_members;
}

const Member& member_called(ItemKey::Of of, const std::string& name) {
  for (const Member& m : members_of(of)) {
    if (m.name == name || (m.name.ends_with('.') && name.starts_with(m.name) && name.size() > m.name.size())) return m;
  }
  std::vector<std::string_view> names;
  for (const Member& m : members_of(of)) names.push_back(m.name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = fmt::format("; there are {}", typed_members_help(of));
  if (name == "id") hint = "; another identifier is given by: lacuna rename";
  if (name == "by" && of == ItemKey::Of::link) hint = "; what somebody else says is another link: lacuna link add";
  throw Error(ErrorCode::usage, shortened(harmless(name), 60), fmt::format("is no member that can be set{}", hint));
}

Value value_typed(const Member& member, const std::string& name, const std::string& text) {
  if (member.holds == whole) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size())
      throw Error(ErrorCode::usage, name, fmt::format("must be a whole number, not \"{}\"", shortened(harmless(text), 40)));
    return number;
  }
  if (member.holds == anything) {
    std::vector<Diagnostic> unused;
    const auto json = json::read(text, "", unused);
    if (json && json->type != json::Json::Type::text && json->type != json::Json::Type::null) return json::to_value(*json);
  }
  return text;
}

}  // namespace

bool says(const Value& item, std::string_view member) {
  const Value& value = item[member];
  return !value.is_null() && (value.if_text() == nullptr || !value.if_text()->empty());
}

std::string typed_value(const Value& item, std::string_view member) {
  const std::size_t dot = member.find('.');
  const Value& value = dot == std::string_view::npos ? item[member] : item[member.substr(0, dot)][member.substr(dot + 1)];
  const auto plain = [](const Value& v) {
    const std::string* text = v.if_text();
    return text != nullptr ? *text : v.is_null() ? std::string() : json::write_compact(v);
  };
  const Value::Array* items = value.if_array();
  if (items == nullptr) return plain(value);
  std::vector<std::string> parts;
  for (const Value& v : *items) parts.push_back(plain(v));
  return join(parts, "; ");
}

std::string typed_members_help(ItemKey::Of of) {
  std::vector<std::string> names;
  for (const Member& m : members_of(of)) names.push_back(fmt::format("{}{}", m.name, m.name.ends_with('.') ? "NAME" : ""));
  return listed(names);
}

namespace {

/// "aliases+=UC9" in its parts.
struct Typed {
  std::string name;
  bool adds = false;
  bool takes = false;
  std::string text;
};
Typed parts_of_typed(const std::string& typed) {
  if (!is_clean_utf8(typed)) throw Error(ErrorCode::usage, shortened(harmless(typed), 60), "is not UTF-8 text; type it as such");
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error(ErrorCode::usage, shortened(harmless(typed), 60), "must be NAME=VALUE");
  const bool adds = typed[equals - 1] == '+';
  const bool takes = typed[equals - 1] == '-';
  return {typed.substr(0, equals - (adds || takes ? 1 : 0)), adds, takes, typed.substr(equals + 1)};
}

}  // namespace

std::string member_typed(const std::string& typed) { return parts_of_typed(typed).name; }

void set_typed(Value& item, ItemKey::Of of, const std::string& typed) {
  const auto& [name, adds, takes, text] = parts_of_typed(typed);
  const Member& member = member_called(of, name);
  if ((adds || takes) && member.holds != list)
    throw Error(ErrorCode::usage, name, fmt::format("is no list; write {}=VALUE", name));
  const std::size_t dot = member.name.find('.');
  const std::string outer = dot == std::string::npos ? name : name.substr(0, dot);
  const std::string inner = dot == std::string::npos ? std::string() : name.substr(dot + 1);
  Value value;
  if (member.holds == list) {
    Value::Array values;
    for (const std::string& name : parts_between(text, ';')) values.emplace_back(name);
    if (adds || takes) {
      Value::Array all = item[outer].if_array() != nullptr ? *item[outer].if_array() : Value::Array();
      std::erase_if(all, [&](const Value& v) { return std::ranges::find(values, v) != values.end(); });
      if (adds) all.insert(all.end(), values.begin(), values.end());
      values = std::move(all);
    }
    if (!values.empty()) value = Value(std::move(values));
  } else if (!text.empty()) {
    value = value_typed(member, name, text);
  }
  Value patch = Value::object();
  if (inner.empty()) {
    patch.set(outer, std::move(value));
  } else {
    Value inside = Value::object();
    inside.set(inner, std::move(value));
    patch.set(outer, std::move(inside));
  }
  apply_merge_patch(item, patch);
}

}  // namespace lacuna
