#pragma once

#include <Eigen/Dense>
#include <span>
#include <vector>

namespace models::analytic {

/// A continuous-time Markov chain that starts in state 0 and ends in one absorbing state.
/// Rates share one time unit; all are >= 0 and the diagonal of `rates` is ignored.
struct AbsorbingChain {
  Eigen::MatrixXd rates;   ///< between transient states, row to column
  Eigen::VectorXd absorb;  ///< from each transient state to absorption
};

/// Rates of a birth-death chain: up[i]: i -> i+1 (the last one absorbs), down[i]: i -> i-1
/// (down[0] is ignored). Both have one size >= 1.
struct BirthDeath {
  std::vector<double> up;
  std::vector<double> down;
};

enum class Repair { parallel, serial };

/// n units, each lost at rate `loss`; up to `tolerated` may be missing at once. Each missing unit
/// is repaired at rate `repair` (parallel), or one at a time (serial).
/// @pre 0 <= tolerated < n
BirthDeath k_of_n(int n, int tolerated, double loss, double repair, Repair mode);

/// @pre up.size() == down.size() >= 1
AbsorbingChain birth_death(std::span<const double> up, std::span<const double> down);

/// Mean time to absorption by h_0 = 1/up_0, h_i = (1 + down_i h_{i-1}) / up_i; infinity if some
/// up is zero. Sums and quotients of positive numbers only. @pre up.size() == down.size() >= 1
double birth_death_mean_time(std::span<const double> up, std::span<const double> down);
inline double birth_death_mean_time(const BirthDeath& chain) {
  return birth_death_mean_time(chain.up, chain.down);
}

/// Mean time from state 0 to absorption without any subtraction (Grassmann, Taksar and Heyman,
/// Operations Research 33, 1985); infinity if absorption is not certain.
double mean_time(AbsorbingChain chain);

/// P(absorbed by t): the positive series of uniformisation over a short step, then repeated
/// squaring of the stochastic matrix, rows rescaled to sum 1. The only differences are the first
/// diagonal entries, which are >= 1/2, so small probabilities keep their relative accuracy;
/// measured against 70 digits: 1e-12 down to 1e-37, with up to 1e7 expected repairs within t.
/// Underflows to 0 below about 1e-300. @pre t >= 0 and finite
double absorbed_by(const AbsorbingChain& chain, double t);

}  // namespace models::analytic
