// Latent errors: what they are, and the part of Mission in which a rebuild meets them.
#include "models/fleet/latent_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::Unit;
using topology::UnitKind;

ShardErrors shard_errors(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                         const codes::Code& code) {
  const scenario::LatentErrors& latent = *scenario.failures_of(strategy).disk_latent;
  const Bytes group = scenario.data.logical / strategy.placement.groups;
  const Bytes shard = group / code.shape().data;
  const double share = std::min(1.0, shard / scenario.hardware_of(strategy).disk.capacity);
  constexpr double bits_per_byte = 8;
  ShardErrors errors;
  errors.defects = latent.defects * share;
  errors.silent = latent.silent * share;
  errors.unreadable_bits = latent.unreadable_bits * bits_per_byte * shard.value;
  errors.burst = latent.burst;
  const Bytes stripe = scenario.data.stripe;
  if (stripe.value > 0) errors.stripes = std::max(1.0, group / stripe);
  return errors;
}

repair::Scrubber scrubber_of(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                             const codes::Code& code) {
  const auto disks = static_cast<double>(scenario.hardware_of(strategy).disks());
  return {strategy.repair.scrub, scenario.data.logical * code.overhead() / disks};
}

ErrorsMet errors_met(const ShardErrors& errors, Seconds defects_waited, Seconds silent_waited) {
  const double defects = errors.defects * defects_waited;
  const double others = errors.silent * silent_waited + errors.unreadable_bits;
  return {defects + others, errors.burst * defects + others};
}

/// A shard of a group is whole again at `at`. Where its rebuild had no redundancy left, an error on
/// any shard that it had to read has spoilt the stripe: the chance of that is known, the errors
/// need not have been played. What was read or written is sound from now on.
void Mission::meet_latent_errors(State& state, const repair::Task& task, Seconds at) {
  const std::uint32_t group = task.shard.group;
  codes::ShardSet sound;
  sound.set(task.shard.slot);
  if (task.shard.is_copy()) {  // it is not missing: nothing is at risk
    set_sound(state, group, sound, at);
    return;
  }
  codes::ShardSet set = missing(state, group);  // and homes_ are those of the group
  const int depth = code_.depth(set);
  ErrorsMet met;
  if (depth >= fleet_->code().tolerance()) {
    for (std::uint32_t slot = 0; slot < fleet_->map().width(); ++slot) {
      if (set.test(slot)) continue;
      set.set(slot);
      if (!code_.recoverable(set)) met += errors_on(state, group, slot, homes_[slot], at);
      set.reset(slot);
    }
  }
  for (const std::uint16_t slot : reads_.slots) sound.set(slot);
  set_sound(state, group, sound, at);
  if (met.errors > 0) risk(state, task, depth, met);
}

void Mission::set_sound(State& state, std::uint32_t group, const codes::ShardSet& slots,
                        Seconds at) {
  std::vector<SoundShards>& known = state.sound.at(group);
  std::erase_if(known, [&](SoundShards& earlier) { return (earlier.slots &= ~slots).none(); });
  known.push_back({at, slots});
}

ErrorsMet Mission::errors_on(const State& state, std::uint32_t group, std::uint32_t slot,
                             std::uint32_t disk, Seconds at) const {
  Seconds since{};
  if (const std::vector<SoundShards>* known = state.sound.find(group)) {
    for (const SoundShards& sound : *known) {
      if (sound.slots.test(slot)) since = sound.at;
    }
  }
  const Seconds now = std::max(at, since);
  const std::uint32_t shard = group * fleet_->map().width() + slot;
  const repair::Scrubber& scrubber = fleet_->scrubber();
  return errors_met(*fleet_->errors(), scrubber.waiting(disk, shard, since, now, false),
                    scrubber.waiting(disk, shard, since, now, true));
}

/// Tells the chance of a loss by the errors met, and draws whether it comes. What it takes is the
/// mean of what such a loss takes: a draw of its own would only add noise.
void Mission::risk(State& state, const repair::Task& task, int depth, const ErrorsMet& met) {
  const std::uint32_t group = task.shard.group;
  // Stripes that were whole when the group fell so deep are not at risk.
  const float* deep = state.deep.find(group);
  const double at_risk = deep != nullptr && *deep > 0 ? static_cast<double>(*deep) : 1.0;
  const double probability = -std::expm1(-met.errors * at_risk);
  const double share =
      at_risk * -std::expm1(-met.stripes / fleet_->errors()->stripes) / probability;
  if (change_ != nullptr) {
    const double of_all = share / fleet_->map().groups();
    change_->atoms.push_back({group, depth, fleet_->errors_family(), probability, probability});
    change_->atom_amounts.push_back(of_all);
    change_->atom_amounts.push_back(fleet_->objects_lost(of_all));
  }
  const std::uint64_t which =
      (std::uint64_t{group} * fleet_->map().width() + task.shard.slot) << 32U | task.shard.incident;
  sim::Stream stream(seed_, sim::Purpose::failure,
                     {state.replicate, fleet_->errors_stream(), which, state.branch});
  if (stream.uniform() >= probability) return;
  if (change_ != nullptr) change_->struck = true;
  outcome_->groups_lost += share;
  outcome_->lost_to_latent_errors += share;
  if (!outcome_->first_loss) outcome_->first_loss = state.now;
  tell(state, "latent error met", {UnitKind::disk, task.shard.from_disk},
       fmt::format("group {} loses {:.3g} of its stripes", group, share));
}

}  // namespace models::fleet
