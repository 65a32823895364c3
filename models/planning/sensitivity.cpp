#include "models/planning/sensitivity.h"

#include <algorithm>
#include <cmath>

#include "models/planning/read_plan.h"

namespace models::planning {
namespace {

// The one design that a focused plan leaves, which is the last: the full lists start with "none".
Design only_design(const Space& space, const Design& design) {
  Design same = space.at(space.size() - 1);
  same.spread = design.spread;
  return same;
}

Screening only_screening(const Plan& plan, const Design& design) {
  const Space space(focused(plan, design));
  return screen(space, only_design(space, design));
}

template <class T>
void keep(std::vector<T>& list, std::size_t which) {
  list = {list[which]};
}

// Digits of the last design of a focused space: the only rule it keeps beside "none".
void keep_cold(const Design& design, SearchSpace& search) {
  const ColdRule& rule = design.cold;
  const bool own = rule.kind == ColdKind::own;
  const bool cloud = rule.kind == ColdKind::cloud;
  search.cold_after_years.clear();
  if (rule.kind != ColdKind::none) search.cold_after_years = {rule.after_years};
  if (own) keep(search.cold_codes, rule.which);
  if (cloud) keep(search.cloud_classes, rule.which);
  if (!own) search.cold_codes.clear();
  if (!cloud) search.cloud_classes.clear();
}

using Apply = void (*)(Plan&, double);
struct Lever {
  std::string_view name;
  Apply apply;
};

void cloud_prices(Plan& plan, double factor) {
  for (auto& [key, item] : plan.prices.items) {
    const bool storage =
        key == "cloud_standard" || key == "cloud_infrequent" || key == "cloud_archive";
    if (storage) item.price *= factor;
  }
}

void price(Plan& plan, const std::string& key, double factor) {
  const auto found = plan.prices.items.find(key);
  if (found != plan.prices.items.end()) found->second.price *= factor;
}

constexpr std::array levers{
    Lever{"price of cloud storage", cloud_prices},
    Lever{"price of traffic out of the cloud",
          [](Plan& plan, double factor) { price(plan, "cloud_egress", factor); }},
    Lever{"reads of each object",
          [](Plan& plan, double factor) {
            for (Source& source : plan.demand.sources) source.reads_per_object *= factor;
          }},
    Lever{"price of disks",
          [](Plan& plan, double factor) {
            for (DiskKind& disk : plan.catalogue.disks) disk.price_per_tb *= factor;
          }},
    Lever{"price of machines",
          [](Plan& plan, double factor) {
            for (MachineKind& machine : plan.catalogue.machines) machine.price *= factor;
          }},
    Lever{"price of electricity",
          [](Plan& plan, double factor) { price(plan, "electricity", factor); }},
    Lever{"all volumes",
          [](Plan& plan, double factor) {
            for (Source& source : plan.demand.sources) {
              source.objects_per_year *= factor;
              source.stock = source.stock * factor;
            }
          }},
};

/// The cheapest of the designs without machines.
std::pair<double, std::string> cloud_cost(const Plan& plan) {
  Plan only = plan;
  only.search.cloud_only = true;
  only.search.cold_codes.clear();
  if (only.search.cloud_classes.empty()) only.search.cloud_classes = {"infrequent", "archive"};
  if (only.search.cold_after_years.empty()) only.search.cold_after_years = {1};
  const Space space(only);
  double best = never;
  std::string name;
  for (std::uint64_t i = 0; i < space.size() && space.at(i).cloud_only; ++i) {
    const Design design = space.at(i);
    const double cost = screen(space, design).net_present;
    if (cost < best) {
      best = cost;
      name = space.describe(design);
    }
  }
  return {best, name};
}

double own_cost(const Plan& plan, const Design& design) {
  return only_screening(plan, design).net_present;
}

std::optional<double> crossing(const Plan& plan, const Design& design, const Lever& lever) {
  const auto gap = [&](double log_factor) {
    Plan moved = plan;
    lever.apply(moved, std::exp(log_factor));
    return cloud_cost(moved).first - own_cost(moved, design);
  };
  const double most = std::log(100);
  double low = -most;
  double high = most;
  const bool low_sign = gap(low) > 0;
  if (low_sign == (gap(high) > 0)) return std::nullopt;
  constexpr int halvings = 24;
  for (int i = 0; i < halvings; ++i) {
    const double middle = (low + high) / 2;
    ((gap(middle) > 0) == low_sign ? low : high) = middle;
  }
  return std::exp((low + high) / 2);
}

std::string short_name(const scenario::UncertainInput& input) {
  return input.price.empty() ? input.path : "price of " + input.price;
}

}  // namespace

Plan focused(const Plan& plan, const Design& design) {
  Plan out = plan;
  SearchSpace& search = out.search;
  search.cloud_only = false;
  keep(search.codes, design.code);
  keep_cold(design, search);
  if (design.copy == no_copy) {
    search.copy_classes.clear();
  } else {
    keep(search.copy_classes, design.copy);
  }
  keep(search.rebuild_rates, design.rebuild);
  keep(search.scrubs, design.scrub);
  keep(search.visits, design.visit);
  search.most_sites = design.sites;
  // A file tier takes its disk from the whole catalogue; that kind stays, behind the design's.
  const DiskKind own = out.catalogue.disks[design.disk];
  std::optional<DiskKind> fast;
  if (const auto kind = Space(plan).file_disk()) fast = out.catalogue.disks[*kind];
  out.catalogue.disks.clear();
  if (fast && fast->name != own.name) out.catalogue.disks.push_back(*fast);
  out.catalogue.disks.push_back(own);
  keep(out.catalogue.machines, design.machine);
  return out;
}

std::vector<Swing> tornado(const Plan& plan, const Design& design) {
  std::vector<Swing> swings;
  if (plan.origin == nullptr) return swings;
  const auto at = [&](const Plan& changed) { return only_screening(changed, design); };
  for (std::size_t i = 0; i < plan.uncertain.size(); ++i) {
    const scenario::UncertainInput& input = plan.uncertain[i];
    const auto with = [&](double p) {
      scenario::InputValues values(plan.uncertain.size());
      values[i] = scenario::input_quantile(input, p);
      return with_inputs(plan, values);
    };
    constexpr double tail = 0.025;
    const auto low = with(tail);
    const auto high = with(1 - tail);
    if (!low || !high) continue;
    const Screening a = at(low.value());
    const Screening b = at(high.value());
    swings.push_back({short_name(input),
                      input_text(plan, input, scenario::input_quantile(input, tail)),
                      input_text(plan, input, scenario::input_quantile(input, 1 - tail)),
                      a.net_present, b.net_present, a.nines, b.nines});
  }
  // Rebuilding goes as fast as the design says; half and double show what that is worth.
  const auto rebuild = [&](double factor) {
    Plan changed = plan;
    for (BytesPerSecond& rate : changed.search.rebuild_rates) rate = rate * factor;
    return at(changed);
  };
  const Screening slow = rebuild(0.5);
  const Screening fast = rebuild(2);
  swings.push_back({"rebuild rate of a machine", "half", "double", slow.net_present,
                    fast.net_present, slow.nines, fast.nines});
  std::ranges::stable_sort(swings, std::ranges::greater{}, [](const Swing& swing) {
    return std::abs(swing.cost_high - swing.cost_low);
  });
  return swings;
}

std::optional<CostRange> cost_range(const Plan& plan, const Design& design, std::size_t draws,
                                    std::uint64_t seed) {
  if (plan.origin == nullptr || plan.uncertain.empty() || draws == 0) return std::nullopt;
  CostRange range;
  std::vector<double> costs;
  for (const auto& values : scenario::draw_inputs(plan.uncertain, draws, seed)) {
    const auto drawn = with_inputs(plan, values);
    if (!drawn) {
      ++range.refused;
      continue;
    }
    const Space space(focused(drawn.value(), design));
    const Design same = only_design(space, design);
    costs.push_back(cash_flow_of(space, same, size_of(space, same)).net_present);
  }
  if (costs.empty()) return std::nullopt;
  std::ranges::sort(costs);
  const auto at = [&costs](double p) {
    const double place = p * static_cast<double>(costs.size() - 1);
    return costs[static_cast<std::size_t>(std::lround(place))];
  };
  range.draws = costs.size();
  range.median = at(0.5);
  range.net_present = {at(0.025), at(0.975)};
  return range;
}

std::optional<CloudAnswer> cloud_answer(const Plan& plan, const Design& design) {
  const bool priced = plan.prices.items.contains("cloud_standard");
  if (!priced || design.cloud_only) return std::nullopt;
  CloudAnswer answer;
  std::tie(answer.cloud, answer.design) = cloud_cost(plan);
  answer.own = own_cost(plan, design);
  for (const Lever& lever : levers) {
    answer.inputs.push_back({std::string(lever.name), crossing(plan, design, lever)});
  }
  return answer;
}

}  // namespace models::planning
