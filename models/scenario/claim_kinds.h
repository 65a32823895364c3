#pragma once

#include <array>
#include <span>
#include <string_view>

namespace models::scenario {

/// A way to judge a claim, and the keys that it reads.
struct ClaimKind {
  std::string_view name;
  std::string_view meaning;
  std::span<const std::string_view> needs;  ///< keys that must be there
  std::span<const std::string_view> may;    ///< keys that may be there
  /// Further plain values are allowed: facts for a model that is still to come.
  bool open{};
};

/// The whole table, "metric" first.
std::span<const ClaimKind> all_claim_kinds();
/// Null if there is none of this name.
const ClaimKind* find_claim_kind(std::string_view name);
/// Is it a key that some kind of claim reads?
bool is_claim_key(std::string_view key);

/// What a "survives" claim may say is lost: "disk" ... "front end".
std::span<const std::string_view> claim_units();
/// What a "survives" claim may say is restored: "data" or "redundancy".
std::span<const std::string_view> claim_restores();

/// Units that a claim may say are lost at once. All sets of so many are looked at, so that more
/// would take too long: a decision.
inline constexpr int most_claim_count = 2;

/// How a figure may be held against a threshold; the longer ones first, for who searches a text.
inline constexpr std::array<std::string_view, 4> claim_ops{">=", "<=", ">", "<"};

}  // namespace models::scenario
