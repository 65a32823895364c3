#include "models/drill/step.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sim/contract.h"

namespace models::drill {
namespace {

// The weights are a decision: what hurts one shard is as common as what takes one disk; what ends
// everything is rare, or no schedule would get past it.
constexpr std::array<StepKindInfo, step_kinds> kinds{{
    {StepKind::disk, "disk", "a disk is lost with its data", true, 8},
    {StepKind::machine, "machine", "a machine is lost with its disks", true, 4},
    {StepKind::rack, "rack", "a rack is lost with its machines", true, 1},
    {StepKind::site, "site", "a site is lost with its racks", true, 1},
    {StepKind::rack_switch, "switch", "a rack switch goes away and comes back", true, 4},
    {StepKind::machine_outage, "machine-outage", "a machine goes away and comes back", true, 4},
    {StepKind::bit_flip, "bit-flip", "one bit of a stored shard turns over", true, 8},
    {StepKind::torn_write, "torn-write", "a write ends early and says it did not", true, 4},
    {StepKind::short_write, "short-write", "a write ends early and says so", true, 3},
    {StepKind::misdirected_write, "misdirected-write", "a write lands in another place", true, 4},
    {StepKind::lost_write, "lost-write", "a write is confirmed and never happens", true, 3},
    {StepKind::stale_replica, "stale-replica", "a shard is an older version of itself", true, 4},
    {StepKind::slow_disk, "slow-disk", "a disk answers late", true, 3},
    {StepKind::full_disk, "full-disk", "a disk takes no more writes", true, 3},
    {StepKind::crash_machine, "crash-machine", "a machine restarts within a write", true, 4},
    {StepKind::crash_write, "crash-write", "power fails everywhere within a write", true, 4},
    {StepKind::crash_rebuild, "crash-rebuild", "power fails everywhere within a rebuild", true, 4},
    {StepKind::lost_message, "lost-message", "requests or answers do not arrive", true, 3},
    {StepKind::duplicate_message, "duplicate-message", "a request arrives again, late", true, 3},
    {StepKind::write, "write", "a client writes an object anew", false, 5},
    {StepKind::read, "read", "a client reads an object", false, 5},
    {StepKind::scrub, "scrub", "every shard of a disk is verified", false, 4},
    {StepKind::rebuild, "rebuild", "some of the rebuilds planned are done", false, 8},
    {StepKind::recover, "recover", "all that can be rebuilt is", false, 5},
    {StepKind::replace, "replace", "lost disks are replaced", false, 4},
    {StepKind::heal, "heal", "what is away, slow or full is well again", false, 4},
}};

/// A kind by weight, from those for which `wanted` holds.
template <class Wanted>
StepKind draw_kind(const Wanted& wanted, sim::Stream& stream) {
  std::uint64_t total = 0;
  for (const StepKindInfo& each : kinds) {
    if (wanted(each)) total += static_cast<std::uint64_t>(each.weight);
  }
  std::uint64_t at = stream.below(total);
  for (const StepKindInfo& each : kinds) {
    if (!wanted(each)) continue;
    if (at < static_cast<std::uint64_t>(each.weight)) return each.kind;
    at -= static_cast<std::uint64_t>(each.weight);
  }
  return StepKind::heal;  // not reached: `at` is below the sum of the weights
}

/// Takes a number off the front of `text`, and `end` behind it unless that is 0.
template <class Number>
bool take(std::string_view& text, char end, Number most, Number& number) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number > most) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  if (end == 0) return text.empty();
  if (text.empty() || text.front() != end) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Step> read_step(std::string_view text, const Extent& extent) {
  const std::size_t colon = text.find(':');
  const StepKindInfo* kind = find_step_kind(text.substr(0, colon));
  if (kind == nullptr || colon == std::string_view::npos) return std::nullopt;
  text.remove_prefix(colon + 1);
  Step step{kind->kind, 0, 0, 0};
  const bool fine = take(text, '.', extent.groups - 1, step.group) &&
                    take(text, ':', static_cast<std::uint16_t>(extent.width - 1), step.slot) &&
                    take(text, '\0', std::uint32_t{0xFFFFFFFF}, step.draw);
  return fine ? std::optional(step) : std::nullopt;
}

template <class Use>
void each_part(std::string_view text, const Use& use) {
  while (true) {
    const std::size_t comma = text.find(',');
    use(text.substr(0, comma));
    if (comma == std::string_view::npos) return;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

const std::array<StepKindInfo, step_kinds>& all_step_kinds() { return kinds; }

const StepKindInfo& info_of(StepKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

const StepKindInfo* find_step_kind(std::string_view name) {
  const auto* found = std::ranges::find(kinds, name, &StepKindInfo::name);
  return found == kinds.end() ? nullptr : found;
}

Schedule draw_schedule(std::span<const StepKind> faults, int steps, const Extent& extent,
                       sim::Stream& stream) {
  EXPECTS(std::ranges::all_of(faults, [](StepKind kind) { return info_of(kind).fault; }));
  const auto is_fault = [&](const StepKindInfo& each) {
    return std::ranges::find(faults, each.kind) != faults.end();
  };
  const auto is_work = [](const StepKindInfo& each) { return !each.fault; };
  Schedule schedule;
  schedule.reserve(static_cast<std::size_t>(steps));
  std::uint32_t focus = 0;
  for (int i = 0; i < steps; ++i) {
    Step step;
    const bool hurts = stream.below(2) == 0 && !faults.empty();
    step.kind = hurts ? draw_kind(is_fault, stream) : draw_kind(is_work, stream);
    if (stream.below(2) == 0) focus = static_cast<std::uint32_t>(stream.below(extent.groups));
    step.group = focus;
    step.slot = static_cast<std::uint16_t>(stream.below(extent.width));
    step.draw = static_cast<std::uint32_t>(stream.bits());
    schedule.push_back(step);
  }
  return schedule;
}

std::string text_of(const Schedule& schedule) {
  std::string text;
  for (const Step& step : schedule) {
    text += fmt::format("{}{}:{}.{}:{}", text.empty() ? "" : ",", info_of(step.kind).name,
                        step.group, step.slot, step.draw);
  }
  return text;
}

ReadSchedule read_schedule(std::string_view text, const Extent& extent) {
  ReadSchedule result{Schedule{}, {}};
  if (text.empty()) return result;
  each_part(text, [&](std::string_view part) {
    if (!result.schedule) return;
    if (const auto step = read_step(part, extent)) {
      result.schedule->push_back(*step);
      return;
    }
    result.schedule.reset();
    result.fault = fmt::format(
        "'{}' is no step: kind:object.slot:number is needed, object below {}, slot below {}", part,
        extent.groups, extent.width);
  });
  return result;
}

ReadFaults read_faults(std::string_view text) {
  ReadFaults result;
  each_part(text, [&](std::string_view name) {
    const StepKindInfo* found = find_step_kind(name);
    if (name == "all") {
      for (const StepKindInfo& each : kinds) {
        if (each.fault) result.kinds.push_back(each.kind);
      }
    } else if (found != nullptr && found->fault) {
      result.kinds.push_back(found->kind);
    } else if (result.fault.empty()) {
      std::string known;
      for (const StepKindInfo& each : kinds) {
        if (each.fault) known += fmt::format(", {}", each.name);
      }
      result.fault = fmt::format("no fault '{}'; there are all{}", name, known);
    }
  });
  return result;
}

}  // namespace models::drill
