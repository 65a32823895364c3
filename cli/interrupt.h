#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace cli {

/// While it lives, the first SIGINT or SIGTERM asks the run to stop and the second ends the program
/// at once with status 130. A signal that was ignored at the start (nohup) stays ignored. Make it
/// before other threads: they must inherit its signal mask.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  void wait(const std::stop_token& over);

  std::stop_source stop_;
  sigset_t signals_{};
  sigset_t before_{};
  std::jthread waiter_;
};

}  // namespace cli
