#pragma once

#include <Eigen/Dense>
#include <span>

namespace models::analytic {

/// A continuous-time Markov chain that starts in state 0 and ends in one absorbing state.
/// Rates share one time unit; all are >= 0 and the diagonal of `rates` is ignored.
struct AbsorbingChain {
  Eigen::MatrixXd rates;   ///< between transient states, row to column
  Eigen::VectorXd absorb;  ///< from each transient state to absorption
};

/// Chain with up[i]: i -> i+1 (the last one absorbs), down[i]: i -> i-1 (down[0] is ignored).
/// @pre up.size() == down.size() >= 1
AbsorbingChain birth_death(std::span<const double> up, std::span<const double> down);

/// Mean time to absorption by h_0 = 1/up_0, h_i = (1 + down_i h_{i-1}) / up_i; infinity if some
/// up is zero.
double birth_death_mean_time(std::span<const double> up, std::span<const double> down);

/// Mean time from state 0 to absorption without any subtraction (Grassmann, Taksar and Heyman,
/// Operations Research 33, 1985); infinity if absorption is not certain.
double mean_time(AbsorbingChain chain);

/// P(absorbed by t): positive uniformisation series over a short step, then repeated squaring of
/// the stochastic matrix, rows rescaled to sum 1. Nothing is subtracted, so that small
/// probabilities keep their relative accuracy. @pre t >= 0 and finite
double absorbed_by(const AbsorbingChain& chain, double t);

}  // namespace models::analytic
