#include "models/analytic/figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "models/analytic/chain.h"

namespace models::analytic {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int largest_enumerated = 20;  // 2^20 patterns

// share[i]: part of the patterns of i erasures that can be read; ends before the first zero.
std::vector<double> readable_shares(const codes::Code& code) {
  const int n = code.shape().total();
  const auto sure = static_cast<std::size_t>(code.tolerance()) + 1;
  if (code.tolerance() == code.shape().parity || n > largest_enumerated) {
    return std::vector<double>(sure, 1.0);
  }
  std::vector<double> good(static_cast<std::size_t>(n) + 1);
  std::vector<double> all(good.size());
  for (unsigned bits = 0; bits < (1U << n); ++bits) {
    const codes::ShardSet erased(bits);
    all[erased.count()] += 1;
    if (code.recoverable(erased)) good[erased.count()] += 1;
  }
  std::vector<double> share;
  for (std::size_t i = 0; i < good.size() && good[i] > 0; ++i) share.push_back(good[i] / all[i]);
  return share;
}

// One group; in years. A recoverable pattern grows into another with chance share[i+1] / share[i].
AbsorbingChain group_chain(const std::vector<double>& share, int n, double loss, double repair) {
  const auto states = static_cast<Eigen::Index>(share.size());
  AbsorbingChain chain{Eigen::MatrixXd::Zero(states, states), Eigen::VectorXd::Zero(states)};
  for (Eigen::Index i = 0; i < states; ++i) {
    const double rate = static_cast<double>(n - i) * loss;
    const auto at = static_cast<std::size_t>(i);
    const double next = i + 1 < states ? share[at + 1] / share[at] : 0.0;
    if (i + 1 < states) chain.rates(i, i + 1) = rate * next;
    if (i > 0) chain.rates(i, i - 1) = static_cast<double>(i) * repair;
    chain.absorb(i) = rate * (1.0 - next);
  }
  return chain;
}

double log_choose(int n, int k) {
  return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

// P(unreadable) with independent shards, each unreachable with probability u.
double unreadable(const std::vector<double>& share, int n, double u) {
  if (!(u > 0)) return 0;
  if (u >= 1) return 1;
  double sum = 0;
  for (int i = n; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    const double bad = at < share.size() ? 1.0 - share[at] : 1.0;
    if (bad > 0)
      sum += bad * std::exp(log_choose(n, i) + i * std::log(u) + (n - i) * std::log1p(-u));
  }
  return std::min(sum, 1.0);
}

std::string describe(const codes::Code& code) {
  const bool exact =
      code.tolerance() == code.shape().parity || code.shape().total() <= largest_enumerated;
  return std::string(
             "Markov chain per placement group: constant loss rates, parallel exponential "
             "repair, independent groups; ") +
         (exact ? "erasure patterns counted exactly; "
                : "patterns beyond the guaranteed tolerance counted as lost; ") +
         "unavailability binomial over independent shards";
}

}  // namespace

ChainFigures chain_figures(const ChainInputs& in) {
  const int n = in.code->shape().total();
  const std::vector<double> share = readable_shares(*in.code);
  const double repair_years = sim::in_years(in.shard_repair);
  const bool instant = !(repair_years > 0) && in.code->tolerance() > 0;
  const double loss = instant ? 0.0 : in.disk_loss.value;
  const AbsorbingChain chain =
      group_chain(share, n, loss, repair_years > 0 ? 1.0 / repair_years : 0.0);
  const double mttdl = loss > 0 ? mean_time(chain) : infinity;
  const double stripe_loss = -std::expm1(-1.0 / mttdl);
  const double mission = sim::in_years(in.mission);
  const double by_end = mission > 0 ? absorbed_by(chain, mission) : 0.0;
  const double yearly = by_end > 0 ? -std::expm1(std::log1p(-by_end) / mission) : 0.0;

  ChainFigures out;
  out.annual_object_loss = -std::expm1(-in.stripes_per_object / mttdl);
  out.durability_nines =
      out.annual_object_loss > 0 ? -std::log10(out.annual_object_loss) : infinity;
  out.annual_loss_probability =
      yearly > 0 && in.groups > 0 ? -std::expm1(in.groups * std::log1p(-yearly)) : 0.0;
  out.mttdl_years = in.groups > 0 ? mttdl / in.groups : infinity;
  out.nomdl_bytes_per_tb_year = stripe_loss * terabyte.value;
  out.data_unavailability = unreadable(share, n, in.disk_unavailability);
  out.model = describe(*in.code);
  return out;
}

}  // namespace models::analytic
