// Writes to the legs of the mirror, copies between them, and the comparison with what was
// acknowledged.
#include <fmt/format.h>

#include <algorithm>

#include "models/drill/mirror_course.h"

namespace models::drill {

using gateway::leg_bit;
using gateway::LegSet;

bool MirrorCourse::reaches(const Engine& engine, const Leg& leg) const {
  return engine.up && leg.up && (link_up_ || engine.side == leg.side);
}

bool MirrorCourse::sees(const Engine& a, const Engine& b) const {
  return a.up && b.up && (link_up_ || a.side == b.side);
}

MirrorCourse::Bytes::iterator MirrorCourse::place(Leg& leg, std::size_t region) const {
  return leg.bytes.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes);
}

/// One current leg is the model for the others. Only the first `regions`, and half of the next, if
/// the engine dies there.
void MirrorCourse::reconcile(EngineId id, std::size_t regions) {
  Leg* model = model_for(engines_[id]);
  if (model == nullptr) return;
  for (std::size_t region = 0; region < regions; ++region) {
    if (!any_intent(region)) continue;
    for (LegId l = 0; l < legs_.size(); ++l) level(id, *model, l, region);
    settle(*model, region);
    model->intents.clear(region);
  }
  if (regions == options_.regions || !any_intent(regions)) return;
  for (LegId l = 0; l < legs_.size(); ++l) {
    const bool current = gateway::has(engines_[id].memory.charter.current, l);
    if (current && reaches(engines_[id], legs_[l])) copy_half(*model, legs_[l], regions);
  }
}

void MirrorCourse::level(EngineId id, Leg& model, LegId l, std::size_t region) {
  Leg& leg = legs_[l];
  if (&leg == &model) return;
  if (!gateway::has(engines_[id].memory.charter.current, l)) {
    leg.stale.note(region);
  } else if (reaches(engines_[id], leg)) {
    copy(model, leg, region);
    leg.intents.clear(region);
  }
}

void MirrorCourse::copy(Leg& from, Leg& to, std::size_t region) {
  std::copy_n(place(from, region), options_.region_bytes, place(to, region));
  ++result_.regions_copied;
}

void MirrorCourse::copy_half(Leg& from, Leg& to, std::size_t region) {
  std::copy_n(place(from, region), options_.region_bytes / 2, place(to, region));
}

/// A write that was never acknowledged holds or does not; what is there now is what it is.
void MirrorCourse::settle(Leg& leg, std::size_t region) {
  if (!doubtful_.noted(region)) return;
  std::copy_n(place(leg, region), options_.region_bytes,
              expected_.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes));
  doubtful_.clear(region);
}

bool MirrorCourse::any_intent(std::size_t region) const {
  return std::ranges::any_of(legs_, [&](const Leg& l) { return l.intents.noted(region); });
}

MirrorCourse::Leg* MirrorCourse::model_for(const Engine& engine) {
  for (LegId l = 0; l < legs_.size(); ++l) {
    if (gateway::has(engine.memory.charter.current, l) && reaches(engine, legs_[l])) {
      return &legs_[l];
    }
  }
  return nullptr;
}

void MirrorCourse::copy_some() {
  for (EngineId id = 0; id < engines_.size(); ++id) {
    for (LegId l = 0; l < legs_.size(); ++l) {
      const Engine& engine = engines_[id];
      if (!engine.up || !engine.takes_writes) continue;
      if (gateway::has(engine.memory.resyncing, l) && reaches(engine, legs_[l])) resync(id, l);
    }
  }
  deliver();
}

void MirrorCourse::resync(EngineId id, LegId l) {
  constexpr int regions_a_round = 16;
  Leg& leg = legs_[l];
  const std::uint64_t generation = engines_[id].memory.charter.generation;
  if (leg.generation > generation) return tell(id, gateway::Refused{});
  std::size_t from = 0;
  for (int i = 0; i < regions_a_round; ++i) {
    const auto region = policy_.next_region(leg.stale, from);
    if (!region) return tell(id, gateway::Resynced{l});
    Leg* model = model_for(engines_[id]);
    if (model == nullptr) return;
    if (copy_dies_ && (*copy_dies_)-- == 0) {
      copy_dies_.reset();
      copy_half(*model, leg, *region);
      return die(engines_[id]);
    }
    copy(*model, leg, *region);
    leg.stale.clear(*region);
    leg.intents.clear(*region);
    leg.generation = std::max(leg.generation, generation);
    from = *region + 1;
  }
}

void MirrorCourse::write_some() {
  constexpr int writes_a_step = 4;
  for (int i = 0; i < writes_a_step; ++i) {
    const std::size_t region = stream_.below(options_.regions);
    Bytes content(options_.region_bytes);
    const std::uint64_t pattern = stream_.bits();
    for (std::size_t b = 0; b < content.size(); ++b) {
      content[b] = static_cast<std::byte>((pattern >> (b % 8 * 8)) + b / 8);
    }
    ++result_.writes;
    int takers = 0;
    for (EngineId id = 0; id < engines_.size(); ++id) {
      if (engines_[id].up && engines_[id].takes_writes) takers += write(id, region, content);
    }
    if (takers == 0) ++result_.refused;
    if (takers > 1) complain("two engines acknowledged a write: split brain");
  }
}

/// Legs that this write goes to and reaches; false if one of them obeys a newer engine.
bool MirrorCourse::reach_targets(EngineId id, std::vector<LegId>& targets) {
  const Engine& engine = engines_[id];
  const gateway::Memory& memory = engine.memory;
  const LegSet wanted = (memory.charter.current | memory.resyncing) & ~memory.silent;
  for (LegId l = 0; l < legs_.size(); ++l) {
    if (!gateway::has(wanted, l) || !reaches(engine, legs_[l])) continue;
    if (legs_[l].generation > memory.charter.generation) return false;
    targets.push_back(l);
  }
  return true;
}

/// Leg by leg, in two halves each: between any two the engine may die.
MirrorCourse::Written MirrorCourse::put(Engine& engine, const std::vector<LegId>& targets,
                                        std::size_t region, const Bytes& content) {
  const std::size_t half = content.size() / 2;
  const auto dies = [&] {
    if (!write_dies_ || (*write_dies_)-- > 0) return false;
    write_dies_.reset();
    die(engine);
    return true;
  };
  Written written;
  for (const LegId l : targets) {
    if (dies()) return written;
    std::copy_n(content.begin(), half, place(legs_[l], region));
    written.touched |= leg_bit(l);
    if (dies()) return written;
    std::copy(content.begin() + static_cast<std::ptrdiff_t>(half), content.end(),
              place(legs_[l], region) + static_cast<std::ptrdiff_t>(half));
    written.whole |= leg_bit(l);
  }
  dies();
  return written;
}

/// 1 if it was acknowledged.
int MirrorCourse::write(EngineId id, std::size_t region, const Bytes& content) {
  Engine& engine = engines_[id];
  std::vector<LegId> targets;
  if (!reach_targets(id, targets)) {
    tell(id, gateway::Refused{});
    deliver();
    return 0;
  }
  for (const LegId l : targets) legs_[l].intents.note(region);
  const Written written = put(engine, targets, region, content);
  if (written.touched != 0) doubtful_.note(region);
  note_missed(id, written.whole, region);
  // The answer may have gone out just before the engine died.
  const bool acknowledged = policy_.may_acknowledge(engine.memory, written.whole);
  if (acknowledged) acknowledge(written.whole, region, content);
  return acknowledged ? 1 : 0;
}

void MirrorCourse::note_missed(EngineId id, LegSet written, std::size_t region) {
  if (written == 0) return;
  const gateway::Memory& memory = engines_[id].memory;
  for (LegId l = 0; l < legs_.size(); ++l) {
    if (gateway::has(written, l) || gateway::has(memory.charter.current, l)) continue;
    legs_[l].stale.note(region);
    if (gateway::has(memory.resyncing, l)) tell(id, gateway::PathDown{l});
  }
}

void MirrorCourse::acknowledge(LegSet written, std::size_t region, const Bytes& content) {
  ++result_.acknowledged;
  std::ranges::copy(
      content, expected_.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes));
  doubtful_.clear(region);
  for (LegId l = 0; l < legs_.size(); ++l) {
    if (gateway::has(written, l)) legs_[l].intents.clear(region);
  }
}

/// Where nobody asks a tie-breaker, what the serving engine goes by.
gateway::Charter MirrorCourse::charter_in_force() const {
  gateway::Charter charter = register_.charter();
  for (const Engine& engine : engines_) {
    const bool newer = engine.memory.charter.generation > charter.generation;
    if (engine.up && engine.takes_writes && newer) charter = engine.memory.charter;
  }
  return charter;
}

/// What a host would read from each leg that counts as current.
void MirrorCourse::compare() {
  const gateway::Charter charter = charter_in_force();
  if (charter.current == 0) complain("no leg counts as current");
  for (LegId l = 0; l < legs_.size(); ++l) {
    if (gateway::has(charter.current, l)) compare(l, charter);
  }
}

void MirrorCourse::compare(LegId l, const gateway::Charter& charter) {
  for (std::size_t region = 0; region < options_.regions; ++region) {
    if (doubtful_.noted(region)) continue;
    result_.bytes_compared += options_.region_bytes;
    const auto first =
        expected_.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes);
    if (std::equal(first, first + static_cast<std::ptrdiff_t>(options_.region_bytes),
                   place(legs_[l], region))) {
      continue;
    }
    complain(fmt::format("leg {} is current (generation {}), region {} is not as acknowledged", l,
                         charter.generation, region));
  }
}

void MirrorCourse::complain(std::string what) {
  constexpr std::size_t told = 5;
  ++result_.violation_count;
  what = fmt::format("after {}: {}", after_, what);
  const bool is_new = result_.violations.empty() || result_.violations.back() != what;
  if (is_new && result_.violations.size() < told) result_.violations.push_back(std::move(what));
}

}  // namespace models::drill
