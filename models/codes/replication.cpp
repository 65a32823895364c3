#include "models/codes/replication.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/codes/slots.h"
#include "sim/contract.h"

namespace models::codes {

Replication::Replication(int copies) : copies_(copies) {
  EXPECTS(copies >= 1 && copies <= static_cast<int>(max_shards));
}

std::string Replication::name() const {
  return fmt::format("{} {}", copies_, copies_ == 1 ? "replica" : "replicas");
}

ShardSet Replication::survivors(const ShardSet& erased) const {
  EXPECTS((erased & ~first_slots(copies_)).none());
  return first_slots(copies_) & ~erased;
}

bool Replication::recoverable(const ShardSet& erased) const { return survivors(erased).any(); }

std::optional<RepairPlan> Replication::repair_plan(const ShardSet& erased, int target) const {
  EXPECTS(target >= 0 && target < copies_ && erased.test(static_cast<std::size_t>(target)));
  const ShardSet left = survivors(erased);
  if (left.none()) return std::nullopt;
  return RepairPlan{.required = {}, .any_of = left, .any_count = 1};
}

void Replication::encode(std::span<const Block> data, std::span<const MutableBlock> parity) const {
  EXPECTS(data.size() == 1 && parity.size() + 1 == static_cast<std::size_t>(copies_));
  for (const MutableBlock copy : parity) {
    EXPECTS(copy.size() == data[0].size());
    std::ranges::copy(data[0], copy.begin());
  }
}

bool Replication::decode(std::span<const MutableBlock> shards, const ShardSet& erased) const {
  EXPECTS(shards.size() == static_cast<std::size_t>(copies_));
  const ShardSet left = survivors(erased);
  if (left.none()) return false;
  const MutableBlock whole = shards[slots_of(left).front()];
  for (const std::size_t slot : slots_of(erased)) {
    EXPECTS(shards[slot].size() == whole.size());
    std::ranges::copy(whole, shards[slot].begin());
  }
  return true;
}

bool Replication::rebuild(int target, const ShardSet& reads, std::span<const Block> shards,
                          MutableBlock out) const {
  EXPECTS(target >= 0 && target < copies_ && !reads.test(static_cast<std::size_t>(target)));
  EXPECTS(shards.size() == static_cast<std::size_t>(copies_));
  EXPECTS((reads & ~first_slots(copies_)).none());
  if (reads.none()) return false;
  const Block whole = shards[slots_of(reads).front()];
  EXPECTS(whole.size() == out.size());
  std::ranges::copy(whole, out.begin());
  return true;
}

std::string check_replication(const CodeSpec& spec) {
  return check_parameters(spec, replication_parameters);
}

std::unique_ptr<const Code> make_replication(const CodeSpec& spec) {
  EXPECTS(check_replication(spec).empty());
  return std::make_unique<Replication>(spec.parameters.at("copies"));
}

}  // namespace models::codes
