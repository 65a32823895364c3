#include <fmt/format.h>

#include <algorithm>

#include "models/fleet/mission.h"
#include "models/fleet/run.h"
#include "models/input/validate.h"

namespace models::fleet {

namespace {

class Recorder final : public Observer {
 public:
  explicit Recorder(MissionLog& log) : log_(log) {}
  void saw(Seconds at, std::string_view kind, std::string_view unit,
           std::string_view text) override {
    log_.lines.push_back(
        {sim::in_years(at), std::string(kind), std::string(unit), std::string(text)});
  }

 private:
  MissionLog& log_;
};

/// The strategy of that name in a scenario that can be played, or why there is none.
scenario::Checked<const scenario::Strategy*> playable(const scenario::Scenario& scenario,
                                                      std::string_view strategy) {
  for (const scenario::Diagnostic& fault : scenario::validate(scenario)) {
    if (fault.severity == scenario::Diagnostic::Severity::error) {
      return scenario::Diagnostics{fault};
    }
  }
  const auto found =
      std::find_if(scenario.strategies.begin(), scenario.strategies.end(),
                   [&](const scenario::Strategy& candidate) { return candidate.name == strategy; });
  if (found == scenario.strategies.end()) {
    return scenario::Diagnostics{{scenario.file,
                                  0,
                                  "/strategies",
                                  fmt::format("there is no strategy \"{}\"", strategy),
                                  {}}};
  }
  return &*found;
}

}  // namespace

scenario::Checked<MissionLog> explain(const scenario::Scenario& scenario, std::string_view strategy,
                                      std::uint64_t seed, std::uint64_t mission) {
  const auto found = playable(scenario, strategy);
  if (!found) return found.diagnostics();
  MissionLog log;
  log.strategy = found.value()->name;
  log.mission = mission;
  Mission player(compile(scenario, *found.value(), seed), seed);
  Recorder recorder(log);
  player.watch(&recorder);
  State state = player.initial(mission);
  const Outcome outcome = player.play(state);
  std::stable_sort(log.lines.begin(), log.lines.end(),
                   [](const LogLine& a, const LogLine& b) { return a.time_years < b.time_years; });
  log.lost = outcome.first_loss.has_value();
  log.summary.push_back(
      log.lost ? fmt::format("data lost: {:.4g} placement groups, the first after {:.4g} years",
                             outcome.groups_lost, sim::in_years(*outcome.first_loss))
               : std::string("no data lost"));
  log.summary.push_back(fmt::format("{} disks lost, {} outages, {} rebuilds, {} events",
                                    outcome.disks_lost, outcome.outages, outcome.rebuilds,
                                    outcome.events));
  log.summary.push_back(fmt::format("{:.3g} TB read by rebuilds, {:.3g} TB across racks",
                                    outcome.repair_bytes / 1e12, outcome.cross_rack_bytes / 1e12));
  return log;
}

scenario::Checked<LossSearch> find_loss(const scenario::Scenario& scenario,
                                        std::string_view strategy, std::uint64_t seed,
                                        std::uint64_t first, std::uint64_t most,
                                        const std::function<void(std::uint64_t)>& progress,
                                        const std::stop_token& stop) {
  const auto found = playable(scenario, strategy);
  if (!found) return found.diagnostics();
  Mission player(compile(scenario, *found.value(), seed), seed);
  player.ignore_reach();
  LossSearch search;
  while (search.played < most && !stop.stop_requested()) {
    const std::uint64_t mission = first + search.played++;
    State state = player.initial(mission);
    if (player.play(state).first_loss) {
      search.mission = mission;
      break;
    }
    if (progress) progress(search.played);
  }
  return search;
}

}  // namespace models::fleet
