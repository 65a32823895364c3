#include "cli/interrupt.h"

#include <unistd.h>

#include <ctime>

#include "cli/console.h"

namespace cli {

Interrupt::Interrupt(const std::optional<double>& max_seconds) {
  using std::chrono::duration;
  using Clock = std::chrono::steady_clock;
  // A limit that the clock cannot hold is none.
  constexpr double longest = 1e9;
  if (max_seconds && *max_seconds < longest) {
    deadline_ =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(duration<double>(*max_seconds));
  }
  sigemptyset(&signals_);
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction action {};
    sigaction(number, nullptr, &action);
    if (action.sa_handler != SIG_IGN) sigaddset(&signals_, number);
  }
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  waiter_ = std::jthread{[this](const std::stop_token& over) { wait(over); }};
}

Interrupt::~Interrupt() {
  waiter_.request_stop();
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::wait(const std::stop_token& over) {
  // Signals are taken here and not in a handler: asking to stop runs code that a handler may not.
  constexpr timespec pause{.tv_sec = 0, .tv_nsec = 50'000'000};
  while (!over.stop_requested()) {
    const bool came = sigtimedwait(&signals_, nullptr, &pause) > 0;
    if (came && by_signal()) ::_exit(ExitCode::interrupted);
    if (came) {
      by_ = By::signal;
      stop_.request_stop();
      if (stderr_is_terminal()) complain("stopping; once more ends at once");
    } else if (deadline_ && by() == By::nothing && std::chrono::steady_clock::now() > *deadline_) {
      by_ = By::time;
      stop_.request_stop();
    }
  }
}

}  // namespace cli
