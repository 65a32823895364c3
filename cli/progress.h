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

  void update(const models::fleet::Progress& progress);
  void wipe();

 private:
  Show show_;
  bool drawn_{false};
  std::chrono::steady_clock::time_point last_;
};

}  // namespace cli
