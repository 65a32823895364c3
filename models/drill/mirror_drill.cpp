#include "models/drill/mirror_drill.h"

#include <algorithm>
#include <utility>

#include "models/drill/mirror_course.h"
#include "models/drill/shrink.h"
#include "sim/contract.h"

namespace models::drill {
namespace {

/// Missions of the mirror draw apart from those of the object store.
constexpr std::uint64_t mirror_faults = 100;

MirrorSchedule schedule_of(const MirrorDrillOptions& options, std::uint64_t mission) {
  if (options.schedule) return *options.schedule;
  sim::Stream stream(options.seed, sim::Purpose::drill, {mission, mirror_faults, 0, 0});
  return draw_mirror_schedule(options.steps, stream);
}

MirrorFailure look_into(const MirrorPolicy& policy, const MirrorDrillOptions& options,
                        std::uint64_t mission) {
  static constexpr std::array<Simplify<MirrorStep>, 2> numbers{
      [](MirrorStep& step) { return std::exchange(step.draw, 0U) != 0; },
      [](MirrorStep& step) { return std::exchange(step.target, 0U) != 0; }};
  constexpr int most_tries = 2000;
  MirrorFailure failure{mission, schedule_of(options, mission), {}, {}};
  const StillFails<MirrorStep> fails = [&](const MirrorSchedule& schedule) {
    return !play_mirror(policy, options, schedule).passed();
  };
  failure.shrunk = Shrinker<MirrorStep>(failure.schedule, fails, most_tries).run(numbers);
  failure.violations = play_mirror(policy, options, failure.shrunk).violations;
  return failure;
}

}  // namespace

std::uint64_t MirrorDrillResult::faults() const {
  std::uint64_t sum = 0;
  for (const MirrorStepInfo& each : all_mirror_steps()) {
    if (each.fault) sum += happened[static_cast<std::size_t>(each.kind)];
  }
  return sum;
}

void MirrorDrillResult::add(const MirrorDrillResult& other) {
  missions += other.missions;
  steps += other.steps;
  for (std::size_t i = 0; i < happened.size(); ++i) happened[i] += other.happened[i];
  crashes += other.crashes;
  writes += other.writes;
  acknowledged += other.acknowledged;
  refused += other.refused;
  takeovers += other.takeovers;
  resyncs += other.resyncs;
  regions_copied += other.regions_copied;
  bytes_compared += other.bytes_compared;
  violation_count += other.violation_count;
  violations.insert(violations.end(), other.violations.begin(), other.violations.end());
}

MirrorPolicy policy_of(const gateway::FailoverController& controller) {
  return {[&controller](gateway::Memory& memory, const gateway::Fact& fact, Seconds now) {
            return controller.decide(memory, fact, now);
          },
          [&controller](const gateway::Memory& memory, gateway::LegSet written) {
            return controller.may_acknowledge(memory, written);
          },
          [](const gateway::DirtyMap& map, std::size_t from) { return map.next(from); }};
}

MirrorDrillResult play_mirror(const MirrorPolicy& policy, const MirrorDrillOptions& options,
                              const MirrorSchedule& schedule) {
  EXPECTS(options.engines >= 1 && options.legs >= 1 && options.legs <= 8);
  EXPECTS(options.regions >= 1 && options.region_bytes >= 1);
  return MirrorCourse(policy, options).run(schedule);
}

MirrorDrillResult drill_mirror(const MirrorPolicy& policy, const MirrorDrillOptions& options) {
  EXPECTS(options.missions >= 1);
  MirrorDrillResult all;
  const std::uint64_t missions = options.schedule ? 1 : options.missions;
  for (std::uint64_t i = 0; i < missions && all.passed(); ++i) {
    if (options.stop.stop_requested()) break;
    const std::uint64_t mission = options.first_mission + i;
    all.add(play_mirror(policy, options, schedule_of(options, mission)));
    if (!all.passed()) all.failure = look_into(policy, options, mission);
  }
  return all;
}

}  // namespace models::drill
