#include "server/job.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string_view>

#include <fcntl.h>
#include <pty.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lacuna/error.hpp"
#include "server/spawn_attributes.hpp"

extern char** environ;

namespace lacuna {
namespace {

constexpr std::size_t most_kept = std::size_t{256} << 10;  ///< Bytes of what a job says.

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

Job::Job(std::string what, std::vector<std::string> arguments, std::string folder, const std::string& person)
    : what_(std::move(what)), folder_(std::move(folder)), began_(now()) {
  // A terminal of its own, so that it tells how far it has come.
  int terminal = -1;
  const winsize size{24, 120, 0, 0};
  if (::openpty(&output_, &terminal, nullptr, nullptr, &size) != 0)
    throw Error(ErrorCode::io, "", "no terminal can be had for what is to be done; nothing was changed");
  ::fcntl(output_, F_SETFL, O_NONBLOCK);
  ::fcntl(output_, F_SETFD, FD_CLOEXEC);
  ::fcntl(terminal, F_SETFD, FD_CLOEXEC);
  arguments.insert(arguments.begin(), "lacuna");
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  std::string signs = "LACUNA_BY=" + person;
  std::vector<char*> surroundings;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!std::string_view(*variable).starts_with("LACUNA_BY=")) surroundings.push_back(*variable);
  }
  surroundings.push_back(signs.data());
  surroundings.push_back(nullptr);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (!folder_.empty()) ::posix_spawn_file_actions_addchdir_np(&files, folder_.c_str());
  for (const int to : {STDOUT_FILENO, STDERR_FILENO}) ::posix_spawn_file_actions_adddup2(&files, terminal, to);
  const SpawnAttributes attributes(POSIX_SPAWN_SETSID);
  const int problem = ::posix_spawn(&child_, "/proc/self/exe", &files, attributes.get(), pointers.data(), surroundings.data());
  ::posix_spawn_file_actions_destroy(&files);
  ::close(terminal);
  if (problem != 0) {
    ::close(output_);
    throw Error(ErrorCode::io, "", "the program cannot be started again; nothing was changed");
  }
}

Job::~Job() {
  if (running_) {
    interrupt();
    ::waitpid(child_, nullptr, 0);
  }
  ::close(output_);
  std::error_code problem;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, problem);
}

void Job::interrupt() {
  if (running_) ::kill(child_, SIGINT);
}

void Job::read() {
  char bytes[4096];
  for (ssize_t n = 0; (n = ::read(output_, bytes, sizeof bytes)) > 0;) {
    for (ssize_t i = 0; i < n; ++i) {
      // A line that is written anew begins with a return; so does the end of every line.
      if (bytes[i] == '\n') {
        if (said_.size() < most_kept) said_ += line_ + "\n";
        line_.clear();
      } else if (bytes[i] != '\r') {
        line_ += bytes[i];
      } else if (i + 1 < n && bytes[i + 1] != '\n' && bytes[i + 1] != '\r') {
        line_.clear();
      }
    }
  }
}

Job::State Job::look() {
  read();
  if (running_) {
    int status = 0;
    if (::waitpid(child_, &status, WNOHANG) == child_) {
      read();
      running_ = false;
      ended_ = now();
      status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
  }
  State state{running_, status_, line_, said_, (running_ ? now() : ended_) - began_};
  for (std::string* text : {&state.progress, &state.said}) {
    // What clears the rest of a line.
    for (std::size_t at = 0; (at = text->find("\033[K")) != std::string::npos;) text->erase(at, 3);
  }
  return state;
}

}  // namespace lacuna
