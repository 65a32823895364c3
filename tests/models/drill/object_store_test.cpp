// The store by itself: records, the catalogue's log, writes of every outcome, and a store that is
// opened again from its folder after its process was killed.
#include "models/drill/object_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "models/drill/ledger.h"
#include "tests/models/drill/small_drill.h"

namespace models::drill {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t groups = 4;
constexpr std::size_t object_bytes = 301;
constexpr std::uint32_t places = 6;

scenario::Scenario fleet() {
  scenario::Scenario scenario = small_fleet();
  scenario.strategies = {rs(4, 2)};
  return scenario;
}

/// A store of RS 4+2 on the small fleet, over any medium.
struct Shop {
  explicit Shop(std::unique_ptr<Medium> on)
      : medium(std::move(on)),
        stream(7, sim::Purpose::test),
        map(bench.placement->build(bench.topology, 6, groups, stream)),
        ledger(bench.code, 1, 0, groups, object_bytes),
        store({bench.code, bench.topology, map, safeguards, *medium, places, object_bytes}) {}

  Put write(std::uint32_t group) {
    const std::uint32_t version = store.catalogue().entry(group).version + 1;
    std::vector<std::byte> content = ledger.make_content(group, version);
    Put put;
    store.put(group, content, integrity::md5(content), put);
    if (put.acknowledged) ledger.acknowledge(group, version, std::move(content));
    return put;
  }
  /// Is the object read as its version's writer wrote it?
  bool reads(std::uint32_t group) {
    Scratch scratch;
    Got got;
    store.get(group, {}, scratch, got);
    return got.readable && ledger.same(group, got.data);
  }

  scenario::Scenario scenario = fleet();
  Bench bench{scenario};
  Safeguards safeguards;
  std::unique_ptr<Medium> medium;
  sim::Stream stream;
  placement::PlacementMap map;
  Ledger ledger;
  ObjectStore store;
};

std::size_t place_bytes() { return header_bytes + (object_bytes + 3) / 4; }

std::unique_ptr<Medium> in_memory() { return make_memory_medium(48, place_bytes()); }

/// A folder that goes away with the test.
struct Folder {
  Folder() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path = fs::path{::testing::TempDir()} / (std::string{"holdfast_store_"} + test->name());
    fs::remove_all(path);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

RC_GTEST_PROP(Record, AnyBitThatTurnsOverIsNoticed, (std::uint32_t group, std::uint16_t slot)) {
  const std::size_t size = *rc::gen::inRange<std::size_t>(1, 200);
  std::vector<std::byte> record(header_bytes + size);
  const Header header{{group, slot, 3}, size, 0x12345678U};
  write_header(header, std::span(record).first(header_bytes));
  RC_ASSERT(read_header(record) == header);
  const auto bit = *rc::gen::inRange<std::size_t>(0, header_bytes * 8);
  record[bit / 8] ^= std::byte{1} << (bit % 8);
  RC_ASSERT(read_header(record) != header);
}

TEST(ObjectStore, AWriteIsReadBackAndAnotherTakesItsPlace) {
  Shop shop(in_memory());
  EXPECT_FALSE(shop.reads(0));
  EXPECT_TRUE(shop.write(0).acknowledged);
  EXPECT_TRUE(shop.reads(0));
  EXPECT_TRUE(shop.write(0).acknowledged);
  EXPECT_TRUE(shop.reads(0));
  EXPECT_EQ(shop.store.catalogue().entry(0).version, 2U);
}

TEST(ObjectStore, BytesSpoiledOnTheWayInAreRefused) {
  Shop shop(in_memory());
  const auto content = shop.ledger.make_content(0, 1);
  integrity::Md5 given = integrity::md5(content);
  given[5] ^= std::byte{1};
  Put put;
  shop.store.put(0, content, given, put);
  EXPECT_FALSE(put.acknowledged);
  EXPECT_EQ(shop.store.catalogue().entry(0).version, 0U);
}

TEST(ObjectStore, AWriteThatCouldLoseNoMoreShardIsRefusedAndTheOldOneStays) {
  Shop shop(in_memory());
  ASSERT_TRUE(shop.write(0).acknowledged);
  for (const std::uint32_t slot : {0U, 1U}) {
    shop.store.set_away(shop.bench.topology.machine_of(shop.map.members(0)[slot]), true);
    const Put put = shop.write(0);
    EXPECT_EQ(put.acknowledged, slot == 0);
    EXPECT_TRUE(shop.reads(0));
  }
  EXPECT_EQ(shop.store.catalogue().entry(0).version, 2U);
}

TEST(ObjectStore, ADegradedWriteLeavesAStaleShardThatIsNeverReadAgain) {
  Shop shop(in_memory());
  ASSERT_TRUE(shop.write(0).acknowledged);
  const std::uint32_t disk = shop.map.members(0)[2];
  shop.store.set_away(shop.bench.topology.machine_of(disk), true);
  ASSERT_TRUE(shop.write(0).acknowledged);
  shop.store.set_away(shop.bench.topology.machine_of(disk), false);
  EXPECT_EQ(shop.store.disks().free(disk), places - 1);
  shop.store.report(disk);
  EXPECT_EQ(shop.store.disks().free(disk), places);
  EXPECT_TRUE(shop.store.catalogue().entry(0).missing.test(2));
  EXPECT_TRUE(shop.reads(0));
}

TEST(ObjectStore, APlaceThatWasGivenUpHasOneOwnerThoughItsDiskIsAwayWhenPowerFails) {
  Shop shop(in_memory());
  ASSERT_TRUE(shop.write(0).acknowledged);
  const std::uint32_t disk = shop.map.members(0)[2];
  shop.store.give_up(0, 2);
  shop.store.set_away(shop.bench.topology.machine_of(disk), true);
  shop.store.restart(0);
  EXPECT_TRUE(shop.store.catalogue().entry(0).missing.test(2)) << "known while it is away";
  shop.store.set_away(shop.bench.topology.machine_of(disk), false);
  shop.store.report(disk);
  EXPECT_TRUE(shop.store.catalogue().entry(0).missing.test(2)) << "its bytes are still there";
  EXPECT_EQ(shop.store.disks().free(disk), places);
  EXPECT_TRUE(shop.reads(0));
}

TEST(ObjectStore, AReportDoesNotTakeAnotherShardForTheOneThatIsLookedFor) {
  Shop shop(in_memory());
  ASSERT_TRUE(shop.write(0).acknowledged);
  ASSERT_TRUE(shop.write(0).acknowledged);
  const Home home = shop.store.catalogue().entry(0).homes[2];
  shop.store.disks().overwrite(home.disk, home.place,
                               shop.ledger.record(0, 2, 1, shop.ledger.make_content(0, 1)));
  shop.store.report(home.disk);
  EXPECT_TRUE(shop.store.catalogue().entry(0).missing.test(2)) << "only an older version is there";
}

TEST(ObjectStore, AScrubFindsAShardWhosePlaceIsTakenForNobodys) {
  Shop shop(in_memory());
  ASSERT_TRUE(shop.write(0).acknowledged);
  const Home home = shop.store.catalogue().entry(0).homes[2];
  const std::vector<Identity> nobody(places);
  shop.store.disks().restore(home.disk, nobody);
  shop.store.disks().flip_bit(home.disk, home.place, header_bytes * 8);
  std::uint64_t bytes = 0;
  const auto failed = shop.store.scrub(home.disk, 0, 1, bytes);
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].slot, 2U);
}

TEST(ObjectStore, AtEveryCrashPointOfAWriteTheOldOrTheNewObjectIsReadWhole) {
  for (std::uint32_t point = 0; point < 17; ++point) {
    for (std::uint32_t draw = 0; draw < 25; ++draw) {
      Shop shop(in_memory());
      ASSERT_TRUE(shop.write(0).acknowledged);
      ASSERT_TRUE(shop.write(0).acknowledged);
      const auto next = shop.ledger.make_content(0, 3);
      Put put;
      shop.store.crash_after(point);
      EXPECT_THROW(shop.store.put(0, next, integrity::md5(next), put), Crashed) << point;
      shop.store.restart(draw);
      const Entry& entry = shop.store.catalogue().entry(0);
      EXPECT_TRUE(!put.acknowledged || entry.version == 3U) << point;
      if (entry.version == 3) shop.ledger.acknowledge(0, 3, next);
      EXPECT_TRUE(shop.reads(0)) << "point " << point << ", draw " << draw;
      EXPECT_TRUE(entry.missing.none()) << "point " << point << ", draw " << draw;
      EXPECT_EQ(shop.store.disks().free(entry.homes[0].disk), places - 1);
    }
  }
}

TEST(ObjectStore, OpenedAgainFromItsFolderItReadsWhatWasAcknowledged) {
  const Folder folder;
  std::vector<std::uint32_t> versions;
  {
    Shop shop(make_directory_medium(folder.path, place_bytes()));
    for (std::uint32_t i = 0; i < 10; ++i) EXPECT_TRUE(shop.write(i % groups).acknowledged);
  }
  Shop again(make_directory_medium(folder.path, place_bytes()));
  again.store.open();
  for (std::uint32_t group = 0; group < groups; ++group) {
    const Entry& entry = again.store.catalogue().entry(group);
    EXPECT_EQ(entry.version, group < 2 ? 3U : 2U);
    again.ledger.acknowledge(group, entry.version, again.ledger.make_content(group, entry.version));
    EXPECT_TRUE(again.reads(group));
  }
}

/// Writes for ever, telling each acknowledged write through a pipe.
[[noreturn]] void write_until_killed(const fs::path& folder, int pipe) {
  Shop shop(make_directory_medium(folder, place_bytes()));
  for (std::uint32_t i = 0;; ++i) {
    if (!shop.write(i % groups).acknowledged) ::_exit(1);
    const std::array<std::uint32_t, 2> told{i % groups,
                                            shop.store.catalogue().entry(i % groups).version};
    if (::write(pipe, told.data(), sizeof told) != sizeof told) ::_exit(1);
  }
}

TEST(ObjectStore, AProcessThatIsKilledLosesNothingThatItAcknowledged) {
  for (const int acknowledged : {1, 7, 20}) {
    const Folder folder;
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) write_until_killed(folder.path, ends[1]);
    ::close(ends[1]);
    std::array<std::uint32_t, groups> versions{};
    std::array<std::uint32_t, 2> told{};
    for (int i = 0; ::read(ends[0], told.data(), sizeof told) == sizeof told; ++i) {
      versions[told[0]] = told[1];
      if (i + 1 == acknowledged) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    Shop again(make_directory_medium(folder.path, place_bytes()));
    again.store.open();
    for (std::uint32_t group = 0; group < groups; ++group) {
      const Entry& entry = again.store.catalogue().entry(group);
      EXPECT_GE(entry.version, versions[group]);
      if (entry.version == 0) continue;
      again.ledger.acknowledge(group, entry.version,
                               again.ledger.make_content(group, entry.version));
      EXPECT_TRUE(again.reads(group));
      EXPECT_TRUE(entry.missing.none());
    }
  }
}

TEST(DirectoryStore, ADrillOnDiskIsTheDrillInMemory) {
  const Folder folder;
  DrillOptions options = small_drill(3);
  options.setting.objects = 3;
  options.strategies = {"RS 4+2"};
  const auto memory = drill(small_fleet(), options).value().strategies[0].drill;
  options.store = folder.path;
  const auto disk = drill(small_fleet(), options).value().strategies[0].drill;
  EXPECT_TRUE(disk.passed());
  EXPECT_EQ(disk.happened, memory.happened);
  EXPECT_EQ(disk.bytes_verified, memory.bytes_verified);
  EXPECT_EQ(disk.shards_rebuilt, memory.shards_rebuilt);
  EXPECT_TRUE(fs::exists(folder.path / "0-RS_4_2" / "0" / "catalogue.log"));
  EXPECT_FALSE(drill(small_fleet(), options)) << "it must not write over somebody's files";
}

}  // namespace
}  // namespace models::drill
