#pragma once

#include <string>
#include <vector>

#include "reports/report_table.h"

namespace reports {

/// One row of values of a chart; told apart by dashes or shades of grey, not by colour alone.
struct ChartSeries {
  std::string name;
  std::vector<double> values;
};

/// Lines over years. @pre every series has a value for each of `labels`
std::string line_chart(const std::string& title, const std::vector<std::string>& labels,
                       const std::vector<ChartSeries>& series);
/// Bars over years, series stacked.
std::string bar_chart(const std::string& title, const std::vector<std::string>& labels,
                      const std::vector<ChartSeries>& series);

struct ChartPoint {
  double x{};
  double y{};
  std::string hint;  ///< shown where the pointer rests
  bool marked{};
};
std::string point_chart(const std::string& title, const std::string& x_name,
                        const std::string& y_name, const std::vector<ChartPoint>& points);

struct ChartSpan {
  std::string name;
  double low{};
  double high{};
};
/// Horizontal bars around a value, in the order given.
std::string span_chart(const std::string& title, double middle,
                       const std::vector<ChartSpan>& spans);

/// Horizontal bars, series stacked: for names that would not fit below upright ones.
/// @pre every series has a value, >= 0, for each of `names`
std::string row_chart(const std::string& title, const std::vector<std::string>& names,
                      const std::vector<ChartSeries>& series);

/// What is there, step by step: a total stands on the ground, a change hangs between two.
struct ChartStep {
  std::string name;
  double value{};  ///< of a total its height, of a change what it adds or, below 0, takes
  bool total{};
};
std::string waterfall_chart(const std::string& title, const std::vector<ChartStep>& steps);

}  // namespace reports
