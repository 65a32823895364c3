#include "models/planning/run_plan.h"

#include <chrono>
#include <cmath>

#include "models/planning/durability.h"

namespace models::planning {
namespace {

std::vector<std::string> left_out(const Plan& plan) {
  std::vector<std::string> words{
      "A provider's durability: a class of the cloud is priced, its nines are the vendor's claim.",
      "Contention of rebuilding and serving beyond the sum of their peaks; queues within a disk.",
      "Loss while machines are migrated beyond the bound in the table of purchases.",
      "Taxes, leasing, salvage value, staff beyond the care of racks, licences.",
      "The year between first and last: durability is judged in the worse of these two."};
  if (plan.file_tier) {
    words.emplace_back(
        "Durability of the file tier: a mirror of work space that can be made anew.");
  }
  return words;
}

std::vector<double> with_migration(const Space& space, const Design& design,
                                   const std::vector<YearSize>& sizes, const CashFlow& cash) {
  std::vector<double> nines(sizes.size(), never);
  if (design.cloud_only) return nines;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Seconds window = sim::days(cash.years[i].migration_days);
    const double moved = migration_loss(space, design, sizes[i], window);
    if (!(moved > 0)) continue;
    const double beside = std::pow(10, -fleet_figures(space, design, sizes[i]).nines);
    nines[i] = -std::log10(std::min(1.0, moved + beside));
  }
  return nines;
}

std::string reason_of(const Space& space, const Candidate& one) {
  if (one.confirmed && !one.confirmed->fault.empty()) return one.confirmed->fault;
  if (!one.judged.failed.contains(Target::feasible)) return {};
  std::string text;
  for (const std::string& reason : impossible(space, one.design, size_of(space, one.design))) {
    text += (text.empty() ? "" : "; ") + reason;
  }
  return text;
}

void name(const Space& space, PlanResults& out) {
  for (const Candidate& one : out.search.front) {
    out.front_names.push_back(space.describe(one.design));
  }
  for (const Candidate& one : out.search.cheaper) {
    out.cheaper_names.push_back(space.describe(one.design));
    out.cheaper_reasons.push_back(reason_of(space, one));
  }
  for (const Relaxed& one : out.search.relaxed) {
    out.relaxed_names.push_back(one.cheapest ? space.describe(one.cheapest->design) : "");
  }
}

void size(const Space& space, PlanResults& out) {
  const Design& design = out.shown->design;
  out.shown_name = space.describe(design);
  out.sizes = size_of(space, design);
  out.reasons = impossible(space, design, out.sizes);
  out.cash = cash_flow_of(space, design, out.sizes);
  for (std::size_t i = 0; i < bill_items; ++i) {
    out.bill_names[i] = bill_words(space, design, static_cast<BillItem>(i));
  }
  out.migration_nines = with_migration(space, design, out.sizes, out.cash);
  out.demand = space.demand(design.cold);
  out.demand.resize(out.sizes.size());
}

}  // namespace

void show_candidate(PlanResults& results, const Candidate& candidate) {
  const Space space(results.plan);
  results.shown = candidate;
  size(space, results);
  results.tornado.clear();
  results.cost_range.reset();
  results.cloud.reset();
}

double margin_of(Target target, double value, double limit) {
  if (target == Target::durability) return value - limit;
  const double over = more_is_better(target) ? value - limit : limit - value;
  return limit != 0 ? over / std::abs(limit) : over;
}

PlanResults run_plan(const Plan& plan, const PlanOptions& options,
                     const std::function<void(const std::string&)>& progress,
                     std::stop_token stop) {
  const auto begun = std::chrono::steady_clock::now();
  const Space space(plan);
  PlanResults out;
  out.plan = plan;
  out.seed = options.seed;
  out.search = search(space,
                      {.confirm = {.seed = options.seed,
                                   .threads = options.threads,
                                   .most_missions = options.most_missions},
                       .most_confirmed = options.most_confirmed},
                      progress, stop);
  name(space, out);
  out.shown = out.search.winner ? out.search.winner : out.search.nearest;
  out.not_modelled = left_out(plan);
  if (out.shown) {
    const Design& design = out.shown->design;
    size(space, out);
    if (progress) progress("sensitivity");
    const auto go_on = [&stop] { return !stop.stop_requested(); };
    if (go_on() && !design.cloud_only) out.tornado = tornado(plan, design);
    if (go_on() && !design.cloud_only) {
      out.cost_range = cost_range(plan, design, options.draws, options.seed);
    }
    if (go_on()) out.cloud = cloud_answer(plan, design);
  }
  out.interrupted = out.search.interrupted || stop.stop_requested();
  out.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return out;
}

}  // namespace models::planning
