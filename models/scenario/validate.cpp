#include "models/scenario/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <string_view>

#include "models/scenario/fault_list.h"
#include "models/scenario/validate_claims.h"
#include "models/scenario/validate_strategies.h"

namespace models::scenario {
namespace {

std::string text_of_time(Seconds time) {
  if (std::abs(time.value) >= sim::year.value) {
    return fmt::format("{:.4g} years", sim::in_years(time));
  }
  return fmt::format("{:.4g} h", sim::in_hours(time));
}

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

void check_counts(const Hardware& hardware, FaultList& faults) {
  struct Count {
    std::string_view key;
    int value;
  };
  const std::array counts{Count{"sites", hardware.sites},
                          Count{"racks_per_site", hardware.racks_per_site},
                          Count{"machines_per_rack", hardware.machines_per_rack},
                          Count{"disks_per_machine", hardware.disks_per_machine}};
  double disks = 1;
  for (const Count& count : counts) {
    if (count.value < 1) {
      faults.error(fmt::format("/hardware/{}", count.key),
                   fmt::format("must be at least 1, got {}", count.value));
    }
    disks *= count.value;
  }
  // Machines and racks are no more than disks, so this limit keeps all ids within 32 bits.
  if (faults.has_errors() || disks <= max_disks) return;
  faults.error(
      "/hardware",
      fmt::format("{} sites x {} racks x {} machines x {} disks = {:.4g} disks; at most "
                  "{:.4g} are simulated. They would take about {} of memory before the "
                  "placement map; describe one site or cell of the system",
                  hardware.sites, hardware.racks_per_site, hardware.machines_per_rack,
                  hardware.disks_per_machine, disks, max_disks, text_of(memory_needed(0, disks))));
}

void check_rates(const Hardware& hardware, FaultList& faults) {
  const auto rate = [&faults](const std::string& pointer, BytesPerSecond value) {
    faults.expect_positive(pointer, value.value, text_of(value));
  };
  faults.expect_positive("/hardware/disk/capacity", hardware.disk.capacity.value,
                         text_of(hardware.disk.capacity));
  rate("/hardware/disk/read", hardware.disk.read);
  rate("/hardware/disk/write", hardware.disk.write);
  rate("/hardware/network/machine", hardware.network.machine);
  rate("/hardware/network/rack_uplink", hardware.network.rack_uplink);
  rate("/hardware/network/core", hardware.network.core);
  faults.expect_share("/hardware/network/rebuild_share", hardware.network.rebuild_share);
  faults.expect_share("/hardware/usable_fill", hardware.usable_fill);
}

// Failures are drawn from hazards: a law without one, or without a finite mean, cannot be drawn.
void check_law(const std::string& pointer, const sim::Distribution& law, FaultList& faults) {
  if (!law.has_hazard()) {
    faults.error(pointer,
                 "\"fixed\" is for durations only: units that all fail at one instant have no "
                 "failure rate; use \"weibull\" with a large shape instead");
    return;
  }
  faults.expect_positive(pointer, law.mean().value, "a mean of " + text_of_time(law.mean()));
}

void check_duration(const std::string& pointer, const sim::Distribution& law, FaultList& faults) {
  const double mean = law.mean().value;
  if (std::isfinite(mean) && mean >= 0) return;
  faults.error(pointer, fmt::format("must have a finite mean of zero or more, got {}",
                                    text_of_time(law.mean())));
}

void check_outage(const std::string& pointer, const std::optional<Outage>& outage,
                  FaultList& faults) {
  if (!outage) return;
  check_law(pointer + "/between", outage->between, faults);
  check_duration(pointer + "/duration", outage->duration, faults);
}

void check_age(const Failures& failures, FaultList& faults) {
  const FleetAge& age = failures.disk_age;
  const std::string pointer = "/failures/disk/age";
  if (!(age.youngest.value >= 0)) {
    faults.error(pointer + "/youngest", "must be zero or more, got " + text_of_time(age.youngest));
  }
  if (!(age.oldest >= age.youngest) || !std::isfinite(age.oldest.value)) {
    faults.error(pointer + "/oldest",
                 fmt::format("must be at least the youngest ({}), got {}",
                             text_of_time(age.youngest), text_of_time(age.oldest)));
  } else if (failures.disk && age.oldest.value >= 0 && !(failures.disk->survival(age.oldest) > 0)) {
    faults.error(pointer + "/oldest",
                 fmt::format("no disk reaches {} with the lifetime {}; give a smaller age or "
                             "another lifetime",
                             text_of_time(age.oldest), failures.disk->describe()));
  }
  constexpr int most_cohorts = 1000;  // each is a class of events of its own
  if (age.cohorts < 1 || age.cohorts > most_cohorts) {
    faults.error(pointer + "/cohorts",
                 fmt::format("must be 1 to {}, got {}", most_cohorts, age.cohorts));
  }
}

void check_failures(const Failures& failures, FaultList& faults) {
  if (failures.disk) check_law("/failures/disk/lifetime", *failures.disk, faults);
  if (failures.machine) check_law("/failures/machine/lifetime", *failures.machine, faults);
  check_outage("/failures/machine/outage", failures.machine_outage, faults);
  check_outage("/failures/rack/outage", failures.rack_outage, faults);
  check_outage("/failures/rack_switch/outage", failures.rack_switch_outage, faults);
  check_outage("/failures/core_switch/outage", failures.core_switch_outage, faults);
  check_age(failures, faults);
}

void check_repair(const std::string& pointer, const Repair& repair, FaultList& faults) {
  check_duration(pointer + "/detection", repair.detection, faults);
  check_duration(pointer + "/replacement", repair.replacement, faults);
  if (repair.rebuild_time) check_duration(pointer + "/rebuild_time", *repair.rebuild_time, faults);
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
  return same_law(a.detection, b.detection) && same_law(a.replacement, b.replacement) &&
         same_law(a.rebuild_time, b.rebuild_time) &&
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
  }
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
  check_counts(scenario.hardware, faults);
  faults.expect_name("/name", scenario.name);
  check_mission(scenario.mission, faults);
  check_data(scenario.data, faults);
  check_rates(scenario.hardware, faults);
  check_failures(scenario.failures, faults);
  check_repair("/repair", scenario.repair, faults);
  check_strategy_names(scenario, faults);
  check_prices(scenario.prices, faults);
  check_claims(scenario, faults);
  check_strategies(scenario, faults);
  return std::move(faults).take();
}

}  // namespace models::scenario
