#include "models/lifecycle/cold_archive.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "sim/contract.h"

namespace models::lifecycle {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();

enum Draws : std::uint64_t { sizes, ages, reads, outages };

sim::Stream stream_for(std::uint64_t seed, std::uint64_t replicate, Draws what,
                       std::uint64_t file) {
  const sim::Purpose purpose = what == outages ? sim::Purpose::outage : sim::Purpose::policy;
  return {seed, purpose, {replicate, what, file, 0}};
}

double read_rate(const scenario::ReadRate& reads, double age_s) {
  return reads.at_first.value * std::exp2(-age_s / reads.halve.value) + reads.later.value;
}

/// The next read of a file by thinning: its rate only falls, so that of now bounds what follows.
double next_read(const scenario::ReadRate& rates, double written, double now, sim::Stream& stream) {
  double at = now;
  for (;;) {
    const double bound = read_rate(rates, at - written);
    if (!(bound > 0)) return forever;
    at += stream.exponential() / bound;
    if (!std::isfinite(at)) return forever;
    if (stream.uniform() * bound < read_rate(rates, at - written)) return at;
  }
}

struct File {
  double size{};     ///< bytes of one real file
  double written{};  ///< time; before the start for the stock
  policy::Form form{policy::Form::hot};
  policy::Form target{policy::Form::hot};
  double next{};               ///< read
  std::deque<double> read_at;  ///< within the counted time
  sim::Stream stream;
};

class Play {
 public:
  Play(const ColdArchive& archive, std::uint64_t seed, std::uint64_t replicate)
      : archive_(archive),
        scan_(scaled(archive)),
        horizon_(archive.files.horizon.value),
        outages_(stream_for(seed, replicate, outages, 0)) {
    const double stock_files = std::min(archive.objects, static_cast<double>(archive.sample));
    EXPECTS(stock_files >= 1);
    scale_ = archive.objects / stock_files;
    fill(seed, replicate, static_cast<std::uint32_t>(stock_files));
    years_.resize(static_cast<std::size_t>(std::ceil(horizon_ / sim::year.value - 1e-9)));
    both_bytes_s_.resize(years_.size());
    booked_s_.resize(years_.size());
    next_outage();
  }

  std::vector<ColdYear> run() {
    const double period = archive_.files.rule.every.value;
    for (double now = 0; now < horizon_; now += period) {
      read_until(now);
      finish_until(now);
      ask(now);
      book(now, std::min(period, horizon_ - now));
    }
    for (std::size_t i = 0; i < years_.size(); ++i) close(years_[i], i);
    return std::move(years_);
  }

 private:
  /// One sampled file stands for `scale` of them: the sample may move as much less.
  static policy::ColdRule scaled(const ColdArchive& archive) {
    policy::ColdRule rule = archive.files.rule;
    const double stock_files = std::min(archive.objects, static_cast<double>(archive.sample));
    rule.rate = rule.rate * (stock_files / archive.objects);
    return rule;
  }

  void fill(std::uint64_t seed, std::uint64_t replicate, std::uint32_t stock_files) {
    const double mean = archive_.stock.value / archive_.objects;
    const double sample_bytes = archive_.files.added_per_year.value / scale_;
    const double added = sample_bytes / mean * horizon_ / sim::year.value;
    const auto all = stock_files + static_cast<std::uint32_t>(std::floor(added));
    const double sigma = archive_.files.size_sigma;
    files_.reserve(all);
    for (std::uint32_t i = 0; i < all; ++i) {
      sim::Stream size = stream_for(seed, replicate, sizes, i);
      sim::Stream age = stream_for(seed, replicate, ages, i);
      File file{.size = mean * std::exp(sigma * size.normal() - sigma * sigma / 2),
                .read_at = {},
                .stream = stream_for(seed, replicate, reads, i)};
      const bool old = i < stock_files;
      file.written = old ? -archive_.files.stock_age.value * age.uniform()
                         : horizon_ * (i - stock_files + age.uniform()) / (all - stock_files);
      // Reads before the start count as well, as far back as the scan looks.
      const double from = std::max(file.written, -archive_.files.rule.counted_over.value);
      file.next = next_read(archive_.files.reads, file.written, from, file.stream);
      files_.push_back(std::move(file));
    }
  }

  void read_until(double now) {
    const double since = now - archive_.files.rule.counted_over.value;
    for (File& file : files_) {
      while (file.next <= now) {
        file.read_at.push_back(file.next);
        file.next = next_read(archive_.files.reads, file.written, file.next, file.stream);
      }
      while (!file.read_at.empty() && file.read_at.front() < since) file.read_at.pop_front();
    }
  }

  void ask(double now) {
    facts_.clear();
    for (std::uint32_t i = 0; i < files_.size(); ++i) {
      const File& file = files_[i];
      if (file.written > now) continue;
      facts_.push_back({.id = i,
                        .size = {file.size},
                        .modified = {file.written},
                        .accesses = static_cast<int>(file.read_at.size()),
                        .form = file.form});
    }
    scan_.decide(memory_, {now}, facts_, actions_);
    for (const std::uint32_t id : actions_.reheat) queue(id, policy::Form::hot, now);
    for (const std::uint32_t id : actions_.convert) queue(id, policy::Form::cold, now);
  }

  void queue(std::uint32_t id, policy::Form target, double now) {
    files_[id].form = policy::Form::moving;
    files_[id].target = target;
    if (queue_.empty()) free_at_ = std::max(free_at_, now);
    queue_.push_back(id);
  }

  /// The coding server works the queue off, one file after another.
  void finish_until(double now) {
    while (!queue_.empty()) {
      File& file = files_[queue_.front()];
      const bool cools = file.target == policy::Form::cold;
      const double overhead = cools ? archive_.cold_overhead : archive_.hot_overhead;
      const double work = conversion_time({file.size}, overhead, archive_.server.rate).value;
      if (!front_ends_) front_ends_ = end_of_work(free_at_, work * scale_);
      if (*front_ends_ > now) return;
      const double end = *front_ends_;
      front_ends_.reset();
      queue_.pop_front();
      free_at_ = end;
      file.form = file.target;
      ColdYear& year = years_[year_of(end)];
      (cools ? year.converted : year.reheated) += scale_;
      year.both_forms_s += scale_ * work;
      year.busy_share += scale_ * work;
      const double other = cools ? archive_.cold_overhead : archive_.hot_overhead;
      both_bytes_s_[year_of(end)] += scale_ * work * file.size * other;
    }
  }

  double end_of_work(double at, double work) {
    for (;;) {
      while (out_to_ <= at) next_outage();
      if (at >= out_from_) {
        at = out_to_;
      } else if (at + work <= out_from_) {
        return at + work;
      } else {
        work -= out_from_ - at;
        at = out_to_;
      }
    }
  }

  void next_outage() {
    if (!archive_.server.outage) {
      out_from_ = out_to_ = forever;
      return;
    }
    out_from_ = out_to_ + archive_.server.outage->between.sample(outages_).value;
    out_to_ = out_from_ + archive_.server.outage->duration.sample(outages_).value;
  }

  std::size_t year_of(double time) const {
    const auto year = static_cast<std::size_t>(std::max(0.0, time) / sim::year.value);
    return std::min(year, years_.size() - 1);
  }

  void book(double now, double time) {
    double hot = 0;
    double cold = 0;
    for (const policy::FileFact& fact : facts_) {
      const File& file = files_[fact.id];
      // On the way: its old form still holds the data.
      const bool is_cold = file.form == policy::Form::moving ? file.target == policy::Form::hot
                                                             : file.form == policy::Form::cold;
      (is_cold ? cold : hot) += file.size * scale_;
    }
    double waiting = 0;
    for (const std::uint32_t id : queue_) waiting += files_[id].size * scale_;
    if (actions_.postponed > 0) {
      for (const policy::FileFact& fact : facts_) {
        if (files_[fact.id].form == policy::Form::hot && scan_.is_cold(fact, {now})) {
          waiting += fact.size.value * scale_;
        }
      }
    }
    booked_s_[year_of(now)] += time;
    ColdYear& year = years_[year_of(now)];
    year.user += Bytes{(hot + cold) * time};
    year.cold_share += cold * time;
    year.stored += Bytes{(hot * archive_.hot_overhead + cold * archive_.cold_overhead) * time};
    year.waiting += Bytes{waiting * time};
  }

  void close(ColdYear& year, std::size_t i) const {
    const double length = booked_s_[i];
    year.stored += Bytes{both_bytes_s_[i]};
    year.cold_share /= year.user.value;
    year.user = year.user / length;
    year.stored = year.stored / length;
    year.waiting = year.waiting / length;
    year.busy_share /= length;
  }

  const ColdArchive& archive_;
  policy::ColdDataScan scan_;
  double horizon_;
  double scale_{1};
  sim::Stream outages_;
  std::vector<File> files_;
  std::vector<policy::FileFact> facts_;
  std::deque<std::uint32_t> queue_;
  policy::ColdDataScan::Memory memory_;
  policy::ColdDataScan::Actions actions_;
  double free_at_{};
  std::optional<double> front_ends_;  ///< of the first in the queue, once it is begun
  double out_from_{};
  double out_to_{};
  std::vector<ColdYear> years_;
  std::vector<double> both_bytes_s_;  ///< byte-seconds of second forms, by year
  std::vector<double> booked_s_;      ///< time, by year
};

}  // namespace

Seconds conversion_time(Bytes file, double overhead, BytesPerSecond server) {
  return file * (1 + 2 * overhead) / server;
}

std::vector<ColdYear> play_cold_archive(const ColdArchive& archive, std::uint64_t seed,
                                        std::uint64_t replicate) {
  return Play(archive, seed, replicate).run();
}

}  // namespace models::lifecycle
