#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/quantity.h"

namespace models::records {

using sim::Seconds;

/// The time that one unit was watched, by its age: from `entry` on (above 0: it was not watched
/// before, so its life is left truncated) to `exit`, where it failed or was seen no more (right
/// censored). `units` such units.
struct Life {
  Seconds entry{};
  Seconds exit{};
  bool failed{};
  double units{1};
  Seconds born{undated};        ///< date of age 0, since 1970
  std::uint32_t unit{no_unit};  ///< of the record, if it is one alone
  /// Where it stands, by the numbers that happenings have; `no_unit` where the record does not say.
  std::uint32_t machine{no_unit}, rack{no_unit};
  bool dated() const { return born.value == born.value; }

  static constexpr double undated = std::numeric_limits<double>::quiet_NaN();
  static constexpr std::uint32_t no_unit = std::numeric_limits<std::uint32_t>::max();
};

/// What a likelihood needs of lives: at each age at which something happens, how many failed and
/// how many were watched up to it. Ages in years: sums of powers of seconds would lose digits.
class AgeTable {
 public:
  explicit AgeTable(std::span<const Life> lives);

  struct Row {
    double age{};      ///< years, above 0
    double failed{};   ///< failures at this age
    double ended{};    ///< lives that end here, failed or not, less those that begin to be watched
    double at_risk{};  ///< watched just before this age
  };
  const std::vector<Row>& rows() const { return rows_; }
  double failures() const { return failures_; }
  /// Unit-years.
  double exposure() const { return exposure_; }
  /// Of the failures, the greatest age at which one was seen; 0 without any.
  double last_failure() const;

 private:
  std::vector<Row> rows_;
  double failures_{};
  double exposure_{};
};

}  // namespace models::records
