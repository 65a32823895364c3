#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "models/lifecycle/drill_report.h"
#include "models/lifecycle/move_order.h"
#include "models/policy/snapshot_schedule.h"

namespace models::lifecycle {

/// A volume with incremental snapshots, and their copies in a cloud.
struct ChainDrill {
  policy::SnapshotRule array;  ///< what is kept on the array
  policy::SnapshotRule cloud;  ///< what is kept in the cloud; its `every` is not used
  std::uint32_t rounds{8};
  std::uint32_t blocks{5};  ///< of the volume, >= 1
  std::size_t block_bytes{48};
  std::uint64_t seed{1};
};

/// The decisions under test: the product's own, or one with a planted defect.
struct ChainPolicies {
  NextMove move = next_move;
  std::function<void(Seconds, std::span<const policy::CopyFact>, policy::CopyScheduler::Actions&)>
      copy = [](Seconds now, std::span<const policy::CopyFact> facts,
                policy::CopyScheduler::Actions& actions) {
        policy::CopyScheduler().decide(now, facts, actions);
      };
  std::function<std::optional<std::size_t>(std::span<const std::uint8_t>)> restore =
      policy::next_restore;
};

/// Round by round a user writes blocks of real bytes, a snapshot is taken, old ones are dropped
/// (the blocks that a later one rests on go to it first), and the line, which is down in every
/// fourth round, carries snapshots into the cloud; at the end the volume is restored from there.
/// Played with a crash at every step, and with a write that goes wrong without a word, for every
/// write. Every snapshot that is listed anywhere must give back every byte of its moment.
DrillReport drill_chain(const ChainDrill& drill, std::string name, const ChainPolicies& policies);

}  // namespace models::lifecycle
