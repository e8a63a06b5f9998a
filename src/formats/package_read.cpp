#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/text.hpp"
#include "formats/package.hpp"
#include "formats/xml.hpp"
#include "formats/zip.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_parts = 10'000;
constexpr std::string_view content_types = "[content_types].xml";

struct CloseArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

using Parts = std::map<std::string, std::string, PartNameLess>;

[[noreturn]] void fail(const std::string& message) { throw Error(ErrorCode::bad_input, "", message); }

std::string quoted(std::string_view name) { return fmt::format("\"{}\"", shortened(harmless(name), 80)); }

[[noreturn]] void broken(archive* a) {
  const char* reason = archive_error_string(a);
  fail(fmt::format("is not a whole ZIP archive ({}); it may have been cut off while it was copied", reason != nullptr ? reason : "broken"));
}

/// The segments of a part's name must each be a name.
void check_name(std::string_view name) {
  bool bad = name.find('\\') != std::string_view::npos || name.find(':') != std::string_view::npos || !is_clean_utf8(name);
  for (std::string_view rest = name; !bad;) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    bad = segment.empty() || segment == "." || segment == "..";
    if (segment.size() == rest.size()) break;
    rest.remove_prefix(segment.size() + 1);
  }
  if (bad) fail(fmt::format("holds a part named {}, which leads outside of it; no such document comes from Office, do not use it", quoted(name)));
}

Parts unpacked(std::string_view bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    fail("is protected by a password, or in a format from before 2007; save it without a password as .docx, .dotx, .pptx or .potx");
  }
  if (!bytes.starts_with("PK")) fail("is no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
  const std::unique_ptr<archive, CloseArchive> zip(archive_read_new());
  if (!zip) throw std::bad_alloc();
  archive_read_support_format_zip_seekable(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) broken(zip.get());
  Parts parts;
  std::size_t size = 0;
  std::string buffer(1u << 16, '\0');
  archive_entry* entry = nullptr;
  for (int status = 0; (status = archive_read_next_header(zip.get(), &entry)) != ARCHIVE_EOF;) {
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) broken(zip.get());
    const char* path = archive_entry_pathname_utf8(entry);
    if (path == nullptr) path = archive_entry_pathname(entry);
    std::string name = path == nullptr ? "" : path;
    const bool folder = name.ends_with('/');
    if (folder) name.pop_back();
    check_name(name);
    if (folder) continue;
    if (archive_entry_filetype(entry) != AE_IFREG) fail(fmt::format("holds {}, which is no plain file; save it anew", quoted(name)));
    if (archive_entry_is_encrypted(entry) != 0) fail("is encrypted; save it without a password");
    const auto [part, fresh] = parts.try_emplace(name);
    if (!fresh) fail(fmt::format("holds the part {} twice; save it anew", quoted(name)));
    if (parts.size() > most_parts) fail(fmt::format("holds more than {} parts", most_parts));
    while (const la_ssize_t n = archive_read_data(zip.get(), buffer.data(), buffer.size())) {
      if (n < 0) broken(zip.get());
      size += static_cast<std::size_t>(n);
      if (size > most_unpacked) fail(fmt::format("unpacks to more than {} MiB; use a smaller one", most_unpacked >> 20));
      part->second.append(buffer, 0, static_cast<std::size_t>(n));
    }
  }
  return parts;
}

void read_content_types(const std::string& bytes, Package& package) {
  std::map<std::string, std::string, PartNameLess>& overrides = package.overrides;
  xml::read(bytes, "[Content_Types].xml", {[&](std::string_view name, const xml::Attributes& attributes) {
    const std::string type(attributes["ContentType"]);
    if (name == "Default") package.defaults[lower(attributes["Extension"])] = type;
    if (name == "Override") overrides[std::string(attributes["PartName"].substr(attributes["PartName"].starts_with('/') ? 1 : 0))] = type;
  }, [](std::string_view, std::string&) {}});
}

/// The part at which a reference in `source` points; nothing when it leads outside.
std::optional<std::string> resolved(std::string_view source, std::string_view target) {
  std::vector<std::string_view> segments;
  const auto walk = [&](std::string_view path) {
    while (!path.empty()) {
      const std::string_view segment = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(segment.size() + 1, path.size()));
      if (segment.empty() || segment == ".") continue;
      if (segment != "..") segments.push_back(segment);
      else if (segments.empty()) return false;
      else segments.pop_back();
    }
    return true;
  };
  if (!target.starts_with('/')) walk(source.substr(0, source.rfind('/') == std::string_view::npos ? 0 : source.rfind('/')));
  if (!walk(target)) return std::nullopt;
  std::string name;
  for (const std::string_view segment : segments) name += (name.empty() ? "" : "/") + std::string(segment);
  return name;
}

/// The part whose relationships a part holds: "word/_rels/document.xml.rels" gives "word/document.xml", "_rels/.rels" the package.
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
  xml::read(bytes, part, {[&](std::string_view name, const xml::Attributes& attributes) {
    if (name != "Relationship") return;
    Relationship r{std::string(attributes["Id"]), std::string(attributes["Type"]), std::string(attributes["Target"]), lower(attributes["TargetMode"]) == "external"};
    if (lower(r.type.substr(r.type.rfind('/') + 1)).find("vba") != std::string::npos) fail(fmt::format("holds macros ({}); save it as a document without macros", quoted(r.target)));
    if (r.id.empty() || std::ranges::any_of(list, [&](const Relationship& other) { return other.id == r.id; })) {
      fail(fmt::format("is damaged: {} names the relationship {} twice", part, quoted(r.id)));
    }
    // An empty path is a place in the part itself.
    if (const std::size_t path = std::min(r.target.find('#'), r.target.size()); !r.external && path > 0) {
      const auto target = resolved(source, std::string_view(r.target).substr(0, path));
      if (!target) fail(fmt::format("is damaged: {} points to {}, which leads outside of it", part, quoted(r.target)));
      r.target = *target + r.target.substr(path);
    }
    list.push_back(std::move(r));
  }, [](std::string_view, std::string&) {}});
}

void check_content(const std::string& name, const std::string& type, const std::string& bytes) {
  const std::string small = lower(type);
  const std::string path = lower(name);
  if (small.find("macroenabled") != std::string::npos || small.find("vbaproject") != std::string::npos || path.ends_with("vbaproject.bin") || path.ends_with("vbadata.xml")) {
    fail(fmt::format("holds macros ({}); save it as a document without macros", quoted(name)));
  }
  if (!small.ends_with("xml") && !path.ends_with(".xml")) return;
  if (!is_clean_utf8(bytes)) fail(fmt::format("is written in an old set of characters ({}); save it anew", quoted(name)));
  xml::read(bytes, name, {[](std::string_view, const xml::Attributes&) {}, [](std::string_view, std::string&) {}});
}

void check_targets(const Package& package) {
  for (const auto& [source, list] : package.relationships) {
    for (const Relationship& r : list) {
      const std::string target = r.target.substr(0, r.target.find('#'));
      // Word and PowerPoint themselves write "NULL" for a picture that was lost.
      const bool lost = (target == "NULL" || target.ends_with("/NULL")) && target.find(':') == std::string::npos;
      if (r.external || target.empty() || package.parts.contains(target) || lost) continue;
      fail(fmt::format("is damaged: {} needs the part {}, which is not there; save it anew", source.empty() ? "it" : quoted(source), quoted(target)));
    }
  }
}

}  // namespace

Package read_package(std::string_view bytes, const std::string& what) {
  try {
    Parts parts = unpacked(bytes);
    Package package;
    const auto types = parts.find(content_types);
    if (types == parts.end()) fail("is a ZIP archive, but no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
    read_content_types(types->second, package);
    parts.erase(types);
    for (auto& [name, content] : parts) {
      const std::string type = content_type_of(package, name);
      check_content(name, type, content);
      if (const auto source = source_of(name)) read_relationships(*source, name, content, package);
      else if (!type.empty()) package.parts.emplace(name, std::move(content));
    }
    std::erase_if(package.overrides, [&](const auto& item) { return !package.parts.contains(item.first); });
    std::erase_if(package.relationships, [&](const auto& item) { return !item.first.empty() && !package.parts.contains(item.first); });
    check_targets(package);
    return package;
  } catch (const Error& error) {
    throw Error(error.code(), what, error.what());
  }
}

}  // namespace lacuna
