#include "models/drill/mirror_step.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace models::drill {
namespace {

// Weights are a decision: copying is what brings a leg back into the mirror, and takes rounds; a
// link or a tie-breaker that is away ends most of what could happen.
constexpr std::array<MirrorStepInfo, mirror_step_kinds> kinds{{
    {MirrorStepKind::engine_lost, "engine-lost", "an engine fails", true, 4},
    {MirrorStepKind::engine_back, "engine-back", "an engine starts again", false, 8},
    {MirrorStepKind::leg_lost, "leg-lost", "an array answers no more", true, 6},
    {MirrorStepKind::leg_back, "leg-back", "an array answers again", false, 8},
    {MirrorStepKind::link_lost, "link-lost", "the halves see each other no more", true, 3},
    {MirrorStepKind::link_back, "link-back", "the halves see each other again", false, 4},
    {MirrorStepKind::tie_breaker_lost, "tie-breaker-lost", "the tie-breaker answers no more", true,
     2},
    {MirrorStepKind::tie_breaker_back, "tie-breaker-back", "the tie-breaker answers again", false,
     4},
    {MirrorStepKind::crash_write, "crash-write", "an engine dies within a write", true, 3},
    {MirrorStepKind::crash_takeover, "crash-takeover",
     "the serving engine fails, and who takes over dies at one of its steps", true, 3},
    {MirrorStepKind::crash_resync, "crash-resync", "an engine dies within the copy of a region",
     true, 3},
    {MirrorStepKind::copy, "copy", "regions are copied to arrays that returned", false, 20},
}};

std::optional<MirrorStep> read_step(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto* kind = std::ranges::find(kinds, text.substr(0, colon), &MirrorStepInfo::name);
  if (kind == kinds.end() || colon == std::string_view::npos) return std::nullopt;
  MirrorStep step{kind->kind, 0, 0};
  const char* at = text.data() + colon + 1;
  const char* end = text.data() + text.size();
  const auto target = std::from_chars(at, end, step.target);
  if (target.ec != std::errc{} || target.ptr == end || *target.ptr != ':') return std::nullopt;
  const auto draw = std::from_chars(target.ptr + 1, end, step.draw);
  if (draw.ec != std::errc{} || draw.ptr != end) return std::nullopt;
  return step;
}

}  // namespace

const std::array<MirrorStepInfo, mirror_step_kinds>& all_mirror_steps() { return kinds; }

MirrorSchedule draw_mirror_schedule(int steps, sim::Stream& stream) {
  std::uint64_t total = 0;
  for (const MirrorStepInfo& each : kinds) total += each.weight;
  MirrorSchedule schedule;
  for (int i = 0; i < steps; ++i) {
    std::uint64_t at = stream.below(total);
    const MirrorStepInfo* kind = kinds.data();
    for (; at >= kind->weight; ++kind) at -= kind->weight;
    constexpr std::uint64_t targets = 64;  // divided by any number of legs, and of engines in use
    schedule.push_back({kind->kind, static_cast<std::uint32_t>(stream.below(targets)),
                        static_cast<std::uint32_t>(stream.bits())});
  }
  return schedule;
}

std::string text_of(const MirrorSchedule& schedule) {
  std::string text;
  for (const MirrorStep& step : schedule) {
    text += fmt::format("{}{}:{}:{}", text.empty() ? "" : ",",
                        kinds[static_cast<std::size_t>(step.kind)].name, step.target, step.draw);
  }
  return text;
}

ReadMirrorSchedule read_mirror_schedule(std::string_view text) {
  ReadMirrorSchedule result{MirrorSchedule{}, {}};
  bool more = !text.empty();
  while (more) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    more = comma != std::string_view::npos;
    text.remove_prefix(more ? comma + 1 : text.size());
    const auto step = read_step(part);
    if (!step) {
      result.schedule.reset();
      result.fault = fmt::format("'{}' is no step: kind:target:number is needed; kinds are", part);
      for (const MirrorStepInfo& each : kinds) {
        result.fault += fmt::format("{} {}", &each == kinds.data() ? "" : ",", each.name);
      }
      return result;
    }
    result.schedule->push_back(*step);
  }
  return result;
}

}  // namespace models::drill
