#pragma once

#include <array>
#include <string>
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

/// What is bought, line by line of a bill.
enum class BillItem {
  disks,
  file_disks,  ///< of the tier of files
  machines,
  racks,
  rack_switches,
  core_switches,
  gateways,
  front_ends,
};
inline constexpr std::size_t bill_items = 8;

struct BillLine {
  double count{};
  double price{};  ///< of one, on the day of the order
  double total() const { return count * price; }
};

/// One year's payments in the currency of the book, at the prices of the time.
struct YearCash {
  std::array<double, expense_kinds> paid{};
  /// What the first four kinds buy: its lines add up to them.
  std::array<BillLine, bill_items> bill{};
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
  BillLine& line(BillItem item) { return bill[static_cast<std::size_t>(item)]; }
  const BillLine& line(BillItem item) const { return bill[static_cast<std::size_t>(item)]; }
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

/// "TOSHIBA MG10F, 22 TB", "rack switch": what a line of a design's bill is.
std::string bill_words(const Space& space, const Design& design, BillItem item);

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
