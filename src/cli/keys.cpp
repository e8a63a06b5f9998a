#include "cli/keys.hpp"

#include <algorithm>
#include <cctype>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/files.hpp"

namespace lacuna {

std::size_t screen_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 60) return 100;
  return std::min<std::size_t>(size.ws_col, 160);
}

Keys::Keys() : terminal_(::isatty(STDIN_FILENO) != 0) {}

std::optional<char> Keys::read() {
  char c = 0;
  if (!ended_ && ::read(STDIN_FILENO, &c, 1) == 1 && c != 3 && c != 4) return c;
  interrupted_ = interrupted_ || c == 3;
  ended_ = true;
  return std::nullopt;
}

char Keys::next() {
  const RawTerminal raw;
  while (const auto c = read()) {
    if (std::isspace(static_cast<unsigned char>(*c)) == 0) return static_cast<char>(std::tolower(static_cast<unsigned char>(*c)));
  }
  return 'q';
}

std::optional<std::string> Keys::line() {
  const RawTerminal edited(RawTerminal::Gives::lines);
  std::string text;
  bool whole = false;
  for (bool first = !terminal_; !whole; first = false) {
    const auto c = read();
    if (!c) break;
    if (*c == '\n') {
      whole = !first;
      continue;
    }
    text += *c;
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
  text.erase(0, text.find_first_not_of(' '));
  if (interrupted_) return std::nullopt;
  // A last line may lack its end.
  return whole || !text.empty() ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace lacuna
