#pragma once

#include <string>

namespace cli_test {

/// How a run that is killed again and again fares.
struct Killed {
  int kills{};      ///< that met a run under way
  int whole{};      ///< runs that came to their end
  int with_file{};  ///< kills that left a checkpoint
};

/// Starts `compare` of a small scenario with a checkpoint in `folder`, kills it (SIGKILL) at random
/// moments and starts it again until it has come to its end, over and over until there were
/// `kills`. Fails where a document differs from that of a run that nothing disturbed.
/// @param options  of compare, with --replicates
Killed kill_and_resume(const std::string& folder, const std::string& options, int kills);

}  // namespace cli_test
