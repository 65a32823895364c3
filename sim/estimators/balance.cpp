#include "sim/estimators/balance.h"

#include <algorithm>

#include "sim/contract.h"

namespace sim {

std::vector<double> balanced_kappa(const std::vector<double>& hazards,
                                   const std::vector<double>& promises, double starts,
                                   double floor) {
  EXPECTS(starts > 0.0 && floor >= 0.0 && floor <= 1.0);
  double total = 0.0;
  double present = 0.0;
  for (std::size_t c = 0; c < hazards.size(); ++c) {
    total += hazards[c] * promises[c];
    present += hazards[c] > 0.0 ? 1.0 : 0.0;
  }
  std::vector<double> kappa(hazards.size(), 1.0);
  for (std::size_t c = 0; c < hazards.size(); ++c) {
    if (hazards[c] <= 0.0) continue;
    const double share = (1.0 - floor) * hazards[c] * promises[c] / total + floor / present;
    kappa[c] = starts * share / hazards[c];
  }
  return kappa;
}

}  // namespace sim
