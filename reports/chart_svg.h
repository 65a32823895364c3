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

}  // namespace reports
