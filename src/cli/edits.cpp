#include "cli/edits.hpp"

#include <fmt/format.h>

#include "change/typed_members.hpp"

namespace lacuna {

void add_edit_options(CommandLine& line, EditOptions& options) {
  line.add("--by", &options.by, "Who says so; default: $LACUNA_BY, else the user's name").check(NotEmpty{}).called("NAME");
  line.add("--why", &options.why, "What for, in a sentence, for the log").check(NotEmpty{}).called("TEXT");
  line.add("--dry-run", &options.dry, "Say what would be done, and change nothing");
}

Option& add_members_option(CommandLine& line, std::vector<std::string>& members, ItemKey::Of of) {
  return line.add("MEMBER=VALUE", &members, "What it says: " + typed_members_help(of)).called("MEMBER=VALUE");
}

Occasion occasion_of(const EditOptions& options) { return {.by = options.by, .why = options.why, .dry = options.dry}; }

void tell_edit(const Context& context, const EditOptions& options, const ChangeSet& set) {
  std::string text;
  for (const std::string& line : lines_of(set)) text += line + "\n";
  if (set.empty()) text = "nothing differs; nothing was changed\n";
  tell_change(options.dry || set.empty() ? "" : context.map_path, text);
}

}  // namespace lacuna
