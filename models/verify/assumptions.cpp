#include "models/verify/assumptions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "models/fleet/arithmetic.h"

namespace models::verify {

namespace {

using scenario::Failures;
using scenario::Scenario;

/// Applies a change to the scenario's failures and to those of strategies with their own.
template <class Change>
bool change_failures(Scenario& scenario, Change change) {
  bool changed = change(scenario.failures);
  for (scenario::Strategy& strategy : scenario.strategies) {
    if (strategy.failures && change(*strategy.failures)) changed = true;
  }
  return changed;
}

sim::Distribution at_rate(PerYear rate) {
  return sim::Distribution::exponential(sim::years(1 / rate.value));
}

bool fail_alone(Scenario& scenario) {
  const Seconds mission = scenario.mission;
  const scenario::Hardware hardware = scenario.hardware;
  return change_failures(scenario, [mission, hardware](Failures& failures) {
    bool shocks = failures.burst.has_value();
    for (const scenario::ShockOf& place : scenario::all_shocks()) {
      shocks = shocks || (failures.*place.shock).has_value();
    }
    if (!shocks && !failures.machine) return false;
    // The disk's own law stays; what took it with others is a further risk of its own.
    Failures own;
    own.disk = failures.disk;
    own.disk_age = failures.disk_age;
    own.disk_models = failures.disk_models;
    const economics::FailureRates all = fleet::failure_rates(failures, hardware, mission);
    const double alone = fleet::failure_rates(own, hardware, mission).disk.value;
    const PerYear with_others{all.disk.value - alone + all.machine.value +
                              fleet::wipe_rate(failures, mission).value};
    if (with_others.value > 0) {
      const sim::Distribution rest = at_rate(with_others);
      failures.disk = failures.disk ? sim::Distribution::competing({*failures.disk, rest}) : rest;
      for (scenario::DiskModel& model : failures.disk_models) {
        model.life = sim::Distribution::competing({model.life, rest});
      }
    }
    failures.machine.reset();
    failures.burst.reset();
    for (const scenario::ShockOf& place : scenario::all_shocks()) {
      (failures.*place.shock).reset();
    }
    return true;
  });
}

bool fail_at_a_constant_rate(Scenario& scenario) {
  const Seconds mission = scenario.mission;
  const scenario::Hardware hardware = scenario.hardware;
  return change_failures(scenario, [mission, hardware](Failures& failures) {
    bool changed = false;
    Failures own;
    own.disk = failures.disk;
    own.disk_age = failures.disk_age;
    own.machine = failures.machine;
    const economics::FailureRates rates = fleet::failure_rates(own, hardware, mission);
    const auto flatten = [&changed](std::optional<sim::Distribution>& law, PerYear rate) {
      if (!law || law->memoryless() || !(rate.value > 0)) return;
      law = at_rate(rate);
      changed = true;
    };
    flatten(failures.disk, rates.disk);
    flatten(failures.machine, rates.machine);
    for (scenario::DiskModel& model : failures.disk_models) {
      Failures alone;
      alone.disk_models = {model};
      std::optional<sim::Distribution> life = model.life;
      flatten(life, fleet::failure_rates(alone, hardware, mission).disk);
      model.life = *life;
    }
    if (changed) failures.disk_age = {};
    return changed;
  });
}

bool be_five_years_old(Scenario& scenario) {
  return change_failures(scenario, [](Failures& failures) {
    bool ageing = failures.disk && !failures.disk->memoryless();
    for (scenario::DiskModel& model : failures.disk_models) {
      if (model.life.memoryless()) continue;
      model.age = sim::years(5);
      ageing = true;
    }
    if (!ageing) return false;
    failures.disk_age = {sim::years(5), sim::years(5), 1};
    return true;
  });
}

bool be_noticed_at_once(Scenario& scenario) {
  bool changed = false;
  const auto at_once = [&changed](scenario::Repair& repair) {
    if (!(repair.detection.mean() + repair.rebuild_delay > Seconds{})) return;
    repair.detection = {};
    repair.rebuild_delay = {};
    changed = true;
  };
  at_once(scenario.repair);
  for (scenario::Strategy& strategy : scenario.strategies) at_once(strategy.repair);
  return changed;
}

/// Of disks for which the scenario states none: as often as Elerath and Pecht (DSN 2007) have them,
/// one in 9259 h, and sought by whatever scrubbing the scenario has.
bool have_latent_errors(Scenario& scenario) {
  return change_failures(scenario, [](Failures& failures) {
    const bool disks = failures.disk || !failures.disk_models.empty();
    if (!disks || failures.disk_latent) return false;
    failures.disk_latent = scenario::LatentErrors{.defects = {1 / sim::hours(9259).value}};
    return true;
  });
}

constexpr std::array assumptions{
    Assumption{"alone", "every disk fails alone, as often as it does now", fail_alone},
    Assumption{"constant", "disks and machines fail at their mean rate, whatever their age",
               fail_at_a_constant_rate},
    Assumption{"aged", "all disks are five years old at the start", be_five_years_old},
    Assumption{"at once", "failures are noticed at once", be_noticed_at_once},
    Assumption{"latent", "bad sectors wait on the disks that a rebuild reads", have_latent_errors},
};

bool about_a_figure(const scenario::Claim& claim) {
  return claim.kind == "metric" || claim.kind == "rebuild";
}

/// The scenario with its claims about figures alone, and the strategies that these are about.
Scenario only_figures(Scenario scenario) {
  std::erase_if(scenario.claims,
                [](const scenario::Claim& claim) { return !about_a_figure(claim); });
  const bool all = std::ranges::any_of(
      scenario.claims, [](const scenario::Claim& claim) { return claim.strategy.empty(); });
  if (all) return scenario;
  std::erase_if(scenario.strategies, [&](const scenario::Strategy& strategy) {
    return std::ranges::find(scenario.claims, strategy.name, &scenario::Claim::strategy) ==
           scenario.claims.end();
  });
  return scenario;
}

/// Judges the claims under one assumption, into the cells of `column`.
void judge_column(const Scenario& figures, std::size_t column, const fleet::RunOptions& options,
                  const std::function<void(const fleet::Progress&)>& progress,
                  const std::stop_token& stop, std::vector<ClaimUnder>& claims) {
  const Assumption& assumption = assumptions[column];
  if (assumption.apply == nullptr) return;
  Scenario changed = figures;
  if (!assumption.apply(changed)) {
    for (ClaimUnder& claim : claims) claim.under[column] = {false, claim.as_it_stands, {}};
    return;
  }
  std::function<void(const fleet::Progress&)> told;
  if (progress) {
    told = [&](const fleet::Progress& now) {
      fleet::Progress named = now;
      named.stage = std::string(assumption.id) + ": " + now.stage;
      progress(named);
    };
  }
  const auto results = fleet::run(changed, options, told, stop);
  if (!results || stop.stop_requested()) return;
  for (ClaimUnder& claim : claims) {
    const auto judged = std::ranges::find_if(results.value().claims, [&](const auto& result) {
      return result.id == claim.id && result.strategy == claim.strategy;
    });
    if (judged == results.value().claims.end()) continue;
    claim.under[column] = {true, judged->verdict, judged->why};
  }
}

}  // namespace

std::span<const Assumption> all_assumptions() { return assumptions; }

std::vector<ClaimUnder> claims_under_assumptions(
    const scenario::Scenario& scenario, const fleet::RunOptions& options,
    const fleet::Results& full, const std::function<void(const fleet::Progress&)>& progress,
    const std::stop_token& stop) {
  const Scenario figures = only_figures(scenario);
  std::vector<ClaimUnder> claims;
  for (const fleet::ClaimResult& judged : full.claims) {
    if (std::ranges::find(figures.claims, judged.id, &scenario::Claim::id) ==
        figures.claims.end()) {
      continue;
    }
    claims.push_back({judged.id, judged.strategy, judged.verdict,
                      std::vector<ClaimUnder::Cell>(assumptions.size())});
  }
  if (claims.empty()) return claims;
  for (std::size_t column = 0; column < assumptions.size(); ++column) {
    if (stop.stop_requested()) break;
    judge_column(figures, column, options, progress, stop, claims);
  }
  return claims;
}

}  // namespace models::verify
