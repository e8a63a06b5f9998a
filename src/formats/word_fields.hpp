// Fields of Word documents: ECMA-376 part 1, 17.16.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/xml.hpp"

namespace lacuna {

/// True for what a person may be led to: an http, https or mailto address, or a place in the same document ("#here").
bool leads_to_the_web(std::string_view address);

/// Follows the fields through one part of a document and refuses every one that is not known to be harmless: others run programs,
/// fetch files or ask databases. It is told every element; what is no field passes. Throws Error(bad_input), without a place,
/// naming the part.
///
/// A field may be torn over any number of runs, and stand in another one. So that nobody reads it otherwise than Word does, a
/// field must begin, say its name and end in one stretch of paragraphs, tables and runs: inside of everything else (alternatives,
/// drawings, tracked changes, unknown elements) it stands whole or not at all.
class WordFields {
 public:
  /// `part` is named in errors.
  explicit WordFields(std::string part) : part_(std::move(part)) {}
  void begin(std::string_view name, const xml::Attributes& attributes);
  void end(std::string_view name, std::string_view text);

 private:
  struct Field {
    std::string code;
    bool told = false;  ///< What follows is its result.
  };
  /// An element that is open.
  struct Level {
    std::size_t outside;  ///< Fields that began before it, or before the room that it stands in.
    bool room;            ///< Fields do not reach into it or out of it.
  };

  [[nodiscard]] std::size_t outside() const { return levels_.empty() ? 0 : levels_.back().outside; }
  /// The field whose code is being told here; null where none is.
  Field* open_code();
  void turn(std::string_view type);
  void check(const std::string& code) const;
  [[noreturn]] void refuse_unusual() const;

  std::string part_;
  std::vector<Field> fields_;
  std::vector<Level> levels_;
  bool in_code_ = false;  ///< Inside of an element that holds code.
};

}  // namespace lacuna
