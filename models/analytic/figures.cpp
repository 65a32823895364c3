#include "models/analytic/figures.h"

#include <algorithm>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <limits>

#include "models/analytic/binomial.h"
#include "models/analytic/chain.h"
#include "models/analytic/closed_forms.h"
#include "models/analytic/erasure_levels.h"
#include "sim/contract.h"

namespace models::analytic {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// One group; rates per year. `errors` are those on a shard, on average: any of them on a shard that
// the rebuild cannot do without ends the chain.
AbsorbingChain group_chain(const std::vector<ErasureLevel>& levels, int n, double loss,
                           double repair, double errors) {
  const auto states = static_cast<Eigen::Index>(levels.size());
  AbsorbingChain chain{Eigen::MatrixXd::Zero(states, states), Eigen::VectorXd::Zero(states)};
  for (Eigen::Index i = 0; i < states; ++i) {
    const ErasureLevel& level = levels[static_cast<std::size_t>(i)];
    const double rate = static_cast<double>(n - i) * loss;
    if (i + 1 < states) chain.rates(i, i + 1) = rate * level.grows;
    chain.absorb(i) = rate * level.ends;
    if (i == 0) continue;
    const double needed = static_cast<double>(n - i) * level.ends;
    const double ends = -std::expm1(-needed * errors);
    chain.rates(i, i - 1) = static_cast<double>(i) * repair * (1 - ends);
    chain.absorb(i) += static_cast<double>(i) * repair * ends;
  }
  return chain;
}

// P(unreadable) with independent shards, each unreachable with probability u.
double unreadable(const std::vector<ErasureLevel>& levels, int n, double u) {
  double sum = binomial_tail(n, static_cast<int>(levels.size()) - 1, u);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].unreadable > 0) {
      sum += levels[i].unreadable * binomial_term(n, static_cast<int>(i), u);
    }
  }
  return std::min(sum, 1.0);
}

// E[min(T, first loss of any group)] / P(loss by T), in the unit of T.
double system_mttdl(const AbsorbingChain& group, double groups, double mission, double by_end) {
  const double any_by_end = any_of_independent(groups, by_end);
  if (!(any_by_end > 0)) return infinity;
  // The time lost to the few missions that end early is below the last digits printed.
  constexpr double rare = 1e-9;
  if (any_by_end < rare) return mission / any_by_end;
  const auto survival = [&](double t) {
    return std::exp(groups * std::log1p(-absorbed_by(group, t)));
  };
  boost::math::quadrature::tanh_sinh<double> integrator;
  constexpr double relative_error = 1e-6;
  return integrator.integrate(survival, 0.0, mission, relative_error) / any_by_end;
}

std::string describe(LevelCount count, double stripes, bool errors) {
  std::string text =
      "Markov chain per placement group: constant loss rates, parallel exponential repair, "
      "independent groups, whole at the start; ";
  text += count == LevelCount::exact ? "erasure patterns of one size taken as one state; "
                                     : "patterns beyond the guaranteed tolerance counted as lost; ";
  if (errors) text += "latent errors met by rebuilds without redundancy left; ";
  if (stripes > 1) text += "an object's stripes on groups at random; ";
  return text + "unavailability binomial over independent shards";
}

}  // namespace

std::vector<ChainStep> chain_steps(const ChainInputs& in) {
  EXPECTS(in.code != nullptr);
  const double repair_years = sim::in_years(in.shard_repair);
  const bool at_once = !(repair_years > 0);
  const double loss = at_once && in.code->tolerance() > 0 ? 0.0 : in.disk_loss.value;
  const auto levels = erasure_levels(*in.code).levels;
  const AbsorbingChain chain = group_chain(levels, in.code->shape().total(), loss,
                                           at_once ? 0.0 : 1.0 / repair_years, in.shard_errors);
  std::vector<ChainStep> steps;
  for (Eigen::Index i = 0; i < chain.absorb.size(); ++i) {
    const bool last = i + 1 == chain.absorb.size();
    steps.push_back({.missing = static_cast<int>(i),
                     .deeper_per_year = last ? 0 : chain.rates(i, i + 1),
                     .lost_per_year = chain.absorb(i),
                     .healed_per_year = i == 0 ? 0 : chain.rates(i, i - 1)});
  }
  return steps;
}

ChainFigures chain_figures(const ChainInputs& in) {
  EXPECTS(in.code != nullptr);
  const double mission = sim::in_years(in.mission);
  EXPECTS(mission > 0 && std::isfinite(mission));
  EXPECTS(in.groups >= 0 && in.disk_loss.value >= 0 && in.shard_repair.value >= 0);
  const int n = in.code->shape().total();
  const auto [levels, count] = erasure_levels(*in.code);
  const double repair_years = sim::in_years(in.shard_repair);
  const bool at_once = !(repair_years > 0);
  const double loss = at_once && in.code->tolerance() > 0 ? 0.0 : in.disk_loss.value;
  const auto chain = [&, n, &levels = levels](double errors) {
    return group_chain(levels, n, loss, at_once ? 0.0 : 1.0 / repair_years, errors);
  };
  const AbsorbingChain group = chain(in.shard_errors);
  const double by_end = absorbed_by(group, mission);
  // Shards take whole groups, errors single stripes: the chain of one stripe has the stripe's own.
  const bool with_errors = in.shard_errors > 0;
  const double by_shards = with_errors ? absorbed_by(chain(0), mission) : by_end;
  const double stripe =
      with_errors ? absorbed_by(chain(in.spoilt_stripes / in.group_stripes), mission) : by_end;
  double object = object_loss(in.stripes_per_object, in.groups, by_shards);
  if (with_errors) {
    constexpr double least = 1e-300;  // nothing is left to be lost by errors
    const double by_errors = std::max(0.0, stripe - by_shards) / std::max(1 - by_shards, least);
    object += (1 - object) * any_of_independent(std::max(1.0, in.stripes_per_object), by_errors);
  }

  ChainFigures out;
  out.annual_object_loss = object / mission;
  out.durability_nines = object > 0 ? -std::log10(out.annual_object_loss) : infinity;
  out.annual_loss_probability = any_of_independent(in.groups / mission, by_end);
  out.mttdl_years = system_mttdl(group, in.groups, mission, by_end);
  out.nomdl_bytes_per_tb_year = stripe / mission * terabyte.value;
  out.data_unavailability = unreadable(levels, n, in.disk_unavailability);
  out.model = describe(count, in.stripes_per_object, with_errors);
  return out;
}

}  // namespace models::analytic
