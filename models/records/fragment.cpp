#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "models/records/analysis.h"

namespace models::records {
namespace {

/// As the text of a JSON string (RFC 8259).
std::string in_json(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') result += '\\';
    // A name of a file may hold bytes that are no text.
    result += byte < 0x20 || byte >= 0x7f ? '?' : c;
  }
  return result;
}

std::string percent(double per_year) { return fmt::format("{:.4g} %/year", 100 * per_year); }

/// The key "range", where it is one.
std::string range_of(std::string_view key, double low, double value, double high,
                     std::string (*text)(double)) {
  if (!(low < value && value < high) || !(low > 0) || !std::isfinite(high)) return {};
  return fmt::format("      \"range\": {{\"{}\": [\"{}\", \"{}\"]}},\n", key, text(low),
                     text(high));
}

std::string weibull(const FittedRisk& risk) {
  const double shape = risk.shape ? *risk.shape->value : 1;
  return fmt::format(R"({{"kind": "weibull", "shape": {:.4g}, "scale": "{:.6g} years"}})", shape,
                     *risk.scale.value);
}

std::string lifetime_of(const FittedLaw& law) {
  if (law.kind == LawKind::weibull) return weibull(law.risks.front());
  std::string parts;
  for (const FittedRisk& risk : law.risks) {
    parts += (parts.empty() ? "\n          " : ",\n          ") + weibull(risk);
  }
  return R"({"kind": "bathtub", "parts": [)" + parts + "\n        ]}";
}

std::string source_of(const Analysis& analysis) {
  return in_json(std::filesystem::path(analysis.file).filename().string());
}

std::string rate_lines(double value, const sim::Interval& range) {
  return fmt::format("      \"lifetime\": \"{}\",\n", percent(value)) +
         range_of("lifetime", range.low, value, range.high, percent);
}

/// The law, or the mean rate where none fits: then its range goes from the slowest to the fastest
/// year, and the note says so.
std::string disk_of(const Analysis& analysis) {
  const ScenarioLaw& scenario = analysis.scenario;
  if (scenario.verdict == ScenarioLaw::Verdict::nothing || !(*scenario.rate.value > 0)) return {};
  std::string body;
  std::string note = fmt::format("{:.0f} single failures, {:.6g} unit-years", scenario.failures,
                                 analysis.all.unit_years);
  if (scenario.law && scenario.law->kind != LawKind::exponential) {
    body = fmt::format("      \"lifetime\": {},\n", lifetime_of(*scenario.law));
  } else if (scenario.law) {
    const sim::Estimate& mean = scenario.law->risks.front().scale;
    body = rate_lines(1 / *mean.value, {1 / mean.ci95.high, 1 / mean.ci95.low});
  } else {
    body = rate_lines(*scenario.rate.value, scenario.range);
  }
  if (scenario.verdict == ScenarioLaw::Verdict::no_law) {
    body += "      \"confidence\": \"NO LAW FITS: mean rate, range slowest to fastest year\",\n";
  }
  if (scenario.ages && scenario.ages->low < scenario.ages->high) {
    body += fmt::format(
        "      \"valid\": {{\"from\": \"{:.3g} years\", \"until\": \"{:.3g} years\"}},\n",
        scenario.ages->low, scenario.ages->high);
  }
  return fmt::format(R"(    "disk": {{
{}      "source": "holdfast fit of {}",
      "note": "{}"
    }})",
                     body, source_of(analysis), note);
}

std::string per_year(double rate) { return fmt::format("{:.5g} /year", rate); }

/// Shares in millionths of a percent; the last one is what is left, so that all add up.
std::string sizes_of(const BurstLaw& law) {
  constexpr double whole = 1e8;
  std::string text;
  double left = whole;
  for (std::size_t i = 0; i < law.sizes.size(); ++i) {
    const bool last = i + 1 == law.sizes.size();
    const double share = last ? left : std::max(1.0, std::round(whole * law.sizes[i].share));
    left -= share;
    text += fmt::format("{}        {{\"disks\": {}, \"share\": \"{:.6f} %\"}}",
                        i == 0 ? "\n" : ",\n", law.sizes[i].failures, share / 1e6);
  }
  return text + "\n      ";
}

std::string burst_of(const Analysis& analysis) {
  if (!analysis.bursts || !analysis.bursts->found()) return {};
  const BurstFit& fit = *analysis.bursts;
  if (fit.law.sizes.empty() || !(*fit.per_year.value > 0)) return {};
  std::string body = fmt::format("      \"between\": \"{}\",\n", per_year(*fit.per_year.value));
  body += range_of("between", fit.per_year.ci95.low, *fit.per_year.value, fit.per_year.ci95.high,
                   per_year);
  body += "      \"sizes\": [" + sizes_of(fit.law) + "],\n";
  // A scenario's burst has a rack at its heart, and no machine: who stands in the machine stands
  // in its rack.
  if (analysis.racks > 1) {
    body += fmt::format("      \"same_rack\": \"{:.4g} %\",\n",
                        100 * (fit.law.same_machine + fit.law.same_rack));
  }
  return fmt::format(
      R"(    "burst": {{
{}      "source": "holdfast fit of {}",
      "note": "{:.0f} failures in {:.0f} bursts of {:.0f} units, spread over {:.2g} h"
    }})",
      body, source_of(analysis), fit.law.in_bursts, fit.law.count, analysis.units,
      24 * fit.law.spread_days);
}

}  // namespace

std::string fragment_of(const Analysis& analysis) {
  const std::string disk = disk_of(analysis);
  const std::string burst = burst_of(analysis);
  if (disk.empty() && burst.empty()) return {};
  return "{\n  \"failures\": {\n" + disk + (disk.empty() || burst.empty() ? "" : ",\n") + burst +
         "\n  }\n}\n";
}

}  // namespace models::records
