#include <algorithm>
#include <boost/math/quadrature/exp_sinh.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/distribution_kind.h"

namespace sim {
namespace {

/// The first of independent causes: hazards add.
class Competing final : public Distribution::Kind {
 public:
  explicit Competing(std::vector<KindPointer> parts) : parts_(std::move(parts)) {
    for (const KindPointer& part : parts_) {
      memoryless_ = memoryless_ && part->memoryless();
      has_hazard_ = has_hazard_ && part->has_hazard();
    }
  }

  double hazard(double t) const override {
    double sum = 0.0;
    for (const KindPointer& part : parts_) sum += part->hazard(t);
    return sum;
  }
  double rate(double t) const override {
    double sum = 0.0;
    for (const KindPointer& part : parts_) sum += part->rate(t);
    return sum;
  }
  double gained(double age, double r) const override {
    double sum = 0.0;
    for (const KindPointer& part : parts_) sum += part->gained(age, r);
    return sum;
  }
  double residual(double age, double hazard) const override {
    if (hazard == 0.0) return 0.0;
    if (memoryless_) return hazard / rate(0.0);
    // Any one part alone would need longer; where none has reached its equal share, the sum has
    // not reached the whole.
    const double share = hazard / static_cast<double>(parts_.size());
    double low = std::numeric_limits<double>::infinity();
    double high = low;
    for (const KindPointer& part : parts_) {
      low = std::min(low, part->residual(age, share));
      high = std::min(high, part->residual(age, hazard));
    }
    return solve_residual(*this, age, hazard, low, high);
  }
  double mean() const override;
  bool memoryless() const override { return memoryless_; }
  bool has_hazard() const override { return has_hazard_; }
  std::string describe() const override {
    std::string text;
    for (const KindPointer& part : parts_) text += (text.empty() ? "" : ", ") + part->describe();
    return "first of(" + text + ")";
  }
  void add_kinks(std::vector<double>& times) const override {
    for (const KindPointer& part : parts_) part->add_kinks(times);
  }

 private:
  std::vector<KindPointer> parts_;
  bool memoryless_{true};
  bool has_hazard_{true};
};

/// Integral of the survival, between the kinks by tanh-sinh (which bears the infinite slope of a
/// shape below 1 at age 0), beyond the last by exp-sinh.
double Competing::mean() const {
  if (memoryless_) return 1.0 / rate(0.0);
  const auto survival = [this](double t) { return std::exp(-hazard(t)); };
  const double middle = residual(0.0, 1.0);
  if (!(middle < std::numeric_limits<double>::infinity())) return middle;
  std::vector<double> ends{0.0, middle};
  add_kinks(ends);
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  boost::math::quadrature::tanh_sinh<double> between;
  double sum = 0.0;
  for (std::size_t i = 1; i < ends.size(); ++i) {
    if (survival(ends[i - 1]) == 0.0) return sum;
    sum += between.integrate(survival, ends[i - 1], ends[i]);
  }
  if (survival(ends.back()) == 0.0) return sum;
  boost::math::quadrature::exp_sinh<double> beyond;
  const double from = ends.back();
  return sum + middle * beyond.integrate([&](double x) { return survival(from + middle * x); });
}

}  // namespace

KindPointer make_competing(std::vector<KindPointer> parts) {
  return std::make_shared<Competing>(std::move(parts));
}

}  // namespace sim
