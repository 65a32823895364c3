#include "models/policy/cold_data_scan.h"

#include <algorithm>
#include <tuple>

#include "sim/contract.h"

namespace models::policy {
namespace {

// Oldest change first; the number breaks ties, so that any table order gives the same work.
bool rests_longer(const FileFact* a, const FileFact* b) {
  return std::tuple(a->modified, a->id) < std::tuple(b->modified, b->id);
}

void release(std::vector<const FileFact*>& wanted, Bytes& allowance,
             std::vector<std::uint32_t>& released, std::size_t& postponed) {
  std::ranges::sort(wanted, rests_longer);
  for (const FileFact* file : wanted) {
    if (!(allowance.value > 0)) {
      ++postponed;
      continue;
    }
    allowance -= file->size;
    released.push_back(file->id);
  }
}

}  // namespace

ColdDataScan::ColdDataScan(const ColdRule& rule) : rule_(rule) {
  EXPECTS(rule.every.value > 0 && rule.rate.value > 0);
  EXPECTS(rule.reheat_from > rule.accesses_at_most);
}

bool ColdDataScan::is_cold(const FileFact& file, Seconds now) const {
  return file.form == Form::hot && now - file.modified >= rule_.unmodified_for &&
         file.accesses <= rule_.accesses_at_most;
}

bool ColdDataScan::is_hot_again(const FileFact& file) const {
  return file.form == Form::cold && file.accesses >= rule_.reheat_from;
}

void ColdDataScan::decide(Memory& memory, Seconds now, std::span<const FileFact> files,
                          Actions& actions) const {
  actions = {};
  actions.wake_at = memory.next;
  if (now < memory.next) return;
  memory.next = now + rule_.every;
  actions.wake_at = memory.next;
  const Bytes share = rule_.rate * rule_.every;
  memory.allowance = std::min(memory.allowance + share, share);
  std::vector<const FileFact*> warm;
  std::vector<const FileFact*> cold;
  for (const FileFact& file : files) {
    if (is_hot_again(file)) warm.push_back(&file);
    if (is_cold(file, now)) cold.push_back(&file);
  }
  release(warm, memory.allowance, actions.reheat, actions.postponed);
  release(cold, memory.allowance, actions.convert, actions.postponed);
}

}  // namespace models::policy
