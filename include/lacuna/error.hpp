// The one error type of the program, and the diagnostics that importers and the validator return.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// Why a command could not be done. The command line turns `usage` into exit status 2 and every other code into 1.
enum class ErrorCode : std::uint8_t { usage, not_found, ambiguous, bad_input, io, not_a_map, newer_map, damaged_map, internal };

/// A failure that ends the command. `what()` reads "WHERE: MESSAGE" and says what to do about it.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string where, const std::string& message);

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  /// File, map or argument that is at fault; may be empty.
  [[nodiscard]] const std::string& where() const noexcept { return where_; }

 private:
  ErrorCode code_;
  std::string where_;
};

/// A place in an input. Lines count from 1; line 0 means "the file as a whole".
struct Where {
  std::uint32_t file = 0;  ///< Index into the list of files that travels with the records.
  std::uint32_t line = 0;
  /// What is said is the same wherever it was read.
  friend bool operator==(const Where&, const Where&) { return true; }
};

enum class Severity : std::uint8_t { error, warning };

/// Something wrong with an input. Bad data is never an exception: it is one of these, so that all faults are told at once.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string file;
  std::uint32_t line = 0;
  std::string message;  ///< One sentence: what is wrong, and after a semicolon what to do.

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// "FILE:LINE: error: MESSAGE"; the line is left out when it is 0.
std::string to_string(const Diagnostic& diagnostic);

/// Where nothing goes on after a fault of an input: the same as what ends the command.
Error error_of(const Diagnostic& diagnostic);

/// How many of the diagnostics are errors. Linear.
std::size_t count_errors(const std::vector<Diagnostic>& diagnostics);

/// "; did you mean "X"?" for the candidate nearest to `word`, or nothing when none is near (an edit distance of at most a
/// third of the word's length). O(candidates × length²).
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace lacuna
