#pragma once

#include <string>

namespace cli_test {

struct Ended {
  int code{};
  std::string text;    ///< stdout and stderr together
  std::string errors;  ///< stderr alone, where it was kept apart
  double cpu_s{};      ///< of the program, from its start to its end; of run() and run_and_signal()
};

/// Runs holdfast with these words, as a shell would read them.
Ended run(const std::string& arguments);

/// Runs a line of the shell.
Ended shell(const std::string& line);

/// Runs it with stderr on a terminal of 80 x 24 and stdout in a pipe.
Ended run_on_terminal(const std::string& arguments);

/// Runs it and sends `signal` once it has been running for so long; waits for its end.
Ended run_and_signal(const std::string& arguments, int signal, double after_seconds);

/// A scenario of a few disks that fail often: its missions take milliseconds.
std::string small_scenario();

}  // namespace cli_test
