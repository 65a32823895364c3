#pragma once

#include <cstdint>
#include <string>

#include "sim/estimate.h"

namespace reports {

/// How the figure of an Estimate is written.
enum class Form {
  nines,        ///< 11.42; the interval in nines
  probability,  ///< 4.6e-05
  year_share,   ///< a share of time, written as time in a year: "38 s/year"
  share,        ///< a share, in percent
  hours,        ///< 0.123, without unit
  bytes,        ///< "1.20 TB", decimal prefixes
  factor,       ///< "1.50x"
  money,        ///< 55.20, without currency
  number        ///< three significant digits
};

/// A figure is never naked: what it is, and how certain it is.
struct EstimateText {
  std::string figure;     ///< "11.42", "11 ?" if not converged, ">= 9.8" if only a bound is known
  std::string certainty;  ///< "±8 %", "[2.1e-13, 4.0e-13]", "95 % bound"; empty when exact
};

/// Bounds are rounded to the safe side: a lower bound down, an upper bound up. A figure that did
/// not converge ends in " ?". Uneven intervals of hours and bytes are told by their wider side.
EstimateText estimate_text(const sim::Estimate& estimate, Form form);

/// Both on one line: "11.42 (±8 %)".
std::string on_one_line(const EstimateText& text);

/// A plain number in a form; infinity is "unlimited", not-a-number is "not known".
std::string value_text(double value, Form form);

/// 65536 as "65,536".
std::string grouped(std::uint64_t number);

/// "0.4 s", "38 s", "12 min", "4.2 h", "3.1 days". @pre seconds >= 0
std::string duration_text(double seconds);

/// The shortest decimal that reads back as the same double; for files. Infinity and not-a-number
/// give an empty string.
std::string exact_text(double value);

}  // namespace reports
