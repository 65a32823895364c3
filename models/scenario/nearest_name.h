#pragma once

#include <span>
#include <string>
#include <string_view>

namespace models::scenario {

/// The name of `names` that a reader of `wrong` most likely meant: least edit distance (Levenshtein
/// 1966), at most a third of its length; empty if none is that near.
std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names);

/// "did you mean 'a'?", or "there are 'a', 'b'" where nothing is near; empty without names.
std::string name_advice(std::string_view wrong, std::span<const std::string_view> names);

}  // namespace models::scenario
