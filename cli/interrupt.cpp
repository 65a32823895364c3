#include "cli/interrupt.h"

#include <unistd.h>

#include <ctime>

#include "cli/console.h"
#include "cli/exit_code.h"

namespace cli {

Interrupt::Interrupt() {
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
    if (sigtimedwait(&signals_, nullptr, &pause) < 0) continue;
    if (stop_.stop_requested()) ::_exit(ExitCode::interrupted);
    stop_.request_stop();
    if (stderr_is_terminal()) complain("stopping; once more ends at once");
  }
}

}  // namespace cli
