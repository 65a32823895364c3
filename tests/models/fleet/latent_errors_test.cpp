// Errors that wait on disks until a rebuild without redundancy left reads them.
#include "models/fleet/latent_errors.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models/fleet/arithmetic.h"
#include "models/fleet/mission.h"
#include "models/fleet/rare_mission.h"
#include "models/fleet/run.h"
#include "models/group/raid_group.h"
#include "sim/estimators/rare_estimator.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using scenario::LatentErrors;
using scenario::Scrub;
using scenario::ScrubKind;
using testing::SmallFleet;

/// One group on as many disks, full of it; a stripe is all of it, so an error takes everything.
SmallFleet one_group(int data, int parity, Seconds life, Seconds repair) {
  SmallFleet small(data + parity, 1, 1);
  small.reed_solomon(data, parity, 1).exponential(life, repair);
  scenario::Scenario& s = small.scenario;
  s.data.objects = 1;
  s.data.stripe = s.data.logical;
  s.hardware.disk.capacity = s.data.logical / data;
  return small;
}

struct Direct {
  sim::Moments lost;    ///< 1 for a mission that lost anything
  sim::Moments groups;  ///< lost, in shares
  sim::Moments errors;  ///< of these, to latent errors
};

Direct direct(const SmallFleet& small, std::uint64_t missions, std::uint64_t seed = 77) {
  Mission mission(small.compiled(), seed);
  Direct result;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    const Outcome outcome = mission.play(state);
    result.lost.add(outcome.first_loss ? 1 : 0);
    result.groups.add(outcome.groups_lost);
    result.errors.add(outcome.lost_to_latent_errors);
  }
  return result;
}

sim::RareTally estimate(sim::Method method, const std::shared_ptr<const Fleet>& fleet,
                        std::uint64_t replicates) {
  sim::RareOptions options;
  options.mission = fleet->mission();
  options.effort = 512;
  sim::RareEstimator<RareMission> estimator(RareMission(fleet, 5), method, options, 5);
  sim::RareTally tally = estimator.empty_tally(options.mission);
  for (std::uint64_t r = 0; r < replicates; ++r) estimator.play(r, tally);
  return tally;
}

void expect_agree(const sim::Moments& a, const sim::Moments& b, double scale = 1) {
  EXPECT_LT(std::abs(a.mean() - scale * b.mean()) /
                std::hypot(a.standard_error(), scale * b.standard_error()),
            4.0)
      << a.mean() << " +- " << a.standard_error() << " against " << scale * b.mean() << " +- "
      << scale * b.standard_error();
}

double z(const sim::Moments& moments, double truth) {
  return (moments.mean() - truth) / moments.standard_error();
}

TEST(LatentErrors, TheFleetLosesWhatASingleGroupLoses) {
  for (const double scrub_hours : {186.0, 3000.0}) {
    SmallFleet small = one_group(7, 1, sim::hours(302016), sim::hours(22.7));
    scenario::Scenario& s = small.scenario;
    s.mission = sim::hours(87600);
    s.failures.disk = sim::Distribution::weibull(1.13, sim::hours(302016));
    s.failures.disk_latent = LatentErrors{.defects = {1 / sim::hours(12325).value}};
    s.strategies[0].repair.rebuild_time = sim::Distribution::weibull(1.65, sim::hours(22.7));
    const auto delay = sim::Distribution::exponential(sim::hours(scrub_hours));
    s.strategies[0].repair.scrub = Scrub{.kind = ScrubKind::delay, .delay = delay};
    const group::RaidGroup raid{.data = 7,
                                .parity = 1,
                                .life = *s.failures.disk,
                                .repair = *s.strategies[0].repair.rebuild_time,
                                .defects = group::Defects{{1 / sim::hours(12325).value}, delay},
                                .mission = s.mission};
    const group::GroupTally tally = group::play_missions(raid, 200000, 3, 2);
    const Direct fleet = direct(small, 20000);
    EXPECT_GT(fleet.errors.non_zero(), 1000U);
    expect_agree(fleet.errors, tally.defects);
    const sim::RareTally exposure = estimate(sim::Method::exposure, small.compiled(), 3000);
    expect_agree(exposure.loss().x(), fleet.lost);
    expect_agree(exposure.amounts()[RareMission::stripes], fleet.groups);
  }
}

/// The chain of one group in which a rebuild without redundancy left fails with this chance.
double chain_with_errors(const SmallFleet& small) {
  const scenario::Strategy& strategy = small.scenario.strategies[0];
  const auto code = codes::make_code(strategy.code);
  const analytic::ChainFigures figures =
      analytic::chain_figures(chain_inputs(small.scenario, strategy, *code));
  return figures.annual_loss_probability;  // of a mission of one year
}

// RAID-5 and RAID-6 with a Bernoulli error at each rebuild without redundancy left: exact chains.
TEST(LatentErrors, OfUnreadableBitsTheChainIsExact) {
  for (const int parity : {1, 2}) {
    SmallFleet small = one_group(5, parity, sim::hours(20000), sim::hours(60));
    small.scenario.failures.disk_latent =
        LatentErrors{.unreadable_bits = 0.02 / (8 * 1e12 / 5)};  // 0.02 for each shard
    const double truth = chain_with_errors(small);
    SmallFleet sound = small;
    sound.scenario.failures.disk_latent.reset();
    EXPECT_GT(truth, 1.5 * chain_with_errors(sound));
    const auto fleet = small.compiled();
    for (const sim::Method method : {sim::Method::exposure, sim::Method::compensator}) {
      const sim::RareTally tally = estimate(method, fleet, 8000);
      EXPECT_LT(std::abs(z(tally.loss().x(), truth)), 4.0)
          << parity << ": " << tally.loss().x().mean() << " against " << truth;
    }
    const sim::RareTally split = estimate(sim::Method::splitting, fleet, 40);
    EXPECT_LT(std::abs(z(split.loss().x(), truth)), 4.0)
        << parity << ": " << split.loss().x().mean() << " against " << truth;
  }
}

TEST(LatentErrors, OfScrubbedDefectsTheChainIsCloseAndOfStripesToo) {
  SmallFleet small = one_group(5, 1, sim::hours(20000), sim::hours(60));
  scenario::Scenario& s = small.scenario;
  s.data.objects = 100;
  s.data.stripe = s.data.object_size();
  s.failures.disk_latent = LatentErrors{.defects = {1 / sim::hours(9259).value}, .burst = 2};
  s.strategies[0].repair.scrub = Scrub{.kind = ScrubKind::pass, .every = sim::days(7)};
  const auto code = codes::make_code(s.strategies[0].code);
  const analytic::ChainFigures chain =
      analytic::chain_figures(chain_inputs(s, s.strategies[0], *code));
  SmallFleet sound = small;
  sound.scenario.failures.disk_latent.reset();
  const analytic::ChainFigures disks_alone =
      analytic::chain_figures(chain_inputs(sound.scenario, sound.scenario.strategies[0], *code));
  const Direct fleet = direct(small, 20000);
  EXPECT_NEAR(fleet.lost.mean() / chain.annual_loss_probability, 1.0, 0.05);
  // The chain counts whole groups; a second disk takes the stripes that are not yet rebuilt, half
  // of them on average.
  const double bytes = chain.nomdl_bytes_per_tb_year - disks_alone.nomdl_bytes_per_tb_year / 2;
  EXPECT_NEAR(fleet.groups.mean() / (bytes / 1e12), 1.0, 0.1);
}

/// Bandwidth shared, two shards to lose, machines and outages.
SmallFleet rough_fleet() {
  SmallFleet small(6, 2, 2);
  small.reed_solomon(3, 2, 60);
  scenario::Scenario& s = small.scenario;
  s.data.objects = 600;
  s.data.stripe = s.data.object_size();
  s.failures.disk = sim::Distribution::weibull(1.8, sim::years(0.5));
  s.failures.machine = sim::Distribution::exponential(sim::years(4));
  s.failures.machine_outage = scenario::Outage{sim::Distribution::exponential(sim::years(0.2)),
                                               sim::Distribution::exponential(sim::hours(5))};
  s.failures.disk_latent = LatentErrors{.defects = {1 / sim::days(20).value},
                                        .burst = 2,
                                        .silent = {1 / sim::days(50).value},
                                        .unreadable_bits = 1e-15};
  auto& strategy = s.strategies[0];
  strategy.repair.detection.process = sim::Distribution::fixed(sim::hours(3));
  strategy.repair.replacement = sim::Distribution::fixed(sim::hours(72));
  strategy.repair.throttles = {
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {20e6}}};
  strategy.repair.scrub = Scrub{.kind = ScrubKind::pass, .every = sim::days(30)};
  return small;
}

TEST(LatentErrors, EstimatorsAgreeWithDirectSimulationOfARoughFleet) {
  const SmallFleet small = rough_fleet();
  const Direct plain = direct(small, 3000);
  EXPECT_GT(plain.errors.non_zero(), 100U);
  const auto fleet = small.compiled();
  const double groups = fleet->map().groups();
  for (const sim::Method method : {sim::Method::exposure, sim::Method::compensator}) {
    const sim::RareTally tally =
        estimate(method, fleet, method == sim::Method::exposure ? 250 : 3000);
    expect_agree(tally.loss().x(), plain.lost);
    expect_agree(tally.amounts()[RareMission::stripes], plain.groups, 1 / groups);
  }
}

TEST(LatentErrors, SwitchedOnTheyCostDataAndScrubbingGivesMostOfThemBack) {
  SmallFleet sound = rough_fleet();
  SmallFleet scrubbed = sound;
  SmallFleet unscrubbed = sound;
  SmallFleet blind = sound;
  sound.scenario.failures.disk_latent.reset();
  unscrubbed.scenario.strategies[0].repair.scrub = {};
  blind.scenario.strategies[0].repair.scrub.checks = scenario::ScrubChecks::readable;
  constexpr std::uint64_t missions = 2000;
  const Direct none = direct(sound, missions);
  const Direct some = direct(scrubbed, missions);
  const Direct more = direct(blind, missions);
  const Direct most = direct(unscrubbed, missions);
  EXPECT_EQ(none.errors.mean(), 0.0);
  // The same failures: what differs are the errors alone.
  EXPECT_NEAR((some.groups.mean() - some.errors.mean()) / none.groups.mean(), 1.0, 1e-9);
  EXPECT_GT(some.errors.mean(), 0.0);
  EXPECT_GT(more.errors.mean(), 1.2 * some.errors.mean()) << "silent corruption is not found";
  EXPECT_GT(most.errors.mean(), 1.2 * more.errors.mean());
}

TEST(LatentErrors, BurstsSpoilMoreStripesAndNotMoreOften) {
  SmallFleet small = rough_fleet();
  small.scenario.failures.disk_latent = LatentErrors{.defects = {1 / sim::days(20).value}};
  const Direct alone = direct(small, 400);
  small.scenario.failures.disk_latent->burst = 3;
  const Direct bursts = direct(small, 400);
  EXPECT_EQ(alone.lost.mean(), bursts.lost.mean());
  EXPECT_GT(bursts.errors.mean(), 1.5 * alone.errors.mean());
}

TEST(LatentErrors, AreACauseOfLossByEveryMethod) {
  SmallFleet small = rough_fleet();
  for (const sim::Method method :
       {sim::Method::direct, sim::Method::exposure, sim::Method::compensator}) {
    RunOptions options;
    options.method = method;
    options.replicates = {0, 128};
    const auto results = run(small.scenario, options);
    ASSERT_TRUE(results);
    const auto& causes = results.value().strategies[0].loss_by_cause;
    ASSERT_TRUE(causes.contains("latent error")) << sim::to_string(method);
    EXPECT_GT(causes.at("latent error"), 0.01);
    EXPECT_LT(causes.at("latent error"), 1.0);
  }
}

}  // namespace
}  // namespace models::fleet
