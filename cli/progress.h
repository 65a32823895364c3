#pragma once

#include <chrono>
#include <string>

#include "models/fleet/run.h"

namespace cli {

/// One line without its end: "[#######---]  70 %  1,024 of 65,536 missions, 0:12 left, now ±14 %".
std::string progress_line(const models::fleet::Progress& progress);

/// Draws that line on stderr at most ten times a second and wipes it at the end.
class ProgressBar {
 public:
  enum class Show { no, yes };
  explicit ProgressBar(Show show) : show_(show) {}
  ~ProgressBar() { wipe(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// Puts lines above the bar, such as what is known at once; they go with it.
  void above(const std::string& lines);
  void update(const models::fleet::Progress& progress);
  void wipe();

 private:
  Show show_;
  bool drawn_{false};
  std::size_t lines_above_{0};
  std::chrono::steady_clock::time_point last_;
};

}  // namespace cli
