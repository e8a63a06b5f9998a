#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "formats/package.hpp"
#include "formats/xml.hpp"
#include "formats/zip_write.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view relationships_type = "application/vnd.openxmlformats-package.relationships+xml";

std::string content_types(const Package& package) {
  std::map<std::string, std::string> defaults = package.defaults;
  defaults["rels"] = relationships_type;
  defaults.try_emplace("xml", "application/xml");
  std::string out(declaration);
  out += "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">";
  for (const auto& [ending, type] : defaults)
    out += fmt::format("<Default Extension=\"{}\" ContentType=\"{}\"/>", xml::escaped(ending), xml::escaped(type));
  for (const auto& [name, type] : package.overrides) {
    if (package.parts.contains(name))
      out += fmt::format("<Override PartName=\"/{}\" ContentType=\"{}\"/>", xml::escaped(name), xml::escaped(type));
  }
  return out + "</Types>";
}

/// A part's name as seen from another: "../media/image1.png".
std::string seen_from(std::string_view source, std::string_view target) {
  if (target.starts_with('#')) return std::string(target);
  std::size_t shared = 0;
  for (std::size_t i = 0; i < std::min(source.size(), target.size()) && source[i] == target[i]; ++i) {
    if (source[i] == '/') shared = i + 1;
  }
  std::string out;
  for (const char c : source.substr(shared)) out += c == '/' ? "../" : "";
  return out + std::string(target.substr(shared));
}

std::string relationships(std::string_view source, const std::vector<Relationship>& list) {
  std::string out(declaration);
  out += "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  for (const Relationship& r : list) {
    out += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{}/>", xml::escaped(r.id), xml::escaped(r.type),
                       xml::escaped(r.external ? r.target : seen_from(source, r.target)),
                       r.external ? " TargetMode=\"External\"" : "");
  }
  return out + "</Relationships>";
}

std::string relationships_name(std::string_view source) {
  const std::size_t folder = source.rfind('/') + 1;  // Of a name without folder, npos + 1 = 0.
  return fmt::format("{}_rels/{}.rels", source.substr(0, folder), source.substr(folder));
}

}  // namespace

std::string write_package(const Package& package) {
  ZipWriter zip;
  const auto add_relationships = [&](std::string_view source) {
    const auto list = package.relationships.find(source);
    if (list != package.relationships.end() && !list->second.empty())
      zip.add(relationships_name(source), relationships(source, list->second));
  };
  zip.add("[Content_Types].xml", content_types(package));
  add_relationships("");
  // By the third file, programs tell what kind of document it is.
  const Relationship* main = find_relationship(package, "", "officeDocument");
  const auto first = main == nullptr ? package.parts.end() : package.parts.find(main->target);
  if (first != package.parts.end()) {
    zip.add(first->first, first->second);
    add_relationships(first->first);
  }
  for (auto part = package.parts.begin(); part != package.parts.end(); ++part) {
    if (part == first) continue;
    zip.add(part->first, part->second);
    add_relationships(part->first);
  }
  return zip.close();
}

}  // namespace lacuna
