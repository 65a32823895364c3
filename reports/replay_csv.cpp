#include <array>
#include <string>
#include <string_view>

#include "reports/csv_field.h"
#include "reports/replay_text.h"

namespace reports {
namespace {

using models::replay::StrategyReplay;
using models::replay::YearRow;

struct Measure {
  std::string_view name;
  std::string_view unit;
  double YearRow::*value;
};
constexpr std::array measures{
    Measure{"degraded", "group-hours", &YearRow::degraded_group_hours},
    Measure{"twice_degraded", "group-hours", &YearRow::twice_group_hours},
    Measure{"bare", "group-hours", &YearRow::bare_group_hours},
    Measure{"peak_degraded", "groups", &YearRow::peak},
    Measure{"groups_lost", "groups", &YearRow::groups_lost},
};

std::string lines_of(const StrategyReplay& strategy) {
  const std::uint64_t placements = strategy.placements;
  std::string csv;
  const std::string name = csv_field(strategy.name);
  const std::string code = csv_field(strategy.code);
  for (const auto& figure : strategy.figures) {
    const sim::Estimate& estimate = figure.estimate;
    csv += csv_line({name, code, "", csv_field(figure.id), csv_number(estimate.value),
                     csv_number(estimate.ci95.low), csv_number(estimate.ci95.high),
                     csv_field(figure.unit), std::to_string(placements), csv_field(estimate.note)});
  }
  csv += csv_line({name, code, "", "least_redundancy", std::to_string(strategy.least_redundancy),
                   "", "", "shards", std::to_string(placements), "-1: data were lost"});
  for (const auto& figure :
       strategy.resampled ? strategy.resampled->figures : std::vector<models::replay::Figure>{}) {
    const sim::Estimate& estimate = figure.estimate;
    csv += csv_line({name, code, "", "resampled." + csv_field(figure.id),
                     csv_number(estimate.value), csv_number(estimate.ci95.low),
                     csv_number(estimate.ci95.high), csv_field(figure.unit),
                     std::to_string(strategy.resampled->records), "over resampled records"});
  }
  for (const YearRow& year : strategy.years) {
    for (const Measure& measure : measures) {
      csv += csv_line({name, code, std::to_string(year.year), csv_field(measure.name),
                       csv_number(year.*measure.value), "", "", csv_field(measure.unit),
                       std::to_string(placements), ""});
    }
  }
  return csv;
}

}  // namespace

std::string replay_csv(const models::replay::Replay& replay) {
  std::string csv = csv_line({"strategy", "code", "year", "metric", "value", "low95", "high95",
                              "unit", "placements", "note"});
  for (const auto& strategy : replay.strategies) csv += lines_of(strategy);
  return csv;
}

}  // namespace reports
