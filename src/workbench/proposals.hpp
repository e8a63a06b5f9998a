// Proposals of links: what names mean, what is proposed, and what it does to a map.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workbench/workbench.hpp"

namespace lacuna {

/// Which proposals are wanted, as people type it.
struct ProposalQuestion {
  std::vector<std::string>
      names;  ///< Needs, deliverables of the map, identifiers of the catalogues, topics, objectives or groups; none: all needs.
  std::vector<std::string> groups;   ///< Deliverables of these groups, on the map and in the catalogues.
  std::vector<std::string> between;  ///< Two frameworks, topics, objectives or sessions, instead of all others.
  std::string new_since;             ///< Documents of the catalogues published on that day or later.
  bool on_map = false;               ///< Works that only the catalogues hold are not looked at.
  double least = 0;                  ///< No proposals below that probability.
  double accept = 0;                 ///< Above 0: accept unseen what is right in at least that share of the cases.
  std::size_t limit = 0;             ///< At most that many a need or deliverable.
};

/// What the names mean: needs of the map, or deliverables of the map or of the catalogues.
struct Subjects {
  std::vector<NodeId> needs;
  std::vector<DeliverableText> deliverables;
};

struct Proposals {
  Subjects subjects;
  std::vector<LinkProposal> list;
  std::string basis;            ///< What their probabilities rest on.
  std::string looked_at;        ///< Where deliverables were looked for, in words; empty where they were not.
  std::optional<double> bound;  ///< The probability from which on they are accepted unseen.
};

/// What taking proposals did to a map.
struct ProposalsTaken {
  std::size_t suggested = 0;
  std::size_t accepted = 0;
  std::size_t gone = 0;     ///< Earlier suggestions.
  std::size_t brought = 0;  ///< Deliverables that came onto the map.
  std::size_t left = 0;     ///< Deliverables that only a suggestion held, and that left it.
};

class Proposer {
 public:
  /// `stage` is told what is being done. The bench must outlive it.
  Proposer(
      Workbench& bench, ProposalQuestion question, std::function<void(std::string_view)> stage = [](std::string_view) {});
  Proposer(Proposer&&) noexcept;
  ~Proposer();
  [[nodiscard]] const Situation& situation() const;
  /// Throws Error(usage) and Error(not_found) for names that mean nothing, or both needs and deliverables.
  Proposals propose();
  /// Puts proposals onto the map, as suggestions, or accepted unseen above the bound. Earlier suggestions on what was asked for
  /// give way; deliverables that only they had brought go with them.
  ProposalsTaken take(const Proposals& proposals);

 private:
  class Proposing;
  std::unique_ptr<Proposing> proposing_;
};

/// Takes off deliverables that suggestions had brought and nothing but a suggested group holds. How many.
std::size_t prune(Map& map);

}  // namespace lacuna
