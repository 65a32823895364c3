#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sim/change.h"
#include "sim/quantity.h"
#include "sim/random.h"

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
/// Direct simulation needs no more than this; the estimators of rare loss need a RareModel.
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

/// What the estimators of rare loss have to know besides. A group has a depth, the number of units
/// it misses; it is lost only by an event that makes it deeper, or by an Atom.
///
/// Randomness. All of a state's future is in the state, and where a path is stopped by `until` does
/// not change it: advancing to t and then to T is advancing to T. (A drawn time that lies beyond
/// `until` is kept, not drawn again.) What is drawn ahead tells nothing of the events' hazards.
///
///   advance(state, until, change)  as in Model. `change.deeper` and `lost` name every group the
///                                  event took deeper, with its depth just before it. Atoms (and
///                                  `struck`, `healed`) may also come with the advance that found
///                                  no event: what ended between the last event and `until`.
///   State::overlay(base)           of an overlay too; the copies of one base are independent of
///                                  each other and give the same path until they are refreshed.
///   refresh(state, branch)         a new future: pending events of event classes are drawn again
///                                  given ages, repairs under way keep the times they have drawn,
///                                  later draws come from the streams of that branch. The estimator
///                                  numbers branches from 1 within a replicate, and refreshes what
///                                  it injected before it goes on.
///   inject(state, unit, aim, stream, change)
///                                  the event of `unit` happens at state.now, in a copy. With an
///                                  `aim` the model may condition what the event does on taking at
///                                  least one of these groups deeper: it returns the probability of
///                                  that, and draws what happens given that, exactly. Without one
///                                  (or if it does not condition) it returns 1. Returns 0, and the
///                                  state is void, if the unit cannot have this event now. Events
///                                  that deepen nothing are fine. Draws at the instant of the event
///                                  come from `stream`, or from the state's own.
///   depth(state, group)            0 for a whole group. Not asked of a lost one.
///   critical(state, groups, level, out)
///                                  adds the units whose event may take one of these groups deeper
///                                  between now and the next event with `exposure_changed` (their
///                                  own event is one): each at most once for any time. A group
///                                  counts as long as it misses `level` units or more. More is
///                                  allowed, inject() tells the truth; less is not, it would lose
///                                  losses. A model that knows when a group will heal says so in
///                                  Exposed::until: what is drawn later is drawn in vain.
///   fatal(state, out)              the same for units whose event may lose any group at once
///                                  (whole groups too, if one event can do that).
///   cumulative_hazard(exposed, from, to)
///                                  of the event of such a unit, given that it lives at `from`
///   time_at(exposed, from, hazard)
///                                  its inverse: when it will have grown by `hazard`
///   event_classes()                how many; every `event_class` is below it
///   start_time(state, event_class, hazard)
///                                  when the hazard of all units of the class together will have
///                                  grown by `hazard` from now on, if no event comes before;
///                                  infinite if never (and for classes of atoms)
///   start_unit(state, event_class, stream)
///                                  whose event it is at such a time: each unit in proportion to
///                                  its hazard at state.now. None for a thinned candidate, where
///                                  start_time() has used a bound of the hazard.
///   payoffs()                      how many amounts each lost group comes with; 0 is fine
///   groups_of(event_class)         may be left out: about how many groups an event of the class
///                                  takes deeper
///   urgency(state)                 may be left out: how many times as often as usual virtual
///                                  events should begin in this state, 1 in most; more where a loss
///                                  takes far longer to be averted than usual. Any positive number
///                                  that only an event changes is right, it cannot bias.
template <class M>
concept RareModel = Model<M, Change> &&
    requires(M& model, const M& fixed, StateOf<M>& state, const StateOf<M>& seen, Change& change,
             Unit unit, const Exposed& exposed, std::span<const Group> groups, Group group,
             Seconds time, double hazard, std::vector<Exposed>& out, Stream& stream,
             std::uint32_t branch, std::size_t event_class, int level) {
  { model.refresh(state, branch) } -> std::same_as<void>;
  { model.inject(state, unit, groups, stream, change) } -> std::same_as<double>;
  { model.depth(seen, group) } -> std::same_as<int>;
  { model.critical(seen, groups, level, out) } -> std::same_as<void>;
  { model.fatal(seen, out) } -> std::same_as<void>;
  { fixed.cumulative_hazard(exposed, time, time) } -> std::same_as<double>;
  { fixed.time_at(exposed, time, hazard) } -> std::same_as<Seconds>;
  { fixed.event_classes() } -> std::same_as<std::size_t>;
  { fixed.start_time(seen, event_class, hazard) } -> std::same_as<Seconds>;
  { fixed.start_unit(seen, event_class, stream) } -> std::same_as<std::optional<Unit>>;
  { fixed.payoffs() } -> std::same_as<std::size_t>;
};

/// A RareModel whose groups heal one after another and not all at once. depth_in_turn() is how many
/// units every group can miss without being lost, or 0 if they do heal at once. Points are then
/// drawn early in a window, see RareSetting::early.
template <class M>
concept EarlyModel = RareModel<M> && requires(const M& fixed) {
  { fixed.depth_in_turn() } -> std::same_as<int>;
};

/// A model of groups that are out of reach for a while instead of lost: depth is what is missing or
/// unreachable, and above `tolerance()` a group cannot be read. The figure is the expected
/// group-seconds above it. Nothing is lost in such a model, and `healed` is told without delay.
template <class M>
concept TimedModel = RareModel<M> && requires(const M& fixed) {
  { fixed.tolerance() } -> std::same_as<int>;
};

}  // namespace sim
