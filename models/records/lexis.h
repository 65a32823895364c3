#pragma once

#include <span>
#include <vector>

#include "models/records/age_table.h"
#include "sim/estimate.h"

namespace models::records {

/// Failures and unit-years by age (rows) and week of the calendar (columns): the plane of Lexis
/// 1875. It tells what comes with age from what comes with a date, as far as ages differ.
class Lexis {
 public:
  /// @pre every life is dated
  Lexis(std::span<const Life> lives, Seconds from, Seconds until);

  int weeks() const { return weeks_; }
  int rows() const { return static_cast<int>(edges_.size()) - 1; }
  double failed(int row, int week) const { return failed_[place(row, week)]; }
  /// Unit-years.
  double exposure(int row, int week) const { return exposure_[place(row, week)]; }
  /// Years of age at which a row begins.
  double edge(int row) const { return edges_[static_cast<std::size_t>(row)]; }

  /// Ages of the weeks that a test leaves, or of those that it holds out: every `folds`-th.
  AgeTable without(int fold, int folds) const;
  /// Failures expected in each week by a cumulative hazard over years of age.
  template <class Hazard>
  std::vector<double> expected(const Hazard& hazard) const {
    const std::vector<double> rates = rates_of(hazard);
    std::vector<double> sums(static_cast<std::size_t>(weeks_));
    for (int row = 0; row < rows(); ++row) {
      for (int week = 0; week < weeks_; ++week) {
        sums[static_cast<std::size_t>(week)] +=
            exposure(row, week) * rates[static_cast<std::size_t>(row)];
      }
    }
    return sums;
  }
  /// Mean hazard within each row.
  template <class Hazard>
  std::vector<double> rates_of(const Hazard& hazard) const {
    std::vector<double> rates;
    for (int row = 0; row < rows(); ++row) {
      rates.push_back((hazard(edge(row + 1)) - hazard(edge(row))) / (edge(row + 1) - edge(row)));
    }
    return rates;
  }
  /// Log-likelihood of the weeks held out, per failure of theirs.
  double score(std::span<const double> rates, int fold, int folds) const;

 private:
  std::size_t place(int row, int week) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(weeks_) +
           static_cast<std::size_t>(week);
  }
  void add(const Life& life);

  Seconds from_;
  int weeks_;
  std::vector<double> edges_;
  std::vector<double> failed_, exposure_;
};

/// What the ages of a record say of ageing once every four weeks may have a level of their own:
/// the shape of a Weibull law, with an interval from its profile likelihood. Where all units have
/// one age its ends are infinite: ageing and bad months cannot be told apart.
struct ShapeOfAges {
  double shape{1};
  sim::Interval ci95{};
  bool identified{};
};
ShapeOfAges shape_of_ages(const Lexis& lexis);

}  // namespace models::records
