// What an intake says on a terminal, while it goes on and afterwards.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include <unistd.h>

#include "base/text.hpp"
#include "cli/diagnostics.hpp"
#include "workbench/intake.hpp"

namespace lacuna {

/// One line on a terminal that tells how far it is; nothing where standard error is none.
class Progress {
 public:
  explicit Progress(std::string name)
      : name_(std::move(name)), start_(Clock::now()), shown_(start_), terminal_(::isatty(STDERR_FILENO) != 0) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  void records(std::size_t n) { records_ += n; }

  void show(double part) {
    if (!is_due()) return;
    const double seconds = std::chrono::duration<double>(shown_ - start_).count();
    std::string line = fmt::format("{} records, {}/s", thousands(records_),
                                   thousands(static_cast<std::size_t>(static_cast<double>(records_) / seconds)));
    if (part > 0.01) line += fmt::format(", {:.0f} %, {:.0f} s left", part * 100, seconds * (1 - part) / part);
    put(line);
  }

  /// Of a file that comes over a network; `all` is 0 where nobody knows.
  void show_bytes(std::uint64_t there, std::uint64_t all) {
    if (!is_due()) return;
    const std::string of = all == 0 ? "" : fmt::format(" of {:.1f}", static_cast<double>(all) / 1e6);
    put(fmt::format("{:.1f}{} MB", static_cast<double>(there) / 1e6, of));
  }

  void clear() {
    if (terminal_) std::fputs("\r\033[K", stderr);
  }

  void say(const std::string& line) {
    clear();
    std::fputs((line + "\n").c_str(), stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;

  /// On a terminal, ten times a second.
  bool is_due() {
    if (!terminal_ || Clock::now() - shown_ < std::chrono::milliseconds(100)) return false;
    shown_ = Clock::now();
    return true;
  }
  void put(const std::string& line) const { std::fputs(fmt::format("\r{}: {}\033[K", name_, line).c_str(), stderr); }

  std::string name_;
  Clock::time_point start_;
  Clock::time_point shown_;
  bool terminal_;
  std::size_t records_ = 0;
};

/// What goes on, on standard error.
class ImportWatcher : public IntakeWatcher {
 public:
  void begins(const std::string& catalogue) override { progress_.emplace(catalogue); }
  void record() override { progress_->records(1); }
  void progress(double part) override { progress_->show(part); }
  void ends() override { progress_.reset(); }
  void fault(const Diagnostic& diagnostic) override {
    if (++faults_ <= most_printed) progress_->say(to_string(diagnostic));
  }
  void faults(std::span<const Diagnostic> diagnostics) override { print_diagnostics(diagnostics); }
  void broken(const std::string& message) override { progress_->say(fmt::format("lacuna: {}", harmless(message))); }
  /// Says how many faults were not printed.
  void done() const {
    if (faults_ > most_printed)
      std::fputs(fmt::format("… and {} more; --report FILE lists them all\n", count_of(faults_ - most_printed, "fault")).c_str(),
                 stderr);
  }

 private:
  std::optional<Progress> progress_;
  std::size_t faults_ = 0;
};

/// What went in, came, changed and went, line by line.
std::string text_of(const Intake& intake);

}  // namespace lacuna
