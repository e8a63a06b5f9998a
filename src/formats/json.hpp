// Reading JSON with line numbers, and writing it in the one house style.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/error.hpp"
#include "lacuna/value.hpp"

namespace lacuna::json {

/// A parsed value that knows its line.
struct Json {
  enum class Type : std::uint8_t { null, boolean, integer, real, text, array, object } type = Type::null;
  std::uint32_t line = 0;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;
  std::vector<Json> items;         ///< Elements of an array, or values of an object.
  std::vector<std::string> names;  ///< Member names of an object, beside `items`.
};

constexpr std::size_t deepest = 64;             ///< Nested arrays and objects.
constexpr std::size_t longest_text = 1u << 20;  ///< Bytes in one text.
constexpr std::size_t most_members = 10'000;    ///< Members of one object.
constexpr std::size_t most_values =
    2'000'000;  ///< In one document: each takes some 120 bytes of memory, however short it is written.

/// Parses a whole document. Broken syntax, malformed UTF-8, NUL, repeated names and whatever is over one of
/// the limits above give one diagnostic with the line, and nothing. Memory and time linear in the input. `most` stands for
/// most_values where a document of our own may hold more.
std::optional<Json> read(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics,
                         std::size_t most = most_values);

/// The names of the members of the object that a text begins with, as far as it goes: to tell what a file is. Linear.
std::vector<std::string> root_members(std::string_view beginning);

/// The same value without lines.
Value to_value(const Json& json);

/// "a text", "a number", "a list": what was found, for messages.
std::string_view kind_of(const Json& json);

/// Two blanks of indentation; whatever fits in 120 columns stands on one line. Same value, same bytes. Ends with a newline.
std::string write(const Value& value);

/// A list whose elements are made one by one.
struct List {
  std::string name;
  std::size_t size = 0;
  std::function<Value(std::size_t)> make;
};
/// An object with these members, then these lists (names that it does not have yet): the bytes of write(), handed on in pieces of
/// some 64 KB. In memory stand a piece, the members and one element; the first few may be made twice.
void write(const Value::Object& members, std::span<const List> lists, const std::function<void(std::string_view)>& take);

/// On one line, without blanks.
std::string write_compact(const Value& value);

}  // namespace lacuna::json
