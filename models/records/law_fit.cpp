#include "models/records/law_fit.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "models/records/profile.h"
#include "sim/contract.h"

namespace models::records {
namespace {

// Shapes that a scenario may have: within them the incomplete gamma function keeps its digits.
const double least_log_shape = std::log(0.05);
const double most_log_shape = std::log(50.0);
constexpr double normal_975 = 1.959963984540054;

/// A risk of a bathtub, and the shape from which the search starts.
struct RiskPart {
  std::string_view name;
  Risk risk;
  std::array<double, 2> first_shapes;
};
const RiskPart early{"early failures", {least_log_shape, 0}, {0.3, 0.7}};
const RiskPart constant{"constant", {0, 0}, {1, 1}};
const RiskPart wear{"wear", {0, most_log_shape}, {2, 5}};
const RiskPart any_shape{"", {least_log_shape, most_log_shape}, {0.8, 2}};
const RiskPart only_constant{"", {0, 0}, {1, 1}};

using Parts = std::vector<RiskPart>;

/// What each law may be made of.
const std::vector<Parts>& candidates(LawKind kind) {
  static const std::array<std::vector<Parts>, 3> all{
      std::vector<Parts>{{only_constant}}, std::vector<Parts>{{any_shape}},
      std::vector<Parts>{
          {early, constant, wear}, {early, constant}, {constant, wear}, {early, wear}}};
  return all[static_cast<std::size_t>(kind)];
}

RiskModel model_of(const Parts& parts) {
  std::vector<Risk> risks;
  risks.reserve(parts.size());
  for (const RiskPart& part : parts) risks.push_back(part.risk);
  return RiskModel(std::move(risks));
}

/// A start in which every part brings about an equal share of the failures.
Eigen::VectorXd start_at(const AgeTable& ages, const Parts& parts, const RiskModel& model,
                         std::size_t choice) {
  Eigen::VectorXd at(model.parameters());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    // Early and late shapes are chosen independently: bits of `choice`.
    const double shape = parts[i].first_shapes[choice >> (i == 0 ? 0U : 1U) & 1U];
    double sum = 0;
    for (const AgeTable::Row& row : ages.rows()) sum += row.ended * std::pow(row.age, shape);
    const double share = ages.failures() / static_cast<double>(parts.size());
    const Eigen::Index place = model.place(i);
    at[place] = std::clamp(std::log(sum / share) / shape, model.least(place), model.most(place));
    if (parts[i].risk.shape_is_free()) at[place + 1] = std::log(shape);
  }
  return at;
}

/// A maximum on a bound, or one in which a part brings about nothing, is that of a simpler law.
bool inside(const AgeTable& ages, const RiskModel& model, const Maximum& top) {
  if (!top.converged) return false;
  constexpr double margin = 1e-3;  // of a logarithm
  for (Eigen::Index i = 0; i < top.at.size(); ++i) {
    if (top.at[i] < model.least(i) + margin || top.at[i] > model.most(i) - margin) return false;
  }
  for (std::size_t risk = 0; risk < model.risks().size(); ++risk) {
    if (model.expected(risk, ages, top.at) < 1) return false;
  }
  return Eigen::LDLT<Eigen::MatrixXd>(-top.there.hessian).isPositive();
}

struct Found {
  const Parts* parts{};
  Maximum top;
  double aic{std::numeric_limits<double>::infinity()};
};

std::optional<Found> best_of(const AgeTable& ages, LawKind kind) {
  Found best;
  for (const Parts& parts : candidates(kind)) {
    const RiskModel model = model_of(parts);
    for (std::size_t choice = 0; choice < 4; ++choice) {
      Maximum top = maximise(ages, model, start_at(ages, parts, model, choice));
      const double aic = 2.0 * static_cast<double>(model.parameters()) - 2 * top.there.value;
      if (aic >= best.aic || !inside(ages, model, top)) continue;
      best = {&parts, std::move(top), aic};
    }
  }
  if (best.parts == nullptr) return std::nullopt;
  return best;
}

sim::Estimate figure(double value, sim::Interval ci95, const AgeTable& ages, std::string model) {
  sim::Estimate estimate = sim::Estimate::exact(value, sim::Method::analytic, std::move(model));
  estimate.ci95 = ci95;
  estimate.replicates = static_cast<std::uint64_t>(ages.failures());
  estimate.counted = "failures";
  return estimate;
}

std::vector<FittedRisk> risks_of(const AgeTable& ages, const Found& found, const RiskModel& model) {
  const std::string how = "maximum likelihood, interval from its profile";
  const auto profile = [&](Eigen::Index place) {
    const sim::Interval logs = profile_interval(ages, model, found.top, place);
    return figure(std::exp(found.top.at[place]), {std::exp(logs.low), std::exp(logs.high)}, ages,
                  how);
  };
  std::vector<FittedRisk> risks;
  for (std::size_t i = 0; i < found.parts->size(); ++i) {
    FittedRisk risk;
    risk.name = (*found.parts)[i].name;
    risk.scale = profile(model.place(i));
    risk.expected = model.expected(i, ages, found.top.at);
    if (model.risks()[i].shape_is_free()) risk.shape = profile(model.place(i) + 1);
    risks.push_back(std::move(risk));
  }
  return risks;
}

/// Hazard gained within each year of age that was watched at all, on the logarithm.
std::vector<sim::Estimate> rates_of(const AgeTable& ages, const Found& found,
                                    const RiskModel& model) {
  const Eigen::MatrixXd covariance = (-found.top.there.hessian).inverse();
  constexpr int most_years = 15;
  std::vector<sim::Estimate> rates;
  Eigen::VectorXd low;
  Eigen::VectorXd high;
  for (int year = 0; year < most_years && year < ages.rows().back().age; ++year) {
    const double before = model.hazard(year, found.top.at, &low);
    const double rate = model.hazard(year + 1, found.top.at, &high) - before;
    const Eigen::VectorXd slope = (high - low) / rate;
    const double error = std::sqrt(std::max(0.0, slope.dot(covariance * slope)));
    const double factor = std::exp(normal_975 * error);
    rates.push_back(figure(rate, {rate / factor, rate * factor}, ages,
                           "law by maximum likelihood, interval by the delta method"));
  }
  return rates;
}

sim::Distribution law_of(const Found& found, const RiskModel& model) {
  std::vector<sim::Distribution> parts;
  for (std::size_t i = 0; i < found.parts->size(); ++i) {
    parts.push_back(sim::Distribution::weibull(model.shape(i, found.top.at),
                                               sim::years(model.scale(i, found.top.at))));
  }
  return sim::Distribution::competing(std::move(parts));
}

}  // namespace

std::string_view to_string(LawKind kind) {
  constexpr std::array<std::string_view, 3> names{"exponential", "weibull", "bathtub"};
  return names[static_cast<std::size_t>(kind)];
}

std::optional<FittedLaw> fit_law(const AgeTable& ages, LawKind kind) {
  EXPECTS(ages.failures() > 0);
  const auto found = best_of(ages, kind);
  if (!found) return std::nullopt;
  const RiskModel model = model_of(*found->parts);
  return FittedLaw{.kind = kind,
                   .law = law_of(*found, model),
                   .risks = risks_of(ages, *found, model),
                   .log_likelihood = found->top.there.value,
                   .parameters = static_cast<int>(model.parameters()),
                   .test = test_fit(ages, model, found->top.at),
                   .rate_in_year = rates_of(ages, *found, model)};
}

}  // namespace models::records
