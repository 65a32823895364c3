#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/random.h"

namespace models::drill {

/// What can happen in one step of a drill: a fault, or work of the store and its users.
enum class StepKind : std::uint8_t {
  disk,
  machine,
  rack,
  site,
  rack_switch,
  machine_outage,
  bit_flip,
  torn_write,
  short_write,
  misdirected_write,
  lost_write,
  stale_replica,
  slow_disk,
  full_disk,
  crash_machine,
  crash_write,
  crash_rebuild,
  lost_message,
  duplicate_message,
  // Not faults:
  write,
  read,
  scrub,
  rebuild,
  recover,
  replace,
  heal,
};
inline constexpr std::size_t step_kinds = 26;

struct StepKindInfo {
  StepKind kind{};
  std::string_view name;
  std::string_view meaning;
  bool fault{};
  int weight{};  ///< how often it is drawn, among faults or among work
};

/// The whole registry, in the order of StepKind.
const std::array<StepKindInfo, step_kinds>& all_step_kinds();
const StepKindInfo& info_of(StepKind kind);
const StepKindInfo* find_step_kind(std::string_view name);

/// One step. It names what it hits by a shard (that shard's disk, machine, rack, ...) and settles
/// all that is left open by `draw`: a step means the same whatever steps came before it, so that a
/// schedule can be shrunk.
struct Step {
  StepKind kind{};
  std::uint32_t group{};
  std::uint16_t slot{};
  std::uint32_t draw{};
  bool operator==(const Step&) const = default;
};

using Schedule = std::vector<Step>;

/// Objects and shards of each, which steps may name.
struct Extent {
  std::uint32_t groups{};
  std::uint16_t width{};
};

/// A schedule of `steps` steps, the faults among `faults`. Half of the steps stay with the object
/// hit before: losses beyond the tolerance must be seen. @pre all kinds in `faults` are faults
Schedule draw_schedule(std::span<const StepKind> faults, int steps, const Extent& extent,
                       sim::Stream& stream);

/// "disk:3.1:77,rebuild:0.0:2": kind, object, slot, draw.
std::string text_of(const Schedule& schedule);

/// A schedule, or what is wrong with its text.
struct ReadSchedule {
  std::optional<Schedule> schedule;
  std::string fault;
};
ReadSchedule read_schedule(std::string_view text, const Extent& extent);

/// Kinds of faults by name, "disk,bit-flip"; "all": every one.
struct ReadFaults {
  std::vector<StepKind> kinds;
  std::string fault;
};
ReadFaults read_faults(std::string_view text);

}  // namespace models::drill
