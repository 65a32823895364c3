#pragma once

#include <cstdint>

#include "sim/random.h"

namespace models::drill {

/// One use of randomness each, so that what a planner draws never moves the faults.
enum Draws : std::uint64_t { placing, contents, faults, planning, reading };

inline sim::Stream stream_for(std::uint64_t seed, std::uint64_t mission, Draws draws,
                              std::uint64_t number = 0, std::uint32_t branch = 0) {
  return {seed, sim::Purpose::drill, {mission, draws, number, branch}};
}

}  // namespace models::drill
