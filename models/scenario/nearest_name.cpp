#include "models/scenario/nearest_name.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>
#include <vector>

namespace models::scenario {
namespace {

bool same_letter(char a, char b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return lower(a) == lower(b) || ((a == '-' || a == ' ') && b == '_') || (a == '_' && b == '-');
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t kept = diagonal + (same_letter(a[i], b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({kept, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names) {
  // A key of megabytes is nobody's typing error, and the distance costs the product of the lengths.
  constexpr std::size_t longest = 100;
  if (wrong.size() > longest) return {};
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  for (const std::string_view name : names) {
    const std::size_t distance = edit_distance(wrong, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

std::string name_advice(std::string_view wrong, std::span<const std::string_view> names) {
  if (const std::string_view guess = nearest_name(wrong, names); !guess.empty()) {
    return "did you mean '" + std::string(guess) + "'?";
  }
  std::string text;
  for (const std::string_view name : names) {
    text += text.empty() ? "there are '" : ", '";
    text += std::string(name) + "'";
  }
  return text;
}

}  // namespace models::scenario
