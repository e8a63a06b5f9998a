#include "base/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view part_infix = ".part-";
constexpr std::string_view own_suffix = "-lacuna";
constexpr std::string_view lock_suffix = ".lock-lacuna";
constexpr std::string_view commit_name = ".commit-lacuna";
constexpr int again = -1;
constexpr std::size_t longest_name = 255;  // NAME_MAX of every file system that matters

[[noreturn]] void cannot_write(const std::string& path, int error) {
  throw Error(ErrorCode::io, path, fmt::format("cannot be written: {}; nothing was changed", std::strerror(error)));
}

std::string folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? std::string(".") : parent.string();
}

/// A name beside `target` made of its own and a suffix; of a name that would be too long, only a fingerprint.
std::string beside(const std::string& target, std::string_view suffix) {
  const fs::path path = target;
  std::string name = path.filename().string();
  if (name.size() + suffix.size() > longest_name) name = fingerprint(name);
  return (path.parent_path() / (name + std::string(suffix))).string();
}

/// True for a name that Part gives, beside a target whose parts begin with `prefix`: digits, and the mark of the program.
bool is_part_name(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  return digits > 0 && name.substr(digits) == own_suffix;
}

/// Nothing where it cannot be told.
std::optional<bool> names_it(const std::string& path, int descriptor) {
  struct stat named {
  }, open{};
  if (::stat(path.c_str(), &named) != 0) return errno == ENOENT ? std::optional(false) : std::nullopt;
  if (::fstat(descriptor, &open) != 0) return std::nullopt;
  return named.st_dev == open.st_dev && named.st_ino == open.st_ino;
}

bool means(const std::string& path, int descriptor) { return names_it(path, descriptor).value_or(false); }

int try_lock(int descriptor, int how) {
  while (::flock(descriptor, how | LOCK_NB) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

/// Brings new and vanished names of a folder to the disk. Some file systems cannot; a rename that went through stands all the
/// same.
void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Removes parts of `target` whose makers are gone: these hold no lock any more.
void sweep(const std::string& target) {
  const std::string prefix = fs::path(beside(target, part_infix)).filename().string();
  std::error_code problem;
  for (fs::directory_iterator entry(folder_of(target), problem), end; !problem && entry != end; entry.increment(problem)) {
    const std::string name = entry->path().filename().string();
    if (!is_part_name(name, prefix)) continue;
    const int descriptor = ::open(entry->path().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) continue;
    struct stat status {};
    const bool ours = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    if (ours && try_lock(descriptor, LOCK_EX) == 0 && means(entry->path().string(), descriptor)) ::unlink(entry->path().c_str());
    ::close(descriptor);
  }
}

// ---- What a signal has to put right. The handler sees whole entries only: they are linked in when they are complete, and never
// freed.

struct Doomed {
  char path[4096] = {};
  std::atomic<bool> alive = false;
  std::atomic<bool> change = false;  ///< Part of a change that is not made yet; a lock is none.
  Doomed* next = nullptr;
};
std::atomic<Doomed*> all_doomed = nullptr;
std::atomic<bool> terminal_changed = false;
termios terminal_before{};

void doom(const std::string& path, bool change) {
  if (path.size() >= sizeof Doomed::path) return;
  Doomed* entry = all_doomed;
  while (entry != nullptr && entry->alive) entry = entry->next;
  const bool fresh = entry == nullptr;
  if (fresh) entry = new Doomed;
  std::memcpy(entry->path, path.c_str(), path.size() + 1);
  entry->change = change;
  entry->alive = true;
  if (!fresh) return;
  entry->next = all_doomed;
  all_doomed = entry;
}

void spare(const std::string& path) {
  for (Doomed* entry = all_doomed; entry != nullptr; entry = entry->next) {
    if (entry->alive && path == entry->path) entry->alive = false;
  }
}

/// Calls nothing but what may be called in a signal handler.
void interrupted(int signal) {
  if (terminal_changed) ::tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
  bool any = false;
  for (Doomed* entry = all_doomed; entry != nullptr; entry = entry->next) {
    if (!entry->alive) continue;
    ::unlink(entry->path);
    any = any || entry->change;
  }
  if (any) {
    constexpr std::string_view message = "\nlacuna: interrupted; nothing was changed\n";
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, message.data(), message.size());
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

constexpr int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/// While names change, a signal waits: what it would say is not true then.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : ending_signals) sigaddset(&ending, signal);
    ::pthread_sigmask(SIG_BLOCK, &ending, &before_);
  }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;
  ~SignalsWait() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// All bytes to an open file; 0 or the error.
int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(n));
    else if (errno != EINTR)
      return errno;
  }
  return 0;
}

bool is_database(const std::string& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  constexpr std::string_view magic("SQLite format 3\0", 16);
  char begin[16] = {};
  return file && std::fread(begin, 1, sizeof begin, file.get()) == sizeof begin && std::string_view(begin, sizeof begin) == magic;
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most) {
  if (std::error_code ignored; fs::is_directory(path, ignored)) {
    throw Error(ErrorCode::io, path, "is a folder, not a file; name a file");
  }
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) throw Error(ErrorCode::io, path, fmt::format("cannot be read: {}", std::strerror(errno)));
  std::string bytes;
  char buffer[1 << 16];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file.get())) {
    if (n > most - bytes.size()) {
      const bool large = most >= (std::size_t{1} << 20);
      throw Error(ErrorCode::io, path,
                  fmt::format("holds more than {} {}; that is no file of this kind", large ? most >> 20 : most >> 10,
                              large ? "MiB" : "KiB"));
    }
    bytes.append(buffer, n);
  }
  if (std::ferror(file.get()) != 0) throw Error(ErrorCode::io, path, fmt::format("cannot be read: {}", std::strerror(errno)));
  return bytes;
}

std::string read_beginning(const std::string& path, std::size_t most) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  std::string bytes(most, '\0');
  bytes.resize(file ? std::fread(bytes.data(), 1, most, file.get()) : 0);
  return bytes;
}

namespace {

[[noreturn]] void cannot_look(const std::string& path, int error) {
  throw Error(ErrorCode::io, path, fmt::format("cannot be looked at: {}; nothing was changed", std::strerror(error)));
}

}  // namespace

fs::file_status status_of(const std::string& path) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (status.type() != fs::file_type::none) return status;
  // Nothing can stand at such a place.
  if (problem.value() == ENAMETOOLONG || problem.value() == ELOOP) return fs::file_status(fs::file_type::not_found);
  cannot_look(path, problem.value());
}

bool holds_something(const std::string& path) {
  if (!fs::exists(status_of(path))) return false;
  std::error_code problem;
  const auto size = fs::file_size(path, problem);
  return problem || size > 0;
}

std::optional<FileId> file_id(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return FileId{status.st_dev, status.st_ino};
  if (fs::exists(status_of(path))) cannot_look(path, EIO);
  return std::nullopt;
}

std::string resolved(const std::string& path) {
  fs::path at = path;
  std::error_code problem;
  for (int links = 0;; ++links) {
    const fs::file_status status = fs::symlink_status(at, problem);
    if (status.type() == fs::file_type::none) cannot_look(path, problem.value());
    if (!fs::is_symlink(status)) break;
    const fs::path next = fs::read_symlink(at, problem);
    if (links == 40 || problem) throw Error(ErrorCode::io, path, "is a symbolic link that leads nowhere; name a file");
    at = next.is_absolute() ? next : at.parent_path() / next;
  }
  return at.string();
}

const std::string& replaceable(const std::string& path) {
  const fs::file_status status = status_of(path);
  if (fs::is_directory(status)) throw Error(ErrorCode::io, path, "is a folder; name a file");
  if (fs::exists(status) && !fs::is_regular_file(status))
    throw Error(ErrorCode::io, path, "is no ordinary file; name one, or a new one");
  return path;
}

bool Patience::wait() {
  constexpr int most = 5000;
  constexpr int step = 20;
  if (slept_ >= most) return false;
  const bool terminal = ::isatty(STDERR_FILENO) != 0;
  if (slept_ == 500 && terminal)
    std::fputs(harmless(fmt::format("waiting: {} is being changed by another command …", path_)).append("\n").c_str(), stderr);
  ::usleep(step * 1000);
  slept_ += step;
  return true;
}

FileLock::FileLock(const std::string& path) : file_(beside(resolved(path), lock_suffix)) {
  Patience patience(path);
  while (const int error = attempt(path)) {
    if (error == again) continue;
    if (error != EWOULDBLOCK)
      throw Error(ErrorCode::io, path, fmt::format("cannot be locked: {}; nothing was changed", std::strerror(error)));
    if (!patience.wait()) throw Error(ErrorCode::io, path, "is being changed by another command; try again when that is done");
  }
}

int FileLock::attempt(const std::string& path) {
  const SignalsWait wait;
  constexpr int how = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
  descriptor_ = ::open(file_.c_str(), how | O_EXCL, 0666);
  const bool made = descriptor_ >= 0;
  if (!made) descriptor_ = ::open(file_.c_str(), how, 0666);
  if (descriptor_ < 0) cannot_write(path, errno);
  const int error = try_lock(descriptor_, LOCK_EX);
  // The one before may have removed the file that we have opened: then the lock is that of nothing.
  if (error == 0 && means(file_, descriptor_)) {
    doom(file_, false);
    return 0;
  }
  if (made && error != 0 && error != EWOULDBLOCK) ::unlink(file_.c_str());
  ::close(descriptor_);
  return error == 0 ? again : error;
}

void forget_lock(const std::string& path) {
  const std::string file = beside(resolved(path), lock_suffix);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return;
  if (try_lock(descriptor, LOCK_EX) == 0 && means(file, descriptor)) ::unlink(file.c_str());
  ::close(descriptor);
}

FileLock::~FileLock() {
  ::unlink(file_.c_str());
  spare(file_);
  ::close(descriptor_);
}

Part::Part(const std::string& target, std::string told) : target_(target), told_(std::move(told)) {
  struct stat old {};
  // What others may not read of the target, they may not read of it on its way; we have to write it.
  const bool there = ::stat(target.c_str(), &old) == 0;
  if (!there && errno != ENOENT) cannot_write(told_, errno);
  const mode_t rights = there ? (old.st_mode & 0777U) | 0600U : 0666U;
  // In two containers on one volume two processes have one number.
  const SignalsWait wait;
  for (std::uint64_t number = static_cast<std::uint64_t>(::getpid());; number += 100'000) {
    path_ = beside(target, fmt::format("{}{}{}", part_infix, number, own_suffix));
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, rights);
    if (descriptor_ < 0 && errno == EEXIST) continue;
    if (descriptor_ < 0) cannot_write(told_, errno);
    // Where locks are not to be had, nobody sweeps either. We have just made it: it is ours unless it is seen not to be.
    if (try_lock(descriptor_, LOCK_EX) != EWOULDBLOCK && names_it(path_, descriptor_).value_or(true)) break;
    ::close(descriptor_);  // Somebody took it for one that was left over.
  }
  doom(path_, true);
}

Part::~Part() {
  if (!released_) {
    ::unlink(path_.c_str());
    spare(path_);
  }
  ::close(descriptor_);
}

void Part::write(std::string_view bytes) {
  if (const int error = write_all(descriptor_, bytes); error != 0) cannot_write(told_, error);
}

void Part::sync() {
  struct stat old {};
  if (::stat(target_.c_str(), &old) == 0 && ::fchmod(descriptor_, old.st_mode & 07777U) != 0) cannot_write(told_, errno);
  // Some file systems cannot sync, and say so with EINVAL.
  if (::fsync(descriptor_) != 0 && errno != EINVAL) cannot_write(told_, errno);
}

void Part::release() {
  spare(path_);
  released_ = true;
}

Replacement::Replacement(const std::string& path, By by) : path_(path), target_(resolved(path)) {
  replaceable(path);
  if (by == By::file && is_database(target_)) {
    throw Error(ErrorCode::usage, path,
                "is a map or another database, and would be lost; name another file, or remove this one first");
  }
  sweep(target_);
  part_ = std::make_unique<Part>(target_, path_);
}

void Replacement::commit() {
  part_->sync();
  const SignalsWait wait;
  if (::rename(part_->path().c_str(), target_.c_str()) != 0) cannot_write(path_, errno);
  part_->release();
  sync_folder(folder_of(target_));
}

void write_file(const std::string& path, std::string_view bytes) {
  const fs::file_status status = status_of(path);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) cannot_write(path, errno);
    int error = write_all(file, bytes);
    if (::close(file) != 0 && error == 0) error = errno;
    if (error != 0) throw Error(ErrorCode::io, path, fmt::format("cannot be written: {}", std::strerror(error)));
    return;
  }
  Replacement replacement(path);
  replacement.write(bytes);
  replacement.commit();
}

namespace {

int open_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw Error(ErrorCode::io, folder, fmt::format("cannot be read: {}", std::strerror(errno)));
  return descriptor;
}

/// The lock of a folder. Where the file system knows none, there is nobody to be kept out.
void lock_folder(int descriptor, int how, const std::string& folder) {
  Patience patience(folder);
  while (try_lock(descriptor, how) == EWOULDBLOCK) {
    if (!patience.wait()) throw Error(ErrorCode::io, folder, "is being changed by another command; try again when that is done");
  }
}

/// A file of the folder itself that a commit may name: it came from elsewhere, perhaps.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

/// Does what is written down in a folder: lines "PART\tNAME" to be renamed, lines "\tNAME" to be removed. What has been done
/// already is passed over. 0 or the error.
int finish_once(const std::string& folder, std::string_view commit) {
  while (!commit.empty()) {
    const std::string_view line = commit.substr(0, commit.find('\n'));
    commit.remove_prefix(std::min(line.size() + 1, commit.size()));
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    const std::string part(line.substr(0, tab));
    const std::string name(line.substr(tab + 1));
    if (!is_plain_name(name)) continue;
    const std::string to = (fs::path(folder) / name).string();
    if (part.empty()) {
      if (::unlink(to.c_str()) != 0 && errno != ENOENT) return errno;
    } else if (is_part_name(part, name + std::string(part_infix)) &&
               ::rename((fs::path(folder) / part).c_str(), to.c_str()) != 0 && errno != ENOENT) {
      return errno;
    }
  }
  sync_folder(folder);
  if (::unlink((fs::path(folder) / commit_name).c_str()) != 0 && errno != ENOENT) return errno;
  sync_folder(folder);
  return 0;
}

/// The same; what fails once may go through the next time, and there is no way back.
int finish(const std::string& folder, std::string_view commit) {
  int error = 0;
  for (int attempt = 0; attempt < 3; ++attempt) {
    error = finish_once(folder, commit);
    if (error == 0) break;
  }
  return error;
}

/// Finishes what was begun, under the lock of the folder.
void finish_begun(const std::string& folder, int descriptor) {
  const std::string commit = (fs::path(folder) / commit_name).string();
  if (!fs::exists(status_of(commit))) return;
  lock_folder(descriptor, LOCK_EX, folder);
  if (!fs::exists(status_of(commit))) return;
  if (const int error = finish(folder, read_file(commit, std::size_t{1} << 20)); error != 0) {
    throw Error(ErrorCode::io, folder,
                fmt::format("an export into it was cut short and cannot be finished: {}; try again where you may write",
                            std::strerror(error)));
  }
}

}  // namespace

FolderReplacement::FolderReplacement(const std::string& folder) : folder_(folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (!fs::is_directory(folder))
    throw Error(ErrorCode::io, folder, fmt::format("cannot be made a folder: {}", problem ? problem.message() : "it is a file"));
  const FolderReading settled(folder);
}

void FolderReplacement::put(const std::string& name, std::string_view bytes) {
  const std::string target = (fs::path(folder_) / name).string();
  std::error_code problem;
  if (fs::is_directory(target, problem)) throw Error(ErrorCode::io, target, "is a folder; name another place");
  sweep(target);
  const auto [place, fresh] = parts_.insert_or_assign(name, std::make_unique<Part>(target, target));
  place->second->write(bytes);
  place->second->sync();
}

void FolderReplacement::remove(const std::string& name) { removed_.push_back(name); }

void FolderReplacement::commit() {
  const int descriptor = open_folder(folder_);
  const auto closed = std::unique_ptr<const int, void (*)(const int*)>(&descriptor, [](const int* d) { ::close(*d); });
  std::string text;
  for (const auto& [name, part] : parts_) text += fmt::format("{}\t{}\n", fs::path(part->path()).filename().string(), name);
  for (const std::string& name : removed_) text += fmt::format("\t{}\n", name);
  const std::string place = (fs::path(folder_) / commit_name).string();
  sweep(place);
  Part commit(place, folder_);
  commit.write(text);
  commit.sync();
  sync_folder(folder_);
  lock_folder(descriptor, LOCK_EX, folder_);
  const SignalsWait wait;
  // From this name on, the export is made: whoever comes next finishes it.
  if (::rename(commit.path().c_str(), place.c_str()) != 0) cannot_write(folder_, errno);
  commit.release();
  for (const auto& [name, part] : parts_) part->release();
  sync_folder(folder_);
  if (const int error = finish(folder_, text); error != 0) {
    throw Error(ErrorCode::io, folder_,
                fmt::format("not all files have their names yet: {}; the next command that reads the folder goes on",
                            std::strerror(error)));
  }
}

void add_files(const std::string& folder, const std::vector<std::pair<std::string, std::string_view>>& files) {
  constexpr std::size_t most_open = 200;
  constexpr std::size_t few = 4;  // More, and one wait for all that is to be written is shorter than one a file.
  for (std::size_t begin = 0; begin < files.size(); begin += most_open) {
    std::vector<std::string> targets;
    std::vector<std::unique_ptr<Part>> parts;
    for (const auto& [name, bytes] : std::span(files).subspan(begin, std::min(most_open, files.size() - begin))) {
      const std::string& target = targets.emplace_back((fs::path(folder) / name).string());
      parts.push_back(std::make_unique<Part>(target, target));
      parts.back()->write(bytes);
      if (files.size() <= few) parts.back()->sync();
    }
    if (files.size() > few) {
      const int descriptor = open_folder(folder);
      const int error = ::syncfs(descriptor) == 0 ? 0 : errno;
      ::close(descriptor);
      if (error != 0) cannot_write(folder, error);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const SignalsWait wait;
      if (::rename(parts[i]->path().c_str(), targets[i].c_str()) != 0) cannot_write(targets[i], errno);
      parts[i]->release();
    }
    sync_folder(folder);
  }
}

FolderReading::FolderReading(const std::string& folder) : descriptor_(open_folder(folder)) {
  try {
    lock_folder(descriptor_, LOCK_SH, folder);
    finish_begun(folder, descriptor_);
    lock_folder(descriptor_, LOCK_SH, folder);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

FolderReading::~FolderReading() { ::close(descriptor_); }

void tidy_up_when_interrupted() {
  for (const int signal : ending_signals) {
    struct sigaction before {};
    // What was to be ignored (nohup) stays so.
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) ::signal(signal, interrupted);
  }
  ::signal(SIGXFSZ, SIG_IGN);
}

RawTerminal::RawTerminal(Gives gives) {
  if (::isatty(STDIN_FILENO) == 0 || ::tcgetattr(STDIN_FILENO, &terminal_before) != 0) return;
  termios raw = terminal_before;
  raw.c_lflag &= ~static_cast<tcflag_t>(gives == Gives::keys ? ICANON | ECHO | ISIG : ISIG);
  if (gives == Gives::lines) raw.c_cc[VEOL] = 3;
  terminal_changed = true;
  ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

RawTerminal::~RawTerminal() {
  if (!terminal_changed) return;
  ::tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
  terminal_changed = false;
}

}  // namespace lacuna
