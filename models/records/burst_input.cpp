#include "models/records/burst_input.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace models::records {
namespace {

/// Places of which at least one failure is known, and those that are likely to be there beside.
double places_in_all(const std::vector<std::uint32_t>& places, double most) {
  std::map<std::uint32_t, int> counts;
  for (const std::uint32_t place : places) {
    if (place != no_place) ++counts[place];
  }
  if (counts.size() < 2) return 0;
  double once = 0;
  double twice = 0;
  for (const auto& [place, count] : counts) {
    once += count == 1 ? 1 : 0;
    twice += count == 2 ? 1 : 0;
  }
  // Chao 1984, the form that twice = 0 does not break.
  const double unseen = once * (once - 1) / (2 * (twice + 1));
  const auto named = static_cast<double>(counts.size());
  return std::max(named, std::min(std::round(named + unseen), most));
}

}  // namespace

double units_of(const Sample& sample) {
  if (sample.units > 0) return sample.units;
  const double years = sim::in_years(*sample.until - *sample.from);
  return std::max(1.0, std::round(sample.all.unit_years / years));
}

BurstInput burst_input(const Sample& sample) {
  BurstInput input;
  std::vector<Seconds> at;
  for (const Happening& happening : sample.happenings) at.push_back(happening.at);
  input.step = polling_step(at, sample.resolution);
  const double step = input.step / sim::day;
  for (const Happening& happening : sample.happenings) {
    const double day = std::max(0.0, (happening.at - *sample.from) / sim::day);
    input.days.push_back(std::floor(day / step + 1e-9) * step);
    input.machine.push_back(happening.machine);
    input.rack.push_back(happening.rack);
  }
  input.length = (*sample.until - *sample.from) / sim::day;
  const double units = units_of(sample);
  input.units = units;
  input.machines = places_in_all(input.machine, units);
  input.racks = places_in_all(input.rack, input.machines > 1 ? input.machines : units);
  return input;
}

FailureModel model_of(const Sample& sample, const BurstInput& input,
                      const std::optional<BurstFit>& bursts, const ScenarioLaw& law) {
  FailureModel model;
  model.length = input.length;
  model.step = input.step;
  model.units = units_of(sample);
  model.machines = input.machines;
  model.racks = input.racks;
  const auto weeks = static_cast<std::size_t>(std::max(1.0, std::ceil(input.length / 7 - 1e-9)));
  model.singles_by_week = law.by_week.size() == weeks ? law.by_week : std::vector(weeks, 1.0);
  auto singles = static_cast<double>(input.days.size());
  if (bursts && bursts->found()) {
    model.burst = bursts->law;
    // As the plant runs it: its burst has a rack at its heart, and no machine.
    model.burst.same_rack = input.racks > 1 ? bursts->law.same_machine + bursts->law.same_rack : 0;
    model.burst.same_machine = 0;
    model.bursts = bursts->law.count;
    singles -= bursts->law.in_bursts;
  }
  const double expected =
      std::accumulate(model.singles_by_week.begin(), model.singles_by_week.end(), 0.0);
  for (double& week : model.singles_by_week) week *= singles / expected;
  return model;
}

}  // namespace models::records
