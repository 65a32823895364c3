#include "sim/estimators/rare_tally.h"

#include <cmath>
#include <limits>

#include "sim/contract.h"

namespace sim {

LossPath LossPath::then(std::size_t event_class) const {
  EXPECTS(event_class <= std::numeric_limits<std::uint16_t>::max());
  LossPath longer = *this;
  if (longer.size_ < classes_.size()) ++longer.size_;
  longer.classes_[longer.size_ - 1U] = static_cast<std::uint16_t>(event_class);
  return longer;
}

bool LossPath::holds(std::size_t event_class) const {
  const auto* const end = classes_.data() + size_;
  return std::find(classes_.data(), end, event_class) != end;
}

void Work::add(const Work& other) {
  events += other.events;
  hazards += other.hazards;
  groups += other.groups;
}

void Work::count(const Change& change) {
  ++events;
  groups += change.touched + change.deeper.size() + change.lost.size();
}

void ClassTries::add(const ClassTries& other) {
  injected += other.injected;
  deepened += other.deepened;
  offered += other.offered;
}

std::size_t years_of(Seconds mission) {
  const double begun = std::ceil(in_years(mission));
  return begun < 1.0 ? 1 : static_cast<std::size_t>(begun);
}

RareSample::RareSample(std::size_t payoffs, std::size_t event_classes, std::size_t years)
    : amounts(payoffs), curve(years), tries(event_classes) {}

void RareSample::clear() {
  any = 0.0;
  std::fill(amounts.begin(), amounts.end(), 0.0);
  std::fill(curve.begin(), curve.end(), 0.0);
  used = 0;
  std::fill(tries.begin(), tries.end(), ClassTries{});
  watched = {};
  natural_loss = false;
  setting = 0;
  deepest = 0;
  work = {};
}

void RareSample::record(const LossPath& path, Seconds at, double share, double weight,
                        const std::vector<double>& lost) {
  EXPECTS(lost.size() == amounts.size());
  any += share;
  curve[std::min(curve.size() - 1, static_cast<std::size_t>(in_years(at)))] += share;
  std::size_t i = 0;
  while (i < used && parts[i].path != path) ++i;
  if (i == used) {
    if (used == parts.size()) parts.push_back({path, 0.0, std::vector<double>(amounts.size())});
    parts[i].path = path;
    parts[i].any = 0.0;
    std::fill(parts[i].amounts.begin(), parts[i].amounts.end(), 0.0);
    ++used;
  }
  parts[i].any += share;
  for (std::size_t j = 0; j < lost.size(); ++j) {
    amounts[j] += weight * lost[j];
    parts[i].amounts[j] += weight * lost[j];
  }
}

RareTally::RareTally(Seconds mission, std::size_t payoffs, std::size_t event_classes)
    : mission_(mission), amounts_(payoffs), curve_(years_of(mission)), tries_(event_classes) {}

RareSample RareTally::empty_sample() const {
  return {amounts_.size(), tries_.size(), curve_.size()};
}

void RareTally::add(const RareSample& sample) {
  EXPECTS(sample.amounts.size() == amounts_.size() && sample.curve.size() == curve_.size());
  loss_.add(sample.any, sample.watched.value);
  by_setting_[sample.setting].add(sample.any);
  for (std::size_t i = 0; i < amounts_.size(); ++i) amounts_[i].add(sample.amounts[i]);
  for (std::size_t i = 0; i < curve_.size(); ++i) curve_[i].add(sample.curve[i]);
  for (std::size_t i = 0; i < tries_.size(); ++i) tries_[i].add(sample.tries[i]);
  for (std::size_t i = 0; i < sample.used; ++i) {
    const RareSample::Part& part = sample.parts[i];
    PathSum& sum = paths_[part.path];
    sum.amounts.resize(amounts_.size());
    sum.any += part.any;
    for (std::size_t j = 0; j < amounts_.size(); ++j) sum.amounts[j] += part.amounts[j];
    ++sum.replicates;
  }
  const auto deepest = static_cast<std::size_t>(sample.deepest);
  if (by_depth_.size() <= deepest) by_depth_.resize(deepest + 1);
  ++by_depth_[deepest];
  natural_losses_ += sample.natural_loss ? 1U : 0U;
  work_.add(sample.work);
}

bool RareTally::fits(const RareTally& read) const {
  const auto known = [this](const LossPath& path) {
    if (path.size() == 0 || path.size() > LossPath::most) return false;
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] >= tries_.size()) return false;
    }
    return true;
  };
  const bool paths = std::ranges::all_of(read.paths_, [&](const auto& entry) {
    return known(entry.first) && entry.second.amounts.size() == amounts_.size();
  });
  return paths && read.mission_ == mission_ && read.amounts_.size() == amounts_.size() &&
         read.curve_.size() == curve_.size() && read.tries_.size() == tries_.size();
}

void RareTally::merge(const RareTally& later) {
  EXPECTS(later.mission_ == mission_ && later.amounts_.size() == amounts_.size() &&
          later.tries_.size() == tries_.size());
  loss_.merge(later.loss_);
  for (std::size_t i = 0; i < by_setting_.size(); ++i) by_setting_[i].merge(later.by_setting_[i]);
  for (std::size_t i = 0; i < amounts_.size(); ++i) amounts_[i].merge(later.amounts_[i]);
  for (std::size_t i = 0; i < curve_.size(); ++i) curve_[i].merge(later.curve_[i]);
  for (std::size_t i = 0; i < tries_.size(); ++i) tries_[i].add(later.tries_[i]);
  for (const auto& [path, sum] : later.paths_) {
    PathSum& own = paths_[path];
    own.amounts.resize(amounts_.size());
    own.any += sum.any;
    for (std::size_t j = 0; j < amounts_.size(); ++j) own.amounts[j] += sum.amounts[j];
    own.replicates += sum.replicates;
  }
  if (by_depth_.size() < later.by_depth_.size()) by_depth_.resize(later.by_depth_.size());
  for (std::size_t i = 0; i < later.by_depth_.size(); ++i) by_depth_[i] += later.by_depth_[i];
  natural_losses_ += later.natural_losses_;
  work_.add(later.work_);
}

LossCauses causes(const RareTally& tally) {
  LossCauses shares{std::vector<double>(tally.tries().size()),
                    std::vector<double>(tally.tries().size())};
  double total = 0.0;
  for (const auto& [path, sum] : tally.paths()) total += sum.any;
  if (total <= 0.0) return shares;
  for (const auto& [path, sum] : tally.paths()) {
    shares.began[path.began_by()] += sum.any / total;
    shares.ended[path.ended_by()] += sum.any / total;
  }
  return shares;
}

}  // namespace sim
