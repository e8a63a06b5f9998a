#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <sstream>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

namespace {

/// The one place that prints a failure.
int failed(std::string_view message, int status) {
  // Not fmt::print: it throws when standard error cannot be written, and there is nobody left to tell.
  std::fputs(fmt::format("lacuna: {}\n", lacuna::harmless(message)).c_str(), stderr);
  return status;
}

/// What stands in the arguments and is neither a command nor an option of the program: the likely slip of the pen.
std::string unknown_word(const CLI::App& app, const std::vector<std::string>& arguments) {
  const auto chosen = app.get_subcommands();
  std::vector<const CLI::App*> levels{&app};
  while (!levels.back()->get_subcommands().empty()) levels.push_back(levels.back()->get_subcommands().front());
  std::vector<std::string> options;
  for (const CLI::App* level : levels) {
    for (const CLI::Option* option : level->get_options()) {
      for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
      for (const std::string& name : option->get_snames()) options.push_back("-" + name);
    }
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word.size() > 1 && word.front() == '-') {
      const std::string name = word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
      if (std::ranges::find(options, name) == options.end()) {
        return fmt::format("there is no option \"{}\"{}", name, lacuna::did_you_mean(name, {options.begin(), options.end()}));
      }
      if (name == "-m" || name == "--map" || name == "--profile") i += word == name ? 1 : 0;
    } else if (levels.size() == 2 && word == chosen.front()->get_name() && i + 1 < arguments.size() && !chosen.front()->get_subcommands({}).empty()) {
      std::vector<std::string> actions;
      for (const CLI::App* action : chosen.front()->get_subcommands({})) actions.push_back(action->get_name());
      std::string hint = lacuna::did_you_mean(arguments[i + 1], {actions.begin(), actions.end()});
      if (hint.empty()) hint = "; one of " + lacuna::join(actions, ", ");
      return fmt::format("{} has no action \"{}\"{}", word, lacuna::shortened(arguments[i + 1], 40), hint);
    } else if (chosen.empty()) {
      const auto names = lacuna::names_in(lacuna::commands());
      return fmt::format("there is no command \"{}\"{}", lacuna::shortened(word, 40), lacuna::did_you_mean(word, {names.begin(), names.end()}));
    }
  }
  return {};
}

int run(int argc, char** argv) {
  lacuna::Context context;
  CLI::App app;
  lacuna::declare_program(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    std::ostringstream text;
    app.exit(help, text, text);
    lacuna::deliver(text.str(), "");
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    std::string command;
    for (auto inner = chosen; !inner.empty(); inner = inner.front()->get_subcommands()) command += " " + inner.front()->get_name();
    const bool unacted = !chosen.empty() && !chosen.front()->get_subcommands({}).empty() && chosen.front()->get_subcommands().empty();
    const bool strange = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr || chosen.empty() || unacted;
    const std::string word = strange ? unknown_word(app, {argv + 1, argv + argc}) : std::string();
    return failed(fmt::format("{}; see: lacuna{} --help", word.empty() ? error.what() : word, command), 2);
  }
  return context.exit_status;
}

}  // namespace

int main(int argc, char** argv) {
  lacuna::tidy_up_when_interrupted();
  try {
    return run(argc, argv);
  } catch (const lacuna::Error& error) {
    return failed(error.what(), error.code() == lacuna::ErrorCode::usage ? 2 : 1);
  } catch (const std::bad_alloc&) {
    return failed("out of memory; nothing was changed", 1);
  } catch (const std::exception& error) {
    return failed(fmt::format("internal error: {}; please report it", error.what()), 1);
  }
}
