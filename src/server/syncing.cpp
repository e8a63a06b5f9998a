#include "server/syncing.hpp"

#include <fmt/chrono.h>

#include <ctime>

#include "formats/table.hpp"
#include "lacuna/error.hpp"
#include "server/job.hpp"
#include "workbench/device.hpp"

namespace lacuna {
namespace {

constexpr std::chrono::seconds every{10};
constexpr std::chrono::seconds after_trouble{30};

}  // namespace

Syncing::Syncing(std::string map) : map_(std::move(map)) {}
Syncing::~Syncing() = default;

void Syncing::tick() {
  const std::lock_guard lock(mutex_);
  if (job_) {
    const Job::State state = job_->look();
    if (state.running) return;
    // Status 1 also where all is in step, and something is to be settled: then its last line counts what came and went.
    stand_.trouble = state.status == 0 ? "" : std::string(trimmed(state.said));
    if (state.status == 0) stand_.at = fmt::format("{:%H:%M:%S}", fmt::localtime(std::time(nullptr)));
    job_.reset();
    due_ = Clock::now() + (again_ ? std::chrono::seconds{0} : state.status == 0 ? every : after_trouble);
    again_ = false;
    return;
  }
  if (Clock::now() < due_) return;
  due_ = Clock::now() + every;
  try {
    stand_.place = share_place(map_);
    if (stand_.place) job_ = std::make_unique<Job>("sync", std::vector<std::string>{"-m", map_, "sync"}, "", user_name());
  } catch (const Error& error) {
    stand_.trouble = error.what();
  }
}

void Syncing::hurry() {
  const std::lock_guard lock(mutex_);
  again_ = job_ != nullptr;
  due_ = Clock::now();
}

Syncing::Stand Syncing::stand() {
  const std::lock_guard lock(mutex_);
  return stand_;
}

}  // namespace lacuna
