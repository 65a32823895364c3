#include "models/codes/nested.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "models/codes/slots.h"
#include "sim/contract.h"

namespace models::codes {
namespace {

/// Any `count` slots of a set, those also in `first` before the others.
ShardSet some_of(const ShardSet& set, int count, const ShardSet& first) {
  ShardSet chosen;
  for (const ShardSet& part : {set & first, set & ~first}) {
    for (const std::size_t slot : slots_of(part)) {
      if (static_cast<int>(chosen.count()) == count) return chosen;
      chosen.set(slot);
    }
  }
  return chosen;
}

}  // namespace

Nested::Nested(std::unique_ptr<const Code> outer, std::unique_ptr<const Code> inner,
               std::string name)
    : outer_(std::move(outer)),
      inner_(std::move(inner)),
      name_(std::move(name)),
      arrays_(static_cast<std::size_t>(outer_->shape().total())),
      width_(static_cast<std::size_t>(inner_->shape().total())),
      slots_(arrays_ * width_),
      positions_(arrays_ * width_) {
  EXPECTS(positions_.size() <= max_shards);
  const auto with_data = static_cast<std::size_t>(outer_->shape().data);
  const auto data = static_cast<std::size_t>(inner_->shape().data);
  std::size_t next = 0;
  const auto number = [&](std::size_t array, std::size_t place) {
    slots_[array * width_ + place] = next;
    positions_[next++] = {array, place};
  };
  for (std::size_t a = 0; a < with_data; ++a) {
    for (std::size_t j = 0; j < data; ++j) number(a, j);
  }
  for (std::size_t a = 0; a < with_data; ++a) {
    for (std::size_t j = data; j < width_; ++j) number(a, j);
  }
  for (std::size_t a = with_data; a < arrays_; ++a) {
    for (std::size_t j = 0; j < width_; ++j) number(a, j);
  }
}

Shape Nested::shape() const {
  const int data = outer_->shape().data * inner_->shape().data;
  return {.data = data, .parity = static_cast<int>(positions_.size()) - data};
}

int Nested::tolerance() const { return (outer_->tolerance() + 1) * (inner_->tolerance() + 1) - 1; }

int Nested::array_of(int slot) const { return static_cast<int>(position(slot).array); }

ShardSet Nested::within(const ShardSet& set, std::size_t array) const {
  ShardSet places;
  for (std::size_t j = 0; j < width_; ++j) places.set(j, set.test(slot(array, j)));
  return places;
}

ShardSet Nested::slots_within(const ShardSet& places, std::size_t array) const {
  ShardSet set;
  for (std::size_t j = 0; j < width_; ++j) {
    if (places.test(j)) set.set(slot(array, j));
  }
  return set;
}

ShardSet Nested::lost_arrays(const ShardSet& erased) const {
  EXPECTS((erased & ~first_slots(static_cast<int>(positions_.size()))).none());
  ShardSet lost;
  for (std::size_t a = 0; a < arrays_; ++a) {
    if (!inner_->recoverable(within(erased, a))) lost.set(a);
  }
  return lost;
}

int Nested::depth(const ShardSet& erased) const {
  if (!falls_by_count()) return Code::depth(erased);
  std::vector<int> steps;
  for (std::size_t a = 0; a < arrays_; ++a) {
    const ShardSet gone = within(erased, a);
    const int fallen = inner_->tolerance() + 1;
    steps.push_back(inner_->recoverable(gone) ? std::min(inner_->depth(gone), fallen - 1) : fallen);
  }
  std::ranges::sort(steps, std::greater{});
  steps.resize(static_cast<std::size_t>(outer_->tolerance()) + 1);
  return std::accumulate(steps.begin(), steps.end(), 0);
}

ShardSet Nested::spent(const ShardSet& erased) const {
  ShardSet slots;
  if (!falls_by_count()) return slots;
  for (const std::size_t a : slots_of(lost_arrays(erased))) {
    for (std::size_t j = 0; j < width_; ++j) slots.set(slot(a, j));
  }
  return slots;
}

bool Nested::recoverable(const ShardSet& erased) const {
  return outer_->recoverable(lost_arrays(erased));
}

std::optional<RepairPlan> Nested::repair_plan(const ShardSet& erased, int target) const {
  EXPECTS(target >= 0 && target < shape().total());
  EXPECTS(erased.test(static_cast<std::size_t>(target)));
  const auto [array, place] = position(target);
  if (const auto plan = inner_->repair_plan(within(erased, array), static_cast<int>(place))) {
    return RepairPlan{.required = slots_within(plan->required, array),
                      .any_of = slots_within(plan->any_of, array),
                      .any_count = plan->any_count};
  }
  return plan_across(erased, array, place);
}

std::optional<RepairPlan> Nested::plan_across(const ShardSet& erased, std::size_t array,
                                              std::size_t place) const {
  const ShardSet lost = lost_arrays(erased);
  ShardSet without_block = lost;  // arrays whose block at this place cannot be read as it is
  for (std::size_t a = 0; a < arrays_; ++a) {
    if (erased.test(slot(a, place))) without_block.set(a);
  }
  const auto blocks = [&](const ShardSet& of) {
    ShardSet set;
    for (const std::size_t a : slots_of(of)) set.set(slot(a, place));
    return set;
  };
  const int wanted = static_cast<int>(array);
  if (const auto plan = outer_->repair_plan(without_block, wanted)) {
    return RepairPlan{.required = blocks(plan->required),
                      .any_of = blocks(plan->any_of),
                      .any_count = plan->any_count};
  }
  const auto plan = outer_->repair_plan(lost, wanted);
  if (!plan) return std::nullopt;
  const ShardSet chosen = plan->required | some_of(plan->any_of, plan->any_count, ~without_block);
  RepairPlan result{.required = blocks(chosen & ~without_block), .any_of = {}};
  for (const std::size_t a : slots_of(chosen & without_block)) {
    result.required |= reads_inside(erased, a, place);
  }
  return result;
}

ShardSet Nested::reads_inside(const ShardSet& erased, std::size_t array, std::size_t place) const {
  const auto plan = inner_->repair_plan(within(erased, array), static_cast<int>(place));
  EXPECTS(plan.has_value());  // the array is not lost
  return slots_within(plan->required | some_of(plan->any_of, plan->any_count, {}), array);
}

void Nested::encode(std::span<const Block> data, std::span<const MutableBlock> parity) const {
  EXPECTS(data.size() == static_cast<std::size_t>(shape().data));
  EXPECTS(data.size() + parity.size() == positions_.size());
  const auto inner_data = static_cast<std::size_t>(inner_->shape().data);
  const auto outer_data = static_cast<std::size_t>(outer_->shape().data);
  const auto target = [&](std::size_t a, std::size_t j) {
    return parity[slot(a, j) - data.size()];
  };
  for (std::size_t j = 0; j < inner_data; ++j) {
    std::vector<Block> from;
    std::vector<MutableBlock> to;
    for (std::size_t a = 0; a < outer_data; ++a) from.push_back(data[slot(a, j)]);
    for (std::size_t a = outer_data; a < arrays_; ++a) to.push_back(target(a, j));
    outer_->encode(from, to);
  }
  for (std::size_t a = 0; a < arrays_; ++a) {
    std::vector<Block> from;
    std::vector<MutableBlock> to;
    for (std::size_t j = 0; j < inner_data; ++j) {
      from.push_back(a < outer_data ? data[slot(a, j)] : Block(target(a, j)));
    }
    for (std::size_t j = inner_data; j < width_; ++j) to.push_back(target(a, j));
    inner_->encode(from, to);
  }
}

bool Nested::decode(std::span<const MutableBlock> shards, const ShardSet& erased) const {
  EXPECTS(shards.size() == positions_.size());
  const ShardSet lost = lost_arrays(erased);
  if (!outer_->recoverable(lost)) return false;
  bool done = true;
  for (std::size_t a = 0; a < arrays_; ++a) {
    if (lost.test(a)) continue;
    std::vector<MutableBlock> blocks;
    for (std::size_t j = 0; j < width_; ++j) blocks.push_back(shards[slot(a, j)]);
    done = inner_->decode(blocks, within(erased, a)) && done;
  }
  for (std::size_t j = 0; j < width_ && lost.any(); ++j) {
    std::vector<MutableBlock> blocks;
    for (std::size_t a = 0; a < arrays_; ++a) blocks.push_back(shards[slot(a, j)]);
    done = outer_->decode(blocks, lost) && done;
  }
  EXPECTS(done);  // what is recoverable decodes: the contract of both codes
  return true;
}

bool Nested::rebuild_inside(std::size_t array, std::size_t place, const ShardSet& reads,
                            std::span<const Block> shards, MutableBlock out) const {
  const ShardSet places = within(reads, array);
  if (places.none()) return false;
  std::vector<Block> blocks(width_);
  for (const std::size_t j : slots_of(places)) blocks[j] = shards[slot(array, j)];
  return inner_->rebuild(static_cast<int>(place), places, blocks, out);
}

bool Nested::rebuild(int target, const ShardSet& reads, std::span<const Block> shards,
                     MutableBlock out) const {
  EXPECTS(target >= 0 && target < shape().total());
  EXPECTS(!reads.test(static_cast<std::size_t>(target)) && shards.size() == positions_.size());
  const auto [array, place] = position(target);
  if (rebuild_inside(array, place, reads, shards, out)) return true;
  std::vector<Block> blocks(arrays_);
  std::vector<std::vector<std::byte>> made;  // the bytes of a vector stay where they are
  ShardSet have;
  for (std::size_t a = 0; a < arrays_; ++a) {
    if (a == array) continue;
    if (reads.test(slot(a, place))) {
      blocks[a] = shards[slot(a, place)];
    } else {
      made.emplace_back(out.size());
      if (!rebuild_inside(a, place, reads, shards, made.back())) continue;
      blocks[a] = made.back();
    }
    have.set(a);
  }
  return outer_->rebuild(static_cast<int>(array), have, blocks, out);
}

std::string name_of_part(const Code& code, const CodeSpec& spec) {
  return spec.parts.empty() ? code.name() : fmt::format("({})", code.name());
}

std::string check_total(int arrays, int width) {
  if (arrays * width <= static_cast<int>(max_shards)) return {};
  return fmt::format("{} arrays of {} shards are {}, must be <= {}", arrays, width, arrays * width,
                     max_shards);
}

std::string check_nested(const CodeSpec& spec) {
  std::string fault = check_parameters(spec, {}, nested_parts);
  if (!fault.empty()) return fault;
  return check_total(make_code(spec.parts[0])->shape().total(),
                     make_code(spec.parts[1])->shape().total());
}

std::unique_ptr<const Code> make_nested(const CodeSpec& spec) {
  EXPECTS(check_nested(spec).empty());
  auto outer = make_code(spec.parts[0]);
  auto inner = make_code(spec.parts[1]);
  std::string name = fmt::format("{} over {}", name_of_part(*outer, spec.parts[0]),
                                 name_of_part(*inner, spec.parts[1]));
  return std::make_unique<Nested>(std::move(outer), std::move(inner), std::move(name));
}

}  // namespace models::codes
