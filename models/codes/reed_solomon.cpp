#include "models/codes/reed_solomon.h"

#include <fmt/format.h>
#include <isa-l/erasure_code.h>

#include "sim/contract.h"

namespace models::codes {
namespace {

GfMatrix cauchy(int data, int parity) {
  // Elements of the field number the rows and columns: 256 is all there are.
  EXPECTS(data >= 1 && parity >= 0 && data + parity <= static_cast<int>(max_shards));
  GfMatrix generator(static_cast<std::size_t>(data + parity), static_cast<std::size_t>(data));
  gf_gen_cauchy1_matrix(generator.cells().data(), data + parity, data);
  return generator;
}

}  // namespace

ReedSolomon::ReedSolomon(int data, int parity) : LinearCode(cauchy(data, parity)) {}

std::string ReedSolomon::name() const {
  return fmt::format("RS {}+{}", shape().data, shape().parity);
}

bool ReedSolomon::recoverable(const ShardSet& erased) const {
  return survivors(erased).count() >= static_cast<std::size_t>(shape().data);
}

std::optional<RepairPlan> ReedSolomon::repair_plan(const ShardSet& erased, int target) const {
  EXPECTS(target >= 0 && target < shape().total());
  EXPECTS(erased.test(static_cast<std::size_t>(target)));
  if (!recoverable(erased)) return std::nullopt;
  return RepairPlan{.required = {}, .any_of = survivors(erased), .any_count = shape().data};
}

std::string check_reed_solomon(const CodeSpec& spec) {
  std::string fault = check_parameters(spec, reed_solomon_parameters);
  if (!fault.empty()) return fault;
  const int total = spec.parameters.at("data") + spec.parameters.at("parity");
  if (total <= static_cast<int>(max_shards)) return {};
  return fmt::format("data + parity must be <= {}, got {}", max_shards, total);
}

std::unique_ptr<const Code> make_reed_solomon(const CodeSpec& spec) {
  EXPECTS(check_reed_solomon(spec).empty());
  return std::make_unique<ReedSolomon>(spec.parameters.at("data"), spec.parameters.at("parity"));
}

}  // namespace models::codes
