#include "models/fleet/arithmetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/fleet/latent_errors.h"

namespace models::fleet {

namespace {

/// Rate at which one machine may read (or write) for rebuilds, all its limits together.
BytesPerSecond machine_rate(const scenario::Hardware& hardware, const scenario::Repair& repair,
                            scenario::ThrottleCounts direction) {
  const bool reads = direction == scenario::ThrottleCounts::reads;
  const double disks = hardware.disks_per_machine;
  double rate = disks * (reads ? hardware.disk.read : hardware.disk.write).value;
  if (hardware.network.machine.value > 0) {
    rate = std::min(rate, hardware.network.machine.value * hardware.network.rebuild_share);
  }
  for (const scenario::Throttle& throttle : repair.throttles) {
    using At = scenario::ThrottleAt;
    if (throttle.at == At::rack) continue;
    const double units = throttle.at == At::disk ? disks : 1.0;
    const bool both = throttle.at == At::link && throttle.counts == scenario::ThrottleCounts::both;
    if (both || throttle.counts == direction) rate = std::min(rate, units * throttle.rate.value);
  }
  return {rate};
}

/// Limits that count reads and writes together: bytes moved per byte rebuilt is reads + 1.
double both_rate(const scenario::Hardware& hardware, const scenario::Repair& repair) {
  double rate = std::numeric_limits<double>::infinity();
  for (const scenario::Throttle& throttle : repair.throttles) {
    using At = scenario::ThrottleAt;
    if (throttle.counts != scenario::ThrottleCounts::both) continue;
    if (throttle.at == At::rack || throttle.at == At::link) continue;  // each way by itself
    const double units = throttle.at == At::disk ? hardware.disks_per_machine : 1.0;
    rate = std::min(rate, units * throttle.rate.value);
  }
  return rate;
}

/// Rate at which the one heir of a lost disk is filled. @param reads bytes read for each written
BytesPerSecond heir_rate(const scenario::Hardware& hardware, const scenario::Repair& repair,
                         double reads) {
  double rate = hardware.disk.write.value;
  if (hardware.network.machine.value > 0) {
    rate = std::min(rate, hardware.network.machine.value * hardware.network.rebuild_share /
                              std::max(reads, 1.0));
  }
  for (const scenario::Throttle& throttle : repair.throttles) {
    using At = scenario::ThrottleAt;
    if (throttle.counts == scenario::ThrottleCounts::reads || throttle.at == At::rack) continue;
    const double moved = throttle.at == At::link ? std::max(reads, 1.0) : 1.0;
    rate = std::min(rate, throttle.rate.value / moved);
  }
  return {rate};
}

/// Failures per unit and year, averaged over the mission and the ages of the fleet.
double mean_rate(const sim::Distribution& law, const scenario::FleetAge& age, Seconds mission) {
  if (law.memoryless()) return sim::year / law.mean();
  double hazard = 0;
  for (int c = 0; c < age.cohorts; ++c) {
    const Seconds start = age.youngest + (c + 0.5) / age.cohorts * (age.oldest - age.youngest);
    hazard += law.cumulative_hazard(start + mission) - law.cumulative_hazard(start);
  }
  return hazard / age.cohorts / sim::in_years(mission);
}

double share_out(const std::optional<scenario::Outage>& outage) {
  if (!outage) return 0;
  const Seconds away = outage->duration.mean() * (1 + outage->catch_up);
  return away / (outage->between.mean() + away);
}

/// Deaths of one disk a year by bursts.
double burst_rate(const std::optional<scenario::Burst>& burst, const scenario::Hardware& hardware,
                  Seconds mission) {
  if (!burst) return 0;
  const double racks = hardware.racks_per_site;
  const double of_rack =
      static_cast<double>(hardware.machines_per_rack) * hardware.disks_per_machine;
  return burst->mean_deaths(racks, of_rack) / (racks * of_rack) *
         mean_rate(burst->between, {}, mission);
}

double own_death_rate(const scenario::Failures& failures, Seconds mission) {
  if (failures.disk_models.empty()) {
    return failures.disk ? mean_rate(*failures.disk, failures.disk_age, mission) : 0;
  }
  double rate = 0;
  double parts = 0;
  for (const scenario::DiskModel& model : failures.disk_models) {
    rate += model.parts * mean_rate(model.life, {model.age, model.age, 1}, mission);
    parts += model.parts;
  }
  return rate / parts;
}

/// Deaths of one disk a year by events that strike its rack.
double shock_rate(const std::optional<scenario::Shock>& shock, Seconds mission) {
  return shock ? shock->kills * mean_rate(shock->between, {}, mission) : 0;
}

// The rack strikes again whether or not it is back.
double share_shocked(const std::optional<scenario::Shock>& shock) {
  return shock ? -std::expm1(-(shock->away.mean() / shock->between.mean())) : 0;
}

double share_maintained(const std::optional<scenario::Maintenance>& maintenance) {
  return maintenance ? maintenance->duration.mean() / maintenance->every : 0;
}

PerYear outage_rate(const std::optional<scenario::Outage>& outage) {
  if (!outage) return {};
  return {sim::year / (outage->between.mean() + outage->duration.mean())};
}

}  // namespace

RebuildArithmetic rebuild_arithmetic(const scenario::Hardware& hardware,
                                     const scenario::Repair& repair, double reads) {
  using Counts = scenario::ThrottleCounts;
  const auto machines = static_cast<double>(hardware.machines());
  const auto racks = static_cast<double>(hardware.racks());
  const BytesPerSecond write = machine_rate(hardware, repair, Counts::writes);
  const BytesPerSecond read = machine_rate(hardware, repair, Counts::reads);
  const double both = both_rate(hardware, repair);
  RebuildArithmetic result;
  result.writing = std::max(terabyte / (machines * write),
                            Seconds{terabyte.value * (reads + 1) / (machines * both)});
  const bool one_heir = repair.spares.kind != "distributed";
  if (one_heir) result.writing = terabyte / heir_rate(hardware, repair, reads);
  result.reading = terabyte * reads / (machines * read);
  double uplink = hardware.network.rack_uplink.value * hardware.network.rebuild_share;
  for (const scenario::Throttle& throttle : repair.throttles) {
    if (throttle.at == scenario::ThrottleAt::rack) uplink = std::min(uplink, throttle.rate.value);
  }
  if (uplink > 0 && racks > 1) {
    result.uplinks = {terabyte.value * reads * (racks - 1) / racks / (racks * uplink)};
  }
  const Seconds most = std::max(result.per_tb(), result.uplinks);
  if (most == result.uplinks) {
    result.limit = fmt::format("rack uplinks ({:.3g} Gbit/s each for rebuilds)", uplink * 8 / 1e9);
  } else if (most == result.reading) {
    result.limit =
        fmt::format("reads: {:.3g} MB/s per machine, {:.3g} byte{} read per byte written",
                    read.value / 1e6, reads, reads == 1 ? "" : "s");
  } else if (one_heir) {
    result.limit = fmt::format("writes: {:.3g} MB/s onto one disk",
                               heir_rate(hardware, repair, reads).value / 1e6);
  } else {
    result.limit = fmt::format("writes: {:.3g} MB/s per machine", write.value / 1e6);
  }
  return result;
}

PerYear wipe_rate(const scenario::Failures& failures, Seconds mission) {
  PerYear rate{};
  for (const scenario::ShockOf& place : scenario::all_shocks()) {
    if (place.wipes) rate.value += shock_rate(failures.*place.shock, mission);
  }
  return rate;
}

economics::FailureRates failure_rates(const scenario::Failures& failures,
                                      const scenario::Hardware& hardware, Seconds mission) {
  economics::FailureRates rates;
  rates.disk.value =
      own_death_rate(failures, mission) + burst_rate(failures.burst, hardware, mission);
  for (const scenario::ShockOf& place : scenario::all_shocks()) {
    if (!place.wipes) rates.disk.value += shock_rate(failures.*place.shock, mission);
  }
  if (failures.machine) rates.machine.value = mean_rate(*failures.machine, {}, mission);
  rates.rack_switch = outage_rate(failures.rack_switch_outage);
  rates.core_switch = outage_rate(failures.core_switch_outage);
  rates.controller = outage_rate(failures.controller_outage);
  rates.gateway = outage_rate(failures.gateway_outage);
  rates.front_end = outage_rate(failures.front_end_outage);
  return rates;
}

PerYear exchange_rate(const scenario::Repair& repair) {
  PerYear rate{};
  if (repair.refresh) rate.value += sim::year / *repair.refresh;
  if (repair.predictor) rate.value += repair.predictor->false_alarms.value * sim::year.value;
  return rate;
}

analytic::ChainInputs chain_inputs(const scenario::Scenario& scenario,
                                   const scenario::Strategy& strategy, const codes::Code& code) {
  const scenario::Hardware& hardware = scenario.hardware_of(strategy);
  const scenario::Failures& failures = scenario.failures_of(strategy);
  analytic::ChainInputs in;
  in.code = &code;
  in.groups = strategy.placement.groups;
  in.disks = static_cast<double>(hardware.disks());
  in.objects = scenario.data.objects;
  in.stripes_per_object = scenario.data.stripes_per_object();
  in.logical = scenario.data.logical;
  in.mission = scenario.mission;
  const economics::FailureRates rates = failure_rates(failures, hardware, scenario.mission);
  in.disk_loss = {rates.disk.value + rates.machine.value +
                  wipe_rate(failures, scenario.mission).value};
  if (strategy.repair.rebuild_time) {
    in.shard_repair = strategy.repair.rebuild_time->mean();
  } else {
    const auto arithmetic =
        rebuild_arithmetic(hardware, strategy.repair, codes::mean_repair_reads(code));
    const double tb_per_disk = scenario.data.logical * code.overhead() / terabyte / in.disks;
    in.shard_repair = tb_per_disk * std::max(arithmetic.per_tb(), arithmetic.uplinks);
  }
  // A rebuild onto the replaced disk waits for it; a spare is there.
  const Seconds reading = scrubber_of(scenario, strategy, code).reading();
  const Seconds detection = strategy.repair.detection.mean(reading) + strategy.repair.rebuild_delay;
  in.shard_repair += strategy.repair.spares.kind == "technician"
                         ? std::max(detection, strategy.repair.new_hardware().mean())
                         : detection;
  if (failures.disk_latent) {
    const ShardErrors errors = shard_errors(scenario, strategy, code);
    const repair::Scrubber scrubber = scrubber_of(scenario, strategy, code);
    const ErrorsMet met = errors_met(errors, scrubber.mean_waiting(scenario.mission, false),
                                     scrubber.mean_waiting(scenario.mission, true));
    in.shard_errors = met.errors;
    in.spoilt_stripes = met.stripes;
    in.group_stripes = errors.stripes;
  }
  // Of parallel parts all have to be out.
  const auto all_out = [](const std::optional<scenario::Outage>& outage, int parts) {
    return std::pow(share_out(outage), parts);
  };
  in.disk_unavailability = share_out(failures.machine_outage) + share_out(failures.rack_outage) +
                           all_out(failures.rack_switch_outage, hardware.network.rack_switches) +
                           all_out(failures.core_switch_outage, hardware.network.core_switches) +
                           share_out(failures.power_domain_outage) +
                           share_out(failures.site_outage);
  for (const scenario::ShockOf& place : scenario::all_shocks()) {
    if (!place.wipes) in.disk_unavailability += share_shocked(failures.*place.shock);
  }
  in.disk_unavailability +=
      share_maintained(failures.machine_maintenance) + share_maintained(failures.rack_maintenance);
  if (hardware.controllers.count > 0) {
    in.disk_unavailability += all_out(failures.controller_outage, hardware.controllers.count);
  }
  return in;
}

}  // namespace models::fleet
