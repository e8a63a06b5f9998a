// What the actions of `lacuna link` share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "lacuna/linking.hpp"

namespace lacuna {

/// An action of `lacuna link`: one file, one row of the table in cmd_link.cpp.
struct LinkAction {
  std::string_view name;
  std::string_view help;
  void (*declare)(CommandLine&, Context&);
};

/// What somebody says of a pair.
struct Verdict {
  enum class Says : std::uint8_t { accept, reject, dispute } says = Says::accept;
  std::string from;  ///< Identifiers of nodes of the map.
  std::string to;
  std::optional<Degree> degree;             ///< Accepted: as suggested where unsaid.
  std::optional<SetRelation> set_relation;  ///< Of requirements and capabilities; decides the degree.
  std::string reason;
  std::string by;
};

/// Reads "full", "partial", "none" or a set relation ("subset-of") into a verdict on a need of that kind: only requirements and capabilities take
/// set relations. Throws Error(usage).
void set_degree(Verdict& verdict, const std::string& word, Kind need);
/// What made a deliverable that a suggestion had brought along part of the map.
struct Kept {
  std::optional<Value> brought;          ///< Its mark, as it was.
  std::vector<std::string> developers;   ///< Groups that had been suggested with it.
};
/// A deliverable that a suggestion brought along, and the group named with it, are part of the map from now on.
Kept keep_deliverable(Map& map, const std::string& id);

/// What a verdict did to a map.
struct Judged {
  std::string told;            ///< For people.
  Link made;
  std::vector<Link> replaced;  ///< The suggestion, and what the same person had said.
  Kept kept;
};
/// Puts a verdict onto the map in place of the suggestion and of what the same person said before; what others say stays beside it. A deliverable that came
/// with a suggestion stays for good once it is accepted. Throws Error(not_found) when nothing is linked there, Error(bad_input)
/// when somebody accepts without a reason what was rejected or is in dispute, or in another degree.
Judged judge(Map& map, const Verdict& verdict);
/// Takes one verdict back, and puts what it replaced in its place; what others have said since stays, and what they rest on. Throws Error(not_found) when
/// that verdict does not stand any more.
void take_back(Map& map, const Judged& judged);

/// Changes the map as change_map does; throws Error(bad_input), after telling the faults, where the result would not be valid.
void change_checked(const std::string& path, const std::function<void(Map&)>& change);

/// "lacuna 0.1.0", as links that the program makes say who made them.
std::string program_name();
/// True for a suggestion that the program made.
bool is_own_suggestion(const Link& link);
/// The attribute of deliverables that only a suggestion brought onto the map.
constexpr std::string_view brought = "brought_by";

}  // namespace lacuna
