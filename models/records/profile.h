#pragma once

#include "models/records/likelihood.h"
#include "sim/estimate.h"

namespace models::records {

/// Values of a parameter at which the log-likelihood, the others at their best, is within 1.92 of
/// its maximum: 95 % (Wilks 1938, Venzon and Moolgavkar 1988). An end is infinite if there is none
/// within the bounds of the parameter.
sim::Interval profile_interval(const AgeTable& ages, const RiskModel& model, const Maximum& top,
                               Eigen::Index parameter);

}  // namespace models::records
