#pragma once

#include <vector>

#include "models/records/age_table.h"
#include "sim/estimate.h"

namespace models::records {

/// One age at which units failed.
struct CurvePoint {
  double age{};  ///< years
  double failed{};
  double at_risk{};
  double survival{};  ///< Kaplan-Meier: share that outlives this age
  sim::Interval survival_ci95{};
  double hazard{};  ///< Nelson-Aalen: cumulative hazard up to this age
  sim::Interval hazard_ci95{};
};

/// Kaplan and Meier 1958 with Greenwood's variance, its interval taken on log(-log S); Nelson 1972
/// and Aalen 1978, the interval on log H (Klein and Moeschberger 2003, sections 4.2 to 4.4). Both
/// with late entries (there, section 4.6): given survival to the first age at which any unit was
/// watched. Pointwise 95 %.
std::vector<CurvePoint> survival_curve(const AgeTable& ages);

/// The last point at or before `age`; null before the first failure.
const CurvePoint* point_at(const std::vector<CurvePoint>& curve, double age);

}  // namespace models::records
