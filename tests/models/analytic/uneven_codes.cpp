#include "tests/models/analytic/uneven_codes.h"

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

}  // namespace models::analytic
