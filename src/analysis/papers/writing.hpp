// What all papers share: references that are numbered as they are cited, forms, and sentences about needs and deliverables.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/ways/claims.hpp"
#include "analysis/ways/proposal.hpp"
#include "analysis/ways/wording.hpp"
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
  /// Sentences as paragraphs.
  std::vector<Prose> paragraphs(const std::vector<Claim>& statements);

  void heading(int level, std::string key, std::string text);
  void paragraph(Prose text);
  void paragraph(std::string text) { paragraph(Prose{{std::move(text)}}); }
  void item(Prose text, int level = 1);
  void table(PaperTable table);
  /// The heading under which the paper says how it was made, and the comments on what stands before it.
  void annex(std::string_view heading);
  /// Hands the paper over.
  Paper done() { return std::move(paper_); }

  [[nodiscard]] const Situation& situation() const { return s_; }
  [[nodiscard]] const Graph& graph() const { return s_.graph(); }
  [[nodiscard]] const Params& params() const { return params_; }
  /// The group that writes, or "all groups".
  [[nodiscard]] std::string whose() const;

 private:
  const Situation& s_;
  const Params& params_;
  Paper paper_;
  std::map<std::string, std::size_t> numbers_;
};

/// What only people can know; `what` says what it is.
Run blank(std::string what);
/// A stretch that claims something.
Run said(std::string text, Value rests_on);
/// A stretch with a comment on how it came about.
Run commented(std::string text, std::string comment, Run::Kind kind = Run::Kind::plain);
/// A cell with one paragraph.
PaperTable::Cell cell(Prose text);
PaperTable::Cell cell(std::string text);
/// A row of a form: its label and what stands there.
PaperTable::Row form_row(std::string key, std::string label, std::vector<Prose> paragraphs);

/// The head of a contribution to a meeting. `period` is the study period where the map says it.
void add_contribution_head(Writer& writer, const std::string& title, const std::string& question, const std::string& period,
                           std::string abstract);
/// "2025-2028", of the periods that a group says it has, the one that the day is in; else empty.
std::string period_of(const Node& group, Day day);

/// A table of needs with their states in the scope and anywhere and what the deliverables do for them.
PaperTable needs_table(Writer& writer, const std::vector<NodeId>& needs);

/// Who searched for the needs, in what, how far, and what was not searched: a gap is no better than the search behind it.
PaperTable searches_table(const Graph& graph, const std::vector<NodeId>& needs);

/// What the reason of a gap rests on, for who asked with that scope.
Value gap_claim(const Graph& graph, std::optional<NodeId> scope, const Gap& gap);

/// Long reasons that stand in several rows of a table are told once, above it, and named by a number.
class Reasons {
 public:
  explicit Reasons(const std::vector<std::string>& all);
  /// What a row says: "(1)", or the reason itself where only this row has it.
  [[nodiscard]] std::string in_row(const std::string& reason) const;
  /// "(1) not found in …", for each that has a number.
  [[nodiscard]] std::vector<std::string> told_once() const;

 private:
  std::vector<std::string> numbered_;
};

/// The way forward that a request asks for; `ways` keeps it.
const WayForward& way_asked(const Graph& graph, const Ways& ways, const DraftRequest& request, const Params& params);

}  // namespace lacuna
