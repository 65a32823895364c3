// Disks that fail with others of their lot, or while a rebuild reads them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>
#include <string>

#include "models/fleet/rare_mission.h"
#include "models/fleet/tally.h"
#include "sim/estimators/publish.h"
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
  s.hardware.power_domains = 2;
  s.failures.disk = sim::Distribution::weibull(1.5, sim::years(1.2));
  auto& strategy = s.strategies[0];
  strategy.placement.max_per_rack = 1;
  strategy.repair.detection.process = sim::Distribution::fixed(sim::hours(3));
  strategy.repair.replacement = sim::Distribution::fixed(sim::hours(72));
  strategy.repair.throttles = {
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {20e6}}};
  return small;
}

Shock often(double years, double kills) {
  return {sim::Distribution::exponential(sim::years(years)), kills,
          sim::Distribution::fixed(sim::hours(12))};
}

sim::Distribution every(double years) { return sim::Distribution::exponential(sim::years(years)); }

struct Kind {
  std::string name;  ///< the family that the loss is booked under
  std::function<void(scenario::Failures&)> add;
};

/// All that destroys data, beside the disks' own deaths.
const std::vector<Kind>& kinds() {
  using F = scenario::Failures;
  static const std::vector<Kind> all{
      {"machine", [](F& f) { f.machine = every(0.5); }},
      {"machine shock", [](F& f) { f.machine_shock = often(0.5, 0.8); }},
      {"machine wipe", [](F& f) { f.machine_wipe = often(0.7, 1); }},
      {"rack shock", [](F& f) { f.rack_shock = often(0.4, 0.6); }},
      {"rack wipe", [](F& f) { f.rack_wipe = often(1, 1); }},
      {"power domain shock", [](F& f) { f.power_domain_shock = often(10, 0.4); }},
      {"site shock", [](F& f) { f.site_shock = often(20, 0.3); }},
      {"site wipe", [](F& f) { f.site_wipe = often(20, 1); }},
      {"batch shock", [](F& f) { f.batch_shock = often(4, 0.3); }},
      {"disk under rebuild", [](F& f) { f.strain = every(0.1); }},
      {"burst",
       [](F& f) {
         f.burst = scenario::Burst{every(0.5), {{2, 0.7}, {6, 0.3}}, 0.4};
       }},
      {"latent error",
       [](F& f) { f.disk_latent = scenario::LatentErrors{.defects = {3 / sim::year.value}}; }},
  };
  return all;
}

struct Seen {
  sim::Moments lost;
  Tally tally;
};

Seen direct(const std::shared_ptr<const Fleet>& fleet, std::uint64_t missions) {
  Mission mission(fleet, 77);
  Seen seen;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    const Outcome outcome = mission.play(state);
    seen.lost.add(outcome.first_loss ? 1 : 0);
    seen.tally.add(outcome, *fleet);
  }
  return seen;
}

/// Share of what is lost that is booked under the name.
double share_of(const std::string& name, const Tally& tally) {
  const double all = std::accumulate(tally.lost_by_family.begin(), tally.lost_by_family.end(),
                                     tally.lost_to_latent_errors);
  if (name == latent_error_name) return tally.lost_to_latent_errors / all;
  const auto family = std::ranges::find(tally.families, name) - tally.families.begin();
  return tally.lost_by_family.at(static_cast<std::size_t>(family)) / all;
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
  constexpr std::uint64_t missions = 4500;
  const Kind& kind = kinds()[GetParam()];
  SmallFleet small = rough_fleet();
  const sim::Moments without = direct(small.compiled(), missions).lost;
  kind.add(small.scenario.failures);
  const auto fleet = small.compiled();
  const auto names = fleet->names_of(fleet->families());
  const auto family = std::ranges::find(names, kind.name) - names.begin();
  ASSERT_LT(family, std::ssize(names)) << kind.name;
  const Seen plain = direct(fleet, missions);
  EXPECT_GT(z_between(plain.lost, without), 4.0)
      << kind.name << " " << plain.lost.mean() << " after " << without.mean();
  EXPECT_GT(share_of(kind.name, plain.tally), 0.01) << kind.name;
  for (const auto method : {sim::Method::exposure, sim::Method::compensator}) {
    const sim::RareTally tally =
        estimate(method, fleet, method == sim::Method::exposure ? 400 : 2000);
    EXPECT_LT(std::abs(z_between(tally.loss().x(), plain.lost)), 4.0)
        << kind.name << ": " << tally.loss().x().mean() << " +- "
        << tally.loss().x().standard_error() << " against " << plain.lost.mean();
    EXPECT_GT(sim::causes(tally).ended[static_cast<std::size_t>(family)], 0.01) << kind.name;
  }
}

std::string name_of_kind(const ::testing::TestParamInfo<std::size_t>& info) {
  std::string name = kinds()[info.param].name;
  std::ranges::replace(name, ' ', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKind, ::testing::Range<std::size_t>(0, 12), name_of_kind);

TEST(CommonDefects, EveryKindThatDestroysDataIsTried) {
  // The disks' own deaths and warnings of them have tests of their own.
  EXPECT_EQ(kinds().size(), scenario::all_shocks().size() + 4);
}

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
