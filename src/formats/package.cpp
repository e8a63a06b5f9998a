#include "formats/package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace lacuna {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string ending_of(std::string_view part) {
  const std::size_t dot = part.rfind('.');
  return dot == std::string_view::npos || part.find('/', dot) != std::string_view::npos ? std::string()
                                                                                        : lower(part.substr(dot + 1));
}

}  // namespace

bool PartNameLess::operator()(std::string_view a, std::string_view b) const {
  return std::ranges::lexicographical_compare(a, b, {}, small, small);
}

std::string as_uri(std::string_view address) {
  static constexpr std::string_view signs = "-._~:/?#[]@!$&'()*+,;=";
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'f'); };
  std::string out;
  bool fragment = false;
  const std::size_t host = address.find("://");
  const std::size_t path = host == std::string_view::npos ? 0 : std::min(address.find('/', host + 3), address.size());
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    const bool bracket = (c == '[' || c == ']') && i >= path;  // Only hosts have them: [::1].
    const bool escape = c == '%' && i + 2 < address.size() && is_hex(address[i + 1]) && is_hex(address[i + 2]);
    const bool plain = (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'z') || signs.find(c) != std::string_view::npos;
    if (escape || (plain && !bracket && !(c == '#' && fragment)))
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    fragment = fragment || c == '#';
  }
  return out;
}

std::string content_type_of(const Package& package, std::string_view part) {
  if (const auto own = package.overrides.find(part); own != package.overrides.end()) return own->second;
  const auto general = package.defaults.find(ending_of(part));
  return general == package.defaults.end() ? std::string() : general->second;
}

void put_part(Package& package, const std::string& name, const std::string& content_type, std::string bytes) {
  package.parts[name] = std::move(bytes);
  package.overrides.erase(name);
  if (content_type.starts_with("image/")) package.defaults.try_emplace(ending_of(name), content_type);
  if (content_type_of(package, name) != content_type) package.overrides[name] = content_type;
}

void remove_part(Package& package, const std::string& name) {
  package.parts.erase(name);
  package.overrides.erase(name);
  package.relationships.erase(name);
}

std::string add_relationship(Package& package, const std::string& source, std::string_view type, std::string_view target,
                             bool external) {
  std::vector<Relationship>& list = package.relationships[source];
  const auto is_taken = [&](std::size_t number) {
    return std::ranges::any_of(list, [id = fmt::format("rId{}", number)](const Relationship& r) { return r.id == id; });
  };
  std::size_t number = list.size() + 1;
  while (is_taken(number)) ++number;
  list.push_back({fmt::format("rId{}", number), std::string(type), external ? as_uri(target) : std::string(target), external});
  return list.back().id;
}

const Relationship* find_relationship(const Package& package, std::string_view source, std::string_view kind) {
  const auto list = package.relationships.find(source);
  if (list == package.relationships.end()) return nullptr;
  for (const Relationship& r : list->second) {
    const std::string_view type = r.type;
    if (type.size() > kind.size() && type.ends_with(kind) && type[type.size() - kind.size() - 1] == '/') return &r;
  }
  return nullptr;
}

void prune(Package& package) {
  std::set<std::string, PartNameLess> reached;
  std::vector<std::string> open{""};
  while (!open.empty()) {
    const auto list = package.relationships.find(open.back());
    open.pop_back();
    if (list == package.relationships.end()) continue;
    for (const Relationship& r : list->second) {
      std::string target = r.target.substr(0, r.target.find('#'));
      if (!r.external && reached.insert(target).second) open.push_back(std::move(target));
    }
  }
  std::vector<std::string> lost;
  for (const auto& [name, bytes] : package.parts) {
    if (!reached.contains(name)) lost.push_back(name);
  }
  for (const std::string& name : lost) remove_part(package, name);
}

std::string office_relationship(std::string_view kind) {
  return fmt::format("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}", kind);
}

}  // namespace lacuna
