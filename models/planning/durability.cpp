#include "models/planning/durability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/analytic/binomial.h"
#include "models/analytic/chain.h"
#include "models/scenario/scenario.h"

namespace models::planning {
namespace {

/// One group as a chain over erasure levels; rates a year. The model of analytic/figures.h, with
/// its mean time in place of the transient: losses are rare here. `away` shards are missing and not
/// being repaired. @pre away < number of levels
double losses_per_year(const CodeFacts& code, double loss, double repair, Eigen::Index away = 0) {
  const auto& levels = code.levels.levels;
  const auto states = static_cast<Eigen::Index>(levels.size()) - away;
  analytic::AbsorbingChain chain{Eigen::MatrixXd::Zero(states, states),
                                 Eigen::VectorXd::Zero(states)};
  for (Eigen::Index i = 0; i < states; ++i) {
    const auto& level = levels[static_cast<std::size_t>(i + away)];
    const double rate = static_cast<double>(code.total - away - i) * loss;
    if (i + 1 < states) chain.rates(i, i + 1) = rate * level.grows;
    if (i > 0) chain.rates(i, i - 1) = static_cast<double>(i) * repair;
    chain.absorb(i) = rate * level.ends;
  }
  return 1 / analytic::mean_time(std::move(chain));
}

/// Rate of events at one place times P(a group with `shards` there is lost by it).
double by_shock(const std::optional<scenario::Shock>& shock, int shards, int tolerance,
                double places) {
  if (!shock || shards <= tolerance) return 0;
  const double rate = sim::year / shock->between.mean();
  return places * rate * analytic::binomial_tail(shards, tolerance, shock->kills);
}

/// Defects and silent errors of a disk a year that spoil a stripe.
double latent_errors(const scenario::Failures& failures) {
  if (!failures.disk_latent) return 0;
  const scenario::LatentErrors& latent = *failures.disk_latent;
  return sim::per_year(latent.defects).value * latent.burst + sim::per_year(latent.silent).value;
}

/// Share of time in which one shard cannot be reached, independent parts added up.
double share_out(const std::optional<scenario::Outage>& outage) {
  return outage ? outage->duration.mean() / (outage->between.mean() + outage->duration.mean()) : 0;
}

double unreachable(const Plan& plan) {
  const scenario::Failures& f = plan.failures;
  return share_out(f.machine_outage) + share_out(f.rack_outage) +
         std::pow(share_out(f.rack_switch_outage), plan.catalogue.rack_switches);
}

/// A whole site out of reach takes all of a group with it that cannot do without the site.
double site_unreachable(const Plan& plan, const Design& design, bool survives_site) {
  const scenario::Failures& f = plan.failures;
  double out = share_out(f.site_outage) + share_out(f.power_domain_outage) +
               std::pow(share_out(f.core_switch_outage), plan.catalogue.core_switches);
  if (f.site_shock) out += f.site_shock->away.mean() / f.site_shock->between.mean();
  return survives_site ? std::pow(std::min(out, 1.0), design.sites) : std::min(out, 1.0);
}

/// Groups whose losses differ: there are only so many sets of disks whose loss ends a group.
double sets_apart(const CodeFacts& code, double disks) {
  double sets = 1;
  for (int i = 0; i <= code.tolerance; ++i) sets *= (disks - i) / (code.total - i);
  return std::max(1.0, sets);
}

/// An object's stripes lie in as many groups; a group is lost as a whole, and groups on the same
/// disks together.
double groups_of_object(const Space& space, const CodeFacts& code, const YearSize& size) {
  const double stripes = std::max(1.0, mean_object(space.plan()) / stripe_bytes);
  return std::min({stripes, size.disks * 100 / code.total, sets_apart(code, size.disks)});
}

Seconds repair_time(const Space& space, const Design& design, const CodeFacts& code,
                    const YearSize& size) {
  const double tb_per_disk = size.redundant_tb / size.disks;
  return space.plan().care.detection +
         tb_per_disk * rebuild_per_tb(space, design, size, code.reads);
}

struct Figures {
  double loss{};  ///< objects a year
  double unavailable{};
  Seconds rebuild{};
};

Figures figures_of(const Space& space, const Design& design, const CodeFacts& code,
                   const YearSize& size) {
  const Plan& plan = space.plan();
  const Layout layout = layout_of(code, design);
  const Seconds repair = repair_time(space, design, code, size);
  double loss_rate = space.disk_losses();
  const auto& f = plan.failures;
  double group = losses_per_year(code, loss_rate, 1 / sim::in_years(repair));
  const double racks = std::ceil(static_cast<double>(code.total) / layout.per_rack);
  group += by_shock(f.rack_shock, layout.per_rack, code.tolerance, racks);
  group += by_shock(f.power_domain_shock, layout.per_site, code.tolerance, design.sites);
  const bool array_sites = layout.survives_site && layout.per_site > code.tolerance;
  if (!array_sites) group += by_shock(f.site_shock, layout.per_site, code.tolerance, design.sites);
  const double stripes = std::max(1.0, mean_object(plan) / stripe_bytes);
  const double disk_bytes = plan.catalogue.disks[design.disk].capacity.value;
  Figures out;
  out.loss =
      std::min(1.0, group * groups_of_object(space, code, size)) +
      latent_loss(code, loss_rate, latent_errors(f), plan.search.scrubs[design.scrub], repair,
                  stripes, stripe_bytes.value * code.overhead / code.total / disk_bytes);
  const double u = std::min(1.0, unreachable(plan));
  double pattern =
      analytic::binomial_tail(code.total, static_cast<int>(code.levels.levels.size()) - 1, u);
  for (std::size_t i = 0; i < code.levels.levels.size(); ++i) {
    const double share = code.levels.levels[i].unreadable;
    if (share > 0) pattern += share * analytic::binomial_term(code.total, static_cast<int>(i), u);
  }
  out.unavailable = std::min(1.0, pattern + site_unreachable(plan, design, layout.survives_site));
  out.rebuild = repair;
  return out;
}

}  // namespace

Seconds rebuild_per_tb(const Space& space, const Design& design, const YearSize& size,
                       double reads) {
  const Plan& plan = space.plan();
  const Catalogue& catalogue = plan.catalogue;
  const MachineKind& machine = catalogue.machines[design.machine];
  const double disks = size.disks / size.machines;
  const double network = machine.network.value * catalogue.rebuild_share;
  const double throttle = plan.search.rebuild_rates[design.rebuild].value;
  const double write =
      std::min({throttle, network, disks * catalogue.disks[design.disk].write.value});
  const double read =
      std::min({throttle, network, disks * catalogue.disks[design.disk].read.value});
  // Shards stay at their site, so its machines alone take them in.
  const double heirs = size.machines / design.sites;
  double seconds =
      std::max(terabyte.value / (heirs * write), terabyte.value * reads / (size.machines * read));
  const double uplink = catalogue.rack_uplink.value * catalogue.rebuild_share;
  if (uplink > 0 && size.racks > 1) {
    seconds = std::max(
        seconds, terabyte.value * reads * (size.racks - 1) / size.racks / (size.racks * uplink));
  }
  return {seconds};
}

double latent_loss(const CodeFacts& code, double disk_losses, double latent_errors, Seconds scrub,
                   Seconds repair, double stripes_per_object, double shard_of_disk) {
  if (latent_errors <= 0) return 0;
  // Rate at which a group comes to its last redundancy: all that it may lose are lost within the
  // time of a repair, most of it in the order of failures.
  double critical = code.total * disk_losses;
  for (int depth = 1; depth < code.tolerance; ++depth) {
    critical *= (code.total - depth) * disk_losses * sim::in_years(repair) / depth;
  }
  // A sector goes bad at any time and is found at the next scrub, half an interval later on
  // average.
  const double bad = latent_errors * sim::in_years(scrub) / 2 * shard_of_disk;
  if (code.tolerance == 0) return stripes_per_object * code.total * latent_errors * shard_of_disk;
  return stripes_per_object * critical * (code.total - code.tolerance) * bad;
}

double migration_loss(const Space& space, const Design& design, const YearSize& size,
                      Seconds window) {
  if (!(window.value > 0)) return 0;
  double worst = 0;
  const auto add = [&](const CodeFacts& code) {
    const double repair = 1 / sim::in_years(repair_time(space, design, code, size));
    const double groups = groups_of_object(space, code, size);
    const double rate = code.tolerance > 0 ? losses_per_year(code, space.disk_losses(), repair, 1)
                                           : code.total * space.disk_losses();
    worst = std::max(worst, std::min(1.0, rate * groups * sim::in_years(window)));
  };
  add(space.codes()[design.code]);
  if (design.cold.kind == ColdKind::own) add(space.cold_codes()[design.cold.which]);
  return worst;
}

Bytes mean_object(const Plan& plan) {
  double bytes = 0;
  double objects = 0;
  for (const Source& source : plan.demand.sources) {
    bytes += source.objects_per_year * source.size.value / source.lossless_ratio;
    objects += source.objects_per_year;
  }
  return {objects > 0 ? bytes / objects : 0};
}

FleetFigures fleet_figures(const Space& space, const Design& design, const YearSize& size) {
  FleetFigures worst{
      .nines = std::numeric_limits<double>::infinity(), .unavailability = 0, .rebuild = {}};
  const auto add = [&](const CodeFacts& code) {
    const Figures figures = figures_of(space, design, code, size);
    const double nines =
        figures.loss > 0 ? -std::log10(figures.loss) : std::numeric_limits<double>::infinity();
    worst.nines = std::min(worst.nines, nines);
    worst.unavailability = std::max(worst.unavailability, figures.unavailable);
    worst.rebuild = std::max(worst.rebuild, figures.rebuild);
  };
  add(space.codes()[design.code]);
  if (design.cold.kind == ColdKind::own) add(space.cold_codes()[design.cold.which]);
  return worst;
}

}  // namespace models::planning
