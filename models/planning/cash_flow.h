#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/planning/sizing.h"

namespace models::planning {

/// What money goes to. The order is that of the tables.
enum class Expense {
  disks,
  machines,
  network,    ///< racks, their switches, core switches
  entrances,  ///< gateways and front ends
  energy,
  room,      ///< rack space and care
  failures,  ///< failed disks and machines, and who changes them
  lines,
  cloud,
  delivery,  ///< what a content delivery network serves
  migration,
  drills,
};
inline constexpr std::size_t expense_kinds = 12;
std::string_view to_string(Expense expense);

/// One year's payments in the currency of the book, at the prices of the time.
struct YearCash {
  std::array<double, expense_kinds> paid{};
  double disks_bought{};  ///< whole units, replacements of the old ones included
  double disks_retired{};
  double machines_bought{};
  double machines_retired{};
  double migrated_tb{};     ///< from machines that leave
  double migration_days{};  ///< how long that takes: a time with two half stores
  double ordered_years_ahead{};
  double capital() const;  ///< the first four kinds and migration
  double running() const;
  double total() const { return capital() + running(); }
  double& operator[](Expense expense) { return paid[static_cast<std::size_t>(expense)]; }
  double operator[](Expense expense) const { return paid[static_cast<std::size_t>(expense)]; }
};

struct CashFlow {
  std::vector<YearCash> years;
  double capital{};
  double running{};
  double total{};        ///< not discounted
  double net_present{};  ///< purchases at the start of a year, the rest in its middle
  double per_tb_year{};  ///< total over the sum of stored TB before redundancy, year by year
};

/// Purchases follow the need: what is missing at the start of a year, after what has reached the
/// end of its life has left, is bought at the price of the day it was ordered.
CashFlow cash_flow_of(const Space& space, const Design& design, const std::vector<YearSize>& sizes);

/// A provider's bill for a month of one class. Source of the terms: billing examples of public
/// object stores. @param requests in millions
struct CloudMonth {
  double stored_tb{};
  double retrieved_tb{};
  double egress_tb{};
  double requests{};
};
double cloud_bill(const CloudMonth& month, const Book::Class& prices, double egress_per_tb);

}  // namespace models::planning
