// Bursts: disks of a site that die together though no part of the hardware is theirs alone.
#include <algorithm>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::UnitKind;

namespace {

/// The racks and disks of a site, which a burst draws from.
class Site {
 public:
  Site(const topology::Topology& topology, std::uint32_t site)
      : first_(topology.disks_of({UnitKind::site, site}).first),
        racks_(topology.racks() / topology.sites()),
        per_rack_(topology.machines_per_rack() * topology.disks_per_machine()) {}

  std::uint32_t disks() const { return racks_ * per_rack_; }
  std::uint32_t draw_rack(sim::Stream& stream) const {
    return static_cast<std::uint32_t>(stream.below(racks_));
  }
  /// The heart of a burst, given one of its disks.
  std::uint32_t draw_rack_of(std::uint32_t disk, double same_rack, sim::Stream& stream) const {
    return stream.uniform() < same_rack ? (disk - first_) / per_rack_ : draw_rack(stream);
  }
  std::uint32_t draw_disk(std::uint32_t heart, double same_rack, sim::Stream& stream) const {
    if (stream.uniform() < same_rack) {
      return first_ + heart * per_rack_ + static_cast<std::uint32_t>(stream.below(per_rack_));
    }
    return first_ + static_cast<std::uint32_t>(stream.below(disks()));
  }

 private:
  std::uint32_t first_;
  std::uint32_t racks_;
  std::uint32_t per_rack_;
};

int draw_size(const scenario::Burst& burst, sim::Stream& stream) {
  double left = stream.uniform();
  for (const scenario::BurstSize& size : burst.sizes) {
    left -= size.share;
    if (left < 0) return size.disks;
  }
  return burst.sizes.back().disks;
}

}  // namespace

void Mission::burst(State& state, const EventClass& entry, std::uint32_t site,
                    sim::Stream& stream) {
  settle(state);
  const scenario::Burst& law = fleet_->burst();
  const Site place(fleet_->topology(), site);
  const int size = draw_size(law, stream);
  const std::uint32_t heart = place.draw_rack(stream);
  std::vector<std::uint32_t> dying;
  for (int i = 0; i < size; ++i) dying.push_back(place.draw_disk(heart, law.same_rack, stream));
  apply_burst(state, entry, site, std::move(dying), stream);
}

/// Half of the draws with an aim are natural, in the other half one of the disks, any of them with
/// equal chance, is one aimed at. Every disk of the site is as likely as any other to be drawn, and
/// given one that is, its rack is the heart with probability same_rack + (1 - same_rack) / racks:
/// so the second half comes (draws that hit the aim / size) / (share of the site aimed at) times as
/// often as in nature. Returns the weight that makes up for it; 0 if none aimed at dies.
double Mission::inject_burst(State& state, const EventClass& entry, std::uint32_t site,
                             std::span<const std::uint32_t> aim, sim::Stream& stream) {
  if (aim.empty()) {
    burst(state, entry, site, stream);
    return 1;
  }
  settle(state);
  const scenario::Burst& law = fleet_->burst();
  const Site place(fleet_->topology(), site);
  std::vector<std::span<const std::uint32_t>> several;
  std::vector<std::uint32_t> aimed =
      aimed_disks(state, fleet_->topology().disks_of({UnitKind::site, site}), aim, several);
  std::sort(aimed.begin(), aimed.end());
  aimed.erase(std::unique(aimed.begin(), aimed.end()), aimed.end());
  if (aimed.empty()) return 0;
  const int size = draw_size(law, stream);
  std::vector<std::uint32_t> dying;
  std::uint32_t heart = place.draw_rack(stream);
  if (stream.uniform() < 0.5) {
    dying.push_back(aimed[stream.below(aimed.size())]);
    heart = place.draw_rack_of(dying.front(), law.same_rack, stream);
  }
  while (static_cast<int>(dying.size()) < size) {
    dying.push_back(place.draw_disk(heart, law.same_rack, stream));
  }
  const auto hits = std::ranges::count_if(dying, [&](std::uint32_t disk) {
    return std::binary_search(aimed.begin(), aimed.end(), disk);
  });
  if (hits == 0) return 0;
  const double share = static_cast<double>(aimed.size()) / place.disks();
  apply_burst(state, entry, site, std::move(dying), stream);
  return 1 / (0.5 + 0.5 * static_cast<double>(hits) / size / share);
}

/// @param dying  in any order; what does not work, or comes twice, is passed over
void Mission::apply_burst(State& state, const EventClass& entry, std::uint32_t site,
                          std::vector<std::uint32_t> dying, sim::Stream& stream) {
  std::sort(dying.begin(), dying.end());
  dying.erase(std::unique(dying.begin(), dying.end()), dying.end());
  std::erase_if(dying, [&](std::uint32_t disk) { return !works(state, {UnitKind::disk, disk}); });
  const Seconds report = until_report(stream);
  tell(state, "burst", {UnitKind::burst, site}, std::to_string(dying.size()) + " disks die");
  cause(entry, site);
  if (dying.empty()) return;
  LossEvent* event = lose_disks(state, dying, {UnitKind::burst, site}, report, stream);
  for (const std::uint32_t disk : dying) {
    const Seconds due = state.now + fleet_->repair().new_hardware().sample(stream);
    event->orders.push_back({UnitKind::disk, disk, due});
  }
}

}  // namespace models::fleet
