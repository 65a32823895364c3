#pragma once

#include <concepts>
#include <cstdint>
#include <utility>

#include "sim/quantity.h"

namespace sim {

/// The type of a model's states: plain values, what initial() returns.
template <class M>
using StateOf = decltype(std::declval<const M&>().initial(std::uint64_t{}));

/// What an estimator has to know of a model; nothing here tells what the model is of. A model holds
/// the immutable description and one thread's working space; all that a replicate remembers,
/// its place in the random streams included, is in the state.
///
///   initial(replicate)              the state at time 0. The same replicate, the same future.
///   advance(state, until, outcome)  applies the next natural event that is not after `until` and
///                                   adds what it did to `outcome`; false, and state.now = until,
///                                   if there is none.
///   State::overlay(base)            a branch from `base`, which stays unchanged meanwhile: in the
///                                   time of what is damaged in it, not of all there is.
///
/// The estimators for rare loss refine this concept (injecting an event into a copy, the critical
/// units of a state and their cumulative hazards); direct simulation needs no more than this.
template <class M, class Outcome>
concept Model = std::copyable<StateOf<M>> &&
    requires(M& model, StateOf<M>& state, Outcome& outcome, Seconds until) {
  { model.advance(state, until, outcome) } -> std::same_as<bool>;
  { StateOf<M>::overlay(std::as_const(state)) } -> std::same_as<StateOf<M>>;
  { state.now } -> std::convertible_to<Seconds>;
};

/// One whole mission: every natural event up to `mission`, added to `outcome`.
template <class Outcome, Model<Outcome> M>
void play_mission(M& model, std::uint64_t replicate, Seconds mission, Outcome& outcome) {
  StateOf<M> state = model.initial(replicate);
  while (model.advance(state, mission, outcome)) {
  }
}

}  // namespace sim
