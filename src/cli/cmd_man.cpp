// Man pages and shell completion, made from the table of commands.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/version.hpp"

namespace lacuna {
namespace {

/// Text as roff: nothing in it is a request or an escape.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '"') {
      out += "\\(dq";  // Bare, it would part the arguments of a request.
    } else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) {
      out += "\\&";
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string option_name(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& n : option.get_snames()) names.push_back("-" + n);
  for (const std::string& n : option.get_lnames()) names.push_back("--" + n);
  if (option.get_positional()) names = {option.get_name(true, false)};
  std::string text = join(names, ", ");
  if (!option.get_positional() && option.get_expected_max() > 0) {
    const std::string type = option.get_type_name();
    text = fmt::format("{} {}", text, type.substr(0, type.find(':')));
  }
  return text;
}

std::string options_of(const CLI::App& app) {
  std::string out;
  for (const CLI::Option* option : app.get_options()) {
    out += fmt::format(".TP\n.B {}\n{}\n", roff(option_name(*option)), roff(option->get_description()));
  }
  return out;
}

/// What may stand beside what the user names.
constexpr std::pair<std::string_view, std::string_view> files_of_the_program[] = {
    {"FILE.part-N-lacuna", "An output on its way: it gets the name FILE when it is complete. What a killed process leaves of it goes with the next run that writes FILE. A symbolic link stays one; another hard link of "
                           "FILE keeps what that held before."},
    {"MAP.lock-lacuna", "Empty; there while a command changes MAP. Others wait for some seconds, then say so. Keeps nobody out once its process has ended."},
    {"FOLDER/.commit-lacuna", "Which files of an exported text form are about to get their names; whoever reads FOLDER next finishes what a killed export had begun."},
    {"MAP-journal, MAP-wal", "Left by other programs that use SQLite: settled before anything is read, and before MAP is replaced."},
};

std::string page_of_program(const CLI::App& app) {
  std::string out = fmt::format(".TH LACUNA 1 \"\" \"lacuna {}\" \"Lacuna\"\n.SH NAME\nlacuna \\- {}\n", version, roff(app.get_description()));
  out += ".SH SYNOPSIS\n.B lacuna\n[\\fB\\-m\\fR \\fIMAP\\fR] \\fICOMMAND\\fR ...\n.SH OPTIONS\n" + options_of(app) + ".SH COMMANDS\n";
  for (const Command& c : commands()) out += fmt::format(".TP\n.BR lacuna\\-{} (1)\n{}\n", c.name, roff(c.help));
  out += ".SH ENVIRONMENT\n.TP\n.B LACUNA_MAP\nThe map where \\-m is not given.\n.TP\n.B SOURCE_DATE_EPOCH\nSeconds since 1970 that stand for now.\n";
  out += ".SH FILES\n";
  for (const auto& [name, says] : files_of_the_program) out += fmt::format(".TP\n.I {}\n{}\n", roff(name), roff(says));
  out += ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage, 3 a gap named by \\-\\-fail\\-on exists.\n";
  return out;
}

std::string page_of(const Command& command, const CLI::App& app) {
  std::string upper(command.name);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  std::string out = fmt::format(".TH \"LACUNA\\-{}\" 1 \"\" \"lacuna {}\" \"Lacuna\"\n", upper, version);
  out += fmt::format(".SH NAME\nlacuna\\-{} \\- {}\n.SH SYNOPSIS\n.B lacuna {}\n[\\fIOPTION\\fR]...", command.name, roff(command.help), command.name);
  for (const CLI::Option* option : app.get_options([](const CLI::Option* o) { return o->get_positional(); })) {
    const std::string name = fmt::format("\\fI{}\\fR", roff(option->get_name(true, false)));
    out += option->get_required() ? fmt::format(" {}", name) : fmt::format(" [{}]", name);
  }
  const auto actions = app.get_subcommands({});
  if (!actions.empty()) out += " \\fIACTION\\fR ...";
  out += fmt::format("\n.SH DESCRIPTION\n{}\n", roff(command.description));
  for (const CLI::App* action : actions) {
    out += fmt::format(".SH \"ACTION {}\"\n{}\n{}", roff(action->get_name()), roff(action->get_description()), options_of(*action));
  }
  out += fmt::format(".SH OPTIONS\n{}", options_of(app));
  out += "The options \\-\\-map and \\-\\-profile and the environment are described in\n.BR lacuna (1).\n.SH EXAMPLES\n";
  for (const Example& e : command.examples) out += fmt::format(".TP\n.B {}\n{}\n", roff(e.command), roff(e.says));
  if (!app.get_footer().empty()) out += fmt::format(".SH RULES\n.nf\n{}.fi\n", roff(app.get_footer()));
  out += fmt::format(".SH DIAGNOSTICS\n{} Status 0 when done, 1 when it failed, 2 for wrong usage; errors name the file or argument, what is wrong and what to do.\n",
                     roff(command.diagnostics));
  return out;
}

const CLI::App& root_of(const CLI::App& app) {
  const CLI::App* at = &app;
  while (at->get_parent() != nullptr) at = at->get_parent();
  return *at;
}

void declare_man(CLI::App& app, Context& /*context*/) {
  static std::string name;
  app.add_option("COMMAND", name, "The command whose page is wanted; default: the program's own page");
  app.callback([&app] {
    const CLI::App& root = root_of(app);
    if (name.empty()) return deliver(page_of_program(root), "");
    for (const Command& c : commands()) {
      if (c.name == name) return deliver(page_of(c, *root.get_subcommand(name)), "");
    }
    throw Error(ErrorCode::usage, "", fmt::format("there is no command \"{}\"; one of {}", shortened(name, 40), join(names_in(commands()), ", ")));
  });
}

/// Completes commands and their options; file names otherwise.
void declare_completion(CLI::App& app, Context& /*context*/) {
  static std::string shell = "bash";
  app.add_option("SHELL", shell, "The shell")->check(one_of({"bash"}))->capture_default_str();
  app.callback([&app] {
    const CLI::App& root = root_of(app);
    std::string out = "_lacuna() {\n  local cur=${COMP_WORDS[COMP_CWORD]} command= word\n  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case $word in\n";
    out += fmt::format("      {}) command=$word; break;;\n    esac\n  done\n  case $command in\n", join(names_in(commands()), "|"));
    for (const Command& c : commands()) {
      std::vector<std::string> options;
      const CLI::App* command = root.get_subcommand(std::string(c.name));
      std::vector<const CLI::App*> levels{command};
      for (const CLI::App* action : command->get_subcommands({})) {
        options.push_back(action->get_name());
        levels.push_back(action);
      }
      for (const CLI::App* level : levels) {
        for (const CLI::Option* o : level->get_options()) {
          for (const std::string& long_name : o->get_lnames()) options.push_back("--" + long_name);
        }
      }
      std::ranges::sort(options);
      options.erase(std::unique(options.begin(), options.end()), options.end());
      out += fmt::format("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$cur\"));;\n", c.name, join(options, " "));
    }
    out += fmt::format("    *) COMPREPLY=($(compgen -W \"{} --map --profile --help --version\" -- \"$cur\"));;\n  esac\n}}\n", join(names_in(commands()), " "));
    out += "complete -o default -F _lacuna lacuna\n";
    deliver(out, "");
  });
}

constexpr Example man_examples[] = {{"lacuna man gaps | man -l -", "Reads the page of a command."}};
constexpr Example completion_examples[] = {{"eval \"$(lacuna completion)\"", "Completes commands and options in this shell."}};

}  // namespace

const Command cmd_man{"man", "the manual page of the program or of a command", "Prints a page for man(1), made from the same table as --help.", man_examples, "", declare_man};
const Command cmd_completion{"completion", "completion for the shell", "Prints a script that completes commands and options.", completion_examples, "", declare_completion};

}  // namespace lacuna
