// The one door for what the program reads and writes: whole files, files and folders that are replaced in one step, and locks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// What read_file() takes at most unless it is told otherwise: more than any file that is read as a whole has reason to be.
constexpr std::size_t most_of_a_file = std::size_t{1} << 30;

/// The whole file. Throws Error(io), saying why, when it cannot be read, or holds more than `most` bytes: a device may never end.
std::string read_file(const std::string& path, std::size_t most = most_of_a_file);
/// Its beginning, at most so many bytes; empty where it cannot be read: whoever reads on is told why.
std::string read_beginning(const std::string& path, std::size_t most);

/// The file or folder that a path means: the same by whatever name, link or mount it is reached.
struct FileId {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};
/// What stands at a place, links followed; of type not_found where nothing does. Throws Error(io) where that cannot be told: a
/// file that cannot be looked at is never taken for one that is not there.
std::filesystem::file_status status_of(const std::string& path);

/// False for nothing, and for an empty file. Throws Error(io) as status_of().
bool holds_something(const std::string& path);

/// Nothing where there is no such file. Links are followed. Throws Error(io) as status_of().
std::optional<FileId> file_id(const std::string& path);

/// The path with links at its end followed, also where what they point to does not exist. Throws Error(io) for links in a circle.
std::string resolved(const std::string& path);

/// The path itself. Throws Error(io) when it is something that a file cannot replace: a folder, a device, a pipe.
const std::string& replaceable(const std::string& path);

/// Keeps everybody else who takes it for the same path out, until it goes. The path need not exist: an empty file beside it
/// carries the lock, and goes with it. What a killed process leaves of it keeps nobody out.
class FileLock {
 public:
  /// Waits a few seconds; then throws Error(io) saying that another command is at work. Throws Error(io) where nothing can be
  /// written beside `path`.
  explicit FileLock(const std::string& path);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  int attempt(const std::string& path);
  std::string file_;
  int descriptor_ = -1;
};

/// Removes what a killed process left of its lock, if it can.
void forget_lock(const std::string& path);

/// Tells the user, where standard error is a terminal, that somebody else is waited for; and whether to go on waiting.
class Patience {
 public:
  explicit Patience(std::string path) : path_(std::move(path)) {}
  /// Sleeps a little. False when the time is over.
  bool wait();

 private:
  std::string path_;
  int slept_ = 0;  ///< Milliseconds.
};

/// A file under a passing name, locked and removed again unless it is kept; also when a signal ends the process. What a killed
/// process left is swept away by the next one that writes the same target.
class Part {
 public:
  /// Beside `target`, whose rights it takes over where it exists. `told` is what the user calls the target. Throws Error(io).
  Part(const std::string& target, std::string told);
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  ~Part();

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Adds bytes at its end. Throws Error(io).
  void write(std::string_view bytes);
  /// Brings it to the disk, with exactly the rights of the target. Throws Error(io).
  void sync();
  /// It has its final name now, or goes its own way.
  void release();

 private:
  std::string path_;
  std::string target_;
  std::string told_;
  int descriptor_ = -1;
  bool released_ = false;
};

/// A file that takes the place of `path` only when it is complete: written beside it, then renamed. A symbolic link stays one,
/// and who may read the file stays as it was; another hard link keeps the earlier content.
class Replacement {
 public:
  /// What may be replaced: a map takes the place of a map; any other file takes the place of none.
  enum class By : std::uint8_t { file, map };
  /// Throws Error(io) when `path` is something that a file cannot replace: a folder, a device, a pipe. Throws Error(usage) when
  /// it is a map, or another database, and a file is to go there.
  explicit Replacement(const std::string& path, By by = By::file);

  /// Where to write. No other process writes there.
  [[nodiscard]] const std::string& part() const { return part_->path(); }
  /// Adds bytes at the end of the part. Throws Error(io).
  void write(std::string_view bytes) { part_->write(bytes); }
  /// Brings the part and its new name to the disk. Throws Error(io).
  void commit();

 private:
  std::string path_;    ///< As the user called it.
  std::string target_;  ///< With links resolved.
  std::unique_ptr<Part> part_;
};

/// Writes all bytes or leaves the file as it was; devices and pipes are written to as they are. Throws Error(io).
void write_file(const std::string& path, std::string_view bytes);

/// New files of a folder, by name, each of which gets its name when it is whole and on the disk. Throws Error(io); those that
/// have their names by then stay.
void add_files(const std::string& folder, const std::vector<std::pair<std::string, std::string_view>>& files);

/// Files of one folder that get their names together: all of them or none. Other files of the folder stay. What must be renamed
/// is first written down in the folder, so that whoever opens it next finishes what a killed process had begun.
class FolderReplacement {
 public:
  /// Makes the folder where there is none. Throws Error(io).
  explicit FolderReplacement(const std::string& folder);

  /// A file to be. Throws Error(io).
  void put(const std::string& name, std::string_view bytes);
  /// A file that goes.
  void remove(const std::string& name);
  /// Throws Error(io); then nothing was changed.
  void commit();

 private:
  std::string folder_;
  std::map<std::string, std::unique_ptr<Part>> parts_;
  std::vector<std::string> removed_;
};

/// Keeps a folder as it is while its files are read: nobody replaces them meanwhile. Finishes what a killed process had begun.
/// Throws Error(io).
class FolderReading {
 public:
  explicit FolderReading(const std::string& folder);
  FolderReading(const FolderReading&) = delete;
  FolderReading& operator=(const FolderReading&) = delete;
  ~FolderReading();

 private:
  int descriptor_ = -1;
};

/// From now on, a signal that ends the process (Ctrl-C, hang-up, termination, quit) first removes the parts that are under way
/// and says so, and gives the terminal back as it was. The process then ends by that signal. A file that may grow no further is
/// an error, not the end of the process.
void tidy_up_when_interrupted();

/// As long as it lives, standard input is a terminal that gives keys as they are pressed, or lines as people edit them; either
/// way an interrupt comes as the character 3, which ends a line. Nothing where it is none. Signals end it, too.
class RawTerminal {
 public:
  enum class Gives : std::uint8_t { keys, lines };
  explicit RawTerminal(Gives gives = Gives::keys);
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;
  ~RawTerminal();
};

}  // namespace lacuna
