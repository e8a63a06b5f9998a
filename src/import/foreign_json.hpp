// What importers of foreign JSON formats share. They look up the members they know; others do not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/json.hpp"
#include "lacuna/import.hpp"

namespace lacuna {

/// Reads members of parsed objects, tells those of a wrong type with file and line, and gathers the nodes and links made of them.
class Records {
 public:
  /// What makes values of bytes: JSON, or another notation that says the same. Nothing, told, where it cannot.
  using Parser = std::optional<json::Json> (*)(std::string_view bytes, const std::string& file,
                                               std::vector<Diagnostic>& diagnostics);
  /// Parses an input and enters it. Nothing, told, when it is no object.
  std::optional<json::Json> open(const Input& input, std::string_view what, Parser parse = parse_json);
  static std::optional<json::Json> parse_json(std::string_view bytes, const std::string& file,
                                              std::vector<Diagnostic>& diagnostics);
  /// Tells why a whole input cannot be used.
  void refuse(const json::Json& document, std::string message);
  /// Lines belong to this file from now on.
  void enter(std::uint32_t file) { file_ = file; }
  [[nodiscard]] std::uint32_t file() const { return file_; }
  [[nodiscard]] Where at(const json::Json& value) const { return {file_, value.line}; }

  void error(const json::Json& value, std::string message) { say(Severity::error, at(value), std::move(message)); }
  void warning(const json::Json& value, std::string message) { say(Severity::warning, at(value), std::move(message)); }
  void say(Severity severity, const Where& where, std::string message);
  /// "FILE:LINE".
  [[nodiscard]] std::string place(const Where& where) const;

  /// The text; empty when there is none, or one of another type, which is told.
  std::string text(const json::Json& object, std::string_view name);
  /// The text that a record cannot be without: when it is missing, empty or of another type, that is told as the reason why the
  /// record is skipped.
  std::optional<std::string> needed(const json::Json& object, std::string_view what, std::string_view name);
  /// True when the member is true.
  bool flag(const json::Json& object, std::string_view name);
  /// The day of a timestamp (RFC 3339), or of a date.
  std::optional<Date> day(const json::Json& object, std::string_view name);
  /// The objects of a list; elements of another type are told and left out.
  std::vector<const json::Json*> objects(const json::Json& object, std::string_view name);
  /// The texts of a list, as objects().
  std::vector<const json::Json*> texts(const json::Json& object, std::string_view name);
  /// The object, or null.
  const json::Json* object(const json::Json& object, std::string_view name);

  /// The node whose id is this one in any letter case, or null.
  [[nodiscard]] const Node* node(std::string_view id) const;
  /// Adds a node; its id must not be there yet, in any letter case.
  void add(Node node);
  /// A node that was added.
  Node& change(std::string_view id);
  /// Adds a link. When the same person has said so already, that link stays and is returned; else null.
  Link* add(Link link);

  Imported finish() { return {std::move(map), std::move(diagnostics_), readable_}; }

  Map map;

 private:
  const json::Json* typed(const json::Json& object, std::string_view name, json::Json::Type type, std::string_view wanted);
  std::vector<const json::Json*> list(const json::Json& object, std::string_view name, json::Json::Type type,
                                      std::string_view wanted);

  std::vector<Diagnostic> diagnostics_;
  std::unordered_map<std::string, std::size_t> nodes_;
  std::unordered_map<std::string, std::size_t> links_;
  std::uint32_t file_ = 0;
  bool readable_ = true;
};

/// The member of that name, or null. Linear in the number of members.
const json::Json* member(const json::Json& object, std::string_view name);

/// Markdown as plain text: links and pictures become their text, escapes the character itself; marks of code and bold type and
/// "(Citation: …)" go. Linear.
std::string plain_text_of_markdown(std::string_view markdown);

/// A name that is repeated in every record made of an input: at most 200 code points.
std::string source_name(std::string_view name);

}  // namespace lacuna
