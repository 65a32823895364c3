#include "models/fleet/known_view.h"

#include <algorithm>

namespace models::fleet {

bool KnownView::takes_shards(std::uint32_t disk) const {
  return readable(disk) && std::ranges::find(refused_, disk) == refused_.end() &&
         std::ranges::find(known_.emptied, disk, &Home::disk) == known_.emptied.end();
}

std::int64_t KnownView::free_shards(std::uint32_t disk) const {
  if (!takes_shards(disk)) return 0;
  const auto first = static_cast<std::int64_t>(fleet_.map().shards_of(disk).size());
  const KnownDisk* record = known_.disks.find(disk);
  const double spread = known_.spread - (record == nullptr ? 0.0 : record->spread_before);
  const std::int64_t room = fleet_.disk_slots() - first - static_cast<std::int64_t>(spread);
  if (record == nullptr) return std::max<std::int64_t>(room, 0);
  if (!record->in_service) return 0;
  return std::max<std::int64_t>(room - record->added - record->promised, 0);
}

bool KnownView::empty(std::uint32_t disk) const {
  if (!takes_shards(disk)) return false;
  const auto first = static_cast<std::int64_t>(fleet_.map().shards_of(disk).size());
  const KnownDisk* record = known_.disks.find(disk);
  if (record == nullptr) return first == 0;
  return record->in_service && first + record->added == 0 && record->promised == 0;
}

void KnownView::under_way(std::vector<repair::UnderWay>& shards) const {
  for (const Job& job : jobs_) {
    for (const repair::Task& task : job.open()) shards.push_back({task.shard.group, task.target});
  }
}

void KnownView::expected(std::uint32_t group, std::vector<std::uint32_t>& disks) const {
  for (const OpenTicket& open : catalogue_.open) {
    const auto place = catalogue_.waiting_of(open, group, fleet_.map().width());
    if (!place) continue;
    disks.push_back(catalogue_.target_of(fleet_.map(), *open.ticket, open.progress, *place).disk);
  }
}

}  // namespace models::fleet
