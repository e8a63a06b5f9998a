// Reading XML as a stream of elements with line numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "lacuna/error.hpp"

namespace lacuna::xml {

constexpr std::size_t deepest = 64;             ///< Nested elements.
constexpr std::size_t longest_text = 4u << 20;  ///< Bytes of text between two tags.
constexpr std::size_t longest_tag = 1u << 20;   ///< Bytes of a tag, comment or processing instruction.
constexpr std::size_t most_names = 10'000;  ///< Different names of elements, attributes and namespaces: the parser keeps each.

/// The attributes of one element, and its namespace; valid while its start is being told.
class Attributes {
 public:
  Attributes(std::string_view space, const char** list) : space_(space), list_(list) {}
  /// The address of the element's namespace; empty where it has none.
  [[nodiscard]] std::string_view space() const { return space_; }
  /// The value of the attribute of that local name, whatever its namespace; empty where there is none.
  std::string_view operator[](std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return (*this)[name].data() != nullptr; }
  /// Tells every attribute with the address of its namespace, which is empty where it has none.
  void each(const std::function<void(std::string_view space, std::string_view name, std::string_view value)>& tell) const;

 private:
  std::string_view space_;
  const char** list_;
};

/// What is done at a start tag, at an end tag, and with the text between; names come without their namespace.
struct Handler {
  std::function<void(std::string_view name, std::uint32_t line, const Attributes& attributes)> begin;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view text)> text;
  /// Once, in place of the rest of a text that is longer than the limit. Without it such a text ends the reading.
  std::function<void()> too_long = {};
};

/// Takes a document in pieces. Document type declarations are refused: entities, and bombs made of them, cannot occur. Memory:
/// one piece and one tag.
class Stream {
 public:
  Stream(std::string file, Handler handler);
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream();

  /// Throws Error(bad_input) with the line where the document is broken; everything before has gone to the handler.
  void feed(std::string_view bytes, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// For documents that are in memory as a whole: the text between two tags comes with the second one.
struct Events {
  std::function<void(std::string_view name, const Attributes& attributes)> start;
  /// `text` stood between the last tag before and this one; it may be taken.
  std::function<void(std::string_view name, std::string& text)> end;
};

/// Tells every element by its local name. Throws Error(bad_input), without a place, naming `part` and its line, where the
/// document is broken or over a limit; what an event throws passes through. O(bytes).
void read(std::string_view bytes, const std::string& part, const Events& events);

/// The text without characters that XML 1.0 forbids: harmless(), and no U+FFFE and U+FFFF. What writes XML itself, or has it
/// written by a library, passes every text through this or escaped().
std::string clean(std::string_view text);

/// The clean text as it may stand between tags and in attributes.
std::string escaped(std::string_view text);

}  // namespace lacuna::xml
