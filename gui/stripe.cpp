#include "gui/stripe.h"

#include <fmt/format.h>

#include <algorithm>

namespace gui {

namespace codes = models::codes;

Stripe::Stripe(const codes::CodeSpec& spec) : code_(codes::make_code(spec)) { fill(""); }

void Stripe::fill(std::string_view bytes) {
  const codes::Shape shape = code_->shape();
  const std::size_t data = as_index(shape.data);
  bytes_ = bytes.size();
  shard_bytes_ = std::max<std::size_t>(1, (bytes.size() + data - 1) / data);
  stored_.assign(as_index(shape.total()), std::vector<std::byte>(shard_bytes_));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    stored_[i / shard_bytes_][i % shard_bytes_] = static_cast<std::byte>(bytes[i]);
  }
  std::vector<codes::Code::Block> from;
  std::vector<codes::Code::MutableBlock> into;
  for (std::size_t slot = 0; slot < stored_.size(); ++slot) {
    if (slot < data) {
      from.emplace_back(stored_[slot]);
    } else {
      into.emplace_back(stored_[slot]);
    }
  }
  code_->encode(from, into);
  now_ = stored_;
  erased_.reset();
}

void Stripe::destroy(int slot) {
  erased_.set(as_index(slot));
  std::ranges::fill(now_[as_index(slot)], std::byte{});
}

std::optional<codes::RepairPlan> Stripe::plan(int slot) const {
  if (!destroyed(slot)) return std::nullopt;
  return code_->repair_plan(erased_, slot);
}

codes::ShardSet Stripe::reads(const codes::RepairPlan& plan) const {
  codes::ShardSet chosen = plan.required;
  int wanted = plan.any_count;
  for (std::size_t slot = 0; slot < now_.size() && wanted > 0; ++slot) {
    if (!plan.any_of.test(slot)) continue;
    chosen.set(slot);
    --wanted;
  }
  return chosen;
}

bool Stripe::rebuild(int slot) {
  const auto how = plan(slot);
  if (!how) return false;
  const codes::ShardSet chosen = reads(*how);
  std::vector<codes::Code::Block> blocks(now_.size());
  for (std::size_t i = 0; i < now_.size(); ++i) {
    if (chosen.test(i)) blocks[i] = now_[i];
  }
  std::vector<std::byte> out(shard_bytes_);
  if (!code_->rebuild(slot, chosen, blocks, out)) return false;
  now_[as_index(slot)] = std::move(out);
  erased_.reset(as_index(slot));
  return true;
}

bool Stripe::decode() {
  std::vector<codes::Code::MutableBlock> blocks(now_.begin(), now_.end());
  if (!code_->decode(blocks, erased_)) return false;
  erased_.reset();
  return true;
}

std::optional<std::string> Stripe::read() const {
  std::vector<std::vector<std::byte>> shards = now_;
  const std::vector<codes::Code::MutableBlock> blocks(shards.begin(), shards.end());
  if (!code_->decode(blocks, erased_)) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < bytes_; ++i) {
    bytes += static_cast<char>(shards[i / shard_bytes_][i % shard_bytes_]);
  }
  return bytes;
}

namespace {

std::string slots_text(const codes::ShardSet& slots) {
  std::string text;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots.test(i)) text += fmt::format("{}{}", text.empty() ? "" : ", ", i);
  }
  return text;
}

}  // namespace

std::string plan_text(const codes::RepairPlan& plan) {
  std::string text = slots_text(plan.required);
  if (plan.any_count > 0) {
    text += fmt::format("{}any {} of {}", text.empty() ? "" : " and ", plan.any_count,
                        slots_text(plan.any_of));
  }
  return text;
}

}  // namespace gui
