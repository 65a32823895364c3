// Codes whose patterns are not told apart by their number of losses, against exact chains whose
// states are the losses in each part.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "models/analytic/chain.h"
#include "models/analytic/figures.h"
#include "models/fleet/mission.h"
#include "models/fleet/rare_run.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

constexpr double life = 2000;   // hours
constexpr double repair = 100;  // hours
constexpr double year = 8766;   // hours

/// Units of several parts, alike within a part: the state is the number missing in each.
struct Parts {
  std::vector<int> sizes;
  std::function<bool(const std::vector<int>&)> alive;
};

/// P(lost by t) with constant rates and parallel repair, exact for any rule that counts by part.
double lost_by(const Parts& parts, double loss_rate, double repair_rate, double t) {
  std::vector<std::vector<int>> states;
  std::vector<int> missing(parts.sizes.size());
  const std::function<void(std::size_t)> list = [&](std::size_t part) {
    if (part == missing.size()) {
      if (parts.alive(missing)) states.push_back(missing);
      return;
    }
    for (int n = 0; n <= parts.sizes[part]; ++n) {
      missing[part] = n;
      list(part + 1);
    }
  };
  list(0);
  const auto count = static_cast<Eigen::Index>(states.size());
  analytic::AbsorbingChain chain{Eigen::MatrixXd::Zero(count, count), Eigen::VectorXd::Zero(count)};
  const auto index_of = [&](const std::vector<int>& state) {
    return std::find(states.begin(), states.end(), state) - states.begin();
  };
  for (Eigen::Index from = 0; from < count; ++from) {
    const std::vector<int>& here = states[static_cast<std::size_t>(from)];
    for (std::size_t part = 0; part < here.size(); ++part) {
      std::vector<int> next = here;
      const double rate = (parts.sizes[part] - here[part]) * loss_rate;
      if (++next[part]; rate > 0 && parts.alive(next)) chain.rates(from, index_of(next)) = rate;
      if (rate > 0 && !parts.alive(next)) chain.absorb(from) += rate;
      if (here[part] == 0) continue;
      next[part] = here[part] - 1;
      chain.rates(from, index_of(next)) = here[part] * repair_rate;
    }
  }
  return analytic::absorbed_by(chain, t);
}

/// Two arrays of four of which one may be missing.
Parts mirror_of_arrays() {
  return {{4, 4}, [](const std::vector<int>& lost) { return lost[0] <= 1 || lost[1] <= 1; }};
}

/// Two local groups of four and two global parities.
Parts lrc_6_2_2() {
  return {{4, 4, 2}, [](const std::vector<int>& lost) {
            return std::max(0, lost[0] - 1) + std::max(0, lost[1] - 1) + lost[2] <= 2;
          }};
}

codes::CodeSpec mirror_spec() {
  return {"mirror", {{"copies", 2}}, {{"reed-solomon", {{"data", 3}, {"parity", 1}}}}};
}

codes::CodeSpec lrc_spec() {
  return {"lrc", {{"data", 6}, {"local_parity", 2}, {"global_parity", 2}}};
}

/// Standard errors between the simulated share of lost missions and `truth`.
double z_against(const codes::CodeSpec& code, double truth) {
  SmallFleet small(codes::make_code(code)->shape().total(), 1, 1);
  small.replicas(2, 1).exponential(sim::hours(life), sim::hours(repair));
  small.scenario.strategies[0].code = code;
  Mission mission(small.compiled(), 7);
  constexpr std::uint64_t missions = 6000;
  double lost = 0;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    lost += mission.play(state).first_loss ? 1 : 0;
  }
  return (lost / missions - truth) / std::sqrt(truth * (1 - truth) / missions);
}

TEST(LumpedChain, AMirrorOfRaidIsLostAsItsExactChainSays) {
  const double truth = lost_by(mirror_of_arrays(), 1 / life, 1 / repair, year);
  EXPECT_GT(truth, 0.01);
  EXPECT_LT(std::abs(z_against(mirror_spec(), truth)), 4.0) << truth;
}

TEST(LumpedChain, ALocalCodeIsLostAsItsExactChainSays) {
  const double truth = lost_by(lrc_6_2_2(), 1 / life, 1 / repair, year);
  EXPECT_GT(truth, 0.01);
  EXPECT_LT(std::abs(z_against(lrc_spec(), truth)), 4.0) << truth;
}

/// P(lost in a year) where losses are rare, by exposure.
sim::Moments rare_loss(const codes::CodeSpec& code, Seconds life_of_disk) {
  SmallFleet small(codes::make_code(code)->shape().total(), 1, 1);
  small.replicas(2, 1).exponential(life_of_disk, sim::hours(repair));
  small.scenario.strategies[0].code = code;
  RareRunOptions options;
  options.method = sim::Method::exposure;
  options.seed = 11;
  options.threads = 2;
  options.replicates = {{0, 4096}};
  return estimate_rare_loss(small.compiled(), options).tally.loss().x();
}

TEST(LumpedChain, RareLossOfCodesOverCodesIsThatOfTheirExactChains) {
  constexpr double rare = 1e5;  // hours
  const auto at_rare = [](const Parts& parts) {
    return lost_by(parts, 1 / rare, 1 / repair, year);
  };
  const Parts arrays_of_six{
      {6, 6}, [](const std::vector<int>& lost) { return lost[0] <= 2 || lost[1] <= 2; }};
  const codes::CodeSpec mirror_of_six{
      "mirror", {{"copies", 2}}, {{"reed-solomon", {{"data", 4}, {"parity", 2}}}}};
  const Parts three_of_three{{3, 3, 3}, [](const std::vector<int>& lost) {
                               return std::ranges::count_if(lost, [](int n) { return n > 1; }) <= 1;
                             }};
  const codes::CodeSpec rs_over_rs{"nested",
                                   {},
                                   {{"reed-solomon", {{"data", 2}, {"parity", 1}}},
                                    {"reed-solomon", {{"data", 2}, {"parity", 1}}}}};
  for (const auto& [code, parts] :
       {std::pair{mirror_spec(), mirror_of_arrays()}, std::pair{mirror_of_six, arrays_of_six},
        std::pair{rs_over_rs, three_of_three}, std::pair{lrc_spec(), lrc_6_2_2()}}) {
    const double truth = at_rare(parts);
    EXPECT_LT(truth, 1e-4);
    const sim::Moments loss = rare_loss(code, sim::hours(rare));
    const auto z = [&loss](double value) { return (loss.mean() - value) / loss.standard_error(); };
    EXPECT_LT(std::abs(z(truth)), 4.0) << codes::make_code(code)->name() << " " << truth;
    EXPECT_LT(z(4 * truth), -4.0) << codes::make_code(code)->name();
  }
}

TEST(LumpedChain, ARuleThatCountsLossesAloneIsNoticed) {
  const Parts counting{{4, 4}, [](const std::vector<int>& lost) { return lost[0] + lost[1] <= 3; }};
  const double wrong = lost_by(counting, 1 / life, 1 / repair, year);
  EXPECT_GT(std::abs(z_against(mirror_spec(), wrong)), 4.0) << wrong;
}

/// The textbook chain takes all readable patterns of one size as equally likely.
double textbook(const codes::CodeSpec& spec, double loss_per_year, double repair_hours) {
  const auto code = codes::make_code(spec);
  analytic::ChainInputs in;
  in.code = code.get();
  in.groups = 1;
  in.disk_loss = {loss_per_year};
  in.shard_repair = sim::hours(repair_hours);
  in.mission = sim::years(1);
  return analytic::chain_figures(in).annual_object_loss;
}

TEST(LumpedChain, TheTextbookChainIsWithinAFewPercentOfTheExactOnes) {
  // At 2 %/year and a day of repair, and at rates where loss is frequent.
  for (const auto& [loss, days] : {std::pair{0.02, 1.0}, {4.0, 4.0}}) {
    const double hours = days * 24;
    const double rate = sim::in_years(sim::hours(1)) * loss;
    const double hour_count = sim::in_hours(sim::years(1));
    const double mirror = lost_by(mirror_of_arrays(), rate, 1 / hours, hour_count);
    const double lrc = lost_by(lrc_6_2_2(), rate, 1 / hours, hour_count);
    EXPECT_NEAR(textbook(mirror_spec(), loss, hours) / mirror, 1, 0.02) << loss;
    EXPECT_NEAR(textbook(lrc_spec(), loss, hours) / lrc, 1, 0.02) << loss;
  }
}

}  // namespace
}  // namespace models::fleet
