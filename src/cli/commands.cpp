#include <fmt/format.h>

#include <cstdlib>

#include "cli/command.hpp"
#include "cli/places.hpp"
#include "cli/version.hpp"

namespace lacuna {

std::span<const Command> commands() {
  static const Command list[] = {cmd_build, cmd_validate, cmd_import, cmd_search, cmd_link, cmd_show, cmd_coverage, cmd_gaps, cmd_suggest, cmd_structure, cmd_compare, cmd_check, cmd_rank, cmd_diff, cmd_backtest, cmd_tag, cmd_profile, cmd_draft, cmd_render, cmd_report, cmd_export, cmd_man, cmd_completion};
  return list;
}

void declare_program(CLI::App& app, Context& context) {
  app.name(context.program);
  app.description("Shows what standards bodies cover of a subject, what nobody covers, and how we know.");
  app.set_version_flag("--version", fmt::format("lacuna {}", version));
  if (const char* map = std::getenv("LACUNA_MAP"); map != nullptr && *map != '\0') context.map_path = map;
  app.add_option("-m,--map", context.map_path, "The map; default: $LACUNA_MAP, else lacuna.db")->check(not_empty())->type_name("MAP");
  app.add_option("--profile", context.profile_path, "File with weights and thresholds; default: the built-in profile")->check(not_empty())->type_name("FILE");
  app.require_subcommand(1);
  app.fallthrough();
  app.parse_complete_callback([&app, &context] { guard_inputs(app, context); });
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.help));
    sub->fallthrough();
    command.declare(*sub, context);
  }
}

}  // namespace lacuna
