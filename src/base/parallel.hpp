// Independent pieces of work on all cores.
#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <future>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace lacuna {

/// Threads that end before it does.
class Threads {
 public:
  Threads() = default;
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  ~Threads() { join(); }

  /// Up to `n` threads that run `f`; fewer, or none, where the system gives no more.
  template <class F>
  void add(std::size_t n, const F& f) {
    try {
      for (std::size_t t = 0; t < n; ++t) threads_.emplace_back(f);
    } catch (const std::system_error&) {  // Works with what there is.
    }
  }
  [[nodiscard]] bool empty() const { return threads_.empty(); }
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  std::vector<std::thread> threads_;
};

/// What `f` returns, made on another core meanwhile; where the system gives no thread, when it is asked for.
template <class F>
auto meanwhile(F f) {
  try {
    return std::async(std::launch::async, f);
  } catch (const std::system_error&) {
    return std::async(std::launch::deferred, f);
  }
}

/// Calls `work(i)` once for every i below n, on all cores. `make_worker` makes the `work` of each thread. What it writes must not
/// depend on the order. Of what it throws, one is thrown on when all threads have ended.
template <class F>
void on_all_cores(std::size_t n, const F& make_worker) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto run = [&] {
    try {
      auto work = make_worker();
      for (std::size_t i = next++; i < n; i = next++) work(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
      next = n;
    }
  };
  const std::size_t threads =
      std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), std::max<std::size_t>(n, 1));
  Threads others;
  others.add(threads - 1, run);
  run();
  others.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace lacuna
