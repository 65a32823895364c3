#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/distribution.h"
#include "sim/moments.h"
#include "sim/quantity.h"
#include "sim/random.h"

/// One redundancy group by itself, with laws of any shape: an independent model beside the fleet,
/// and what published studies of RAID groups are computed with.
namespace models::group {

using sim::Seconds;

/// How the latent defects of one disk follow each other.
enum class DefectOrder {
  one_at_a_time,  ///< no other comes before the one that is there is mended
  independent,    ///< born at a constant rate, whatever else is there
};

/// At which moment a disk with a defect, in a group without redundancy left, loses data.
enum class DefectMet {
  at_the_failure,  ///< that took the last redundancy: a defect before it counts, none after
  by_the_rebuild,  ///< that reads it, which finds and mends all there are
};

struct Defects {
  sim::PerSecond rate;       ///< of one disk without a defect
  sim::Distribution mended;  ///< from the birth of a defect until scrubbing has mended it
  DefectOrder order{DefectOrder::independent};
  DefectMet met{DefectMet::by_the_rebuild};
};

/// `data` + `parity` disks that are renewed by repair, all repairs at once, new at the start.
struct RaidGroup {
  int data{1};
  int parity{1};
  sim::Distribution life;
  sim::Distribution repair;  ///< from the loss of a disk until its rebuild has ended
  std::optional<Defects> defects;
  Seconds mission;
  int disks() const { return data + parity; }
};
inline constexpr int most_disks = 64;

/// Chance that a disk has a defect, by the time since it was last free of them.
class DefectChance {
 public:
  explicit DefectChance(const Defects& defects);
  double at(Seconds age) const;

 private:
  Seconds step_;
  std::vector<double> chance_;
};

/// What a mission of the group gives, in expectation over what has not been played: the failure
/// that would end it (by its hazard, as long as the group has no redundancy left) and the defects
/// (by their chance, when the rebuild reads them).
struct GroupLoss {
  double too_many_disks{};  ///< P(more disks lost than parity bears), given the mission's path
  double defect{};          ///< P(a defect is met without redundancy left)
  double failures{};        ///< how often more disks are lost than parity bears; the group goes on
  double defects{};         ///< how often a defect is met
  bool seen{};              ///< more disks were lost on the path itself
};

/// Plays missions; the working space of one thread.
class GroupMission {
 public:
  /// @pre parity >= 1, at most most_disks; the group stays alive meanwhile
  GroupMission(const RaidGroup& group, const DefectChance* chance, std::uint64_t seed);
  GroupLoss play(std::uint64_t replicate);

 private:
  struct Disk {
    Seconds born;
    Seconds fails;       ///< of a renewed one
    Seconds whole;       ///< end of its repair; infinite while it works
    Seconds free_since;  ///< of defects
    bool renewed{};
  };
  void start(std::uint64_t replicate);
  Seconds next_candidate();
  void fail(Disk& disk, Seconds now);
  void heal(Disk& disk, Seconds now);
  void meet_defects(Seconds now);
  double hazard(Seconds from, Seconds to) const;

  const RaidGroup& group_;
  const DefectChance* chance_;
  std::uint64_t seed_;
  sim::Stream stream_;
  std::array<Disk, most_disks> disks_{};
  int count_;
  int down_{};
  int renewed_{};
  double candidate_hazard_{};
  GroupLoss loss_;
  double spared_{1};  ///< chance that no defect was met so far
};

/// Sums over missions; an accumulator for sim::run_blocks().
struct GroupTally {
  sim::Moments too_many_disks;
  sim::Moments defect;
  sim::Moments failures;
  sim::Moments defects;
  std::uint64_t seen{};
  void merge(const GroupTally& later);
};

/// Deterministic in all but the time; the same bits for any number of threads.
GroupTally play_missions(const RaidGroup& group, std::uint64_t missions, std::uint64_t seed,
                         int threads = 0);

}  // namespace models::group
