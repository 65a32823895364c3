#pragma once

#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/units.h"

namespace models::analytic {

/// What the closed forms and chains know of a strategy: flat rates and mean times only. Filled by
/// fleet/compile from the same Fleet that is simulated.
struct ChainInputs {
  const codes::Code* code{};
  double groups{};  ///< placement groups, each on k+m distinct disks
  double disks{};
  double stripes_per_object{1};  ///< an object is lost with any of its stripes; below 1 counts as 1
  double objects{};
  Bytes logical{};
  PerYear disk_loss{};  ///< permanent loss per shard: disk and machine losses together
  Seconds
      shard_repair{};     ///< mean time from loss to full redundancy of a shard, detection included
  Seconds mission{};      ///< > 0 and finite
  double shard_errors{};  ///< latent errors met by reading one shard, on average
  double spoilt_stripes{};       ///< stripes that they spoil
  double group_stripes{1};       ///< stripes of a group
  double disk_unavailability{};  ///< long-run share of time in which one disk is unreachable
};

/// Figures of the textbook model: one group as a birth-death chain with parallel exponential
/// repair, groups independent; `model` says so. As in a simulated mission, every group is whole at
/// the start and a lost group leaves; a rebuild that has no redundancy left loses the stripes on
/// which one of the shards that it needs has a latent error. With P_T = P(a group is lost by the
/// end of the mission of T years), by the transient solution and thus also where loss is frequent:
struct ChainFigures {
  /// Expected objects lost / object-years = P(an object is lost by T) / T; for one stripe P_T / T.
  double annual_object_loss{};
  double durability_nines{};         ///< -log10(annual_object_loss)
  double annual_loss_probability{};  ///< P(any loss in a year): 1 - (1 - P_T)^(groups / T)
  double mttdl_years{};              ///< whole system: E[min(T, first loss)] / P(loss by T)
  double nomdl_bytes_per_tb_year{};  ///< expected bytes lost per usable TB and year: P_T / T
  double data_unavailability{};      ///< binomial over independent shards, share of time
  std::string model;                 ///< the assumptions, for Estimate::model
};

/// One state of the chain of a group: so many shards missing, and where it goes from there.
struct ChainStep {
  int missing{};
  double deeper_per_year{};  ///< one more shard is lost, and the data can still be read
  double lost_per_year{};    ///< ... and they cannot; by latent errors of rebuilds, too
  double healed_per_year{};  ///< one shard is whole again
};
/// The chain that chain_figures() solves. @pre as there
std::vector<ChainStep> chain_steps(const ChainInputs& inputs);

/// @pre inputs.code is given, 0 <= disk_unavailability <= 1, mission > 0 and finite, rates >= 0.
/// Repair in no time never loses what tolerates one loss; infinite repair time means none.
ChainFigures chain_figures(const ChainInputs& inputs);

}  // namespace models::analytic
