#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "models/fleet/results.h"
#include "models/scenario/scenario.h"

/// What chains and arithmetic say of a strategy, and how a figure follows them from one set of
/// inputs to another.
namespace models::fleet {

/// What the textbook says of one strategy, by the name of the figure.
using Textbook = std::map<std::string, double, std::less<>>;

Textbook textbook_of(const scenario::Scenario& scenario, const scenario::Strategy& strategy);

/// Is the figure itself one of a chain or of arithmetic, and not simulated?
bool computed(const sim::Estimate& estimate);

/// On which scale a simulated figure keeps its distance from its counterpart.
enum class Scale {
  factor,
  difference,  ///< logarithms
  hazard,      ///< probabilities: the factor is that of -log(1 - p)
};

/// What a metric follows.
struct Counterpart {
  std::string_view metric;
  std::string_view figure;  ///< of a Textbook
  Scale scale{};
  double most{std::numeric_limits<double>::infinity()};
  std::string_view words;
};

/// How a metric follows the textbook of other inputs.
class Follower {
 public:
  /// Empty where nothing tells. @param stated  the textbook of the inputs as stated
  static std::optional<Follower> of(const Metric& metric, const Textbook& stated);

  /// "moved as the textbook chain moves".
  std::string_view words() const;

  /// Where `figure` goes with other inputs, of which this is the textbook.
  std::optional<double> moved(double figure, const Textbook& draw) const;

 private:
  bool usable() const;
  bool exact_{};
  std::string figure_;
  Counterpart like_;
  double nominal_{};
};

}  // namespace models::fleet
