// Reading a proposal for new work out of the document that people wrote it in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/error.hpp"

namespace lacuna {

constexpr std::size_t largest_document = 64u << 20;     ///< Bytes of the file.
constexpr std::size_t most_document_lines = 1'000'000;  ///< Of text with words in it.

/// A proposal as people write it: what it is called, what it is about. Clean UTF-8 without control characters, no-break spaces
/// and runs of blanks.
struct Document {
  /// One line, without quotes around it and without what stands before a title ("Draft new Recommendation ITU-T X.sgai:").
  /// Empty where nothing in the document can be one.
  std::string title;
  /// Scope and summary, as one text; where the document names neither, all its text after the title. A line a paragraph.
  std::string scope;
};

/// By the ending of `file`: .docx (Office Open XML, ISO/IEC 29500), .md or .markdown, otherwise plain text.
///
/// The title: the answer to the label "Reference and title" or "Proposed title", else "Title", else "Subject"; else the first
/// paragraph in a style for titles; else the first heading of the first level, else of any; else the first line that is neither a
/// label nor an answer. Scope and summary: the answers to labels of these names, each once, scopes first. A label stands at the
/// start of a line ("Scope (defines …): …") or alone in a table's cell or on a line; its answer follows there, in the next cell,
/// or up to the next label or heading, headings below its own left aside. Of a DOCX, text that is deleted, moved away, hidden or
/// a field's code does not count, nor do headers, notes, comments and tables of contents.
///
/// What is no document of its kind, encrypted, not UTF-8, declares a document type (entities), is over a limit or has no words of
/// its own gives one diagnostic, with the line where there is one, and nothing. Time and memory linear in what is unpacked.
std::optional<Document> read_document(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics);

/// What a workshop's programme says of it.
struct WorkshopProgramme {
  std::string title;                    ///< As of a document; may be empty.
  std::vector<std::string> objectives;  ///< In its order.
  struct Session {
    std::string number;  ///< "1", "3A"; empty where it has none.
    std::string title;
  };
  std::vector<Session> sessions;
};
/// Of the same kinds of files. Objectives are the lines (paragraphs, items of a list) below a heading or a line that ends with a
/// colon and names objectives, up to the next heading or such line; a number or bullet before them goes. Sessions are headings,
/// and lines, that begin with "Session", each once. Faults as of read_document(); one where neither is found.
std::optional<WorkshopProgramme> read_programme(std::string_view bytes, const std::string& file,
                                                std::vector<Diagnostic>& diagnostics);

}  // namespace lacuna
