#pragma once

#include <string>

#include "models/planning/run_plan.h"
#include "reports/report_table.h"

namespace reports {

/// What becomes of the raw bytes of one year's own disks, in TB (10^12).
struct Waterfall {
  double raw{};
  double kept_free{};  ///< 1 - usable fill of it
  double head_room{};  ///< bought ahead, for the load, for whole disks
  double redundancy{};
  double usable{};   ///< what is stored, before redundancy
  double reduced{};  ///< what lossless reduction saved of it
  double effective() const { return usable + reduced; }
};
/// @pre year < results.sizes.size()
Waterfall waterfall_of(const models::planning::PlanResults& results, std::size_t year);

/// Payments year by year: the figure of the first sheet. Empty without a design.
std::string payments_figure(const models::planning::PlanResults& results, Language language);

/// The other figures of a plan in one language, in the order of the report: capacity, waterfall of
/// the last year, front, tornado, what ends data. Empty texts are left out.
std::vector<std::string> plan_figures(const models::planning::PlanResults& results,
                                      Language language);

}  // namespace reports
