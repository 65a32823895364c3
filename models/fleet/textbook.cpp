#include "models/fleet/textbook.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "models/fleet/arithmetic.h"
#include "models/fleet/tally.h"

namespace models::fleet {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

constexpr std::string_view rebuild_figure = "rebuild time per TB";
constexpr std::string_view traffic_figure = "bytes read for repair";

constexpr std::string_view chain_words = "moved as the textbook chain moves";
constexpr std::string_view rebuild_words = "moved as the arithmetic of a rebuild moves";
constexpr std::string_view traffic_words =
    "moved as the expected losses times the bytes read for each move";
constexpr std::array counterparts{
    Counterpart{"durability_nines", "durability_nines", Scale::difference, infinite, chain_words},
    Counterpart{"annual_object_loss", "annual_object_loss", Scale::factor, 1, chain_words},
    Counterpart{"annual_loss_probability", "annual_loss_probability", Scale::hazard, 1,
                chain_words},
    Counterpart{"mttdl_years", "mttdl_years", Scale::factor, infinite, chain_words},
    Counterpart{"nomdl", "nomdl", Scale::factor, infinite, chain_words},
    Counterpart{"bytes_lost_per_year", "bytes_lost_per_year", Scale::factor, infinite, chain_words},
    Counterpart{"data_unavailability", "data_unavailability", Scale::factor, 1, chain_words},
    Counterpart{"rebuild_hours_per_tb.p50", rebuild_figure, Scale::factor, infinite, rebuild_words},
    Counterpart{"rebuild_hours_per_tb.p95", rebuild_figure, Scale::factor, infinite, rebuild_words},
    Counterpart{"rebuild_hours_per_tb.p99", rebuild_figure, Scale::factor, infinite, rebuild_words},
    Counterpart{"rebuild_hours_per_tb.mean", rebuild_figure, Scale::factor, infinite,
                rebuild_words},
    Counterpart{"repair_bytes_per_day.total", traffic_figure, Scale::factor, infinite,
                traffic_words},
    Counterpart{"repair_bytes_per_day.cross_rack", traffic_figure, Scale::factor, infinite,
                traffic_words},
    Counterpart{"repair_bytes_per_day.cross_site", traffic_figure, Scale::factor, infinite,
                traffic_words},
};

}  // namespace

Textbook textbook_of(const scenario::Scenario& scenario, const scenario::Strategy& strategy) {
  const auto code = codes::make_code(strategy.code);
  const StrategyResult figures =
      strategy_result(scenario, strategy, *code, nullptr, nullptr, nullptr);
  Textbook textbook;
  for (const Metric& metric : figures.metrics) {
    if (metric.estimate.value) textbook.emplace(metric.id, *metric.estimate.value);
  }
  const double reads = codes::mean_repair_reads(*code);
  const RebuildArithmetic rebuild =
      rebuild_arithmetic(scenario.hardware_of(strategy), strategy.repair, reads);
  textbook.emplace(rebuild_figure, strategy.repair.rebuild_time
                                       ? strategy.repair.rebuild_time->mean().value
                                       : std::max(rebuild.per_tb(), rebuild.uplinks).value);
  const analytic::ChainInputs chain = chain_inputs(scenario, strategy, *code);
  textbook.emplace(traffic_figure,
                   chain.disk_loss.value * chain.logical.value * code->overhead() * reads);
  return textbook;
}

bool computed(const sim::Estimate& estimate) {
  return estimate.method == sim::Method::analytic || estimate.method == sim::Method::arithmetic;
}

std::optional<Follower> Follower::of(const Metric& metric, const Textbook& stated) {
  const auto* found = std::ranges::find(counterparts, metric.id, &Counterpart::metric);
  Follower follower;
  follower.exact_ = computed(metric.estimate);
  if (!follower.exact_ && found == counterparts.end()) return std::nullopt;
  if (!follower.exact_) follower.like_ = *found;
  follower.figure_ = follower.exact_ ? metric.id : std::string(found->figure);
  const auto nominal = stated.find(follower.figure_);
  if (nominal == stated.end()) return std::nullopt;
  follower.nominal_ = nominal->second;
  return follower.usable() ? std::optional(std::move(follower)) : std::nullopt;
}

std::string_view Follower::words() const {
  return exact_ ? "computed from each draw" : like_.words;
}

std::optional<double> Follower::moved(double figure, const Textbook& draw) const {
  const auto found = draw.find(figure_);
  if (found == draw.end()) return std::nullopt;
  const double drawn = found->second;
  if (exact_) return drawn;
  if (like_.scale == Scale::difference) return figure + (drawn - nominal_);
  if (like_.scale == Scale::hazard) {
    if (figure <= 0 || figure >= 1) return figure;
    return -std::expm1(std::log1p(-figure) * (std::log1p(-drawn) / std::log1p(-nominal_)));
  }
  if (figure == 0 || std::isinf(figure)) return figure;
  return std::min(like_.most, figure * (drawn / nominal_));
}

bool Follower::usable() const {
  if (exact_) return true;
  if (!std::isfinite(nominal_)) return false;
  if (like_.scale == Scale::hazard) return nominal_ > 0 && nominal_ < 1;
  return like_.scale == Scale::difference || nominal_ > 0;
}

}  // namespace models::fleet
