#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "holdfast_version.h"
#include "reports/replay_text.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::replay::Replay;
using models::replay::StrategyReplay;

Json finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json figure_json(const models::replay::Figure& figure) {
  const sim::Estimate& estimate = figure.estimate;
  Json json{{"value", finite(estimate.value)},
            {"ci95", Json::array({finite(estimate.ci95.low), finite(estimate.ci95.high)})},
            {"unit", figure.unit},
            {"method", sim::to_string(estimate.method)},
            {"model", estimate.model},
            {estimate.counted, estimate.replicates}};
  if (!estimate.note.empty()) json["note"] = estimate.note;
  return json;
}

Json strategy_json(const StrategyReplay& strategy) {
  Json json{{"name", strategy.name},           {"code", strategy.code},
            {"groups", strategy.groups},       {"shards_of_a_group", strategy.shards},
            {"tolerance", strategy.tolerance}, {"figures", Json::object()}};
  for (const auto& figure : strategy.figures) {
    json["figures"][std::string(figure.id)] = figure_json(figure);
  }
  json["placements"] = strategy.placements;
  json["one_placement"] = strategy.one_placement;
  json["resampled"] = nullptr;
  if (strategy.resampled) {
    const bool weeks = strategy.resampled->blocks == models::replay::Blocks::weeks;
    Json figures = Json::object();
    for (const auto& figure : strategy.resampled->figures) {
      figures[std::string(figure.id)] = figure_json(figure);
    }
    json["resampled"] = {{"blocks", weeks ? "four weeks" : "machines"},
                         {"records", strategy.resampled->records},
                         {"figures", std::move(figures)}};
  }
  Json redundancy{
      {"least", strategy.least_redundancy < 0 ? Json("lost") : Json(strategy.least_redundancy)},
      {"placements_that_reached", Json::object()}};
  for (std::size_t i = 0; i < strategy.placements_with.size(); ++i) {
    const std::string key = i == 0 ? "lost" : std::to_string(i - 1);
    redundancy["placements_that_reached"][key] = strategy.placements_with[i];
  }
  json["redundancy"] = std::move(redundancy);
  json["years"] = Json::array();
  for (const auto& year : strategy.years) {
    json["years"].push_back({{"year", year.year},
                             {"failures", year.failures},
                             {"degraded_group_hours", year.degraded_group_hours},
                             {"twice_degraded_group_hours", year.twice_group_hours},
                             {"bare_group_hours", year.bare_group_hours},
                             {"peak_degraded", year.peak},
                             {"groups_lost", year.groups_lost}});
  }
  return json;
}

}  // namespace

std::string replay_json(const Replay& replay) {
  Json json;
  json["schema"] = "holdfast/replay/1";
  json["version"] = holdfast::version;
  json["commit"] = holdfast::commit;
  json["command"] = "replay";
  json["seed"] = replay.seed;
  json["placements"] = replay.placements;
  json["interrupted"] = replay.interrupted;
  json["scenario"] = {
      {"name", replay.scenario}, {"file", replay.scenario_file}, {"sha256", replay.sha256}};
  json["record"] = {{"file", replay.record},
                    {"failures", replay.failures},
                    {"from", models::records::date_text(replay.first_day)},
                    {"until", models::records::date_text(replay.last_day)},
                    {"places", replay.rules},
                    {"failures_played", replay.played},
                    {"in_places_still_empty", replay.in_empty_places}};
  json["not_played"] = replay.left_out;
  json["strategies"] = Json::array();
  for (const auto& strategy : replay.strategies) {
    json["strategies"].push_back(strategy_json(strategy));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
