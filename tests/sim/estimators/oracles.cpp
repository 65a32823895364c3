#include "tests/sim/estimators/oracles.h"

#include <bit>
#include <cmath>
#include <functional>

#include "tests/sim/transient_chain.h"

namespace sim::testing {
namespace {

Distribution yearly(double rate) { return Distribution::exponential(years(1.0 / rate)); }

/// Chance that of `n` just the units of some set of `size` are hit: binomial weight of one set.
double one_set(int n, int size, double chance) {
  return std::pow(chance, size) * std::pow(1.0 - chance, n - size);
}

/// The chain over sets of units down, for exponential lives and parallel exponential repair;
/// absorbed by the loss of a group in `counted`. Rates per year.
struct SetChain {
  const ToyFleet& fleet;
  double life_rate;
  double repair_rate;
  std::vector<Group> counted;

  bool loses(unsigned down) const {
    for (const Group g : counted) {
      unsigned missing = 0;
      for (std::size_t i = 0; i < fleet.groups[g].size(); ++i) {
        if ((down >> fleet.groups[g][i] & 1U) != 0) missing |= 1U << i;
      }
      if (fleet.loses ? fleet.loses(missing) : std::popcount(missing) > fleet.tolerance) {
        return true;
      }
    }
    return false;
  }
  std::size_t to(unsigned down) const { return loses(down) ? TransientChain::absorbed : down; }

  void add_shock(TransientChain& chain, unsigned down, const ToyFleet::Shock& shock) const {
    std::vector<std::uint32_t> up;
    for (const std::uint32_t unit : shock.units) {
      if ((down >> unit & 1U) == 0) up.push_back(unit);
    }
    const int n = static_cast<int>(up.size());
    for (unsigned set = 1; set < 1U << up.size(); ++set) {
      unsigned after = down;
      for (std::size_t i = 0; i < up.size(); ++i) after |= (set >> i & 1U) << up[i];
      chain.add(down, to(after),
                shock.per_second * year.value * one_set(n, std::popcount(set), shock.kills));
    }
  }

  TransientChain build() const {
    const std::size_t n = fleet.lives.size();
    TransientChain chain(std::size_t{1} << n);
    for (unsigned down = 0; down < 1U << n; ++down) {
      if (loses(down)) continue;
      for (std::uint32_t unit = 0; unit < n; ++unit) {
        const unsigned bit = 1U << unit;
        if ((down & bit) == 0) {
          chain.add(down, to(down | bit), life_rate);
        } else {
          const bool bare = std::popcount(down) >= fleet.tolerance;
          const double ends = bare ? fleet.latent : 0.0;
          chain.add(down, down & ~bit, repair_rate * (1.0 - ends));
          chain.add(down, TransientChain::absorbed, repair_rate * ends);
        }
      }
      for (const ToyFleet::Shock& shock : fleet.shocks) add_shock(chain, down, shock);
    }
    return chain;
  }
};

Oracle solved(std::string name, ToyFleet fleet, double life_rate, double repair_rate,
              double years_long) {
  for (auto& life : fleet.lives) life.life = yearly(life_rate);
  fleet.repair = yearly(repair_rate);
  Oracle oracle{std::move(name), fleet, years(years_long), 0.0, 0.0};
  SetChain chain{fleet, life_rate, repair_rate, {}};
  for (Group g = 0; g < fleet.groups.size(); ++g) {
    chain.counted = {g};
    // Groups of equal make on like units have equal chances; these fleets have no others.
    if (g == 0)
      oracle.amount =
          static_cast<double>(fleet.groups.size()) * chain.build().run(0, years_long).lost;
  }
  chain.counted.resize(fleet.groups.size());
  for (Group g = 0; g < fleet.groups.size(); ++g) chain.counted[g] = g;
  oracle.loss = chain.build().run(0, years_long).lost;
  return oracle;
}

ToyFleet one_group(std::size_t n, int tolerance) {
  ToyFleet fleet;
  fleet.lives = like_units(n, yearly(1.0));
  fleet.groups.resize(1);
  for (std::uint32_t i = 0; i < n; ++i) fleet.groups[0].push_back(i);
  fleet.tolerance = tolerance;
  return fleet;
}

TransientChain k_of_n_chain(int n, int k, double up, double down, int repairers) {
  return birth_death(
      static_cast<std::size_t>(n - k),
      [=](std::size_t i) { return (n - static_cast<int>(i)) * up; },
      [=](std::size_t i) { return std::min(static_cast<int>(i), repairers) * down; });
}

Oracle k_of_n(std::string name, RareKOfN model, double up, double down, double years_long) {
  model.failures = up / year.value;
  model.repairs = down / year.value;
  const double loss =
      k_of_n_chain(model.n, model.k, up, down, model.repairers).run(0, years_long).lost;
  return {std::move(name), model, years(years_long), loss, loss * model.stripes};
}

}  // namespace

Oracle ten_of_fourteen(double repairs) {
  return k_of_n("O1 10 of 14, repairs " + std::to_string(repairs) + " a year", {14, 10, 0, 0}, 0.02,
                repairs, 1.0);
}

Oracle raised_k_of_n(double failures, int repairers) {
  RareKOfN model{6, 4, 0, 0};
  if (repairers > 0) model.repairers = repairers;
  const std::string number = repairers > 0 ? "O2" : "O1";
  return k_of_n(number + " 4 of 6, failures " + std::to_string(failures) + " a year", model,
                failures, 12.0, 2.0);
}

Oracle mirror() { return k_of_n("O3 mirror", {2, 1, 0, 0}, 0.05, 52.0, 5.0); }

Oracle latent_errors(int tolerance) {
  ToyFleet fleet = one_group(6, tolerance);
  fleet.latent = 0.05;
  fleet.latent_class = 1;
  fleet.classes = 2;
  return solved("O4 latent errors, tolerance " + std::to_string(tolerance), fleet, 0.1, 40.0, 1.0);
}

Oracle separate_stripes() {
  ToyFleet fleet = one_group(9, 1);
  fleet.groups = {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}};
  return solved("O5 separate stripes", fleet, 1.0, 6.0, 1.0);
}

Oracle stripes_on_the_same_units() {
  RareKOfN model{5, 3, 0, 0};
  model.stripes = 7;
  return k_of_n("O6 seven stripes on the same units", model, 0.1, 50.0, 1.0);
}

Oracle shocks_within_tolerance() {
  ToyFleet fleet = one_group(6, 2);
  fleet.classes = 2;
  fleet.shocks = {{{0, 1}, 0.05 / year.value, 0.5, 1},
                  {{2, 3}, 0.05 / year.value, 0.5, 1},
                  {{4, 5}, 0.05 / year.value, 0.5, 1}};
  return solved("O7 shocks within tolerance", fleet, 0.05, 50.0, 1.0);
}

Oracle shocks_beyond_tolerance() {
  ToyFleet fleet = one_group(6, 2);
  fleet.classes = 2;
  fleet.shocks = {{{0, 1, 2, 3, 4, 5}, 0.01 / year.value, 0.3, 1}};
  return solved("O7 shocks beyond tolerance", fleet, 0.02, 50.0, 1.0);
}

Oracle rare_shocks_of_three_racks() {
  ToyFleet fleet = one_group(9, 4);
  fleet.classes = 2;
  fleet.shocks = {{{0, 1, 2}, 0.002 / year.value, 0.95, 1},
                  {{3, 4, 5}, 0.002 / year.value, 0.95, 1},
                  {{6, 7, 8}, 0.002 / year.value, 0.95, 1}};
  return solved("O7 rare shocks of three racks", fleet, 0.1, 50.0, 1.0);
}

Oracle nearly_fixed_repair() {
  constexpr int phases = 20;
  constexpr double fails = 0.2;
  constexpr double repair_years = 0.02;
  ToyFleet fleet = one_group(2, 1);
  for (auto& life : fleet.lives) life.life = yearly(fails);
  fleet.repair = Distribution::gamma(phases, years(repair_years / phases));
  TransientChain chain(phases + 1);  // 0: whole; i: in phase i of the repair
  chain.add(0, 1, 2.0 * fails);
  for (std::size_t i = 1; i <= phases; ++i) {
    chain.add(i, i == phases ? 0 : i + 1, phases / repair_years);
    chain.add(i, TransientChain::absorbed, fails);
  }
  const double loss = chain.run(0, 1.0).lost;
  return {"O8 repair in 20 phases", fleet, years(1), loss, loss};
}

Oracle ageing_without_repair() {
  ToyFleet fleet = one_group(8, 4);
  const Distribution life = Distribution::weibull(3.0, years(8));
  const Seconds age = years(1);
  for (auto& unit : fleet.lives) unit = {life, 0, age};
  fleet.order = ToyFleet::Repair::none;
  const double dies =
      -std::expm1(life.cumulative_hazard(age) - life.cumulative_hazard(age + years(1)));
  double loss = 0.0;
  double sets = 56.0;  // of 5 out of 8
  for (int dead = 5; dead <= 8; ++dead) {
    loss += sets * one_set(8, dead, dies);
    sets *= static_cast<double>(8 - dead) / static_cast<double>(dead + 1);
  }
  return {"O9 ageing units without repair", fleet, years(1), loss, loss};
}

Oracle urgent_rebuild_first() {
  constexpr int n = 12;
  constexpr double fails = 0.1;
  constexpr double urgent = 400.0;
  constexpr double bulk = 40.0;
  // Odd: so many units down, no group misses two; even: some do. 0: all work.
  TransientChain chain(2 * n + 1);
  const auto calm = [](std::size_t down) { return down == 0 ? 0 : 2 * down - 1; };
  for (std::size_t down = 0; down <= n; ++down) {
    const double up = fails * static_cast<double>(n - down);
    if (down < n) chain.add(calm(down), down == 0 ? calm(1) : 2 * (down + 1), up);
    if (down > 0) chain.add(calm(down), calm(down - 1), bulk);
    if (down < 2) continue;
    chain.add(2 * down, calm(down), urgent);
    chain.add(2 * down, TransientChain::absorbed, up);
  }
  const double loss = chain.run(0, 1.0).lost;
  PriorityRebuild model{{n, n - 2, fails / year.value, bulk / year.value}, urgent / year.value};
  return {"O11 urgent rebuild first", model, years(1), loss, loss};
}

Oracle every_triple_of_units() {
  constexpr std::uint32_t n = 7;
  constexpr double fails = 1.5;
  constexpr double repairs = 15.0;
  ToyFleet fleet;
  fleet.tolerance = 2;
  fleet.lives = like_units(n, yearly(fails));
  fleet.repair = yearly(repairs);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = i + 1; j < n; ++j) {
      for (std::uint32_t l = j + 1; l < n; ++l) fleet.groups.push_back({i, j, l});
    }
  }
  const double any = k_of_n_chain(n, n - 2, fails, repairs, n).run(0, 0.1).lost;
  const double one = k_of_n_chain(3, 1, fails, repairs, 3).run(0, 0.1).lost;
  return {"O13 every triple of 7 units", fleet, years(0.1), any,
          one * static_cast<double>(fleet.groups.size())};
}

Oracle local_reconstruction() {
  ToyFleet fleet = one_group(8, 3);
  // Units 0-2 and 3-5: two of data and their local parity; 6, 7: global parities. A local group
  // heals one of its own, the globals heal two more: all that can be told apart is recoverable.
  fleet.loses = [](unsigned missing) {
    const int first = std::popcount(missing & 0b111U);
    const int second = std::popcount(missing >> 3U & 0b111U);
    const int global = std::popcount(missing >> 6U);
    return std::max(0, first - 1) + std::max(0, second - 1) + global > 2;
  };
  return solved("O14 LRC(4,2,2)", fleet, 0.1, 40.0, 1.0);
}

}  // namespace sim::testing
