#include "sim/random.h"

#include <Random123/philox.h>

#include <boost/math/special_functions/erf.hpp>
#include <numbers>

#include "sim/contract.h"

namespace sim {

void Stream::refill() {
  const r123::Philox4x64::ctr_type counter{{counter_[0], counter_[1], counter_[2], counter_[3]}};
  const r123::Philox4x64::key_type key{{key_[0], key_[1]}};
  const r123::Philox4x64::ctr_type block = r123::Philox4x64{}(counter, key);
  buffer_ = {block[0], block[1], block[2], block[3]};
  ++counter_[3];
  used_ = 0;
}

std::uint64_t Stream::below(std::uint64_t n) {
  EXPECTS(n > 0);
  __extension__ using Wide = unsigned __int128;
  Wide product = Wide{bits()} * n;
  auto low = static_cast<std::uint64_t>(product);
  if (low < n) {
    const std::uint64_t biased = (0 - n) % n;
    while (low < biased) {
      product = Wide{bits()} * n;
      low = static_cast<std::uint64_t>(product);
    }
  }
  return static_cast<std::uint64_t>(product >> 64U);
}

double Stream::normal() {
  using namespace boost::math::policies;
  // Without promotion to long double: four times as fast, and within 2 ulp.
  using InDouble = policy<promote_double<false>>;
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * uniform(), InDouble{});
}

}  // namespace sim
