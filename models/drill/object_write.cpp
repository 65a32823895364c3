// The write path of the store: encode, sum, send, sync, commit, acknowledge.
#include <algorithm>
#include <array>
#include <cstring>

#include "models/drill/object_store.h"
#include "models/drill/stopwatch.h"
#include "models/integrity/crc32c.h"
#include "sim/contract.h"

namespace models::drill {
namespace {

/// A shard that cannot be written after so many requests is left out.
constexpr int most_requests = 3;

}  // namespace

void ObjectStore::encode(std::uint32_t group, std::span<const std::byte> bytes, Entry& next) {
  const Stopwatch watch(work_.encode_s);
  const auto data = static_cast<std::size_t>(code_.shape().data);
  std::vector<codes::Code::Block> from;
  std::vector<codes::Code::MutableBlock> to;
  for (std::uint32_t slot = 0; slot < width_; ++slot) {
    const auto shard = record_of(slot).subspan(header_bytes);
    if (slot >= data) {
      to.push_back(shard);
      continue;
    }
    const auto part = bytes.subspan(std::min(bytes.size(), slot * shard_bytes_));
    const std::size_t held = std::min(part.size(), shard_bytes_);
    std::ranges::copy(part.first(held), shard.begin());
    std::ranges::fill(shard.subspan(held), std::byte{});
    from.emplace_back(shard);
  }
  code_.encode(from, to);
  next.homes.resize(width_);
  next.whole_crc = 0;
  for (std::uint32_t slot = 0; slot < width_; ++slot) {
    const auto record = record_of(slot);
    Home& home = next.homes[slot];
    home.crc = integrity::crc32c(payload(record));
    if (slot < data) {
      next.whole_crc = integrity::crc32c_combine(next.whole_crc, home.crc, shard_bytes_);
    }
    write_header({{group, static_cast<std::uint16_t>(slot), next.version}, shard_bytes_, home.crc},
                 record.first(header_bytes));
  }
  work_.bytes_encoded += shard_bytes_ * width_;
}

bool ObjectStore::may_acknowledge(const codes::ShardSet& skipped) const {
  const int bears = code_.tolerance() - static_cast<int>(skipped.count());
  return bears >= std::min(1, code_.tolerance());
}

void ObjectStore::put(std::uint32_t group, std::span<const std::byte> bytes,
                      const integrity::Md5& given, Put& progress) {
  EXPECTS(bytes.size() == object_bytes_);
  progress = {};
  {
    const Stopwatch watch(work_.md5_s);
    work_.bytes_md5 += bytes.size();
    if (integrity::md5(bytes) != given) return;  // spoiled on its way here
  }
  const Entry old = catalogue_.entry(group);
  Entry next;
  next.version = old.version + 1;
  next.md5 = given;
  encode(group, bytes, next);
  if (next.whole_crc != padded_crc(bytes)) return;  // the parts are not the whole
  std::vector<std::uint32_t> incarnations(width_);
  write_shards(group, next, incarnations);
  crash_point();
  if (may_acknowledge(next.missing)) sync_shards(group, next, incarnations);
  progress.skipped = next.missing;
  losing_.reset();
  copy_of_.reset();
  restart_of_.reset();
  if (!may_acknowledge(next.missing)) return release_all(group, next);
  crash_point();
  catalogue_.append(group, next);
  crash_point();
  catalogue_.sync();
  catalogue_.hold(group, std::move(next));
  crash_point();
  progress.acknowledged = true;
  crash_point();
  if (old.version > 0) release_all(group, old);
}

std::uint32_t ObjectStore::padded_crc(std::span<const std::byte> bytes) const {
  const std::size_t whole = shard_bytes_ * static_cast<std::size_t>(code_.shape().data);
  const std::vector<std::byte> zeros(whole - bytes.size());
  return integrity::crc32c_combine(integrity::crc32c(bytes), integrity::crc32c(zeros),
                                   zeros.size());
}

void ObjectStore::release_all(std::uint32_t group, const Entry& entry) {
  for (std::uint32_t slot = 0; slot < width_; ++slot) {
    const Home& home = entry.homes[slot];
    if (home.disk == repair::no_disk || !reachable(home.disk)) continue;
    disks_.release(home.disk, home.place, {group, static_cast<std::uint16_t>(slot), entry.version});
  }
}

void ObjectStore::write_shards(std::uint32_t group, Entry& next,
                               std::vector<std::uint32_t>& incarnations) {
  const Entry& old = catalogue_.entry(group);
  for (std::uint32_t slot = 0; slot < width_; ++slot) {
    Home& home = next.homes[slot];
    home.disk = old.version > 0 ? old.homes[slot].disk : map_.members(group)[slot];
    const Identity identity{group, static_cast<std::uint16_t>(slot), next.version};
    next.missing.set(slot);
    // A lost shard is the planner's to place: it may be promised to another disk already.
    if (old.version > 0 && old.missing.test(slot)) continue;
    if (!readable(home.disk)) continue;
    const auto place = disks_.reserve(home.disk, identity);
    if (!place) continue;
    home.place = *place;
    incarnations[slot] = disks_.incarnation(home.disk);
    if (send(slot, home.disk, *place, identity, record_of(slot))) {
      next.missing.reset(slot);
    } else {
      disks_.release(home.disk, *place, identity);
    }
    if (restart_of_ && restart_of_->first == slot) {
      restart_machine(topology_.machine_of(home.disk), restart_of_->second);
    }
    crash_point();
  }
}

void ObjectStore::sync_shards(std::uint32_t group, Entry& next,
                              std::span<const std::uint32_t> incarnations) {
  if (!safeguards_.syncs_before_commit()) return;
  for (std::uint32_t slot = 0; slot < width_; ++slot) {
    if (next.missing.test(slot)) continue;
    const Home& home = next.homes[slot];
    disks_.sync(home.disk);
    crash_point();
    // A restart in between has forgotten what was not synced; that sync says nothing of it.
    if (safeguards_.notices_restarts() && disks_.incarnation(home.disk) != incarnations[slot]) {
      disks_.release(home.disk, home.place,
                     {group, static_cast<std::uint16_t>(slot), next.version});
      next.missing.set(slot);
    }
  }
}

bool ObjectStore::send(std::uint32_t slot, std::uint32_t disk, std::uint32_t place,
                       const Identity& identity, std::span<const std::byte> record) {
  if (copy_of_ == slot) {
    late_.push_back({disk, place, identity, {record.begin(), record.end()}});
  }
  for (int request = 0; request < most_requests; ++request) {
    const bool lost = losing_ && losing_->slot == slot && losing_->count > 0;
    if (lost) --losing_->count;
    if (lost && !losing_->answers) continue;
    const bool done = carry_out(disk, place, identity, record);
    if (!lost) return done;
  }
  return false;
}

bool ObjectStore::carry_out(std::uint32_t disk, std::uint32_t place, const Identity& identity,
                            std::span<const std::byte> record) {
  if (!disks_.working(disk) || !safeguards_.accepts(disks_.owner(disk, place), identity)) {
    return false;
  }
  std::size_t done = 0;
  while (done < record.size()) {
    done += disks_.write(disk, place, record, done);
    if (!safeguards_.finishes_short_writes()) break;
  }
  return true;
}

void ObjectStore::lose_messages(std::uint32_t slot, std::uint32_t count, bool answers) {
  losing_ = Losing{slot, count, answers};
}

void ObjectStore::deliver_late() {
  for (const Message& message : late_) {
    if (!reachable(message.disk)) continue;
    carry_out(message.disk, message.place, message.identity, message.record);
  }
  late_.clear();
}

void ObjectStore::crash_point() {
  if (!crash_in_) return;
  if ((*crash_in_)-- > 0) return;
  crash_in_.reset();
  throw Crashed{};
}

}  // namespace models::drill
