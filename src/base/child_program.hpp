// Other programs, asked for what they print.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lacuna {

/// What a program printed on standard output, and how it ended.
struct Printed {
  std::string text;
  int status = 0;         ///< 0 where it ended well.
  bool too_much = false;  ///< It printed more than was asked for, and was ended.
};

/// Runs a program that is found along PATH, without a shell, with nothing on its standard input and its complaints thrown away.
/// Nothing where there is no such program. Reads at most `most` bytes. Throws Error(io) where it cannot be run for another
/// reason.
std::optional<Printed> printed_by(const std::vector<std::string>& command, std::size_t most);

}  // namespace lacuna
