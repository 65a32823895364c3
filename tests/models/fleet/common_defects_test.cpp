// Disks that fail with others of their lot, or while a rebuild reads them.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <memory>
#include <string>

#include "models/fleet/rare_mission.h"
#include "sim/estimators/rare_estimator.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using scenario::Shock;
using testing::SmallFleet;

/// Rates high enough that direct simulation sees the losses.
SmallFleet rough_fleet() {
  SmallFleet small(6, 2, 2);
  small.reed_solomon(3, 2, 60);
  scenario::Scenario& s = small.scenario;
  s.hardware.batches = 4;
  s.failures.disk = sim::Distribution::weibull(1.5, sim::years(1.2));
  auto& strategy = s.strategies[0];
  strategy.placement.max_per_rack = 1;
  strategy.repair.detection = sim::Distribution::fixed(sim::hours(3));
  strategy.repair.replacement = sim::Distribution::fixed(sim::hours(72));
  strategy.repair.throttles = {
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {20e6}}};
  return small;
}

Shock often(double years, double kills) {
  return {sim::Distribution::exponential(sim::years(years)), kills,
          sim::Distribution::fixed(sim::hours(12))};
}

struct Kind {
  std::string name;  ///< the family that the loss is booked under
  std::function<void(scenario::Failures&)> add;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"batch shock", [](auto& f) { f.batch_shock = often(4, 0.3); }},
      {"disk under rebuild",
       [](auto& f) { f.strain = sim::Distribution::exponential(sim::years(0.1)); }},
  };
  return all;
}

sim::Moments direct(const std::shared_ptr<const Fleet>& fleet, std::uint64_t missions) {
  Mission mission(fleet, 77);
  sim::Moments lost;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    lost.add(mission.play(state).first_loss ? 1 : 0);
  }
  return lost;
}

sim::RareTally estimate(sim::Method method, const std::shared_ptr<const Fleet>& fleet,
                        std::uint64_t replicates) {
  sim::RareOptions options;
  options.mission = fleet->mission();
  sim::RareEstimator<RareMission> estimator(RareMission(fleet, 5), method, options, 5);
  sim::RareTally tally = estimator.empty_tally(options.mission);
  for (std::uint64_t r = 0; r < replicates; ++r) estimator.play(r, tally);
  return tally;
}

double z_between(const sim::Moments& a, const sim::Moments& b) {
  return (a.mean() - b.mean()) / std::hypot(a.standard_error(), b.standard_error());
}

class EveryKind : public ::testing::TestWithParam<std::size_t> {};

TEST_P(EveryKind, RaisesLossAndIsSeenAlikeByAllEstimators) {
  const Kind& kind = kinds()[GetParam()];
  SmallFleet small = rough_fleet();
  const sim::Moments without = direct(small.compiled(), 4000);
  kind.add(small.scenario.failures);
  const auto fleet = small.compiled();
  const auto names = fleet->names_of(fleet->families());
  EXPECT_NE(std::find(names.begin(), names.end(), kind.name), names.end());
  const sim::Moments plain = direct(fleet, 4000);
  EXPECT_GT(z_between(plain, without), 4.0) << kind.name << " " << plain.mean();
  for (const auto method : {sim::Method::exposure, sim::Method::compensator}) {
    const sim::RareTally tally =
        estimate(method, fleet, method == sim::Method::exposure ? 500 : 3000);
    EXPECT_LT(std::abs(z_between(tally.loss().x(), plain)), 4.0)
        << kind.name << ": " << tally.loss().x().mean() << " +- "
        << tally.loss().x().standard_error() << " against " << plain.mean();
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKind, ::testing::Range<std::size_t>(0, 2));

TEST(CommonDefects, ALotIsSpreadOverAllMachines) {
  SmallFleet small(6, 2, 2);
  small.scenario.hardware.batches = 3;
  const topology::Topology topology(small.scenario.hardware);
  std::uint32_t disks = 0;
  for (std::uint32_t lot = 0; lot < topology.count(topology::UnitKind::batch); ++lot) {
    const auto range = topology.disks_of({topology::UnitKind::batch, lot});
    for (std::uint32_t disk = range.first; disk < range.end; disk += range.step) {
      EXPECT_EQ(topology.place_of_disk(topology::UnitKind::batch, disk), lot);
      EXPECT_TRUE(range.holds(disk));
      EXPECT_FALSE(range.holds(disk + 1));
      ++disks;
    }
  }
  EXPECT_EQ(disks, topology.disks());
}

}  // namespace
}  // namespace models::fleet
