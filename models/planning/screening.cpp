#include "models/planning/screening.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "models/analytic/binomial.h"
#include "models/analytic/chain.h"
#include "models/planning/durability.h"

namespace models::planning {
namespace {

struct TargetInfo {
  std::string_view name;
  std::string_view unit;
  bool more;
};
constexpr std::array<TargetInfo, target_kinds> infos{{
    {"can be built", "reasons", false},
    {"durability", "nines", true},
    {"availability", "share of time", true},
    {"rebuild", "hours", false},
    {"RPO", "hours", false},
    {"RTO", "hours", false},
    {"read latency", "ms", false},
    {"survives", "entries not survived", false},
    {"budget", "money", false},
    {"rack units", "units", false},
    {"power", "kW", false},
}};

const TargetInfo& info_of(Target target) { return infos[static_cast<std::size_t>(target)]; }

std::optional<double> in_hours_if(const std::optional<Seconds>& time) {
  return time ? std::optional(sim::in_hours(*time)) : std::nullopt;
}

constexpr double endless = std::numeric_limits<double>::infinity();

// After the loss of a site: from another site at once, or from the copy in the cloud.
void recover(const Space& space, const Design& design, const std::vector<YearSize>& sizes,
             Screening& out) {
  const Plan& plan = space.plan();
  if (design.cloud_only) return;  // the provider's sites: its claim, not our figure
  if (layout_of(space, design).survives_site) {
    out.rto_hours = sim::in_hours(plan.care.switch_over);
    return;
  }
  if (design.copy == no_copy) {
    out.rpo_hours = endless;
    out.rto_hours = endless;
    return;
  }
  out.rpo_hours = sim::in_hours(plan.care.copy_interval);
  const auto& demand = space.demand(design.cold);
  double longest = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (!(sizes[i].lines > 0)) {
      longest = endless;
      continue;
    }
    const BytesPerSecond rate =
        plan.catalogue.lines[sizes[i].line].rate * plan.catalogue.usable_load * sizes[i].lines;
    longest = std::max(longest, sim::in_hours(demand[i].hot / rate));
  }
  out.rto_hours = longest + sim::in_hours(plan.care.switch_over);
}

bool too_short_for_class(const Space& space, const Design& design) {
  if (design.cold.kind != ColdKind::cloud) return false;
  const double minimum = space.book().cold[design.cold.which].minimum_days / 365.25;
  for (const Source& source : space.plan().demand.sources) {
    if (source.cools == Cools::no) continue;
    for (const Retention& kept : source.retention) {
      const double stays = kept.years - design.cold.after_years;
      if (stays > 0 && stays < minimum) return true;
    }
  }
  return false;
}

bool tier_survives(const Plan& plan, const CodeFacts& code, const Design& design,
                   const Survive& what) {
  const Layout layout = layout_of(code, design);
  const auto within = [&what](int tolerance) { return what.count <= tolerance; };
  const Catalogue& catalogue = plan.catalogue;
  if (what.unit == "disk" || what.unit == "machine") return within(code.tolerance);
  if (what.unit == "rack") return within(code.tolerance / layout.per_rack);
  if (what.unit == "site") {
    return layout.survives_site && (what.count == 1 || within(code.tolerance / layout.per_site));
  }
  // A system without gateways has none to lose.
  if (catalogue.gateways.count == 0) return true;
  return within(catalogue.gateways.count - catalogue.gateways.needed);
}

bool overloaded(const YearSize& size) { return !std::isfinite(size.latency.value); }

}  // namespace

std::string_view to_string(Target target) { return info_of(target).name; }
std::string_view unit_of(Target target) { return info_of(target).unit; }
bool more_is_better(Target target) { return info_of(target).more; }

int TargetSet::count() const { return std::popcount(bits_); }

std::optional<double> wanted(const Plan& plan, Target target) {
  const Targets& targets = plan.targets;
  switch (target) {
    case Target::feasible:
      return 0;
    case Target::durability:
      return targets.durability_nines;
    case Target::availability:
      return targets.availability;
    case Target::rebuild:
      return in_hours_if(targets.rebuild);
    case Target::rpo:
      return in_hours_if(targets.rpo);
    case Target::rto:
      return in_hours_if(targets.rto);
    case Target::read_latency:
      return targets.read_latency ? std::optional(targets.read_latency->value * 1000)
                                  : std::nullopt;
    case Target::survive:
      return targets.survive.empty() ? std::nullopt : std::optional(0.0);
    case Target::budget:
      return targets.budget;
    case Target::rack_units:
      return targets.rack_units;
    case Target::kilowatts:
      return targets.kilowatts;
  }
  return std::nullopt;
}

double Screening::value_of(Target target) const {
  switch (target) {
    case Target::feasible:
      return infeasible;
    case Target::durability:
      return nines;
    case Target::availability:
      return availability;
    case Target::rebuild:
      return rebuild_hours;
    case Target::rpo:
      return rpo_hours;
    case Target::rto:
      return rto_hours;
    case Target::read_latency:
      return latency_ms;
    case Target::survive:
      return not_survived;
    case Target::budget:
      return total;
    case Target::rack_units:
      return rack_units;
    case Target::kilowatts:
      return kilowatts;
  }
  return 0;
}

void judge(const Plan& plan, Screening& figures) {
  figures.failed = {};
  for (std::size_t i = 0; i < target_kinds; ++i) {
    const auto target = static_cast<Target>(i);
    const auto limit = wanted(plan, target);
    if (!limit) continue;
    const double value = figures.value_of(target);
    const bool met = more_is_better(target) ? value >= *limit : value <= *limit;
    if (!met) figures.failed.insert(target);
  }
}

double distance_of(const Plan& plan, const Screening& figures) {
  constexpr double far = 100;  // nothing is left elsewhere, no machine keeps up
  double sum = 0;
  for (std::size_t i = 0; i < target_kinds; ++i) {
    const auto target = static_cast<Target>(i);
    if (!figures.failed.contains(target)) continue;
    const double value = figures.value_of(target);
    const double limit = wanted(plan, target).value_or(0);
    double missed = value - limit;
    if (target == Target::durability) {
      missed = limit - value;
    } else if (target == Target::availability) {
      missed = limit < 1 ? std::log10((1 - value) / (1 - limit)) : far;
    } else if (limit > 0) {
      missed = std::log10(value / limit);
    }
    sum += std::clamp(missed, 0.0, far);
  }
  return sum;
}

bool survives(const Space& space, const Design& design, const Survive& what) {
  if (design.cloud_only) return true;
  const bool cold = design.cold.kind == ColdKind::own;
  return tier_survives(space.plan(), space.codes()[design.code], design, what) &&
         (!cold ||
          tier_survives(space.plan(), space.cold_codes()[design.cold.which], design, what));
}

std::vector<std::string> impossible(const Space& space, const Design& design,
                                    const std::vector<YearSize>& sizes) {
  std::vector<std::string> reasons;
  if (too_short_for_class(space, design)) {
    reasons.push_back(
        fmt::format("data expire before the {:.0f} days that the class {} charges at least",
                    space.book().cold[design.cold.which].minimum_days,
                    space.plan().search.cloud_classes[design.cold.which]));
  }
  if (design.cloud_only) return reasons;
  if (std::ranges::any_of(sizes, overloaded)) {
    reasons.emplace_back("peak load, rebuilding and scrubbing together exceed the disks");
  }
  if (space.plan().file_tier && !space.file_disk()) {
    reasons.emplace_back("no disk of the catalogue is as fast as the file tier wants");
  }
  return reasons;
}

Screening screen(const Space& space, const Design& design, const std::vector<YearSize>& sizes,
                 const CashFlow& cash) {
  const Plan& plan = space.plan();
  Screening out;
  out.net_present = cash.net_present;
  out.total = cash.total;
  out.capital = cash.capital;
  // A provider's durability is its claim; it settles no target here.
  out.nines = design.cloud_only ? 0 : endless;
  out.availability = 1;
  if (!design.cloud_only) {
    for (const YearSize* size : {&sizes.front(), &sizes.back()}) {
      const FleetFigures figures = fleet_figures(space, design, *size);
      out.nines = std::min(out.nines, figures.nines);
      out.availability = std::min(out.availability, 1 - figures.unavailability);
      out.rebuild_hours = std::max(out.rebuild_hours, sim::in_hours(figures.rebuild));
    }
  }
  for (const YearSize& size : sizes) {
    out.latency_ms = std::max(out.latency_ms, size.latency.value * 1000);
    out.rack_units = std::max(out.rack_units, size.rack_units);
    out.kilowatts = std::max(out.kilowatts, size.kilowatts);
  }
  recover(space, design, sizes, out);
  for (const Survive& what : plan.targets.survive) {
    if (!survives(space, design, what)) ++out.not_survived;
  }
  if (too_short_for_class(space, design)) ++out.infeasible;
  if (!design.cloud_only && std::ranges::any_of(sizes, overloaded)) ++out.infeasible;
  if (plan.file_tier && !space.file_disk() && !design.cloud_only) ++out.infeasible;
  // A provider's storage does not serve image computing at these rates.
  if (plan.file_tier && design.cloud_only) ++out.infeasible;
  judge(plan, out);
  return out;
}

Screening screen(const Space& space, const Design& design) {
  const std::vector<YearSize> sizes = size_of(space, design);
  return screen(space, design, sizes, cash_flow_of(space, design, sizes));
}

}  // namespace models::planning
