#include "models/lifecycle/class_flow.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/economics/price_table.h"
#include "sim/contract.h"

namespace models::lifecycle {
namespace {

constexpr Seconds month{sim::year.value / 12};

double price_of(const scenario::Prices& prices, std::string_view key) {
  const auto found = prices.items.find(std::string(key));
  return found == prices.items.end() ? 0 : found->second.price;
}

/// What a class costs.
struct Tariff {
  double storage{};  ///< per TB and month
  double reading{};  ///< per TB read, traffic out included
  Seconds minimum{};
};

Tariff tariff_of(const scenario::Prices& prices, std::string_view name) {
  const auto classes = economics::cloud_classes();
  const auto kind = std::ranges::find(classes, name, &economics::CloudClass::name);
  EXPECTS(kind != classes.end());
  return {price_of(prices, kind->storage),
          price_of(prices, kind->retrieval) + price_of(prices, "cloud_egress"),
          sim::days(price_of(prices, kind->minimum))};
}

}  // namespace

Money storage_cost(Bytes bytes, Seconds time, double price) {
  return {bytes / terabyte * (time / month) * price};
}

Money early_fee(Bytes bytes, Seconds stayed, Seconds minimum, double price) {
  return storage_cost(bytes, std::max(Seconds{}, minimum - stayed), price);
}

double reads_between(const scenario::ReadRate& reads, Seconds from, Seconds to) {
  const double decay = std::numbers::ln2 / reads.halve.value;
  const double fading = reads.at_first.value / decay * std::exp(-decay * from.value) *
                        -std::expm1(-decay * (to - from).value);
  return fading + reads.later * (to - from);
}

std::vector<ClassYear> play_classes(const scenario::ClassFlow& flow,
                                    const scenario::Prices& prices) {
  std::vector<Tariff> tariffs;
  policy::LifecycleSettings settings = flow.rule;
  for (std::size_t i = 0; i < flow.classes.size(); ++i) {
    tariffs.push_back(tariff_of(prices, flow.classes[i].name));
    settings.minimum[i] = tariffs.back().minimum;
  }
  const policy::LifecycleRule rule(settings);
  std::vector<ClassYear> years(
      static_cast<std::size_t>(std::ceil(flow.horizon / sim::year - 1e-9)));
  for (ClassYear& year : years) year.held.resize(tariffs.size());
  std::vector<policy::ObjectFact> objects;
  std::vector<Bytes> sizes;
  policy::LifecycleRule::Actions actions;
  double next_month = 0;
  const auto days = static_cast<int>(std::floor(flow.horizon / sim::day));
  for (int d = 0; d < days; ++d) {
    const Seconds now = sim::days(d);
    const auto in_year = std::min(static_cast<std::size_t>(now / sim::year), years.size() - 1);
    ClassYear& year = years[in_year];
    if (now.value >= next_month) {
      const double grown = std::floor(std::min(now, flow.growth_for) / sim::year);
      const Bytes more = flow.added_per_year * std::pow(1 + flow.growth, grown) / 12;
      objects.push_back({.id = static_cast<std::uint32_t>(objects.size()),
                         .created = now,
                         .last_access = now,
                         .entered = now});
      sizes.push_back(more);
      next_month += month.value;
    }
    rule.decide(now, objects, actions);
    const auto leave = [&](const policy::ObjectFact& object) {
      const Tariff& tariff = tariffs[object.storage_class];
      year.early +=
          early_fee(sizes[object.id], now - object.entered, tariff.minimum, tariff.storage);
    };
    for (const policy::LifecycleRule::Move& move : actions.moves) {
      const auto moved = std::ranges::find(objects, move.id, &policy::ObjectFact::id);
      leave(*moved);
      moved->storage_class = move.to;
      moved->entered = now;
    }
    for (const std::uint32_t id : actions.expire) {
      const auto old = std::ranges::find(objects, id, &policy::ObjectFact::id);
      leave(*old);
      objects.erase(old);
    }
    for (const policy::ObjectFact& object : objects) {
      const Bytes bytes = sizes[object.id];
      const Tariff& tariff = tariffs[object.storage_class];
      const Seconds age = now - object.created;
      const Bytes read = bytes * reads_between(flow.reads, age, age + sim::day);
      year.held[object.storage_class] += bytes * (sim::day / sim::year);
      year.read += read;
      year.storage += storage_cost(bytes, sim::day, tariff.storage);
      year.reading += Money{read / terabyte * tariff.reading};
      year.all_in_first += storage_cost(bytes, sim::day, tariffs[0].storage) +
                           Money{read / terabyte * tariffs[0].reading};
    }
  }
  return years;
}

}  // namespace models::lifecycle
