#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "models/units.h"
#include "sim/distribution.h"

namespace models::scenario {

/// What an error tells of the disk that caused it.
enum class ErrorReports {
  none,    ///< nothing: the stripe takes another disk, and nobody hears of it
  count,   ///< the disk is reported with the error that makes them so many
  report,  ///< the disk is reported at once
};
std::span<const std::pair<ErrorReports, std::string_view>> all_error_reports();

/// What a scrubber tells of a dead disk that it comes to read.
enum class ScrubReports { none, report };
std::span<const std::pair<ScrubReports, std::string_view>> all_scrub_reports();

/// How a failure becomes known. Until then nobody plans by it.
struct Detection {
  /// From a failure to its report, as heartbeats or a health check tell it.
  sim::Distribution process = sim::Distribution::fixed({0});
  /// From the beginning of an absence to its report; empty: at once.
  std::optional<sim::Distribution> absence{};
  ErrorReports read_error{ErrorReports::none};
  ErrorReports write_error{ErrorReports::none};
  int errors{10};                   ///< counted ones on one disk, that make a report
  std::optional<Seconds> within{};  ///< these must come in so long a time; empty: in any
  ScrubReports scrub{ScrubReports::none};
  PerYear client_rate{};   ///< at which clients meet a dead disk and report it; 0: they do not
  PerYear false_alarms{};  ///< of each machine: it is reported away, and is not
  std::optional<sim::Distribution> false_alarm_lasts{};  ///< set where there are any
  bool hears_errors() const {
    return read_error != ErrorReports::none || write_error != ErrorReports::none;
  }
  /// From a failure to its report, on average, if no rebuild meets it. Exact where neither clients
  /// nor the scrubber report, and where the process takes a fixed time.
  /// @param reading  between two readings of a disk by a scrubber that reports; 0: none does
  Seconds mean(Seconds reading = {}) const;
};

}  // namespace models::scenario
