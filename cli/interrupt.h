#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <optional>
#include <stop_token>
#include <thread>

#include "cli/exit_code.h"

namespace cli {

/// While it lives, the first SIGINT or SIGTERM asks the run to stop, and so does the end of
/// --max-seconds; a further signal ends the program at once with status 130. A signal that was
/// ignored at the start (nohup) stays ignored. Make it before other threads: they must inherit its
/// signal mask.
class Interrupt {
 public:
  /// @param max_seconds  from now on; empty: without limit
  explicit Interrupt(const std::optional<double>& max_seconds = {});
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

  /// What asked to stop; by a signal if both did.
  enum class By { nothing, time, signal };
  By by() const { return by_.load(); }
  bool by_signal() const { return by() == By::signal; }

 private:
  void wait(const std::stop_token& over);

  std::stop_source stop_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::atomic<By> by_{By::nothing};
  sigset_t signals_{};
  sigset_t before_{};
  std::jthread waiter_;
};

}  // namespace cli
