#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::economics {

/// A line of the price table: what an item is and the one unit its price has. There are no default
/// prices: what a price book does not name costs nothing, and Cost::model says so.
struct PriceKind {
  std::string_view key;   ///< "disk", "machine", "rack", "electricity", "pue", ...
  std::string_view unit;  ///< "per TB of disk", "per machine", "per kWh"
  std::string_view meaning;
};
std::span<const PriceKind> all_prices();

struct CostLine {
  std::string item;
  double count{};
  Money total{};  ///< over the horizon
};

struct Cost {
  Money capital{};
  Money running_per_year{};
  Money total{};  ///< over the horizon of the price book
  Money per_usable_tb_year{};
  std::vector<CostLine> lines;
  std::string model;  ///< how hardware was shared out, horizon, fill
};

/// `fixed` hardware: the strategy pays its share of the machines pro rata to raw bytes, with the
/// reserve that keeps disks below the usable fill. More than all of it is priced as more of the
/// same.
/// @pre overhead >= 1, usable_fill in (0, 1], disks of some capacity, horizon >= 0, PUE >= 1
Cost cost_of(const scenario::Hardware& hardware, const scenario::Data& data, double overhead,
             const scenario::Prices& prices);

}  // namespace models::economics
