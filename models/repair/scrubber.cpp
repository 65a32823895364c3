#include "models/repair/scrubber.h"

#include <algorithm>
#include <cmath>

#include "sim/contract.h"

namespace models::repair {

using scenario::ScrubChecks;
using scenario::ScrubKind;

namespace {

constexpr std::size_t steps = 4096;
/// Beyond the age at which so few still wait, the integral is that of all ages.
constexpr double last_of_them = 1e-9;

/// A permutation of 32 bits without fixed pattern (Steele, Lea, Flood 2014, SplitMix; the 32-bit
/// finaliser of MurmurHash3).
std::uint32_t mixed(std::uint32_t x) {
  x ^= x >> 16U;
  x *= 0x85EBCA6BU;
  x ^= x >> 13U;
  x *= 0xC2B2AE35U;
  return x ^ (x >> 16U);
}

double share_of(std::uint32_t x) { return static_cast<double>(x) * 0x1p-32; }

}  // namespace

Scrubber::Scrubber(const scenario::Scrub& scrub, Bytes content) : scrub_(scrub) {
  if (scrub.kind == ScrubKind::pass) {
    pass_ = scrub.every;
    if (scrub.rate.value > 0) pass_ = std::max(pass_, content / scrub.rate);
  }
  if (scrub.kind != ScrubKind::delay) return;
  const sim::Distribution& delay = *scrub.delay;
  const Seconds longest = delay.time_at_hazard(-std::log(last_of_them));
  step_ = longest / static_cast<double>(steps);
  waited_.assign(steps + 1, 0.0);
  for (std::size_t i = 0; i < steps; ++i) {
    // Simpson's rule; distributions have at most a few kinks.
    const Seconds at = static_cast<double>(i) * step_;
    const double sum =
        delay.survival(at) + 4 * delay.survival(at + 0.5 * step_) + delay.survival(at + step_);
    waited_[i + 1] = waited_[i] + step_.value / 6 * sum;
  }
}

bool Scrubber::finds(bool silent) const {
  return scrub_.kind != ScrubKind::off && (!silent || scrub_.checks == ScrubChecks::crc);
}

double Scrubber::place(std::uint32_t shard) { return share_of(mixed(shard)); }

Seconds Scrubber::phase(std::uint32_t disk) const { return share_of(mixed(~disk)) * pass_; }

Seconds Scrubber::last_read(std::uint32_t disk, double place, Seconds now) const {
  const double piece = std::floor(place * pieces) / pieces;
  const Seconds first = phase(disk) + piece * pass_;
  return first + std::floor((now - first) / pass_) * pass_;
}

Seconds Scrubber::next_reading(std::uint32_t disk, Seconds now) const {
  EXPECTS(pass_ > Seconds{});
  const Seconds first = phase(disk);
  return std::max(now, first + std::ceil((now - first) / reading()) * reading());
}

Seconds Scrubber::still_waiting(Seconds age) const {
  const double at = age / step_;
  const auto below = static_cast<std::size_t>(std::min(at, static_cast<double>(steps)));
  if (below >= steps) return {waited_.back()};
  const double part = at - static_cast<double>(below);
  return {waited_[below] + part * (waited_[below + 1] - waited_[below])};
}

Seconds Scrubber::waiting(std::uint32_t disk, std::uint32_t shard, Seconds since, Seconds now,
                          bool silent) const {
  if (!finds(silent)) return now - since;
  if (scrub_.kind == ScrubKind::delay) return still_waiting(now - since);
  return now - std::max(since, last_read(disk, place(shard), now));
}

Seconds Scrubber::mean_waiting(Seconds mission, bool silent) const {
  // Times without end: of ages even between 0 and the mission.
  const auto cut = [mission](Seconds pass) {
    if (pass >= mission) return mission * (0.5 - mission / pass / 6);
    return pass * (0.5 - pass / mission / 6);
  };
  if (!finds(silent)) return 0.5 * mission;
  if (scrub_.kind == ScrubKind::pass) return cut(pass_);
  return std::min(still_waiting(mission), 0.5 * mission);
}

void Scrubber::decide(Memory& memory, const ScrubFact& fact, const FleetView& view,
                      ScrubActions& actions) const {
  actions.repair.insert(actions.repair.end(), fact.failed.begin(), fact.failed.end());
  if (!(pass_ > Seconds{})) return;
  const std::uint32_t disks = view.topology().disks();
  const Seconds length = pass_ / pieces;
  const auto due = [&](std::uint32_t disk, Seconds now) {
    return static_cast<std::int64_t>(std::floor((now - phase(disk)) / length));
  };
  if (memory.read.empty()) {
    memory.read.resize(disks);
    for (std::uint32_t disk = 0; disk < disks; ++disk) memory.read[disk] = due(disk, {});
  }
  actions.wake_at = view.now() + length;
  for (std::uint32_t disk = 0; disk < disks; ++disk) {
    const std::int64_t last = due(disk, view.now());
    // More than a pass behind is a pass.
    std::int64_t next = std::max(memory.read[disk] + 1, last - pieces + 1);
    memory.read[disk] = last;
    const Seconds following = phase(disk) + static_cast<double>(last + 1) * length;
    actions.wake_at = std::min(actions.wake_at, following);
    if (!view.readable(disk)) continue;
    for (; next <= last; ++next) {
      const auto piece = static_cast<double>((next % pieces + pieces) % pieces);
      actions.verify.push_back({disk, piece / pieces, (piece + 1) / pieces, scrub_.rate});
    }
  }
}

}  // namespace models::repair
