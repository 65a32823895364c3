#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/codes/code.h"
#include "models/drill/catalogue.h"
#include "models/drill/disks.h"
#include "models/drill/safeguards.h"
#include "models/placement/placement.h"
#include "models/repair/fleet_view.h"
#include "models/repair/rebuild_planner.h"
#include "models/topology/reachability.h"

namespace models::drill {

/// Power has failed everywhere: thrown out of the middle of a write or a rebuild, at a crash point
/// that was set. What the store still knows is void until restart().
struct Crashed {};

/// Bytes and time that went through the code, for the result. Times are processor seconds of this
/// machine, of all threads together.
struct Work {
  std::uint64_t bytes_encoded{};  ///< stored bytes, with redundancy
  double encode_s{};
  std::uint64_t bytes_decoded{};  ///< user bytes of objects that were read through the code
  double decode_s{};
  std::uint64_t bytes_rebuilt{};
  std::uint64_t rebuild_reads{};  ///< bytes
  double rebuild_s{};             ///< verify the reads, compute, sum, write
  std::uint64_t bytes_md5{};
  double md5_s{};
  double verify_s{};  ///< objects read back, sums verified, bytes compared
  void add(const Work& other);
};

/// How a write went.
struct Put {
  bool acknowledged{};
  codes::ShardSet skipped;  ///< shards that could not be written now
};

/// What a read gave. Views stay valid until the next write or the next use of the scratch.
struct Got {
  bool readable{};
  bool decoded{};
  std::vector<codes::Code::Block> data;  ///< the k data shards, the last ones padded with zeros
  codes::ShardSet unsound;               ///< shards that are there and failed verification
};

/// Room for reading; one for each thread.
struct Scratch {
  std::vector<std::vector<std::byte>> shards;
  std::vector<std::vector<std::byte>> records;
  std::vector<codes::Code::Block> blocks;
  Work work;
};

/// A store of objects, each one stripe of a placement group of its own, as it would run on the
/// disks: writes go out of place and are acknowledged once every shard and then the catalogue are
/// durable; what is read is verified. Knows which rebuilds are promised, and is what the planner
/// sees of the drill. One thread writes; reads may come from several.
class ObjectStore final : public repair::FleetView {
 public:
  struct Parts {
    const codes::Code& code;
    const topology::Topology& topology;
    const placement::PlacementMap& map;  ///< homes of objects not yet written
    const Safeguards& safeguards;
    Medium& medium;
    std::uint32_t places{};  ///< of each disk; one is kept free of rebuilds, for writes
    std::size_t object_bytes{};
  };
  explicit ObjectStore(const Parts& parts);

  /// Writes an object anew; `given` is the MD5 that its writer says it has. Acknowledged if it can
  /// lose at least one more shard (or none, where the code bears none).
  /// @param progress is filled as the write goes on, so that a crash leaves what was true then.
  void put(std::uint32_t group, std::span<const std::byte> bytes, const integrity::Md5& given,
           Put& progress);
  /// Reads an object without the slots in `shun`, if it can; slow disks only where needed.
  void get(std::uint32_t group, const codes::ShardSet& shun, Scratch& scratch, Got& got) const;
  /// MD5 of what was read, against the catalogue's.
  bool md5_agrees(std::uint32_t group, const Got& got, Work& work) const;

  enum class Rebuilt : std::uint8_t { done, not_now, wrong };
  /// Carries out one task of a plan. `reads`: slots and disks. Shards found unsound are given up.
  /// `wrong`: the planned reads do not suffice, or gave other bytes than the catalogue knows.
  Rebuilt rebuild(const repair::Task& task,
                  std::span<const std::pair<std::uint16_t, std::uint32_t>> reads);

  /// Verifies the shards on a disk whose Scrubber::place() is in [from, to), and adds their bytes
  /// to `bytes`; those that fail. They stay where they are.
  std::vector<repair::LostShard> scrub(std::uint32_t disk, double from, double to,
                                       std::uint64_t& bytes) const;
  /// A shard has no bytes any more that can be trusted: its place is free.
  void give_up(std::uint32_t group, std::uint32_t slot);

  /// Told before a shard that was there counts as missing.
  void watch_missing(std::function<void(std::uint32_t group, std::uint32_t slot)> watch) {
    watch_ = std::move(watch);
  }

  void lose_disk(std::uint32_t disk);
  /// A machine that was away or restarted tells what it has: places that the catalogue does not
  /// know are freed, shards that it lacks are given up.
  void report(std::uint32_t disk);
  /// Power has failed: what was not synced is lost or torn, the log is read again, every disk
  /// reports.
  void restart(std::uint32_t draw);
  /// What is durable is read: the log, and what every disk that can be reached has.
  void open();

  /// Units that are down, ascending, without machines and disks; and machines, one by one.
  void set_down(std::span<const topology::Unit> down) { cut_ = reachability_.cut_off(down); }
  void set_away(std::uint32_t machine, bool away) { away_[machine] = away; }

  /// The countdown-th crash point from here on throws Crashed.
  void crash_after(std::uint32_t points) { crash_in_ = points; }
  void no_crash() { crash_in_.reset(); }
  /// Crash points of a write, and of a rebuild.
  std::uint32_t points_of_put() const { return 2 * width_ + 5; }
  static constexpr std::uint32_t points_of_rebuild = 5;
  /// In the next write the shard's machine restarts between write and sync.
  void restart_within_put(std::uint32_t slot, std::uint32_t draw) { restart_of_ = {slot, draw}; }
  /// Of the next write, the first `count` requests for the slot (or the answers to them) are lost.
  void lose_messages(std::uint32_t slot, std::uint32_t count, bool answers);
  /// The next request for the slot stays under way and arrives again with deliver_late().
  void keep_copy(std::uint32_t slot) { copy_of_ = slot; }
  void deliver_late();

  Disks& disks() { return disks_; }
  const Disks& disks() const { return disks_; }
  const Catalogue& catalogue() const { return catalogue_; }
  std::size_t shard_bytes() const { return shard_bytes_; }
  bool reachable(std::uint32_t disk) const;
  const Work& work() const { return work_; }

  void promise(const repair::Task& task) { promises_.push_back({task.shard.group, task.target}); }
  void drop_promises() { promises_.clear(); }
  void drop_promise(const repair::Task& task);

  void set_now(Seconds now) { now_ = now; }
  Seconds now() const override { return now_; }
  const topology::Topology& topology() const override { return topology_; }
  const placement::PlacementMap& first_homes() const override { return map_; }
  bool readable(std::uint32_t disk) const override;
  std::int64_t free_shards(std::uint32_t disk) const override;
  bool empty(std::uint32_t disk) const override;
  void members(std::uint32_t group, std::span<std::uint32_t> homes) const override;
  void under_way(std::vector<repair::UnderWay>& shards) const override;

 private:
  struct Promise {
    std::uint32_t group{};
    std::uint32_t disk{};
  };
  /// A request to write one shard.
  struct Message {
    std::uint32_t disk{};
    std::uint32_t place{};
    Identity identity;
    std::vector<std::byte> record;
  };
  struct Losing {
    std::uint32_t slot{};
    std::uint32_t count{};
    bool answers{};
  };

  void encode(std::uint32_t group, std::span<const std::byte> bytes, Entry& next);
  void write_shards(std::uint32_t group, Entry& next, std::vector<std::uint32_t>& incarnations);
  void sync_shards(std::uint32_t group, Entry& next, std::span<const std::uint32_t> incarnations);
  std::uint32_t padded_crc(std::span<const std::byte> bytes) const;
  void restart_machine(std::uint32_t machine, std::uint32_t draw);
  bool may_acknowledge(const codes::ShardSet& skipped) const;
  void release_all(std::uint32_t group, const Entry& entry);
  bool send(std::uint32_t slot, std::uint32_t disk, std::uint32_t place, const Identity& identity,
            std::span<const std::byte> record);
  bool carry_out(std::uint32_t disk, std::uint32_t place, const Identity& identity,
                 std::span<const std::byte> record);
  void set_missing(std::uint32_t group, std::uint32_t slot);
  void crash_point();
  std::span<std::byte> record_of(std::uint32_t slot) {
    return std::span(stripe_).subspan(slot * disks_.place_bytes(), disks_.place_bytes());
  }
  Wanted wanted(std::uint32_t group, std::uint32_t slot) const;
  /// The shard's bytes, if they are there and sound; `unsound` if they are there and are not.
  std::optional<codes::Code::Block> fetch(std::uint32_t group, std::uint32_t slot,
                                          std::vector<std::byte>& buffer,
                                          codes::ShardSet& unsound) const;
  bool decode(const codes::ShardSet& absent, Scratch& scratch, Got& got) const;
  /// Of the data shards together, from the sums of those read and the bytes of those decoded.
  std::uint32_t whole_crc(std::uint32_t group, const codes::ShardSet& absent,
                          const Scratch& scratch) const;
  bool gather(std::span<const std::pair<std::uint16_t, std::uint32_t>> reads, std::uint32_t group,
              codes::ShardSet& have);
  void find_places(std::uint32_t disk, std::vector<Identity>& owners) const;

  const codes::Code& code_;
  const topology::Topology& topology_;
  const placement::PlacementMap& map_;
  const Safeguards& safeguards_;
  std::uint32_t width_;
  std::size_t object_bytes_;
  std::size_t shard_bytes_;
  Disks disks_;
  Catalogue catalogue_;
  topology::Reachability reachability_;
  std::shared_ptr<const topology::CutSet> cut_;
  std::vector<bool> away_;  ///< by machine
  std::vector<Promise> promises_;
  std::vector<std::byte> stripe_;  ///< the records of one object
  Scratch scratch_;                ///< of rebuilds
  Work work_;
  std::function<void(std::uint32_t, std::uint32_t)> watch_;
  Seconds now_{};
  std::optional<std::uint32_t> crash_in_;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> restart_of_;
  std::optional<Losing> losing_;
  std::optional<std::uint32_t> copy_of_;
  std::vector<Message> late_;
};

}  // namespace models::drill
