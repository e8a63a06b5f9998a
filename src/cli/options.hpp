// The command line as rows: which commands and options there are, what their values are called, must be and go into. One
// translation unit turns them into the parser's; help, man pages, completion and the guard of inputs read the rows.
#pragma once

#include <any>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lacuna {

/// What a value must be. Error texts name what would do.
struct NotEmpty {};  ///< An unset variable of the shell must not change the answer.
struct ExistingFile {};
struct OneOf {
  std::vector<std::string> names;
};
struct WholeNumber {
  int least;
  int most;
};
struct Share {
  double least;
  double most;
};

/// What a shell may offer where a value is typed, beside the names of a closed list.
struct Files {
  std::vector<std::string> endings;  ///< ".docx"; empty: any file.
};
struct NamesOnMap {
  std::string kind;  ///< Of nodes; or "need", "node" (any), "tag".
};
using Offer = std::variant<std::monostate, Files, NamesOnMap>;
using Check = std::variant<std::monostate, NotEmpty, ExistingFile, OneOf, WholeNumber, Share>;

/// An option, a flag (its target is a bool) or an argument. Setters give the option back.
class Option {
 public:
  using Target = std::variant<std::monostate, bool*, std::size_t*, double*, std::string*, std::vector<std::string>*>;

  Option(std::string_view names, Target target, std::string help);

  Option& called(std::string type) { return type_ = std::move(type), *this; }  ///< What its values are: "DATE".
  Option& help(std::string text) { return help_ = std::move(text), *this; }
  Option& check(Check check) { return check_ = std::move(check), *this; }
  Option& offers(Offer offer) { return offer_ = std::move(offer), *this; }
  Option& required() { return required_ = true, *this; }
  Option& shows_default() { return shows_default_ = true, *this; }  ///< What its target holds is the default, and help says so.
  Option& commas() { return commas_ = true, *this; }                ///< Several values may be given with commas.
  Option& values(int number) { return values_ = number, *this; }    ///< Exactly so many.
  Option& excludes(Option& other) { return excludes_.push_back(&other), *this; }
  Option& needs(Option& other) { return needs_.push_back(&other), *this; }

  [[nodiscard]] const std::vector<std::string>& names() const {
    return names_;
  }  ///< With their dashes, as declared; of an argument, one.
  [[nodiscard]] bool is_argument() const { return names_.front().front() != '-'; }
  [[nodiscard]] bool takes_value() const { return target_.index() > 1; }
  [[nodiscard]] bool is_required() const { return required_; }
  [[nodiscard]] const std::string& type() const { return type_; }
  [[nodiscard]] const Check& check() const { return check_; }
  [[nodiscard]] const Offer& offer() const { return offer_; }
  [[nodiscard]] bool takes_commas() const { return commas_; }
  [[nodiscard]] bool takes_many() const { return target_.index() == 5; }
  [[nodiscard]] const std::string& help() const { return help_; }

  /// What its target holds, as it would be typed; empty for flags, for nothing and for 0.
  [[nodiscard]] std::string initial() const;

  /// Once parsed: whether it was given, and the values as they were typed.
  [[nodiscard]] bool given() const { return given_; }
  [[nodiscard]] const std::vector<std::string>& typed() const { return typed_; }

 private:
  friend class Parser;
  std::vector<std::string> names_;
  Target target_;
  std::string help_;
  std::string type_;
  Check check_;
  Offer offer_;
  bool required_ = false;
  bool shows_default_ = false;
  bool commas_ = false;
  int values_ = 0;
  std::vector<Option*> excludes_;
  std::vector<Option*> needs_;
  bool given_ = false;
  std::vector<std::string> typed_;
};

/// The program, a command or an action of a command.
class CommandLine {
 public:
  CommandLine(std::string_view name, std::string_view help, CommandLine* outer = nullptr);
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Room for what the options of a command set; lives as long as the command line.
  template <class T>
  T& hold() {
    return *static_cast<T*>(held_.emplace_back(std::make_shared<T>()).get());
  }
  template <class T>
  T& hold(T value) {
    return *static_cast<T*>(held_.emplace_back(std::make_shared<T>(std::move(value))).get());
  }
  /// `names` as "-o,--output"; of an argument, "NAME".
  Option& add(std::string_view names, Option::Target target, std::string help) {
    return options_.emplace_back(names, target, std::move(help));
  }
  /// The option of that name, which there must be.
  Option& option(std::string_view name);
  CommandLine& add_inner(std::string_view name, std::string_view help) { return inner_.emplace_back(name, help, this); }
  void footer(std::string text) { footer_ = std::move(text); }
  void version(std::string text);  ///< Adds --version.
  void runs(std::function<void()> run) { run_ = std::move(run); }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& help() const { return help_; }
  [[nodiscard]] const std::string& footer() const { return footer_; }
  [[nodiscard]] const std::deque<Option>& options() const { return options_; }
  [[nodiscard]] const std::deque<CommandLine>& inner() const { return inner_; }
  [[nodiscard]] const CommandLine& root() const { return outer_ == nullptr ? *this : outer_->root(); }

  /// Once parsed: the command that was typed; null where there was none.
  [[nodiscard]] const CommandLine* chosen() const { return chosen_; }
  /// The program, the chosen command, its chosen action.
  [[nodiscard]] std::vector<const CommandLine*> chosen_levels() const;
  /// Carries out what was chosen.
  void run() const;

 private:
  friend class Parser;
  std::string name_;
  std::string help_;
  std::string footer_;
  std::string version_;
  CommandLine* outer_;
  std::deque<Option> options_;
  std::deque<CommandLine> inner_;
  std::function<void()> run_;
  std::vector<std::shared_ptr<void>> held_;
  const CommandLine* chosen_ = nullptr;
};

/// What came of parsing: something to run, a text to show (help, version), or what is wrong.
struct Parsed {
  enum class Outcome : std::uint8_t { runs, shows, wrong } outcome = Outcome::runs;
  std::string text;
  bool unknown_words = false;  ///< Wrong, because nothing takes what was typed.
};
/// Sets the targets of the options. Commands of the first level and actions must be named where there are any.
Parsed parse(CommandLine& program, int argc, const char* const* argv);

}  // namespace lacuna
