#include "models/codes/lrc.h"

#include <fmt/format.h>
#include <isa-l/erasure_code.h>

#include "models/codes/reed_solomon.h"
#include "models/codes/slots.h"
#include "sim/contract.h"

namespace models::codes {
namespace {

// GF(2^8) is a plane over GF(2^4): its 17 lines through 0 have 15 other points each and meet in 0
// alone. With the coefficients of group t on line t, no sum of two of one group (0 included)
// equals one of another group: the condition of Huang et al., section 2.2, for any two groups.
constexpr int lines = 17;
constexpr int points = 15;

bool on_lines(int data, int local, int global) {
  return global == 2 && local <= lines && data / local <= points;
}

// 2 generates the field's multiplicative group (polynomial 0x11d); line t is the coset
// {2^(17 i + t)}.
std::uint8_t point(int line, int index) {
  std::uint8_t value = 1;
  for (int i = 0; i < lines * index + line; ++i) value = gf_mul(value, 2);
  return value;
}

void fill_local(GfMatrix& generator, std::size_t local) {
  const std::size_t data = generator.columns();
  for (std::size_t i = 0; i < data; ++i) {
    generator.at(i, i) = 1;
    generator.at(data + i / (data / local), i) = 1;
  }
}

// Rows of x and x^2, as in Huang et al.
void fill_squares(GfMatrix& generator, std::size_t local) {
  const std::size_t data = generator.columns();
  const std::size_t size = data / local;
  for (std::size_t i = 0; i < data; ++i) {
    const std::uint8_t x = point(static_cast<int>(i / size), static_cast<int>(i % size));
    generator.at(data + local, i) = x;
    generator.at(data + local + 1, i) = gf_mul(x, x);
  }
}

// Pyramid code: an MDS code with r + 1 parities whose first one, scaled to all ones, is split into
// the local parities. These add up to it, so what the MDS code recovers is recovered here.
void fill_pyramid(GfMatrix& generator, std::size_t local, int global) {
  const std::size_t data = generator.columns();
  const ReedSolomon mds(static_cast<int>(data), global + 1);
  for (std::size_t i = 0; i < data; ++i) {
    const std::uint8_t scale = gf_inv(mds.generator().at(data, i));
    for (std::size_t r = 0; r < static_cast<std::size_t>(global); ++r) {
      generator.at(data + local + r, i) = gf_mul(scale, mds.generator().at(data + 1 + r, i));
    }
  }
}

GfMatrix generator_of(int data, int local, int global) {
  EXPECTS(local >= 1 && data >= local && data % local == 0 && global >= 0);
  EXPECTS(data + local + global <= static_cast<int>(max_shards));
  GfMatrix generator(static_cast<std::size_t>(data + local + global),
                     static_cast<std::size_t>(data));
  const auto groups = static_cast<std::size_t>(local);
  fill_local(generator, groups);
  if (on_lines(data, local, global)) {
    fill_squares(generator, groups);
  } else {
    fill_pyramid(generator, groups, global);
  }
  return generator;
}

}  // namespace

Lrc::Lrc(int data, int local, int global)
    : LinearCode(generator_of(data, local, global)), local_(local), global_(global) {}

std::string Lrc::name() const {
  return fmt::format("LRC({},{},{})", shape().data, local_, global_);
}

bool Lrc::maximally_recoverable() const {
  return local_ == 1 || global_ <= 1 || on_lines(shape().data, local_, global_);
}

ShardSet Lrc::group(int index) const {
  EXPECTS(index >= 0 && index < local_);
  const auto number = static_cast<std::size_t>(index);
  ShardSet slots = first_slots(group_size()) << number * static_cast<std::size_t>(group_size());
  slots.set(static_cast<std::size_t>(shape().data) + number);
  return slots;
}

std::optional<RepairPlan> Lrc::repair_plan(const ShardSet& erased, int target) const {
  EXPECTS(target >= 0 && target < shape().total());
  EXPECTS(erased.test(static_cast<std::size_t>(target)));
  const int data = shape().data;
  if (target < data + local_) {
    ShardSet others = group(target < data ? target / group_size() : target - data);
    others.reset(static_cast<std::size_t>(target));
    if ((others & erased).none()) return RepairPlan{.required = others, .any_of = {}};
  }
  return LinearCode::repair_plan(erased, target);
}

std::string check_lrc(const CodeSpec& spec) {
  std::string fault = check_parameters(spec, lrc_parameters);
  if (!fault.empty()) return fault;
  const int data = spec.parameters.at("data");
  const int local = spec.parameters.at("local_parity");
  if (data % local != 0) {
    return fmt::format(
        "data must be a multiple of local_parity (groups of one size), got {} and {}", data, local);
  }
  const int total = data + local + spec.parameters.at("global_parity");
  if (total <= static_cast<int>(max_shards)) return {};
  return fmt::format("data + local_parity + global_parity must be <= {}, got {}", max_shards,
                     total);
}

std::unique_ptr<const Code> make_lrc(const CodeSpec& spec) {
  EXPECTS(check_lrc(spec).empty());
  return std::make_unique<Lrc>(spec.parameters.at("data"), spec.parameters.at("local_parity"),
                               spec.parameters.at("global_parity"));
}

}  // namespace models::codes
