#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "models/paths/exact_availability.h"
#include "models/paths/failover_drill.h"
#include "models/paths/incidents.h"
#include "models/paths/path_results.h"
#include "models/paths/service_mission.h"
#include "sim/execution/blocks.h"
#include "sim/interval.h"
#include "sim/moments.h"

namespace models::paths {
namespace {

/// What missions of one strategy add up to, by service.
struct Sums {
  std::vector<sim::Moments> down;
  std::vector<sim::Moments> no_path;
  std::vector<std::array<double, part_kinds>> by_cause;
  std::vector<std::array<double, part_kinds>> interruptions;

  explicit Sums(std::size_t services)
      : down(services), no_path(services), by_cause(services), interruptions(services) {}
  void merge(const Sums& later) {
    for (std::size_t s = 0; s < down.size(); ++s) {
      down[s].merge(later.down[s]);
      no_path[s].merge(later.no_path[s]);
      for (std::size_t k = 0; k < part_kinds; ++k) {
        by_cause[s][k] += later.by_cause[s][k];
        interruptions[s][k] += later.interruptions[s][k];
      }
    }
  }
  void add(const std::vector<ServiceLog>& logs, Seconds length) {
    for (std::size_t s = 0; s < logs.size(); ++s) {
      down[s].add(logs[s].down() / length.value);
      no_path[s].add(logs[s].no_path_seconds / length.value);
      for (std::size_t k = 0; k < part_kinds; ++k) {
        by_cause[s][k] += logs[s].down_seconds[k];
        interruptions[s][k] += logs[s].interruptions[k];
      }
    }
  }
};

struct Nothing {};

Sums play_missions(const PathModel& model, const PathLaws& laws, const std::vector<PathRota>& rotas,
                   const scenario::Scenario& scenario, const PathOptions& options) {
  const Sums empty(model.services().size());
  sim::BlockHooks<Sums> hooks;
  hooks.stop = options.stop;
  auto result = sim::run_blocks(
      {.first = 0, .end = options.missions, .block_size = 16, .threads = options.threads}, empty,
      [] { return Nothing{}; },
      [&](std::uint64_t replicate, Nothing& /*workspace*/, Sums& sums) {
        ServiceMission mission(model, laws, *scenario.paths, options.seed, replicate,
                               ServiceMission::Failures::natural);
        mission.maintain(rotas);
        mission.play(scenario.mission);
        sums.add(mission.logs(), scenario.mission);
      },
      hooks);
  return std::move(result.accumulator);
}

sim::Estimate share_of(const sim::Moments& moments, std::string model) {
  sim::Estimate share;
  share.method = sim::Method::direct;
  share.model = std::move(model);
  share.replicates = moments.count();
  if (moments.count() == 0) {
    share.ci95 = {0, 1};  // interrupted before the first
    share.converged = false;
    return share;
  }
  if (moments.non_zero() == 0) {
    share.ci95 = sim::zero_bound(moments.count());
    share.converged = false;
    return share;
  }
  share.value = moments.mean();
  share.ci95 = sim::mean_interval(moments);
  // The rule of all figures: half-width at most 20 %.
  share.converged = (share.ci95.high - share.ci95.low) / 2 <= 0.2 * moments.mean();
  return share;
}

std::vector<ServiceResult::Cause> causes_of(const Sums& sums, std::size_t service, double years) {
  std::vector<ServiceResult::Cause> causes;
  for (std::size_t k = 0; k < part_kinds; ++k) {
    if (!(sums.interruptions[service][k] > 0)) continue;
    causes.push_back({static_cast<PartKind>(k), sums.by_cause[service][k] / 60 / years,
                      sums.interruptions[service][k] / years});
  }
  std::ranges::sort(causes, std::ranges::greater{}, &ServiceResult::Cause::minutes_per_year);
  return causes;
}

void tell_structure(const PathModel& model, const Service& service, ServiceResult& result) {
  const auto parts = model.parts_of(service);
  result.sets_of_two = static_cast<int>(parts.size() * (parts.size() - 1) / 2);
  for (const PartSet& set : fatal_sets(model, service, 2)) {
    std::string names;
    for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
      if (set.test(p)) names += (names.empty() ? "" : " + ") + model.parts()[p].name;
    }
    (set.count() == 1 ? result.single_points : result.pairs).push_back(std::move(names));
  }
  const Place host = service.places.front();
  const auto names = [&](const std::vector<std::uint32_t>& cut) {
    std::vector<std::string> all;
    for (const std::uint32_t part : cut) all.push_back(model.parts()[part].name);
    return all;
  };
  PartSet safe;
  for (const std::uint32_t part : single_points(model, host)) safe.set(part);
  result.smallest_cut = names(smallest_cut(model, host));
  result.next_cut = names(smallest_cut(model, host, safe));
}

std::vector<BandwidthRow> degraded(const PathModel& model) {
  std::vector<BandwidthRow> rows{{"nothing", bandwidth_left(model, model.all_up())}};
  std::map<std::tuple<PartKind, double, double>, std::vector<std::string>> alike;
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    const Part& part = model.parts()[p];
    if (part.vertices.empty()) continue;
    Up up = model.all_up();
    model.lose(p, up);
    const Bandwidth left = bandwidth_left(model, up);
    alike[{part.kind, left.read, left.write}].push_back(part.name);
  }
  for (const auto& [key, names] : alike) {
    const std::string more =
        names.size() > 1 ? fmt::format(" (and {} like it)", names.size() - 1) : "";
    rows.push_back({names.front() + more, {std::get<1>(key), std::get<2>(key)}});
  }
  return rows;
}

/// Adapters are the lines between hosts and fabrics; the array's parts stand in their order.
Figure figure_of(const PathModel& model, const std::vector<ServiceResult>& services) {
  static constexpr std::array columns{PartKind::host,      PartKind::fabric,   PartKind::engine,
                                      PartKind::enclosure, PartKind::software, PartKind::controller,
                                      PartKind::head,      PartKind::shelf};
  Figure figure;
  figure.columns = {"hosts",   "fabrics",     "engines", "gateways",
                    "program", "controllers", "heads",   "shelves"};
  constexpr std::size_t none = most_vertices;
  std::vector<std::size_t> node_of(model.parts().size(), none);
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    const Part& part = model.parts()[p];
    const auto* column = std::ranges::find(columns, part.kind);
    if (column == columns.end() || part.vertices.empty()) continue;
    const bool single = std::ranges::any_of(services, [&](const ServiceResult& service) {
      return std::ranges::find(service.single_points, part.name) != service.single_points.end();
    });
    node_of[p] = figure.nodes.size();
    figure.nodes.push_back({part.name, static_cast<int>(column - columns.begin()), single});
  }
  const auto node_at = [&](Place v) {
    const Vertex& vertex = model.graph()[v];
    return vertex.role == Vertex::Role::part ? node_of[vertex.part] : none;
  };
  // What is not drawn (an adapter, a link between sites) is a line through.
  const auto draw = [&](const auto& self, std::size_t from, Place v) -> void {
    for (auto [to, end] = boost::adjacent_vertices(v, model.graph()); to != end; ++to) {
      if (model.graph()[*to].role != Vertex::Role::part) continue;
      if (node_at(*to) == none) {
        self(self, from, *to);
      } else {
        figure.edges.emplace_back(from, node_at(*to));
      }
    }
  };
  for (Place v = 0; v < boost::num_vertices(model.graph()); ++v) {
    if (node_at(v) != none) draw(draw, node_at(v), v);
  }
  std::ranges::sort(figure.edges);
  figure.edges.erase(std::unique(figure.edges.begin(), figure.edges.end()), figure.edges.end());
  return figure;
}

std::string system_of(const PathModel& model) {
  const auto count = [&](PartKind kind) {
    return std::ranges::count_if(model.parts(), [&](const Part& part) {
      return part.kind == kind && !part.vertices.empty();
    });
  };
  return fmt::format(
      "{} hosts with {} adapters, {} fabrics, {} engines in {} gateways, {} array{} "
      "with {} controllers{}",
      count(PartKind::host), count(PartKind::adapter), count(PartKind::fabric),
      count(PartKind::engine), count(PartKind::enclosure), model.legs().size(),
      model.legs().size() == 1 ? "" : "s", count(PartKind::controller),
      model.legs().front().shelves.empty() ? "; an array does without its shelf"
                                           : "; an array needs its shelf");
}

StrategyPaths run_strategy(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                           const PathOptions& options) {
  const PathModel model(scenario, strategy);
  const PathLaws laws = path_laws(model, scenario, strategy);
  StrategyPaths result{.name = strategy.name, .system = system_of(model)};
  result.software_has_rate = laws[model.software()].has_value();
  const auto rotas = path_rotas(model, scenario, strategy);
  const Sums sums = play_missions(model, laws, rotas, scenario, options);
  const auto down = share_down(laws);
  const double years = sim::in_years(scenario.mission) *
                       static_cast<double>(std::max<std::uint64_t>(1, sums.down.front().count()));
  for (std::size_t s = 0; s < model.services().size(); ++s) {
    const Service& service = model.services()[s];
    ServiceResult one{.name = service.name};
    one.unavailability = share_of(sums.down[s], "paths, switching over, restarts");
    one.no_path = share_of(sums.no_path[s], "paths alone");
    // With turns of maintenance parts are not independent.
    if (rotas.empty()) one.exact_no_path = probability_down(model, service, down);
    one.causes = causes_of(sums, s, years);
    tell_structure(model, service, one);
    result.services.push_back(std::move(one));
  }
  result.incidents = play_incidents(model, laws, *scenario.paths, options);
  result.bandwidth = degraded(model);
  result.figure = figure_of(model, result.services);
  return result;
}

std::uint64_t fewest_missions(const PathResults& results) {
  std::uint64_t fewest = results.missions;
  for (const StrategyPaths& strategy : results.strategies) {
    for (const ServiceResult& service : strategy.services) {
      fewest = std::min(fewest, service.unavailability.replicates);
    }
  }
  return fewest;
}

}  // namespace

PathResults run_paths(const scenario::Scenario& scenario, const PathOptions& options) {
  PathResults results{.scenario = scenario.name,
                      .seed = options.seed,
                      .missions = options.missions,
                      .mission_years = sim::in_years(scenario.mission)};
  for (const scenario::Strategy& strategy : scenario.strategies) {
    const bool wanted =
        options.strategies.empty() ||
        std::ranges::find(options.strategies, strategy.name) != options.strategies.end();
    if (!wanted) continue;
    if (options.stop.stop_requested() && !results.strategies.empty()) break;
    results.strategies.push_back(run_strategy(scenario, strategy, options));
  }
  if (!options.stop.stop_requested()) results.claims = judge_paths(scenario, results.strategies);
  for (const FailoverDrill& each : drill_failover(
           scenario,
           {.seed = options.seed, .strategies = options.strategies, .stop = options.stop})) {
    results.drill.add(each.result);
  }
  results.interrupted = options.stop.stop_requested();
  if (results.interrupted) results.missions = fewest_missions(results);
  return results;
}

}  // namespace models::paths
