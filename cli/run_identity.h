#pragma once

#include "cli/arguments.h"
#include "models/fleet/run_identity.h"
#include "models/input/file_bytes.h"

namespace cli {

/// What decides the sums of each block of `compare`, besides the replicates: parts of one result
/// have it in common. @param files  that the scenario was read from, with digests
models::fleet::RunIdentity identity_of(const Arguments& arguments, const Options& options,
                                       const models::scenario::FilesRead& files);

/// The same and which blocks are played, and the digest of the program's file.
models::fleet::RunIdentity checkpoint_identity_of(const Arguments& arguments,
                                                  const Options& options,
                                                  const models::scenario::FilesRead& files);

}  // namespace cli
