#include "models/planning/demand.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/contract.h"

namespace models::planning {
namespace {

/// What came in during one year, on average over the year: the share of it that is younger than
/// `age` at a time when the youngest of it is `youngest` years old.
double younger(double age, double youngest) { return std::clamp(age - youngest, 0.0, 1.0); }

/// Share of an object's reads up to an age, as a polygon through the stated ages.
class ReadCurve {
 public:
  /// Reads after `end` do not count (they are of another tier, or the object is gone).
  ReadCurve(const Access& access, double keep, double end) : end_(std::min(keep, end)) {
    const double day = 1 / 365.25;
    const std::array<std::pair<double, double>, 3> stated{{{30 * day, access.within_30_days},
                                                           {90 * day, access.within_90_days},
                                                           {365 * day, access.within_365_days}}};
    knots_.emplace_back(0, 0);
    for (const auto& [age, share] : stated) {
      if (age < keep) knots_.emplace_back(age, share);
    }
    knots_.emplace_back(keep, 1);
  }

  /// Reads within a year of what came in evenly over the year `age` years before (0: the same).
  double in_year(int age) const {
    const double a = age;
    return integral(a + 1) - 2 * integral(a) + integral(a - 1);
  }

 private:
  double at(double age) const {
    for (std::size_t i = 1; i < knots_.size(); ++i) {
      const auto& [from, low] = knots_[i - 1];
      const auto& [to, high] = knots_[i];
      if (age < to) return low + (high - low) * (age - from) / (to - from);
    }
    return 1;
  }

  // Of the curve, flat after `end_`.
  double integral(double age) const {
    if (age <= 0) return 0;
    const double bent = std::min(age, end_);
    double sum = 0;
    for (std::size_t i = 1; i < knots_.size(); ++i) {
      const double from = knots_[i - 1].first;
      const double to = std::min(knots_[i].first, bent);
      if (to > from) sum += (to - from) * (knots_[i - 1].second + at_left(to, i)) / 2;
    }
    return sum + (age - bent) * at_end();
  }

  double at_left(double age, std::size_t i) const {
    const auto& [from, low] = knots_[i - 1];
    const auto& [to, high] = knots_[i];
    return low + (high - low) * (age - from) / (to - from);
  }

  double at_end() const { return at(end_); }

  std::vector<std::pair<double, double>> knots_;
  double end_;
};

/// One class of one source, followed through the years.
class Stream {
 public:
  Stream(const Source& source, const Retention& kept, double cold_after)
      : source_(source),
        kept_(kept),
        cold_after_(source.cools == Cools::yes ? cold_after : never),
        all_reads_(source.access, kept.years, kept.years),
        hot_reads_(source.access, kept.years, cold_after_) {}

  void add_stock(Bytes stock) {
    const int cohorts = static_cast<int>(std::ceil(source_.stock_years));
    std::vector<double> weights;
    double alive = 0;
    for (int age = 0; age < cohorts; ++age) {
      const double part = std::min(1.0, source_.stock_years - age);
      weights.push_back(part);
      alive += part * younger(kept_.years, age);
    }
    // What is stated is what is still there.
    for (int age = cohorts - 1; age >= 0; --age) {
      const double part = alive > 0 ? weights[static_cast<std::size_t>(age)] / alive : 0;
      cohorts_.push_back({-1 - age, stock * part});
    }
  }

  /// Adds the year to the figures of the whole plan.
  void add(int year, YearDemand& sum) {
    const double objects =
        source_.objects_per_year * kept_.share * growth_factor(source_.growth, year);
    const Bytes produced = source_.size * objects;
    cohorts_.push_back({year, produced / source_.lossless_ratio});
    sum.objects_in += objects;
    sum.produced += produced;
    sum.ingested += cohorts_.back().bytes;
    for (const Cohort& cohort : cohorts_) add(cohort, year, sum);
  }

 private:
  struct Cohort {
    int year;
    Bytes bytes;
  };

  double stored_object() const { return source_.size.value / source_.lossless_ratio; }

  void add(const Cohort& cohort, int year, YearDemand& sum) const {
    const int age = year - cohort.year;  // of the youngest, at the end of the year
    const double alive = younger(kept_.years, age);
    const double before = age > 0 ? younger(kept_.years, age - 1) : 1;
    const double warm = younger(std::min(kept_.years, cold_after_), age);
    const double cold_before =
        age > 0 ? before - younger(std::min(kept_.years, cold_after_), age - 1) : 0;
    sum.hot += cohort.bytes * warm;
    sum.cold += cohort.bytes * (alive - warm);
    sum.expired += cohort.bytes * (before - alive);
    sum.hot_effective += cohort.bytes * (warm * source_.lossless_ratio);
    sum.cold_effective += cohort.bytes * ((alive - warm) * source_.lossless_ratio);
    // All that leaves the first tier and does not expire there; who expires later passes through.
    if (cold_after_ < kept_.years) {
      sum.cooled += cohort.bytes * std::max(0.0, before - warm - cold_before);
    }
    const double objects = stored_object() > 0 ? cohort.bytes.value / stored_object() : 0;
    sum.objects += objects * alive;
    const double all = source_.reads_per_object * all_reads_.in_year(age);
    const double hot = source_.reads_per_object * hot_reads_.in_year(age);
    sum.hot_reads += objects * hot;
    sum.cold_reads += objects * std::max(0.0, all - hot);
    sum.hot_read += cohort.bytes * hot;
    sum.cold_read += cohort.bytes * std::max(0.0, all - hot);
  }

  const Source& source_;
  const Retention& kept_;
  double cold_after_;
  ReadCurve all_reads_;
  ReadCurve hot_reads_;
  std::vector<Cohort> cohorts_;
};

}  // namespace

double growth_factor(const std::vector<GrowthStep>& steps, int year) {
  EXPECTS(year >= 0);
  double factor = 1;
  double from = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool last = i + 1 == steps.size();
    const double lasts = last ? year : std::min(steps[i].years, year - from);
    const double years = std::max(0.0, std::min(lasts, year - from));
    factor *= std::pow(1 + steps[i].rate, years);
    from += years;
  }
  return factor;
}

std::vector<YearDemand> demand_of(const Plan& plan, double cold_after) {
  std::vector<YearDemand> years(static_cast<std::size_t>(plan.years));
  for (const Source& source : plan.demand.sources) {
    for (const Retention& kept : source.retention) {
      Stream stream(source, kept, cold_after);
      stream.add_stock(source.stock * kept.share);
      for (int year = 0; year < plan.years; ++year) {
        stream.add(year, years[static_cast<std::size_t>(year)]);
      }
    }
  }
  return years;
}

Bytes stock_of(const Plan& plan) {
  Bytes sum{};
  for (const Source& source : plan.demand.sources) sum += source.stock;
  return sum;
}

double peak_per_second(const Demand& demand, double yearly) {
  return yearly / demand.working_days * demand.peak_hour_share / sim::hour.value;
}

}  // namespace models::planning
