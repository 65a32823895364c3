#pragma once

namespace oracle {

/// Groups of n shards spread over N disks (one disk a failure domain), rebuilt
/// at a constant pace. One unit of time throughout, whichever the caller likes.
struct DetectionCase {
  int tolerance{};        ///< m: 1, 2 or 3 shards that a group may miss
  int shards{};           ///< n of a group
  int disks{};            ///< N
  double groups{};        ///< S
  double rate{};          ///< L: failures of one disk per unit of time
  double detection{};     ///< D: from a failure to its report
  double rebuild{};       ///< W: to rebuild a whole disk alone, from its report on
  double time{};          ///< T over which losses are counted
  bool deep_waits{true};  ///< e: a reported deep group waits its turn among the deep ones
};

/// Expected number of groups lost in T, to leading order in L; derived in
/// docs/methods.md.
/// @pre N L (D + W) is small, D + W much less than T
double expected_losses(const DetectionCase &c);

/// The same with e = 0 in closed form.
double expected_losses_without_waiting(const DetectionCase &c);

}  // namespace oracle
