#include "models/codes/linear_code.h"

#include <array>
#include <utility>
#include <vector>

#include "models/codes/slots.h"
#include "sim/contract.h"

namespace models::codes {
namespace {

bool starts_with_identity(const GfMatrix& matrix) {
  for (std::size_t row = 0; row < matrix.columns(); ++row) {
    for (std::size_t column = 0; column < matrix.columns(); ++column) {
      if (matrix.at(row, column) != (row == column ? 1 : 0)) return false;
    }
  }
  return true;
}

GfMatrix parity_rows(const GfMatrix& generator) {
  EXPECTS(generator.columns() >= 1 && generator.rows() >= generator.columns());
  EXPECTS(generator.rows() <= max_shards && starts_with_identity(generator));
  std::vector<std::size_t> rows;
  for (std::size_t row = generator.columns(); row < generator.rows(); ++row) rows.push_back(row);
  return generator.select(rows);
}

// Some slots as combinations of others that are read.
struct Combination {
  std::vector<std::size_t> reads;  ///< only slots with a coefficient other than 0
  GfMatrix coefficients;           ///< one row per target, one column per read
};

std::optional<Combination> combine(const GfMatrix& generator, const ShardSet& from,
                                   const std::vector<std::size_t>& targets) {
  const std::vector<std::size_t> sources = slots_of(from);
  const auto all = express(generator.select(sources), generator.select(targets));
  if (!all) return std::nullopt;
  std::vector<std::size_t> used;
  for (std::size_t column = 0; column < sources.size(); ++column) {
    for (std::size_t row = 0; row < targets.size(); ++row) {
      if (all->at(row, column) == 0) continue;
      used.push_back(column);
      break;
    }
  }
  Combination result{{}, GfMatrix(targets.size(), used.size())};
  for (std::size_t i = 0; i < used.size(); ++i) {
    result.reads.push_back(sources[used[i]]);
    for (std::size_t row = 0; row < targets.size(); ++row) {
      result.coefficients.at(row, i) = all->at(row, used[i]);
    }
  }
  return result;
}

}  // namespace

LinearCode::LinearCode(GfMatrix generator)
    : generator_(std::move(generator)),
      shape_{.data = static_cast<int>(generator_.columns()),
             .parity = static_cast<int>(generator_.rows() - generator_.columns())},
      encoder_(parity_rows(generator_)) {}

ShardSet LinearCode::survivors(const ShardSet& erased) const {
  const ShardSet all = first_slots(shape_.total());
  EXPECTS((erased & ~all).none());
  return all & ~erased;
}

int LinearCode::rank_of(const ShardSet& slots) const {
  return static_cast<int>(rank(generator_.select(slots_of(slots))));
}

bool LinearCode::recoverable(const ShardSet& erased) const {
  return rank_of(survivors(erased)) == shape_.data;
}

std::optional<RepairPlan> LinearCode::repair_plan(const ShardSet& erased, int target) const {
  const auto slot = static_cast<std::size_t>(target);
  EXPECTS(target >= 0 && target < shape_.total() && erased.test(slot));
  const auto combination = combine(generator_, survivors(erased), {slot});
  if (!combination) return std::nullopt;
  RepairPlan plan;
  for (const std::size_t read : combination->reads) plan.required.set(read);
  return plan;
}

void LinearCode::encode(std::span<const Block> data, std::span<const MutableBlock> parity) const {
  EXPECTS(data.size() == static_cast<std::size_t>(shape_.data));
  EXPECTS(parity.size() == static_cast<std::size_t>(shape_.parity));
  const std::size_t size = data[0].size();
  std::array<const std::byte*, max_shards> from;  // NOLINT(*-member-init): filled below, hot path
  std::array<std::byte*, max_shards> to;          // NOLINT(*-member-init)
  for (std::size_t i = 0; i < data.size(); ++i) {
    EXPECTS(data[i].size() == size);
    from[i] = data[i].data();
  }
  for (std::size_t i = 0; i < parity.size(); ++i) {
    EXPECTS(parity[i].size() == size);
    to[i] = parity[i].data();
  }
  encoder_.run(std::span(from).first(data.size()), std::span(to).first(parity.size()), size);
}

bool LinearCode::decode(std::span<const MutableBlock> shards, const ShardSet& erased) const {
  EXPECTS(shards.size() == generator_.rows());
  const std::vector<std::size_t> lost = slots_of(erased);
  if (lost.empty()) return true;
  const auto combination = combine(generator_, survivors(erased), lost);
  if (!combination) return false;
  const std::size_t size = shards[lost.front()].size();
  std::vector<const std::byte*> from;
  std::vector<std::byte*> to;
  for (const std::size_t slot : combination->reads) {
    EXPECTS(shards[slot].size() == size);
    from.push_back(shards[slot].data());
  }
  for (const std::size_t slot : lost) {
    EXPECTS(shards[slot].size() == size);
    to.push_back(shards[slot].data());
  }
  GfKernel(combination->coefficients).run(from, to, size);
  return true;
}

bool LinearCode::rebuild(int target, const ShardSet& reads, std::span<const Block> shards,
                         MutableBlock out) const {
  const auto slot = static_cast<std::size_t>(target);
  EXPECTS(target >= 0 && target < shape_.total() && !reads.test(slot));
  EXPECTS(shards.size() == generator_.rows() && (reads & ~first_slots(shape_.total())).none());
  const auto combination = combine(generator_, reads, {slot});
  if (!combination) return false;
  std::vector<const std::byte*> from;
  for (const std::size_t read : combination->reads) {
    EXPECTS(shards[read].size() == out.size());
    from.push_back(shards[read].data());
  }
  std::byte* const to = out.data();
  GfKernel(combination->coefficients).run(from, std::span(&to, 1), out.size());
  return true;
}

}  // namespace models::codes
