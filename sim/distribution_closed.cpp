// Kinds whose H and its inverse are written down directly.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/distribution_kind.h"

namespace sim {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

class Exponential final : public Distribution::Kind {
 public:
  explicit Exponential(double mean) : mean_(mean) {}
  double hazard(double t) const override { return t / mean_; }
  double rate(double) const override { return 1.0 / mean_; }
  double gained(double, double r) const override { return r / mean_; }
  double residual(double, double hazard) const override { return hazard * mean_; }
  double mean() const override { return mean_; }
  bool memoryless() const override { return true; }
  std::string describe() const override { return "exponential(mean " + time_text(mean_) + ")"; }

 private:
  double mean_;
};

class Weibull final : public Distribution::Kind {
 public:
  Weibull(double shape, double scale, double location)
      : shape_(shape), scale_(scale), location_(location) {}

  double hazard(double t) const override {
    return t <= location_ ? 0.0 : std::pow((t - location_) / scale_, shape_);
  }
  double rate(double t) const override {
    return t < location_ ? 0.0 : shape_ / scale_ * std::pow((t - location_) / scale_, shape_ - 1.0);
  }
  double gained(double age, double r) const override {
    if (age <= location_) return hazard(age + r);
    const double worn = age - location_;
    if (r > worn) return hazard(age + r) - hazard(age);
    return hazard(age) * std::expm1(shape_ * std::log1p(r / worn));
  }
  double residual(double age, double more) const override {
    if (age <= location_) {
      if (more == 0.0) return 0.0;
      return (location_ - age) + scale_ * std::pow(more, 1.0 / shape_);
    }
    const double worn = age - location_;
    const double used = hazard(age);
    if (more <= used) return worn * std::expm1(std::log1p(more / used) / shape_);
    return scale_ * std::pow(used + more, 1.0 / shape_) - worn;
  }
  double mean() const override { return location_ + scale_ * std::tgamma(1.0 + 1.0 / shape_); }
  std::string describe() const override {
    const std::string from = location_ > 0.0 ? ", from " + time_text(location_) + " on" : "";
    return "Weibull(shape " + number_text(shape_) + ", scale " + time_text(scale_) + from + ")";
  }
  void add_kinks(std::vector<double>& times) const override {
    if (location_ > 0.0) times.push_back(location_);
  }

 private:
  double shape_;
  double scale_;
  double location_;
};

class Uniform final : public Distribution::Kind {
 public:
  Uniform(double from, double to) : from_(from), to_(to) {}

  double hazard(double t) const override { return gained(0.0, t); }
  double rate(double t) const override { return t < from_ || t >= to_ ? 0.0 : 1.0 / (to_ - t); }
  double gained(double age, double r) const override {
    const double begin = std::max(age, from_);
    const double beyond = r - (begin - age);
    if (beyond <= 0.0) return 0.0;
    const double left = to_ - begin;
    return beyond >= left ? never : -std::log1p(-beyond / left);
  }
  double residual(double age, double hazard) const override {
    if (age >= to_ || hazard == 0.0) return 0.0;
    const double begin = std::max(age, from_);
    return (begin - age) + (to_ - begin) * -std::expm1(-hazard);
  }
  double mean() const override { return 0.5 * (from_ + to_); }
  std::string describe() const override {
    return "uniform(" + time_text(from_) + " to " + time_text(to_) + ")";
  }
  void add_kinks(std::vector<double>& times) const override {
    times.push_back(from_);
    times.push_back(to_);
  }

 private:
  double from_;
  double to_;
};

class Fixed final : public Distribution::Kind {
 public:
  explicit Fixed(double time) : time_(time) {}
  double hazard(double t) const override { return t < time_ ? 0.0 : never; }
  double rate(double) const override { return 0.0; }
  double gained(double age, double r) const override { return r < time_ - age ? 0.0 : never; }
  double residual(double age, double) const override { return std::max(0.0, time_ - age); }
  double mean() const override { return time_; }
  bool has_hazard() const override { return false; }
  std::string describe() const override { return "fixed(" + time_text(time_) + ")"; }
  void add_kinks(std::vector<double>& times) const override { times.push_back(time_); }

 private:
  double time_;
};

/// Survival is counted in observations still ahead, a piecewise linear number from n down to 0.
class Empirical final : public Distribution::Kind {
 public:
  explicit Empirical(std::vector<double> observed) : times_(std::move(observed)) {
    times_.push_back(0.0);
    std::sort(times_.begin(), times_.end());
  }

  double hazard(double t) const override { return gained(0.0, t); }
  double rate(double t) const override {
    const Place place = find(t);
    return place.ahead <= 0.0 ? 0.0 : 1.0 / (place.width * place.ahead);
  }
  double gained(double age, double r) const override {
    const Place from = find(age);
    if (from.ahead <= 0.0) return 0.0;
    if (r < from.to_next) return -std::log1p(-r / (from.width * from.ahead));
    const Place to = find(age + r);
    return to.ahead <= 0.0 ? never : -std::log(to.ahead / from.ahead);
  }
  double residual(double age, double hazard) const override {
    const Place from = find(age);
    if (from.ahead <= 0.0 || hazard == 0.0) return 0.0;
    const double spent = from.ahead * -std::expm1(-hazard);
    if (spent * from.width <= from.to_next) return spent * from.width;
    const double ahead = std::min(from.ahead * std::exp(-hazard), from.whole_ahead);
    const auto whole = static_cast<std::size_t>(ahead);
    const std::size_t next = std::min(times_.size() - 1, times_.size() - 1 - whole);
    const double back = (ahead - static_cast<double>(whole)) * (times_[next] - times_[next - 1]);
    return std::max(0.0, times_[next] - back - age);
  }
  double mean() const override {
    double sum = 0.0;
    for (std::size_t i = 1; i < times_.size(); ++i) sum += 0.5 * (times_[i - 1] + times_[i]);
    return sum / static_cast<double>(times_.size() - 1);
  }
  std::string describe() const override {
    return "empirical(" + std::to_string(times_.size() - 1) + " times, mean " + time_text(mean()) +
           ")";
  }
  void add_kinks(std::vector<double>& times) const override {
    times.insert(times.end(), times_.begin(), times_.end());
  }

 private:
  struct Place {
    double ahead;        ///< observations not yet passed, the current one in part
    double whole_ahead;  ///< those after the current one
    double width;        ///< seconds that the current observation is spread over
    double to_next;      ///< seconds to its end
  };
  Place find(double t) const {
    const auto next = std::upper_bound(times_.begin(), times_.end(), t);
    if (next == times_.end()) return {0.0, 0.0, 0.0, 0.0};
    if (next == times_.begin()) return {static_cast<double>(times_.size() - 1), 0.0, 0.0, 0.0};
    const auto whole = static_cast<double>(times_.end() - next - 1);
    const double width = *next - *(next - 1);
    return {whole + (*next - t) / width, whole, width, *next - t};
  }
  std::vector<double> times_;
};

}  // namespace

KindPointer make_exponential(double mean) { return std::make_shared<Exponential>(mean); }
KindPointer make_weibull(double shape, double scale, double location) {
  return std::make_shared<Weibull>(shape, scale, location);
}
KindPointer make_uniform(double from, double to) { return std::make_shared<Uniform>(from, to); }
KindPointer make_fixed(double time) { return std::make_shared<Fixed>(time); }
KindPointer make_empirical(std::vector<double> observed) {
  return std::make_shared<Empirical>(std::move(observed));
}

}  // namespace sim
