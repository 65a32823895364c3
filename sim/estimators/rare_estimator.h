#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "sim/contract.h"
#include "sim/estimate.h"
#include "sim/estimators/compensator.h"
#include "sim/estimators/exposure.h"
#include "sim/estimators/rare_options.h"
#include "sim/estimators/splitting.h"
#include "sim/execution/limit.h"

namespace sim {

/// An estimator of rare loss chosen at run time, with a model of its own: one object per thread,
/// the workspace of run_blocks().
template <RareModel M>
class RareEstimator {
 public:
  /// @param limit  a replicate under way is given up when it is over
  /// @pre method is exposure, compensator or splitting
  RareEstimator(M model, Method method, const RareOptions& options, std::uint64_t seed,
                Limit limit = {})
      : model_(std::move(model)), estimator_(make(method, options, seed, std::move(limit))) {}
  RareEstimator(const RareEstimator&) = delete;
  RareEstimator& operator=(const RareEstimator&) = delete;
  ~RareEstimator() = default;

  /// An empty accumulator for what it plays.
  RareTally empty_tally(Seconds mission) const {
    return {mission, model_.payoffs(), model_.event_classes()};
  }

  /// Adds one replicate to the tally; false, and nothing was added, if it was given up.
  bool play(std::uint64_t replicate, RareTally& tally) {
    if (!sample_) sample_ = tally.empty_sample();
    sample_->clear();
    const bool whole = std::visit(
        [&](auto& estimator) {
          estimator.play(replicate, *sample_);
          return !estimator.gave_up();
        },
        estimator_);
    if (whole) tally.add(*sample_);
    return whole;
  }
  /// What the last replicate gave. @pre play() was called
  const RareSample& sample() const { return *sample_; }

 private:
  using Any = std::variant<Exposure<M>, Compensator<M>, Splitting<M>>;

  Any make(Method method, const RareOptions& options, std::uint64_t seed, Limit limit) {
    EXPECTS(method == Method::exposure || method == Method::compensator ||
            method == Method::splitting);
    if (method == Method::compensator) {
      return Compensator<M>(model_, options, seed, std::move(limit));
    }
    if (method == Method::splitting) return Splitting<M>(model_, options, seed, std::move(limit));
    return Exposure<M>(model_, options, seed, std::move(limit));
  }

  M model_;
  Any estimator_;
  std::optional<RareSample> sample_;
};

}  // namespace sim
