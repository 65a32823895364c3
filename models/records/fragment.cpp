#include <fmt/format.h>

#include <algorithm>
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

}  // namespace

std::string fragment_of(const Analysis& analysis) {
  std::string body;
  const auto law = std::ranges::find_if(analysis.laws, [&](const FittedLaw& known) {
    return analysis.chosen && known.kind == *analysis.chosen;
  });
  if (law == analysis.laws.end() || law->kind == LawKind::exponential) {
    if (!(*analysis.rate.value > 0)) return {};
    body = fmt::format(R"(      "lifetime": "{}",
      "range": {{"lifetime": ["{}", "{}"]}},
)",
                       percent(*analysis.rate.value), percent(analysis.rate.ci95.low),
                       percent(analysis.rate.ci95.high));
  } else {
    body = fmt::format("      \"lifetime\": {},\n", lifetime_of(*law));
  }
  return fmt::format(R"({{
  "failures": {{
    "disk": {{
{}      "source": "holdfast fit of {}",
      "note": "{:.0f} failures in {:.6g} unit-years"
    }}
  }}
}}
)",
                     body, source_of(analysis), analysis.all.failures, analysis.all.unit_years);
}

}  // namespace models::records
