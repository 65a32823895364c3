#include "tests/models/oracle/naive_simulator.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <random>

#include "tests/models/oracle/naive_parts.h"

namespace oracle {
namespace {

class Simulation {
 public:
  Simulation(const Options &options, std::uint64_t seed)
      : o_(options),
        random_(seed),
        disks_(o_.machine_of.size()),
        machines_(1 + *std::ranges::max_element(o_.machine_of)),
        groups_(o_.map->groups()),
        tolerance_(static_cast<std::size_t>(o_.code->tolerance())) {
    played_.hours.resize(o_.map->width() + 1);
    for (std::uint32_t g = 0; g < groups_.size(); ++g) {
      for (const std::uint32_t disk : o_.map->members(g)) groups_[g].shards.push_back({disk, 0});
    }
    for (std::uint32_t d = 0; d < disks_.size(); ++d) live(d);
    for (std::uint32_t m = 0; m < machines_.size(); ++m) {
      push(draw({o_.machine_life, true}), Event::machine_fails, m, 0, o_.machine_life);
      push(draw({o_.outage_between, true}), Event::leaves, m, 0, o_.outage_between);
    }
    for (const auto &[at, disk] : o_.script) push(at, Event::scripted, disk);
  }

  Played run() {
    for (;;) {
      const double ready = serve();
      const double next = events_.empty() ? never : events_.top().at;
      const double until = std::min({ready, next, o_.mission});
      for (Item &item : items_) item.done += item.speed * (until - now_);
      now_ = until;
      if (until >= o_.mission) break;
      if (ready <= next) {
        finish();
      } else {
        const Event event = events_.top();
        events_.pop();
        apply(event);
      }
    }
    for (Group &group : groups_) book(group);
    played_.lost = played_.lost_to_disks + played_.lost_to_machines + played_.lost_to_errors;
    return played_;
  }

 private:
  double uniform() { return (static_cast<double>(random_() >> 12U) + 0.5) * 0x1p-52; }
  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(uniform() * static_cast<double>(n)));
  }
  double draw(Span span) {
    return span.exponential ? -std::log(uniform()) * span.hours : span.hours;
  }

  void push(double after, Event::Kind kind, std::uint32_t index, int life = 0, double rate = 1) {
    if (rate > 0) events_.push({now_ + after, kind, index, life, numbers_++});
  }
  void live(std::uint32_t disk) {
    const double life = o_.disk_life * std::pow(-std::log(uniform()), 1 / o_.disk_shape);
    push(life, Event::disk_fails, disk, disks_[disk].life, o_.disk_life);
  }

  void apply(const Event &event) {
    const std::uint32_t i = event.index;
    switch (event.kind) {
      case Event::disk_fails:
        if (disks_[i].life == event.life && disks_[i].alive) lose_disk(i);
        break;
      case Event::scripted:
        if (disks_[i].alive) lose_disk(i);
        break;
      case Event::machine_fails:
        if (machines_[i].working) lose_machine(i);
        push(draw({o_.machine_life, true}), Event::machine_fails, i);
        break;
      case Event::report:
        report(i);
        break;
      case Event::start:
        losses_[i].started = true;
        losses_[i].begun = now_;
        losses_[i].whole_at = now_ + draw(o_.rebuild);
        break;
      case Event::replaced:
        if (disks_[i].life == event.life && machine(i).working) replace(i);
        break;
      case Event::machine_new:
        machines_[i].working = true;
        for (std::uint32_t d = 0; d < disks_.size(); ++d) {
          if (o_.machine_of[d] == i) replace(d);
        }
        judge_all();
        break;
      case Event::leaves:
        if (machines_[i].working)
          leave(i);
        else
          push(draw({o_.outage_between, true}), Event::leaves, i);
        break;
      case Event::returns:
        come_back(i);
        break;
      case Event::given_up:
        if (machines_[i].away && machines_[i].working && machines_[i].absence == event.life) {
          copy_all(i);
        }
        break;
    }
  }

  // What is true.
  Machine &machine(std::uint32_t disk) { return machines_[o_.machine_of[disk]]; }
  bool reachable(std::uint32_t disk) { return machine(disk).working && !machine(disk).away; }
  bool usable(std::uint32_t disk) { return disks_[disk].alive && reachable(disk); }

  void replace(std::uint32_t disk) {
    if (disks_[disk].alive) return;
    disks_[disk].alive = true;
    live(disk);
  }

  void lose_disk(std::uint32_t disk) {
    kill({disk}, played_.lost_to_disks);
    push(draw(o_.replacement), Event::replaced, disk, disks_[disk].life);
  }
  void lose_machine(std::uint32_t number) {
    machines_[number].working = false;
    std::vector<std::uint32_t> dying;
    for (std::uint32_t d = 0; d < disks_.size(); ++d) {
      if (o_.machine_of[d] == number && disks_[d].alive) dying.push_back(d);
    }
    kill(dying, played_.lost_to_machines);
    push(draw(o_.replacement), Event::machine_new, number);
  }

  /// Disks die together: one report.
  void kill(const std::vector<std::uint32_t> &dying, double &booked) {
    const double detection = draw(o_.detection);
    std::vector<std::uint32_t> hit;
    for (const std::uint32_t disk : dying) {
      disks_[disk].alive = false;
      ++disks_[disk].life;
      ++played_.failures;
      losses_.emplace_back();
      losses_.back().disk = disk;
      losses_.back().received.resize(machines_.size());
      push(detection, Event::report, static_cast<std::uint32_t>(losses_.size() - 1));
      for (std::uint32_t g = 0; g < groups_.size(); ++g) strike(g, disk, hit);
      std::erase_if(items_, [&](const Item &item) { return item.copy && home(item) == disk; });
      for (Item &item : items_) {  // what was written there is lost with it
        if (item.target == static_cast<int>(disk)) forget_target(item);
      }
    }
    for (const std::uint32_t g : hit) look(g, booked);
    if (away_ > 0) judge_all();
  }
  void strike(std::uint32_t g, std::uint32_t disk, std::vector<std::uint32_t> &hit) {
    Group &group = groups_[g];
    if (group.lost) return;
    for (std::uint32_t slot = 0; slot < group.shards.size(); ++slot) {
      if (group.shards[slot].disk != disk || group.missing.test(slot)) continue;
      book(group);
      group.missing.set(slot);
      losses_.back().shards.emplace_back(g, slot);
      hit.push_back(g);
    }
  }

  /// A stripe at the share u of a group misses those shards whose rebuild has
  /// not come so far.
  void look(std::uint32_t g, double &booked) {
    Group &group = groups_[g];
    if (group.lost || o_.code->recoverable(group.missing)) return;
    std::vector<std::pair<double, std::uint32_t>> done;
    for (std::uint32_t slot = 0; slot < group.shards.size(); ++slot) {
      if (group.missing.test(slot)) done.emplace_back(done_of(g, slot), slot);
    }
    std::ranges::sort(done);
    ShardSet gone;
    for (const auto &[share, slot] : done) {
      gone.set(slot);
      if (o_.code->recoverable(gone)) continue;
      booked += 1 - share;
      break;
    }
    group.lost = true;
    std::erase_if(items_, [&](const Item &item) { return item.group == g; });
  }
  double done_of(std::uint32_t g, std::uint32_t slot) {
    const auto item = std::ranges::find_if(
        items_, [&](const Item &i) { return i.group == g && i.slot == slot && !i.copy; });
    if (item == items_.end()) return 0;
    const double done = o_.pace == Options::Pace::whole ? done_by_now(*item) : item->done;
    const double share = std::clamp(done, 0.0, 1.0);
    return o_.stripes == 0 ? share : std::floor(share * o_.stripes + slack) / o_.stripes;
  }
  /// Shards of a loss that are at most the `turn`-th of it on their machine.
  static double upto(const Loss &loss, int turn = std::numeric_limits<int>::max()) {
    const auto turns = std::min<std::ptrdiff_t>(turn, std::ssize(loss.at_turn));
    return std::accumulate(loss.at_turn.begin(), loss.at_turn.begin() + turns, 0.0);
  }
  /// Of an item whose loss has its time: those of one turn are written side by side.
  double done_by_now(const Item &item) {
    const Loss &loss = losses_[item.loss];
    if (item.target == no_disk) return 0;
    const double share = (now_ - loss.begun) / (loss.whole_at - loss.begun);
    const double before = upto(loss, item.turn - 1);
    return (share * upto(loss) - before) / (upto(loss, item.turn) - before);
  }

  void book(Group &group) {
    if (!group.lost) played_.hours[group.missing.count()] += now_ - group.since;
    if (!group.lost && group.unavailable) played_.unavailable_hours += now_ - group.since;
    group.since = now_;
  }
  ShardSet unreadable(const Group &group) {
    ShardSet gone = group.missing;
    for (std::uint32_t slot = 0; slot < group.shards.size(); ++slot) {
      if (!usable(group.shards[slot].disk)) gone.set(slot);
    }
    return gone;
  }
  void judge(Group &group) {
    book(group);
    group.unavailable = !group.lost && !o_.code->recoverable(unreadable(group));
  }
  void judge_all() {
    away_ = 0;
    for (const Machine &m : machines_) away_ += m.away || !m.working ? 1 : 0;
    for (Group &group : groups_) judge(group);
  }

  void leave(std::uint32_t number) {
    machines_[number].away = true;
    push(draw(o_.outage), Event::returns, number);
    push(o_.give_up, Event::given_up, number, ++machines_[number].absence, o_.give_up);
    for (Item &item : items_) {
      if (item.target != no_disk && !reachable(static_cast<std::uint32_t>(item.target))) {
        forget_target(item);
      }
    }
    judge_all();
  }
  void come_back(std::uint32_t number) {
    machines_[number].away = false;
    push(draw({o_.outage_between, true}), Event::leaves, number);
    std::erase_if(
        items_, [&](const Item &item) { return item.copy && o_.machine_of[home(item)] == number; });
    judge_all();
  }
  std::uint32_t home(const Item &item) { return groups_[item.group].shards[item.slot].disk; }
  static void forget_target(Item &item) {
    item.target = no_disk;
    item.done = 0;
  }

  // What is known, and done about it.
  void report(std::uint32_t number) {
    Loss &loss = losses_[number];
    for (const auto &[g, slot] : loss.shards) groups_[g].reported += groups_[g].lost ? 0 : 1;
    enqueue(number, false);
    push(draw(o_.rebuild_delay), Event::start, number);
  }
  void copy_all(std::uint32_t number) {
    losses_.emplace_back();
    losses_.back().started = true;
    losses_.back().received.resize(machines_.size());
    for (std::uint32_t g = 0; g < groups_.size(); ++g) {
      for (std::uint32_t slot = 0; slot < groups_[g].shards.size(); ++slot) {
        const std::uint32_t disk = groups_[g].shards[slot].disk;
        if (groups_[g].lost || groups_[g].missing.test(slot)) continue;
        if (o_.machine_of[disk] == number) losses_.back().shards.emplace_back(g, slot);
      }
    }
    enqueue(static_cast<std::uint32_t>(losses_.size() - 1), true);
  }
  void enqueue(std::uint32_t number, bool copy) {
    auto shards = losses_[number].shards;
    for (std::size_t i = shards.size(); i > 1 && !o_.by_group; --i) {
      std::swap(shards[i - 1], shards[below(i)]);
    }
    for (const auto &[g, slot] : shards) {
      if (!groups_[g].lost) items_.push_back({g, slot, number, copy});
    }
    for (Item &item : items_) {
      const int known = groups_[item.group].reported;
      item.released = item.released || known + (item.copy ? 1 : 0) >= o_.threshold;
      item.level = std::max(item.level, known);
    }
  }

  int level(const Item &item) { return o_.whole_group ? item.level : groups_[item.group].reported; }
  /// Can it go on? Sources and a target are asked for when it is its turn.
  bool possible(Item &item) {
    if (!item.released || !losses_[item.loss].started) return false;
    if (o_.own_place && !item.copy && !usable(losses_[item.loss].disk)) return false;
    const Group &group = groups_[item.group];
    return away_ == 0 || o_.code->repair_plan(asked(group, item), static_cast<int>(item.slot));
  }
  ShardSet asked(const Group &group, const Item &item) {
    ShardSet gone = away_ == 0 ? group.missing : unreadable(group);
    return gone.set(item.slot);
  }

  /// Gives every item its speed; when the first of them is done.
  double serve() {
    for (Item &item : items_) item.speed = 0;
    if (items_.empty()) return never;
    if (o_.pace == Options::Pace::whole) return serve_whole();
    able_.clear();
    for (Item &item : items_) {
      if (possible(item)) able_.push_back(&item);
    }
    std::vector<std::vector<Item *>> shares = chosen();
    double ready = never;
    for (auto &share : shares) {
      for (Item *item : share) {
        if (item->target == no_disk) item->target = choose_target(*item);
        if (item->target == no_disk) continue;
        const double shares_of_pace =
            o_.pace == Options::Pace::fleet ? static_cast<double>(shares.size()) : 1.0;
        item->speed = o_.bytes_per_hour / shares_of_pace / static_cast<double>(share.size()) /
                      (o_.shard_bytes * (o_.pace == Options::Pace::fleet ? reads(*item) : 1));
        ready = std::min(ready, now_ + std::max(0.0, 1 - slack - item->done) / item->speed);
      }
    }
    return ready;
  }
  /// The items under way, by loss: the first ones of the highest level.
  std::vector<std::vector<Item *>> chosen() {
    const bool fleet = o_.pace == Options::Pace::fleet;
    std::map<std::uint32_t, int> top;  // by loss, or one for all
    for (Item *item : able_) {
      int &most = top.try_emplace(fleet ? 0 : item->loss, -1).first->second;
      most = std::max(most, level(*item));
    }
    std::vector<std::vector<Item *>> shares;
    std::uint32_t last = 0;
    std::map<std::uint32_t, std::uint32_t> lifts;  // the newest loss of a deep group
    for (Item *item : able_) lifts[item->group] = std::max(lifts[item->group], item->loss);
    for (Item *item : able_) {
      if (level(*item) < top[fleet ? 0 : item->loss]) continue;
      const bool singly = !o_.whole_group && !o_.arrival && level(*item) > 1;
      if (singly && lifts[item->group] != item->loss) continue;
      if (shares.empty() || item->loss != last) {
        if (fleet && o_.arrival && !shares.empty()) break;
        shares.emplace_back();
        last = item->loss;
      }
      if (shares.back().size() < o_.lanes) shares.back().push_back(item);
    }
    return shares;
  }
  double serve_whole() {
    for (Item &item : items_) {
      if (item.target != no_disk || !possible(item)) continue;
      item.target = choose_target(item);
      if (item.target == no_disk || item.turn > 0) continue;
      Loss &loss = losses_[item.loss];
      item.turn = loss.received[o_.machine_of[static_cast<std::uint32_t>(item.target)]];
      const auto turns = static_cast<std::size_t>(item.turn);
      if (loss.at_turn.size() < turns) loss.at_turn.resize(turns);
      ++loss.at_turn[turns - 1];
    }
    double ready = never;
    for (Item &item : items_) {
      if (item.target == no_disk || !possible(item)) continue;
      const Loss &loss = losses_[item.loss];
      const double end = upto(loss, item.turn) / upto(loss);
      ready = std::min(ready, loss.begun + end * (loss.whole_at - loss.begun));
    }
    return std::max(ready, now_);
  }

  /// Among the machines that have got least of this loss, any disk that may
  /// take the shard.
  int choose_target(const Item &item) {
    if (o_.own_place && !item.copy) return static_cast<int>(losses_[item.loss].disk);
    Loss &loss = losses_[item.loss];
    std::vector<std::uint32_t> best;
    for (std::uint32_t d = 0; d < disks_.size(); ++d) {
      if (!usable(d) || !may_take(item, d)) continue;
      const int got = loss.received[o_.machine_of[d]];
      if (!best.empty() && got > loss.received[o_.machine_of[best[0]]]) continue;
      if (!best.empty() && got < loss.received[o_.machine_of[best[0]]]) best.clear();
      best.push_back(d);
    }
    if (best.empty()) return no_disk;
    const std::uint32_t disk = best[below(best.size())];
    ++loss.received[o_.machine_of[disk]];
    return static_cast<int>(disk);
  }
  bool may_take(const Item &item, std::uint32_t disk) {
    const Group &group = groups_[item.group];
    int beside = 0;
    const auto count = [&](std::uint32_t other) {
      if (other == disk) beside = o_.max_per_machine;
      if (o_.machine_of[other] == o_.machine_of[disk]) ++beside;
    };
    for (std::uint32_t slot = 0; slot < group.shards.size(); ++slot) {
      if (slot != item.slot && !group.missing.test(slot)) count(group.shards[slot].disk);
    }
    for (const Item &other : items_) {
      const bool same = other.group == item.group && other.slot != item.slot;
      if (same && other.target != no_disk) count(static_cast<std::uint32_t>(other.target));
    }
    return beside < o_.max_per_machine;
  }

  int reads(const Item &item) {
    const ShardSet gone = asked(groups_[item.group], item);
    const auto key = std::pair(std::hash<ShardSet>{}(gone), item.slot);
    auto [entry, fresh] = reads_.try_emplace(key, 0);
    if (fresh) entry->second = o_.code->repair_plan(gone, static_cast<int>(item.slot))->reads();
    return entry->second;
  }

  void finish() {
    for (std::size_t i = 0; i < items_.size();) {
      const Item item = items_[i];
      const bool whole = o_.pace == Options::Pace::whole;
      const bool done = whole ? done_by_now(item) >= 1 - 2 * slack && possible(items_[i])
                              : item.speed > 0 && item.done >= 1 - 2 * slack;
      if (!done) {
        ++i;
        continue;
      }
      items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(i));
      complete(item);
    }
  }
  void complete(const Item &item) {
    Group &group = groups_[item.group];
    book(group);
    played_.repair_bytes += reads(item) * o_.shard_bytes;
    if (o_.defects > 0) meet_errors(group, item);
    group.shards[item.slot] = {static_cast<std::uint32_t>(item.target), now_};
    if (!item.copy) {
      group.missing.reset(item.slot);
      --group.reported;
    }
    if (away_ > 0) judge(group);
  }
  /// With no redundancy left, an error on any shard that the rebuild needs
  /// spoils its stripe.
  void meet_errors(Group &group, const Item &item) {
    double errors = 0;
    for (std::uint32_t slot = 0; slot < group.shards.size() && !item.copy; ++slot) {
      ShardSet gone = group.missing;
      if (gone.test(slot) || o_.code->recoverable(gone.set(slot))) continue;
      errors += o_.defects * (now_ - group.shards[slot].sound_since);
    }
    played_.lost_to_errors += -std::expm1(-errors / o_.stripes);
    const auto plan = *o_.code->repair_plan(asked(group, item), static_cast<int>(item.slot));
    std::vector<std::uint32_t> any;
    for (std::uint32_t slot = 0; slot < group.shards.size(); ++slot) {
      if (plan.required.test(slot)) group.shards[slot].sound_since = now_;
      if (plan.any_of.test(slot)) any.push_back(slot);
    }
    for (int i = 0; i < plan.any_count; ++i) {
      std::swap(any[static_cast<std::size_t>(i)], any[i + below(any.size() - i)]);
      group.shards[any[static_cast<std::size_t>(i)]].sound_since = now_;
    }
  }

  const Options &o_;
  std::mt19937_64 random_;
  double now_{};
  std::vector<Disk> disks_;
  std::vector<Machine> machines_;
  std::vector<Group> groups_;
  std::size_t tolerance_;
  std::vector<Loss> losses_;
  std::vector<Item> items_;  ///< by loss, and within one by their place in its order
  std::vector<Item *> able_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::uint64_t numbers_{};
  int away_{};  ///< machines out of reach
  std::map<std::pair<std::size_t, std::uint32_t>, int> reads_;
  Played played_;
};

}  // namespace

Played play(const Options &options, std::uint64_t seed) { return Simulation(options, seed).run(); }

}  // namespace oracle
