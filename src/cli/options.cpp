#include "cli/options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <stdexcept>

#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {

Option::Option(std::string_view names, Target target, std::string help) : target_(target), help_(std::move(help)) {
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t end = std::min(names.find(',', at), names.size());
    names_.emplace_back(names.substr(at, end - at));
    at = end + 1;
  }
  if (takes_value()) type_ = "TEXT";
}

std::string Option::initial() const {
  if (const auto* number = std::get_if<std::size_t*>(&target_)) return **number == 0 ? "" : std::to_string(**number);
  if (const auto* share = std::get_if<double*>(&target_)) return **share == 0 ? "" : fmt::format("{}", **share);
  if (const auto* text = std::get_if<std::string*>(&target_)) return **text;
  return {};
}

CommandLine::CommandLine(std::string_view name, std::string_view help, CommandLine* outer)
    : name_(name), help_(help), outer_(outer) {
  add("-h,--help", {}, "Print this help message and exit");
}

Option& CommandLine::option(std::string_view name) {
  for (Option& option : options_) {
    if (std::ranges::find(option.names(), name) != option.names().end()) return option;
  }
  throw std::logic_error("no option " + std::string(name));
}

void CommandLine::version(std::string text) {
  version_ = std::move(text);
  add("--version", {}, "Display program version information and exit");
}

std::vector<const CommandLine*> CommandLine::chosen_levels() const {
  std::vector<const CommandLine*> levels{this};
  while (levels.back()->chosen_ != nullptr) levels.push_back(levels.back()->chosen_);
  return levels;
}

void CommandLine::run() const {
  const CommandLine& last = *chosen_levels().back();
  if (last.run_) last.run_();
}

namespace {

CLI::Validator validator(const NotEmpty&) {
  return {[](std::string& value) {
            return value.empty() ? std::string("is empty; leave the option out, or say what is meant") : std::string();
          },
          "", "not empty"};
}

CLI::Validator validator(const ExistingFile&) {
  return {[](std::string& value) {
            std::error_code problem;
            if (std::filesystem::is_directory(value, problem)) return fmt::format("{} is a folder", shortened(value, 80));
            return std::filesystem::exists(value, problem) ? std::string()
                                                           : fmt::format("{} does not exist", shortened(value, 80));
          },
          "", "existing file"};
}

CLI::Validator validator(const OneOf& check) {
  return {[names = check.names](std::string& value) {
            if (std::ranges::find(names, value) != names.end()) return std::string();
            std::string hint = did_you_mean(value, {names.begin(), names.end()});
            if (hint.empty()) hint = "; one of " + join(names, ", ");
            return fmt::format("\"{}\" is not known here{}", shortened(value, 40), hint);
          },
          "", "one of"};
}

CLI::Validator validator(const WholeNumber& check) { return CLI::Range(check.least, check.most); }
CLI::Validator validator(const Share& check) { return CLI::Range(check.least, check.most); }

}  // namespace

/// The rows as the parser's objects, and what it found back in the rows.
class Parser {
 public:
  explicit Parser(CommandLine& program) { declare(program, app_); }

  Parsed parse(int argc, const char* const* argv) {
    Parsed parsed;
    try {
      app_.parse(argc, argv);
    } catch (const CLI::Success& success) {
      std::ostringstream text;
      app_.exit(success, text, text);
      parsed = {Parsed::Outcome::shows, text.str()};
    } catch (const CLI::ParseError& error) {
      parsed = {Parsed::Outcome::wrong, error.what(), dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr};
    }
    for (auto& [row, option] : options_) {
      row->given_ = option->count() > 0;
      row->typed_ = option->results();
    }
    for (auto& [line, app] : lines_) {
      const auto chosen = app->get_subcommands();
      for (CommandLine& inner : line->inner_) {
        if (!chosen.empty() && chosen.front()->get_name() == inner.name_) line->chosen_ = &inner;
      }
    }
    return parsed;
  }

 private:
  void declare(CommandLine& line, CLI::App& app) {
    lines_.emplace_back(&line, &app);
    app.name(line.name_);
    app.description(line.help_);
    app.footer(line.footer_);
    app.fallthrough();
    if (!line.version_.empty()) app.set_version_flag("--version", line.version_);
    for (Option& row : line.options_) {
      if (CLI::Option* option = added(row, app); option != nullptr) options_[&row] = option;
    }
    for (Option& row : line.options_) {
      for (Option* other : row.excludes_) options_.at(&row)->excludes(options_.at(other));
      for (Option* other : row.needs_) options_.at(&row)->needs(options_.at(other));
    }
    if (!line.inner_.empty()) app.require_subcommand(1);
    for (CommandLine& inner : line.inner_) declare(inner, *app.add_subcommand(inner.name_, inner.help_));
  }

  /// Null for what the parser has by itself: --help and --version.
  static CLI::Option* added(Option& row, CLI::App& app) {
    const std::string names = join(row.names_, ",");
    CLI::Option* option = std::visit(
        [&]<class T>(T target) -> CLI::Option* {
          if constexpr (std::is_same_v<T, std::monostate>)
            return nullptr;
          else if constexpr (std::is_same_v<T, bool*>)
            return app.add_flag(names, *target, row.help_);
          else
            return app.add_option(names, *target, row.help_);
        },
        row.target_);
    if (option == nullptr) return nullptr;
    if (row.required_) option->required();
    if (row.commas_) option->delimiter(',');
    if (row.values_ > 0) option->expected(row.values_);
    std::visit(
        [&]<class T>(const T& check) {
          if constexpr (!std::is_same_v<T, std::monostate>) option->check(validator(check));
        },
        row.check_);
    if (row.takes_value()) option->type_name(row.type_);
    if (row.shows_default_) option->capture_default_str();
    return option;
  }

  CLI::App app_;
  std::map<Option*, CLI::Option*> options_;
  std::vector<std::pair<CommandLine*, CLI::App*>> lines_;
};

Parsed parse(CommandLine& program, int argc, const char* const* argv) { return Parser(program).parse(argc, argv); }

}  // namespace lacuna
