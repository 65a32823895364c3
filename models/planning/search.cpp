#include "models/planning/search.h"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <tuple>

namespace models::planning {
namespace {

// A prediction is trusted to rule a design out only beyond this.
constexpr double nines_margin = 0.3;
constexpr std::size_t most_on_front = 24;
constexpr std::size_t most_cheaper = 5;

/// Designs for which the chain errs alike: same codes, same places.
using Family = std::tuple<std::size_t, std::size_t, int, int, Spread>;
Family family_of(const Design& design) {
  const std::size_t cold = design.cold.kind == ColdKind::own ? design.cold.which + 1 : 0;
  return {design.code, cold, design.sites, static_cast<int>(design.cloud_only), design.spread};
}

/// How the full model differs from the chain.
struct Offset {
  double nines{};
  double most_nines{};  ///< at the upper end of the interval: the missions may have been few
  double unavailability_factor{1};
  double rebuild_factor{1};
};

double middle_of(const sim::Estimate& estimate) {
  return estimate.value.value_or(estimate.ci95.low);
}

class Search {
 public:
  Search(const Space& space, const SearchOptions& options) : space_(space), options_(options) {}

  SearchResult run(const std::function<void(const std::string&)>& progress, std::stop_token stop) {
    const auto begun = std::chrono::steady_clock::now();
    screened_ = screen_all(space_, options_.confirm.threads, stop);
    result_.screening_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (stop.stop_requested()) {
      result_.interrupted = true;
      return std::move(result_);
    }
    result_.screened = screened_.size();
    order_.resize(screened_.size());
    std::iota(order_.begin(), order_.end(), std::uint32_t{0});
    std::ranges::sort(order_, [this](std::uint32_t a, std::uint32_t b) {
      return std::tuple(screened_[a].net_present, a) < std::tuple(screened_[b].net_present, b);
    });
    find_winner(progress, stop);
    // Of a search that was interrupted nobody knows what is nearest.
    if (!result_.winner && !result_.interrupted) find_nearest();
    find_cheaper();
    find_front();
    find_relaxed();
    return std::move(result_);
  }

 private:
  // As far as it is known without playing it; `in_favour`: what it may still reach.
  Screening predicted(std::uint32_t index, bool in_favour) const {
    Screening figures = screened_[index];
    const auto known = offsets_.find(family_of(space_.at(index)));
    if (known != offsets_.end()) {
      figures.nines += in_favour ? known->second.most_nines + nines_margin : known->second.nines;
      figures.availability =
          1 - std::min(1.0, (1 - figures.availability) * known->second.unavailability_factor);
      figures.rebuild_hours *= known->second.rebuild_factor;
    }
    judge(space_.plan(), figures);
    return figures;
  }

  Candidate candidate(std::uint32_t index) const {
    for (const Candidate& played : result_.confirmed) {
      if (played.index == index) return played;
    }
    return {.index = index,
            .design = space_.at(index),
            .screened = screened_[index],
            .judged = predicted(index, false),
            .confirmed = {}};
  }

  Candidate play(std::uint32_t index, std::stop_token stop) {
    Candidate found = candidate(index);
    found.confirmed = confirm(space_, found.design, options_.confirm, stop);
    if (found.confirmed->interrupted) return found;
    const Confirmed& seen = *found.confirmed;
    if (found.design.cloud_only) {
      found.judged = found.screened;
      found.confirmed.reset();
    } else if (seen.fault.empty()) {
      learn(found);
    } else {
      ++found.judged.infeasible;
      judge(space_.plan(), found.judged);
    }
    result_.confirmed.push_back(found);
    return found;
  }

  void learn(Candidate& found) {
    const Confirmed& seen = *found.confirmed;
    found.judged = found.screened;
    found.judged.nines = middle_of(seen.nines);
    found.judged.availability = 1 - middle_of(seen.unavailability);
    found.judged.rebuild_hours = middle_of(seen.rebuild_hours);
    judge(space_.plan(), found.judged);
    // The interval decides.
    set(found.judged, Target::durability, seen.durability);
    set(found.judged, Target::availability, seen.availability);
    set(found.judged, Target::rebuild, seen.rebuild);
    Offset& offset = offsets_[family_of(found.design)];
    offset.nines = found.judged.nines - found.screened.nines;
    offset.most_nines = seen.nines.ci95.high - found.screened.nines;
    const double away = 1 - found.screened.availability;
    offset.unavailability_factor = away > 0 ? (1 - found.judged.availability) / away : 1;
    offset.rebuild_factor = found.screened.rebuild_hours > 0
                                ? found.judged.rebuild_hours / found.screened.rebuild_hours
                                : 1;
  }

  static void set(Screening& figures, Target target, Decision decision) {
    if (decision != Decision::met) figures.failed.insert(target);
  }

  void find_winner(const std::function<void(const std::string&)>& progress, std::stop_token stop) {
    for (const std::uint32_t index : order_) {
      if (stop.stop_requested()) {
        result_.interrupted = true;
        return;
      }
      if (!predicted(index, true).failed.empty()) continue;
      if (options_.most_confirmed == 0) {
        result_.winner = candidate(index);
        return;
      }
      if (static_cast<int>(result_.confirmed.size()) >= options_.most_confirmed) {
        result_.cut_short = true;
        return;
      }
      if (progress) {
        progress(fmt::format("playing design {}: {}", result_.confirmed.size() + 1,
                             space_.describe(space_.at(index))));
      }
      const Candidate played = play(index, stop);
      if (played.confirmed && played.confirmed->interrupted) {
        result_.interrupted = true;
        return;
      }
      if (!played.meets_all()) continue;
      result_.winner = played;
      result_.winner_decided =
          played.design.cloud_only || (played.confirmed && played.confirmed->decided());
      return;
    }
  }

  void find_nearest() {
    std::optional<std::uint32_t> best;
    std::tuple<bool, int, double> least;
    for (const std::uint32_t index : order_) {
      const Screening judged = candidate(index).judged;
      if (judged.failed.empty()) continue;
      // A provider's durability is no figure of ours: only where there is nothing else.
      const bool last = judged.failed.contains(Target::feasible) || space_.at(index).cloud_only;
      const std::tuple<bool, int, double> missed(last, judged.failed.count(),
                                                 distance_of(space_.plan(), judged));
      if (!best || missed < least) {
        least = missed;
        best = index;
      }
    }
    if (best) result_.nearest = candidate(*best);
  }

  void find_cheaper() {
    if (!result_.winner) return;
    const auto own = std::ranges::find(order_, static_cast<std::uint32_t>(result_.winner->index));
    for (auto at = own; at != order_.begin() && result_.cheaper.size() < most_cheaper;) {
      --at;
      const double cost = screened_[*at].net_present;
      // Designs that differ in nothing but what costs nothing are one.
      const double last = result_.cheaper.empty() ? result_.winner->screened.net_present
                                                  : result_.cheaper.back().screened.net_present;
      if (cost < last) result_.cheaper.push_back(candidate(*at));
    }
  }

  void find_front() {
    std::map<double, double> best;  // rebuild time -> nines of what is cheaper
    std::vector<std::uint32_t> front;
    for (const std::uint32_t index : order_) {
      const Screening figures = predicted(index, false);
      if (figures.failed.contains(Target::feasible) || space_.at(index).cloud_only) continue;
      // To a tenth of a nine and a tenth of the time: less is no reason to pay more.
      const double nines = std::floor(figures.nines * 10);
      const double time = std::floor(std::log10(std::max(figures.rebuild_hours, 1e-3)) * 10);
      auto next = best.upper_bound(time);
      if (next != best.begin() && std::prev(next)->second >= nines) continue;
      while (next != best.end() && next->second <= nines) next = best.erase(next);
      best.insert_or_assign(time, nines);
      front.push_back(index);
    }
    const std::size_t step =
        std::max<std::size_t>(1, (front.size() + most_on_front - 1) / most_on_front);
    for (std::size_t i = 0; i < front.size(); i += step) {
      result_.front.push_back(candidate(front[i]));
    }
  }

  void find_relaxed() {
    if (!result_.winner) return;
    for (std::size_t i = 1; i < target_kinds; ++i) {
      const auto target = static_cast<Target>(i);
      if (!wanted(space_.plan(), target)) continue;
      Relaxed relaxed{.target = target, .cheapest = {}, .saving = 0};
      for (const std::uint32_t index : order_) {
        if (!predicted(index, false).failed.within(target)) continue;
        const Candidate found = candidate(index);
        if (!found.judged.failed.within(target)) continue;
        relaxed.saving = result_.winner->screened.net_present - found.screened.net_present;
        if (relaxed.saving > 0) relaxed.cheapest = found;
        break;
      }
      relaxed.saving = std::max(0.0, relaxed.saving);
      result_.relaxed.push_back(std::move(relaxed));
    }
  }

  const Space& space_;
  const SearchOptions& options_;
  std::vector<Screening> screened_;
  std::vector<std::uint32_t> order_;
  std::map<Family, Offset> offsets_;
  SearchResult result_;
};

}  // namespace

std::vector<Screening> screen_all(const Space& space, int threads, const std::stop_token& stop) {
  std::vector<Screening> all(space.size());
  const auto count = static_cast<std::int64_t>(all.size());
  const int used = threads > 0 ? threads : omp_get_max_threads();
  // Each candidate is computed by itself: the order of threads changes no bit.
#pragma omp parallel for schedule(dynamic, 1024) num_threads(used)
  for (std::int64_t i = 0; i < count; ++i) {
    if (stop.stop_requested()) continue;  // a parallel loop cannot be left
    const auto index = static_cast<std::uint64_t>(i);
    all[index] = screen(space, space.at(index));
  }
  return all;
}

SearchResult search(const Space& space, const SearchOptions& options,
                    const std::function<void(const std::string&)>& progress, std::stop_token stop) {
  return Search(space, options).run(progress, stop);
}

}  // namespace models::planning
