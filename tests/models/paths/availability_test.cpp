#include <gtest/gtest.h>

#include <cmath>

#include "models/paths/exact_availability.h"
#include "models/paths/service_mission.h"
#include "sim/moments.h"
#include "tests/models/paths/small_system.h"

namespace models::paths {
namespace {

/// Every state, one by one.
double brute_force(const PathModel& model, const Service& service,
                   const std::vector<double>& down) {
  const auto parts = model.parts_of(service);
  double sum = 0;
  for (std::uint64_t state = 0; state < std::uint64_t{1} << parts.size(); ++state) {
    PartSet lost;
    double probability = 1;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool is_down = (state >> i & 1) != 0;
      if (is_down) lost.set(parts[i]);
      probability *= is_down ? down[parts[i]] : 1 - down[parts[i]];
    }
    if (probability > 0 && !model.serves(service, model.without(lost))) sum += probability;
  }
  return sum;
}

scenario::Scenario tiny(int hosts, int racks) {
  auto scenario = small_system();
  scenario.hardware.racks_per_site = racks;
  scenario.hardware.gateways.count = 2;
  scenario.paths->enclosures = 2;
  scenario.paths->services.front().hosts = hosts;
  scenario.hardware.machines_per_rack = 1;
  scenario.hardware.controllers = {.count = 1, .machines = 1};
  if (racks == 1) {
    scenario.strategies.front().code = {"reed-solomon", {{"data", 9}, {"parity", 2}}, {}};
    scenario.strategies.front().placement.kind = "partitioned";
    scenario.strategies.front().placement.across.reset();
  }
  return scenario;
}

TEST(ExactAvailability, IsTheSumOverAllStates) {
  const auto scenario = tiny(1, 2);
  const PathModel model(scenario, scenario.strategies.front());
  const auto& service = model.services().front();
  const auto down = share_down(path_laws(model, scenario, scenario.strategies.front()));
  const double exact = probability_down(model, service, down);
  ASSERT_LE(model.parts_of(service).size(), 20U);
  EXPECT_NEAR(exact / brute_force(model, service, down), 1, 1e-12);
}

TEST(ExactAvailability, OneRowInSeriesIsAProduct) {
  const auto scenario = tiny(1, 1);
  const PathModel model(scenario, scenario.strategies.front());
  std::vector<double> down(model.parts().size(), 0.0);
  double up = 1;
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    const PartKind kind = model.parts()[p].kind;
    if (kind != PartKind::host && kind != PartKind::head && kind != PartKind::software) continue;
    down[p] = 1e-9;
    up *= 1 - 1e-9;
  }
  EXPECT_NEAR(probability_down(model, model.services().front(), down) / -std::expm1(3 * -1e-9), 1,
              1e-9);
  EXPECT_LT(up, 1);
}

struct Simulated {
  sim::Moments service;
  sim::Moments no_path;
};
Simulated simulate(const scenario::Scenario& scenario, const PathModel& model, int missions) {
  const auto laws = path_laws(model, scenario, scenario.strategies.front());
  Simulated sums;
  // Long missions: the start from a system that is whole must not matter.
  const Seconds length = sim::years(100);
  for (int i = 0; i < missions; ++i) {
    ServiceMission mission(model, laws, *scenario.paths, 11, static_cast<std::uint64_t>(i),
                           ServiceMission::Failures::natural);
    mission.play(length);
    sums.service.add(mission.logs().front().down() / length.value);
    sums.no_path.add(mission.logs().front().no_path_seconds / length.value);
  }
  return sums;
}

TEST(ExactAvailability, TimeWithoutAPathIsAsSimulated) {
  const auto scenario = small_system();
  const PathModel model(scenario, scenario.strategies.front());
  const auto down = share_down(path_laws(model, scenario, scenario.strategies.front()));
  const double exact = probability_down(model, model.services().front(), down);
  const auto simulated = simulate(scenario, model, 60);
  const double z = (simulated.no_path.mean() - exact) / simulated.no_path.standard_error();
  EXPECT_LT(std::abs(z), 4) << simulated.no_path.mean() << " against " << exact;
}

TEST(ExactAvailability, ServiceWithoutSwitchingTimesIsAsExactOnOneArray) {
  const auto scenario = tiny(2, 1);
  const PathModel model(scenario, scenario.strategies.front());
  const auto down = share_down(path_laws(model, scenario, scenario.strategies.front()));
  const double exact = probability_down(model, model.services().front(), down);
  const auto simulated = simulate(scenario, model, 60);
  const double z = (simulated.service.mean() - exact) / simulated.service.standard_error();
  EXPECT_LT(std::abs(z), 4) << simulated.service.mean() << " against " << exact;
}

/// Two heads that fail at rate a and are back at rate b, all else for ever: after both were away
/// the one that left last has to be back. Exact chain: both current; one away, the other current;
/// both away, one of them current; the stale one back, the current one away.
TEST(ExactAvailability, AMirrorThatMustWaitForItsCurrentLegIsAsItsChain) {
  auto scenario = tiny(1, 2);
  scenario.failures = {};
  scenario.failures.machine_outage = scenario::Outage{sim::Distribution::exponential(sim::days(30)),
                                                      sim::Distribution::exponential(sim::days(5))};
  scenario.paths->host_outage.reset();
  scenario.paths->adapter_outage.reset();
  scenario.paths->enclosure_outage.reset();
  const PathModel model(scenario, scenario.strategies.front());
  const double a = 1.0 / 30;
  const double b = 1.0 / 5;
  // States: W both current; D one away; B both away; S the stale one back and the current one away.
  // W -2a-> D, D -b-> W, D -a-> B, B -b-> D (current back), B -b-> S (stale back), S -b-> W,
  // S -a-> B. Balance with W = 1:
  const double ratio_s = b / (a + b);                          // S = ratio_s B
  const double d_of_b = (2 * b - a * ratio_s) / a;             // B (2b) = a D + a S
  const double w_of_b = (b * d_of_b + b * ratio_s) / (2 * a);  // 2a W = b D + b S
  const double total = w_of_b + d_of_b + 1 + ratio_s;
  const double exact = (1 + ratio_s) / total;
  const auto simulated = simulate(scenario, model, 60);
  const double z = (simulated.service.mean() - exact) / simulated.service.standard_error();
  EXPECT_LT(std::abs(z), 4) << simulated.service.mean() << " against " << exact;
}

TEST(ServiceMission, FindsThatAWrongRepairTimeIsNotTheSameSystem) {
  const auto scenario = small_system();
  const PathModel model(scenario, scenario.strategies.front());
  auto laws = path_laws(model, scenario, scenario.strategies.front());
  auto down = share_down(laws);
  for (double& share : down) share *= 1.2;
  const double wrong = probability_down(model, model.services().front(), down);
  const auto simulated = simulate(scenario, model, 60);
  EXPECT_GT(std::abs(simulated.no_path.mean() - wrong) / simulated.no_path.standard_error(), 4);
}

/// Everything whole but one part.
ServiceLog after(const scenario::Scenario& scenario, const PathModel& model,
                 std::string_view name) {
  const auto laws = path_laws(model, scenario, scenario.strategies.front());
  ServiceMission mission(model, laws, *scenario.paths, 1, 0,
                         ServiceMission::Failures::injected_only);
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    if (model.parts()[p].name == name) mission.inject(p, Seconds{100});
  }
  mission.play(sim::years(5));
  EXPECT_TRUE(mission.all_served());
  EXPECT_FALSE(mission.resynchronising());
  return mission.logs().front();
}

scenario::Scenario with_times() {
  auto scenario = small_system();
  auto& times = scenario.paths->times;
  times.heartbeat = sim::Distribution::fixed({10});
  times.arbitration = sim::Distribution::fixed({1});
  times.fencing = sim::Distribution::fixed({2});
  times.promotion = sim::Distribution::fixed({3});
  times.path_error = sim::Distribution::fixed({5});
  times.path_switch = sim::Distribution::fixed({4});
  return scenario;
}

TEST(ServiceMission, AnInterruptionIsTheSumOfItsSteps) {
  const auto scenario = with_times();
  const PathModel model(scenario, scenario.strategies.front());
  EXPECT_DOUBLE_EQ(after(scenario, model, "engine 1").down(), 10 + 1 + 2 + 3);
  EXPECT_DOUBLE_EQ(after(scenario, model, "engine 2").down(), 5);
  EXPECT_DOUBLE_EQ(after(scenario, model, "array B head").down(), 5 + 1);
  EXPECT_DOUBLE_EQ(after(scenario, model, "array A shelf 1").down(), 5 + 1);
  EXPECT_DOUBLE_EQ(after(scenario, model, "fabric 1").down(), 5);
}

/// Nothing fails; parts of one kind are taken out in turn, twice a year each.
ServiceLog maintained(const scenario::Scenario& scenario,
                      std::optional<scenario::Maintenance> scenario::Failures::*what) {
  auto planned = scenario;
  planned.failures.*what =
      scenario::Maintenance{sim::days(100), sim::Distribution::fixed(sim::hours(1))};
  const PathModel model(planned, planned.strategies.front());
  const PathLaws laws(model.parts().size());
  const auto rotas = path_rotas(model, planned, planned.strategies.front());
  EXPECT_EQ(rotas.size(), 1U);
  ServiceMission mission(model, laws, *planned.paths, 1, 0, ServiceMission::Failures::natural);
  mission.maintain(rotas);
  mission.play(sim::days(1000) + sim::hours(2));
  EXPECT_TRUE(mission.all_served());
  return mission.logs().front();
}

TEST(ServiceMission, PlannedMaintenanceOfAPartThatIsThereTwiceCostsSwitchingOnly) {
  const auto scenario = with_times();
  const auto log = maintained(scenario, &scenario::Failures::core_switch_maintenance);
  constexpr auto planned = static_cast<std::size_t>(PartKind::planned);
  EXPECT_DOUBLE_EQ(log.no_path_seconds, 0);
  EXPECT_EQ(log.interruptions[planned], 20U);
  EXPECT_DOUBLE_EQ(log.down_seconds[planned], 20 * 5.0);
  EXPECT_DOUBLE_EQ(log.down(), log.down_seconds[planned]);
}

TEST(ServiceMission, PlannedMaintenanceOfTheOnlyArrayTakesTheServiceAway) {
  auto scenario = tiny(2, 1);
  const auto log = maintained(scenario, &scenario::Failures::machine_maintenance);
  // Head and shelf, ten turns each.
  const double machines = scenario.hardware.machines_per_rack;
  EXPECT_NEAR(log.no_path_seconds, 10 * machines * 3600, 1e-6);
}

TEST(ServiceMission, WhatIsAwayAlreadyIsPassedOverByItsMaintenance) {
  auto scenario = tiny(2, 1);
  scenario.failures.machine_maintenance =
      scenario::Maintenance{sim::days(10), sim::Distribution::fixed(sim::days(1))};
  const PathModel model(scenario, scenario.strategies.front());
  PathLaws laws(model.parts().size());
  const auto rotas = path_rotas(model, scenario, scenario.strategies.front());
  const std::uint32_t head = model.legs().front().head;
  laws[head] = scenario::PartOutage{sim::Distribution::fixed(sim::days(9)),
                                    sim::Distribution::fixed(sim::days(2))};
  ServiceMission mission(model, laws, *scenario.paths, 1, 0, ServiceMission::Failures::natural);
  mission.maintain(rotas);
  mission.play(sim::days(12));
  // Away from day 9 to 11; the turn on day 10 finds it away.
  EXPECT_DOUBLE_EQ(mission.logs().front().no_path_seconds, sim::days(2).value);
}

TEST(ServiceMission, AluaSwitchesPathsBesides) {
  auto scenario = with_times();
  scenario.paths->multipath = scenario::Multipath::alua;
  const PathModel model(scenario, scenario.strategies.front());
  EXPECT_DOUBLE_EQ(after(scenario, model, "engine 1").down(), 10 + 1 + 2 + 3 + 4);
  EXPECT_DOUBLE_EQ(after(scenario, model, "engine 2").down(), 0);
}

TEST(ServiceMission, ALongPauseCostsARestart) {
  auto scenario = with_times();
  scenario.paths->services.front().patience = {15};
  scenario.paths->services.front().restart = sim::Distribution::fixed({60});
  const PathModel model(scenario, scenario.strategies.front());
  EXPECT_DOUBLE_EQ(after(scenario, model, "engine 1").down(), 16 + 60);
  EXPECT_DOUBLE_EQ(after(scenario, model, "array B head").down(), 6);
}

TEST(ServiceMission, AHostThatIsLostCostsATakeoverAndNoRestart) {
  auto scenario = with_times();
  scenario.paths->services.front().takeover = sim::Distribution::fixed({90});
  scenario.paths->services.front().patience = {15};
  scenario.paths->services.front().restart = sim::Distribution::fixed({60});
  const PathModel model(scenario, scenario.strategies.front());
  EXPECT_DOUBLE_EQ(after(scenario, model, "HIS host 2").down(), 90);
}

TEST(ServiceMission, WithoutATieBreakerABrokenLinkMakesTwoPrimaries) {
  auto scenario = with_times();
  scenario.hardware.sites = 2;
  scenario.hardware.racks_per_site = 1;
  scenario.strategies.front().placement.across = scenario::Domain::site;
  scenario.paths->site_links = 1;
  scenario.paths->site_link_outage = {sim::Distribution::exponential(sim::years(1)),
                                      sim::Distribution::fixed({1000})};
  for (const bool third_place : {true, false}) {
    scenario.paths->third_place = third_place;
    const PathModel model(scenario, scenario.strategies.front());
    const auto laws = path_laws(model, scenario, scenario.strategies.front());
    ServiceMission mission(model, laws, *scenario.paths, 1, 0,
                           ServiceMission::Failures::injected_only);
    for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
      if (model.parts()[p].kind == PartKind::site_link) mission.inject(p, Seconds{100});
    }
    mission.play(Seconds{5000});
    EXPECT_EQ(mission.split_seconds() > 900, !third_place);
  }
}

}  // namespace
}  // namespace models::paths
