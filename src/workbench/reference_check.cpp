#include "workbench/reference_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/child_program.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/document.hpp"
#include "formats/paragraphs.hpp"

namespace lacuna {
namespace {

bool is_word_file(const std::string& file) { return lower(file).ends_with(".docx"); }

std::string document_bytes(const std::string& file) {
  std::string bytes = read_file(file, largest_document + 1);
  if (bytes.size() > largest_document)
    throw Error(ErrorCode::bad_input, file,
                fmt::format("larger than {} MiB; take its text alone, without pictures", largest_document >> 20));
  if (bytes.empty()) throw Error(ErrorCode::bad_input, file, "empty; save the document again");
  return bytes;
}

std::string text_of_pdf(const std::string& file) {
  const auto printed =
      printed_by({"pdftotext", "-q", "-enc", "UTF-8", file.starts_with('-') ? "./" + file : file, "-"}, largest_document);
  if (!printed)
    throw Error(
        ErrorCode::io, file,
        "PDF is read by pdftotext (poppler-utils), which is not installed; install it, or save the document as .docx or text");
  if (printed->too_much)
    throw Error(ErrorCode::bad_input, file, fmt::format("holds more than {} MiB of text", largest_document >> 20));
  if (printed->status != 0)
    throw Error(ErrorCode::bad_input, file, "pdftotext cannot read it; save it anew, or as .docx or text");
  if (printed->text.find_first_not_of(" \n\r\t\f") == std::string::npos)
    throw Error(ErrorCode::bad_input, file, "holds no text (pictures are not read); take a document whose text can be selected");
  return printed->text;
}

std::string checked_utf8(std::string bytes, const std::string& file) {
  static constexpr std::string_view others[] = {"PK\x03\x04", "%PDF-", "{\\rtf", "\xD0\xCF\x11\xE0"};
  for (const std::string_view other : others) {
    if (bytes.starts_with(other))
      throw Error(ErrorCode::bad_input, file,
                  "neither text nor named .docx or .pdf; save it as \"Word Document (*.docx)\" or as UTF-8 text");
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (!is_clean_utf8(bytes)) throw Error(ErrorCode::bad_input, file, "not UTF-8 text; save it as UTF-8");
  return bytes;
}

}  // namespace

std::vector<Paragraph> read_paragraphs(const std::string& file) {
  const std::string name = lower(file);
  if (name.ends_with(".pdf")) return paragraphs_of_text(checked_utf8(text_of_pdf(file), file));
  std::string bytes = document_bytes(file);
  if (is_word_file(file)) {
    std::vector<Paragraph> list;
    for (DocxParagraph& paragraph : paragraphs_of_docx(bytes, file))
      list.push_back(std::move(static_cast<Paragraph&>(paragraph)));
    return list;
  }
  bytes = checked_utf8(std::move(bytes), file);
  const bool html = name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xhtml");
  return html ? paragraphs_of_html(bytes) : paragraphs_of_text(bytes);
}

ReferenceFacts facts_about(const FoundCitations& found, const Store& store) {
  ReferenceFacts facts;
  const auto look_up = [&](const Identifier& id) {
    const std::string key = id.work();
    if (facts.works.contains(key)) return;
    std::vector<WorkRecords>& works = facts.works[key];
    works = store.works(id.text);
    if (works.empty()) {
      if (const std::string transposed = etsi_number(id); !transposed.empty()) works = store.works(transposed);
    }
    if (!works.empty()) {
      if (std::vector<std::string> others = store.superseding(key); !others.empty()) facts.superseding[key] = std::move(others);
      return;
    }
    for (const RecordRow& row : store.faces_between(key + "-", key + ".", 1'000))
      facts.parts[key].push_back(row.facts.identifier.text);
    if (facts.parts.contains(key)) return;
    for (const RecordRow& row : store.near_numbers(key)) facts.near[key].emplace_back(row.facts.identifier.text, row.title);
  };
  for (const auto& [paragraph, citation] : found) {
    look_up(citation.identifier);
    const std::string space = space_of(citation.identifier);
    if (!facts.holders.contains(space)) facts.holders[space] = store.holding(space);
  }
  const auto look_up_successor = [&](const std::string& identifier) {
    const std::string key = parse_identifier(identifier).work();
    if (facts.works.contains(key)) return;
    facts.works[key] = store.works(identifier);
    if (std::vector<std::string> others = store.superseding(key); !others.empty()) facts.superseding[key] = std::move(others);
  };
  // What replaced a text may have been replaced itself.
  for (int round = 0; round < 4; ++round) {
    std::set<std::string> next;
    for (const auto& [key, works] : facts.works) {
      for (const WorkRecords& work : works) {
        for (const RecordRow& row : work.records) {
          for (const RecordLink& link : row.links) {
            if (link.relation == Relation::supersedes && link.reversed) next.insert(link.identifier);
          }
        }
      }
    }
    for (const auto& [key, others] : facts.superseding) next.insert(others.begin(), others.end());
    for (const std::string& successor : next) look_up_successor(successor);
  }
  return facts;
}

ReferenceCheck::ReferenceCheck(Workbench& bench, std::string file)
    : bench_(bench),
      file_(std::move(file)),
      situation_(bench.graph(), *bench.params().profile, bench.params().as_of, bench.params().include_suggested) {
  const std::vector<Paragraph> paragraphs = read_paragraphs(file_);
  const FoundCitations found = find_in(paragraphs);
  references_ = find_references(paragraphs, found, facts_about(found, bench_.store()), situation_);
}

Result ReferenceCheck::answer() const {
  const std::vector<CatalogueInfo> catalogues = bench_.store().catalogues();
  return answer_references(references_, std::filesystem::path(file_).filename().string(), catalogues, situation_,
                           bench_.params());
}

std::string ReferenceCheck::commented() const {
  if (!is_word_file(file_)) throw Error(ErrorCode::usage, file_, "only a Word document (.docx) takes comments");
  std::vector<DocxComment> comments;
  for (const CheckedReference& r : references_.list) {
    if (!calls_for_action(r.verdict)) continue;
    for (const ReferencePlace& p : r.places) comments.push_back({p.paragraph, p.begin, p.end, comment_text(r)});
  }
  std::ranges::stable_sort(comments, [](const DocxComment& a, const DocxComment& b) {
    return std::pair(a.paragraph, a.begin) < std::pair(b.paragraph, b.begin);
  });
  return docx_with_comments(document_bytes(file_), file_, comments, "Lacuna");
}

}  // namespace lacuna
