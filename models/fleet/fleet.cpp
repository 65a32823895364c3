#include "models/fleet/fleet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/topology/unit_kinds.h"
#include "sim/contract.h"

namespace models::fleet {

namespace {

using topology::UnitKind;

placement::PlacementMap build_map(const placement::Placement& placement,
                                  const topology::Topology& topology, const codes::Code& code,
                                  int groups, std::uint64_t seed) {
  sim::Stream stream(seed, sim::Purpose::placement);
  return placement.build(topology, code.shape().total(), groups, stream);
}

/// Which law makes which units go away.
struct OutageKind {
  UnitKind kind;
  std::optional<scenario::Outage> scenario::Failures::*outage;
};
constexpr std::array outage_kinds{
    OutageKind{UnitKind::machine, &scenario::Failures::machine_outage},
    OutageKind{UnitKind::rack, &scenario::Failures::rack_outage},
    OutageKind{UnitKind::rack_switch, &scenario::Failures::rack_switch_outage},
    OutageKind{UnitKind::core_switch, &scenario::Failures::core_switch_outage},
    OutageKind{UnitKind::power_domain, &scenario::Failures::power_domain_outage},
    OutageKind{UnitKind::controller, &scenario::Failures::controller_outage},
    OutageKind{UnitKind::gateway, &scenario::Failures::gateway_outage},
    OutageKind{UnitKind::front_end, &scenario::Failures::front_end_outage},
    OutageKind{UnitKind::site, &scenario::Failures::site_outage},
    OutageKind{UnitKind::software, &scenario::Failures::software_outage},
};

/// The kind of unit that a scenario calls so.
UnitKind kind_called(std::string_view key) {
  std::string name(key);
  std::ranges::replace(name, '_', ' ');
  for (const auto& info : topology::all_unit_kinds()) {
    if (info.name == name) return info.kind;
  }
  EXPECTS(false);
  return {};
}

/// Shards that must be in reach for a write to be taken. Ceph documentation (2024), default
/// min_size: k + 1 of an erasure code, size - size / 2 of copies.
int shards_to_write(const codes::Code& code) {
  const int all = code.shape().total();
  const int data = code.shape().data;
  return data == 1 ? all - all / 2 : std::min(data + 1, all);
}

/// Streams are numbered by what fails, not by position in a list, so that strategies on the same
/// hardware see the same failures.
std::uint64_t stream_number(UnitKind kind, Harm harm, int cohort) {
  const auto number = static_cast<std::uint64_t>(harm);
  // Harms came in fours first; the streams of those stay as they are.
  const std::uint64_t code = static_cast<std::uint64_t>(kind) * 4 + number % 4 + number / 4 * 64;
  return code * 4096 + static_cast<std::uint64_t>(cohort);
}

}  // namespace

Fleet::Fleet(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
             std::uint64_t seed)
    : strategy_(strategy),
      mission_(scenario.mission),
      topology_(scenario.hardware_of(strategy)),
      code_(codes::make_code(strategy.code)),
      placement_(placement::make_placement(strategy, *code_)),
      map_(build_map(*placement_, topology_, *code_, strategy.placement.groups, seed)),
      planner_(*code_, *placement_, strategy.repair),
      scrubber_(scrubber_of(scenario, strategy, *code_)),
      group_bytes_(scenario.data.logical / strategy.placement.groups),
      shard_bytes_(group_bytes_ / code_->shape().data),
      disk_slots_(
          static_cast<std::int64_t>(scenario.hardware_of(strategy).disk.capacity / shard_bytes_)),
      stripes_per_object_(scenario.data.stripes_per_object()) {
  if (scenario.data.stripe > Bytes{}) {
    stripes_per_group_ = std::max(1.0, group_bytes_ / scenario.data.stripe);
  }
  const scenario::Failures& failures = scenario.failures_of(strategy);
  add_classes(failures);
  if (failures.disk_latent) errors_ = shard_errors(scenario, strategy, *code_);
  if (models_service(scenario.hardware_of(strategy), failures)) {
    service_needs_ = shards_to_write(*code_);
  }
  add_resources(scenario.hardware_of(strategy));
  add_tickets();
}

void Fleet::add_class(EventClass like, const scenario::FleetAge& age) {
  const std::uint32_t units = topology_.count(like.kind);
  // A constant hazard has no age, and then one class does for all.
  const int wanted = like.law.memoryless() ? 1 : age.cohorts;
  const auto cohorts = std::min<std::uint32_t>(static_cast<std::uint32_t>(wanted), units);
  like.family = static_cast<std::uint16_t>(families_.size());
  families_.push_back({like.kind, like.harm, static_cast<std::uint32_t>(classes_.size()), cohorts});
  for (std::uint32_t c = 0; c < cohorts; ++c) {
    EventClass entry = like;
    entry.stride = cohorts;
    entry.first = c;
    entry.count = (units - c + cohorts - 1) / cohorts;
    entry.age = age.youngest + (c + 0.5) / cohorts * (age.oldest - age.youngest);
    entry.stream = stream_number(like.kind, like.harm, static_cast<int>(c));
    classes_.push_back(std::move(entry));
  }
}

void Fleet::add_classes(const scenario::Failures& failures) {
  const auto add = [&](UnitKind kind, Harm harm, const sim::Distribution& law) {
    add_class({.kind = kind, .harm = harm, .law = law, .duration = std::nullopt}, {});
  };
  const auto& predictor = strategy_.repair.predictor;
  add_disks(failures);
  if (failures.machine) add(UnitKind::machine, Harm::permanent, *failures.machine);
  if (failures.strain) add(UnitKind::disk, Harm::strain, *failures.strain);
  if (predictor && predictor->catches > 0) {
    foretold_family_ =
        add_empty_class(Harm::foretold, sim::Distribution::exponential(predictor->lead));
  }
  if (failures.burst) add_burst(*failures.burst);
  for (const scenario::ShockOf& entry : scenario::all_shocks()) {
    const auto& shock = failures.*entry.shock;
    if (!shock) continue;
    const UnitKind kind = kind_called(entry.key);
    add_class({.kind = kind,
               .harm = entry.wipes ? Harm::wipe : Harm::shock,
               .law = shock->between,
               .duration = shock->away,
               .kills = shock->kills},
              {});
    add_crowds(kind);
  }
  // Errors have no events, and come last.
  if (failures.disk_latent) {
    add_empty_class(Harm::latent, sim::Distribution::exponential(sim::year));
  }
  destroying_ = families_.size();
  for (const OutageKind& entry : outage_kinds) {
    const auto& outage = failures.*entry.outage;
    if (!outage) continue;
    add_class({.kind = entry.kind,
               .harm = Harm::outage,
               .law = outage->between,
               .duration = outage->duration,
               .catch_up = outage->catch_up},
              {});
  }
  if (predictor && predictor->false_alarms.value > 0) {
    add(UnitKind::disk, Harm::false_alarm,
        sim::Distribution::exponential(Seconds{1 / predictor->false_alarms.value}));
  }
  const scenario::Detection& detection = strategy_.repair.detection;
  if (detection.false_alarms.value > 0) {
    add_class({.kind = UnitKind::machine,
               .harm = Harm::wrong_absence,
               .law = sim::Distribution::exponential(
                   Seconds{1 / per_second(detection.false_alarms).value}),
               .duration = *detection.false_alarm_lasts},
              {});
  }
  add_rotas(failures);
}

void Fleet::add_disks(const scenario::Failures& failures) {
  if (!failures.disk_models.empty()) {
    add_mixed_disks(failures.disk_models);
  } else if (failures.disk) {
    add_class({.kind = UnitKind::disk,
               .harm = Harm::permanent,
               .law = *failures.disk,
               .duration = std::nullopt},
              failures.disk_age);
  }
}

/// Of every so many disks, as many as the models have parts, one class each.
void Fleet::add_mixed_disks(std::span<const scenario::DiskModel> models) {
  std::uint32_t parts = 0;
  for (const auto& model : models) parts += static_cast<std::uint32_t>(model.parts);
  const auto family = static_cast<std::uint16_t>(families_.size());
  const auto first = static_cast<std::uint32_t>(classes_.size());
  families_.push_back({UnitKind::disk, Harm::permanent, first, parts, true});
  const std::uint32_t disks = topology_.disks();
  std::uint32_t c = 0;
  for (const auto& model : models) {
    for (int part = 0; part < model.parts; ++part, ++c) {
      classes_.push_back(
          {.kind = UnitKind::disk,
           .harm = Harm::permanent,
           .stride = parts,
           .first = c,
           .count = (disks - c + parts - 1) / parts,
           .law = model.life,
           .age = model.age,
           .duration = std::nullopt,
           .stream = stream_number(UnitKind::disk, Harm::permanent, static_cast<int>(c)),
           .family = family});
    }
  }
}

void Fleet::add_burst(const scenario::Burst& burst) {
  burst_ = burst;
  const double racks = static_cast<double>(topology_.racks()) / topology_.sites();
  const double of_rack =
      static_cast<double>(topology_.machines_per_rack()) * topology_.disks_per_machine();
  add_class({.kind = UnitKind::burst,
             .harm = Harm::burst,
             .law = burst.between,
             .duration = std::nullopt,
             .kills = burst.mean_deaths(racks, of_rack) / (racks * of_rack)},
            {});
}

std::uint16_t Fleet::add_empty_class(Harm harm, sim::Distribution law) {
  const auto family = static_cast<std::uint16_t>(families_.size());
  families_.push_back({UnitKind::disk, harm, static_cast<std::uint32_t>(classes_.size()), 1});
  classes_.push_back({.kind = UnitKind::disk,
                      .harm = harm,
                      .law = std::move(law),
                      .duration = std::nullopt,
                      .stream = stream_number(UnitKind::disk, harm, 0),
                      .family = family});
  return family;
}

void Fleet::add_rotas(const scenario::Failures& failures) {
  for (const scenario::MaintenanceOf& entry : scenario::all_maintenance()) {
    const auto& maintenance = failures.*entry.maintenance;
    if (!maintenance) continue;
    const UnitKind kind = kind_called(entry.key);
    const std::uint32_t count = topology_.count(kind);
    if (count > 0) rotas_.push_back({kind, maintenance->every / count, maintenance->duration});
  }
  if (const auto& refresh = strategy_.repair.refresh) {
    rotas_.push_back({UnitKind::disk, *refresh / topology_.disks(), std::nullopt});
  }
}

void Fleet::add_crowds(UnitKind kind) {
  std::vector<Crowd>& crowds = crowds_[static_cast<std::size_t>(kind)];
  crowds.resize(topology_.count(kind));
  const std::uint32_t width = map_.width();
  for (std::uint32_t place = 0; place < crowds.size(); ++place) {
    crowds[place] = {topology_.disks_of({kind, place}), std::vector<double>(width + 1), {}};
  }
  std::vector<std::uint32_t> inside(crowds.size());
  for (std::uint32_t group = 0; group < map_.groups(); ++group) {
    const auto members = map_.members(group);
    for (const std::uint32_t disk : members) ++inside[topology_.place_of_disk(kind, disk)];
    for (const std::uint32_t disk : members) {
      const std::uint32_t place = topology_.place_of_disk(kind, disk);
      if (const std::uint32_t here = std::exchange(inside[place], 0); here > 0) {
        ++crowds[place].groups_with[here];
      }
    }
  }
  for (Crowd& crowd : crowds) {
    const auto& with = crowd.groups_with;
    crowd.groups_with[0] = map_.groups() - std::accumulate(with.begin(), with.end(), 0.0);
    std::uint32_t largest = width;
    while (largest > 1 && crowd.groups_with[largest] == 0) --largest;
    crowd.lures = lures(largest);
  }
}

Lures Fleet::lures(std::size_t shards) const {
  constexpr double most = 0.9;
  Lures lures;
  for (int dead = 2; dead <= std::max(2, code_->tolerance() + 1); ++dead) {
    if (static_cast<std::size_t>(dead) > shards) break;
    lures.push_back(std::min(most, dead / static_cast<double>(shards)));
  }
  return lures;
}

bool models_service(const scenario::Hardware& hardware, const scenario::Failures& failures) {
  return failures.software_outage || (failures.front_end_outage && hardware.front_ends.count > 0);
}

std::string Fleet::family_name(std::size_t family) const {
  const Family& entry = families_[family];
  if (entry.harm == Harm::latent) return std::string(latent_error_name);
  // In Harm's order.
  constexpr std::array<std::string_view, 10> harms{
      "",          " outage",      " shock",        "", " wipe", " under rebuild", "",
      " foretold", " false alarm", " wrong absence"};
  return fmt::format("{}{}", topology::to_string(entry.kind),
                     harms[static_cast<std::size_t>(entry.harm)]);
}

std::vector<std::string> Fleet::names_of(std::span<const Family> families) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < families.size(); ++i) names.push_back(family_name(i));
  return names;
}

double Fleet::objects_lost(double share_of_stripes) const {
  // 1-(1-share)^s, without cancellation.
  return share_of_stripes >= 1 ? 1.0
                               : -std::expm1(stripes_per_object_ * std::log1p(-share_of_stripes));
}

std::shared_ptr<const Fleet> compile(const scenario::Scenario& scenario,
                                     const scenario::Strategy& strategy, std::uint64_t seed) {
  return std::make_shared<const Fleet>(scenario, strategy, seed);
}

}  // namespace models::fleet
