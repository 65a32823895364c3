#include "reports/footnotes.h"

#include <algorithm>

namespace reports {
namespace {

std::string words_of(const sim::Estimate& estimate) {
  std::string text = sim::to_string(estimate.method);
  if (estimate.method == sim::Method::analytic) text = "textbook";
  if (estimate.method == sim::Method::direct) text = "direct simulation";
  if (!estimate.model.empty()) text += ": " + estimate.model;
  return text;
}

/// 0 is (a), 25 is (z), 26 is (aa).
std::string mark_of(std::size_t number) {
  std::string letters;
  for (std::size_t rest = number + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('a' + (rest - 1) % 26));
  }
  return "(" + letters + ")";
}

}  // namespace

std::string Footnotes::mark(const sim::Estimate& estimate) {
  const std::string text = words_of(estimate);
  const auto found = std::ranges::find(notes_, text, &Note::text);
  if (found != notes_.end()) return found->mark;
  notes_.push_back({.mark = mark_of(notes_.size()), .text = text});
  return notes_.back().mark;
}

}  // namespace reports
