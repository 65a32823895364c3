#include "models/records/burst_sizes.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>

#include "sim/random.h"

namespace models::records {
namespace {

/// One world: each failure belongs to a parent drawn by its chances, or is the first of its burst.
std::vector<Cluster> drawn_clusters(const BurstParameters& fitted, std::size_t failures,
                                    sim::Stream& stream) {
  std::vector<std::uint32_t> root(failures);
  std::vector<Cluster> clusters;
  std::vector<std::uint32_t> number(failures);
  for (std::size_t i = 0; i < failures; ++i) {
    double left = stream.uniform();
    root[i] = static_cast<std::uint32_t>(i);
    for (std::size_t l = fitted.first_link[i]; l < fitted.first_link[i + 1]; ++l) {
      left -= fitted.links[l].chance;
      if (left >= 0) continue;
      root[i] = root[fitted.links[l].parent];
      break;
    }
    if (root[i] == i) {
      number[i] = static_cast<std::uint32_t>(clusters.size());
      clusters.emplace_back();
    }
    clusters[number[root[i]]].push_back(static_cast<std::uint32_t>(i));
  }
  return clusters;
}

/// A heart that a burst may have: how many places it stands for, and how many of the failures stand
/// in its machine, in its rack alone, and elsewhere.
struct Heart {
  double ways{};
  int machine{}, rack{}, elsewhere{};
  bool knows_rack{};
  auto operator<=>(const Heart&) const = default;
};
using Hearts = std::vector<Heart>;

Hearts hearts_of(const BurstInput& input, const Cluster& cluster) {
  const bool knows_machines = input.machines > 1;
  const bool knows_racks = input.racks > 1;
  std::map<std::uint32_t, std::uint32_t> machines;  // to their racks
  std::map<std::uint32_t, double> racks;            // machines of it that are among them
  for (const std::uint32_t i : cluster) {
    const std::uint32_t rack = knows_racks ? input.rack[i] : no_place;
    if (rack != no_place) racks.try_emplace(rack, 0);
    if (!knows_machines || input.machine[i] == no_place) continue;
    if (machines.emplace(input.machine[i], rack).second && rack != no_place) racks[rack] += 1;
  }
  Hearts hearts;
  const auto add = [&](std::uint32_t machine, std::uint32_t rack, double ways) {
    if (ways <= 0) return;
    Heart heart{.ways = ways, .knows_rack = rack != no_place};
    for (const std::uint32_t i : cluster) {
      if (machine != no_place && input.machine[i] == machine) {
        ++heart.machine;
      } else if (rack != no_place && input.rack[i] == rack) {
        ++heart.rack;
      } else {
        ++heart.elsewhere;
      }
    }
    hearts.push_back(heart);
  };
  double others = std::max(1.0, knows_machines ? input.machines : input.racks);
  const double per_rack = knows_machines && knows_racks ? input.machines / input.racks : 1;
  for (const auto& [machine, rack] : machines) add(machine, rack, 1);
  others -= static_cast<double>(machines.size());
  for (const auto& [rack, named] : racks) {
    const double ways = std::max(0.0, per_rack - named);
    add(no_place, rack, ways);
    others -= ways;
  }
  add(no_place, no_place, std::max(0.0, others));
  std::ranges::sort(hearts);
  return hearts;
}

/// Adds the failures that stand at the heart by the affinity, as far as it is known.
void add_expected(const BurstInput& input, const Hearts& hearts, double times, Affinity now,
                  Affinity& sums) {
  const double anywhere = 1 - now.machine - now.rack;
  const double by_machine = now.machine * std::max(1.0, input.machines);
  const double by_rack = now.rack * std::max(1.0, input.racks);
  double all = 0;
  Affinity sum;
  for (const Heart& heart : hearts) {
    const double rack_part = heart.knows_rack ? by_rack : 0;
    const double at_machine = by_machine + rack_part + anywhere;
    const double at_rack = by_rack + anywhere;
    const double chance = heart.ways * std::pow(at_machine, heart.machine) *
                          std::pow(at_rack, heart.rack) * std::pow(anywhere, heart.elsewhere);
    all += chance;
    if (at_machine > 0) sum.machine += chance * heart.machine * by_machine / at_machine;
    if (at_machine > 0) sum.rack += chance * heart.machine * rack_part / at_machine;
    if (at_rack > 0) sum.rack += chance * heart.rack * by_rack / at_rack;
  }
  if (!(all > 0)) return;
  sums.machine += times * sum.machine / all;
  sums.rack += times * sum.rack / all;
}

}  // namespace

Affinity affinity_of(const BurstInput& input, const std::vector<Cluster>& clusters) {
  constexpr int most_steps = 100;
  constexpr double enough = 1e-4;
  Affinity now{input.machines > 1 ? 0.3 : 0, input.racks > 1 ? 0.2 : 0};
  if (input.machines <= 1 && input.racks <= 1) return {};
  std::map<Hearts, double> alike;
  double failures = 0;
  for (const Cluster& cluster : clusters) {
    alike[hearts_of(input, cluster)] += 1;
    failures += static_cast<double>(cluster.size());
  }
  if (failures == 0) return {};
  for (int step = 0; step < most_steps; ++step) {
    Affinity sums;
    for (const auto& [hearts, times] : alike) add_expected(input, hearts, times, now, sums);
    const Affinity next{sums.machine / failures, sums.rack / failures};
    const double moved = std::abs(next.machine - now.machine) + std::abs(next.rack - now.rack);
    now = next;
    if (moved < enough) break;
  }
  return now;
}

BurstLaw law_of_bursts(const BurstInput& input, const BurstParameters& fitted, int draws,
                       std::uint64_t seed) {
  BurstLaw law;
  const std::size_t n = input.days.size();
  law.single.assign(n, 0);
  std::map<int, double> sizes;
  std::vector<Cluster> pooled;
  double squares = 0;
  double spread = 0;
  double followers = 0;
  // Affinities hardly move from world to world: few of them are enough.
  constexpr int worlds_of_affinity = 10;
  for (int draw = 0; draw < draws; ++draw) {
    sim::Stream stream(seed, sim::Purpose::records, {30'001, 0, static_cast<std::uint64_t>(draw)});
    double bursts = 0;
    for (Cluster& cluster : drawn_clusters(fitted, n, stream)) {
      if (cluster.size() == 1) {
        law.single[cluster.front()] += 1.0 / draws;
        continue;
      }
      bursts += 1;
      sizes[static_cast<int>(cluster.size())] += 1;
      for (const std::uint32_t i : cluster) spread += input.days[i] - input.days[cluster.front()];
      followers += static_cast<double>(cluster.size() - 1);
      law.in_bursts += static_cast<double>(cluster.size()) / draws;
      if (draw < worlds_of_affinity) pooled.push_back(std::move(cluster));
    }
    law.count += bursts / draws;
    squares += bursts * bursts / draws;
  }
  law.count_variance = std::max(0.0, squares - law.count * law.count);
  if (followers > 0) law.spread_days = spread / followers;
  const double all = law.count * draws;
  for (const auto& [size, count] : sizes) law.sizes.push_back({size, count / all});
  const Affinity affinity = affinity_of(input, pooled);
  law.same_machine = affinity.machine;
  law.same_rack = affinity.rack;
  return law;
}

}  // namespace models::records
