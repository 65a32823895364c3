#include "models/records/analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <utility>

#include "models/records/burst_input.h"
#include "models/records/place_clusters.h"
#include "sim/interval.h"

namespace models::records {
namespace {

/// Fewer failures bear no test of clustering, and no law with a shape.
constexpr std::size_t least_failures = 20;
constexpr std::array windows{sim::hour, sim::day};
/// A day for what strikes together, a month for what ages together.
constexpr std::array place_windows{sim::days(1), sim::days(30)};

sim::Estimate rate_of(const Count& count) {
  const sim::Interval failures = sim::poisson_interval(count.failures);
  sim::Estimate rate = sim::Estimate::exact(count.failures / count.unit_years,
                                            sim::Method::analytic, "constant rate, Poisson count");
  rate.ci95 = {failures.low / count.unit_years, failures.high / count.unit_years};
  rate.replicates = static_cast<std::uint64_t>(count.failures);
  rate.counted = "failures";
  return rate;
}

template <class Key>
std::vector<RateRow> rows_of(const std::map<Key, Count>& counts) {
  std::vector<RateRow> rows;
  for (const auto& [key, count] : counts) {
    if (count.unit_years > 0) rows.push_back({fmt::format("{}", key), count, rate_of(count)});
  }
  return rows;
}

std::optional<OneRate> one_rate(const std::vector<RateRow>& rows, const Count& all) {
  constexpr double least_expected = 5;  // Cochran 1954
  OneRate test{.freedom = -1};
  double seen_of_few = 0;
  double expected_of_few = 0;
  const auto add = [&test](double seen, double expected) {
    test.statistic += (seen - expected) * (seen - expected) / expected;
    ++test.freedom;
  };
  for (const RateRow& row : rows) {
    const double expected = all.failures * row.count.unit_years / all.unit_years;
    if (expected >= least_expected) {
      add(row.count.failures, expected);
    } else {
      seen_of_few += row.count.failures;
      expected_of_few += expected;
    }
  }
  if (expected_of_few > 0) add(seen_of_few, expected_of_few);
  if (test.freedom < 1) return std::nullopt;
  test.p = boost::math::gamma_q(0.5 * test.freedom, 0.5 * test.statistic);
  return test;
}

void fit_laws(const Sample& sample, const AnalysisOptions& options, Analysis& analysis) {
  const std::optional<LawKind>& wanted = options.law;
  if (sample.lives.empty()) {
    analysis.why_no_law = "the record tells the age of no unit";
    return;
  }
  const AgeTable ages(sample.lives);
  analysis.curve = survival_curve(ages);
  if (ages.failures() == 0) {
    analysis.why_no_law = "no unit of known age failed";
    return;
  }
  for (const LawKind kind : {LawKind::exponential, LawKind::weibull, LawKind::bathtub}) {
    if (options.stop.stop_requested()) {
      analysis.why_no_law = "interrupted";
      break;
    }
    if (kind != LawKind::exponential && ages.failures() < least_failures) {
      analysis.why_no_law = fmt::format("fewer than {} failures bear no shape", least_failures);
      break;
    }
    auto law = fit_law(ages, kind);
    if (law) {
      analysis.laws.push_back(std::move(*law));
    } else {
      analysis.why_no_law =
          fmt::format("{}: its likelihood has no maximum inside its bounds", to_string(kind));
    }
  }
  for (const FittedLaw& law : analysis.laws) {
    if (wanted && law.kind != *wanted) continue;
    const auto best = std::ranges::find(analysis.laws, analysis.best, [](const FittedLaw& known) {
      return std::optional{known.kind};
    });
    if (best == analysis.laws.end() || law.aic() < best->aic()) analysis.best = law.kind;
  }
}

void look_for_clusters(const Sample& sample, const std::stop_token& stop, Analysis& analysis) {
  const auto& happenings = sample.happenings;
  if (happenings.size() < least_failures) return;
  const Draws draws{.seed = analysis.seed};
  if (stop.stop_requested()) return;
  std::vector<Seconds> at;
  for (const Happening& happening : happenings) at.push_back(happening.at);
  analysis.in_time = bursts(at, sample.resolution, windows, draws);
  analysis.silence = longest_silence(at);
  struct Level {
    std::string_view name;
    PlaceOf place;
    const Names& names;
  };
  for (const Level& level : {Level{"rack", &Happening::rack, sample.racks},
                             Level{"machine", &Happening::machine, sample.machines}}) {
    if (level.names.size() < 2) continue;
    for (const Seconds window : place_windows) {
      if (stop.stop_requested()) return;
      auto near = near_in_time_and_place(happenings, level.place, level.name, window, draws);
      if (near) analysis.in_place.push_back(std::move(*near));
    }
  }
  if (stop.stop_requested()) return;
  auto crowded = crowded_places(happenings, &Happening::rack, "rack", sample.rack_units, draws);
  if (crowded) analysis.in_place.push_back(std::move(*crowded));
  if (sample.units > 0) {
    analysis.in_place.push_back(repeated_failures(happenings, sample.units, draws));
  }
}

/// What reading the list of units met; its faults are told as those of the record are.
void add_list(const Inventory& list, Analysis& analysis) {
  analysis.warnings.insert(analysis.warnings.end(), list.warnings.begin(), list.warnings.end());
  if (list.rows_left_out > 0) {
    analysis.warnings.push_back(fmt::format("list of units: {} of {} rows are not those of --where",
                                            list.rows_left_out, list.rows));
  }
  if (list.rows_faulty == 0) return;
  analysis.warnings.push_back(fmt::format(
      "list of units: {} of {} rows have a fault and are left out", list.rows_faulty, list.rows));
  analysis.faults.insert(analysis.faults.end(), list.faults.begin(), list.faults.end());
}

/// Bursts, the law of what is left, and whether both together make records like this one.
void model_record(const Sample& sample, const AnalysisOptions& options, Analysis& analysis) {
  const bool timed = sample.from && sample.until && sample.happenings.size() >= least_failures;
  std::optional<BurstInput> input;
  if (timed) {
    input = burst_input(sample);
    analysis.bursts = fit_bursts(*input, options.seed, options.null_draws);
    analysis.step = input->step;
    analysis.units = units_of(sample);
    analysis.machines = input->machines;
    analysis.racks = input->racks;
  }
  analysis.scenario =
      scenario_law(sample, analysis.bursts, options.law, input ? &*input : nullptr, options.seed);
  if (!timed) return;
  analysis.model = model_of(sample, *input, analysis.bursts, analysis.scenario);
  if (options.check.windows == 0) return;
  CheckSize size = options.check;
  size.seed = options.seed;
  analysis.posterior_check = posterior_check(*analysis.model, *input, size);
}

}  // namespace

scenario::Checked<Analysis> analyse(const Trace& trace, const AnalysisOptions& options) {
  auto made = make_sample(trace, options.watched);
  if (!made) return made.diagnostics();
  const Sample& sample = made.value();
  Analysis analysis;
  analysis.file = trace.file;
  analysis.layout = trace.layout;
  analysis.lines = trace.lines;
  analysis.rows = trace.rows;
  analysis.rows_left_out = trace.rows_left_out;
  analysis.rows_faulty = trace.rows_faulty + sample.rows_faulty;
  analysis.faults = trace.faults;
  analysis.faults.insert(analysis.faults.end(), sample.faults.begin(), sample.faults.end());
  analysis.warnings = trace.warnings;
  if (options.watched.inventory) add_list(*options.watched.inventory, analysis);
  analysis.assumptions = sample.assumptions;
  analysis.all = sample.all;
  analysis.without_age = sample.without_age;
  analysis.from = sample.from;
  analysis.until = sample.until;
  analysis.seed = options.seed;
  analysis.rate = rate_of(sample.all);
  analysis.by_year = rows_of(sample.by_year);
  analysis.by_model = rows_of(sample.by_model);
  analysis.one_rate_of_years = one_rate(analysis.by_year, sample.all);
  analysis.one_rate_of_models = one_rate(analysis.by_model, sample.all);
  fit_laws(sample, options, analysis);
  if (options.law && !analysis.best) {
    return scenario::Diagnostics{
        {.file = trace.file,
         .line = 0,
         .pointer = {},
         .message = fmt::format("no {} law can be fitted: {}", to_string(*options.law),
                                analysis.why_no_law)}};
  }
  look_for_clusters(sample, options.stop, analysis);
  model_record(sample, options, analysis);
  analysis.fragment = fragment_of(analysis);
  return analysis;
}

}  // namespace models::records
