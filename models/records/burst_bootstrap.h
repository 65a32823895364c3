#pragma once

#include <cstdint>

#include "models/records/failure_model.h"

namespace models::records {

/// Which failures belong together is never sure: chance pairs are counted and long bursts fall
/// apart. So windows are drawn from the law and fitted as the record was, and the law is moved
/// until their fits look like that of the record (indirect inference, Gourieroux, Monfort and
/// Renault 1993). The spread of their fits is the doubt about the count: count_variance.
/// @param background  single failures by week, of any total
/// @param fitted  the raw law of the record
BurstLaw corrected(const BurstInput& input, const std::vector<double>& background,
                   const BurstLaw& fitted, std::uint64_t seed);

}  // namespace models::records
