// What a command of the program is, and what commands share.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/names.hpp"
#include "cli/answers.hpp"
#include "cli/options.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/workbench.hpp"

namespace lacuna {

/// Bytes of a file of weights: the built-in one has some thousands.
constexpr std::size_t most_of_a_profile = std::size_t{1} << 20;

/// What commands know of their surroundings.
struct Context {
  std::string map_path = "lacuna.db";
  std::string profile_path;
  std::string catalogues;  ///< Empty: as catalogues_file() says.
  std::string program = "lacuna";
  int exit_status = 0;
  Answers* answers = &terminal_answers();

  void print(const Result& result, const ListingArguments& arguments) const { answers->rows(result, arguments); }
  void deliver(std::string_view bytes, const std::string& path) const { answers->bytes(bytes, path); }
  /// Tells where the catalogues here are not those that the map was made with; see catalogue_differences().
  void tell_catalogues(const Store& store) const;
  /// Throws Error(usage) when bytes of that format, which are no text, would go to a terminal.
  void keep_from_terminal(std::string_view format, const std::string& path) const { answers->expect_binary(format, path); }

  /// The profile that the user named, or the built-in one.
  [[nodiscard]] const Profile& profile();

 private:
  std::optional<Profile> profile_;
};

struct Example {
  std::string_view command;
  std::string_view says;
};

/// A row of the table of commands. Help, man page and completion are made from it.
struct Command {
  std::string_view name;
  std::string_view help;         ///< One line.
  std::string_view description;  ///< Paragraphs for the man page, separated by an empty line.
  std::span<const Example> examples;
  std::string_view diagnostics;             ///< What can go wrong and what the exit status says; empty for the usual.
  void (*declare)(CommandLine&, Context&);  ///< Adds the options, and what runs.
  /// What it hands to Answers; those of `rows` and `file` change nothing, and the server asks them, too.
  enum class Makes : std::uint8_t { nothing, rows, file } makes = Makes::nothing;
};

/// All commands, in the order in which help lists them.
std::span<const Command> commands();
/// Declares every command.
void declare_program(CommandLine& program, Context& context);

/// The options of every listing, as typed.
struct ListingArguments : Asked {
  std::string format = "table";
  std::string output;
};

/// Which of the shared options a command takes.
struct Takes {
  bool format = true;
  bool scope = true;
  bool filters = true;  ///< --objective, --topic
  bool limit = true;
  bool as_of = true;  ///< --as-of, --known-by, --tag, --include-suggested
  bool explain = true;
};
/// --objective and --topic.
void add_need_filters(CommandLine& line, std::string& objective, std::string& topic);
void add_listing_options(CommandLine& line, ListingArguments& arguments, const Takes& takes);

/// What they ask for: JSON has the evidence.
Asked asked_by(const ListingArguments& arguments);
/// The option --by of a coverage matrix, and what it asks for: "need" means needs of all kinds.
void add_rows_option(CommandLine& line, std::string& by, std::string_view of);
void ask_for_rows(MatrixParams& params, const Graph& graph, const std::string& by, const std::vector<std::string>& groups);

/// The session that a name means: "Session 2", or the 2 of it.
NodeId session_called(const Graph& graph, const std::string& name);

/// Writes bytes to a file (beside it, then renamed) or, for an empty path, to standard output. Where that is a terminal, nothing
/// in them steers it. Throws Error(io).
void deliver(std::string_view bytes, const std::string& path);
/// Makes bytes for that path: an Error(io) of making them that names no file is one of this file.
std::string made_for(const std::string& path, const std::function<std::string()>& make);
/// Says on standard output what a command has done to a file. Throws Error(io), saying that it is done all the same, where that
/// cannot be written.
void tell_change(const std::string& changed, std::string_view text);
/// Text on standard output whose escape sequences are our own.
void show_marked(std::string_view text);

/// As deliver(), of pieces as they are made: `produce` hands each to the function that it is given. Throws Error(io), and what
/// `produce` throws; a file then stays as it was.
void deliver_in_pieces(const std::function<void(const std::function<void(std::string_view)>&)>& produce, const std::string& path);

/// What a long command is doing, on a terminal; an empty text clears it.
void say_stage(std::string_view text);

}  // namespace lacuna
