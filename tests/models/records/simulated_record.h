#pragma once

#include <cstdint>
#include <vector>

#include "models/records/sample.h"
#include "sim/random.h"

namespace record_test {

/// What a record is made of. Slots hold a unit at all times; who fails is replaced at once.
struct Planted {
  std::uint32_t slots{1500};
  std::uint32_t machines{150};
  std::uint32_t racks{15};
  double years{3};
  double most_age{5};          ///< years, evenly spread, when the record begins
  double rate{0.13};           ///< failures per unit-year at an age of one year
  double shape{1};             ///< of a Weibull law
  double months_variance{};    ///< of the factors of four weeks, which follow a gamma law of mean 1
  double machines_variance{};  ///< likewise of machines
  double units_variance{};     ///< likewise of slots
  double bursts{};             ///< expected
};

/// Of a gamma law of mean 1.
double gamma_factor(double variance, sim::Stream& stream);

/// A sample with the times and places of all failures; each life knows its place.
models::records::Sample simulated_record(const Planted& planted, std::uint64_t number);

}  // namespace record_test
