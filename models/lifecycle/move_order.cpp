#include "models/lifecycle/move_order.h"

#include <algorithm>
#include <optional>

namespace models::lifecycle {
namespace {

template <class Range, class Wanted>
std::optional<std::uint32_t> first(const Range& range, Wanted wanted) {
  const auto found = std::ranges::find_if(range, wanted);
  if (found == range.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - range.begin());
}

}  // namespace

MoveAction next_move(const MoveFacts& facts) {
  const auto there = [](PieceState state) { return state != PieceState::absent; };
  const auto left = first(facts.source, there);
  if (!facts.current) {
    // Another version has taken the file's place: all of this one is waste.
    if (const auto rest = first(facts.target, there)) return {MoveStep::remove_target, *rest};
    return left ? MoveAction{MoveStep::remove_source, *left} : MoveAction{};
  }
  const auto to_write = first(facts.target, [](PieceState state) {
    return state == PieceState::absent || state == PieceState::bad;
  });
  if (to_write) return {MoveStep::write_piece, *to_write};
  const auto to_verify =
      first(facts.target, [](PieceState state) { return state == PieceState::unverified; });
  if (to_verify) return {MoveStep::verify_piece, *to_verify};
  if (!facts.switched) return {MoveStep::switch_over, 0};
  return left ? MoveAction{MoveStep::remove_source, *left} : MoveAction{};
}

}  // namespace models::lifecycle
