// The plant against the naive simulator: small systems, the same figures within three standard
// errors. Twelve systems without detection and twelve with it, some 60 figures each, and six wide
// ones, which go by tickets: at three standard errors a false alarm somewhere has a chance of 15 %
// in each dozen, once, for the seeds are fixed. plant_agreement_long_test.cpp has 300.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "sim/random.h"
#include "tests/models/oracle/agreement.h"
#include "tests/models/oracle/detection_formula.h"

namespace oracle {
namespace {

constexpr std::uint64_t missions = 400;

struct Case {
  std::uint64_t number;
  Detection detection;
  Breadth breadth{Breadth::narrow};
};

void PrintTo(const Case& c, std::ostream* out) { *out << "system " << c.number; }

std::vector<Case> dozen(Detection detection) {
  std::vector<Case> cases;
  for (std::uint64_t number = 0; number < 12; ++number) cases.push_back({number, detection});
  return cases;
}

class PlantAgreement : public ::testing::TestWithParam<Case> {};

TEST_P(PlantAgreement, EveryFigureIsWithinThreeStandardErrors) {
  const auto [number, detection, breadth] = GetParam();
  const SmallSystem system = random_system(number, detection, breadth);
  if (breadth == Breadth::wide) {
    EXPECT_TRUE(system.fleet->by_ticket()) << system.name;
  }
  const auto figures = compare(system, missions);
  ASSERT_FALSE(figures.empty());
  for (const Comparison& c : figures) {
    EXPECT_LT(std::abs(c.z()), 3) << c.figure << "\n" << describe(system, figures);
  }
}

INSTANTIATE_TEST_SUITE_P(NoDetection, PlantAgreement, ::testing::ValuesIn(dozen(Detection::none)));
INSTANTIATE_TEST_SUITE_P(Detection, PlantAgreement, ::testing::ValuesIn(dozen(Detection::some)));

std::vector<Case> wide() {
  std::vector<Case> cases;
  for (std::uint64_t number = 0; number < 6; ++number) {
    cases.push_back({number, number % 2 == 0 ? Detection::some : Detection::none, Breadth::wide});
  }
  return cases;
}
INSTANTIATE_TEST_SUITE_P(Wide, PlantAgreement, ::testing::ValuesIn(wide()));

struct Script {
  int tolerance;
  double detection;
};

void PrintTo(const Script& s, std::ostream* out) {
  *out << "m = " << s.tolerance << ", D = " << s.detection << " h";
}

class PlantOnScripts : public ::testing::TestWithParam<Script> {};

/// m + 1 disks fail within D + W of each other; the weight of each such script is its density, so
/// the mean is what the formula says, without a remainder in the failure rate.
TEST_P(PlantOnScripts, LosesWhatTheFormulaSays) {
  const auto [m, detection] = GetParam();
  const SmallSystem system = scripted_system(m, detection);
  const DetectionCase c{.tolerance = m,
                        .shards = 3 + m,
                        .disks = 20,
                        .groups = static_cast<double>(system.fleet->map().groups()),
                        .rate = 1,
                        .detection = detection,
                        .rebuild = 10,
                        .time = 1};
  PlantPlayer plant(system);
  Options naive = system.options;
  sim::Moments by_plant;
  sim::Moments by_naive;
  sim::Stream random(7, sim::Purpose::test);
  std::vector<std::uint32_t> disks(20);
  std::iota(disks.begin(), disks.end(), 0U);
  for (std::uint64_t r = 0; r < 3000; ++r) {
    double weight = 20;
    double at = 0;
    double left = c.detection + c.rebuild;
    naive.script.clear();
    for (std::uint32_t i = 0; i <= static_cast<std::uint32_t>(m); ++i) {
      std::swap(disks[i], disks[i + random.below(20 - i)]);
      const double gap = i == 0 ? 0 : random.uniform() * left;
      if (i > 0) weight *= (20 - i) * left;
      at += gap;
      left -= gap;
      naive.script.emplace_back(1 + at, disks[i]);
    }
    naive.mission = 1 + at + 1e-6;
    by_plant.add(weight * plant.lost_by(naive.script));
    by_naive.add(weight * play(naive, r).lost);
  }
  const double formula = expected_losses(c);
  // Neither the shard's own rebuild (W / 60) nor the other shard of a deep group, which goes in the
  // same pass, is in the formula.
  const double pass = formula - expected_losses_without_waiting(c);
  const double remainder = (m - 1) * (formula * c.rebuild / 60 / detection + 2 * pass);
  const double error = by_plant.standard_error();
  EXPECT_LT(std::abs(by_plant.mean() - formula), 4 * error + remainder)
      << by_plant.mean() << " +- " << error << " against " << formula;
  EXPECT_LT(std::abs(by_plant.mean() - by_naive.mean()),
            3 * std::hypot(error, by_naive.standard_error()))
      << by_plant.mean() << " +- " << error << " against naive " << by_naive.mean() << " +- "
      << by_naive.standard_error() << ", formula " << formula;
}

// A rebuild that the core limits moves in rounds of one shard a target, all equally long, so the
// shards of a disk are a multiple of the targets here: 60 on 19 would be whole after 4.03 h on
// average, and not after W/2 = 5 h.
INSTANTIATE_TEST_SUITE_P(OneShard, PlantOnScripts,
                         ::testing::Values(Script{1, 0.2}, Script{1, 5}, Script{1, 50}));
INSTANTIATE_TEST_SUITE_P(Detection, PlantOnScripts,
                         ::testing::Values(Script{2, 2}, Script{2, 10}, Script{2, 50}, Script{3, 2},
                                           Script{3, 10}, Script{3, 50}));

}  // namespace
}  // namespace oracle
