#pragma once

namespace cli {

/// Exit status of the program: a contract with scripts.
enum ExitCode : int {
  done = 0,
  failure = 1,
  usage = 2,
  bad_input = 3,     ///< any unreadable or invalid input file
  refuted = 4,       ///< --check: a claim is refuted
  undecided = 5,     ///< --precision not reached, or --check with a claim undecided
  interrupted = 130  ///< SIGINT or SIGTERM; what was known has been printed
};

}  // namespace cli
