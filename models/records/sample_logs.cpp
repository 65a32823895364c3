// Samples of logs of failures: of places that always hold a unit, or of listed units.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/records/sample_parts.h"
#include "models/records/trace_file.h"

namespace models::records {
namespace {

/// Places of the population that the record has a number for.
std::uint64_t population_of(const Trace& trace, const Watched& watched, Sample& sample,
                            TraceFaults& faults) {
  const FailureLog& log = trace.log;
  const std::uint64_t population = watched.population.value_or(log.population);
  if (population == 0) {
    faults.add(trace.file, 0,
               "names failed units only; --population N says how many there were, or --units FILE "
               "lists them: a rate of failed units alone is wrong");
  } else if (population < log.units.size()) {
    faults.add(
        trace.file, 0,
        fmt::format("--population {}: the record names {} units", population, log.units.size()));
  } else if (!watched.population) {
    sample.assumptions.push_back(
        fmt::format("there were {} units (source: {})", population, log.population_source));
  }
  return population;
}

/// The life of one place: units one after another, each put in where the last one failed.
class PlaceLife {
 public:
  PlaceLife(const Window& window, Seconds first_age, std::uint32_t unit, Sample& sample)
      : window_(window), since_(window.from - first_age), unit_(unit), sample_(sample) {}

  /// True if the failure lies in the window.
  bool fail(Seconds at) {
    if (at >= window_.until) return false;
    const bool seen = at > window_.from;
    if (seen) add(at, true);
    since_ = at;
    return seen;
  }
  void end() { add(window_.until, false); }

 private:
  void add(Seconds until, bool failed) {
    const Seconds entry = std::max(Seconds{0}, window_.from - since_);
    sample_.lives.push_back({entry, until - since_, failed, 1, since_, unit_});
  }

  const Window& window_;
  Seconds since_;  ///< when the present unit was put in
  std::uint32_t unit_;
  Sample& sample_;
};

/// Units of the racks, where the record or nobody says it.
void count_rack_units(const FailureLog& log, Sample& sample) {
  if (sample.racks.size() == 0) return;
  for (std::uint32_t rack = 0; rack < sample.racks.size(); ++rack) {
    const auto known = log.units_in_rack.find(sample.racks[rack]);
    sample.rack_units.push_back(known == log.units_in_rack.end() ? 1 : known->second);
  }
  if (log.units_in_rack.empty()) {
    sample.assumptions.emplace_back("the racks that are named hold equally many units");
  }
}

/// By unit of the record: its failure. One that the list does not bear is left out, and told; where
/// that is most of them, the list is that of another record.
std::vector<const Failure*> listed_failures(const Trace& trace, const Inventory& list, bool strict,
                                            Sample& sample, TraceFaults& faults) {
  const FailureLog& log = trace.log;
  std::vector<const Failure*> failed(log.units.size());
  TraceFaults rows;
  for (const Failure& failure : log.failures) {
    const std::string& name = log.units[failure.unit];
    const auto unit = list.units.find(name);
    std::string why;
    if (unit == list.units.end()) {
      why = fmt::format("unknown unit {}: {} does not list it", in_quotes(name), list.file);
    } else if (unit->second.installed && moment_of(log, failure) <= *unit->second.installed) {
      why = fmt::format("unit {} fails before it is installed", in_quotes(name));
    } else if (failed[failure.unit] != nullptr) {
      why = fmt::format("unit {} has failed on line {}; a listed unit fails once", in_quotes(name),
                        failed[failure.unit]->line);
    }
    if (why.empty()) {
      failed[failure.unit] = &failure;
    } else {
      rows.add(trace.sources[failure.file], failure.line, std::move(why));
    }
  }
  sample.rows_faulty = rows.rows();
  if (rows.too_many(log.failures.size(), strict)) {
    faults = std::move(rows);
  } else {
    sample.faults = std::move(rows).take();
  }
  return failed;
}

}  // namespace

void sample_places(const Trace& trace, const Watched& watched, Sample& sample,
                   TraceFaults& faults) {
  const FailureLog& log = trace.log;
  if (!watched.model.empty()) {
    faults.add(trace.file, 0, "--model: how many units of a model there were is not known");
    return;
  }
  const std::uint64_t population = population_of(trace, watched, sample, faults);
  if (faults.any()) return;
  const Window window = window_of(log, watched, sample);
  const Seconds age = window.from - start_of(watched.installed.value_or(day_of(window.from)));
  if (age.value < 0 || !(window.from < window.until)) {
    faults.add(trace.file, 0, "--installed, --from and --until must come in this order");
    return;
  }
  sample.assumptions.emplace_back("a unit that fails has a new one in its place at once");
  if (!watched.installed) {
    sample.assumptions.emplace_back(
        "units were new when the record begins (--installed says since when they were there)");
  }
  std::vector<std::vector<const Failure*>> of_unit(log.units.size());
  for (const Failure& failure : log.failures) of_unit[failure.unit].push_back(&failure);
  for (std::uint32_t unit = 0; unit < of_unit.size(); ++unit) {
    PlaceLife life(window, age, unit, sample);
    for (const Failure* failure : of_unit[unit]) life.fail(moment_of(log, *failure));
    life.end();
  }
  for (const Failure& failure : log.failures) {
    const Seconds at = moment_of(log, failure);
    if (at > window.from && at < window.until)
      add_failure(failure, log.places[failure.unit], at, sample);
  }
  const double others = static_cast<double>(population - log.units.size());
  if (others > 0) {
    sample.lives.push_back(
        {age, age + (window.until - window.from), false, others, window.from - age});
  }
  add_exposure(sample, window.from, window.until, static_cast<double>(population));
  sample.units = static_cast<double>(population);
  sample.resolution = log.resolution;
  count_rack_units(log, sample);
  if (log.failures.size() > sample.happenings.size()) {
    sample.assumptions.push_back(fmt::format("{} failures outside of that time are left out",
                                             log.failures.size() - sample.happenings.size()));
  }
}

void sample_inventory(const Trace& trace, const Watched& watched, Sample& sample,
                      TraceFaults& faults) {
  const FailureLog& log = trace.log;
  const Inventory& list = *watched.inventory;
  std::vector<const Failure*> failed = listed_failures(trace, list, watched.strict, sample, faults);
  if (faults.any()) return;
  const Window window = window_of(log, watched, sample);
  for (const auto& [name, unit] : list.units) {
    if (!watched.model.empty() && unit.model != watched.model) continue;
    const auto number = log.units.find(name);
    const Failure* failure = number ? failed[*number] : nullptr;
    const Seconds from = std::max(window.from, unit.installed.value_or(window.from));
    Seconds until = std::min(window.until, unit.removed.value_or(window.until));
    const bool fails = failure != nullptr && moment_of(log, *failure) < until;
    if (fails) until = moment_of(log, *failure);
    if (!(from < until)) continue;
    add_exposure(sample, from, until, 1);
    Count& of_model = sample.by_model[unit.model.empty() ? "not named" : unit.model];
    of_model.unit_years += sim::in_years(until - from);
    if (fails) of_model.failures += 1;
    if (unit.installed) {
      const PlaceNumbers place = numbers_of(unit.place, sample);
      sample.lives.push_back({from - *unit.installed, until - *unit.installed, fails, 1,
                              *unit.installed, number.value_or(Life::no_unit), place.machine,
                              place.rack});
    } else {
      sample.without_age.unit_years += sim::in_years(until - from);
      if (fails) sample.without_age.failures += 1;
    }
    // The list knows where a unit stood; where it does not say, the record may.
    const bool listed = !(unit.place == Place{});
    if (fails) {
      add_failure(*failure, listed ? unit.place : log.places[failure->unit], until, sample);
    }
  }
  std::ranges::sort(sample.happenings, {}, &Happening::at);
  if (sample.by_model.size() < 2) sample.by_model.clear();
  sample.resolution = log.resolution;
  count_rack_units(log, sample);
}

}  // namespace models::records
