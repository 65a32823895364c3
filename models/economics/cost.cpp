#include "models/economics/cost.h"

#include <array>
#include <utility>

#include "sim/contract.h"
#include "sim/quantity.h"

namespace models::economics {
namespace {

constexpr std::array<PriceKind, 8> kinds{{
    {"disk", "per TB of disk", "purchase of raw capacity"},
    {"machine", "per machine", "purchase of a storage machine without its disks"},
    {"rack", "per rack", "purchase of a rack with its switches"},
    {"rack_space", "per rack and year", "room, cooling plant and guard of one rack"},
    {"electricity", "per kWh", "energy at the meter"},
    {"disk_power", "W per disk", "mean power of one disk"},
    {"machine_power", "W per machine", "mean power of one machine without its disks"},
    {"pue", "ratio", "energy at the meter over energy of the machines, >= 1; 1 if not given"},
}};

// An item that the book does not name costs nothing; the PUE then is 1.
double price(const scenario::Prices& prices, const char* key, double otherwise = 0) {
  const auto found = prices.items.find(key);
  return found == prices.items.end() ? otherwise : found->second.price;
}

std::string missing(const scenario::Prices& prices) {
  std::string text;
  for (const PriceKind& kind : kinds) {
    const std::string key(kind.key);
    if (!prices.items.contains(key)) text += (text.empty() ? "; not priced: " : ", ") + key;
  }
  return text;
}

// The part of the hardware that a strategy pays for.
struct Owned {
  double raw_tb{};
  double machines{};
  double racks{};
  double watts{};
};

Owned owned_part(const scenario::Hardware& hardware, Bytes stored, const scenario::Prices& prices) {
  const auto disks = static_cast<double>(hardware.disks());
  const Bytes raw = hardware.disk.capacity * disks;
  EXPECTS(raw.value > 0 && hardware.usable_fill > 0 && hardware.usable_fill <= 1);
  const double share = stored / hardware.usable_fill / raw;
  Owned owned;
  owned.raw_tb = share * (raw / terabyte);
  owned.machines = share * static_cast<double>(hardware.machines());
  owned.racks = share * static_cast<double>(hardware.racks());
  owned.watts =
      share * disks * price(prices, "disk_power") + owned.machines * price(prices, "machine_power");
  return owned;
}

double kwh_per_year(double watts, const scenario::Prices& prices) {
  const double pue = price(prices, "pue", 1);
  EXPECTS(pue >= 1);
  return watts / 1000 * sim::in_hours(sim::year) * pue;
}

}  // namespace

std::span<const PriceKind> all_prices() { return kinds; }

Cost cost_of(const scenario::Hardware& hardware, const scenario::Data& data, double overhead,
             const scenario::Prices& prices) {
  EXPECTS(overhead >= 1 && data.logical.value >= 0 && prices.horizon.value >= 0);
  const Owned owned = owned_part(hardware, data.logical * overhead, prices);
  const double years = sim::in_years(prices.horizon);
  const double kwh = kwh_per_year(owned.watts, prices) * years;
  const double rack_years = owned.racks * years;

  Cost cost;
  const auto line = [&](std::string item, double count, const char* key) {
    const Money total{count * price(prices, key)};
    cost.lines.push_back({std::move(item), count, total});
    return total;
  };
  cost.capital = line("disks, TB", owned.raw_tb, "disk");
  cost.capital += line("machines", owned.machines, "machine");
  cost.capital += line("racks with switches", owned.racks, "rack");
  Money running = line("electricity, kWh", kwh, "electricity");
  running += line("rack space, rack-years", rack_years, "rack_space");
  cost.total = cost.capital + running;
  if (years > 0) cost.running_per_year = running / years;
  const double tb_years = data.logical / terabyte * years;
  if (tb_years > 0) cost.per_usable_tb_year = cost.total / tb_years;
  cost.model =
      "hardware shared pro rata to raw bytes, disks filled to the usable share; "
      "no staff, no discounting, no replaced disks" +
      missing(prices);
  return cost;
}

}  // namespace models::economics
