#include "models/planning/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/economics/price_table.h"
#include "sim/contract.h"

namespace models::planning {
namespace {

constexpr std::array spreads{Spread::machines, Spread::rack_safe, Spread::one_per_rack};
constexpr double two_years = 2;  // a lead time of a year, and the year that is bought for

CodeFacts facts_of(const codes::CodeSpec& spec) {
  CodeFacts facts;
  facts.code = codes::make_code(spec);
  facts.spec = spec;
  facts.name = facts.code->name();
  facts.levels = analytic::erasure_levels(*facts.code);
  facts.total = facts.code->shape().total();
  facts.tolerance = facts.code->tolerance();
  facts.overhead = facts.code->overhead();
  facts.reads = codes::mean_repair_reads(*facts.code);
  facts.arrays = facts.code->arrays() > 1;
  return facts;
}

/// A whole number with digits of different bases: the last place of each list first.
class Digits {
 public:
  explicit Digits(std::uint64_t number) : number_(number) {}
  std::size_t next(std::size_t base) {
    const auto digit = static_cast<std::size_t>(number_ % base);
    number_ /= base;
    return digit;
  }

 private:
  std::uint64_t number_;
};

Book::Class class_of(const scenario::Prices& prices, std::string_view name) {
  const auto classes = economics::cloud_classes();
  const auto kind = std::ranges::find(classes, name, &economics::CloudClass::name);
  EXPECTS(kind != classes.end());
  return {.storage = price_of(prices, kind->storage),
          .retrieval = price_of(prices, kind->retrieval),
          .requests = price_of(prices, kind->requests),
          .minimum_days = price_of(prices, kind->minimum)};
}

Book book_of(const Plan& plan) {
  const auto price = [&plan](std::string_view key) { return price_of(plan.prices, key); };
  Book book{.rack = price("rack"),
            .rack_switch = price("rack_switch"),
            .core_switch = price("core_switch"),
            .gateway = price("gateway"),
            .front_end = price("front_end"),
            .rack_space = price("rack_space"),
            .rack_care = price("rack_care"),
            .electricity = price("electricity"),
            .disk_swap = price("disk_swap"),
            .technician_call = price("technician_call"),
            .switch_power = price("switch_power"),
            .controller_power = price("controller_power"),
            .pue = price("pue"),
            .egress = price("cloud_egress"),
            .standard = class_of(plan.prices, "standard"),
            .cold = {},
            .copy = {}};
  for (const auto& name : plan.search.cloud_classes) {
    book.cold.push_back(class_of(plan.prices, name));
  }
  for (const auto& name : plan.search.copy_classes) {
    book.copy.push_back(class_of(plan.prices, name));
  }
  return book;
}

std::optional<std::size_t> fast_disk_of(const Plan& plan) {
  std::optional<std::size_t> best;
  if (!plan.file_tier) return best;
  const auto& disks = plan.catalogue.disks;
  for (std::size_t i = 0; i < disks.size(); ++i) {
    if (disks[i].latency > plan.file_tier->latency) continue;
    if (!best || disks[i].price_per_tb < disks[*best].price_per_tb) best = i;
  }
  return best;
}

double per_year(const std::optional<sim::Distribution>& life) {
  return life ? sim::year / life->mean() : 0;
}

}  // namespace

double price_of(const scenario::Prices& prices, std::string_view key) {
  const auto found = prices.items.find(std::string(key));
  if (found != prices.items.end()) return found->second.price;
  return key == "pue" ? 1 : 0;
}

std::string_view to_string(Spread spread) {
  switch (spread) {
    case Spread::machines:
      return "one shard a machine";
    case Spread::rack_safe:
      return "any rack may be lost";
    case Spread::one_per_rack:
      return "one shard a rack";
  }
  return {};
}

Space::Space(const Plan& plan) : plan_(plan) {
  const SearchSpace& search = plan_.search;
  for (const auto& spec : search.codes) codes_.push_back(facts_of(spec));
  for (const auto& spec : search.cold_codes) cold_codes_.push_back(facts_of(spec));
  rules_.push_back({});
  for (const double after : search.cold_after_years) {
    for (std::size_t i = 0; i < cold_codes_.size(); ++i) {
      rules_.push_back({ColdKind::own, i, after});
    }
    for (std::size_t i = 0; i < search.cloud_classes.size(); ++i) {
      rules_.push_back({ColdKind::cloud, i, after});
    }
  }
  if (search.cloud_only) {
    std::ranges::copy_if(rules_, std::back_inserter(cloud_rules_),
                         [](const ColdRule& rule) { return rule.kind != ColdKind::own; });
  }
  book_ = book_of(plan_);
  file_disk_ = fast_disk_of(plan_);
  machine_losses_ = per_year(plan_.failures.machine);
  disk_losses_ = per_year(plan_.failures.disk) + machine_losses_;
  Plan longer = plan_;
  longer.years += static_cast<int>(two_years);
  for (const ColdRule& rule : rules_) {
    if (std::ranges::find(demands_, rule.after_years, &CoolingDemand::after_years) ==
        demands_.end()) {
      demands_.push_back({rule.after_years, demand_of(longer, rule.after_years)});
    }
  }
}

const std::vector<YearDemand>& Space::demand(const ColdRule& rule) const {
  const auto found = std::ranges::find(demands_, rule.after_years, &CoolingDemand::after_years);
  EXPECTS(found != demands_.end());
  return found->years;
}

std::uint64_t Space::size() const {
  const SearchSpace& search = plan_.search;
  const Catalogue& catalogue = plan_.catalogue;
  std::uint64_t own = codes_.size() * rules_.size() * (search.copy_classes.size() + 1);
  own *= static_cast<std::uint64_t>(search.most_sites) * spreads.size();
  own *= catalogue.disks.size() * catalogue.machines.size();
  own *= search.rebuild_rates.size() * search.scrubs.size() * search.visits.size();
  return own + cloud_rules_.size();
}

Design Space::at(std::uint64_t index) const {
  EXPECTS(index < size());
  Design design;
  if (index < cloud_rules_.size()) {
    design.cloud_only = true;
    design.cold = cloud_rules_[index];
    return design;
  }
  const SearchSpace& search = plan_.search;
  Digits digits(index - cloud_rules_.size());
  design.visit = digits.next(search.visits.size());
  design.scrub = digits.next(search.scrubs.size());
  design.rebuild = digits.next(search.rebuild_rates.size());
  design.machine = digits.next(plan_.catalogue.machines.size());
  design.disk = digits.next(plan_.catalogue.disks.size());
  design.spread = spreads[digits.next(spreads.size())];
  design.sites = 1 + static_cast<int>(digits.next(static_cast<std::size_t>(search.most_sites)));
  const std::size_t copy = digits.next(search.copy_classes.size() + 1);
  design.copy = copy == 0 ? no_copy : copy - 1;
  design.cold = rules_[digits.next(rules_.size())];
  design.code = digits.next(codes_.size());
  return design;
}

std::string Space::describe(const Design& design) const {
  const SearchSpace& search = plan_.search;
  std::string cold;
  if (design.cold.kind == ColdKind::own) {
    cold = fmt::format(", {} after {:.3g} years", cold_codes_[design.cold.which].name,
                       design.cold.after_years);
  } else if (design.cold.kind == ColdKind::cloud) {
    cold = fmt::format(", cloud {} after {:.3g} years", search.cloud_classes[design.cold.which],
                       design.cold.after_years);
  }
  if (design.cloud_only) return "cloud standard" + cold;
  const std::string copy =
      design.copy == no_copy ? ""
                             : fmt::format(", copy in cloud {}", search.copy_classes[design.copy]);
  return fmt::format(
      "{}{}{}, {} site{}, {}, {} in {}, rebuild {:.3g} MB/s a machine, scrub {:.3g} days, "
      "disks changed every {:.3g} days",
      codes_[design.code].name, cold, copy, design.sites, design.sites == 1 ? "" : "s",
      to_string(design.spread), plan_.catalogue.disks[design.disk].name,
      plan_.catalogue.machines[design.machine].name,
      search.rebuild_rates[design.rebuild].value / 1e6, sim::in_days(search.scrubs[design.scrub]),
      sim::in_days(search.visits[design.visit]));
}

}  // namespace models::planning
