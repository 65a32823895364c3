#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "sim/estimators/stages.h"
#include "sim/execution/blocks.h"

namespace sim {

/// Plays stage after stage until one has the precision, no further one would say more, or a hook
/// ends it. Gives the last stage; if that was cut off, the longer of it and the one before it: no
/// figure has a part in that choice.
/// @param plan      block size and threads; its first and end only where there are no `stages`
/// @param stages    empty: exactly the replicates of `plan`
/// @param tally_of  the RareTally within an accumulator
/// @param told      replicates played and planned of the stage under way; may be empty
template <class Accumulator, class MakeWorkspace, class Play, class TallyOf>
BlocksResult<Accumulator> play_stages(
    BlockPlan plan, std::optional<Stages> stages, const RarePrecision& precision,
    const Accumulator& empty, MakeWorkspace make_workspace, Play play, TallyOf tally_of,
    BlockHooks<Accumulator> hooks, const std::function<void(std::uint64_t, std::uint64_t)>& told) {
  if (told) {
    hooks.progress = [&](const Accumulator&, std::uint64_t done) {
      told(done, plan.end - plan.first);
    };
  }
  std::optional<BlocksResult<Accumulator>> kept;
  for (;;) {
    if (stages) plan.first = stages->first(), plan.end = stages->end();
    auto stage = run_blocks(plan, empty, make_workspace, play, hooks);
    const Ended ended = stage.ended;
    if (!kept || stage.replicates() > kept->replicates()) kept = std::move(stage);
    kept->ended = ended;
    const bool whole = ended == Ended::all_played;
    if (!stages || !whole || stages->finish(tally_of(kept->accumulator), precision)) break;
  }
  return std::move(*kept);
}

}  // namespace sim
