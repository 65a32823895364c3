#include "models/records/fitted_scenario.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/input/read_scenario.h"

namespace models::records {
namespace {

using Json = nlohmann::ordered_json;

/// Per site of the scenario: the record's rate was that of all its units.
void scale_burst(Json& burst, const Analysis& analysis, const scenario::Scenario& base) {
  const double disks =
      static_cast<double>(base.hardware.disks()) / static_cast<double>(base.hardware.sites);
  const double factor = analysis.units > 0 ? disks / analysis.units : 1;
  const sim::Estimate& rate = analysis.bursts->per_year;
  const auto text = [&](double value) { return fmt::format("{:.5g} /year", value * factor); };
  burst["between"] = text(*rate.value);
  if (burst.contains("range")) {
    burst["range"]["between"] = Json::array({text(rate.ci95.low), text(rate.ci95.high)});
  }
  burst["note"] = burst["note"].get<std::string>() +
                  fmt::format("; rate scaled to a site of {:.0f} disks", disks);
}

void put_in(const Json& sections, const Analysis& analysis, const scenario::Scenario& base,
            Json& document) {
  Json& failures = document["failures"];
  if (sections.contains("disk")) {
    Json& disk = failures["disk"];
    for (const char* key : {"models", "range", "confidence", "valid"}) {
      if (disk.is_object()) disk.erase(key);
    }
    for (const auto& [key, value] : sections["disk"].items()) disk[key] = value;
  }
  if (sections.contains("burst")) {
    failures["burst"] = sections["burst"];
    scale_burst(failures["burst"], analysis, base);
  }
}

}  // namespace

scenario::Checked<std::string> fitted_scenario(const std::string& text, const std::string& file,
                                               const Analysis& analysis) {
  const auto scenario = scenario::read_scenario_text(text, file);
  if (!scenario) return scenario.diagnostics();
  Json document = Json::parse(text, nullptr, true, true);
  if (!analysis.fragment.empty()) {
    put_in(Json::parse(analysis.fragment)["failures"], analysis, scenario.value(), document);
  }
  std::string result = document.dump(2) + "\n";
  const auto again = scenario::read_scenario_text(result, file);
  if (!again) return again.diagnostics();
  return result;
}

}  // namespace models::records
