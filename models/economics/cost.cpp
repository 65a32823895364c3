#include "models/economics/cost.h"

#include <array>
#include <utility>

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

}  // namespace

std::span<const PriceKind> all_prices() { return kinds; }

Cost cost_of(const scenario::Hardware& hardware, const scenario::Data& data, double overhead,
             const scenario::Prices& prices) {
  const auto disks = static_cast<double>(hardware.disks());
  const Bytes raw = hardware.disk.capacity * disks;
  const double share = data.logical * overhead / hardware.usable_fill / raw;
  const double machines = share * static_cast<double>(hardware.machines());
  const double racks = share * static_cast<double>(hardware.racks());
  const double raw_tb = share * (raw / terabyte);
  const double years = sim::in_years(prices.horizon);
  const double watts =
      share * disks * price(prices, "disk_power") + machines * price(prices, "machine_power");
  const double hours_per_year = sim::in_hours(sim::year);
  const double kwh = watts / 1000 * hours_per_year * price(prices, "pue", 1);

  Cost cost;
  const auto line = [&cost](std::string item, double count, double total) {
    cost.lines.push_back({std::move(item), count, Money{total}});
    return Money{total};
  };
  cost.capital = line("disks, TB", raw_tb, raw_tb * price(prices, "disk"));
  cost.capital += line("machines", machines, machines * price(prices, "machine"));
  cost.capital += line("racks with switches", racks, racks * price(prices, "rack"));
  Money running = line("electricity, kWh", kwh * years, kwh * years * price(prices, "electricity"));
  running +=
      line("rack space, rack-years", racks * years, racks * years * price(prices, "rack_space"));
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
