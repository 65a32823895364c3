#include "models/paths/path_laws.h"

#include <array>

namespace models::paths {
namespace {

using scenario::Failures;
using scenario::PartOutage;
using scenario::Paths;
using Law = std::optional<PartOutage>;

Law law_of(const std::optional<scenario::Outage>& outage) {
  if (!outage) return std::nullopt;
  return PartOutage{outage->between, outage->duration};
}

Law machine(const Failures& failures, const Paths& /*paths*/) {
  return law_of(failures.machine_outage);
}

/// A shock takes the power away; that it kills disks besides is another figure.
Law power(const Failures& failures, const Paths& /*paths*/) {
  if (failures.power_domain_shock) {
    return PartOutage{failures.power_domain_shock->between, failures.power_domain_shock->away};
  }
  return law_of(failures.power_domain_outage);
}

struct LawOf {
  PartKind kind;
  Law (*law)(const Failures&, const Paths&);
};
constexpr std::array<LawOf, part_kinds> table{{
    {PartKind::host, [](const Failures&, const Paths& p) { return p.host_outage; }},
    {PartKind::adapter, [](const Failures&, const Paths& p) { return p.adapter_outage; }},
    {PartKind::fabric,
     [](const Failures& f, const Paths&) { return law_of(f.core_switch_outage); }},
    {PartKind::site_link, [](const Failures&, const Paths& p) { return p.site_link_outage; }},
    {PartKind::engine, [](const Failures& f, const Paths&) { return law_of(f.gateway_outage); }},
    {PartKind::enclosure, [](const Failures&, const Paths& p) { return p.enclosure_outage; }},
    {PartKind::software, [](const Failures& f, const Paths&) { return law_of(f.software_outage); }},
    {PartKind::controller,
     [](const Failures& f, const Paths&) { return law_of(f.controller_outage); }},
    {PartKind::head, machine},
    {PartKind::shelf, machine},
    {PartKind::power, power},
    {PartKind::quorum, [](const Failures&, const Paths& p) { return p.quorum_outage; }},
    {PartKind::planned, [](const Failures&, const Paths&) -> Law { return std::nullopt; }},
}};

struct RotaOf {
  std::optional<scenario::Maintenance> Failures::*maintenance;
  bool (*concerns)(PartKind kind);
};
constexpr std::array rota_table{
    RotaOf{&Failures::core_switch_maintenance,
           [](PartKind kind) { return kind == PartKind::fabric; }},
    RotaOf{&Failures::gateway_maintenance, [](PartKind kind) { return kind == PartKind::engine; }},
    RotaOf{&Failures::controller_maintenance,
           [](PartKind kind) { return kind == PartKind::controller; }},
    RotaOf{&Failures::machine_maintenance,
           [](PartKind kind) { return kind == PartKind::head || kind == PartKind::shelf; }}};

}  // namespace

PathLaws path_laws(const PathModel& model, const scenario::Scenario& scenario,
                   const scenario::Strategy& strategy) {
  PathLaws laws;
  for (const Part& part : model.parts()) {
    laws.push_back(table[static_cast<std::size_t>(part.kind)].law(scenario.failures_of(strategy),
                                                                  *scenario.paths));
  }
  return laws;
}

std::vector<PathRota> path_rotas(const PathModel& model, const scenario::Scenario& scenario,
                                 const scenario::Strategy& strategy) {
  std::vector<PathRota> rotas;
  for (const RotaOf& entry : rota_table) {
    const auto& maintenance = scenario.failures_of(strategy).*entry.maintenance;
    if (!maintenance) continue;
    PathRota rota{.parts = {}, .between = maintenance->every, .duration = maintenance->duration};
    for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
      const Part& part = model.parts()[p];
      if (entry.concerns(part.kind) && !part.vertices.empty()) rota.parts.push_back(p);
    }
    if (rota.parts.empty()) continue;
    rota.between = rota.between * (1 / static_cast<double>(rota.parts.size()));
    rotas.push_back(std::move(rota));
  }
  return rotas;
}

std::vector<double> share_down(const PathLaws& laws) {
  std::vector<double> shares;
  for (const Law& law : laws) {
    const double away = law ? law->duration.mean().value : 0;
    shares.push_back(law ? away / (law->between.mean().value + away) : 0);
  }
  return shares;
}

}  // namespace models::paths
