#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/random.h"

namespace models::drill {

/// What can happen to a mirror in one step of its drill.
enum class MirrorStepKind : std::uint8_t {
  engine_lost,
  engine_back,
  leg_lost,
  leg_back,
  link_lost,
  link_back,
  tie_breaker_lost,
  tie_breaker_back,
  crash_write,
  crash_takeover,
  crash_resync,
  copy,
};
inline constexpr std::size_t mirror_step_kinds = 12;

struct MirrorStepInfo {
  MirrorStepKind kind{};
  std::string_view name;
  std::string_view meaning;
  bool fault{};
  std::uint32_t weight{};  ///< how often it is drawn
};
/// The whole registry, in the order of MirrorStepKind.
const std::array<MirrorStepInfo, mirror_step_kinds>& all_mirror_steps();

/// One step: `target` counts engines or legs (past the last from the first again), `draw` settles
/// all that is left open, the writes of the step among it. It means the same whatever steps came
/// before it, so that a schedule can be shrunk.
struct MirrorStep {
  MirrorStepKind kind{};
  std::uint32_t target{};
  std::uint32_t draw{};
  bool operator==(const MirrorStep&) const = default;
};
using MirrorSchedule = std::vector<MirrorStep>;

MirrorSchedule draw_mirror_schedule(int steps, sim::Stream& stream);

/// "engine-lost:1:77,copy:0:2": kind, target, draw.
std::string text_of(const MirrorSchedule& schedule);

/// A schedule, or what is wrong with its text.
struct ReadMirrorSchedule {
  std::optional<MirrorSchedule> schedule;
  std::string fault;
};
ReadMirrorSchedule read_mirror_schedule(std::string_view text);

}  // namespace models::drill
