// Presentations as text: the children of their main part, as they stand there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/pptx.hpp"

namespace lacuna::pptx {

/// The root's start tag and what stands directly in it. The XML must be well formed.
struct Outline {
  struct Child {
    std::string name;  ///< Without its namespace.
    std::string xml;
  };
  std::string start;
  std::vector<Child> children;
};
Outline outline_of(std::string_view xml);

/// The main part anew: what it said of masters, sizes, fonts and default texts, with the notes master and the slides of these relationships.
std::string presentation_xml(const Package& package, const std::string& presentation, const std::vector<std::string>& slide_ids);

}  // namespace lacuna::pptx
