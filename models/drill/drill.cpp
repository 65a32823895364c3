#include "models/drill/drill.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "models/repair/rebuild_planner.h"

namespace models::drill {
namespace {

// 4 GiB, so that a slip in the options does not take the machine down.
constexpr double memory_limit = 0x1p32;

scenario::Diagnostic fault(const scenario::Scenario& scenario, std::string pointer,
                           std::string message) {
  return {scenario.file, 0, std::move(pointer), std::move(message),
          scenario::Diagnostic::Severity::error};
}

scenario::Diagnostics faults_in(const scenario::Scenario& scenario, const DrillOptions& options) {
  scenario::Diagnostics found;
  if (options.objects < 1) {
    found.push_back(fault(
        scenario, "", fmt::format("the drill needs at least 1 object, got {}", options.objects)));
  }
  if (options.object_bytes < 1) {
    found.push_back(fault(scenario, "", "an object of the drill needs at least 1 byte"));
  }
  if (options.faults < 0) {
    found.push_back(fault(scenario, "",
                          fmt::format("the drill's faults must be >= 0, got {}", options.faults)));
  }
  const auto named = [&](const scenario::Strategy& s) { return s.name == options.strategy; };
  if (options.strategy && std::ranges::none_of(scenario.strategies, named)) {
    std::string names;
    for (const scenario::Strategy& s : scenario.strategies) {
      names += (names.empty() ? "\"" : ", \"") + s.name + '"';
    }
    found.push_back(
        fault(scenario, "/strategies",
              fmt::format("no strategy \"{}\"; there are {}", *options.strategy, names)));
  }
  return found;
}

/// Bytes in memory: as encoded, and as stored.
double memory_of(const codes::Code& code, const DrillOptions& options) {
  const auto data = static_cast<std::size_t>(code.shape().data);
  const std::size_t shard = (options.object_bytes + data - 1) / data;
  return 2.0 * options.objects * code.shape().total() * static_cast<double>(shard);
}

}  // namespace

bool DrillResult::passed() const { return std::ranges::all_of(strategies, &StrategyDrill::passed); }

scenario::Checked<DrillResult> drill(const scenario::Scenario& scenario,
                                     const DrillOptions& options) {
  if (auto found = faults_in(scenario, options); !found.empty()) return found;
  DrillResult result;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    if (options.strategy && strategy.name != *options.strategy) continue;
    const auto code = codes::make_code(strategy.code);
    if (memory_of(*code, options) > memory_limit) {
      return scenario::Diagnostics{fault(
          scenario, "",
          fmt::format("the drill of \"{}\" would take {:.1f} GiB of memory, at most 4 GiB are "
                      "used: fewer or smaller objects",
                      strategy.name, memory_of(*code, options) / 0x1p30))};
    }
    const auto placement = placement::make_placement(strategy, *code);
    const repair::RebuildPlanner planner(*code, *placement, strategy.repair.spares);
    const Decide decide = [&](std::span<const repair::Batch> batches, const repair::FleetView& view,
                              sim::Stream& stream) {
      return planner.decide(batches, view, stream);
    };
    const scenario::Hardware& hardware = scenario.hardware_of(strategy);
    result.strategies.push_back(
        drill_one({*code, *placement, strategy.placement, hardware}, options, decide));
    result.strategies.back().name = strategy.name;
  }
  return result;
}

}  // namespace models::drill
