#include <algorithm>
#include <array>

#include "sim/estimators/balance.h"
#include "sim/estimators/compensator.h"
#include "sim/estimators/exposure.h"
#include "sim/estimators/splitting.h"
#include "sim/estimators/stages.h"
#include "tests/sim/estimators/oracles.h"

namespace sim::testing {
namespace {

/// What one call plays, whatever the estimator.
struct Order {
  const RareOptions& options;
  const RarePrecision* precision;  ///< null: all of them
  std::uint64_t most;
  std::uint64_t seed;
};

/// The first stage and, if it misses the precision, the next ones.
Stages stages_of(const Order& order) {
  if (order.precision == nullptr) return {order.most, order.most};
  return {order.precision->least_replicates, order.most};
}

template <class Method, class M>
RareTally play_with(M model, const Order& order) {
  constexpr std::uint64_t block_size = 64;
  model.seed = order.seed;
  const RareTally empty(order.options.mission, model.payoffs(), model.event_classes());
  RareSample sample = empty.empty_sample();
  Method method(model, order.options, order.seed);
  RarePrecision precision = order.precision == nullptr ? RarePrecision{} : *order.precision;
  precision.least_replicates = 0;
  for (Stages stages = stages_of(order);;) {
    RareTally tally = empty;
    for (std::uint64_t replicate = stages.first(); replicate < stages.end();) {
      RareTally block = empty;
      const std::uint64_t end = std::min(stages.end(), replicate + block_size);
      for (; replicate < end; ++replicate) {
        sample.clear();
        method.play(replicate, sample);
        block.add(sample);
      }
      tally.merge(block);
    }
    if (order.precision == nullptr || stages.finish(tally, precision)) return tally;
  }
}

template <class Fault>
RareTally play_planted(const Oracle& oracle, Estimator estimator, const Order& order) {
  return std::visit(
      [&]<class M>(const M& model) {
        if (estimator == Estimator::splitting) return play_with<Splitting<M>>(model, order);
        return estimator == Estimator::exposure ? play_with<Exposure<M, Fault>>(model, order)
                                                : play_with<Compensator<M, Fault>>(model, order);
      },
      oracle.model);
}

RareTally dispatch(const Oracle& oracle, Estimator estimator, const Order& order, Planted planted) {
  constexpr std::array players{&play_planted<Sound>, &play_planted<CutAtOne>,
                               &play_planted<RandomMean>, &play_planted<OnlyFromWhole>,
                               &play_planted<SkipsLossesAtOnce>};
  return players[static_cast<std::size_t>(planted)](oracle, estimator, order);
}

}  // namespace

RareTally play(const Oracle& oracle, Estimator estimator, const RareOptions& options,
               std::uint64_t replicates, std::uint64_t seed, Planted planted) {
  return dispatch(oracle, estimator, {options, nullptr, replicates, seed}, planted);
}

RareTally play_until(const Oracle& oracle, Estimator estimator, const RareOptions& options,
                     const RarePrecision& precision, std::uint64_t most, std::uint64_t seed,
                     Planted planted) {
  return dispatch(oracle, estimator, {options, &precision, most, seed}, planted);
}

RareOptions options_for(const Oracle& oracle, double starts, double floor) {
  RareSetting first;
  first.floor = floor;
  RareOptions options;
  options.mission = oracle.mission;
  options.settings = {first, contrast(first)};
  if (floor <= 0.0) options.settings[1].floor = 0.0;
  return std::visit([&](auto model) { return balanced(model, options, starts); }, oracle.model);
}

std::vector<Oracle> all_oracles() {
  return {ten_of_fourteen(36.5),
          ten_of_fourteen(365.0),
          raised_k_of_n(0.4, 0),
          raised_k_of_n(2.0, 0),
          raised_k_of_n(0.4, 1),
          mirror(),
          latent_errors(1),
          latent_errors(2),
          separate_stripes(),
          stripes_on_the_same_units(),
          shocks_within_tolerance(),
          shocks_beyond_tolerance(),
          rare_shocks_of_three_racks(),
          nearly_fixed_repair(),
          ageing_without_repair(),
          ageing_mirror(),
          urgent_rebuild_first(),
          every_triple_of_units(),
          local_reconstruction()};
}

}  // namespace sim::testing
