#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/records/bursts.h"
#include "models/records/place_clusters.h"
#include "sim/random.h"

namespace {

using models::records::bursts;
using models::records::Clustering;
using models::records::Draws;
using models::records::Happening;
using sim::Seconds;

constexpr int few_draws = 199;

/// Failures at random over three years, each in a place of its own choice.
std::vector<Happening> at_random(int count, std::uint32_t racks, std::uint64_t replicate) {
  sim::Stream stream(30, sim::Purpose::test, {replicate, 78, 0});
  std::vector<Happening> happenings;
  for (int i = 0; i < count; ++i) {
    Happening happening{sim::years(50) + sim::years(3) * stream.uniform()};
    happening.unit = static_cast<std::uint32_t>(stream.below(10'000));
    happening.rack = static_cast<std::uint32_t>(stream.below(racks));
    happenings.push_back(happening);
  }
  std::ranges::sort(happenings, {}, &Happening::at);
  return happenings;
}

std::vector<Seconds> times_of(const std::vector<Happening>& happenings) {
  std::vector<Seconds> at;
  for (const Happening& happening : happenings) at.push_back(happening.at);
  return at;
}

const Seconds windows[] = {sim::hour, sim::day};

/// Counts p-values below a half and below a tenth.
struct Spread {
  int half{}, tenth{}, all{};
  void add(double p) {
    half += p <= 0.5 ? 1 : 0;
    tenth += p <= 0.1 ? 1 : 0;
    ++all;
  }
  void expect_even() const {
    EXPECT_LT(std::abs(half - 0.5 * all) / std::sqrt(0.25 * all), 4) << half << " of " << all;
    EXPECT_LT(std::abs(tenth - 0.1 * all) / std::sqrt(0.09 * all), 4) << tenth << " of " << all;
  }
};

TEST(Bursts, HaveEvenChancesWhereFailuresAreIndependent) {
  std::vector<Spread> spreads(3);
  for (std::uint64_t i = 0; i < 150; ++i) {
    const auto found = bursts(times_of(at_random(600, 1, i)), Seconds{1}, windows,
                              {.seed = i, .count = few_draws});
    ASSERT_EQ(found.size(), 3U);
    for (std::size_t m = 0; m < 3; ++m) spreads[m].add(found[m].p);
  }
  for (const Spread& spread : spreads) spread.expect_even();
}

TEST(Bursts, AreFoundWhereTheyArePlanted) {
  auto at = times_of(at_random(600, 1, 1000));
  // Six bursts of ten within minutes.
  for (int burst = 0; burst < 6; ++burst) {
    for (int i = 0; i < 10; ++i) {
      at.push_back(sim::years(50.2 + 0.4 * burst) + sim::minutes(2.0 * i));
    }
  }
  std::ranges::sort(at);
  // Of windows of a day two thirds of all failures have company anyway.
  const Seconds hours[] = {sim::hour};
  for (const Clustering& measure : bursts(at, Seconds{1}, hours, {})) {
    EXPECT_LE(measure.p, 0.002) << measure.name;
    EXPECT_GT(*measure.seen.value, measure.null95.high) << measure.name;
  }
}

TEST(Bursts, AreNotSeenInARateThatFallsOverTheYears) {
  // Half of the failures in the first of four years.
  auto at = times_of(at_random(400, 1, 1001));
  for (const Seconds time : times_of(at_random(900, 1, 1002))) {
    at.push_back(sim::years(49) + (time - sim::years(50)) * (1.0 / 3));
  }
  std::ranges::sort(at);
  for (const Clustering& measure : bursts(at, Seconds{1}, windows, {})) {
    EXPECT_GT(measure.p, 0.01) << measure.name;
  }
}

TEST(Bursts, AreThoseOfDaysWhereOnlyDaysAreKnown) {
  auto at = times_of(at_random(600, 1, 1003));
  for (Seconds& time : at) time = sim::days(std::floor(time / sim::day));
  const auto found = bursts(at, sim::day, windows, {});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].name, "failures on a day with another");
  for (const Clustering& measure : found) EXPECT_GT(measure.p, 0.01) << measure.name;
}

TEST(Bursts, ASilenceThatIsTooLongIsTold) {
  auto at = times_of(at_random(600, 1, 1004));
  EXPECT_GT(models::records::longest_silence(at).p, 0.05);
  std::erase_if(at, [](Seconds time) { return time > sim::years(51) && time < sim::years(51.2); });
  EXPECT_LT(models::records::longest_silence(at).p, 1e-6);
}

TEST(PlaceClusters, HaveEvenChancesWherePlacesAreIndependent) {
  Spread near;
  Spread crowded;
  Spread repeated;
  const std::vector<double> units(20, 500);
  for (std::uint64_t i = 0; i < 150; ++i) {
    const auto happenings = at_random(500, 20, 2000 + i);
    const Draws draws{.seed = i, .count = few_draws};
    near.add(models::records::near_in_time_and_place(happenings, &Happening::rack, "rack",
                                                     sim::days(3), draws)
                 ->p);
    crowded.add(
        models::records::crowded_places(happenings, &Happening::rack, "rack", units, draws)->p);
    repeated.add(models::records::repeated_failures(happenings, 10'000, draws).p);
  }
  near.expect_even();
  crowded.expect_even();
  // Its values are few whole numbers: ties make p-values larger than even ones.
  EXPECT_LT(repeated.tenth, 0.1 * 150 + 4 * std::sqrt(0.09 * 150));
}

TEST(PlaceClusters, AreFoundWhereARackFailsAtOnce) {
  auto happenings = at_random(500, 20, 3000);
  for (std::uint32_t event = 0; event < 5; ++event) {
    for (std::uint32_t i = 0; i < 6; ++i) {
      happenings.push_back({sim::years(50.3 + 0.5 * event) + sim::hours(2.0 * i), event * 50 + i,
                            event, models::records::no_place});
    }
  }
  std::ranges::sort(happenings, {}, &Happening::at);
  const auto near =
      models::records::near_in_time_and_place(happenings, &Happening::rack, "rack", sim::day, {});
  ASSERT_TRUE(near);
  EXPECT_LE(near->p, 0.002);
  EXPECT_GT(*near->seen.value, 2);
  EXPECT_FALSE(models::records::near_in_time_and_place(happenings, &Happening::machine, "machine",
                                                       sim::day, {}));
}

TEST(PlaceClusters, ABadRackIsCrowdedButNotABurst) {
  auto happenings = at_random(500, 20, 3001);
  for (const Happening& more : at_random(60, 1, 3002)) happenings.push_back(more);
  std::ranges::sort(happenings, {}, &Happening::at);
  const std::vector<double> units(20, 500);
  EXPECT_LE(models::records::crowded_places(happenings, &Happening::rack, "rack", units, {})->p,
            0.002);
  EXPECT_GT(
      models::records::near_in_time_and_place(happenings, &Happening::rack, "rack", sim::day, {})
          ->p,
      0.01);
}

TEST(PlaceClusters, OneSlotThatFailsAgainAndAgainIsTold) {
  auto happenings = at_random(500, 20, 3003);
  for (int i = 0; i < 20; ++i) {
    Happening again{sim::years(50) + sim::days(30.0 * i)};
    again.unit = 7;
    happenings.push_back(again);
  }
  std::ranges::sort(happenings, {}, &Happening::at);
  EXPECT_LE(models::records::repeated_failures(happenings, 10'000, {}).p, 0.01);
}

}  // namespace
