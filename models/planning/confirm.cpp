#include "models/planning/confirm.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/fleet/run.h"
#include "models/planning/durability.h"

namespace models::planning {
namespace {

// Decision: the usual target of operators of placement groups, as in the shipped scenarios.
constexpr double shards_per_disk = 100;

constexpr std::uint64_t first_missions = 64;
constexpr std::uint64_t more_each_turn = 4;

int whole(double value) { return std::max(1, static_cast<int>(std::lround(value))); }
int at_least(double value) { return std::max(1, static_cast<int>(std::ceil(value - 1e-9))); }

scenario::Hardware hardware_of(const Space& space, const Design& design, const YearSize& size) {
  const Catalogue& catalogue = space.plan().catalogue;
  const DiskKind& disk = catalogue.disks[design.disk];
  const MachineKind& machine = catalogue.machines[design.machine];
  const double per_site = size.machines / design.sites;
  const double own_racks = std::min(std::ceil(size.racks / design.sites), per_site);
  scenario::Hardware hardware;
  hardware.sites = design.sites;
  hardware.racks_per_site = at_least(own_racks);
  hardware.machines_per_rack = at_least(per_site / hardware.racks_per_site);
  hardware.disks_per_machine =
      std::min(machine.disks, at_least(size.disks / static_cast<double>(hardware.machines())));
  hardware.disk = {.model = disk.name,
                   .capacity = disk.capacity,
                   .read = disk.read,
                   .write = disk.write,
                   .record = {}};
  hardware.network = {.machine = machine.network,
                      .rack_uplink = catalogue.rack_uplink,
                      .core = catalogue.core,
                      .rebuild_share = catalogue.rebuild_share,
                      .rack_switches = catalogue.rack_switches,
                      .core_switches = catalogue.core_switches};
  hardware.usable_fill = catalogue.usable_fill;
  hardware.front_ends = catalogue.front_ends;
  hardware.gateways = catalogue.gateways;
  return hardware;
}

scenario::Repair repair_of(const Plan& plan, const Design& design) {
  scenario::Repair repair;
  repair.detection.process = sim::Distribution::fixed(plan.care.detection);
  // A disk fails at any time between two visits.
  repair.replacement = sim::Distribution::uniform(Seconds{0}, plan.search.visits[design.visit]);
  const BytesPerSecond rate = plan.search.rebuild_rates[design.rebuild];
  repair.throttles = {{scenario::ThrottleAt::machine, scenario::ThrottleCounts::reads, rate},
                      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, rate}};
  repair.scrub.kind = scenario::ScrubKind::pass;
  repair.scrub.every = plan.search.scrubs[design.scrub];
  return repair;
}

scenario::Strategy strategy_of(const Design& design, const CodeFacts& code, int disks) {
  scenario::Strategy strategy;
  strategy.name = code.name;
  strategy.code = code.spec;
  const Layout layout = layout_of(code, design);
  const bool sides = code.arrays && design.sites > 1 && layout.survives_site &&
                     code.code->arrays() == design.sites;
  strategy.placement.kind = sides ? "mirrored" : "declustered";
  if (sides) strategy.placement.across = scenario::Domain::site;
  strategy.placement.groups = whole(disks * shards_per_disk / code.total);
  strategy.placement.max_per_rack = layout.per_rack;
  strategy.placement.max_per_site = layout.per_site;
  return strategy;
}

const fleet::Metric* worst(const fleet::Results& results, std::string_view id, bool more) {
  const fleet::Metric* found = nullptr;
  const auto bound = [more](const fleet::Metric& metric) {
    return more ? metric.estimate.ci95.low : metric.estimate.ci95.high;
  };
  for (const auto& strategy : results.strategies) {
    const fleet::Metric* metric = strategy.find(id);
    if (metric == nullptr) continue;
    const bool worse = found == nullptr ||
                       (more ? bound(*metric) < bound(*found) : bound(*metric) > bound(*found));
    if (worse) found = metric;
  }
  return found;
}

sim::Estimate scaled(sim::Estimate estimate, double factor, double plus) {
  if (estimate.value) *estimate.value = *estimate.value * factor + plus;
  estimate.ci95 = {estimate.ci95.low * factor + plus, estimate.ci95.high * factor + plus};
  return estimate;
}

void take(const fleet::Results& results, const Plan& plan, double tb_per_disk, Confirmed& out) {
  if (const auto* nines = worst(results, "durability_nines", true)) {
    out.nines = nines->estimate;
    for (const auto& strategy : results.strategies) {
      if (strategy.find("durability_nines") == nines) out.loss_by_cause = strategy.loss_by_cause;
    }
  }
  if (const auto* away = worst(results, "data_unavailability", false)) {
    out.unavailability = away->estimate;
  }
  if (const auto* rebuild = worst(results, "rebuild_hours_per_tb.p95", false)) {
    out.rebuild_hours = scaled(rebuild->estimate, tb_per_disk, sim::in_hours(plan.care.detection));
  }
  const Targets& targets = plan.targets;
  if (targets.durability_nines) {
    out.durability = decide(out.nines, *targets.durability_nines, true);
  }
  if (targets.availability) {
    out.availability = decide(out.unavailability, 1 - *targets.availability, false);
  }
  if (targets.rebuild) {
    out.rebuild = decide(out.rebuild_hours, sim::in_hours(*targets.rebuild), false);
  }
}

}  // namespace

std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::met:
      return "met";
    case Decision::failed:
      return "failed";
    case Decision::undecided:
      return "undecided";
  }
  return {};
}

bool Confirmed::decided() const {
  return fault.empty() && !interrupted && durability != Decision::undecided &&
         availability != Decision::undecided && rebuild != Decision::undecided;
}

bool Confirmed::refuted() const {
  return durability == Decision::failed || availability == Decision::failed ||
         rebuild == Decision::failed;
}

Decision decide(const sim::Estimate& estimate, double limit, bool more_is_better) {
  const double worst = more_is_better ? estimate.ci95.low : estimate.ci95.high;
  const double best = more_is_better ? estimate.ci95.high : estimate.ci95.low;
  const auto reaches = [&](double value) {
    return more_is_better ? value >= limit : value <= limit;
  };
  if (reaches(worst)) return Decision::met;
  return reaches(best) ? Decision::undecided : Decision::failed;
}

scenario::Scenario scenario_of(const Space& space, const Design& design, const YearSize& size) {
  const Plan& plan = space.plan();
  scenario::Scenario scenario;
  scenario.name = plan.name;
  scenario.mission = sim::years(1);
  scenario.hardware = hardware_of(space, design, size);
  scenario.failures = plan.failures;
  scenario.repair = repair_of(plan, design);
  std::vector<const CodeFacts*> tiers{&space.codes()[design.code]};
  if (design.cold.kind == ColdKind::own) tiers.push_back(&space.cold_codes()[design.cold.which]);
  const auto disks = static_cast<double>(scenario.hardware.disks());
  // Each tier as if all disks held it, as full as they are: the worse of the two decides. Codes of
  // one name need one run.
  const double stored = size.redundant_tb / size.disks * disks * terabyte.value;
  const double overhead = tiers.front()->overhead;
  scenario.data.logical = {stored / overhead};
  scenario.data.stripe = stripe_bytes;
  scenario.data.objects =
      std::max(1.0, scenario.data.logical / std::max(mean_object(plan), Bytes{1}));
  for (const CodeFacts* code : tiers) {
    if (!scenario.strategies.empty() && scenario.strategies.front().name == code->name) continue;
    scenario::Strategy strategy = strategy_of(design, *code, static_cast<int>(disks));
    strategy.repair = scenario.repair;
    scenario.strategies.push_back(std::move(strategy));
  }
  return scenario;
}

Confirmed confirm(const Space& space, const Design& design, const ConfirmOptions& options,
                  std::stop_token stop) {
  Confirmed out;
  if (design.cloud_only) {
    out.fault = "a provider's durability is its claim: not simulated";
    return out;
  }
  const std::vector<YearSize> sizes = size_of(space, design);
  const auto nines = [&](const YearSize& size) { return fleet_figures(space, design, size).nines; };
  out.year = nines(sizes.front()) <= nines(sizes.back()) ? 0 : static_cast<int>(sizes.size()) - 1;
  const YearSize& size = sizes[static_cast<std::size_t>(out.year)];
  const scenario::Scenario scenario = scenario_of(space, design, size);
  for (std::uint64_t missions = first_missions; missions <= options.most_missions;
       missions *= more_each_turn) {
    fleet::RunOptions run;
    run.seed = options.seed;
    run.threads = options.threads;
    run.replicates = {0, missions};
    run.input_draws = 0;
    const auto results = fleet::run(scenario, run, {}, stop);
    if (!results) {
      out.fault = results.diagnostics().front().message;
      return out;
    }
    if (results.value().interrupted) {
      out.interrupted = true;
      return out;
    }
    out.missions = missions;
    take(results.value(), space.plan(), size.redundant_tb / size.disks, out);
    if (out.decided() || out.refuted()) break;
  }
  return out;
}

}  // namespace models::planning
