#pragma once

#include <span>
#include <string>
#include <vector>

#include "models/economics/price_table.h"
#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::economics {

/// Failures of one unit a year, averaged over the mission: what has to be replaced and who comes.
struct FailureRates {
  PerYear disk;         ///< disks that die by themselves or by a shock of their rack
  PerYear machine;      ///< machines lost with all their disks
  PerYear rack_switch;  ///< outages of switches, each of which calls a technician
  PerYear core_switch;
  PerYear controller{};  ///< likewise
  PerYear gateway{};
  PerYear front_end{};
};

/// What a strategy pays for.
struct Purchase {
  const scenario::Hardware& hardware;
  /// `fixed`: its share pro rata to raw bytes, with the reserve that keeps disks below the usable
  /// fill; more than all of it is priced as more of the same. Else all of the hardware.
  scenario::HardwareKind kind{};
  const scenario::Data& data;
  double overhead{1};  ///< stored bytes per user byte
  FailureRates rates{};
  std::span<const scenario::CloudUse> cloud{};
};

struct CostLine {
  std::string item;
  double count{};  ///< over the horizon
  double price{};  ///< of one
  std::string unit;
  Money total{};  ///< over the horizon
  std::string source;
};

struct Cost {
  Money capital{};
  Money running_per_year{};
  Money total{};  ///< over the horizon of the price book
  Money per_usable_tb_year{};
  std::vector<CostLine> lines;  ///< of what has a price; they add up to the total
  std::string model;            ///< how hardware was shared out, and what has no price
};

/// Costs at constant prices, without discounting. Failed disks and machines are bought again.
/// @pre overhead >= 1, usable_fill in (0, 1], disks of some capacity, horizon >= 0, PUE >= 1
Cost cost_of(const Purchase& purchase, const scenario::Prices& prices);

}  // namespace models::economics
