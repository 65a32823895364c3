#include "models/sweep/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "models/input/file_bytes.h"
#include "models/input/read_scenario.h"
#include "sim/contract.h"

namespace models::sweep {

namespace {

using scenario::Diagnostics;
using scenario::Scenario;

/// The values of point number `index`, the last axis fastest.
std::vector<std::string> values_at(const std::vector<Axis>& axes, std::size_t index) {
  std::vector<std::string> values(axes.size());
  for (std::size_t a = axes.size(); a-- > 0;) {
    values[a] = axes[a].values[index % axes[a].values.size()];
    index /= axes[a].values.size();
  }
  return values;
}

/// A fault of a varied value is one of --vary, which the reader cannot know.
void name_the_option(Diagnostics& faults, const std::vector<std::string>& varied) {
  for (scenario::Diagnostic& fault : faults) {
    for (const std::string& words : varied) {
      if (fault.file == "--set " + words) fault.file = "--vary " + words;
    }
  }
}

scenario::Checked<Scenario> read_point(const Plan& plan, const std::string& text,
                                       const std::vector<std::string>& values,
                                       scenario::FilesRead* files = nullptr) {
  std::vector<std::string> varied;
  for (std::size_t a = 0; a < values.size(); ++a) {
    varied.push_back(plan.axes[a].path + "=" + values[a]);
  }
  std::vector<std::string> overrides = plan.overrides;
  overrides.insert(overrides.end(), varied.begin(), varied.end());
  auto read = scenario::read_scenario_text(text, plan.file.string(), overrides, nullptr, files);
  if (read) return read;
  Diagnostics faults = read.diagnostics();
  name_the_option(faults, varied);
  return faults;
}

scenario::Checked<std::string> text_of(const Plan& plan) {
  if (plan.text) return *plan.text;
  return scenario::read_bytes(plan.file);
}

/// Each file once, however many points name it.
void add_new(const scenario::FilesRead& some, scenario::FilesRead& all) {
  for (const scenario::FileRead& one : some) {
    if (std::ranges::find(all, one.file, &scenario::FileRead::file) == all.end()) {
      all.push_back(one);
    }
  }
}

using Clock = std::chrono::steady_clock;

/// What is left of the time goes to the points that are left, in equal shares.
fleet::RunOptions options_of(const Plan& plan, Clock::time_point begun, std::size_t points_left) {
  fleet::RunOptions options = plan.run;
  if (!options.max_seconds) return options;
  const double gone = std::chrono::duration<double>(Clock::now() - begun).count();
  options.max_seconds =
      std::max(0.0, *options.max_seconds - gone) / static_cast<double>(points_left);
  return options;
}

/// Keeps the metrics asked for, in that order.
void keep_metrics(fleet::StrategyResult& strategy, const std::vector<std::string>& metrics) {
  std::vector<fleet::Metric> kept;
  for (const std::string& id : metrics) {
    if (const fleet::Metric* metric = strategy.find(id)) kept.push_back(*metric);
  }
  strategy.metrics = std::move(kept);
}

/// The first metric that no strategy of a point has.
std::string missing_metric(const Point& point, const std::vector<std::string>& metrics) {
  for (const std::string& id : metrics) {
    const auto has = [&id](const fleet::StrategyResult& one) { return one.find(id) != nullptr; };
    if (std::ranges::none_of(point.strategies, has)) return id;
  }
  return {};
}

Diagnostics not_given(const std::string& metric, const fleet::RunOptions& run) {
  const bool analytic = run.method == sim::Method::analytic;
  const bool cost = metric.starts_with("cost");
  return {{.file = "--metric " + metric,
           .line = 0,
           .pointer = {},
           .message = cost       ? "the scenario has no prices"
                      : analytic ? "is only known from simulation; try --method direct"
                                 : "is not known for any strategy of this scenario"}};
}

void add(fleet::Timing& sum, const fleet::Timing& one) {
  sum.wall_s += one.wall_s;
  sum.cpu_s += one.cpu_s;
  sum.events += one.events;
  sum.group_touches += one.group_touches;
  sum.missions += one.missions;
}

Point point_of(fleet::Results& results, std::vector<std::string> values,
               const std::vector<std::string>& metrics) {
  Point point;
  point.values = std::move(values);
  point.strategies = std::move(results.strategies);
  for (fleet::StrategyResult& strategy : point.strategies) keep_metrics(strategy, metrics);
  point.first_replicate = results.first_replicate;
  point.end_replicate = results.end_replicate;
  point.precision_reached = results.precision_reached;
  return point;
}

}  // namespace

std::size_t points_of(const std::vector<Axis>& axes) {
  std::size_t points = 1;
  for (const Axis& axis : axes) {
    points *= axis.values.size();
    if (points > max_points) return max_points + 1;
  }
  return points;
}

bool Result::precision_reached() const {
  return std::ranges::all_of(points, &Point::precision_reached);
}

scenario::Diagnostics check_points(const Plan& plan, scenario::FilesRead* files,
                                   const std::stop_token& stop) {
  const auto text = text_of(plan);
  if (!text) return text.diagnostics();
  if (files != nullptr) {
    files->push_back({"scenario", plan.file.string(), scenario::sha256_of(text.value())});
  }
  const std::size_t count = points_of(plan.axes);
  for (std::size_t i = 0; i < count && !stop.stop_requested(); ++i) {
    scenario::FilesRead of_point;
    const auto read = read_point(plan, text.value(), values_at(plan.axes, i), &of_point);
    if (files != nullptr) add_new(of_point, *files);
    if (!read) return read.diagnostics();
  }
  return {};
}

scenario::Checked<Result> sweep(const Plan& plan, const Progress& progress, std::stop_token stop) {
  EXPECTS(!plan.axes.empty() && !plan.metrics.empty() && points_of(plan.axes) <= max_points);
  const auto read_text = text_of(plan);
  if (!read_text) return read_text.diagnostics();
  const std::string& text = read_text.value();
  const std::size_t count = points_of(plan.axes);
  if (!plan.checked) {
    if (Diagnostics faults = check_points(plan, nullptr, stop); !faults.empty()) return faults;
  }
  const auto begun = Clock::now();
  Result result;
  result.file = plan.file.string();
  result.seed = plan.run.seed;
  result.axes = plan.axes;
  result.metrics = plan.metrics;
  for (std::size_t i = 0; i < count; ++i) {
    if (stop.stop_requested()) {
      result.interrupted = true;
      break;
    }
    auto scenario = read_point(plan, text, values_at(plan.axes, i));
    if (!scenario) return scenario.diagnostics();
    scenario.value().claims.clear();  // no point tells them, and some take a second to judge
    const auto inner = [&](const fleet::Progress& now) {
      if (progress) progress(i, count, now);
    };
    auto results = fleet::run(scenario.value(), options_of(plan, begun, count - i), inner, stop);
    if (!results) return results.diagnostics();
    result.scenario = results.value().scenario;
    result.sha256 = results.value().scenario_sha256;
    // A point that its share of the time did not do for is there with what is known of it.
    result.interrupted = result.interrupted || results.value().interrupted;
    add(result.timing, results.value().timing);
    Point point = point_of(results.value(), values_at(plan.axes, i), plan.metrics);
    if (const std::string id = missing_metric(point, plan.metrics);
        !id.empty() && !point.strategies.empty() && !results.value().interrupted) {
      return not_given(id, plan.run);
    }
    result.points.push_back(std::move(point));
  }
  return result;
}

}  // namespace models::sweep
