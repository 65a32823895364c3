#include "models/sweep/boundary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>

namespace models::sweep {
namespace {

constexpr std::size_t most_trials = 40;
constexpr int most_steps_outward = 8;
constexpr double close_enough = 1.05;

bool decided(Side side) { return side == Side::meets || side == Side::fails; }

class Search {
 public:
  Search(const Reach& reach, const std::function<Answer(double)>& ask) : reach_(reach), ask_(ask) {}

  Boundary run() {
    if (reach_.low && reach_.high) {
      add(*reach_.low);
      add(*reach_.high);
    } else {
      go_outward();
    }
    while (has(Side::meets) && has(Side::fails) && !full()) {
      const auto next = next_between();
      if (!next || add(*next) == Side::refused) break;
    }
    look_beyond();
    return boundary();
  }

 private:
  bool full() const { return cut_ || trials_.size() >= most_trials; }
  bool has(Side side) const {
    return std::ranges::find(trials_, side, &Trial::side) != trials_.end();
  }

  double readable(double value) const {
    if (reach_.whole) return std::round(value);
    return std::stod(fmt::format("{:.4g}", value));
  }

  Side add(double value) {
    if (cut_) return Side::cut;
    value = readable(value);
    const auto known = std::ranges::find(trials_, value, &Trial::at);
    if (known != trials_.end()) return known->side;
    const Answer answer = ask_(value);
    cut_ = answer.side == Side::cut;
    if (answer.side == Side::refused || cut_) return answer.side;
    trials_.push_back({value, answer.side, answer.margin});
    return answer.side;
  }

  /// Farther out on both sides: a target may be met again there.
  void look_beyond() {
    if (!has(Side::meets) || !has(Side::fails)) return;
    const auto [meets, fails] = ends();
    for (const double factor : {4.0, 30.0}) {
      for (const double end : {meets, fails}) {
        const bool up = end == std::max(meets, fails);
        const double value = up ? end * factor : end / factor;
        if (full() || readable(value) == readable(end)) continue;
        if ((reach_.low && value < *reach_.low) || (reach_.high && value > *reach_.high)) continue;
        add(value);
      }
    }
  }

  /// A step to both sides of the start, then on to where the margin is smaller, until it has the
  /// other sign and both answers are there.
  void go_outward() {
    add(reach_.start);
    if (trials_.empty()) return;
    double up = reach_.start;
    double down = reach_.start;
    bool more_up = step(up, true);
    bool more_down = reach_.start > 0 && step(down, false);
    for (int i = 0; i < most_steps_outward && !full(); ++i) {
      if (has(Side::meets) && has(Side::fails)) return;
      const Trial& least = *std::ranges::min_element(trials_, {}, &Trial::at);
      const Trial& most = *std::ranges::max_element(trials_, {}, &Trial::at);
      // What is missing is sought where the figure goes that way.
      const double wanted = has(Side::fails) ? 1 : has(Side::meets) ? -1 : 0;
      const bool upward = wanted == 0 ? std::abs(most.margin) >= std::abs(least.margin)
                                      : wanted * (most.margin - least.margin) > 0;
      bool& more = upward ? more_up : more_down;
      more = more && step(upward ? up : down, upward);
      if (!more) return;
    }
  }

  /// True if there may be more beyond. Near the end of what is valid steps get shorter.
  bool step(double& from, bool up) {
    for (double factor = reach_.whole ? 2 : 10; factor > 1.2; factor = std::sqrt(factor)) {
      double next = up ? (from > 0 ? from * factor : 1) : from / factor;
      if (reach_.whole) next = up ? std::max(from + 1, std::floor(next)) : std::floor(next);
      if (readable(next) == readable(from)) return false;
      const Side side = add(next);
      if (side == Side::cut) return false;
      if (side == Side::refused) continue;
      from = next;
      return true;
    }
    return false;
  }

  std::pair<double, double> ends() const {
    double meets = 0;
    double fails = 0;
    double least = -1;
    for (const Trial& a : trials_) {
      for (const Trial& b : trials_) {
        if (a.side != Side::meets || b.side != Side::fails) continue;
        const double apart = std::abs(a.at - b.at);
        if (least >= 0 && apart >= least) continue;
        least = apart;
        meets = a.at;
        fails = b.at;
      }
    }
    return {meets, fails};
  }

  bool is_gap(double low, double high) const {
    if (reach_.whole) return high - low > 1;
    return low > 0 ? high / low > close_enough : high > low;
  }

  double middle(double low, double high) const {
    const double value = low > 0 ? std::sqrt(low * high) : (low + high) / 2;
    if (!reach_.whole) return value;
    return std::clamp(std::round(value), low + 1, high - 1);
  }

  /// In the wider of what lies on both sides of the open values.
  std::optional<double> next_between() const {
    const auto [meets, fails] = ends();
    const double low = std::min(meets, fails);
    const double high = std::max(meets, fails);
    double first = high;
    double last = low;
    for (const Trial& trial : trials_) {
      if (trial.side != Side::open || trial.at <= low || trial.at >= high) continue;
      first = std::min(first, trial.at);
      last = std::max(last, trial.at);
    }
    if (first > last) return is_gap(low, high) ? std::optional(middle(low, high)) : std::nullopt;
    const auto width = [](double a, double b) { return a > 0 ? std::log(b / a) : b - a; };
    const bool below = is_gap(low, first);
    const bool above = is_gap(last, high);
    if (below && (!above || width(low, first) >= width(last, high))) return middle(low, first);
    return above ? std::optional(middle(last, high)) : std::nullopt;
  }

  Boundary boundary() {
    Boundary result;
    std::ranges::sort(trials_, {}, &Trial::at);
    result.trials = trials_;
    result.cut = cut_;
    int turns = 0;
    const Trial* before = nullptr;
    for (const Trial& trial : trials_) {
      if (!decided(trial.side)) continue;
      if (before != nullptr && before->side != trial.side) ++turns;
      before = &trial;
    }
    result.monotone = turns <= 1;
    if (has(Side::meets) && has(Side::fails)) {
      std::tie(result.meets, result.fails) = ends();
    } else if (before != nullptr) {
      (before->side == Side::meets ? result.meets : result.fails) = before->at;
    }
    return result;
  }

  const Reach& reach_;
  const std::function<Answer(double)>& ask_;
  std::vector<Trial> trials_;
  bool cut_{};
};

}  // namespace

Boundary find_boundary(const Reach& reach, const std::function<Answer(double)>& ask) {
  return Search(reach, ask).run();
}

}  // namespace models::sweep
