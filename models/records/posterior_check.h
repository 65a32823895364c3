#pragma once

#include <string>
#include <vector>

#include "models/records/failure_model.h"

namespace models::records {

/// One feature of a record against that of simulated windows.
struct FeatureCheck {
  std::string feature;
  std::string unit;
  double seen{};
  double mean{};            ///< of the simulated windows
  sim::Interval range95{};  ///< of the simulated windows
  /// Two-sided: how unusual the record is among windows of the model, the parameters of which were
  /// fitted to each window as they were to the record (Beran 1988). Even where the model is true.
  double p_value{};
  bool reproduced() const { return p_value >= 0.05; }
};

struct CheckSize {
  int windows{199};  ///< each fitted anew
  int inner{20};     ///< windows of each such fit
  int threads{0};
  std::uint64_t seed{1};
};

/// The features are fixed here, before any record is seen: spread of the failures of 30 days,
/// longest time without a failure, bursts of two or three, bursts of four and more, the largest,
/// pairs within an hour in one machine, failures of the worst machine (of racks, where the record
/// names no machine). Where only days are known, "within an hour" is "on one day".
std::vector<FeatureCheck> posterior_check(const FailureModel& model, const BurstInput& seen,
                                          const CheckSize& size);

/// The features of one window, in the order of posterior_check().
std::vector<double> features_of(const BurstInput& window);

}  // namespace models::records
