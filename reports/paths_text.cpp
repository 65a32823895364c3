#include "reports/paths_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/csv_field.h"
#include "reports/page.h"

namespace reports {
namespace {

using models::fleet::Verdict;
using models::paths::Incident;
using models::paths::PathResults;
using models::paths::ServiceResult;
using models::paths::Spread;
using models::paths::StrategyPaths;

constexpr double minutes_a_year = 365.25 * 24 * 60;

std::string time_text(double seconds) {
  if (std::isinf(seconds)) return "no end";
  if (seconds == 0) return "0";
  struct Unit {
    double below, size;
    std::string_view name;
  };
  static constexpr std::array units{Unit{120, 1, "s"}, Unit{7200, 60, "min"},
                                    Unit{172800, 3600, "h"}, Unit{1e300, 86400, "d"}};
  const auto* unit = std::ranges::find_if(units, [&](const Unit& u) { return seconds < u.below; });
  const double value = seconds / unit->size;
  // Seven places, the unit among them.
  return fmt::format("{:.{}f} {}", value, value < 9.95 ? 1 : 0, unit->name);
}

std::string minutes_text(const sim::Estimate& share) {
  if (!share.value) return fmt::format("< {:.2g} min/year", share.ci95.high * minutes_a_year);
  const double half = (share.ci95.high - share.ci95.low) / 2;
  return fmt::format("{:.3g} min/year ±{:.2g} %{}", *share.value * minutes_a_year,
                     100 * half / *share.value, share.converged ? "" : " ?");
}

std::string joined(const std::vector<std::string>& names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > most) text += fmt::format(" and {} more", names.size() - most);
  return text;
}

void structure(Page& page, const ServiceResult& service) {
  constexpr std::size_t most_named = 12;
  page.item("", service.name, Tone::strong, Tone::strong);
  page.item("  any one   ",
            service.single_points.empty()
                ? "survives the loss of any one part"
                : "does not survive: " + joined(service.single_points, most_named),
            Tone::plain, service.single_points.empty() ? Tone::good : Tone::bad);
  page.item(
      "  any two   ",
      service.pairs.empty()
          ? fmt::format("nor do two others ({} pairs tried) take it away", service.sets_of_two)
          : fmt::format("{} of {} pairs take it away besides: {}", service.pairs.size(),
                        service.sets_of_two, joined(service.pairs, most_named)));
  const auto cut = [](const std::vector<std::string>& parts) {
    return fmt::format("{} ({})", parts.size(), fmt::join(parts, " + "));
  };
  if (service.smallest_cut.empty()) return;
  std::string words = "smallest: " + cut(service.smallest_cut);
  if (!service.next_cut.empty() && service.next_cut != service.smallest_cut) {
    words += "; were single points safe: " + cut(service.next_cut);
  }
  page.item("  cut       ", words);
}

void availability(Page& page, const StrategyPaths& strategy) {
  page.blank();
  page.row({{"Not served", 20, Tone::faint},
            {"in all", 24, Tone::faint},
            {"no path at all", 22, Tone::faint},
            {"exact", 10, Tone::faint}});
  for (const ServiceResult& service : strategy.services) {
    page.row(
        {{service.name, 20, Tone::strong},
         {minutes_text(service.unavailability), 24},
         {minutes_text(service.no_path), 22},
         {service.exact_no_path ? fmt::format("{:.4g}", *service.exact_no_path * minutes_a_year)
                                : "-",
          10}});
    for (const auto& cause : service.causes) {
      page.row({{"", 3},
                {std::string(models::paths::to_string(cause.kind)), 17, Tone::faint},
                {fmt::format("{:.3g} min/year", cause.minutes_per_year), 24, Tone::faint},
                {fmt::format("{:.3g} times a year", cause.per_year), 22, Tone::faint}});
    }
  }
}

void incidents(Page& page, const StrategyPaths& strategy) {
  page.blank();
  page.row({{"", 23},
            {"", 9},
            {"not served (RTO)", 23, Tone::faint},
            {"writing lost (RPO)", 23, Tone::faint}});
  page.row({{"Incident", 23, Tone::faint},
            {"a year", 9, Tone::faint},
            {"half", 7, Tone::faint},
            {"95 %", 7, Tone::faint},
            {"most", 7, Tone::faint},
            {"half", 7, Tone::faint},
            {"95 %", 7, Tone::faint},
            {"most", 7, Tone::faint}});
  for (const Incident& incident : strategy.incidents) {
    std::vector<Page::Cell> row{
        {incident.kind, 23, Tone::strong},
        {incident.has_rate ? fmt::format("{:.2g}", incident.per_year) : "-", 9}};
    for (const Spread& spread : {incident.rto, incident.rpo}) {
      for (const double seconds : {spread.p50, spread.p95, spread.most}) {
        row.push_back({time_text(seconds), 7});
      }
    }
    page.row(row);
    if (!incident.note.empty()) page.item("   ", incident.note, Tone::faint, Tone::faint);
  }
}

void bandwidths(Page& page, const StrategyPaths& strategy) {
  page.blank();
  page.row({{"Bandwidth left without", 50, Tone::faint},
            {"reads", 12, Tone::faint},
            {"writes", 12, Tone::faint}});
  for (const auto& row : strategy.bandwidth) {
    page.row({{row.lost, 50},
              {fmt::format("{:.3g} GB/s", row.left.read / 1e9), 12},
              {fmt::format("{:.3g} GB/s", row.left.write / 1e9), 12}});
  }
}

Tone tone_of(Verdict verdict) {
  if (verdict == Verdict::undecided) return Tone::doubtful;
  return verdict == Verdict::supported ? Tone::good : Tone::bad;
}

void claims(Page& page, const PathResults& results) {
  if (results.claims.empty()) return;
  page.heading("Claims");
  for (const auto& claim : results.claims) {
    page.item(fmt::format("{:<11}", to_string(claim.verdict)),
              fmt::format("{} [{}]", claim.text, claim.strategy), tone_of(claim.verdict),
              Tone::strong);
    page.item("           ", claim.why);
    for (const std::string& flip : claim.flips_when) {
      page.item("           flips: ", flip, Tone::faint, Tone::faint);
    }
  }
}

void drill(Page& page, const PathResults& results) {
  const auto& one = results.drill;
  page.heading("The failover over real bytes");
  page.paragraph(fmt::format(
      "{} faults, {} of {} writes acknowledged, {} takeovers, {} legs brought back, {:.3g} MB "
      "compared: {}",
      one.faults(), one.acknowledged, one.writes, one.takeovers, one.resyncs,
      static_cast<double>(one.bytes_compared) / 1e6,
      one.passed() ? "passed" : fmt::format("{} VIOLATIONS", one.violation_count)));
  for (const std::string& violation : one.violations) page.item("  - ", violation, Tone::bad);
}

}  // namespace

std::string paths_text(const PathResults& results, const TextOptions& options) {
  Page page{options};
  page.paragraph(results.scenario, Tone::strong);
  page.paragraph(fmt::format("{} missions of {:.3g} years, seed {}.", results.missions,
                             results.mission_years, results.seed));
  for (const StrategyPaths& strategy : results.strategies) {
    page.heading(strategy.name);
    page.paragraph(strategy.system, Tone::faint);
    for (const ServiceResult& service : strategy.services) structure(page, service);
    availability(page, strategy);
    incidents(page, strategy);
    bandwidths(page, strategy);
  }
  page.blank();
  page.paragraph(
      "Not served: too few hosts can read and write, or one that works stands still, moves to "
      "another or restarts. By cause: the part whose failure began it. Exact: minutes a year "
      "without any path, the sum over all states of the parts in the long run. Reads may come from "
      "any array, writes go to all that work. Each incident strikes a system that is whole.",
      Tone::faint);
  claims(page, results);
  drill(page, results);
  return page.take();
}

std::string paths_csv(const PathResults& results) {
  std::string csv = "strategy,what,name,measure,value\n";
  const auto add = [&csv](const StrategyPaths& strategy, std::string_view what,
                          const std::string& name, std::string_view measure, double value) {
    csv += csv_line({csv_field(strategy.name), std::string(what), csv_field(name),
                     std::string(measure), csv_number(value)});
  };
  for (const StrategyPaths& strategy : results.strategies) {
    for (const ServiceResult& service : strategy.services) {
      if (service.unavailability.value) {
        add(strategy, "service", service.name, "unavailability", *service.unavailability.value);
      }
      add(strategy, "service", service.name, "low95", service.unavailability.ci95.low);
      add(strategy, "service", service.name, "high95", service.unavailability.ci95.high);
      if (service.exact_no_path) {
        add(strategy, "service", service.name, "exact_no_path", *service.exact_no_path);
      }
      for (const auto& cause : service.causes) {
        add(strategy, "cause",
            service.name + ": " + std::string(models::paths::to_string(cause.kind)),
            "minutes_per_year", cause.minutes_per_year);
      }
    }
    for (const Incident& incident : strategy.incidents) {
      add(strategy, "incident", incident.kind, "per_year", incident.per_year);
      for (const auto& [name, spread] : {std::pair<std::string, Spread>{"rto", incident.rto},
                                         std::pair<std::string, Spread>{"rpo", incident.rpo}}) {
        add(strategy, "incident", incident.kind, name + "_p50_s", spread.p50);
        add(strategy, "incident", incident.kind, name + "_p95_s", spread.p95);
        add(strategy, "incident", incident.kind, name + "_max_s", spread.most);
      }
    }
    for (const auto& row : strategy.bandwidth) {
      add(strategy, "bandwidth", row.lost, "read_bytes_per_s", row.left.read);
      add(strategy, "bandwidth", row.lost, "write_bytes_per_s", row.left.write);
    }
  }
  return csv;
}

}  // namespace reports
