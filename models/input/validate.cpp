#include "models/input/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <string_view>

#include "models/input/fault_list.h"
#include "models/input/validate_claims.h"
#include "models/input/validate_hardware.h"
#include "models/input/validate_lifecycle.h"
#include "models/input/validate_paths.h"
#include "models/input/validate_strategies.h"

namespace models::scenario {
namespace {

void check_mission(Seconds mission, FaultList& faults) {
  const double length = sim::in_years(mission);
  if (length > 0 && length <= max_mission_years) return;
  faults.error("/mission", fmt::format("must be above zero and at most {} years, got {}",
                                       max_mission_years, text_of_time(mission)));
}

void check_data(const Data& data, FaultList& faults) {
  faults.expect_positive("/data/logical", data.logical.value, text_of(data.logical));
  faults.expect_positive("/data/stripe", data.stripe.value, text_of(data.stripe));
  if (!(data.objects >= 1) || !std::isfinite(data.objects)) {
    faults.error("/data/objects", fmt::format("must be at least 1, got {:.4g}", data.objects));
    return;
  }
  const Bytes object = data.object_size();
  if (object.value > 0 && object.value < 1) {
    faults.error("/data/objects",
                 fmt::format("{:.4g} objects in {} leave less than one byte for each; give fewer",
                             data.objects, text_of(data.logical)));
  } else if (object.value >= 1 && data.stripe > object) {
    faults.error(
        "/data/stripe",
        fmt::format("a stripe of {0} is larger than an object ({1} / {2:.4g} objects = "
                    "{3}); at most {3}, or fewer objects",
                    text_of(data.stripe), text_of(data.logical), data.objects, text_of(object)));
  }
}

void check_repair(const std::string& pointer, const Repair& repair, FaultList& faults) {
  check_duration(pointer + "/detection", repair.detection.process, faults);
  if (repair.detection.absence) {
    check_duration(pointer + "/detection/absence", *repair.detection.absence, faults);
  }
  if (repair.detection.false_alarm_lasts) {
    check_duration(pointer + "/detection/false_alarm_lasts", *repair.detection.false_alarm_lasts,
                   faults);
  }
  if (repair.detection.scrub == ScrubReports::report && repair.scrub.kind != ScrubKind::pass) {
    faults.error(pointer + "/detection/scrub",
                 "is report, and no scrubber reads disk after disk: give scrub the kind pass, or "
                 "say none here");
  }
  check_duration(pointer + "/replacement", repair.replacement, faults);
  if (repair.rebuild_time) check_duration(pointer + "/rebuild_time", *repair.rebuild_time, faults);
  if (repair.spares.visit) {
    check_duration(pointer + "/spares/visit", *repair.spares.visit, faults);
  }
  if (repair.scrub.delay) check_duration(pointer + "/scrub/delay", *repair.scrub.delay, faults);
  for (std::size_t i = 0; i < repair.throttles.size(); ++i) {
    const BytesPerSecond rate = repair.throttles[i].rate;
    if (std::isfinite(rate.value) && rate.value > 0) continue;
    faults.error(fmt::format("{}/throttles/{}/rate", pointer, i),
                 fmt::format("must be above zero, got {}: nothing would ever be rebuilt; remove "
                             "the throttle if there is no limit",
                             text_of(rate)));
  }
}

bool same_law(const std::optional<sim::Distribution>& a,
              const std::optional<sim::Distribution>& b) {
  return a.has_value() == b.has_value() && (!a || a->describe() == b->describe());
}

// A strategy that took the scenario's repair over would repeat its faults.
bool same_repair(const Repair& a, const Repair& b) {
  const auto same = [](const Throttle& x, const Throttle& y) {
    return x.at == y.at && x.counts == y.counts && x.rate == y.rate;
  };
  return same_law(a.detection.process, b.detection.process) &&
         same_law(a.detection.absence, b.detection.absence) &&
         same_law(a.detection.false_alarm_lasts, b.detection.false_alarm_lasts) &&
         a.detection.scrub == b.detection.scrub && a.scrub.kind == b.scrub.kind &&
         same_law(a.replacement, b.replacement) && same_law(a.rebuild_time, b.rebuild_time) &&
         same_law(a.spares.visit, b.spares.visit) && same_law(a.scrub.delay, b.scrub.delay) &&
         std::ranges::equal(a.throttles, b.throttles, same);
}

void check_strategy_names(const Scenario& scenario, FaultList& faults) {
  if (scenario.strategies.empty()) {
    faults.error("/strategies", "needs at least one strategy: there is nothing to compare");
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < scenario.strategies.size(); ++i) {
    const Strategy& strategy = scenario.strategies[i];
    const std::string pointer = fmt::format("/strategies/{}", i);
    faults.expect_name(pointer + "/name", strategy.name);
    if (!seen.insert(strategy.name).second) {
      faults.error(pointer + "/name",
                   fmt::format("two strategies are named \"{}\"; rename one", strategy.name));
    }
    if (!same_repair(strategy.repair, scenario.repair)) {
      check_repair(pointer + "/repair", strategy.repair, faults);
    }
    if (strategy.hardware) {
      check_counts(pointer + "/hardware", *strategy.hardware, faults);
      check_rates(pointer + "/hardware", *strategy.hardware, faults);
      check_parts(pointer + "/hardware", *strategy.hardware, faults);
    }
    if (strategy.failures) check_failures(pointer + "/failures", *strategy.failures, faults);
  }
}

// Failures of parts that no strategy has would be read and never happen.
void check_parts_exist(const Scenario& scenario, FaultList& faults) {
  const auto any = [&scenario](auto has) {
    return has(scenario.hardware) ||
           std::ranges::any_of(scenario.strategies, [&](const Strategy& strategy) {
             return has(scenario.hardware_of(strategy));
           });
  };
  const auto expect = [&](const std::optional<Outage>& outage, const std::string& key,
                          bool exists) {
    if (!outage || exists) return;
    faults.error("/failures/" + key, fmt::format("there is no {0}: describe it in hardware ({0}s), "
                                                 "or leave its failures out",
                                                 key));
  };
  const Failures& failures = scenario.failures;
  expect(failures.controller_outage, "controller",
         any([](const Hardware& hardware) { return hardware.controllers.count > 0; }));
  expect(failures.gateway_outage, "gateway",
         any([](const Hardware& hardware) { return hardware.gateways.count > 0; }));
  expect(failures.front_end_outage, "front_end",
         any([](const Hardware& hardware) { return hardware.front_ends.count > 0; }));
}

void check_prices(const std::optional<Prices>& prices, FaultList& faults) {
  if (!prices) return;
  faults.expect_positive("/prices", prices->horizon.value,
                         "a horizon of " + text_of_time(prices->horizon));
  for (const auto& [key, item] : prices->items) {
    // The meter sees at least what the machines draw.
    const double low = key == "pue" ? 1 : 0;
    if (std::isfinite(item.price) && item.price >= low) continue;
    faults.error("/prices", fmt::format("\"{}\" must be at least {} ({}), got {:.4g}", key, low,
                                        item.unit, item.price));
  }
}

}  // namespace

Bytes memory_needed(double shards, double disks) { return Bytes{shards * 8 + disks * 700}; }

Diagnostics validate(const Scenario& scenario) {
  FaultList faults;
  check_counts("/hardware", scenario.hardware, faults);
  faults.expect_name("/name", scenario.name);
  check_mission(scenario.mission, faults);
  check_data(scenario.data, faults);
  check_rates("/hardware", scenario.hardware, faults);
  check_parts("/hardware", scenario.hardware, faults);
  check_parts_exist(scenario, faults);
  check_failures("/failures", scenario.failures, faults);
  check_repair("/repair", scenario.repair, faults);
  check_strategy_names(scenario, faults);
  check_prices(scenario.prices, faults);
  check_paths(scenario, faults);
  check_claims(scenario, faults);
  check_lifecycle(scenario, faults);
  check_strategies(scenario, faults);
  return std::move(faults).take();
}

}  // namespace models::scenario
