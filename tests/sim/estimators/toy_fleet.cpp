#include "tests/sim/estimators/toy_fleet.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace sim::testing {
namespace {

constexpr Seconds never{std::numeric_limits<double>::infinity()};

}  // namespace

std::vector<ToyFleet::Life> like_units(std::size_t n, const Distribution& life) {
  return std::vector<ToyFleet::Life>(n, ToyFleet::Life{life, 0, {}});
}

ToyFleet::State ToyFleet::initial(std::uint64_t replicate) const {
  State state{{}, {}, {}, {}, {}, replicate, Stream(seed, Purpose::failure)};
  for (const Life& life : lives) state.places.push_back({true, Seconds{} - life.age, never});
  state.shocks.resize(shocks.size());
  state.gone.resize(groups.size());
  refresh(state, 0);
  return state;
}

void ToyFleet::refresh(State& state, std::uint32_t branch) const {
  state.stream = Stream(seed, Purpose::failure, {state.replicate, 0, 0, branch});
  for (std::uint32_t i = 0; i < lives.size(); ++i) {
    if (state.places[i].works) draw_life(state, i);
  }
  for (std::size_t i = 0; i < shocks.size(); ++i) {
    state.shocks[i] = state.now + Seconds{state.stream.exponential() / shocks[i].per_second};
  }
}

void ToyFleet::draw_life(State& state, std::uint32_t unit) const {
  Place& place = state.places[unit];
  place.next = state.now + lives[unit].life.sample_residual(state.now - place.born, state.stream);
}

bool ToyFleet::advance(State& state, Seconds until, Change& change) const {
  const auto place =
      std::min_element(state.places.begin(), state.places.end(),
                       [](const Place& a, const Place& b) { return a.next < b.next; });
  const auto shock = std::min_element(state.shocks.begin(), state.shocks.end());
  const bool shaken = shock != state.shocks.end() && *shock < place->next;
  const Seconds next = shaken ? *shock : place->next;
  if (next > until) {
    state.now = until;
    return false;
  }
  state.now = next;
  const auto unit = static_cast<std::uint32_t>(place - state.places.begin());
  if (shaken) {
    const auto number = static_cast<std::uint32_t>(shock - state.shocks.begin());
    const Shock& what = shocks[number];
    *shock = state.now + Seconds{state.stream.exponential() / what.per_second};
    change.cause = Unit{what.event_class, static_cast<std::uint32_t>(lives.size()) + number};
    kill(state, victims(state, what, {}, state.stream), change);
  } else if (place->works) {
    change.cause = Unit{lives[unit].event_class, unit};
    kill(state, {&unit, 1}, change);
  } else {
    repaired(state, unit, change);
  }
  return true;
}

unsigned ToyFleet::pattern(const State& state, Group group) const {
  unsigned missing = 0;
  for (std::size_t i = 0; i < groups[group].size(); ++i) {
    if (!state.places[groups[group][i]].works) missing |= 1U << i;
  }
  return missing;
}

bool ToyFleet::lost(unsigned missing) const {
  return loses ? loses(missing) : std::popcount(missing) > tolerance;
}

int ToyFleet::depth(const State& state, Group group) const {
  return std::popcount(pattern(state, group));
}

void ToyFleet::kill(State& state, std::span<const std::uint32_t> units, Change& change) const {
  std::vector<int> before(groups.size());
  for (Group g = 0; g < groups.size(); ++g) before[g] = depth(state, g);
  for (const std::uint32_t unit : units) {
    Place& place = state.places[unit];
    place.works = false;
    place.next = never;
    if (order == Repair::none) continue;
    if (order == Repair::one_at_a_time) {
      state.waiting.push_back(unit);
      if (state.waiting.size() > 1) continue;
    }
    place.next = state.now + repair.sample(state.stream);
  }
  for (Group g = 0; g < groups.size(); ++g) {
    const int after = depth(state, g);
    if (state.gone[g] != 0 || after == before[g]) continue;
    if (lost(pattern(state, g))) {
      state.gone[g] = 1;
      change.lost.push_back({g, before[g], after});
      change.amounts.push_back(1.0);
    } else {
      change.deeper.push_back({g, before[g], after});
    }
  }
}

void ToyFleet::repaired(State& state, std::uint32_t unit, Change& change) const {
  for (Group g = 0; latent > 0.0 && g < groups.size(); ++g) {
    if (state.gone[g] != 0 || depth(state, g) < tolerance) continue;
    change.atoms.push_back({g, depth(state, g), latent_class, latent, latent});
    change.atom_amounts.push_back(part);
    if (state.stream.uniform() >= latent) continue;
    if (part < 1.0) {
      change.struck = true;
      continue;
    }
    state.gone[g] = 1;
    change.lost.push_back({g, depth(state, g), depth(state, g)});
    change.amounts.push_back(1.0);
  }
  Place& place = state.places[unit];
  place.works = true;
  place.born = state.now;
  draw_life(state, unit);
  change.healed = true;
  if (order != Repair::one_at_a_time) return;
  state.waiting.erase(state.waiting.begin());
  if (state.waiting.empty()) return;
  state.places[state.waiting.front()].next = state.now + repair.sample(state.stream);
}

bool ToyFleet::in_one_of(std::uint32_t unit, std::span<const Group> asked) const {
  return std::any_of(asked.begin(), asked.end(), [&](Group g) {
    return std::find(groups[g].begin(), groups[g].end(), unit) != groups[g].end();
  });
}

std::vector<std::uint32_t> ToyFleet::victims(const State& state, const Shock& shock,
                                             std::span<const std::uint32_t> certain,
                                             Stream& stream) const {
  std::vector<std::uint32_t> dead;
  // Of `certain` at least one dies: the chance of each, given that none before it did.
  std::size_t left = certain.size();
  bool hit = certain.empty();
  for (const std::uint32_t unit : certain) {
    const double none = -std::expm1(static_cast<double>(left--) * std::log1p(-shock.kills));
    const double chance = hit ? shock.kills : shock.kills / none;
    if (stream.uniform() >= chance) continue;
    hit = true;
    dead.push_back(unit);
  }
  for (const std::uint32_t unit : shock.units) {
    if (!state.places[unit].works) continue;
    if (std::find(certain.begin(), certain.end(), unit) != certain.end()) continue;
    if (stream.uniform() < shock.kills) dead.push_back(unit);
  }
  return dead;
}

double ToyFleet::inject(State& state, Unit unit, std::span<const Group> aim, Stream& stream,
                        Change& change) const {
  if (!is_shock(unit)) {
    if (!state.places[unit.index].works) return 0.0;
    kill(state, {&unit.index, 1}, change);
    return 1.0;
  }
  const Shock& shock = shock_of(unit);
  std::vector<std::uint32_t> targets;
  for (const std::uint32_t other : shock.units) {
    if (state.places[other].works && in_one_of(other, aim)) targets.push_back(other);
  }
  if (targets.empty() && !aim.empty()) return 0.0;
  kill(state, victims(state, shock, targets, stream), change);
  if (aim.empty()) return 1.0;
  return -std::expm1(static_cast<double>(targets.size()) * std::log1p(-shock.kills));
}

void ToyFleet::critical(const State& state, std::span<const Group> asked, int /*level*/,
                        std::vector<Exposed>& out) const {
  std::vector<char> in(lives.size());
  for (const Group g : asked) {
    for (const std::uint32_t unit : groups[g]) in[unit] = state.places[unit].works ? 1 : 0;
  }
  for (std::uint32_t i = 0; i < lives.size(); ++i) {
    if (in[i] != 0) out.push_back({{lives[i].event_class, i}, state.places[i].born});
  }
  for (std::uint32_t i = 0; i < shocks.size(); ++i) {
    const auto& units = shocks[i].units;
    if (std::any_of(units.begin(), units.end(), [&](std::uint32_t u) { return in[u] != 0; })) {
      const auto index = static_cast<std::uint32_t>(lives.size()) + i;
      out.push_back({{shocks[i].event_class, index}, {}});
    }
  }
}

void ToyFleet::fatal(const State& state, std::vector<Exposed>& out) const {
  std::vector<Group> on_edge;
  for (Group g = 0; g < groups.size(); ++g) {
    if (state.gone[g] == 0 && depth(state, g) >= tolerance) on_edge.push_back(g);
  }
  critical(state, on_edge, tolerance, out);
  std::erase_if(out, [&](const Exposed& e) { return is_shock(e.unit); });
  for (std::uint32_t i = 0; i < shocks.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(lives.size()) + i;
    out.push_back({{shocks[i].event_class, index}, {}});
  }
}

double ToyFleet::cumulative_hazard(const Exposed& exposed, Seconds from, Seconds to) const {
  if (is_shock(exposed.unit)) return shock_of(exposed.unit).per_second * (to - from).value;
  const Distribution& life = lives[exposed.unit.index].life;
  return life.cumulative_hazard(to - exposed.born) - life.cumulative_hazard(from - exposed.born);
}

Seconds ToyFleet::time_at(const Exposed& exposed, Seconds from, double hazard) const {
  if (is_shock(exposed.unit)) return from + Seconds{hazard / shock_of(exposed.unit).per_second};
  const Distribution& life = lives[exposed.unit.index].life;
  return exposed.born + life.time_at_hazard(life.cumulative_hazard(from - exposed.born) + hazard);
}

double ToyFleet::hazard_of_class(const State& state, std::size_t event_class, Seconds from,
                                 Seconds to) const {
  double hazard = 0.0;
  for (std::uint32_t i = 0; i < lives.size(); ++i) {
    if (!state.places[i].works || lives[i].event_class != event_class) continue;
    const Seconds born = state.places[i].born;
    hazard += cumulative_hazard({{lives[i].event_class, i}, born}, std::max(from, born), to);
  }
  for (const Shock& shock : shocks) {
    if (shock.event_class == event_class) hazard += shock.per_second * (to - from).value;
  }
  return hazard;
}

Seconds ToyFleet::start_time(const State& state, std::size_t event_class, double hazard) const {
  Seconds high = days(1);
  const bool memoryless = std::all_of(lives.begin(), lives.end(),
                                      [](const Life& life) { return life.life.memoryless(); });
  if (memoryless) {
    const double rate = hazard_of_class(state, event_class, state.now, state.now + day) / day.value;
    return rate > 0.0 ? state.now + Seconds{hazard / rate} : never;
  }
  const Seconds horizon = years(1e4);
  while (hazard_of_class(state, event_class, state.now, state.now + high) < hazard) {
    if (high > horizon) return never;
    high = 4.0 * high;
  }
  Seconds low{};
  for (int i = 0; i < 60; ++i) {
    const Seconds middle = 0.5 * (low + high);
    const bool below = hazard_of_class(state, event_class, state.now, state.now + middle) < hazard;
    (below ? low : high) = middle;
  }
  return state.now + high;
}

std::optional<Unit> ToyFleet::start_unit(const State& state, std::size_t event_class,
                                         Stream& stream) const {
  // The hazard at this instant, from the growth over a short stretch around it.
  const Seconds aside = minute;
  const Seconds from{std::max(0.0, (state.now - aside).value)};
  const Seconds to = state.now + aside;
  double mark = stream.uniform() * hazard_of_class(state, event_class, from, to);
  std::optional<Unit> found;
  for (std::uint32_t i = 0; i < lives.size() && mark >= 0.0; ++i) {
    if (!state.places[i].works || lives[i].event_class != event_class) continue;
    found = Unit{lives[i].event_class, i};
    const Seconds since = std::max(from, state.places[i].born);
    mark -= cumulative_hazard({*found, state.places[i].born}, since, to);
  }
  for (std::uint32_t i = 0; i < shocks.size() && mark >= 0.0; ++i) {
    if (shocks[i].event_class != event_class) continue;
    found = Unit{shocks[i].event_class, static_cast<std::uint32_t>(lives.size()) + i};
    mark -= shocks[i].per_second * (to - from).value;
  }
  return found;
}

bool ToyFleet::whole(const State& state) const {
  return std::all_of(state.places.begin(), state.places.end(),
                     [](const Place& place) { return place.works; });
}

}  // namespace sim::testing
