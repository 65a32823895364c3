#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/records/burst_process.h"
#include "models/records/gamma_spread.h"
#include "models/records/joint_fit.h"
#include "models/records/sample.h"

namespace models::records {

/// Places of one kind: units that are replaced where they stand, machines, racks.
struct PlaceGroups {
  std::string name{};
  std::string why_not{};  ///< what keeps their frailty from being told; empty: nothing does
  /// Where each life has its place. Else places are known by their failures alone:
  std::optional<LifeGroups> of_lives{};
  std::vector<double> seen{};   ///< single failures by place
  std::vector<double> share{};  ///< of all exposure, by place; of places with a failure or without
  double squares{};             ///< sum of the squared chances of single failures
};

/// Units, machines and racks of a record, as far as it knows them.
std::vector<PlaceGroups> place_groups(const Sample& sample, std::span<const Life> lives,
                                      const BurstInput& input,
                                      const std::optional<BurstFit>& bursts);

/// Do counts differ more than chance allows? The sum of squared differences from what is expected,
/// among as many failures that are dealt out by the expectations.
/// @param squares  variance of the sum of the counts, where a failure counts in part
double p_of_even_places(std::span<const Counted> counts, double squares, std::uint64_t seed,
                        std::uint64_t number);

}  // namespace models::records
