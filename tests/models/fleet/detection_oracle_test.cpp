// Losses while detection takes time, against the formula of docs/methods.md, which shares nothing
// with the fleet. All estimators of the fleet agree with each other, so they are no oracle.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/fleet/rare_run.h"
#include "struck_mission.h"
#include "tests/models/oracle/detection_formula.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;
using testing::Struck;

constexpr int disks = 40;
constexpr int groups = 4000;
constexpr double failures_a_year = 0.02;

/// RS 4+m on 40 machines of a disk each, whose reads set the pace: eight and a half hours for a
/// disk.
SmallFleet fleet_of(int parity, Seconds detection) {
  SmallFleet small(disks, 1, 1);
  small.reed_solomon(4, parity, groups);
  small.scenario.data.logical = {40e9 * groups};
  small.scenario.data.stripe = {};  // many in a group
  small.scenario.hardware.network = {{1e15}, {1e15}, {1e18}, 1.0};
  small.scenario.hardware.disk = {"test disk", {16e12}, {1e15}, {1e15}};
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(1 / failures_a_year));
  auto& repair = small.scenario.strategies[0].repair;
  repair.detection.process = sim::Distribution::fixed(detection);
  repair.throttles = {{scenario::ThrottleAt::machine, scenario::ThrottleCounts::reads, {20e6}}};
  return small;
}

/// Time from the report to full redundancy of one lost disk, as the fleet has it.
Seconds rebuild_of_a_disk(int parity) {
  SmallFleet small = fleet_of(parity, {});
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(1e9));
  Struck struck(small.scenario);
  struck.lose(0);
  return struck.heal();
}

struct Case {
  int parity;
  double detection;  ///< of the rebuild of a disk
};

class DetectionOracle : public ::testing::TestWithParam<Case> {};

TEST_P(DetectionOracle, LossesAreThoseOfTheFormula) {
  const Case c = GetParam();
  const Seconds rebuild = rebuild_of_a_disk(c.parity);
  const Seconds detection = rebuild * c.detection;
  oracle::DetectionCase truth;
  truth.tolerance = c.parity;
  truth.shards = 4 + c.parity;
  truth.disks = disks;
  truth.groups = groups;
  truth.rate = failures_a_year;
  truth.detection = sim::in_years(detection);
  truth.rebuild = sim::in_years(rebuild);
  truth.time = 1;
  ASSERT_LT(disks * failures_a_year * (truth.detection + truth.rebuild), 0.01);
  RareRunOptions options;
  options.seed = 11;
  options.threads = 1;
  options.method = sim::Method::exposure;
  options.replicates = {0, 192};
  const auto fleet = fleet_of(c.parity, detection).compiled();
  const RareRun run = estimate_rare_loss(fleet, options);
  const sim::Moments& share = run.tally.amounts()[RareMission::stripes];
  const double lost = share.mean() * groups;
  const double error = share.standard_error() * groups;
  const double expected = oracle::expected_losses(truth);
  // The formula is of leading order; what it leaves out is below N L (D + W).
  constexpr double left_out = 0.01;
  EXPECT_LT(std::abs(lost - expected), 4 * error + left_out * expected)
      << "fleet " << lost << " +- " << error << ", formula " << expected << ", D/W " << c.detection;
  EXPECT_LT(error, 0.15 * expected) << "too wide to say anything";
}

INSTANTIATE_TEST_SUITE_P(ParityAndDelay, DetectionOracle,
                         ::testing::Values(Case{1, 0.02}, Case{1, 5}, Case{2, 0.02}, Case{2, 0.35},
                                           Case{2, 5}, Case{3, 0.35}, Case{3, 2}));

}  // namespace
}  // namespace models::fleet
