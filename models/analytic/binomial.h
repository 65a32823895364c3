#pragma once

#include <cstdint>

namespace models::analytic {

/// Independent failures, each with probability p: the one place for binomial figures. Both keep
/// their relative accuracy at 1e-30 and below.
/// @pre n >= 0 and 0 <= p <= 1

/// P(exactly `failed` of n fail); zero outside [0, n].
double binomial_term(std::int64_t n, std::int64_t failed, double p);

/// P(more than `most` of n fail).
double binomial_tail(std::int64_t n, std::int64_t most, double p);

}  // namespace models::analytic
