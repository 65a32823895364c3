#include "models/fleet/cuts.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace models::fleet {

namespace {

std::string replicates_words(std::string_view figure, sim::Ended ended, std::uint64_t first,
                             std::uint64_t count, const std::string& options) {
  const std::string_view why =
      ended == sim::Ended::cancelled ? "it was asked to stop" : "the time was up";
  if (count == 0) return fmt::format("{}: {} before a replicate was over", figure, why);
  return fmt::format(
      "{}: {} after replicates {}:{} of a stage, on which it rests; the same with{} --replicates "
      "{}:{}",
      figure, why, first, first + count, options, first, first + count);
}

bool cut(sim::Ended ended) {
  return ended == sim::Ended::cancelled || ended == sim::Ended::out_of_time;
}

}  // namespace

void add_cuts(const RareRun* loss, const ReachRun* reach, const RunOptions& options,
              StrategyResult& strategy) {
  if (loss != nullptr && cut(loss->ended)) {
    std::string same;
    if (!loss->by_pilot) same = " --method " + to_string(loss->method);
    // The pilot's settings depend on it.
    if (loss->by_pilot && options.precision)
      same = fmt::format(" --precision {}", *options.precision);
    strategy.warnings.push_back(
        replicates_words("rare loss", loss->ended, loss->first, loss->tally.replicates(), same));
  }
  if (reach != nullptr && cut(reach->ended)) {
    strategy.warnings.push_back(replicates_words("time out of reach", reach->ended, reach->first,
                                                 reach->tally.replicates(), {}));
  }
}

}  // namespace models::fleet
