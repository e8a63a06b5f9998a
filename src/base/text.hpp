// Small text and file helpers that every folder uses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// ASCII lower case; other bytes stay. Identifiers of standards bodies are ASCII.
std::string lower(std::string_view text);

/// `items` joined by `separator`.
std::string join(const std::vector<std::string>& items, std::string_view separator);

/// "1 need", "2 needs": the plural adds an s.
std::string count_of(std::size_t n, std::string_view noun);

/// "a session", "an objective".
std::string with_article(std::string_view noun);

/// True for well-formed UTF-8 without NUL.
bool is_clean_utf8(std::string_view text);

/// Number of code points of well-formed UTF-8.
std::size_t length_of(std::string_view utf8);

/// The first `length` code points, with "…" in the last place when something was cut.
std::string shortened(std::string_view utf8, std::size_t length);

/// The text in lines of at most `width` code points, broken at spaces; a longer word is cut.
std::vector<std::string> wrapped(std::string_view utf8, std::size_t width);

/// The next word of a text as it stands there: a run of letters and digits, those of other scripts included. Moves `rest` behind it; empty at the end.
std::string_view next_word(std::string_view& rest);

/// The words of a text: runs of letters and digits in lower case, at least two long. Letters of other scripts
/// belong to words and keep their case.
std::vector<std::string> words_of(std::string_view text);

/// 16 hexadecimal digits of the FNV-1a hash of the bytes: tells contents apart, protects nothing.
std::string fingerprint(std::string_view bytes);

/// The whole file. Throws Error(io), saying why, when it cannot be read.
std::string read_file(const std::string& path);

/// A file that takes the place of `path` only when it is complete: written beside it, then renamed. A symbolic link stays one,
/// and who may read the file stays as it was. What a killed process left beside is removed.
class Replacement {
 public:
  /// Throws Error(io) when `path` is something that a file cannot replace: a folder, a device, a pipe.
  explicit Replacement(const std::string& path);
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement();  ///< Removes the part unless it was committed.

  /// Where to write. No other process writes there.
  [[nodiscard]] const std::string& part() const { return part_; }
  /// Brings the part to the disk and renames it. Throws Error(io).
  void commit();

 private:
  std::string path_;    ///< As the user called it.
  std::string target_;  ///< With links resolved.
  std::string part_;
  bool committed_ = false;
};

/// From now on, a signal that ends the process (Ctrl-C, hang-up, termination) first removes the part of a Replacement that is under way and
/// says so. The process then ends by that signal.
void tidy_up_when_interrupted();

/// Writes all bytes or leaves the file as it was; devices and pipes are written to as they are. Throws Error(io).
void write_file(const std::string& path, std::string_view bytes);

/// The text with control characters, and characters that turn the direction of writing, as blanks, and malformed bytes as U+FFFD:
/// safe on a terminal and in XML.
std::string harmless(std::string_view text);

}  // namespace lacuna
