#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "models/input/fields.h"
#include "sim/quantity.h"

/// The parts that all_sections() is joined from.
namespace models::scenario {

std::span<const Section> system_sections();        ///< root, data, failures
std::span<const Section> repair_sections();        ///< repair
std::span<const Section> disk_sections();          ///< bursts of disks, models of a mixed fleet
std::span<const Section> hardware_sections();      ///< of the scenario and of a strategy
std::span<const Section> strategy_sections();      ///< strategies, claims
std::span<const Section> integrity_sections();     ///< latent errors, scrubbing
std::span<const Section> path_sections();          ///< paths
std::span<const Section> price_sections();         ///< prices
std::span<const Section> lifecycle_sections();     ///< what moves data, copies and restores them
std::span<const Section> distribution_sections();  ///< one per kind of distribution

/// The names in a table of choices.
template <class Choice>
std::vector<std::string_view> names_of(
    std::span<const std::pair<Choice, std::string_view>> choices) {
  std::vector<std::string_view> names;
  for (const auto& [choice, name] : choices) names.push_back(name);
  return names;
}

/// Those of all_orders(), all_error_reports(), ...
std::vector<std::string_view> order_names();
std::vector<std::string_view> error_report_names();
std::vector<std::string_view> scrub_report_names();
std::vector<std::string_view> traffic_names();
std::vector<std::string_view> sharing_names();
std::vector<std::string_view> new_disk_names();

/// Bounds are those within which the arithmetic is exact enough and a typing error is likely
/// outside: decisions, not measurements.
namespace bounds {
inline constexpr double one_byte = 1;
inline constexpr double exabyte = 1e18;
inline constexpr double most_data = 1e21;
inline constexpr double second = 1;
inline constexpr double thousand_years = 1000 * sim::year.value;
inline constexpr double most_rate = 1e15;   ///< bytes per second
inline constexpr double most_name = 80;     ///< characters; a table has 80 columns
inline constexpr double most_prose = 4000;  ///< characters
}  // namespace bounds

}  // namespace models::scenario
