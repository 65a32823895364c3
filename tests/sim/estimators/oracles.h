#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <variant>
#include <vector>

#include "sim/estimators/publish.h"
#include "sim/estimators/rare_options.h"
#include "sim/estimators/rare_tally.h"
#include "tests/sim/estimators/priority_rebuild.h"
#include "tests/sim/estimators/rare_k_of_n.h"
#include "tests/sim/estimators/toy_fleet.h"

namespace sim::testing {

/// A model whose losses are known without simulation.
struct Oracle {
  std::string name;
  std::variant<RareKOfN, PriorityRebuild, ToyFleet> model;
  Seconds mission;
  double loss{};    ///< P(any loss within the mission)
  double amount{};  ///< expected groups lost
};

enum class Estimator { exposure, compensator, splitting };
enum class Planted {
  nothing,
  cut_at_one,
  random_mean,
  only_from_whole,
  skips_losses_at_once,
};

/// Both settings balanced, so many virtual events in each replicate. A floor of 0 leaves the event
/// classes without their share: a defect that the tests plant.
RareOptions options_for(const Oracle& oracle, double starts, double floor = 0.2);

/// Plays so many replicates of it on one thread.
RareTally play(const Oracle& oracle, Estimator estimator, const RareOptions& options,
               std::uint64_t replicates, std::uint64_t seed, Planted planted = Planted::nothing);

/// Plays blocks of 64 until the stopping rule holds, or `most` are played.
RareTally play_until(const Oracle& oracle, Estimator estimator, const RareOptions& options,
                     const RarePrecision& precision, std::uint64_t most, std::uint64_t seed,
                     Planted planted = Planted::nothing);

// The numbers O1, O2, ... are those of the list of oracles in docs/validation.md.
Oracle ten_of_fourteen(double repairs_per_year);                // O1
Oracle raised_k_of_n(double failures_per_year, int repairers);  // O1, O2
Oracle mirror();                                                // O3
Oracle latent_errors(int tolerance);                            // O4
Oracle separate_stripes();                                      // O5
Oracle stripes_on_the_same_units();                             // O6
Oracle shocks_within_tolerance();                               // O7
Oracle shocks_beyond_tolerance();                               // O7
Oracle rare_shocks_of_three_racks();                            // O7
Oracle nearly_fixed_repair();                                   // O8
Oracle ageing_without_repair();                                 // O9
Oracle ageing_mirror();                                         // O10
Oracle urgent_rebuild_first();                                  // O11
Oracle every_triple_of_units();                                 // O13
Oracle local_reconstruction();                                  // O14

/// All of these, and two more of O1 and O2.
std::vector<Oracle> all_oracles();

/// Its name without what the names of tests cannot hold.
inline std::string name_of(const ::testing::TestParamInfo<Oracle>& info) {
  std::string name;
  for (const char letter : info.param.name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0) name += letter;
  }
  return name;
}

}  // namespace sim::testing
