// The frame of a mission: first writes, step after step, what is checked after each.
#include "models/drill/mission.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/codes/slots.h"
#include "models/drill/draws.h"
#include "models/drill/misplaced.h"

namespace models::drill {
namespace {

/// Places of a disk: its shards at the start, what `usable_fill` leaves free above them, one that
/// rebuilds leave to writes and one to write into.
std::uint32_t places_for(const placement::PlacementMap& map, const topology::Topology& topology,
                         double usable_fill) {
  std::size_t most = 0;
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    most = std::max(most, map.shards_of(disk).size());
  }
  return static_cast<std::uint32_t>(static_cast<double>(most) / usable_fill) + 2;
}

}  // namespace

Mission::Mission(const Subject& subject, const Setting& setting, std::uint64_t number,
                 const MakeMedium& make_medium)
    : subject_(subject),
      setting_(setting),
      number_(number),
      width_(static_cast<std::uint32_t>(subject.code.shape().total())),
      groups_(static_cast<std::uint32_t>(setting.objects)),
      map_(make_map()),
      ledger_(subject.code, setting.seed, number, groups_, setting.object_bytes),
      medium_(make(make_medium)),
      store_({subject.code, subject.topology, map_, subject.safeguards, *medium_,
              places_for(map_, subject.topology, subject.hardware.usable_fill),
              setting.object_bytes}),
      queue_(subject, store_, setting.seed, number),
      was_missing_(groups_),
      excused_(groups_),
      lost_(groups_) {
  store_.watch_missing([this](std::uint32_t group, std::uint32_t slot) {
    const Home& home = store_.catalogue().entry(group).homes[slot];
    const Disks& disks = store_.disks();
    if (!disks.working(home.disk) || disks.excused(home.disk, home.place)) {
      excused_[group].set(slot);
    }
  });
  result_.code = subject.code.name();
  result_.objects = setting.objects;
  result_.missions = 1;
}

placement::PlacementMap Mission::make_map() const {
  sim::Stream stream = stream_for(setting_.seed, number_, placing);
  return subject_.placement.build(subject_.topology, static_cast<int>(width_), setting_.objects,
                                  stream);
}

std::unique_ptr<Medium> Mission::make(const MakeMedium& make_medium) const {
  const auto data = static_cast<std::size_t>(subject_.code.shape().data);
  const std::size_t place = header_bytes + (setting_.object_bytes + data - 1) / data;
  if (make_medium) return make_medium(number_, place);
  return make_memory_medium(subject_.topology.disks(), place);
}

StrategyDrill Mission::run(const Schedule& schedule) {
  for (std::uint32_t group = 0; group < groups_; ++group) write(group);
  check("the first writes");
  for (const Step& step : schedule) {
    if (!result_.passed() || setting_.stop.stop_requested()) break;
    take(step);
  }
  if (result_.passed()) finish();
  result_.work.add(store_.work());
  result_.shards_rebuilt = queue_.rebuilt();
  result_.rebuilds_put_off = queue_.put_off();
  result_.shards_waited = queue_.waited();
  return std::move(result_);
}

void Mission::take(const Step& step) {
  static const auto table = handlers();
  clock_ += sim::hours(1);
  store_.set_now(clock_);
  const auto kind = static_cast<std::size_t>(step.kind);
  ++result_.steps;
  after_ = fmt::format("step {} ({})", result_.steps, text_of({step}));
  if ((this->*table[kind])(step)) ++result_.happened[kind];
  check(after_);
}

void Mission::finish() {
  after_ = "the end";
  heal({});
  replace({});
  recover({});
  for (std::uint32_t disk = 0; disk < subject_.topology.disks(); ++disk) verify({disk, 0, 1, {}});
  recover({});
  check("the end");
  restart(0);
  check("a restart from what is durable");
}

bool Mission::write(std::uint32_t group, std::uint32_t draw) {
  const std::uint32_t version = store_.catalogue().entry(group).version + 1;
  std::vector<std::byte> content = ledger_.make_content(group, version);
  const integrity::Md5 given = integrity::md5(content);
  Put put;
  bool crashed = false;
  try {
    store_.put(group, content, given, put);
  } catch (const Crashed&) {
    crashed = true;
    restart(draw);
  }
  store_.no_crash();
  result_.writes += put.acknowledged ? 1 : 0;
  result_.writes_degraded += put.acknowledged && put.skipped.any() ? 1 : 0;
  result_.writes_refused += put.acknowledged || crashed ? 0 : 1;
  // A write that ended before its answer may hold or not; one that was acknowledged holds.
  const bool holds = store_.catalogue().entry(group).version == version;
  if (put.acknowledged || (crashed && holds)) {
    ledger_.acknowledge(group, version, std::move(content));
  }
  return crashed || put.acknowledged;
}

void Mission::restart(std::uint32_t draw) {
  store_.restart(draw);
  queue_.forget();
}

void Mission::excuse(std::uint32_t group, std::uint32_t machine) {
  const Entry& entry = store_.catalogue().entry(group);
  for (std::size_t slot = 0; slot < entry.homes.size(); ++slot) {
    if (subject_.topology.machine_of(entry.homes[slot].disk) == machine) excused_[group].set(slot);
  }
}

/// The store gives a shard up only for a reason.
void Mission::check_given_up(std::uint32_t group) {
  const Entry& entry = store_.catalogue().entry(group);
  const codes::ShardSet given_up = entry.missing & ~was_missing_[group];
  was_missing_[group] = entry.missing;
  const codes::ShardSet excused = std::exchange(excused_[group], {});
  for (const std::size_t slot : codes::slots_of(given_up & ~excused)) {
    const std::uint32_t disk = entry.homes[slot].disk;
    const bool reason =
        !store_.readable(disk) || store_.disks().full(disk) || store_.disks().free(disk) == 0;
    if (reason) continue;
    complain(fmt::format("shard {} of object {} is given up for nothing", slot, group));
  }
}

void Mission::check(const std::string& after) {
  after_ = after;
  for (std::uint32_t group = 0; group < groups_; ++group) check_given_up(group);
  const std::uint64_t number = ++audits_;
  const auto stream_of = [&](std::uint32_t group) {
    return stream_for(setting_.seed, number_, reading, group, static_cast<std::uint32_t>(number));
  };
  const std::vector<Finding> findings =
      audit(subject_.code, store_, ledger_, stream_of, number, result_.work);
  for (std::uint32_t group = 0; group < groups_; ++group) settle(group, findings[group]);
}

void Mission::settle(std::uint32_t group, const Finding& finding) {
  if (!finding.violation.empty()) complain(finding.violation);
  if (finding.readable) result_.bytes_verified += setting_.object_bytes;
  if (finding.out_of_reach) ++result_.out_of_reach;
  if (finding.predicted_lost && !lost_[group]) {
    ++result_.objects_lost_predicted;
    result_.objects_lost_seen += finding.readable ? 0 : 1;
  }
  lost_[group] = finding.predicted_lost;
  std::vector<std::uint32_t> homes(width_);
  store_.members(group, homes);
  for (const std::string& fault :
       misplaced(subject_.topology, subject_.limits, subject_.code, homes)) {
    complain(fmt::format("object {} has {}", group, fault));
  }
}

RebuildQueue::Complain Mission::complaints() {
  return [this](std::string what) { complain(std::move(what)); };
}

void Mission::complain(std::string what) {
  ++result_.violation_count;
  if (result_.violations.size() >= StrategyDrill::violations_told) return;
  result_.violations.push_back(
      fmt::format("mission {}, after {}: {}", number_, after_, std::move(what)));
}

}  // namespace models::drill
