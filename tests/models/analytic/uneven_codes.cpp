#include "tests/models/analytic/uneven_codes.h"

#include <isa-l/erasure_code.h>

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "models/codes/gf_matrix.h"
#include "models/codes/linear_code.h"

namespace models::analytic {
namespace {

class Uneven final : public codes::LinearCode {
 public:
  Uneven(codes::GfMatrix generator, std::string name, int tolerance)
      : LinearCode(std::move(generator)), name_(std::move(name)), tolerance_(tolerance) {}
  std::string name() const override { return name_; }
  int tolerance() const override { return tolerance_; }

 private:
  std::string name_;
  int tolerance_;
};

codes::GfMatrix identity_above(std::size_t data, std::size_t parity) {
  codes::GfMatrix generator(data + parity, data);
  for (std::size_t i = 0; i < data; ++i) generator.at(i, i) = 1;
  return generator;
}

}  // namespace

std::unique_ptr<const codes::Code> make_two_pairs() {
  codes::GfMatrix generator = identity_above(2, 2);
  generator.at(2, 0) = 1;
  generator.at(3, 1) = 1;
  return std::make_unique<Uneven>(std::move(generator), "two pairs", 1);
}

std::unique_ptr<const codes::Code> make_lrc_6_2_2() {
  // All different, and no sum of two of the first three is a sum of two of the others.
  constexpr std::array<std::uint8_t, 6> coefficient{1, 2, 4, 16, 32, 64};
  codes::GfMatrix generator = identity_above(6, 4);
  for (std::size_t i = 0; i < 6; ++i) {
    generator.at(i < 3 ? 6 : 7, i) = 1;
    generator.at(8, i) = coefficient[i];
    generator.at(9, i) = gf_mul(coefficient[i], coefficient[i]);
  }
  return std::make_unique<Uneven>(std::move(generator), "LRC 6+2+2", 3);
}

}  // namespace models::analytic
