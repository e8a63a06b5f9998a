// A paragraph of running text and where it stands in its document.
#pragma once

#include <cstddef>
#include <string>

namespace lacuna {

struct Paragraph {
  std::string text;        ///< As it stands, line ends within it.
  std::size_t number = 0;  ///< Of a Word document: which paragraph, from 1. 0 elsewhere.
  std::size_t line = 0;    ///< On which its first line is, from 1, of the file or of the page. 0 in Word documents.
  std::size_t page = 0;    ///< From 1, where the document has pages; else 0.
  std::string heading;     ///< The nearest one above, of a Word document. May be empty.
};

}  // namespace lacuna
