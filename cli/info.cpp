#include <fmt/format.h>

#include <string>
#include <thread>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/shipped.h"
#include "holdfast_version.h"
#include "models/codes/code.h"
#include "models/economics/price_table.h"
#include "models/fleet/results.h"
#include "models/input/drive_table.h"
#include "models/input/preset_table.h"
#include "models/input/read_scenario.h"
#include "models/placement/placement.h"
#include "models/repair/spares.h"
#include "models/scenario/metrics.h"
#include "models/scenario/nearest_name.h"
#include "reports/preset_text.h"

namespace cli {
namespace {

/// The feature level of the processor: results are the same to the last bit on one level only
/// (x86-64 psABI, section 3.1.1, micro-architecture levels).
std::string_view processor_level() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    return "x86-64-v4 (AVX-512)";
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "x86-64-v3 (AVX2)";
  if (__builtin_cpu_supports("sse4.2")) return "x86-64-v2 (SSE4.2)";
  return "x86-64-v1";
#elif defined(__aarch64__)
  return "aarch64";
#else
  return "unknown";
#endif
}

std::string program() {
#if defined(__OPTIMIZE__)
  constexpr std::string_view build = "optimised";
#else
  constexpr std::string_view build = "not optimised";
#endif
#if defined(NDEBUG)
  constexpr std::string_view checks = "without assertions";
#else
  constexpr std::string_view checks = "with assertions";
#endif
  return fmt::format(
      "version    {}\ncommit     {}\ncompiler   {}\nbuild      {}, {}\nthreads    {}\n"
      "processor  {}\nscenarios  {}\n",
      holdfast::version, holdfast::commit, __VERSION__, build, checks,
      std::thread::hardware_concurrency(), processor_level(), shipped_folder().string());
}

std::string defaults() {
  std::string text;
  for (const auto& item : models::scenario::defaults()) {
    text += fmt::format("{} = {}\n    {} ({})\n", item.pointer, item.value, item.source, item.year);
  }
  return text;
}

std::string metrics() {
  std::string text;
  for (const auto& metric : models::scenario::all_metrics()) {
    text += fmt::format("{}  [{}]\n    {}\n", metric.id, metric.unit, metric.meaning);
  }
  return text;
}

std::string codes() {
  std::string text;
  for (const auto& code : models::codes::all_codes()) {
    text += fmt::format("{}\n    {}\n", code.name, code.meaning);
    for (const auto& parameter : code.parameters) {
      text += fmt::format("    \"{}\": {} to {}: {}\n", parameter.name, parameter.low,
                          parameter.high, parameter.meaning);
    }
    for (const auto& part : code.parts) {
      text += fmt::format("    \"{}\": a code: {}\n", part.name, part.meaning);
    }
  }
  return text;
}

std::string placements() {
  std::string text;
  for (const auto& placement : models::placement::all_placements()) {
    text += fmt::format("placement {}\n    {}\n", placement.name, placement.meaning);
  }
  for (const auto& spares : models::repair::all_spares()) {
    text += fmt::format("spares {}\n    {}\n", spares.name, spares.meaning);
  }
  return text;
}

std::string prices() {
  std::string text;
  for (const auto& price : models::economics::all_prices()) {
    const std::string other =
        price.other_unit.empty() ? "" : fmt::format(" or \"{}\"", price.other_unit);
    text += fmt::format("{}  [\"{}\"{}]\n    {}\n", price.key, price.unit, other, price.meaning);
  }
  return text;
}

std::string drives() {
  std::string text = fmt::format("{:<28} {:>5} {:>11} {:>8} {:>8}  {}\n", "model", "TB",
                                 "drive days", "failures", "%/year", "95 %");
  const auto& table = models::scenario::DriveTable::shipped();
  for (const auto& drive : table.models()) {
    const auto interval = models::scenario::interval_of(drive.record);
    text += fmt::format("{:<28} {:>5} {:>11.0f} {:>8.0f} {:>8.3g}  {:.3g} to {:.3g}\n", drive.model,
                        drive.capacity ? drive.capacity->value / 1e12 : 0, drive.record.drive_days,
                        drive.record.failures, models::scenario::rate_of(drive.record).value * 100,
                        interval.low * 100, interval.high * 100);
  }
  return text + table.models().front().record.source + "\n";
}

}  // namespace

int info(const Arguments& arguments, const Options& /*options*/) {
  std::string text;
  if (!arguments.scenario.empty() && !arguments.preset_list) {
    complain("a name goes with --presets: holdfast info --presets " + arguments.scenario);
    return usage;
  }
  if (arguments.preset_list) {
    const auto& table = models::scenario::PresetTable::shipped();
    const auto* one = table.find(arguments.scenario);
    if (one == nullptr && !arguments.scenario.empty()) {
      complain(fmt::format("there is no preset '{}'; {}", arguments.scenario,
                           models::scenario::name_advice(arguments.scenario, table.names())));
      return usage;
    }
    text += one != nullptr ? reports::preset_text(*one) : reports::preset_list(table);
  }
  if (arguments.defaults) text += defaults();
  if (arguments.metrics) text += metrics();
  if (arguments.codes) text += codes();
  if (arguments.placements) text += placements();
  if (arguments.prices) text += prices();
  if (arguments.drives) text += drives();
  if (text.empty()) text = program();
  return print(text) ? done : failure;
}

}  // namespace cli
