#pragma once

#include "models/fleet/results.h"

namespace reports_test {

/// Four strategies with every kind of figure: a value with an even and an uneven interval, a bound,
/// an infinite value, one that did not converge, exact ones; Chinese and very long names.
models::fleet::Results sample_results();

}  // namespace reports_test
