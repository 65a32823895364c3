#include "models/drill/drill.h"
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "models/drill/campaign.h"
#include "models/fleet/arithmetic.h"
#include "models/fleet/latent_errors.h"
#include "models/repair/rebuild_planner.h"

namespace models::drill {
namespace {

namespace fs = std::filesystem;

// 4 GiB, so that a slip in the options does not take the machine down.
constexpr double memory_limit = 0x1p32;

scenario::Diagnostic fault(const scenario::Scenario& scenario, std::string pointer,
                           std::string message) {
  return {scenario.file, 0, std::move(pointer), std::move(message),
          scenario::Diagnostic::Severity::error};
}

bool is_chosen(const scenario::Strategy& strategy, const DrillOptions& options) {
  return options.strategies.empty() ||
         std::ranges::find(options.strategies, strategy.name) != options.strategies.end();
}

std::string fault_of_strategy(const scenario::Scenario& scenario, const DrillOptions& options) {
  std::string names;
  for (const scenario::Strategy& each : scenario.strategies) {
    names += (names.empty() ? "\"" : ", \"") + each.name + '"';
  }
  for (const std::string& wanted : options.strategies) {
    if (std::ranges::find(scenario.strategies, wanted, &scenario::Strategy::name) ==
        scenario.strategies.end()) {
      return fmt::format("no strategy \"{}\"; there are {}", wanted, names);
    }
  }
  return {};
}

std::string fault_of_schedule(const scenario::Scenario& scenario, const DrillOptions& options) {
  for (const scenario::Strategy& strategy : scenario.strategies) {
    if (!options.schedule || !is_chosen(strategy, options)) continue;
    const auto width = codes::make_code(strategy.code)->shape().total();
    const Extent extent{static_cast<std::uint32_t>(options.setting.objects),
                        static_cast<std::uint16_t>(width)};
    if (auto wrong = read_schedule(*options.schedule, extent).fault; !wrong.empty()) return wrong;
  }
  return {};
}

/// Overwriting somebody's files is no fault that a drill should inject.
std::string fault_of_store(const DrillOptions& options) {
  if (!options.store || !fs::exists(*options.store)) return {};
  if (!fs::is_directory(*options.store)) {
    return fmt::format("{} is no folder", options.store->string());
  }
  if (fs::is_empty(*options.store)) return {};
  return fmt::format("the folder {} is not empty: the drill writes into a new or empty one",
                     options.store->string());
}

scenario::Diagnostics faults_in(const scenario::Scenario& scenario, const DrillOptions& options) {
  scenario::Diagnostics found;
  const auto check = [&](bool fine, const std::string& pointer, std::string message) {
    if (!fine) found.push_back(fault(scenario, pointer, std::move(message)));
  };
  check(options.setting.objects >= 1, "",
        fmt::format("the drill needs at least 1 object, got {}", options.setting.objects));
  check(options.setting.object_bytes >= 1, "", "an object of the drill needs at least 1 byte");
  check(options.steps >= 0, "",
        fmt::format("the drill's steps must be >= 0, got {}", options.steps));
  check(options.missions >= 1, "", "the drill needs at least 1 mission");
  const std::string no_strategy = fault_of_strategy(scenario, options);
  check(no_strategy.empty(), "/strategies", no_strategy);
  if (!found.empty()) return found;
  for (const std::string& wrong : {fault_of_schedule(scenario, options), fault_of_store(options)}) {
    check(wrong.empty(), "", wrong);
  }
  return found;
}

/// Bytes in memory: as its users know them, and as stored in two versions.
double memory_of(const codes::Code& code, const DrillOptions& options) {
  const auto data = static_cast<std::size_t>(code.shape().data);
  const std::size_t shard = (options.setting.object_bytes + data - 1) / data;
  const double object = static_cast<double>(options.setting.object_bytes) +
                        2.0 * code.shape().total() * static_cast<double>(shard);
  return options.setting.objects * object;
}

std::optional<RebuildPace> pace_of(const StrategyDrill& drill, const scenario::Hardware& hardware,
                                   const scenario::Strategy& strategy, const codes::Code& code) {
  if (drill.work.bytes_rebuilt == 0) return std::nullopt;
  RebuildPace pace;
  pace.measured = {drill.work.rebuild_s * terabyte.value /
                   static_cast<double>(drill.work.bytes_rebuilt)};
  pace.cores = static_cast<double>(hardware.machines());
  pace.computed = {pace.measured.value / pace.cores};
  const auto limits =
      fleet::rebuild_arithmetic(hardware, strategy.repair, codes::mean_repair_reads(code));
  pace.moved = std::max(limits.per_tb(), limits.uplinks);
  pace.limit = limits.limit;
  return pace;
}

/// A folder of its own for each strategy and mission; what an earlier try of it left there goes.
MakeMedium directories(const fs::path& store, std::size_t number, const std::string& strategy) {
  std::string name;
  for (const char c : strategy) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    name += plain ? c : '_';
  }
  const fs::path folder = store / fmt::format("{}-{}", number, name);
  return [folder](std::uint64_t mission, std::size_t place_bytes) {
    const fs::path own = folder / fmt::to_string(mission);
    fs::remove_all(own);
    return make_directory_medium(own, place_bytes);
  };
}

StrategyResult drill_one(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                         const DrillOptions& options, std::size_t number) {
  const auto code = codes::make_code(strategy.code);
  const auto placement = placement::make_placement(strategy, *code);
  const repair::RebuildPlanner planner(*code, *placement, strategy.repair);
  const Decide decide = [&](std::span<const repair::LostShard> lost, const repair::FleetView& view,
                            sim::Stream& stream) { return planner.decide(lost, view, stream); };
  const scenario::Hardware& hardware = scenario.hardware_of(strategy);
  const topology::Topology topology(hardware);
  const Safeguards safeguards;
  const repair::Scrubber scrubber = fleet::scrubber_of(scenario, strategy, *code);
  const Subject subject{*code,    *placement, strategy.placement, hardware,
                        topology, decide,     safeguards,         scrubber};
  StrategyResult result =
      campaign(subject, options,
               options.store ? directories(*options.store, number, strategy.name) : MakeMedium{});
  result.drill.name = strategy.name;
  result.pace = pace_of(result.drill, hardware, strategy, *code);
  return result;
}

}  // namespace

bool DrillResult::passed() const {
  return std::ranges::all_of(strategies,
                             [](const StrategyResult& each) { return each.drill.passed(); });
}

scenario::Checked<DrillResult> drill(const scenario::Scenario& scenario,
                                     const DrillOptions& options) {
  if (auto found = faults_in(scenario, options); !found.empty()) return found;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    const double memory = memory_of(*codes::make_code(strategy.code), options);
    if (!is_chosen(strategy, options) || options.store || memory <= memory_limit) continue;
    return scenario::Diagnostics{
        fault(scenario, "",
              fmt::format("the drill of \"{}\" would take {:.1f} GiB of memory, at most 4 GiB are "
                          "used: fewer or smaller objects",
                          strategy.name, memory / 0x1p30))};
  }
  DrillResult result;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    if (!is_chosen(strategy, options) || options.stop.stop_requested()) continue;
    result.strategies.push_back(drill_one(scenario, strategy, options, result.strategies.size()));
  }
  result.interrupted = options.stop.stop_requested();
  std::erase_if(result.strategies,
                [](const StrategyResult& each) { return each.drill.missions == 0; });
  return result;
}

}  // namespace models::drill
