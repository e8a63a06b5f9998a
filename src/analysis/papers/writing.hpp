// What all papers share: references that are numbered as they are cited, forms, and sentences about needs and deliverables.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/ways/proposal.hpp"
#include "lacuna/draft.hpp"
#include "lacuna/paper.hpp"

namespace lacuna {

/// A paper while it is written.
class Writer {
 public:
  Writer(const Situation& situation, const Params& params, std::string form, std::string title);

  /// The number of a document in the list of references; the first time, it is put there.
  std::size_t cite(NodeId deliverable);
  std::size_t cite(const NearDocument& near);
  /// A sentence with the numbers of what it rests on.
  Prose prose(const Claim& statement);

  void heading(int level, std::string key, std::string text);
  void paragraph(Prose text);
  void paragraph(std::string text) { paragraph(Prose{{std::move(text)}}); }
  void item(Prose text, int level = 1);
  void table(PaperTable table);
  /// Hands the paper over.
  Paper done() { return std::move(paper_); }

  [[nodiscard]] const Situation& situation() const { return s_; }
  [[nodiscard]] const Graph& graph() const { return s_.graph(); }
  [[nodiscard]] const Params& params() const { return params_; }

 private:
  const Situation& s_;
  const Params& params_;
  Paper paper_;
  std::map<std::string, std::size_t> numbers_;
};

/// What only people can know; `what` says what it is.
Run blank(std::string what);
/// A cell with one paragraph.
PaperTable::Cell cell(Prose text);
PaperTable::Cell cell(std::string text);
/// A row of a form: its label and what stands there.
PaperTable::Row form_row(std::string key, std::string label, std::vector<Prose> paragraphs);

/// A table of needs with their states in the scope and anywhere and what the deliverables do for them.
PaperTable needs_table(Writer& writer, const std::vector<NodeId>& needs);

/// Who searched for the needs, in what, how, and what was not searched: a gap is no better than the search behind it.
void add_searches(Writer& writer, const std::vector<NodeId>& needs);

/// The way forward that a request asks for; `ways` keeps it.
const WayForward& way_asked(const Graph& graph, const Ways& ways, const DraftRequest& request, const Params& params);

}  // namespace lacuna
