// What people type on a terminal, key by key and line by line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace lacuna {

/// Columns for texts that are read one after the other on a terminal: as wide as it is, from 60 to 160; else 100.
std::size_t screen_width();

/// Single keys and lines from standard input: from a terminal without waiting for the line to end, from a pipe as they come.
class Keys {
 public:
  Keys();

  /// The next key that is no blank, in lower case; 'q' at the end of the input and for an interrupt: the terminal is to be left
  /// as it was.
  char next();
  /// A line, without blanks at its ends; nothing at the end of the input and for an interrupt. From a pipe, the end of the line
  /// on which the key stood does not count.
  std::optional<std::string> line();
  /// After the end of the input, or an interrupt.
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  /// The next character; nothing after the end.
  std::optional<char> read();

  bool terminal_;
  bool ended_ = false;
  bool interrupted_ = false;
};

}  // namespace lacuna
