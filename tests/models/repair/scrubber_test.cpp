// The scrubber: what it reads next, and how long an error has been waiting, are one timetable.
#include "models/repair/scrubber.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace models::repair {
namespace {

using scenario::Scrub;
using scenario::ScrubChecks;
using scenario::ScrubKind;

constexpr Bytes content{4e12};

Scrub pass_of(Seconds every) { return {.kind = ScrubKind::pass, .every = every}; }

/// A clock over four disks, of which one may be out of reach.
class Clock final : public FleetView {
 public:
  Clock() : topology_(four_racks()) {}
  Seconds time{};
  std::uint32_t away{no_disk};
  Seconds now() const override { return time; }
  const topology::Topology& topology() const override { return topology_; }
  const placement::PlacementMap& first_homes() const override { return map_; }
  bool readable(std::uint32_t disk) const override { return disk != away; }
  std::int64_t free_shards(std::uint32_t) const override { return 0; }
  bool empty(std::uint32_t) const override { return false; }
  void members(std::uint32_t, std::span<std::uint32_t>) const override {}
  void under_way(std::vector<UnderWay>& /*shards*/) const override {}

 private:
  static scenario::Hardware four_racks() {
    scenario::Hardware hardware;
    hardware.racks_per_site = 4;
    return hardware;
  }
  topology::Topology topology_;
  placement::PlacementMap map_{{}, 1, topology_.disks()};
};

/// Wakes the scrubber as it asks for until `end`; tells `read` of every reading.
template <class Read>
void scrub_until(const Scrubber& scrubber, Clock& clock, Seconds end, const Read& read) {
  Scrubber::Memory memory;
  while (clock.time < end) {
    ScrubActions actions;
    scrubber.decide(memory, {}, clock, actions);
    for (const Verify& verify : actions.verify) read(verify);
    ASSERT_GT(actions.wake_at, clock.time);
    clock.time = actions.wake_at;
  }
}

TEST(Scrubber, ReadsEveryShardOnceInAPass) {
  const Seconds pass = sim::days(7);
  const Scrubber scrubber(pass_of(pass), content);
  Clock clock;
  std::map<std::uint32_t, std::vector<Seconds>> readings;
  scrub_until(scrubber, clock, sim::days(70), [&](const Verify& verify) {
    for (std::uint32_t shard = 0; shard < 100; ++shard) {
      const double place = Scrubber::place(shard);
      if (verify.disk != shard % 4 || place < verify.from || place >= verify.to) continue;
      readings[shard].push_back(clock.time);
    }
  });
  ASSERT_EQ(readings.size(), 100U);
  for (const auto& [shard, times] : readings) {
    ASSERT_GE(times.size(), 9U) << shard;
    for (std::size_t i = 1; i < times.size(); ++i) {
      EXPECT_NEAR((times[i] - times[i - 1]) / pass, 1.0, 1e-9) << shard;
    }
  }
}

TEST(Scrubber, AMissionIsToldTheTimetableThatTheDrillPlays) {
  const Scrubber scrubber(pass_of(sim::days(7)), content);
  Clock clock;
  std::map<std::uint32_t, Seconds> last;
  int compared = 0;
  scrub_until(scrubber, clock, sim::days(30), [&](const Verify& verify) {
    for (std::uint32_t shard = 0; shard < 40; ++shard) {
      const double place = Scrubber::place(shard);
      if (verify.disk != shard % 4 || place < verify.from || place >= verify.to) continue;
      if (last.contains(shard)) {
        // Just before it is read again it has been waiting for longest.
        const Seconds before = clock.time - sim::minutes(1);
        EXPECT_NEAR(scrubber.waiting(verify.disk, shard, {}, before, true).value,
                    (before - last[shard]).value, 1e-3);
        ++compared;
      }
      last[shard] = clock.time;
    }
  });
  EXPECT_GT(compared, 80);
}

TEST(Scrubber, ADiskOutOfReachIsReadInTheNextPass) {
  const Scrubber scrubber(pass_of(sim::days(7)), content);
  Clock clock;
  clock.away = 2;
  int read = 0;
  scrub_until(scrubber, clock, sim::days(14), [&](const Verify& verify) {
    EXPECT_NE(verify.disk, 2U);
    ++read;
  });
  EXPECT_NEAR(read, 3 * 2 * static_cast<int>(Scrubber::pieces), 3);
  clock.away = no_disk;
  bool back = false;
  scrub_until(scrubber, clock, clock.time + sim::days(7),
              [&](const Verify& verify) { back = back || verify.disk == 2; });
  EXPECT_TRUE(back);
}

TEST(Scrubber, WhatItsChecksumsGiveAwayIsToBeRepaired) {
  const Scrubber scrubber(pass_of(sim::days(7)), content);
  Scrubber::Memory memory;
  ScrubActions actions;
  const std::vector<LostShard> failed{{.group = 5, .slot = 1}};
  scrubber.decide(memory, {ScrubFact::Kind::checked, failed}, Clock{}, actions);
  ASSERT_EQ(actions.repair.size(), 1U);
  EXPECT_EQ(actions.repair[0].group, 5U);
}

TEST(Scrubber, ARateMakesThePassAsLongAsTheDiskTakes) {
  Scrub scrub = pass_of(sim::days(7));
  scrub.rate = {1e6};
  EXPECT_NEAR(Scrubber(scrub, content).pass().value, 4e6, 1e-6);
  scrub.rate = {100e6};
  EXPECT_EQ(Scrubber(scrub, content).pass(), sim::days(7));
  scrub.every = {};
  EXPECT_NEAR(Scrubber(scrub, content).pass().value, 4e4, 1e-6);
}

TEST(Scrubber, ADelayIsWaitedForItsMeanOnceLongEnoughHasPassed) {
  const auto scrubber = [](const sim::Distribution& delay) {
    return Scrubber({.kind = ScrubKind::delay, .delay = delay}, content);
  };
  const Scrubber exponential = scrubber(sim::Distribution::exponential(sim::hours(186)));
  for (const double hours : {1.0, 100.0, 1000.0, 1e5}) {
    EXPECT_NEAR(sim::in_hours(exponential.waiting(0, 0, {}, sim::hours(hours), false)),
                -186 * std::expm1(-hours / 186), 2e-3 * std::min(hours, 186.0));
  }
  const auto weibull = sim::Distribution::weibull(3, sim::hours(168), sim::hours(6));
  EXPECT_NEAR(scrubber(weibull).waiting(0, 0, {}, sim::hours(5000), false) / weibull.mean(), 1.0,
              1e-5);
}

TEST(Scrubber, WithoutItErrorsGatherFromTheDayOfTheWriting) {
  EXPECT_EQ(Scrubber({}, content).waiting(0, 0, sim::days(3), sim::days(30), false), sim::days(27));
  Scrub reads = pass_of(sim::days(7));
  reads.checks = ScrubChecks::readable;
  const Scrubber scrubber(reads, content);
  EXPECT_EQ(scrubber.waiting(0, 0, {}, sim::days(300), true), sim::days(300));
  EXPECT_LE(scrubber.waiting(0, 0, {}, sim::days(300), false), sim::days(7));
}

TEST(Scrubber, TheMeanIsThatOverShardsAndTimes) {
  for (const double days : {7.0, 200.0, 3000.0}) {
    const Scrubber scrubber(pass_of(sim::days(days)), content);
    double sum = 0;
    int count = 0;
    for (std::uint32_t shard = 0; shard < 400; ++shard) {
      for (int i = 0; i < 250; ++i, ++count) {
        const Seconds now = (i + 0.5) * sim::days(4);
        sum += scrubber.waiting(shard % 37, shard, {}, now, false).value;
      }
    }
    EXPECT_NEAR(sum / count / scrubber.mean_waiting(sim::days(1000), false).value, 1.0, 0.03)
        << days;
  }
}

}  // namespace
}  // namespace models::repair
