// What people hold of links: accepted, rejected, in dispute, or settled for a new edition; and what that does to a map.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/coverage.hpp"
#include "lacuna/model.hpp"

namespace lacuna {

/// What somebody says of a pair.
struct Verdict {
  enum class Says : std::uint8_t { accept, reject, dispute } says = Says::accept;
  std::string from;  ///< Identifiers of nodes of the map.
  std::string to;
  std::optional<Degree> degree;             ///< Accepted: as suggested where unsaid.
  std::optional<SetRelation> set_relation;  ///< Of requirements and capabilities; decides the degree.
  std::string reason;
  std::string by;
  std::string clause = {};  ///< Of the document, on which it rests; empty: as it was.
};

/// The words that set_degree() takes: degrees, then set relations.
std::vector<std::string> degree_names();
/// Reads "full", "partial", "none" or a set relation ("subset-of") into a verdict on a need of that kind: only requirements and
/// capabilities take set relations. Throws Error(usage).
void set_degree(Verdict& verdict, const std::string& word, Kind need);
/// What made a deliverable that a suggestion had brought along part of the map.
struct Kept {
  std::optional<Value> brought;         ///< Its mark, as it was.
  std::vector<std::string> developers;  ///< Groups that had been suggested with it.
};
/// A deliverable that a suggestion brought along, and the group named with it, are part of the map from now on.
Kept keep_deliverable(Map& map, const std::string& id);

/// What a verdict did to a map.
struct Judged {
  std::string told;  ///< For people.
  Link made;
  std::vector<Link> replaced;  ///< The suggestion, and what the same person had said.
  Kept kept;
};
/// Puts a verdict onto the map in place of the suggestion and of what the same person said before; what others say stays beside
/// it. A deliverable that came with a suggestion stays for good once it is accepted. Throws Error(not_found) when nothing is
/// linked there, Error(bad_input) when somebody accepts without a reason what the program suggests, what was rejected or is in
/// dispute, or in another degree.
Judged judge(Map& map, const Verdict& verdict);
/// Takes one verdict back, and puts what it replaced in its place; what others have said since stays, and what they rest on.
/// Throws Error(not_found) when that verdict does not stand any more.
void take_back(Map& map, const Judged& judged);

/// True for a suggestion that the program made.
bool is_own_suggestion(const Link& link);
/// The attribute of deliverables that only a suggestion brought onto the map.
constexpr std::string_view brought = "brought_by";

/// A person's word on what replaced an edition.
struct Settlement {
  bool moves = false;            ///< One's own verdict leaves the old edition; else it stays there.
  std::optional<Degree> degree;  ///< Of the new edition, where that differs.
  std::string rationale;         ///< Empty: as on the old edition.
  std::string by;
};
/// The newest published edition that came after, along the links; itself where there is none.
NodeId newest_edition(const Situation& situation, NodeId deliverable);
/// One need: the person's verdict on the new edition, made of what is held of the old one; where people differ, of one's own
/// word, else of the one that claims less. What others hold of either stays. Returns what was done, in lines; nothing where
/// somebody has settled it meanwhile.
std::string settle(Map& map, const std::string& old_edition, const std::string& new_edition, const std::string& need,
                   const Settlement& settlement);

}  // namespace lacuna
