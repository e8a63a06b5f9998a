// Long work that the server has done by the program itself, as a process of its own: it can be watched, and interrupted without
// harm, and what it does to the map it does as from a terminal.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace lacuna {

class Job {
 public:
  /// Starts this program with these arguments, signed by `person`, in `folder`, which is removed when the job goes; empty: where
  /// the server was started. Throws Error(io).
  Job(std::string what, std::vector<std::string> arguments, std::string folder, const std::string& person);
  ~Job();
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  /// What it does, in words.
  [[nodiscard]] const std::string& what() const { return what_; }

  struct State {
    bool running = true;
    int status = 0;        ///< Its exit status; of a signal 128 and its number.
    std::string progress;  ///< The line that a terminal would show now.
    std::string said;      ///< Everything else.
    double seconds = 0;    ///< Since it began, or that it took.
  };
  State look();
  /// As Ctrl-C on a terminal.
  void interrupt();

 private:
  void read();

  std::string what_;
  std::string folder_;
  pid_t child_ = 0;
  int output_ = -1;
  bool running_ = true;
  int status_ = 0;
  double began_ = 0;
  double ended_ = 0;
  std::string line_;
  std::string said_;
};

}  // namespace lacuna
