// Reading YAML as a stream of values with line numbers, without building a tree of it.
#pragma once

#include <yaml.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "lacuna/error.hpp"

namespace lacuna::yaml {

constexpr std::size_t deepest = 32;             ///< Nested collections.
constexpr std::size_t longest_text = 4u << 20;  ///< Bytes in one scalar.
constexpr std::size_t most_texts = 250'000;     ///< Scalars in one document: what is made of them takes many times their bytes.

/// Why a document cannot be read. Caught by the importer, which makes a diagnostic of it.
struct Fault {
  std::uint32_t line;
  std::string message;
};

/// Walks over one document. Anchors, aliases and merge keys are refused: catalogues have none, and bombs are made of them.
/// Memory: the deepest path and one scalar. Time linear in the input.
class Reader {
 public:
  /// `bytes` must outlive the reader; `most` scalars may stand in a document. Throws Fault when the first document cannot be
  /// begun.
  explicit Reader(std::string_view bytes, std::size_t most = most_texts);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader();

  /// The current value is a mapping: calls `member(name)` for each of its members with the value as the current one. What
  /// `member` leaves alone is skipped. Otherwise the value is skipped.
  template <class F>
  void members(F member) {
    if (event_.type != YAML_MAPPING_START_EVENT) return skip();
    enter();
    while (event_.type != YAML_MAPPING_END_EVENT) {
      if (event_.type != YAML_SCALAR_EVENT) fail("a name of a mapping must be a text");
      name_.assign(text());
      const std::string name = name_;
      if (name == "<<") fail("merge keys are not read");
      next();
      visit([&] { member(std::string_view(name)); });
    }
    leave();
  }

  /// Calls `item()` for each item of a list with it as the current value; a value that is no list counts as a list of itself.
  template <class F>
  void items(F item) {
    if (event_.type != YAML_SEQUENCE_START_EVENT) return visit(item);
    enter();
    while (event_.type != YAML_SEQUENCE_END_EVENT) visit(item);
    leave();
  }

  [[nodiscard]] bool is_text() const { return event_.type == YAML_SCALAR_EVENT; }
  [[nodiscard]] bool is_list() const { return event_.type == YAML_SEQUENCE_START_EVENT; }
  [[nodiscard]] bool is_mapping() const { return event_.type == YAML_MAPPING_START_EVENT; }
  /// True for a scalar without quotes.
  [[nodiscard]] bool is_plain() const { return is_text() && event_.data.scalar.style == YAML_PLAIN_SCALAR_STYLE; }
  /// The current scalar; empty for anything else. Valid until the reader moves.
  [[nodiscard]] std::string_view text() const;
  /// Line of the current value, from 1.
  [[nodiscard]] std::uint32_t line() const { return static_cast<std::uint32_t>(event_.start_mark.line + 1); }
  /// Past the current value.
  void skip();
  /// Past the end of the document. True when another one follows.
  bool next_document();
  [[noreturn]] void fail(const std::string& message) const;

 private:
  template <class F>
  void visit(F value) {
    const std::size_t before = moves_;
    value();
    if (moves_ == before) skip();
  }
  /// The line, from 1, of one from 0: the parser counts the end of the input as a line of its own.
  [[nodiscard]] std::uint32_t inside(std::size_t line) const;
  void next();
  void enter();
  void leave();

  std::string_view bytes_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  std::string name_;
  std::size_t depth_ = 0;
  std::size_t texts_ = 0;
  std::size_t most_;
  std::size_t moves_ = 0;
};

}  // namespace lacuna::yaml
