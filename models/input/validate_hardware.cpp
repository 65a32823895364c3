#include "models/input/validate_hardware.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "models/input/validate.h"

namespace models::scenario {
namespace {

/// A decision: each lot is a place of its own that shocks may strike.
constexpr std::int64_t max_batches = 100'000;

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

void check_outage(const std::string& pointer, const std::optional<Outage>& outage,
                  FaultList& faults) {
  if (!outage) return;
  check_law(pointer + "/between", outage->between, faults);
  check_duration(pointer + "/duration", outage->duration, faults);
}

void check_shock(const std::string& place, const ShockOf& kind, const std::optional<Shock>& shock,
                 FaultList& faults) {
  if (!shock) return;
  const std::string pointer = place + "/" + std::string(kind.event);
  check_law(pointer + "/between", shock->between, faults);
  if (!kind.wipes) faults.expect_share(pointer + "/kills", shock->kills);
  check_duration(pointer + (kind.wipes ? "/back" : "/away"), shock->away, faults);
}

void check_maintenance(const std::string& pointer, const std::optional<Maintenance>& maintenance,
                       FaultList& faults) {
  if (!maintenance) return;
  check_duration(pointer + "/duration", maintenance->duration, faults);
  if (maintenance->duration.mean() < maintenance->every) return;
  faults.error(pointer + "/duration",
               "must be less than 'every' (" + text_of_time(maintenance->every) + ") on average");
}

void check_disk_models(const std::string& pointer, const std::vector<DiskModel>& models,
                       FaultList& faults) {
  for (std::size_t i = 0; i < models.size(); ++i) {
    const DiskModel& model = models[i];
    const std::string place = fmt::format("{}/{}", pointer, i);
    check_law(place + "/lifetime", model.life, faults);
    if (model.life.has_hazard() && !(model.life.survival(model.age) > 0)) {
      faults.error(place + "/age", fmt::format("no disk reaches {} with the lifetime {}",
                                               text_of_time(model.age), model.life.describe()));
    }
  }
}

void check_burst(const std::string& pointer, const std::optional<Burst>& burst, FaultList& faults) {
  if (!burst) return;
  check_law(pointer + "/between", burst->between, faults);
  if (burst->sizes.empty()) faults.error(pointer + "/sizes", "must not be empty");
}

void check_age(const std::string& pointer, const Failures& failures, FaultList& faults) {
  const FleetAge& age = failures.disk_age;
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

}  // namespace

std::string text_of_time(Seconds time) {
  if (std::abs(time.value) >= sim::year.value) {
    return fmt::format("{:.4g} years", sim::in_years(time));
  }
  return fmt::format("{:.4g} h", sim::in_hours(time));
}

void check_duration(const std::string& pointer, const sim::Distribution& law, FaultList& faults) {
  const double mean = law.mean().value;
  if (std::isfinite(mean) && mean >= 0) return;
  faults.error(pointer, fmt::format("must have a finite mean of zero or more, got {}",
                                    text_of_time(law.mean())));
}

void check_counts(const std::string& pointer, const Hardware& hardware, FaultList& faults) {
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
      faults.error(fmt::format("{}/{}", pointer, count.key),
                   fmt::format("must be at least 1, got {}", count.value));
    }
    disks *= count.value;
  }
  // Machines and racks are no more than disks, so this limit keeps all ids within 32 bits.
  if (faults.has_errors() || disks <= max_disks) return;
  faults.error(
      pointer,
      fmt::format("{} sites x {} racks x {} machines x {} disks = {:.4g} disks; at most "
                  "{:.4g} are simulated. They would take about {} of memory before the "
                  "placement map; describe one site or cell of the system",
                  hardware.sites, hardware.racks_per_site, hardware.machines_per_rack,
                  hardware.disks_per_machine, disks, max_disks, text_of(memory_needed(0, disks))));
}

void check_rates(const std::string& pointer, const Hardware& hardware, FaultList& faults) {
  const auto rate = [&](const char* key, BytesPerSecond value) {
    faults.expect_positive(pointer + key, value.value, text_of(value));
  };
  faults.expect_positive(pointer + "/disk/capacity", hardware.disk.capacity.value,
                         text_of(hardware.disk.capacity));
  rate("/disk/read", hardware.disk.read);
  rate("/disk/write", hardware.disk.write);
  rate("/network/machine", hardware.network.machine);
  rate("/network/rack_uplink", hardware.network.rack_uplink);
  rate("/network/core", hardware.network.core);
  faults.expect_share(pointer + "/network/rebuild_share", hardware.network.rebuild_share);
  faults.expect_share(pointer + "/usable_fill", hardware.usable_fill);
}

void check_parts(const std::string& pointer, const Hardware& hardware, FaultList& faults) {
  const auto within = [&](const char* key, int value, int most, const char* of) {
    if (value >= 1 && value <= most) return;
    faults.error(pointer + key, fmt::format("must be 1 to {} ({}), got {}", most, of, value));
  };
  within("/power_domains", hardware.power_domains, hardware.racks_per_site, "the racks of a site");
  within("/batches", hardware.batches,
         static_cast<int>(std::clamp<std::int64_t>(hardware.disks(), 1, max_batches)),
         "no more than there are disks");
  within("/network/rack_switches", hardware.network.rack_switches, 4, "switches of a rack");
  within("/network/core_switches", hardware.network.core_switches, 4, "core switches of a site");
  const auto row = [&](const std::string& key, const Entrances& entrances) {
    if (entrances.count > 0) {
      within((key + "/needed").c_str(), entrances.needed, entrances.count, "as many as there are");
    }
  };
  row("/front_ends", hardware.front_ends);
  row("/gateways", hardware.gateways);
  const Controllers& controllers = hardware.controllers;
  if (controllers.machines >= 1 && hardware.machines_per_rack % controllers.machines == 0) return;
  faults.error(pointer + "/controllers/machines",
               fmt::format("must divide the machines of a rack ({}) evenly, got {}",
                           hardware.machines_per_rack, controllers.machines));
}

void check_failures(const std::string& pointer, const Failures& failures, FaultList& faults) {
  if (failures.disk) check_law(pointer + "/disk/lifetime", *failures.disk, faults);
  check_disk_models(pointer + "/disk/models", failures.disk_models, faults);
  check_burst(pointer + "/burst", failures.burst, faults);
  if (failures.machine) check_law(pointer + "/machine/lifetime", *failures.machine, faults);
  check_outage(pointer + "/machine/outage", failures.machine_outage, faults);
  check_outage(pointer + "/rack/outage", failures.rack_outage, faults);
  for (const ShockOf& place : all_shocks()) {
    check_shock(pointer + "/" + std::string(place.key), place, failures.*place.shock, faults);
  }
  for (const MaintenanceOf& kind : all_maintenance()) {
    check_maintenance(pointer + "/" + std::string(kind.key) + "/maintenance",
                      failures.*kind.maintenance, faults);
  }
  check_outage(pointer + "/rack_switch/outage", failures.rack_switch_outage, faults);
  check_outage(pointer + "/core_switch/outage", failures.core_switch_outage, faults);
  check_outage(pointer + "/power_domain/outage", failures.power_domain_outage, faults);
  check_outage(pointer + "/controller/outage", failures.controller_outage, faults);
  check_outage(pointer + "/gateway/outage", failures.gateway_outage, faults);
  check_outage(pointer + "/front_end/outage", failures.front_end_outage, faults);
  check_outage(pointer + "/site/outage", failures.site_outage, faults);
  check_outage(pointer + "/software/outage", failures.software_outage, faults);
  check_age(pointer + "/disk/age", failures, faults);
}

}  // namespace models::scenario
