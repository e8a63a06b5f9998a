#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/diagnostics.hpp"
#include "cli/next_steps.hpp"
#include "cli/places.hpp"
#include "workbench/beginning.hpp"
#include "workbench/checked.hpp"

namespace {

/// The one place that prints a failure.
int failed(std::string_view message, int status) {
  // Not fmt::print: it throws when standard error cannot be written, and there is nobody left to tell.
  std::fputs(fmt::format("lacuna: {}\n", lacuna::harmless(message)).c_str(), stderr);
  return status;
}

/// What stands in the arguments and is neither a command nor an option of the program: the likely slip of the pen.
std::string unknown_word(const lacuna::CommandLine& program, const std::vector<std::string>& arguments) {
  const auto levels = program.chosen_levels();
  std::vector<std::string> options;
  for (const lacuna::CommandLine* level : levels) {
    for (const lacuna::Option& option : level->options()) {
      if (!option.is_argument()) options.insert(options.end(), option.names().begin(), option.names().end());
    }
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word.size() > 1 && word.front() == '-') {
      const std::string name = word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
      if (std::ranges::find(options, name) == options.end()) {
        return fmt::format("there is no option \"{}\"{}", name, lacuna::did_you_mean(name, {options.begin(), options.end()}));
      }
      if (name == "-m" || name == "--map" || name == "--profile" || name == "--catalogues") i += word == name ? 1 : 0;
    } else if (levels.size() == 2 && word == levels.back()->name() && i + 1 < arguments.size() &&
               !levels.back()->inner().empty()) {
      std::vector<std::string> actions;
      for (const lacuna::CommandLine& action : levels.back()->inner()) actions.push_back(action.name());
      std::string hint = lacuna::did_you_mean(arguments[i + 1], {actions.begin(), actions.end()});
      if (hint.empty()) hint = "; one of " + lacuna::join(actions, ", ");
      return fmt::format("{} has no action \"{}\"{}", word, lacuna::shortened(arguments[i + 1], 40), hint);
    } else if (levels.size() == 1) {
      const auto names = lacuna::names_in(lacuna::commands());
      return fmt::format("there is no command \"{}\"{}", lacuna::shortened(word, 40),
                         lacuna::did_you_mean(word, {names.begin(), names.end()}));
    }
  }
  return {};
}

/// Where there is no map of one's own, questions are asked of the one that came with the program.
void ask_installed_map(const lacuna::CommandLine& program, lacuna::Context& context) {
  const char* named = std::getenv("LACUNA_MAP");
  const bool given =
      (named != nullptr && *named != '\0') || std::ranges::any_of(program.options(), [](const lacuna::Option& option) {
        return option.names().front() == "-m" && option.given();
      });
  if (given || lacuna::holds_something(context.map_path)) return;
  const auto row = std::ranges::find(lacuna::commands(), program.chosen()->name(), &lacuna::Command::name);
  if (row == lacuna::commands().end() || row->makes == lacuna::Command::Makes::nothing) return;
  const std::string map = lacuna::installed_map();
  if (map.empty()) return;
  context.map_path = map;
  context.answers->note("there is no map here: this is asked of the one that came along; one of your own: lacuna init");
}

int run(int argc, char** argv) {
  lacuna::Context context;
  lacuna::CommandLine program(context.program,
                              "Shows what standards bodies cover of a subject, what nobody covers, and how we know.");
  lacuna::declare_program(program, context);
  const lacuna::Parsed parsed = lacuna::parse(program, argc, argv);
  if (parsed.outcome == lacuna::Parsed::Outcome::shows) {
    lacuna::deliver(parsed.text, "");
  } else if (argc == 1) {
    lacuna::deliver(lacuna::next_steps(context.map_path), "");
  } else if (parsed.outcome == lacuna::Parsed::Outcome::wrong) {
    const auto levels = program.chosen_levels();
    std::string command;
    for (std::size_t i = 1; i < levels.size(); ++i) command += " " + levels[i]->name();
    const bool strange = parsed.unknown_words || !levels.back()->inner().empty();
    const std::string word = strange ? unknown_word(program, {argv + 1, argv + argc}) : std::string();
    return failed(fmt::format("{}; see: lacuna{} --help", word.empty() ? parsed.text : word, command), 2);
  } else {
    if (!context.catalogues.empty()) ::setenv("LACUNA_CATALOGUES", context.catalogues.c_str(), 1);
    guard_inputs(program, context);
    ask_installed_map(program, context);
    program.run();
  }
  return context.exit_status;
}

}  // namespace

int main(int argc, char** argv) {
  lacuna::tidy_up_when_interrupted();
  try {
    return run(argc, argv);
  } catch (const lacuna::FaultyInput& error) {
    lacuna::print_diagnostics(error.faults());
    return failed(error.what(), 1);
  } catch (const lacuna::Error& error) {
    return failed(error.what(), error.code() == lacuna::ErrorCode::usage ? 2 : 1);
  } catch (const std::bad_alloc&) {
    return failed("out of memory; nothing was changed", 1);
  } catch (const std::exception& error) {
    return failed(fmt::format("internal error: {}; please report it", error.what()), 1);
  }
}
