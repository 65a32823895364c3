#pragma once

#include <string>
#include <utility>
#include <vector>

namespace reports::figure {

/// "200k", "1.5M": a number where there is little room, four digits at most.
std::string short_number(double value);

/// Values to pixels, with marks at round values.
class Axis {
 public:
  enum class Scale { linear, logarithmic };
  /// The range of the values, widened where it is a point. Values of a logarithmic axis that are
  /// not above 0 are left out of its range. @param from  pixel of the low end
  Axis(Scale scale, const std::vector<double>& values, double from, double to);

  /// The pixel of a value, held within the axis.
  double at(double value) const;
  /// Pixel and text of each mark.
  std::vector<std::pair<double, std::string>> marks() const;

 private:
  double place_of(double value) const;
  Scale scale_;
  double low_{};  ///< in the scale: a logarithm or the value
  double high_{};
  double from_;
  double to_;
};

}  // namespace reports::figure
