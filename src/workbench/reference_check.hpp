// The references of a document, looked up in the map and its catalogues.
#pragma once

#include <string>
#include <vector>

#include "analysis/references.hpp"
#include "workbench/workbench.hpp"

namespace lacuna {

/// The running text of a document, by its ending: .docx, .md, .txt (and anything else that is text), .html, .pdf through
/// pdftotext. Throws Error(io), and Error(bad_input) saying why it cannot be read.
std::vector<Paragraph> read_paragraphs(const std::string& file);

/// What catalogues and map say of what is cited. O(documents cited · records of their works), and for numbers that nobody has,
/// the works of their body.
ReferenceFacts facts_about(const FoundCitations& found, const Store& store);

/// The references of a file, and what is to be said of them.
class ReferenceCheck {
 public:
  /// Throws Error as read_paragraphs(). The bench must outlive it.
  ReferenceCheck(Workbench& bench, std::string file);

  [[nodiscard]] const CheckedReferences& references() const { return references_; }
  [[nodiscard]] Result answer() const;
  /// The Word document with a comment at each place of a reference that calls for action. Throws Error(usage) where the file is
  /// none.
  [[nodiscard]] std::string commented() const;

 private:
  Workbench& bench_;
  std::string file_;
  Situation situation_;
  CheckedReferences references_;
};

}  // namespace lacuna
