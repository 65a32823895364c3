#include "models/economics/cost.h"

#include <algorithm>
#include <array>
#include <utility>

#include "models/economics/inventory.h"
#include "sim/contract.h"
#include "sim/quantity.h"

namespace models::economics {
namespace {

const scenario::PriceItem* find(const scenario::Prices& prices, std::string_view key) {
  const auto found = prices.items.find(std::string(key));
  return found == prices.items.end() ? nullptr : &found->second;
}

// An item that the book does not name costs nothing; the PUE then is 1.
double price(const scenario::Prices& prices, std::string_view key, double otherwise = 0) {
  const scenario::PriceItem* item = find(prices, key);
  return item == nullptr ? otherwise : item->price;
}

bool priced_in(const scenario::Prices& prices, std::string_view key, std::string_view unit) {
  const scenario::PriceItem* item = find(prices, key);
  return item != nullptr && item->unit == unit;
}

/// What a line counts: of the hardware, in the unit of the book.
using Count = double (*)(const Inventory&, const scenario::Prices&);

/// Is the want of a price worth a word? A flat price stands in place of hardware's.
enum class Usual { yes, no };

struct Line {
  std::string_view item;
  std::string_view key;
  Count count;
  Usual usual{Usual::yes};
};

double disks(const Inventory& owned, const scenario::Prices& prices) {
  return priced_in(prices, "disk", per_disk) ? owned.disks : owned.raw_tb;
}

double failed_disks(const Inventory& owned, const scenario::Prices& prices) {
  return owned.failed_disks * (priced_in(prices, "disk", per_disk) ? 1 : owned.tb_per_disk);
}

double stored(const Inventory& owned, const scenario::Prices& prices) {
  constexpr double gib_per_tb = 1e12 / 0x1p30;
  return owned.stored_tb * (priced_in(prices, "stored", per_gib_and_year) ? gib_per_tb : 1);
}

double kwh(const Inventory& owned, const scenario::Prices& prices) {
  const double pue = price(prices, "pue", 1);
  EXPECTS(pue >= 1);
  const double watts =
      owned.disks * price(prices, "disk_power") + owned.machines * price(prices, "machine_power") +
      (owned.rack_switches + owned.core_switches) * price(prices, "switch_power") +
      (owned.controllers + owned.gateways + owned.front_ends) * price(prices, "controller_power");
  return watts / 1000 * sim::in_hours(sim::year) * pue;
}

using I = const Inventory&;
using P = const scenario::Prices&;

constexpr std::array bought_once{
    Line{"disks", "disk", disks},
    Line{"machines", "machine", [](I owned, P) { return owned.machines; }},
    Line{"racks", "rack", [](I owned, P) { return owned.racks; }},
    Line{"rack switches", "rack_switch", [](I owned, P) { return owned.rack_switches; }},
    Line{"controllers", "controller", [](I owned, P) { return owned.controllers; }},
    Line{"gateways", "gateway", [](I owned, P) { return owned.gateways; }},
    Line{"front ends", "front_end", [](I owned, P) { return owned.front_ends; }},
    Line{"core switches", "core_switch", [](I owned, P) { return owned.core_switches; }},
};

// Counts of one year.
constexpr std::array paid_yearly{
    Line{"electricity", "electricity", kwh},
    Line{"rack space", "rack_space", [](I owned, P) { return owned.racks; }},
    Line{"care of racks", "rack_care", [](I owned, P) { return owned.racks; }},
    Line{"failed disks, bought again", "disk", failed_disks},
    Line{"failed machines, bought again", "machine",
         [](I owned, P) { return owned.failed_machines; }},
    Line{"disk swaps", "disk_swap", [](I owned, P) { return owned.failed_disks; }},
    Line{"technician calls", "technician_call", [](I owned, P) { return owned.calls; }},
    Line{"network lines", "network_line", [](I owned, P) { return owned.sites; }},
    Line{"storage service", "stored", stored, Usual::no},
};

// Keys that price no line of their own but the energy of what there is.
struct Power {
  std::string_view key;
  double (*count)(const Inventory&);
};
constexpr std::array energy{
    Power{"disk_power", [](I owned) { return owned.disks; }},
    Power{"machine_power", [](I owned) { return owned.machines; }},
    Power{"switch_power", [](I owned) { return owned.rack_switches + owned.core_switches; }},
    Power{"controller_power",
          [](I owned) { return owned.controllers + owned.gateways + owned.front_ends; }},
    Power{"pue", [](I owned) { return owned.disks; }},
};

/// A cost under way: lines are added to it.
class Sum {
 public:
  Sum(const scenario::Prices& prices, Cost& cost) : prices_(prices), cost_(cost) {}

  Money add(std::string item, std::string_view key, double count, Usual usual = Usual::yes) {
    const scenario::PriceItem* priced = find(prices_, key);
    if (priced == nullptr) {
      if (count > 0 && usual == Usual::yes) miss(key);
      return {};
    }
    if (!(count > 0)) return {};
    const Money total{count * priced->price};
    cost_.lines.push_back(
        {std::move(item), count, priced->price, priced->unit, total, priced->source});
    return total;
  }

  void miss(std::string_view key) {
    if (std::ranges::find(missing_, key) == missing_.end()) missing_.emplace_back(key);
  }

  std::string missing() const {
    std::string text;
    for (const std::string& key : missing_) {
      text += (text.empty() ? "; not priced: " : ", ") + key;
    }
    return text;
  }

 private:
  const scenario::Prices& prices_;
  Cost& cost_;
  std::vector<std::string> missing_;
};

// One class of a provider's storage, over the horizon. Whatever is read leaves the provider.
Money add_cloud(const scenario::CloudUse& use, Bytes logical, const scenario::Prices& prices,
                Sum& sum) {
  const auto classes = cloud_classes();
  const auto kind = std::ranges::find(classes, use.storage_class, &CloudClass::name);
  EXPECTS(kind != classes.end());
  const double years = sim::in_years(prices.horizon);
  const double tb = logical / terabyte * use.share;
  // Who deletes earlier pays for the minimum all the same.
  const Seconds least = sim::days(price(prices, kind->minimum));
  const double paid = use.kept.value > 0 ? std::max(1.0, least / use.kept) : 1;
  const double read_tb = tb * use.read_per_year * years;
  const std::string name = "cloud, " + use.storage_class;
  Money total = sum.add(name + ", TB-months", kind->storage, tb * paid * 12 * years);
  total += sum.add(name + ", read", kind->retrieval, read_tb);
  total += sum.add(name + ", traffic out", "cloud_egress", read_tb);
  total +=
      sum.add(name + ", million requests", kind->requests, use.requests_per_year / 1e6 * years);
  return total;
}

std::string model_of(const Purchase& purchase) {
  const bool shared = purchase.kind == scenario::HardwareKind::fixed;
  return std::string(shared ? "hardware shared pro rata to raw bytes, disks filled to the usable "
                              "share; "
                            : "the whole hardware, bought for this strategy; ") +
         "no discounting";
}

}  // namespace

Cost cost_of(const Purchase& purchase, const scenario::Prices& prices) {
  const Bytes logical = purchase.data.logical;
  EXPECTS(purchase.overhead >= 1 && logical.value >= 0 && prices.horizon.value >= 0);
  const Inventory owned = inventory_of(purchase);
  const double years = sim::in_years(prices.horizon);
  Cost cost;
  Sum sum(prices, cost);
  for (const Line& line : bought_once) {
    cost.capital += sum.add(std::string(line.item), line.key, line.count(owned, prices));
  }
  Money running;
  for (const Line& line : paid_yearly) {
    running +=
        sum.add(std::string(line.item), line.key, line.count(owned, prices) * years, line.usual);
  }
  for (const scenario::CloudUse& use : purchase.cloud) {
    running += add_cloud(use, logical, prices, sum);
  }
  const bool metered = find(prices, "electricity") != nullptr;
  if (!metered && owned.disks > 0) sum.miss("electricity");
  for (const Power& power : energy) {
    if (metered && power.count(owned) > 0 && find(prices, power.key) == nullptr) {
      sum.miss(power.key);
    }
  }
  cost.total = cost.capital + running;
  if (years > 0) cost.running_per_year = running / years;
  const double tb_years = logical / terabyte * years;
  if (tb_years > 0) cost.per_usable_tb_year = cost.total / tb_years;
  cost.model = model_of(purchase) + sum.missing();
  return cost;
}

}  // namespace models::economics
