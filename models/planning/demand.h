#pragma once

#include <limits>
#include <vector>

#include "models/planning/plan.h"

namespace models::planning {

inline constexpr double never = std::numeric_limits<double>::infinity();

/// What one year brings and what is there at its end. Bytes are stored bytes (after lossless
/// reduction, before redundancy) unless they say otherwise.
struct YearDemand {
  double objects_in{};
  Bytes produced{};  ///< as the modalities deliver it
  Bytes ingested{};
  Bytes expired{};
  Bytes hot{};     ///< at the end of the year, younger than the age of cooling, or never cooling
  Bytes cold{};    ///< at the end of the year, older
  Bytes cooled{};  ///< moved from hot to cold in the year
  Bytes hot_effective{};   ///< what hot data were as they were produced, before lossless reduction
  Bytes cold_effective{};  ///< the same of cold data
  double objects{};        ///< at the end of the year
  Bytes hot_read{};
  Bytes cold_read{};
  double hot_reads{};  ///< objects
  double cold_reads{};
  Bytes stored() const { return hot + cold; }
  Bytes read() const { return hot_read + cold_read; }
};

/// Every year of the plan, when data cool at the age of `cold_after` years. What came in within one
/// year came evenly over it, so ages are continuous. Conserved in every year and in all:
/// stored(before) + ingested = stored + expired.
std::vector<YearDemand> demand_of(const Plan& plan, double cold_after = never);

/// Stored bytes at the start.
Bytes stock_of(const Plan& plan);

/// The yearly volume of `year` (0 the first) over that of the first. @pre year >= 0
double growth_factor(const std::vector<GrowthStep>& steps, int year);

/// A year's amount in its busiest hour, per second.
double peak_per_second(const Demand& demand, double yearly);

}  // namespace models::planning
