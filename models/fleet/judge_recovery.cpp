#include "models/fleet/judge_recovery.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/lifecycle/incident.h"
#include "models/scenario/lifecycle_values.h"
#include "models/scenario/quantity_text.h"
#include "sim/interval.h"

namespace models::fleet {
namespace {

constexpr std::uint64_t draws = 4096;
constexpr double wanted = 0.95;  // of incidents: the one that a design is held to

std::string words_of(double seconds) {
  const double hours = seconds / sim::hour.value;
  if (hours >= 48) return fmt::format("{:.3g} days", hours / 24);
  if (hours >= 1) return fmt::format("{:.3g} h", hours);
  return fmt::format("{:.3g} min", hours * 60);
}

std::uint64_t within(const sim::QuantileSketch& sketch, double limit) {
  if (sketch.count() == 0 || sketch.quantile(0) > limit) return 0;
  std::uint64_t low = 1;  // ranks that are surely within
  std::uint64_t high = sketch.count();
  while (low < high) {
    const std::uint64_t middle = (low + high + 1) / 2;
    const double p = static_cast<double>(middle) / static_cast<double>(sketch.count());
    if (sketch.quantile(p) <= limit) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

const sim::QuantileSketch& asked(const lifecycle::IncidentFigures& figures, Recovery what) {
  return what == Recovery::point ? figures.rolled_back_s : figures.all_back_s;
}

std::string spread_of(const lifecycle::IncidentFigures& figures, Recovery what) {
  const sim::QuantileSketch& sketch = asked(figures, what);
  if (sketch.count() == 0) return "nothing comes back: all is lost";
  std::string text =
      fmt::format("half within {}, 95 % within {}, most {}", words_of(sketch.quantile(0.5)),
                  words_of(sketch.quantile(0.95)), words_of(sketch.quantile(1)));
  if (figures.lost > 0) {
    text += fmt::format("; all is lost in {:.2g} %", 100.0 * static_cast<double>(figures.lost) /
                                                         static_cast<double>(figures.drawn));
  }
  return text;
}

}  // namespace

bool judge_recovery(const scenario::Scenario& scenario, const scenario::Claim& claim, Recovery what,
                    std::uint64_t seed, sim::Limit& limit, ClaimResult& result) {
  if (!scenario.lifecycle) return false;
  const auto& incidents = scenario.lifecycle->incidents;
  const auto incident = std::ranges::find(incidents, claim.after, &scenario::IncidentOf::name);
  if (incident == incidents.end()) return false;
  const auto play = [&](bool off_site) {
    return lifecycle::draw_incidents(*incident, *scenario.lifecycle, scenario.data.logical,
                                     scenario.data.object_size(), scenario.mission, off_site, seed,
                                     draws, [&limit] { return limit.look(); });
  };
  const lifecycle::IncidentFigures figures = play(true);
  const lifecycle::IncidentFigures no_site = play(false);
  if (limit.passed()) return true;
  const std::uint64_t met = within(asked(figures, what), claim.within.value);
  const sim::Interval share = sim::wilson_interval(met, figures.drawn);
  result.verdict = share.low >= wanted   ? Verdict::supported
                   : share.high < wanted ? Verdict::refuted
                                         : Verdict::undecided;
  result.why = fmt::format(
      "claimed: {} {}; of {} such incidents at random moments {:.3g} % meet it: {}. With nothing "
      "off-site: {}",
      what == Recovery::point ? "rolled back by at most" : "all back within",
      words_of(claim.within.value), figures.drawn,
      100.0 * static_cast<double>(met) / static_cast<double>(figures.drawn),
      spread_of(figures, what), spread_of(no_site, what));
  return true;
}

}  // namespace models::fleet
