#include "models/fleet/figures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/estimators/direct.h"
#include "sim/estimators/publish.h"

namespace models::fleet {

using sim::Estimate;
using sim::Method;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double nines(double loss) { return loss > 0 ? -std::log10(loss) : infinite; }

/// The four figures of how much is lost: objects and stripes, as shares lost per mission.
void add_amounts(Figures& figures, const Estimate& objects, const Estimate& stripes,
                 const scenario::Scenario& scenario) {
  const double years = sim::in_years(scenario.mission);
  const Estimate annual = rescaled(objects, [&](double x) { return x / years; });
  figures.add("durability_nines", rescaled(annual, nines), figures.chain.durability_nines);
  figures.add("annual_object_loss", annual, figures.chain.annual_object_loss);
  const double bytes = scenario.data.logical.value;
  figures.add("nomdl", rescaled(stripes, [&](double x) { return x * 1e12 / years; }),
              figures.chain.nomdl_bytes_per_tb_year);
  figures.add("bytes_lost_per_year", rescaled(stripes, [&](double x) { return x * bytes / years; }),
              figures.chain.nomdl_bytes_per_tb_year * bytes / 1e12);
}

/// P(any loss) of a mission as the chance in one of its years.
Estimate per_year(const Estimate& any, double years) {
  return rescaled(any,
                  [years](double p) { return p >= 1 ? 1.0 : -std::expm1(std::log1p(-p) / years); });
}

std::string name_of(const RareRun& rare, std::size_t family) { return rare.class_names[family]; }

/// By the name of the event that ended it; those that ended nothing are left out.
std::map<std::string, double> shares_by_cause(const sim::RareTally& tally,
                                              const std::vector<std::string>& names) {
  const sim::LossCauses causes = sim::causes(tally);
  std::map<std::string, double> shares;
  for (std::size_t family = 0; family < causes.ended.size(); ++family) {
    if (causes.ended[family] > 0) shares[names[family]] = causes.ended[family];
  }
  return shares;
}

void add_causes(StrategyResult& result, const RareRun& rare) {
  result.loss_by_cause = shares_by_cause(rare.tally, rare.class_names);
  // The paths of the others hold the last event alone.
  if (rare.method != Method::exposure) return;
  std::map<std::pair<std::string, std::string>, double> shares;
  double all = 0;
  for (const auto& [path, sum] : rare.tally.paths()) {
    shares[{name_of(rare, path.began_by()), name_of(rare, path.ended_by())}] += sum.any;
    all += sum.any;
  }
  for (const auto& [ends, share] : shares) {
    if (share > 0) result.loss_by_path.push_back({ends.first, ends.second, share / all});
  }
  std::ranges::stable_sort(result.loss_by_path, std::greater{}, &PathShare::share);
}

}  // namespace

void Figures::add(std::string_view id, Estimate estimate) {
  result.metrics.push_back({std::string(id), std::move(estimate), {}});
}
void Figures::add(std::string_view id, Estimate estimate, double analytic) {
  result.metrics.push_back({std::string(id), std::move(estimate),
                            Estimate::exact(analytic, Method::analytic, chain.model)});
}

void add_direct_loss(Figures& figures, const Tally& tally, const scenario::Scenario& scenario) {
  const std::string& model = figures.model;
  add_amounts(figures, sim::direct_mean(tally.objects_lost, 1.0, model),
              sim::direct_mean(tally.share_lost, 1.0, model), scenario);
  figures.add("annual_loss_probability",
              per_year(sim::direct_probability(tally.loss_and_life.x(), model),
                       sim::in_years(scenario.mission)),
              figures.chain.annual_loss_probability);
  figures.add("mttdl_years", sim::direct_time_to_loss(tally.loss_and_life, model),
              figures.chain.mttdl_years);
  const double lost = std::accumulate(tally.lost_by_family.begin(), tally.lost_by_family.end(),
                                      tally.lost_to_latent_errors);
  if (tally.lost_to_latent_errors > 0) {
    figures.result.loss_by_cause[std::string(latent_error_name)] =
        tally.lost_to_latent_errors / lost;
  }
  for (std::size_t f = 0; lost > 0 && f < tally.lost_by_family.size(); ++f) {
    if (tally.lost_by_family[f] == 0) continue;
    figures.result.loss_by_cause[tally.families[f]] = tally.lost_by_family[f] / lost;
  }
}

void add_rare_loss(Figures& figures, const RareRun& rare, const scenario::Scenario& scenario) {
  const sim::RareFigure figure{rare.method, figures.model, rare.class_names, {}};
  add_amounts(figures, sim::mean_amount(rare.tally, RareMission::objects, figure),
              sim::mean_amount(rare.tally, RareMission::stripes, figure), scenario);
  figures.add("annual_loss_probability",
              per_year(sim::loss_probability(rare.tally, figure), sim::in_years(scenario.mission)),
              figures.chain.annual_loss_probability);
  figures.add("mttdl_years",
              rescaled(sim::mean_time_to_loss(rare.tally, figure),
                       [](double seconds) { return sim::in_years(Seconds{seconds}); }),
              figures.chain.mttdl_years);
  for (std::size_t year = 0; year < rare.tally.curve().size(); ++year) {
    figures.result.loss_by_year.push_back(sim::loss_in_year(rare.tally, year, figure));
  }
  add_causes(figures.result, rare);
}

void add_time_out_of_reach(Figures& figures, const ReachRun& reach, const Tally& tally,
                           const scenario::Scenario& scenario, const scenario::Strategy& strategy) {
  const sim::RareFigure figure{Method::exposure, figures.model, reach.class_names, {}};
  const double all = strategy.placement.groups * scenario.mission.value;  // group-seconds
  Estimate estimate = rescaled(sim::mean_time_out_of_reach(reach.tally, figure),
                               [all](double seconds) { return std::min(1.0, seconds / all); });
  // A mission that saw something is worth more than branches that did not.
  if (!estimate.value && tally.unavailable.non_zero() > 0) {
    estimate = sim::direct_mean(tally.unavailable, 1.0, figures.model);
  }
  figures.add("data_unavailability", std::move(estimate), figures.chain.data_unavailability);
  figures.result.out_of_reach_by_cause = shares_by_cause(reach.tally, reach.class_names);
}

}  // namespace models::fleet
