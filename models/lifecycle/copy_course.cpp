#include "models/lifecycle/copy_course.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace models::lifecycle {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();

/// Outages of the line, in order.
class LineOutages {
 public:
  LineOutages(const scenario::CloudLine& line, std::uint64_t seed, std::uint64_t replicate)
      : line_(line), stream_(seed, sim::Purpose::outage, {replicate, 0x6c696e65, 0, 0}) {
    next();
  }
  /// From `t` on: is the line up, and until when does that hold?
  struct Span {
    bool up{};
    double until{};
  };
  Span at(double t) {
    while (to_ <= t) next();
    return t < from_ ? Span{true, from_} : Span{false, to_};
  }

 private:
  void next() {
    if (!line_.outage) {
      from_ = to_ = forever;
      return;
    }
    from_ = to_ + line_.outage->between.sample(stream_).value;
    to_ = from_ + line_.outage->duration.sample(stream_).value;
  }
  const scenario::CloudLine& line_;
  sim::Stream stream_;
  double from_{};
  double to_{};
};

struct Waiting {
  std::uint32_t id{};
  double taken{};
  double left{};  ///< bytes
};

}  // namespace

Bytes written_by(const scenario::Writes& writes, Seconds t) {
  const double days = std::floor(t / sim::day);
  const double hour = t.value - days * sim::day.value;
  const double length = writes.to.value - writes.from.value;
  const double part = std::clamp((hour - writes.from.value) / length, 0.0, 1.0);
  return writes.per_day * (days + part);
}

Seconds catch_up_time(Seconds outage, BytesPerSecond written, BytesPerSecond line) {
  if (written >= line) return {forever};
  return outage * (written.value / (line - written).value);
}

CopyCourse::CopyCourse(const CopyOverLine& copy, std::uint64_t seed, std::uint64_t replicate)
    : writes_(copy.writes) {
  const policy::SnapshotScheduler snapshots(copy.snapshots);
  const policy::CopyScheduler copies(copy.line.hours);
  LineOutages outages(copy.line, seed, replicate);
  const double rate = copy.line.rate.value * copy.line.share;
  policy::SnapshotScheduler::Memory memory;
  memory.next = copy.snapshots.every;
  taken_.push_back(0);
  arrivals_.push_back({0, 0});
  std::deque<Waiting> queue;
  std::vector<policy::CopyFact> facts;
  double now = 0;
  while (now < copy.horizon.value) {
    policy::SnapshotScheduler::Actions due;
    snapshots.decide(memory, {now}, {}, due);  // what it drops was copied or goes into the next
    if (due.take) {
      const auto id = static_cast<std::uint32_t>(taken_.size());
      const Bytes more = written_by(writes_, {now}) - written_by(writes_, {taken_.back()});
      taken_.push_back(now);
      queue.push_back({id, now, more.value});
    }
    facts.clear();
    for (const Waiting& waiting : queue) facts.push_back({waiting.id, false});
    policy::CopyScheduler::Actions sending;
    copies.decide({now}, facts, sending);
    const LineOutages::Span span = outages.at(now);
    double until =
        std::min({due.wake_at.value, copy.horizon.value, span.until, sending.wake_at.value});
    if (span.up && sending.send) {
      const auto sent = std::ranges::find(queue, *sending.send, &Waiting::id);
      const double end = now + sent->left / rate;
      if (end <= until) {
        until = end;
        arrivals_.push_back({end, sent->taken});
        queue.erase(sent);
      } else {
        sent->left -= (until - now) * rate;
      }
    }
    now = until;
  }
  for (std::size_t i = 0; i < arrivals_.size(); ++i) {
    const double next = i + 1 < arrivals_.size() ? arrivals_[i + 1].at : copy.horizon.value;
    greatest_lag_ = std::max(greatest_lag_, Seconds{next - arrivals_[i].taken});
    greatest_backlog_ = std::max(
        greatest_backlog_, written_by(writes_, {next}) - written_by(writes_, {arrivals_[i].taken}));
  }
}

double CopyCourse::in_cloud(double t) const {
  const auto after = std::ranges::upper_bound(arrivals_, t, {}, &Arrival::at);
  return std::prev(after)->taken;
}

Seconds CopyCourse::lag_at(Seconds t) const { return {t.value - in_cloud(t.value)}; }

Bytes CopyCourse::backlog_at(Seconds t) const {
  return written_by(writes_, t) - written_by(writes_, {in_cloud(t.value)});
}

Retained retained(const policy::SnapshotRule& rule, Seconds time) {
  const policy::SnapshotScheduler scheduler(rule);
  policy::SnapshotScheduler::Memory memory;
  std::vector<policy::Snapshot> kept;
  policy::SnapshotScheduler::Actions due;
  std::uint32_t id = 0;
  for (Seconds now; now <= time; now = due.wake_at) {
    scheduler.decide(memory, now, kept, due);
    std::erase_if(kept, [&](const policy::Snapshot& snapshot) {
      return std::ranges::find(due.drop, snapshot.id) != due.drop.end();
    });
    if (due.take) kept.push_back({id++, now});
  }
  return {kept.size(), time - kept.front().taken};
}

Seconds CopyCourse::last_snapshot(Seconds t) const {
  return {*std::prev(std::ranges::upper_bound(taken_, t.value))};
}

}  // namespace models::lifecycle
