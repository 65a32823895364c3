#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/planning/search.h"
#include "sim/interval.h"

namespace models::planning {

/// What one input in doubt does to the recommended design.
struct Swing {
  std::string input;
  std::string low;   ///< the input at 2.5 % of its law
  std::string high;  ///< ... at 97.5 %
  double cost_low{};
  double cost_high{};
  double nines_low{};  ///< by the chain
  double nines_high{};
};

/// The plan with one design left to choose, and everything else as stated.
Plan focused(const Plan& plan, const Design& design);

/// Failure rate, growth, prices, detection and what else the plan gives a range for, and the rate
/// of rebuilds; strongest on cost first. Empty if no range is given.
std::vector<Swing> tornado(const Plan& plan, const Design& design);

/// Net present value over draws of all inputs in doubt at once.
struct CostRange {
  sim::Interval net_present;  ///< 2.5 % to 97.5 %
  double median{};
  std::size_t draws{};
  std::size_t refused{};  ///< draws with which the plan is none
};
std::optional<CostRange> cost_range(const Plan& plan, const Design& design, std::size_t draws,
                                    std::uint64_t seed);

/// What would have to be true for a provider's cloud to cost as little.
struct BreakEven {
  std::string input;
  std::optional<double> factor;  ///< times the stated value; none between 1/100 and 100
};
struct CloudAnswer {
  double cloud{};  ///< net present value of the cheapest design without machines
  double own{};
  std::string design;
  std::vector<BreakEven> inputs;
};
/// Empty if the price book has no cloud.
std::optional<CloudAnswer> cloud_answer(const Plan& plan, const Design& design);

}  // namespace models::planning
