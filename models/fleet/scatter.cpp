#include "models/fleet/scatter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace models::fleet {

namespace {

/// log of the number of ways to choose k of n.
double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

}  // namespace

bool Scatter::matters() const {
  constexpr double likely = 0.5;  // then more groups change little
  constexpr double little = 1.5;
  if (!(in_groups < likely)) return false;
  return stripes == 0 || ratio() > little;
}

Scatter scatter_of(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                   const codes::Code& code) {
  Scatter scatter;
  scatter.failures = code.tolerance() + 1;
  scatter.groups = strategy.placement.groups;
  const Bytes stripe = scenario.data.stripe;
  if (stripe > Bytes{}) scatter.stripes = std::max(scatter.groups, scenario.data.logical / stripe);
  const auto disks = static_cast<double>(scenario.hardware_of(strategy).disks());
  // Of one set of disks: each group holds it with this chance, independently of the others.
  const double log_share =
      log_choose(code.shape().total(), scatter.failures) - log_choose(disks, scatter.failures);
  const auto meets = [&](double groups) {
    return -std::expm1(groups * std::log1p(-std::exp(std::min(log_share, -1e-12))));
  };
  scatter.in_groups = meets(scatter.groups);
  scatter.in_stripes = meets(std::max(scatter.stripes, scatter.groups));
  return scatter;
}

std::string scatter_text(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                         const codes::Code& code) {
  if (strategy.placement.kind != "declustered") return {};
  const Scatter scatter = scatter_of(scenario, strategy, code);
  if (!scatter.matters()) return {};
  std::string text = fmt::format(
      "P(any loss) hangs on the number of groups: {} disks out at once share one of the {:.0f} "
      "groups with chance {:.2g}",
      scatter.failures, scatter.groups, scatter.in_groups);
  if (scatter.stripes > 0) {
    text += fmt::format(
        "; were each of the {:.2g} stripes placed by itself it would be {:.2g}, and P(any loss) up "
        "to {:.2g} times as high",
        scatter.stripes, scatter.in_stripes, scatter.ratio());
  }
  return text + "; the expected loss does not depend on it";
}

}  // namespace models::fleet
