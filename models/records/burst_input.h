#pragma once

#include "models/records/burst_process.h"
#include "models/records/failure_model.h"
#include "models/records/sample.h"
#include "models/records/scenario_law.h"

namespace models::records {

/// The failures of a sample as the burst process sees them. Times are put on the grid at which
/// somebody looked for failures. Machines and racks that no failure names are estimated from those
/// that are named once and twice (Chao 1984). @pre sample.from, sample.until, a happening
BurstInput burst_input(const Sample& sample);

/// Units that were there at a time: places of the population, or the mean of the unit-years.
double units_of(const Sample& sample);

/// What the emitted sections do over the window of the record.
FailureModel model_of(const Sample& sample, const BurstInput& input,
                      const std::optional<BurstFit>& bursts, const ScenarioLaw& law);

}  // namespace models::records
