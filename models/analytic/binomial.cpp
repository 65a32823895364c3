#include "models/analytic/binomial.h"

#include <boost/math/special_functions/beta.hpp>

#include "sim/contract.h"

namespace models::analytic {

double binomial_term(std::int64_t n, std::int64_t failed, double p) {
  EXPECTS(n >= 0 && p >= 0 && p <= 1);
  if (failed < 0 || failed > n) return 0;
  if (p == 0) return failed == 0 ? 1 : 0;
  if (p == 1) return failed == n ? 1 : 0;
  const auto bad = static_cast<double>(failed);
  const auto good = static_cast<double>(n - failed);
  // The density of the beta law is (n + 1) times this term.
  return boost::math::ibeta_derivative(bad + 1, good + 1, p) / static_cast<double>(n + 1);
}

double binomial_tail(std::int64_t n, std::int64_t most, double p) {
  EXPECTS(n >= 0 && p >= 0 && p <= 1);
  if (most < 0) return 1;
  if (most >= n) return 0;
  return boost::math::ibeta(static_cast<double>(most + 1), static_cast<double>(n - most), p);
}

}  // namespace models::analytic
