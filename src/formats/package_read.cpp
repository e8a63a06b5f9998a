#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/text.hpp"
#include "formats/package.hpp"
#include "formats/refuse.hpp"
#include "formats/xml.hpp"
#include "formats/zip.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_parts = 10'000;
constexpr std::string_view content_types_part = "[content_types].xml";

using PackageParts = std::map<std::string, std::string, PartNameLess>;

/// The segments of a part's name must each be a name.
void check_name(std::string_view name) {
  bool bad = name.find('\\') != std::string_view::npos || name.find(':') != std::string_view::npos || !is_clean_utf8(name);
  for (std::string_view rest = name; !bad;) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    bad = segment.empty() || segment == "." || segment == "..";
    if (segment.size() == rest.size()) break;
    rest.remove_prefix(segment.size() + 1);
  }
  if (bad)
    refuse(fmt::format("holds a part named {}, which leads outside of it; no such document comes from Office, do not use it",
                       in_quotes(name)));
}

PackageParts unpacked(std::string_view bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    refuse(
        "is protected by a password, or in a format from before 2007; save it without a password as .docx, .dotx, .pptx or "
        ".potx");
  }
  if (!bytes.starts_with("PK")) refuse("is no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
  ZipReader zip(bytes);
  PackageParts parts;
  std::size_t size = 0;
  while (zip.next()) {
    std::string name = zip.name();
    const bool folder = name.ends_with('/');
    if (folder) name.pop_back();
    check_name(name);
    if (folder) continue;
    if (!zip.is_plain_file()) refuse(fmt::format("holds {}, which is no plain file; save it anew", in_quotes(name)));
    if (zip.is_encrypted()) refuse("is encrypted; save it without a password");
    const auto [part, fresh] = parts.try_emplace(name);
    if (!fresh) refuse(fmt::format("holds the part {} twice; save it anew", in_quotes(name)));
    if (parts.size() > most_parts) refuse(fmt::format("holds more than {} parts", most_parts));
    for (std::string_view piece = zip.piece(); !piece.empty(); piece = zip.piece()) {
      size += piece.size();
      if (size > most_unpacked) refuse(fmt::format("unpacks to more than {} MiB; use a smaller one", most_unpacked >> 20));
      part->second += piece;
    }
  }
  return parts;
}

void read_content_types(const std::string& bytes, Package& package) {
  std::map<std::string, std::string, PartNameLess>& overrides = package.overrides;
  xml::read(bytes, "[Content_Types].xml",
            {[&](std::string_view name, const xml::Attributes& attributes) {
               const std::string type(attributes["ContentType"]);
               if (name == "Default") package.defaults[lower(attributes["Extension"])] = type;
               if (name == "Override")
                 overrides[std::string(attributes["PartName"].substr(attributes["PartName"].starts_with('/') ? 1 : 0))] = type;
             },
             [](std::string_view, std::string&) {}});
}

/// The part at which a reference in `source` points; nothing when it leads outside.
std::optional<std::string> resolved(std::string_view source, std::string_view target) {
  std::vector<std::string_view> segments;
  const auto walk = [&](std::string_view path) {
    while (!path.empty()) {
      const std::string_view segment = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(segment.size() + 1, path.size()));
      if (segment.empty() || segment == ".") continue;
      if (segment != "..")
        segments.push_back(segment);
      else if (segments.empty())
        return false;
      else
        segments.pop_back();
    }
    return true;
  };
  if (!target.starts_with('/')) walk(source.substr(0, source.rfind('/') == std::string_view::npos ? 0 : source.rfind('/')));
  if (!walk(target)) return std::nullopt;
  std::string name;
  for (const std::string_view segment : segments) name += (name.empty() ? "" : "/") + std::string(segment);
  return name;
}

/// The part whose relationships a part holds: "word/_rels/document.xml.rels" gives "word/document.xml", "_rels/.rels" the
/// package.
std::optional<std::string> source_of(std::string_view name) {
  const std::string small = lower(name);
  constexpr std::string_view folder = "_rels/";
  constexpr std::string_view ending = ".rels";
  const std::size_t at = small.rfind(folder);
  if (at == std::string::npos || (at > 0 && small[at - 1] != '/') || !small.ends_with(ending)) return std::nullopt;
  const std::string_view file = name.substr(at + folder.size());
  if (file.find('/') != std::string_view::npos) return std::nullopt;
  return std::string(name.substr(0, at)) + std::string(file.substr(0, file.size() - ending.size()));
}

void read_relationships(const std::string& source, const std::string& part, const std::string& bytes, Package& package) {
  std::vector<Relationship>& list = package.relationships[source];
  xml::read(bytes, part,
            {[&](std::string_view name, const xml::Attributes& attributes) {
               if (name != "Relationship") return;
               Relationship r{std::string(attributes["Id"]), std::string(attributes["Type"]), std::string(attributes["Target"]),
                              lower(attributes["TargetMode"]) == "external"};
               if (lower(r.type.substr(r.type.rfind('/') + 1)).find("vba") != std::string::npos)
                 refuse(fmt::format("holds macros ({}); save it as a document without macros", in_quotes(r.target)));
               if (r.id.empty() || std::ranges::any_of(list, [&](const Relationship& other) { return other.id == r.id; })) {
                 refuse(fmt::format("is damaged: {} names the relationship {} twice", part, in_quotes(r.id)));
               }
               // An empty path is a place in the part itself.
               if (const std::size_t path = std::min(r.target.find('#'), r.target.size()); !r.external && path > 0) {
                 const auto target = resolved(source, std::string_view(r.target).substr(0, path));
                 if (!target)
                   refuse(fmt::format("is damaged: {} points to {}, which leads outside of it", part, in_quotes(r.target)));
                 r.target = *target + r.target.substr(path);
               }
               list.push_back(std::move(r));
             },
             [](std::string_view, std::string&) {}});
}

void check_content(const std::string& name, const std::string& type, const std::string& bytes) {
  const std::string small = lower(type);
  const std::string path = lower(name);
  if (small.find("macroenabled") != std::string::npos || small.find("vbaproject") != std::string::npos ||
      path.ends_with("vbaproject.bin") || path.ends_with("vbadata.xml")) {
    refuse(fmt::format("holds macros ({}); save it as a document without macros", in_quotes(name)));
  }
  if (!small.ends_with("xml") && !path.ends_with(".xml")) return;
  if (!is_clean_utf8(bytes)) refuse(fmt::format("is written in an old set of characters ({}); save it anew", in_quotes(name)));
  xml::read(bytes, name, {[](std::string_view, const xml::Attributes&) {}, [](std::string_view, std::string&) {}});
}

void check_targets(const Package& package) {
  for (const auto& [source, list] : package.relationships) {
    for (const Relationship& r : list) {
      const std::string target = r.target.substr(0, r.target.find('#'));
      // Word and PowerPoint themselves write "NULL" for a picture that was lost.
      const bool lost = (target == "NULL" || target.ends_with("/NULL")) && target.find(':') == std::string::npos;
      if (r.external || target.empty() || package.parts.contains(target) || lost) continue;
      refuse(fmt::format("is damaged: {} needs the part {}, which is not there; save it anew",
                         source.empty() ? "it" : in_quotes(source), in_quotes(target)));
    }
  }
}

}  // namespace

Package read_package(std::string_view bytes, const std::string& what) {
  try {
    PackageParts parts = unpacked(bytes);
    Package package;
    const auto types = parts.find(content_types_part);
    if (types == parts.end())
      refuse("is a ZIP archive, but no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
    read_content_types(types->second, package);
    parts.erase(types);
    for (auto& [name, content] : parts) {
      const std::string type = content_type_of(package, name);
      check_content(name, type, content);
      if (const auto source = source_of(name))
        read_relationships(*source, name, content, package);
      else if (!type.empty())
        package.parts.emplace(name, std::move(content));
    }
    std::erase_if(package.overrides, [&](const auto& item) { return !package.parts.contains(item.first); });
    std::erase_if(package.relationships,
                  [&](const auto& item) { return !item.first.empty() && !package.parts.contains(item.first); });
    check_targets(package);
    return package;
  } catch (const Error& error) {
    throw Error(error.code(), what, error.what());
  }
}

}  // namespace lacuna
