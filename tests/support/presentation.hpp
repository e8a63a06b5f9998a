// Presentations as tests look at them: slides in their order, and what stands on them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "formats/package.hpp"

namespace lacuna::test {

/// An element of XML with its attributes (those that tests ask for), by local names.
struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::vector<Element> children;
  std::string text;

  /// All elements of that name below, in document order.
  [[nodiscard]] std::vector<const Element*> all(const std::string& wanted) const;
  /// The texts of all paragraphs below, one a line of runs.
  [[nodiscard]] std::vector<std::string> paragraphs() const;
  /// The attribute, or nothing as "".
  [[nodiscard]] std::string operator[](const std::string& attribute) const;
};
Element element_of(const std::string& xml);

struct SlideFile {
  std::string part;
  std::string layout;  ///< Part of its layout.
  Element root;
  std::vector<std::string> notes;  ///< Paragraphs of its notes.
  /// Paragraphs of the title.
  [[nodiscard]] std::string title() const;
};

struct Presentation {
  Package package;
  long width = 0;
  long height = 0;
  std::vector<SlideFile> slides;
};

/// Reads a presentation and checks what PowerPoint insists on: relationships that lead somewhere, ids that are unique, connectors
/// that end at shapes of their slide, children in the order of the schema, shapes inside of the slide, no text under 9 points.
/// Faults are failed checks.
Presentation checked(const std::string& bytes);

}  // namespace lacuna::test
