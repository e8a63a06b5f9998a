// Man pages, made from the table of commands.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "lacuna/version.hpp"

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

std::string options_of(const CommandLine& line) {
  std::string out;
  for (const Option& option : line.options()) {
    std::string name = join(option.names(), ", ");
    if (option.takes_value() && !option.is_argument()) name += " " + option.type();
    out += fmt::format(".TP\n.B {}\n{}\n", roff(name), roff(option.help()));
  }
  return out;
}

/// What may stand beside what the user names.
constexpr std::pair<std::string_view, std::string_view> files_of_the_program[] = {
    {"FILE.part-N-lacuna",
     "An output on its way: it gets the name FILE when it is complete. What a killed process leaves of it goes with the next run "
     "that writes FILE. A symbolic link stays one; another hard link of "
     "FILE keeps what that held before."},
    {"MAP.lock-lacuna",
     "Empty; there while a command changes MAP. Others wait for some seconds, then say so. Keeps nobody out once its process has "
     "ended."},
    {"FOLDER/.commit-lacuna",
     "Which files of an exported text form are about to get their names; whoever reads FOLDER next finishes what a killed export "
     "had begun."},
    {"MAP-journal, MAP-wal",
     "Left by other programs that use SQLite: settled before anything is read, and before MAP is replaced."},
};

std::string page_of_program(const CommandLine& program) {
  std::string out =
      fmt::format(".TH LACUNA 1 \"\" \"lacuna {}\" \"Lacuna\"\n.SH NAME\nlacuna \\- {}\n", version, roff(program.help()));
  out += ".SH SYNOPSIS\n.B lacuna\n[\\fB\\-m\\fR \\fIMAP\\fR] \\fICOMMAND\\fR ...\n.SH OPTIONS\n" + options_of(program) +
         ".SH COMMANDS\n";
  for (const Command& c : commands()) out += fmt::format(".TP\n.BR lacuna\\-{} (1)\n{}\n", c.name, roff(c.help));
  out +=
      ".SH ENVIRONMENT\n.TP\n.B LACUNA_MAP\nThe map where \\-m is not given.\n.TP\n.B LACUNA_CATALOGUES\nThe file with the "
      "catalogues where \\-\\-catalogues is not given; set and empty: catalogues go into the map.\n.TP\n.B "
      "SOURCE_DATE_EPOCH\nSeconds since 1970 that stand for now.\n";
  out += ".SH FILES\n";
  for (const auto& [name, says] : files_of_the_program) out += fmt::format(".TP\n.I {}\n{}\n", roff(name), roff(says));
  out += ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage, 3 a gap named by \\-\\-fail\\-on exists.\n";
  return out;
}

std::string page_of(const Command& command, const CommandLine& line) {
  std::string upper(command.name);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  std::string out = fmt::format(".TH \"LACUNA\\-{}\" 1 \"\" \"lacuna {}\" \"Lacuna\"\n", upper, version);
  out += fmt::format(".SH NAME\nlacuna\\-{} \\- {}\n.SH SYNOPSIS\n.B lacuna {}\n[\\fIOPTION\\fR]...", command.name,
                     roff(command.help), command.name);
  for (const Option& option : line.options()) {
    if (!option.is_argument()) continue;
    const std::string name = fmt::format("\\fI{}\\fR", roff(option.names().front()));
    out += option.is_required() ? fmt::format(" {}", name) : fmt::format(" [{}]", name);
  }
  if (!line.inner().empty()) out += " \\fIACTION\\fR ...";
  out += fmt::format("\n.SH DESCRIPTION\n{}\n", roff(command.description));
  for (const CommandLine& action : line.inner()) {
    out += fmt::format(".SH \"ACTION {}\"\n{}\n{}", roff(action.name()), roff(action.help()), options_of(action));
  }
  out += fmt::format(".SH OPTIONS\n{}", options_of(line));
  out += "The options \\-\\-map and \\-\\-profile and the environment are described in\n.BR lacuna (1).\n.SH EXAMPLES\n";
  for (const Example& e : command.examples) out += fmt::format(".TP\n.B {}\n{}\n", roff(e.command), roff(e.says));
  if (!line.footer().empty()) out += fmt::format(".SH RULES\n.nf\n{}.fi\n", roff(line.footer()));
  out += fmt::format(
      ".SH DIAGNOSTICS\n{} Status 0 when done, 1 when it failed, 2 for wrong usage; errors name the file or argument, what is "
      "wrong and what to do.\n",
      roff(command.diagnostics));
  return out;
}

const CommandLine& line_of(const CommandLine& program, const Command& command) {
  return *std::ranges::find(program.inner(), command.name, &CommandLine::name);
}

void declare_man(CommandLine& line, Context& /*context*/) {
  auto& name = line.hold<std::string>();
  line.add("COMMAND", &name, "The command whose page is wanted; default: the program's own page");
  line.runs([&line, &name] {
    const CommandLine& program = line.root();
    if (name.empty()) return deliver(page_of_program(program), "");
    for (const Command& c : commands()) {
      if (c.name == name) return deliver(page_of(c, line_of(program, c)), "");
    }
    throw Error(ErrorCode::usage, "",
                fmt::format("there is no command \"{}\"; one of {}", shortened(name, 40), join(names_in(commands()), ", ")));
  });
}

constexpr Example man_examples[] = {
    {"lacuna man gaps | man -l -", "Reads the page of a command."},
    {"lacuna man | man -l -", "The page of the program: options, files, environment."},
    {"lacuna man link > lacuna-link.1", "A page as a file, to be installed with the others."},
};

}  // namespace

extern const Command cmd_man{"man",
                             "the manual page of the program or of a command",
                             "Prints a page for man(1), made from the same table as --help.",
                             man_examples,
                             "",
                             declare_man};

}  // namespace lacuna
