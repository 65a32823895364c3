// The read path of the store, rebuilds and the scrub: nothing is used that was not verified.
#include <algorithm>
#include <cstring>

#include "models/codes/slots.h"
#include "models/drill/object_store.h"
#include "models/drill/stopwatch.h"
#include "models/integrity/crc32c.h"
#include "models/repair/scrubber.h"

namespace models::drill {
Wanted ObjectStore::wanted(std::uint32_t group, std::uint32_t slot) const {
  const Entry& entry = catalogue_.entry(group);
  return {{group, static_cast<std::uint16_t>(slot), entry.version}, entry.homes[slot].crc};
}

std::optional<codes::Code::Block> ObjectStore::fetch(std::uint32_t group, std::uint32_t slot,
                                                     std::vector<std::byte>& buffer,
                                                     codes::ShardSet& unsound) const {
  const Entry& entry = catalogue_.entry(group);
  const Home& home = entry.homes[slot];
  if (entry.missing.test(slot) || !readable(home.disk)) return std::nullopt;
  const auto record = disks_.read(home.disk, home.place, buffer);
  if (safeguards_.sound(record, wanted(group, slot))) return payload(record);
  unsound.set(slot);
  return std::nullopt;
}

void ObjectStore::get(std::uint32_t group, const codes::ShardSet& shun, Scratch& scratch,
                      Got& got) const {
  got.readable = got.decoded = false;
  got.data.clear();
  got.unsound.reset();
  const Entry& entry = catalogue_.entry(group);
  if (entry.version == 0) return;
  const auto data = static_cast<std::size_t>(code_.shape().data);
  scratch.records.resize(width_);
  scratch.blocks.assign(width_, {});
  codes::ShardSet absent = codes::first_slots(static_cast<int>(width_));
  // Data shards on quick disks, then parity there, then whatever answers late.
  for (const bool slow : {false, true}) {
    for (const auto& [begin, end] :
         {std::pair<std::size_t, std::size_t>{0, data}, {data, width_}}) {
      for (std::size_t slot = begin; slot < end; ++slot) {
        const std::uint32_t disk = entry.homes[slot].disk;
        if (shun.test(slot) || disk == repair::no_disk || disks_.slow(disk) != slow) continue;
        const auto block =
            fetch(group, static_cast<std::uint32_t>(slot), scratch.records[slot], got.unsound);
        if (!block) continue;
        scratch.blocks[slot] = *block;
        absent.reset(slot);
      }
      const bool all_data = (absent & codes::first_slots(static_cast<int>(data))).none();
      if (all_data || code_.recoverable(absent)) {
        got.readable = (all_data || decode(absent, scratch, got)) &&
                       whole_crc(group, absent, scratch) == entry.whole_crc;
        if (!got.readable) return;
        got.data.assign(scratch.blocks.begin(),
                        scratch.blocks.begin() + static_cast<std::ptrdiff_t>(data));
        return;
      }
    }
  }
}

bool ObjectStore::decode(const codes::ShardSet& absent, Scratch& scratch, Got& got) const {
  const Stopwatch watch(scratch.work.decode_s);
  const auto data = static_cast<std::size_t>(code_.shape().data);
  scratch.shards.resize(width_);
  std::vector<codes::Code::MutableBlock> all;
  for (std::size_t slot = 0; slot < width_; ++slot) {
    scratch.shards[slot].resize(shard_bytes_);
    if (!absent.test(slot)) std::ranges::copy(scratch.blocks[slot], scratch.shards[slot].begin());
    all.emplace_back(scratch.shards[slot]);
  }
  if (!code_.decode(all, absent)) return false;
  for (std::size_t slot = 0; slot < data; ++slot) {
    if (absent.test(slot)) scratch.blocks[slot] = all[slot];
  }
  got.decoded = true;
  scratch.work.bytes_decoded += object_bytes_;
  return true;
}

std::uint32_t ObjectStore::whole_crc(std::uint32_t group, const codes::ShardSet& absent,
                                     const Scratch& scratch) const {
  const Entry& entry = catalogue_.entry(group);
  std::uint32_t whole = 0;
  for (std::size_t slot = 0; slot < static_cast<std::size_t>(code_.shape().data); ++slot) {
    const std::uint32_t crc =
        absent.test(slot) ? integrity::crc32c(scratch.blocks[slot]) : entry.homes[slot].crc;
    whole = integrity::crc32c_combine(whole, crc, shard_bytes_);
  }
  return whole;
}

bool ObjectStore::md5_agrees(std::uint32_t group, const Got& got, Work& work) const {
  const Stopwatch watch(work.md5_s);
  work.bytes_md5 += object_bytes_;
  std::vector<codes::Code::Block> pieces;
  std::size_t left = object_bytes_;
  for (const codes::Code::Block block : got.data) {
    pieces.push_back(block.first(std::min(left, block.size())));
    left -= pieces.back().size();
  }
  return integrity::md5(pieces) == catalogue_.entry(group).md5;
}

bool ObjectStore::gather(std::span<const std::pair<std::uint16_t, std::uint32_t>> reads,
                         std::uint32_t group, codes::ShardSet& have) {
  scratch_.records.resize(width_);
  scratch_.blocks.assign(width_, {});
  codes::ShardSet unsound;
  for (const auto& [slot, disk] : reads) {
    if (catalogue_.entry(group).homes[slot].disk != disk) continue;
    const auto block = fetch(group, slot, scratch_.records[slot], unsound);
    if (!block) continue;
    scratch_.blocks[slot] = *block;
    have.set(slot);
    work_.rebuild_reads += block->size();
  }
  for (const std::size_t slot : codes::slots_of(unsound)) {
    give_up(group, static_cast<std::uint32_t>(slot));
  }
  return have.count() == reads.size();
}

ObjectStore::Rebuilt ObjectStore::rebuild(
    const repair::Task& task, std::span<const std::pair<std::uint16_t, std::uint32_t>> reads) {
  const Stopwatch watch(work_.rebuild_s);
  const auto [group, slot] = std::pair(task.shard.group, task.shard.slot);
  drop_promise(task);
  codes::ShardSet have;
  if (!gather(reads, group, have)) return Rebuilt::not_now;
  crash_point();
  Entry next = catalogue_.entry(group);
  const auto record = record_of(slot);
  const auto out = record.subspan(header_bytes);
  if (!code_.rebuild(slot, have, scratch_.blocks, out)) return Rebuilt::wrong;
  const std::uint32_t crc = integrity::crc32c(out);
  if (crc != next.homes[slot].crc) return Rebuilt::wrong;
  const Identity identity{group, slot, next.version};
  if (!readable(task.target)) return Rebuilt::not_now;
  const auto place = disks_.reserve(task.target, identity);
  if (!place) return Rebuilt::not_now;
  write_header({identity, shard_bytes_, crc}, record.first(header_bytes));
  carry_out(task.target, *place, identity, record);
  crash_point();
  if (safeguards_.syncs_before_commit()) disks_.sync(task.target);
  crash_point();
  next.homes[slot] = {task.target, *place, crc};
  next.missing.reset(slot);
  catalogue_.append(group, next);
  crash_point();
  catalogue_.sync();
  catalogue_.hold(group, std::move(next));
  crash_point();
  work_.bytes_rebuilt += shard_bytes_;
  return Rebuilt::done;
}

// By what the catalogue claims and not by what the places are taken for: a shard whose place
// another has, or nobody, is found too.
std::vector<repair::LostShard> ObjectStore::scrub(std::uint32_t disk, double from, double to,
                                                  std::uint64_t& bytes) const {
  std::vector<repair::LostShard> failed;
  if (!readable(disk)) return failed;
  std::vector<std::byte> buffer;
  for (std::uint32_t group = 0; group < catalogue_.groups(); ++group) {
    const Entry& entry = catalogue_.entry(group);
    for (std::uint32_t slot = 0; slot < entry.homes.size(); ++slot) {
      if (entry.homes[slot].disk != disk || entry.missing.test(slot)) continue;
      const double at = repair::Scrubber::place(group * width_ + slot);
      if (at < from || at >= to) continue;
      bytes += shard_bytes_;
      const auto record = disks_.read(disk, entry.homes[slot].place, buffer);
      if (safeguards_.passes_scrub(record, wanted(group, slot))) continue;
      repair::LostShard shard;
      shard.group = group;
      shard.slot = static_cast<std::uint16_t>(slot);
      shard.from_disk = disk;
      failed.push_back(shard);
    }
  }
  return failed;
}

}  // namespace models::drill
