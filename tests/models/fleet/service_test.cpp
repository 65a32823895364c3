// Time without service against products of availabilities.
#include <gtest/gtest.h>

#include <cmath>

#include "models/fleet/mission.h"
#include "models/fleet/run.h"
#include "sim/moments.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

constexpr Seconds between = sim::days(20);
constexpr Seconds duration = sim::days(2);

scenario::Outage outage() {
  return {sim::Distribution::exponential(between), sim::Distribution::exponential(duration)};
}

/// Share of a year without service, from up(t), the chance that one part is up at t when it was at
/// 0: Simpson's rule over `served(up)`.
template <class Served>
double share_unserved(const Served& served) {
  const double fails = 1 / between.value;
  const double returns = 1 / duration.value;
  const auto unserved = [&](double t) {
    const double up = (returns + fails * std::exp(-(fails + returns) * t)) / (fails + returns);
    return 1 - served(up);
  };
  constexpr int steps = 20000;
  const double step = sim::year.value / steps;
  double sum = unserved(0) + unserved(sim::year.value);
  for (int i = 1; i < steps; ++i) sum += unserved(i * step) * (i % 2 == 1 ? 4 : 2);
  return sum * step / 3 / sim::year.value;
}

struct Shares {
  sim::Moments unread;
  sim::Moments unwritten;
};

Shares played(const SmallFleet& small) {
  constexpr std::uint64_t missions = 3000;
  Shares shares;
  Mission mission(small.compiled(7), 7);
  for (std::uint64_t replicate = 0; replicate < missions; ++replicate) {
    State state = mission.initial(replicate);
    const Outcome outcome = mission.play(state);
    shares.unread.add(outcome.unread_seconds / sim::year.value);
    shares.unwritten.add(outcome.unwritten_seconds / sim::year.value);
  }
  return shares;
}

double z_of(const sim::Moments& moments, double truth) {
  return (moments.mean() - truth) / moments.standard_error();
}

SmallFleet three_racks() {
  SmallFleet small(3, 1, 1);
  small.replicas(3, 3);
  return small;
}

TEST(Service, OfTwoFrontEndsThatAreBothNeededIsTheProduct) {
  SmallFleet small = three_racks();
  small.scenario.hardware.front_ends = {.count = 2, .needed = 2};
  small.scenario.failures.front_end_outage = outage();
  const Shares shares = played(small);
  const double truth = share_unserved([](double up) { return up * up; });
  EXPECT_LT(std::abs(z_of(shares.unread, truth)), 4);
  EXPECT_EQ(shares.unread.mean(), shares.unwritten.mean());
}

TEST(Service, OfTwoFrontEndsOfWhichOneIsNeededFailsWithBoth) {
  SmallFleet small = three_racks();
  small.scenario.hardware.front_ends = {.count = 2, .needed = 1};
  small.scenario.failures.front_end_outage = outage();
  const double truth = share_unserved([](double up) { return 1 - (1 - up) * (1 - up); });
  EXPECT_LT(std::abs(z_of(played(small).unread, truth)), 4);
}

TEST(Service, OfSoftwareAndGatewaysInARowIsTheProduct) {
  SmallFleet small = three_racks();
  small.scenario.hardware.gateways = {.count = 2, .needed = 1};
  small.scenario.failures.gateway_outage = outage();
  small.scenario.failures.software_outage = outage();
  const double truth = share_unserved([](double up) { return up * (1 - (1 - up) * (1 - up)); });
  EXPECT_LT(std::abs(z_of(played(small).unread, truth)), 4);
}

// Of three copies one in reach is read and two take a write (Ceph's default min_size).
TEST(Service, WritesNeedMorePlacesThanReads) {
  SmallFleet small = three_racks();
  small.scenario.failures.rack_switch_outage = outage();
  small.scenario.failures.software_outage = scenario::Outage{
      sim::Distribution::exponential(sim::years(1e6)), sim::Distribution::exponential(duration)};
  const Shares shares = played(small);
  const double none = share_unserved([](double up) { return 1 - std::pow(1 - up, 3); });
  const double two =
      share_unserved([](double up) { return up * up * up + 3 * up * up * (1 - up); });
  EXPECT_LT(std::abs(z_of(shares.unread, none)), 4);
  EXPECT_LT(std::abs(z_of(shares.unwritten, two)), 4);
}

// A pair of controllers in front of the only machine; the paired switches change nothing.
TEST(Service, OfAMachineBehindTwoControllersEndsWithBoth) {
  SmallFleet small(1, 1, 3);
  small.replicas(1, 3);
  small.scenario.hardware.controllers = {.count = 2, .machines = 1};
  small.scenario.failures.controller_outage = outage();
  small.scenario.failures.software_outage = scenario::Outage{
      sim::Distribution::exponential(sim::years(1e6)), sim::Distribution::exponential(duration)};
  const double truth = share_unserved([](double up) { return 1 - (1 - up) * (1 - up); });
  EXPECT_LT(std::abs(z_of(played(small).unread, truth)), 4);
}

TEST(Service, AMachineThatIsLostTakesNoWritesUntilItIsReplaced) {
  SmallFleet small = three_racks();
  small.scenario.failures.software_outage = scenario::Outage{
      sim::Distribution::exponential(sim::years(1e6)), sim::Distribution::exponential(duration)};
  small.scenario.failures.machine = sim::Distribution::exponential(between);
  small.scenario.strategies[0].repair.replacement = sim::Distribution::exponential(duration);
  const Shares shares = played(small);
  const double two =
      share_unserved([](double up) { return up * up * up + 3 * up * up * (1 - up); });
  EXPECT_LT(std::abs(z_of(shares.unwritten, two)), 4);
}

TEST(Service, IsAMetricOnlyWhereTheWayInHasAFailureRate) {
  SmallFleet small = three_racks();
  small.scenario.failures.rack_switch_outage = outage();
  RunOptions options;
  options.replicates = {0, 400};  // fewer decide nothing
  scenario::Claim claim;
  claim.id = "service";
  claim.kind = "metric";
  claim.metric = "service_unavailability.read";
  claim.op = "<=";
  claim.value = 0.001;
  small.scenario.claims.push_back(claim);
  const auto silent = run(small.scenario, options);
  ASSERT_TRUE(silent);
  EXPECT_EQ(silent.value().strategies[0].find("service_unavailability.read"), nullptr);
  EXPECT_EQ(silent.value().claims[0].verdict, Verdict::undecided);
  EXPECT_NE(silent.value().claims[0].why.find("failure rate of software"), std::string::npos);
  small.scenario.failures.software_outage = outage();
  const auto told = run(small.scenario, options);
  ASSERT_TRUE(told);
  EXPECT_NE(told.value().strategies[0].find("service_unavailability.read"), nullptr);
  EXPECT_NE(told.value().strategies[0].find("service_unavailability.write"), nullptr);
  EXPECT_EQ(told.value().claims[0].verdict, Verdict::refuted);
}

}  // namespace
}  // namespace models::fleet
