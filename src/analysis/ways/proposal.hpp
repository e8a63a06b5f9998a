// What a way forward would look like on paper: everything that a proposal must say, with the evidence for it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "analysis/ways/ways.hpp"

namespace lacuna {

/// A sentence and the documents that it rests on: deliverables of the map, or of the catalogues alone.
struct Claim {
  std::string says;
  std::vector<std::variant<NodeId, const NearDocument*>> sources = {};
  Value rests_on = {};            ///< What it claims as data; see claims.hpp. Null where it claims nothing of the map.
  bool begins_paragraph = false;  ///< Of sentences that run on.
};

/// How long works of a group took from their start to publication, in years.
struct Timing {
  std::size_t works = 0;  ///< With both dates known. Figures on fewer than `enough` say nothing and are not given.
  double median = 0;
  double lower = 0;  ///< A quarter took less,
  double upper = 0;  ///< a quarter took more.
  std::string says;  ///< In a sentence, with examples.
  static constexpr std::size_t enough = 3;
};

/// A group inside the one that acts, as the place for a work item.
struct Place {
  NodeId group{};
  double degree = 0;  ///< How alike its title and mandate are to the proposal by their words: cosine in [0,1], what is rare among
                      ///< the mandates counting more.
  std::string words;  ///< That make it so, most first.

  [[nodiscard]] bool near() const { return degree >= 0.2; }
};

/// Whom to write to.
struct Addressee {
  NodeId group{};
  bool same_body = false;    ///< Of the same standards body.
  bool action = false;       ///< It has a text under development that covers one of these needs, or one that covers one in full.
  bool covers_part = false;  ///< It has a published text that covers one of them in part. Else, without action, mentions only.
  Claim why;
};

struct WorkItemPlan {
  std::string type;  ///< "Recommendation", in the words of the group's body.
  bool normative = true;
  std::string type_why;
  std::vector<Place>
      places;  ///< Best first, at most three; empty where the group has no groups inside with a title that shares words.
  std::vector<NodeId> base_texts;  ///< Published texts to build on: own ones first, at most three.
  std::vector<Addressee> addressees;
  Timing timing;
  std::vector<Claim> risks;
  std::vector<Claim> scope;    ///< What it defines, for what, against what; what it builds on and what it leaves out.
  std::vector<Claim> summary;  ///< Of the text to come.
  bool leaves_out = false;     ///< The scope says what is left out; else only people can.
};

/// Scope and summary in prose, made from the titles and texts of the needs, and of what exists on them. O(links of the needs
/// and of their topics).
void write_scope_and_summary(const Situation& situation, const WayForward& way, WorkItemPlan& plan);

/// The first `most` of them, and in the last place how many more there are: "{before}3 more".
std::vector<std::string> first_few(std::vector<std::string> items, std::size_t most, std::string_view before = "");

/// "published 2024-04", as precise as the map says it; "draft, undated" where it does not.
std::string standing_of(const Situation& situation, NodeId deliverable);

/// Everything about the proposals of one group.
class Planner {
 public:
  /// Linear in the map and in the group's works.
  Planner(const Situation& situation, const Params& params);
  Planner(Planner&&) noexcept;
  ~Planner();

  /// For a new work item. O(groups inside + texts).
  [[nodiscard]] WorkItemPlan plan(const WayForward& way) const;
  /// For every other way forward: what to do about its target, and why.
  [[nodiscard]] std::vector<Claim> steps(const WayForward& way) const;
  [[nodiscard]] std::vector<Addressee> addressees(const WayForward& way) const;
  /// "covers RC13 and UC08 in part, mentions RC15".
  [[nodiscard]] std::string does(const Backing& text) const;

 private:
  struct Desk;
  std::unique_ptr<const Desk> desk_;
};

}  // namespace lacuna
