#include "tests/models/oracle/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "models/fleet/mission.h"

namespace oracle {

namespace fleet = models::fleet;
namespace scenario = models::scenario;
using models::Seconds;
using sim::Distribution;

namespace {

constexpr double fast = 1e15;  ///< bytes per second that never bind
constexpr double shard_bytes = 1e9;

/// Draws of one small system, from its number alone.
class Dice {
 public:
  explicit Dice(std::uint64_t number) : random_(number) {}
  double uniform() { return (static_cast<double>(random_() >> 12U) + 0.5) * 0x1p-52; }
  int between(int low, int high) {
    return low + std::min(high - low, static_cast<int>(uniform() * (high - low + 1)));
  }
  /// Log-uniform.
  double scale(double low, double high) { return low * std::pow(high / low, uniform()); }
  bool chance(double p) { return uniform() < p; }

 private:
  std::mt19937_64 random_;
};

Distribution law_of(Span span) {
  return span.exponential ? Distribution::exponential(sim::hours(span.hours))
                          : Distribution::fixed(sim::hours(span.hours));
}

struct CodeChoice {
  models::codes::CodeSpec spec;
  int shards;
  int data;
  int tolerance;
};

CodeChoice code_of(Dice &dice, Breadth breadth) {
  const std::array<CodeChoice, 5> choices{
      CodeChoice{{"replication", {{"copies", 2}}}, 2, 1, 1},
      CodeChoice{{"replication", {{"copies", 3}}}, 3, 1, 2},
      CodeChoice{{"reed-solomon", {{"data", 3}, {"parity", 1}}}, 4, 3, 1},
      CodeChoice{{"reed-solomon", {{"data", 4}, {"parity", 2}}}, 6, 4, 2},
      CodeChoice{{"reed-solomon", {{"data", 3}, {"parity", 3}}}, 6, 3, 3}};
  const std::array<std::size_t, 3> of_two_parities{1, 3, 4};
  if (breadth == Breadth::wide) {
    return choices[of_two_parities[static_cast<std::size_t>(dice.between(0, 2))]];
  }
  return choices[static_cast<std::size_t>(dice.between(0, 4))];
}

void set_hardware(scenario::Scenario &s, int machines, int disks_per_machine) {
  s.hardware.racks_per_site = machines;
  s.hardware.machines_per_rack = 1;
  s.hardware.disks_per_machine = disks_per_machine;
  s.hardware.disk = {"test disk", {1e15}, {fast}, {fast}};
  s.hardware.network = {{fast}, {fast}, {fast}, 1.0};
}

void set_data(scenario::Scenario &s, int data_shards) {
  s.data.objects = 100'000'000;  // a group has very many stripes
  s.data.logical = {shard_bytes * data_shards * s.strategies[0].placement.groups};
  s.data.stripe = s.data.object_size();
}

/// Compiles it, and tells the naive simulator what was laid out and how the plant orders its work.
void finish(SmallSystem &system, int disks_per_machine, std::uint64_t seed) {
  system.fleet = fleet::compile(system.scenario, system.scenario.strategies[0], seed);
  Options &o = system.options;
  o.by_group = true;
  o.whole_group = !system.fleet->by_ticket();
  o.code = &system.fleet->code();
  o.map = &system.fleet->map();
  o.shard_bytes = system.fleet->shard_bytes().value;
  for (std::uint32_t d = 0; d < system.fleet->topology().disks(); ++d) {
    o.machine_of.push_back(d / static_cast<std::uint32_t>(disks_per_machine));
  }
}

}  // namespace

SmallSystem random_system(std::uint64_t number, Detection detection, Breadth breadth) {
  const bool wide = breadth == Breadth::wide;
  Dice dice(number * 2 + (detection == Detection::some ? 1 : 0) + 1000);
  SmallSystem system;
  Options &o = system.options;
  scenario::Scenario &s = system.scenario;
  s.strategies.emplace_back();
  scenario::Strategy &strategy = s.strategies[0];
  scenario::Repair &repair = strategy.repair;

  const CodeChoice code = code_of(dice, breadth);
  strategy.code = code.spec;
  const int disks_per_machine = dice.between(1, 2);
  const int machines = code.shards * (wide ? 2 : 1) + dice.between(2, 6);
  const int disks = machines * disks_per_machine;
  const int way = wide ? 0 : dice.between(0, 3);
  const int per_disk = way == 0 ? dice.between(80, 120) : dice.between(20, 40);
  strategy.placement.groups = per_disk * disks / code.shards;
  set_hardware(s, machines, disks_per_machine);
  set_data(s, code.data);

  // Failures: rebuilds are under way for so much of the time, in all.
  o.mission = 1000;
  s.mission = sim::hours(o.mission);
  const double rebuild_hours = dice.scale(4, 20);
  const double load = dice.scale(0.1, 0.3);
  o.disk_life = disks * rebuild_hours / load;
  if (dice.chance(0.25)) o.disk_shape = dice.scale(0.8, 2);
  s.failures.disk = o.disk_shape == 1
                        ? Distribution::exponential(sim::hours(o.disk_life))
                        : Distribution::weibull(o.disk_shape, sim::hours(o.disk_life));
  if (dice.chance(0.3)) {
    o.machine_life = o.disk_life * 4;
    s.failures.machine = Distribution::exponential(sim::hours(o.machine_life));
  }
  const bool outages = dice.chance(0.4);
  if (outages) {
    o.outage_between = dice.scale(100, 400);
    o.outage = {dice.scale(1, 10), dice.chance(0.5)};
    s.failures.machine_outage =
        scenario::Outage{Distribution::exponential(sim::hours(o.outage_between)), law_of(o.outage)};
  }

  if (detection == Detection::some) o.detection = {rebuild_hours * dice.scale(0.1, 2), false};
  repair.detection.process = law_of(o.detection);
  o.replacement = {o.detection.hours + dice.scale(1, 40), dice.chance(0.3)};
  if (o.replacement.exponential) o.replacement.hours *= 2;

  const double disk_bytes = shard_bytes * per_disk;
  if (way <= 1) {
    o.pace = Options::Pace::fleet;
    o.bytes_per_hour = disk_bytes * code.data / rebuild_hours;
    s.hardware.network.core = {o.bytes_per_hour / 3600};
    o.lanes = static_cast<std::uint32_t>(machines - 1);
    if (way == 1) {
      o.lanes = 1;
      o.own_place = true;
      o.replacement = {dice.scale(1, 20), dice.chance(0.3)};
      repair.spares.kind = "technician";
    }
  } else if (way == 2) {
    o.pace = Options::Pace::lost_disk;
    o.own_place = true;
    o.replacement = {dice.scale(1, 20), dice.chance(0.3)};
    o.bytes_per_hour = disk_bytes / rebuild_hours;
    s.hardware.disk.write = {o.bytes_per_hour / 3600};
    repair.spares.kind = "technician";
  } else {
    o.pace = Options::Pace::whole;
    o.rebuild = {rebuild_hours, dice.chance(0.5)};
    repair.rebuild_time = law_of(o.rebuild);
  }
  repair.replacement = law_of(o.replacement);
  if (!wide && way == 0 && code.tolerance >= 2 && !outages && dice.chance(0.5)) {
    o.threshold = 2;
    repair.threshold = 2;
  }

  finish(system, disks_per_machine, number + 1);
  const std::array<std::string_view, 3> paces{"fleet", "lost disk", "whole"};
  system.name = fmt::format(
      "{:>3} {:<11} {:>2}x{} disks, {:>3} groups, W {:4.1f} h ({}), D {:4.1f} "
      "h, life {:5.0f} h^{:.1f}{}{}{}",
      number, o.code->name(), machines, disks_per_machine, strategy.placement.groups, rebuild_hours,
      way == 1 ? "own, fleet" : paces[static_cast<std::size_t>(o.pace)], o.detection.hours,
      o.disk_life, o.disk_shape, o.machine_life > 0 ? ", machines" : "", outages ? ", outages" : "",
      o.threshold > 1 ? ", lazy" : "");
  return system;
}

SmallSystem scripted_system(int tolerance, double detection_hours) {
  constexpr int machines = 20;
  constexpr int per_disk = 57;
  constexpr int data = 3;
  constexpr double rebuild_hours = 10;
  SmallSystem system;
  Options &o = system.options;
  scenario::Scenario &s = system.scenario;
  s.strategies.emplace_back();
  scenario::Strategy &strategy = s.strategies[0];
  strategy.code = {"reed-solomon", {{"data", data}, {"parity", tolerance}}};
  strategy.placement.groups = machines * per_disk / (data + tolerance);
  set_hardware(s, machines, 1);
  set_data(s, data);
  o.mission = 1e4;
  s.mission = sim::hours(o.mission);
  s.failures.disk = Distribution::exponential(sim::years(1e9));
  o.detection = {detection_hours, false};
  strategy.repair.detection.process = law_of(o.detection);
  o.replacement = {1e4, false};
  strategy.repair.replacement = law_of(o.replacement);
  o.bytes_per_hour = shard_bytes * per_disk * data / rebuild_hours;
  s.hardware.network.core = {o.bytes_per_hour / 3600};
  o.lanes = machines - 1;
  finish(system, 1, 1);
  system.name = fmt::format("m = {}, D/W = {}", tolerance, detection_hours / rebuild_hours);
  return system;
}

/// Keeps the depth of every group, from what the mission tells and from its
/// state.
class PlantPlayer::Watcher final : public fleet::Observer {
 public:
  explicit Watcher(const SmallSystem &system)
      : system_(system), mission_(system.fleet, 1), homes_(system.fleet->map().width()) {
    mission_.watch(this);
  }

  Played play(std::uint64_t replicate) {
    changes_.clear();
    depth_.assign(system_.fleet->map().groups(), 0);
    gone_.assign(depth_.size(), 0);
    state_ = mission_.initial(replicate);
    fleet::Outcome outcome;
    std::uint32_t seen = 0;
    while (mission_.advance(state_, system_.fleet->mission(), outcome)) {
      for (; seen < state_.next_incident; ++seen) note_loss(seen);
    }
    Played played;
    played.lost = outcome.groups_lost;
    book_causes(outcome, played);
    played.repair_bytes = outcome.repair_bytes;
    played.unavailable_hours = outcome.unreadable_group_seconds / 3600;
    played.failures = static_cast<double>(outcome.disks_lost);
    played.hours = hours();
    return played;
  }

  double lost_by(const std::vector<std::pair<double, std::uint32_t>> &script) {
    depth_.assign(system_.fleet->map().groups(), 0);
    gone_.assign(depth_.size(), 0);
    state_ = mission_.initial(scripts_);
    fleet::Outcome outcome;
    const auto &classes = system_.fleet->classes();
    const auto entry = std::ranges::find(classes, fleet::Harm::permanent, &fleet::EventClass::harm);
    sim::Stream stream(1, sim::Purpose::test, {scripts_++, 0, 0, 0});
    for (const auto &[at, disk] : script) {
      while (mission_.advance(state_, sim::hours(at), outcome)) {
      }
      double probability = 1;
      mission_.strike(state_, *entry, disk, {}, stream, outcome, probability);
    }
    return outcome.groups_lost;
  }

  void saw(Seconds /*at*/, std::string_view /*kind*/, std::string_view /*unit*/,
           std::string_view /*text*/) override {}
  void made_whole(Seconds at, std::uint32_t group) override { note(at, group); }

 private:
  struct Change {
    double at{};
    std::uint32_t group{};
    int step{};  ///< shards missing more than before; lost if it is `lost`
  };
  static constexpr int lost = 1000;

  void note_loss(std::uint32_t id) {
    const auto incident = std::ranges::find(state_.incidents, id, &fleet::Incident::id);
    const std::uint32_t width = system_.fleet->map().width();
    if (incident != state_.incidents.end()) {
      for (const std::uint32_t shard : *incident->shards) note(state_.now, shard / width);
      return;
    }
    // It held nothing, or all that it held was lost with it.
    for (std::uint32_t g = 0; g < depth_.size(); ++g) note(state_.now, g);
  }
  void note(Seconds at, std::uint32_t group) {
    if (gone_[group] != 0) return;
    const double when = at.value / 3600;
    if (state_.gone.find(group) != nullptr) {
      gone_[group] = 1;
      changes_.push_back({when, group, lost});
      return;
    }
    mission_.homes(state_, group, homes_);
    const auto now = static_cast<int>(std::ranges::count(homes_, models::repair::no_disk));
    if (now != depth_[group]) changes_.push_back({when, group, now - depth_[group]});
    depth_[group] = now;
  }
  /// What was told late is put in its place first.
  std::vector<double> hours() {
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const Change &a, const Change &b) { return a.at < b.at; });
    std::vector<double> hours(homes_.size() + 1);
    std::vector<double> since(depth_.size(), 0.0);
    std::vector<int> depth(depth_.size(), 0);
    const auto book = [&](std::uint32_t g, double until) {
      if (depth[g] < lost)
        hours[static_cast<std::size_t>(std::max(0, depth[g]))] += until - since[g];
      since[g] = until;
    };
    for (const Change &change : changes_) {
      book(change.group, change.at);
      depth[change.group] += change.step;
    }
    for (std::uint32_t g = 0; g < depth.size(); ++g) book(g, system_.options.mission);
    return hours;
  }
  void book_causes(const fleet::Outcome &outcome, Played &played) const {
    played.lost_to_errors = outcome.lost_to_latent_errors;
    for (std::size_t f = 0; f < outcome.lost_by_family.size(); ++f) {
      const bool machine = system_.fleet->families()[f].kind == models::topology::UnitKind::machine;
      (machine ? played.lost_to_machines : played.lost_to_disks) += outcome.lost_by_family[f];
    }
  }

  const SmallSystem &system_;
  fleet::Mission mission_;
  fleet::State state_;
  std::vector<std::uint32_t> homes_;
  std::vector<int> depth_;
  std::vector<char> gone_;
  std::vector<Change> changes_;
  std::uint64_t scripts_{};
};

PlantPlayer::PlantPlayer(const SmallSystem &system) : watcher_(std::make_unique<Watcher>(system)) {}
PlantPlayer::~PlantPlayer() = default;
double PlantPlayer::lost_by(const std::vector<std::pair<double, std::uint32_t>> &script) {
  return watcher_->lost_by(script);
}
Played PlantPlayer::play(std::uint64_t replicate) { return watcher_->play(replicate); }

double Comparison::z() const {
  const double a = plant.standard_error();
  const double b = naive.standard_error();
  const double both = std::sqrt(a * a + b * b);
  return both > 0 ? (plant.mean() - naive.mean()) / both : 0.0;
}

std::vector<Comparison> compare(const SmallSystem &system, std::uint64_t missions) {
  const auto deepest = static_cast<std::size_t>(system.options.code->tolerance());
  std::vector<Comparison> figures{{"lost to disks", {}, {}},  {"lost to machines", {}, {}},
                                  {"lost to errors", {}, {}}, {"repair bytes", {}, {}},
                                  {"unavailable", {}, {}},    {"failures", {}, {}}};
  for (std::size_t d = 1; d <= deepest; ++d)
    figures.push_back({fmt::format("hours at {}", d), {}, {}});
  const auto add = [&](const Played &played, sim::Moments Comparison::*world) {
    const double values[] = {played.lost_to_disks, played.lost_to_machines,  played.lost_to_errors,
                             played.repair_bytes,  played.unavailable_hours, played.failures};
    for (std::size_t i = 0; i < std::size(values); ++i) (figures[i].*world).add(values[i]);
    for (std::size_t d = 1; d <= deepest; ++d) {
      (figures[std::size(values) + d - 1].*world).add(played.hours[d]);
    }
  };
  PlantPlayer plant(system);
  for (std::uint64_t r = 0; r < missions; ++r) add(plant.play(r), &Comparison::plant);
  for (std::uint64_t r = 0; r < missions; ++r) add(play(system.options, r), &Comparison::naive);
  std::erase_if(figures,
                [](const Comparison &c) { return c.plant.mean() == 0 && c.naive.mean() == 0; });
  return figures;
}

std::string describe(const SmallSystem &system, const std::vector<Comparison> &figures) {
  std::string text = system.name + "\n";
  for (const Comparison &c : figures) {
    text += fmt::format(
        "    {:<17} plant {:10.5g} +-{:.2g}  naive {:10.5g} "
        "+-{:.2g}  z {:+.2f}\n",
        c.figure, c.plant.mean(), c.plant.standard_error(), c.naive.mean(),
        c.naive.standard_error(), c.z());
  }
  return text;
}

}  // namespace oracle
