#include <array>

#include "models/input/field_table.h"
#include "sim/quantity.h"

namespace models::scenario {
namespace {

using enum FieldKind;

// Times and rates between a millisecond and a million years; shapes within which the incomplete
// gamma function and its inverse keep their digits.
constexpr double shortest = 1e-3;
constexpr double longest = 1e6 * sim::year.value;
constexpr double least_rate = 1 / longest;
constexpr double most_rate = 1 / shortest;
constexpr double least_shape = 0.05;
constexpr double most_shape = 50;

constexpr Field shape{.key = "shape",
                      .kind = number,
                      .meaning = "shape",
                      .required = true,
                      .low = least_shape,
                      .high = most_shape};
constexpr Field scale{.key = "scale",
                      .kind = time,
                      .meaning = "scale",
                      .required = true,
                      .low = shortest,
                      .high = longest};

std::vector<std::string_view> exponential_kind() { return {"exponential"}; }
std::vector<std::string_view> weibull_kind() { return {"weibull"}; }
std::vector<std::string_view> bathtub_kind() { return {"bathtub"}; }
std::vector<std::string_view> lognormal_kind() { return {"lognormal"}; }
std::vector<std::string_view> gamma_kind() { return {"gamma"}; }
std::vector<std::string_view> uniform_kind() { return {"uniform"}; }
std::vector<std::string_view> fixed_kind() { return {"fixed"}; }
std::vector<std::string_view> empirical_kind() { return {"empirical"}; }

constexpr Field kind_of(std::vector<std::string_view> (*name)()) {
  return {.key = "kind",
          .kind = choice,
          .meaning = "kind of distribution",
          .required = true,
          .choices = name};
}

constexpr std::array exponential{
    kind_of(exponential_kind),
    Field{.key = "rate",
          .kind = rate,
          .meaning = "events per unit and time, or:",
          .low = least_rate,
          .high = most_rate},
    Field{
        .key = "mean", .kind = time, .meaning = "mean time, or:", .low = shortest, .high = longest},
    Field{.key = "annual_failure_probability",
          .kind = number,
          .meaning = "probability p of a failure within a year: the rate is -ln(1 - p) a year",
          .low = 1e-9,
          .high = 0.999999},
};
constexpr std::array<std::string_view, 3> exponential_rates{"rate", "mean",
                                                            "annual_failure_probability"};
constexpr std::array weibull{
    kind_of(weibull_kind),
    shape,
    scale,
    Field{.key = "location",
          .kind = time,
          .meaning = "nothing happens before",
          .low = 0,
          .high = longest,
          .fallback = "0 s",
          .source = "Weibull with two parameters",
          .year = 1951},
};
constexpr std::array bathtub{
    kind_of(bathtub_kind),
    Field{.key = "parts",
          .kind = lifetimes,
          .meaning = "competing risks: the first one strikes",
          .required = true},
};
constexpr std::array lognormal{
    kind_of(lognormal_kind),
    Field{.key = "median",
          .kind = time,
          .meaning = "median",
          .required = true,
          .low = shortest,
          .high = longest},
    Field{.key = "sigma",
          .kind = number,
          .meaning = "standard deviation of the logarithm",
          .required = true,
          .low = 0.01,
          .high = 10},
};
constexpr std::array gamma{kind_of(gamma_kind), shape, scale};
constexpr std::array uniform{
    kind_of(uniform_kind),
    Field{.key = "from",
          .kind = time,
          .meaning = "shortest",
          .required = true,
          .low = 0,
          .high = longest},
    Field{.key = "to",
          .kind = time,
          .meaning = "longest",
          .required = true,
          .low = shortest,
          .high = longest},
};
constexpr std::array fixed{
    kind_of(fixed_kind),
    Field{.key = "time",
          .kind = time,
          .meaning = "always this time",
          .required = true,
          .low = 0,
          .high = longest},
};
constexpr std::array empirical{
    kind_of(empirical_kind),
    Field{.key = "times",
          .kind = times,
          .meaning = "observed times, each of equal weight",
          .required = true,
          .low = 0,
          .high = longest},
};

constexpr std::array sections{
    Section{"distribution/exponential", "a constant rate", exponential, false, exponential_rates},
    Section{"distribution/weibull", "shape < 1: early failures, > 1: wear", weibull},
    Section{"distribution/bathtub", "competing risks", bathtub},
    Section{"distribution/lognormal", "a median and a spread of factors", lognormal},
    Section{"distribution/gamma", "a sum of exponential stages", gamma},
    Section{"distribution/uniform", "evenly between two times", uniform},
    Section{"distribution/fixed", "no spread; for durations only", fixed},
    Section{"distribution/empirical", "as observed", empirical},
};

}  // namespace

std::span<const Section> distribution_sections() { return sections; }

std::span<const Section> all_sections() {
  static const std::vector<Section> all = [] {
    std::vector<Section> joined;
    for (const auto part :
         {system_sections(), repair_sections(), disk_sections(), integrity_sections(),
          hardware_sections(), strategy_sections(), path_sections(), price_sections(),
          lifecycle_sections(), distribution_sections()}) {
      joined.insert(joined.end(), part.begin(), part.end());
    }
    return joined;
  }();
  return all;
}

}  // namespace models::scenario
