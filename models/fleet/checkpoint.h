#pragma once

#include <string>
#include <string_view>

#include "models/fleet/block_store.h"
#include "models/fleet/run_identity.h"
#include "models/scenario/diagnostic.h"

namespace models::fleet {

/// The blocks of a run that is not over, "holdfast/checkpoint/1": one line with that and the
/// SHA-256 of all that follows, a line for each fact of the run, a line for each block.
std::string checkpoint_text(const RunIdentity& run, const BlockStore& store);

/// Puts the blocks of such a text into the store: all of them, or none. Refused with reason and
/// remedy: no checkpoint, one of another version, a damaged one, one of another run.
/// @param file  for the message
scenario::Diagnostics read_checkpoint(std::string_view text, const std::string& file,
                                      const RunIdentity& run, BlockStore& store);

}  // namespace models::fleet
