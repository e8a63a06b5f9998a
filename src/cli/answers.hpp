// Where the answer of a command goes: to a terminal or a file, or into a page of the server. Commands hand over values; what
// becomes of them is told here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lacuna/result.hpp"

namespace lacuna {

struct ListingArguments;

class Answers {
 public:
  Answers() = default;
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;
  virtual ~Answers() = default;

  /// Rows, in the format and for the output that the arguments name.
  virtual void rows(const Result& result, const ListingArguments& arguments) = 0;
  /// The bytes of a file, for the output of that path; empty: none was named.
  virtual void bytes(std::string_view bytes, const std::string& path) = 0;
  /// What stands beside an answer, in a line for people.
  virtual void note(std::string_view line) = 0;
  /// What a paper leaves for people to fill in.
  virtual void blanks(const std::vector<std::string>& /*blanks*/) {}
  /// Throws Error(usage) where bytes of that format would go to somebody who can only read text.
  virtual void expect_binary(std::string_view format, const std::string& path) = 0;
};

/// Standard output, standard error, and files.
Answers& terminal_answers();

}  // namespace lacuna
