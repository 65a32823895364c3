#include <algorithm>
#include <cmath>

#include "tests/sim/estimators/oracles.h"

namespace sim::testing {
namespace {

constexpr double repair_years = 0.1;
constexpr double mission_years = 2.0;

Distribution wearing_life() { return Distribution::weibull(2.0, years(1.5)); }

/// P(loss) of the mirror with time cut into steps of repair_years / `fine`: over the ages of both
/// units, where the negative age of a unit under repair is what is left of the repair.
double by_steps(int fine) {
  const double step = repair_years / fine;
  const int steps = static_cast<int>(std::lround(mission_years / step));
  const Distribution life = wearing_life();
  std::vector<double> dies(static_cast<std::size_t>(steps) + 1);
  for (int i = 0; i <= steps; ++i) {
    dies[static_cast<std::size_t>(i)] = -std::expm1(life.cumulative_hazard(years(i * step)) -
                                                    life.cumulative_hazard(years((i + 1) * step)));
  }
  const auto size = static_cast<std::size_t>(steps) + 1;
  const auto row = [&](std::size_t a, std::size_t b) { return a * size + b; };
  // both[a][b]: both work, ages a >= b; down[r][b]: one is repaired, r steps left, other of age b.
  std::vector<double> both(size * size);
  std::vector<double> down((static_cast<std::size_t>(fine) + 1) * size);
  both[row(0, 0)] = 1.0;
  double lost = 0.0;
  for (int t = 0; t < steps; ++t) {
    std::vector<double> next_both(size * size);
    std::vector<double> next_down(down.size());
    const auto reached = static_cast<std::size_t>(t);
    for (std::size_t a = 0; a <= reached; ++a) {
      for (std::size_t b = 0; b <= a; ++b) {
        const double p = both[row(a, b)];
        if (p == 0.0) continue;
        const double x = dies[a];
        const double y = dies[b];
        lost += p * x * y;
        next_both[row(a + 1, b + 1)] += p * (1.0 - x) * (1.0 - y);
        // In the middle of the step, in the mean: half the repair's first step is over.
        next_down[static_cast<std::size_t>(fine) * size + b + 1] += p * x * (1.0 - y);
        next_down[static_cast<std::size_t>(fine) * size + a + 1] += p * y * (1.0 - x);
      }
    }
    for (std::size_t r = 1; r <= static_cast<std::size_t>(fine); ++r) {
      for (std::size_t b = 0; b <= reached; ++b) {
        const double p = down[r * size + b];
        if (p == 0.0) continue;
        lost += p * dies[b];
        if (r > 1) {
          next_down[(r - 1) * size + b + 1] += p * (1.0 - dies[b]);
        } else {
          next_both[row(b + 1, 0)] += p * (1.0 - dies[b]);
        }
      }
    }
    both.swap(next_both);
    down.swap(next_down);
  }
  return lost;
}

}  // namespace

Oracle ageing_mirror() {
  ToyFleet fleet;
  fleet.lives = like_units(2, wearing_life());
  fleet.groups = {{0, 1}};
  fleet.tolerance = 1;
  fleet.repair = Distribution::fixed(years(repair_years));
  // Errors of the first and second order in the step are taken out (Richardson).
  const double coarse = by_steps(4);
  const double middle = by_steps(8);
  const double fine = by_steps(16);
  const double loss = (8.0 * fine - 6.0 * middle + coarse) / 3.0;
  return {"O10 ageing mirror, fixed repair", fleet, years(mission_years), loss, loss};
}

}  // namespace sim::testing
