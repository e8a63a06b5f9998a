// The table of commands: one row each.
#include <fmt/format.h>

#include <cstdlib>

#include "cli/command.hpp"
#include "lacuna/version.hpp"

namespace lacuna {

extern const Command cmd_build, cmd_validate, cmd_import, cmd_search, cmd_search_record, cmd_link, cmd_show, cmd_coverage,
    cmd_gaps, cmd_suggest, cmd_structure, cmd_compare, cmd_check, cmd_rank, cmd_diff, cmd_backtest, cmd_tag, cmd_profile,
    cmd_draft, cmd_render, cmd_report, cmd_export, cmd_man, cmd_completion, cmd_add, cmd_set, cmd_remove, cmd_rename, cmd_log,
    cmd_blame, cmd_undo, cmd_apply, cmd_merge, cmd_conflicts, cmd_page, cmd_serve, cmd_share, cmd_sync, cmd_init, cmd_update;

std::span<const Command> commands() {
  static const Command list[] = {
      cmd_init,      cmd_build,   cmd_validate,  cmd_import,        cmd_update, cmd_add,      cmd_set,   cmd_remove,
      cmd_rename,    cmd_link,    cmd_search,    cmd_search_record, cmd_show,   cmd_coverage, cmd_gaps,  cmd_suggest,
      cmd_structure, cmd_compare, cmd_check,     cmd_rank,          cmd_diff,   cmd_log,      cmd_blame, cmd_undo,
      cmd_apply,     cmd_merge,   cmd_conflicts, cmd_share,         cmd_sync,   cmd_backtest, cmd_tag,   cmd_profile,
      cmd_draft,     cmd_render,  cmd_report,    cmd_page,          cmd_serve,  cmd_export,   cmd_man,   cmd_completion};
  return list;
}

void declare_program(CommandLine& program, Context& context) {
  program.version(fmt::format("lacuna {}", version));
  if (const char* map = std::getenv("LACUNA_MAP"); map != nullptr && *map != '\0') context.map_path = map;
  program.add("-m,--map", &context.map_path, "The map; default: $LACUNA_MAP, else lacuna.db")
      .check(NotEmpty{})
      .called("MAP")
      .offers(Files{{".db"}});
  program
      .add("--catalogues", &context.catalogues,
           "The file that holds the catalogues, for all maps; default: $LACUNA_CATALOGUES, else lacuna/catalogues.db in "
           "$XDG_DATA_HOME or ~/.local/share")
      .check(NotEmpty{})
      .called("FILE")
      .offers(Files{{".db"}});
  program.add("--profile", &context.profile_path, "File with weights and thresholds; default: the built-in profile")
      .check(NotEmpty{})
      .called("FILE")
      .offers(Files{{".json"}});
  for (const Command& command : commands()) command.declare(program.add_inner(command.name, command.help), context);
}

}  // namespace lacuna
