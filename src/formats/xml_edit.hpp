// Changing a part of an XML document and leaving every other byte as it is.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::xml {

/// A tag in the text of a document.
struct Tag {
  enum class Kind : std::uint8_t { open, close, empty } kind = Kind::open;
  std::string_view name;  ///< Without its prefix.
  std::size_t begin = 0;  ///< Of "<".
  std::size_t end = 0;    ///< Behind ">".
};

/// Tells every tag in order. The document must be well-formed and without document type: what read() has accepted. O(bytes).
void each_tag(std::string_view document, const std::function<void(const Tag&)>& tell);

/// An element in the text of a document, from its first tag to behind its last.
struct Span {
  std::string_view name;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The root element and what stands in it.
struct Skeleton {
  std::size_t root_begin = 0;  ///< Of the root's first tag.
  std::size_t inside = 0;      ///< Behind that tag.
  std::size_t inside_end = 0;  ///< Before the root's last tag.
  std::vector<Span> children;
};

/// Names point into the document. Same conditions as each_tag().
Skeleton skeleton_of(std::string_view document);

/// The elements with that name inside of `within`, outermost only.
std::vector<Span> elements_of(std::string_view document, Span within, std::string_view name);

/// The document, such that text with that prefix can be put anywhere into its root, which has two tags: the namespace is declared
/// there where it was not. Throws Error(bad_input), without a place, when the prefix stands for something else.
std::string ready_for(std::string_view document, std::string_view prefix, std::string_view address);

}  // namespace lacuna::xml
