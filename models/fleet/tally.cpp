#include "models/fleet/tally.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/economics/cost.h"
#include "models/fleet/arithmetic.h"
#include "models/fleet/figures.h"
#include "models/fleet/scatter.h"
#include "sim/estimators/direct.h"
#include "sim/estimators/publish.h"
#include "sim/interval.h"

namespace models::fleet {

using sim::Estimate;
using sim::Method;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

void add_rebuilds(Figures& figures, const Tally& tally, const RebuildArithmetic& arithmetic,
                  const scenario::Scenario& scenario) {
  Estimate hours;
  hours.method = Method::direct;
  hours.model = figures.model;
  hours.replicates = tally.rebuild_hours.count();
  hours.counted = "rebuilds";
  if (tally.rebuild_hours.count() == 0) {
    hours.ci95 = {0, infinite};
    hours.converged = false;
    hours.note = tally.repair_bytes.count() > 0 ? "no disk was rebuilt" : sim::none_played;
  }
  const auto quantile = [&](double p) {
    if (hours.replicates == 0) return hours;
    return sim::direct_quantile(tally.rebuild_hours, p, figures.model, hours.counted);
  };
  figures.add("rebuild_hours_per_tb.p50", quantile(0.5));
  figures.add("rebuild_hours_per_tb.p95", quantile(0.95));
  figures.add("rebuild_hours_per_tb.p99", quantile(0.99));
  if (hours.replicates > 0 && tally.rebuilds_and_hours.x().count() >= 2) {
    hours.value = tally.rebuilds_and_hours.y().mean() / tally.rebuilds_and_hours.x().mean();
    hours.ci95 = sim::ratio_interval(tally.rebuilds_and_hours);
  }
  figures.add("rebuild_hours_per_tb.mean", hours);
  figures.add("rebuild_hours_per_tb.arithmetic",
              Estimate::exact(sim::in_hours(arithmetic.per_tb()), Method::arithmetic,
                              "1 TB over all machines at their limits"));
  const double days = sim::in_days(scenario.mission);
  const auto traffic = [&](const sim::Moments& bytes) {
    Estimate estimate = sim::direct_mean(bytes, infinite, figures.model);
    // Nothing lost, nothing read: a true zero of this hardware.
    if (!estimate.value && bytes.count() > 0) {
      estimate.value = 0;
      estimate.ci95 = {0, 0};
      estimate.converged = true;
      estimate.note.clear();
    }
    return rescaled(estimate, [&](double x) { return x / days; });
  };
  figures.add("repair_bytes_per_day.total", traffic(tally.repair_bytes));
  figures.add("repair_bytes_per_day.cross_rack", traffic(tally.cross_rack_bytes));
  figures.add("repair_bytes_per_day.cross_site", traffic(tally.cross_site_bytes));
}

void add_analytic_only(Figures& figures, const scenario::Scenario& scenario,
                       const RebuildArithmetic& arithmetic) {
  const auto exact = [&](std::string_view id, double value) {
    figures.add(id, Estimate::exact(value, Method::analytic, figures.chain.model));
  };
  const analytic::ChainFigures& chain = figures.chain;
  exact("durability_nines", chain.durability_nines);
  exact("annual_object_loss", chain.annual_object_loss);
  exact("annual_loss_probability", chain.annual_loss_probability);
  exact("mttdl_years", chain.mttdl_years);
  exact("nomdl", chain.nomdl_bytes_per_tb_year);
  exact("bytes_lost_per_year", chain.nomdl_bytes_per_tb_year * scenario.data.logical.value / 1e12);
  exact("data_unavailability", chain.data_unavailability);
  figures.add("rebuild_hours_per_tb.arithmetic",
              Estimate::exact(sim::in_hours(arithmetic.per_tb()), Method::arithmetic,
                              "1 TB over all machines at their limits"));
}

/// "13,000".
std::string with_commas(std::int64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string fleet_text(const scenario::Hardware& hardware, const scenario::Placement& placement,
                       const codes::Code& code) {
  const auto many = [](std::int64_t count, std::string_view what) {
    return fmt::format("{} {}{}", with_commas(count), what, count == 1 ? "" : "s");
  };
  return fmt::format("{} of {}, {} over {}, {}, {}", many(placement.groups, "group"),
                     code.shape().total(), placement.kind, many(hardware.disks(), "disk"),
                     many(hardware.machines(), "machine"), many(hardware.racks(), "rack"));
}

void add_capacity_and_cost(Figures& figures, const scenario::Scenario& scenario,
                           const scenario::Strategy& strategy, const codes::Code& code) {
  figures.add("capacity_overhead",
              Estimate::exact(code.overhead(), Method::arithmetic, "stored bytes per user byte"));
  if (!scenario.prices) return;
  const scenario::Prices& prices = *scenario.prices;
  economics::FailureRates rates = failure_rates(scenario.failures_of(strategy),
                                                scenario.hardware_of(strategy), scenario.mission);
  rates.disk.value += exchange_rate(strategy.repair).value;
  const economics::Cost cost = economics::cost_of({.hardware = scenario.hardware_of(strategy),
                                                   .kind = strategy.hardware_kind,
                                                   .data = scenario.data,
                                                   .overhead = code.overhead(),
                                                   .rates = rates,
                                                   .cloud = strategy.cloud},
                                                  prices);
  const auto money = [&](std::string_view id, Money amount) {
    Estimate estimate = Estimate::exact(amount.value, Method::arithmetic, cost.model);
    estimate.note = prices.currency;
    figures.add(id, estimate);
  };
  money("cost_per_usable_tb_year", cost.per_usable_tb_year);
  money("cost.capital", cost.capital);
  money("cost.running_per_year", cost.running_per_year);
  money("cost.total", cost.total);
  figures.result.cost_lines = cost.lines;
}

/// Where missions lose data so often that playing them says more than the rare estimator found, or
/// the clock left it no time.
bool better_direct(const Tally& tally, const RareRun& rare) {
  if (rare.tally.replicates() == 0) return true;
  return !rare.converged && tally.loss_and_life.x().non_zero() >= sim::PublishRule{}.non_zero;
}

}  // namespace

void Tally::add(const Outcome& outcome, const Fleet& fleet) {
  const double mission_years = sim::in_years(fleet.mission());
  const double groups = fleet.map().groups();
  const double life = outcome.first_loss ? sim::in_years(*outcome.first_loss) : mission_years;
  loss_and_life.add(outcome.first_loss ? 1.0 : 0.0, life);
  const double share = std::min(1.0, outcome.groups_lost / groups);
  share_lost.add(share);
  objects_lost.add(fleet.objects_lost(share));
  unavailable.add(outcome.unreadable_group_seconds / (groups * fleet.mission().value));
  unread.add(outcome.unread_seconds / fleet.mission().value);
  unwritten.add(outcome.unwritten_seconds / fleet.mission().value);
  repair_bytes.add(outcome.repair_bytes);
  cross_rack_bytes.add(outcome.cross_rack_bytes);
  cross_site_bytes.add(outcome.cross_site_bytes);
  rebuilds_and_hours.add(static_cast<double>(outcome.rebuilds), outcome.rebuild_hours);
  for (const double hours : outcome.rebuild_hours_per_tb) rebuild_hours.add(hours);
  if (!outcome.lost_by_family.empty() && families.empty()) {
    families = fleet.names_of(fleet.families());
    lost_by_family.resize(families.size());
  }
  for (std::size_t f = 0; f < std::min(families.size(), outcome.lost_by_family.size()); ++f) {
    lost_by_family[f] += outcome.lost_by_family[f] / groups;
  }
  lost_to_latent_errors += outcome.lost_to_latent_errors / groups;
  events += outcome.events;
  group_touches += outcome.group_touches;
}

void Tally::merge(const Tally& later) {
  loss_and_life.merge(later.loss_and_life);
  share_lost.merge(later.share_lost);
  objects_lost.merge(later.objects_lost);
  unavailable.merge(later.unavailable);
  unread.merge(later.unread);
  unwritten.merge(later.unwritten);
  repair_bytes.merge(later.repair_bytes);
  cross_rack_bytes.merge(later.cross_rack_bytes);
  cross_site_bytes.merge(later.cross_site_bytes);
  rebuilds_and_hours.merge(later.rebuilds_and_hours);
  rebuild_hours.merge(later.rebuild_hours);
  if (families.empty()) families = later.families;
  lost_by_family.resize(families.size());
  for (std::size_t f = 0; f < later.lost_by_family.size(); ++f) {
    lost_by_family[f] += later.lost_by_family[f];
  }
  lost_to_latent_errors += later.lost_to_latent_errors;
  events += later.events;
  group_touches += later.group_touches;
}

bool Comparison::fits(const Comparison& read) const {
  return read.tallies.size() == tallies.size() &&
         read.unavailable_pairs.size() == unavailable_pairs.size() &&
         read.lost_pairs.size() == lost_pairs.size() &&
         std::ranges::all_of(read.tallies, [](const Tally& tally) {
           return tally.families.size() == tally.lost_by_family.size();
         });
}

void Comparison::merge(const Comparison& later) {
  for (std::size_t i = 0; i < tallies.size(); ++i) tallies[i].merge(later.tallies[i]);
  for (std::size_t i = 0; i < unavailable_pairs.size(); ++i) {
    unavailable_pairs[i].merge(later.unavailable_pairs[i]);
    lost_pairs[i].merge(later.lost_pairs[i]);
  }
}

std::optional<double> precision_of(const Tally& tally) {
  if (tally.share_lost.non_zero() < 2) return std::nullopt;
  return sim::relative_half_width(sim::direct_mean(tally.share_lost, 1.0, {}));
}

StrategyResult strategy_result(const scenario::Scenario& scenario,
                               const scenario::Strategy& strategy, const codes::Code& code,
                               const Tally* tally, const RareRun* rare, const ReachRun* reach) {
  StrategyResult result;
  result.name = strategy.name;
  result.code = code.name();
  const analytic::ChainFigures chain =
      analytic::chain_figures(chain_inputs(scenario, strategy, code));
  const scenario::Hardware& hardware = scenario.hardware_of(strategy);
  const RebuildArithmetic arithmetic =
      rebuild_arithmetic(hardware, strategy.repair, codes::mean_repair_reads(code));
  result.fleet = fleet_text(hardware, strategy.placement, code);
  Figures figures{result, chain,
                  strategy.repair.rebuild_time ? "the whole fleet, drawn repair times"
                                               : "the whole fleet, rebuilds share bandwidth"};
  if (tally != nullptr) {
    if (rare != nullptr && !better_direct(*tally, *rare)) {
      add_rare_loss(figures, *rare, scenario);
    } else {
      add_direct_loss(figures, *tally, scenario);
    }
    if (reach != nullptr && reach->tally.replicates() > 0) {
      add_time_out_of_reach(figures, *reach, *tally, scenario, strategy);
    } else {
      figures.add("data_unavailability", sim::direct_mean(tally->unavailable, 1.0, figures.model),
                  chain.data_unavailability);
    }
    if (models_service(hardware, scenario.failures_of(strategy))) {
      figures.add("service_unavailability.read",
                  sim::direct_mean(tally->unread, 1.0, figures.model));
      figures.add("service_unavailability.write",
                  sim::direct_mean(tally->unwritten, 1.0, figures.model));
    }
    add_rebuilds(figures, *tally, arithmetic, scenario);
  } else {
    add_analytic_only(figures, scenario, arithmetic);
  }
  add_capacity_and_cost(figures, scenario, strategy, code);
  if (!strategy.repair.rebuild_time) {
    result.limits.push_back("rebuild limited by " + arithmetic.limit);
  }
  if (const std::string scatter = scatter_text(scenario, strategy, code); !scatter.empty()) {
    result.limits.push_back(scatter);
  }
  for (const auto& later : scenario.not_modelled) {
    result.not_modelled.push_back(later.about.empty() ? later.name
                                                      : later.name + ": " + later.about);
  }
  // With a section lifecycle its incidents say what the copies are good for.
  if (!strategy.cloud.empty() && !scenario.lifecycle) {
    result.not_modelled.emplace_back(
        "cloud: the copies are priced; what they do for durability is not modelled");
  }
  return result;
}

}  // namespace models::fleet
