#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "holdfast_version.h"
#include "models/scenario/metrics.h"
#include "reports/solve_text.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::sweep::Solution;
using models::sweep::SolveTrial;

Json finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json trial_json(const SolveTrial& trial, std::string_view unit) {
  const sim::Estimate& figure = trial.figure;
  Json json{{"value", trial.value}, {"number", trial.at}, {"side", side_words(trial.side)}};
  json["figure"] = {{"value", finite(figure.value)},
                    {"ci95", {finite(figure.ci95.low), finite(figure.ci95.high)}},
                    {"unit", unit},
                    {"method", to_string(figure.method)},
                    {"model", figure.model},
                    {"converged", figure.converged},
                    {"replicates", figure.replicates}};
  if (!figure.note.empty()) json["figure"]["note"] = figure.note;
  return json;
}

Json value_of(const SolveTrial* trial) {
  if (trial == nullptr) return nullptr;
  return {{"value", trial->value}, {"number", trial->at}};
}

}  // namespace

std::string solve_json(const Solution& solution) {
  const auto* info = models::scenario::find_metric(solution.target.metric);
  const std::string_view unit = info == nullptr ? "" : info->unit;
  Json json{{"schema", "holdfast/solve/1"}, {"version", holdfast::version},
            {"commit", holdfast::commit},   {"command", "solve"},
            {"seed", solution.seed},        {"interrupted", solution.interrupted}};
  json["scenario"] = {
      {"name", solution.scenario}, {"file", solution.file}, {"sha256", solution.sha256}};
  json["strategy"] = solution.strategy;
  json["input"] = solution.path;
  json["target"] = {{"metric", solution.target.metric},
                    {"op", solution.target.op},
                    {"value", solution.target.value},
                    {"unit", unit}};
  json["answer"] = {{"words", solve_answer(solution)},
                    {"meets", value_of(solution.meets())},
                    {"fails", value_of(solution.fails())},
                    {"monotone", solution.monotone}};
  json["trials"] = Json::array();
  for (const SolveTrial& trial : solution.trials) json["trials"].push_back(trial_json(trial, unit));
  json["timing"] = {{"wall_s", finite(solution.wall_s)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
