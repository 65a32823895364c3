#include "models/analytic/chain.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/contract.h"

namespace models::analytic {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Exit rate of state i towards transient states below `count` and to absorption.
double exit_rate(const AbsorbingChain& chain, Eigen::Index i, Eigen::Index count) {
  double sum = chain.absorb(i);
  for (Eigen::Index j = 0; j < count; ++j) {
    if (j != i) sum += chain.rates(i, j);
  }
  return sum;
}

void make_rows_sum_to_one(Eigen::MatrixXd& p) {
  for (Eigen::Index i = 0; i < p.rows(); ++i) p.row(i) /= p.row(i).sum();
}

// The jump matrix of the chain uniformised at rate 2 q: its diagonal is at least 1/2, so that the
// one difference in it is harmless. The last state is the absorbing one.
Eigen::MatrixXd jump_matrix(const AbsorbingChain& chain, double rate) {
  const Eigen::Index n = chain.absorb.size();
  Eigen::MatrixXd jump = Eigen::MatrixXd::Zero(n + 1, n + 1);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) jump(i, j) = chain.rates(i, j) / rate;
    jump(i, n) = chain.absorb(i) / rate;
    jump(i, i) = 1.0 - exit_rate(chain, i, n) / rate;
  }
  jump(n, n) = 1.0;
  return jump;
}

}  // namespace

BirthDeath k_of_n(int n, int tolerated, double loss, double repair, Repair mode) {
  EXPECTS(0 <= tolerated && tolerated < n);
  BirthDeath chain;
  for (int missing = 0; missing <= tolerated; ++missing) {
    const int crews = mode == Repair::parallel ? missing : std::min(missing, 1);
    chain.up.push_back((n - missing) * loss);
    chain.down.push_back(crews * repair);
  }
  return chain;
}

AbsorbingChain birth_death(std::span<const double> up, std::span<const double> down) {
  EXPECTS(!up.empty() && up.size() == down.size());
  const auto n = static_cast<Eigen::Index>(up.size());
  AbsorbingChain chain{Eigen::MatrixXd::Zero(n, n), Eigen::VectorXd::Zero(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (i + 1 < n) chain.rates(i, i + 1) = up[at];
    if (i > 0) chain.rates(i, i - 1) = down[at];
  }
  chain.absorb(n - 1) = up.back();
  return chain;
}

double birth_death_mean_time(std::span<const double> up, std::span<const double> down) {
  EXPECTS(!up.empty() && up.size() == down.size());
  double step = 0;
  double sum = 0;
  for (std::size_t i = 0; i < up.size(); ++i) {
    if (!(up[i] > 0)) return infinity;
    step = i == 0 ? 1.0 / up[i] : (1.0 + down[i] * step) / up[i];
    sum += step;
  }
  return sum;
}

double mean_time(AbsorbingChain chain) {
  Eigen::VectorXd time = Eigen::VectorXd::Ones(chain.absorb.size());
  for (Eigen::Index s = chain.absorb.size() - 1; s > 0; --s) {
    const double out = exit_rate(chain, s, s);
    for (Eigen::Index i = 0; i < s; ++i) {
      if (!(chain.rates(i, s) > 0)) continue;
      if (!(out > 0)) return infinity;
      const double share = chain.rates(i, s) / out;
      for (Eigen::Index j = 0; j < s; ++j) chain.rates(i, j) += share * chain.rates(s, j);
      chain.absorb(i) += share * chain.absorb(s);
      time(i) += share * time(s);
    }
  }
  return chain.absorb(0) > 0 ? time(0) / chain.absorb(0) : infinity;
}

double absorbed_by(const AbsorbingChain& chain, double t) {
  EXPECTS(t >= 0 && std::isfinite(t));
  const Eigen::Index n = chain.absorb.size();
  double fastest = 0;
  for (Eigen::Index i = 0; i < n; ++i) fastest = std::max(fastest, exit_rate(chain, i, n));
  if (!(fastest > 0) || t == 0) return 0;
  const double rate = 2 * fastest;
  const int doublings = std::max(0, std::ilogb(rate * t) + 1);
  const double step = std::ldexp(rate * t, -doublings);  // < 1
  const Eigen::MatrixXd jump = jump_matrix(chain, rate);
  Eigen::MatrixXd term = Eigen::MatrixXd::Identity(n + 1, n + 1);
  Eigen::MatrixXd p = term;
  // The first n terms may be the first to reach absorption; 24 more fall below 1/24! of those.
  for (Eigen::Index k = 1; k <= n + 24; ++k) {
    term = (term * jump * (step / static_cast<double>(k))).eval();
    p += term;
  }
  make_rows_sum_to_one(p);  // instead of the factor exp(-step)
  for (int d = 0; d < doublings; ++d) {
    p = (p * p).eval();
    make_rows_sum_to_one(p);
  }
  return p(0, n);
}

}  // namespace models::analytic
