#include <gtest/gtest.h>

#include <cmath>

#include "models/fleet/mission.h"
#include "models/fleet/rare_mission.h"
#include "sim/estimators/balance.h"
#include "sim/estimators/rare_estimator.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

/// 2+1 on six machines of two disks, whole again within minutes, nothing failing yet.
SmallFleet sound_fleet() {
  SmallFleet small(6, 1, 2);
  small.reed_solomon(2, 1, 12);
  auto& repair = small.scenario.strategies[0].repair;
  repair.detection.process = sim::Distribution::fixed(sim::minutes(1));
  repair.replacement = sim::Distribution::fixed(sim::years(5));
  return small;
}

scenario::Shock wipe_every(Seconds mean, Seconds back) {
  return {sim::Distribution::exponential(mean), 1.0, sim::Distribution::fixed(back)};
}

TEST(Wipe, CostsTheDataOfAMachineAndNoHardware) {
  SmallFleet small = sound_fleet();
  small.scenario.failures.machine_wipe = wipe_every(sim::years(1e9), sim::minutes(10));
  const auto fleet = small.compiled();
  ASSERT_EQ(fleet->family_name(0), "machine wipe");
  RareMission mission(fleet, 1);
  State state = mission.initial(0);
  sim::Stream stream(1, sim::Purpose::test);
  sim::Change change;
  EXPECT_EQ(mission.inject(state, {0, 2}, {}, stream, change), 1.0);
  EXPECT_FALSE(change.deeper.empty());
  EXPECT_FALSE(Mission::works(state, {topology::UnitKind::disk, 4}));
  EXPECT_FALSE(Mission::works(state, {topology::UnitKind::disk, 5}));
  EXPECT_TRUE(state.down_machines.empty());
  // The disks are back long before new hardware would be.
  while (mission.advance(state, sim::hours(1), change)) change.clear();
  EXPECT_TRUE(Mission::works(state, {topology::UnitKind::disk, 4}));
  EXPECT_TRUE(Mission::works(state, {topology::UnitKind::disk, 5}));
}

TEST(Wipe, OfASiteLosesAllAtTheRateItComes) {
  SmallFleet small = sound_fleet();
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(1e9));
  small.scenario.failures.site_wipe = wipe_every(sim::years(1e6), sim::hours(1));
  const auto fleet = small.compiled();
  sim::RareOptions options;
  options.mission = fleet->mission();
  RareMission model(fleet, 5);
  options = sim::balanced(model, options, 2.0);
  sim::RareEstimator<RareMission> estimator(model, sim::Method::exposure, options, 5);
  sim::RareTally tally = estimator.empty_tally(options.mission);
  for (std::uint64_t r = 0; r < 400; ++r) estimator.play(r, tally);
  const sim::Moments& any = tally.loss().x();
  EXPECT_LT(std::abs(any.mean() - 1e-6) / any.standard_error(), 4.0) << any.mean();
}

/// Counts who goes away, and how many are away together.
class Turns final : public Observer {
 public:
  void saw(Seconds at, std::string_view kind, std::string_view where, std::string_view) override {
    if (kind == "outage begins") {
      starts.emplace_back(at);
      places.emplace_back(where);
      most = std::max(most, ++away);
    }
    if (kind == "outage ends") --away;
  }
  std::vector<Seconds> starts;
  std::vector<std::string> places;
  int away{};
  int most{};
};

TEST(Maintenance, TakesOneUnitAfterAnother) {
  SmallFleet small = sound_fleet();
  small.scenario.failures.machine_maintenance =
      scenario::Maintenance{sim::days(60), sim::Distribution::fixed(sim::hours(2))};
  const auto fleet = small.compiled();
  Mission mission(fleet, 1);
  Turns turns;
  mission.watch(&turns);
  State state = mission.initial(0);
  const Outcome outcome = mission.play(state);
  // 365.25 days hold 36 turns of ten days; all six machines have six.
  ASSERT_EQ(turns.starts.size(), 36U);
  EXPECT_EQ(turns.most, 1);
  EXPECT_EQ(turns.starts[1] - turns.starts[0], sim::days(10));
  EXPECT_NE(turns.places[0], turns.places[1]);
  EXPECT_EQ(turns.places[0], turns.places[6]);
  EXPECT_FALSE(outcome.first_loss);
  EXPECT_EQ(outcome.disks_lost, 0U);
}

}  // namespace
}  // namespace models::fleet
