#pragma once

#include <optional>
#include <string>

#include "models/codes/code.h"
#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::analytic {

/// What the closed forms and chains know of a strategy: flat rates and mean times only. Filled by
/// fleet/compile from the same Fleet that is simulated.
struct ChainInputs {
  const codes::Code* code{};
  double groups{};             ///< placement groups, each on k+m distinct disks
  double disks{};
  double stripes_per_object{1};  ///< an object is lost with any of its stripes
  double objects{};
  Bytes logical{};
  PerYear disk_loss{};         ///< permanent loss per shard: disk and machine losses together
  Seconds shard_repair{};      ///< mean time from loss to full redundancy of a shard, detection included
  Seconds mission{};
  double disk_unavailability{};  ///< long-run share of time in which one disk is unreachable
};

/// Figures of the textbook model: one group as a birth-death chain with parallel exponential repair,
/// groups independent. Every string says so. Values carry full relative accuracy at 1e-15 and below.
struct ChainFigures {
  double annual_object_loss{};       ///< expected objects lost / object-years
  double durability_nines{};         ///< -log10(annual_object_loss)
  double annual_loss_probability{};  ///< P(any loss in a year), groups independent
  double mttdl_years{};              ///< of the whole system
  double nomdl_bytes_per_tb_year{};
  double data_unavailability{};      ///< binomial over independent shards, share of time
  std::string model;                 ///< the assumptions, for Estimate::model
};

ChainFigures chain_figures(const ChainInputs& inputs);

}  // namespace models::analytic
