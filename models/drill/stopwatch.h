#pragma once

#include <ctime>

namespace models::drill {

/// Adds the processor seconds of this thread during its life to a sum: what else the machine does
/// meanwhile, and waiting for disks, does not count.
class Stopwatch {
 public:
  explicit Stopwatch(double& sum) : sum_(sum) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { sum_ += seconds() - start_; }

 private:
  static double seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

  double& sum_;
  double start_{seconds()};
};

}  // namespace models::drill
