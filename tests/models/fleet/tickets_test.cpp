// Rebuilds that go by a rule: after every event of missions in which all goes wrong, each shard has
// one home, that home says so too, and no shard moves that was not lost.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "models/fleet/mission.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

SmallFleet restless() {
  SmallFleet fleet(12, 4, 2);
  fleet.reed_solomon(4, 2, 480);
  fleet.scenario.data.logical = {1e10 * 480};
  scenario::Strategy& strategy = fleet.scenario.strategies[0];
  strategy.placement.max_per_rack = 1;
  auto& failures = fleet.scenario.failures;
  failures.disk = sim::Distribution::exponential(sim::years(0.5));
  failures.machine = sim::Distribution::exponential(sim::years(2));
  failures.machine_outage = scenario::Outage{sim::Distribution::exponential(sim::years(0.1)),
                                             sim::Distribution::exponential(sim::hours(5))};
  failures.rack_switch_outage = scenario::Outage{sim::Distribution::exponential(sim::years(1)),
                                                 sim::Distribution::exponential(sim::hours(3))};
  failures.rack_shock = scenario::Shock{sim::Distribution::exponential(sim::years(2)), 0.3,
                                        sim::Distribution::fixed(sim::hours(2))};
  strategy.repair.detection.process = sim::Distribution::exponential(sim::hours(2));
  strategy.repair.replacement = sim::Distribution::exponential(sim::hours(30));
  fleet.scenario.hardware.network = {{1e15}, {1e15}, {4e7}, 1.0};
  return fleet;
}

/// What one event after another must leave in order.
class Books {
 public:
  explicit Books(const Fleet& fleet) : fleet_(fleet), last_(fleet.map().groups() * width()) {
    for (std::uint32_t shard = 0; shard < last_.size(); ++shard)
      last_[shard] = home(State(), shard);
  }

  void check(const State& state) {
    check_incidents(state);
    std::vector<int> found(last_.size());
    const auto& topology = fleet_.topology();
    for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
      for (const std::uint32_t shard : content(state, disk)) {
        EXPECT_EQ(home(state, shard), (Home{disk, generation(state, disk)})) << "shard " << shard;
        ++found[shard];
      }
    }
    for (std::uint32_t group = 0; group < fleet_.map().groups(); ++group) {
      if (state.gone.find(group) != nullptr) continue;
      std::map<std::uint32_t, int> racks;
      for (std::uint32_t slot = 0; slot < width(); ++slot) {
        const std::uint32_t shard = group * width() + slot;
        const Home now = home(state, shard);
        const bool lost = state.lost_disks.hold(now);
        EXPECT_EQ(found[shard], lost ? 0 : 1) << "shard " << shard << " on disk " << now.disk;
        // A home changes when its disk was lost, and not before.
        if (now != last_[shard]) {
          EXPECT_GT(generation(state, last_[shard].disk), last_[shard].generation)
              << "shard " << shard << " left disk " << last_[shard].disk << " for " << now.disk;
        }
        last_[shard] = now;
        ++looked_at;
        if (!lost && ++racks[topology.rack_of_disk(now.disk)] > 1) ++too_close;
      }
    }
  }

  /// What an incident has still to do is what its tickets, its lists and those who wait have.
  void check_incidents(const State& state) const {
    for (const Incident& incident : state.incidents) {
      std::uint32_t lost = 0;
      for (const std::uint32_t shard : *incident.shards) {
        if (state.gone.find(shard / width()) != nullptr) continue;
        if (home(state, shard) == Home{incident.disk, incident.generation}) ++lost;
      }
      for (const Job& job : state.jobs) {
        // Those of a ticket are counted off at its end.
        if (!job.ticket || job.ticket->incident != incident.id) continue;
        const OpenTicket& open = *state.catalogue.open_ticket(job.ticket->number);
        for (std::uint32_t place = 0; place < open.progress.reached; ++place) {
          const std::uint32_t shard = (*job.ticket->shards)[place];
          const Moved* moved = state.catalogue.homes.find(shard);
          if (moved == nullptr || moved->number < job.ticket->number) ++lost;
        }
      }
      EXPECT_EQ(incident.left, lost) << "incident " << incident.id;
    }
  }

  std::uint64_t looked_at{};
  std::uint64_t too_close{};  ///< a second shard of the group in its rack

 private:
  std::uint32_t width() const { return fleet_.map().width(); }
  Home home(const State& state, std::uint32_t shard) const {
    return state.catalogue.home_of(fleet_.map(), shard / width(), shard % width());
  }
  static std::uint32_t generation(const State& state, std::uint32_t disk) {
    const DiskState* record = state.disks.find(disk);
    return record == nullptr ? 0 : record->generation;
  }
  std::vector<std::uint32_t> content(const State& state, std::uint32_t disk) const {
    std::vector<std::uint32_t> shards;
    const std::uint32_t now = generation(state, disk);
    if (now == 0) {
      const auto first = fleet_.map().shards_of(disk);
      shards.assign(first.begin(), first.end());
    }
    if (const auto* added = state.catalogue.added.find(disk)) {
      shards.insert(shards.end(), added->begin(), added->end());
    }
    state.catalogue.add_brought(fleet_.map(), {disk, now}, shards);
    std::ranges::sort(shards);
    const auto last = std::unique(shards.begin(), shards.end());
    EXPECT_EQ(last, shards.end()) << "twice on disk " << disk;
    return shards;
  }

  const Fleet& fleet_;
  std::vector<Home> last_;
};

TEST(Tickets, ShardsHaveOneHomeEachWhateverHappens) {
  const auto fleet = restless().compiled();
  ASSERT_TRUE(fleet->by_ticket());
  std::uint64_t tickets = 0;
  for (std::uint64_t replicate = 0; replicate < 3; ++replicate) {
    Mission mission(fleet, 1);
    State state = mission.initial(replicate);
    Outcome outcome;
    Books books(*fleet);
    for (int i = 0; mission.advance(state, fleet->mission(), outcome); ++i) {
      if (i % 29 == 0) books.check(state);
      if (::testing::Test::HasFailure()) return;
    }
    for (std::uint32_t disk = 0; disk < fleet->topology().disks(); ++disk) {
      const auto* losses = state.catalogue.losses.find(disk);
      if (losses == nullptr) continue;
      tickets += static_cast<std::uint64_t>(
          std::ranges::count_if(*losses, [](const Loss& loss) { return loss.ticket != nullptr; }));
    }
    // A target that dies is replaced by the rule, which knows the group as it was when the rebuild
    // began: hardly ever that lets two shards meet.
    EXPECT_LT(books.too_close, books.looked_at / 1000);
    EXPECT_GT(outcome.disks_lost, 100U);
  }
  EXPECT_GT(tickets, 300U);
}

/// A branch goes on from a state of its own, and leaves the one that it began in as it was.
TEST(Tickets, ABranchChangesNothingOfWhatItBranchedFrom) {
  const auto fleet = restless().compiled();
  Mission mission(fleet, 1);
  State state = mission.initial(7);
  Outcome outcome;
  for (int i = 0; i < 400; ++i) mission.advance(state, fleet->mission(), outcome);
  State branch = State::overlay(state);
  Books books(*fleet);
  books.check(state);
  Outcome other;
  mission.refresh(branch, 1);
  for (int i = 0; i < 200; ++i) mission.advance(branch, fleet->mission(), other);
  books.check(state);
}

/// What a mission remembers of a loss does not grow with its length: a ticket, and records of the
/// few shards that were planned singly.
TEST(Tickets, OnlyShardsPlannedSinglyLeaveARecord) {
  SmallFleet small = restless();
  small.scenario.mission = sim::years(10);
  small.scenario.failures = {};
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(5));
  const auto fleet = small.compiled();
  Mission mission(fleet, 1);
  State state = mission.initial(0);
  Outcome outcome;
  const auto records = [&] {
    return static_cast<double>(state.catalogue.homes.own_size() +
                               state.catalogue.before.own_size() + state.sound.own_size());
  };
  while (state.now < sim::years(5)) mission.advance(state, sim::years(5), outcome);
  const double lost_first = static_cast<double>(outcome.disks_lost);
  const double first = records() / lost_first;
  while (state.now < sim::years(10)) mission.advance(state, sim::years(10), outcome);
  const double second =
      (records() - first * lost_first) / (static_cast<double>(outcome.disks_lost) - lost_first);
  const double shards =
      static_cast<double>(fleet->map().groups()) * fleet->map().width() / fleet->topology().disks();
  EXPECT_GT(lost_first, 50);
  EXPECT_LT(first, shards / 10);
  EXPECT_LT(second, first * 1.5 + 1);
}

/// Every loss is whole again in the end.
TEST(Tickets, AFleetWhoseRebuildsAreDisturbedEndsWhole) {
  SmallFleet small = restless();
  scenario::Failures& failures = small.scenario.failures;
  failures.disk = sim::Distribution::exponential(sim::years(20));
  failures.machine.reset();
  failures.rack_shock.reset();
  // Three racks at a time: more than a ticket bears.
  small.scenario.hardware.power_domains = 4;
  failures.power_domain_outage = scenario::Outage{sim::Distribution::exponential(sim::years(0.2)),
                                                  sim::Distribution::exponential(sim::hours(5))};
  const auto fleet = small.compiled();
  Mission mission(fleet, 1);
  State state = mission.initial(0);
  const Outcome outcome = mission.play(state);
  Outcome more;
  EXPECT_GT(outcome.disks_lost, 2U);
  EXPECT_EQ(outcome.groups_lost, 0);
  while (!state.incidents.empty() && mission.advance(state, sim::years(2), more)) {
  }
  EXPECT_TRUE(state.incidents.empty());
  EXPECT_TRUE(state.catalogue.open.empty());
  EXPECT_EQ(outcome.rebuilds + more.rebuilds, outcome.disks_lost + more.disks_lost);
}

}  // namespace
}  // namespace models::fleet
