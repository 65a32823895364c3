#include "models/paths/path_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "models/codes/code.h"
#include "models/placement/placement.h"
#include "models/topology/topology.h"
#include "sim/contract.h"

namespace models::paths {
namespace {

constexpr double no_limit = std::numeric_limits<double>::infinity();
constexpr std::array<std::string_view, part_kinds> names{
    "host",       "adapter",          "fabric",     "site link", "engine", "gateway enclosure",
    "software",   "array controller", "array head", "shelf",     "power",  "tie-breaker",
    "maintenance"};

std::uint32_t whole(int count) { return static_cast<std::uint32_t>(count); }

}  // namespace

std::string_view to_string(PartKind kind) { return names[static_cast<std::size_t>(kind)]; }

PathModel::PathModel(const scenario::Scenario& scenario, const scenario::Strategy& strategy) {
  EXPECTS(scenario.paths.has_value());
  const scenario::Hardware& hardware = scenario.hardware_of(strategy);
  sites_ = whole(hardware.sites);
  engines_needed_ = whole(hardware.gateways.needed);
  add_shared(*scenario.paths, hardware);
  add_legs(hardware, strategy);
  add_hosts(*scenario.paths);
  for (std::uint32_t site = 0; site < sites_; ++site) {
    const std::uint32_t power =
        add_part(PartKind::power, site, sites_ > 1 ? fmt::format("power {}", site + 1) : "power");
    for (const Part& part : parts_) {
      // The program of all engines is at neither site.
      if (part.site != site || part.kind == PartKind::software) continue;
      if (part.kind == PartKind::site_link || part.kind == PartKind::power) continue;
      parts_[power].vertices.insert(parts_[power].vertices.end(), part.vertices.begin(),
                                    part.vertices.end());
    }
  }
  add_part(PartKind::quorum, 0, "tie-breaker");
  number_neighbours();
}

std::uint32_t PathModel::add_part(PartKind kind, std::uint32_t site, std::string name) {
  parts_.push_back({kind, count_[static_cast<std::size_t>(kind)]++, site, std::move(name), {}});
  return static_cast<std::uint32_t>(parts_.size() - 1);
}

Place PathModel::add_vertex(std::uint32_t part, double rate) {
  const Place place = boost::add_vertex(Vertex{Vertex::Role::part, part, rate}, graph_);
  parts_[part].vertices.push_back(place);
  return place;
}

void PathModel::join(const std::vector<Place>& from, Place to) {
  for (const Place place : from) boost::add_edge(place, to, graph_);
}

/// Fabrics, engines with their enclosures, the program that they all run.
void PathModel::add_shared(const scenario::Paths& paths, const scenario::Hardware& hardware) {
  fabrics_.resize(sites_);
  links_.resize(sites_);
  back_links_.resize(sites_);
  for (std::uint32_t site = 0; site < sites_; ++site) {
    for (int i = 0; i < hardware.network.core_switches; ++i) {
      const auto number = count_[static_cast<std::size_t>(PartKind::fabric)] + 1;
      const auto fabric = add_part(PartKind::fabric, site, fmt::format("fabric {}", number));
      fabrics_[site].push_back(add_vertex(fabric, no_limit));
    }
  }
  for (int i = 0; sites_ > 1 && i < paths.site_links; ++i) {
    const auto link = add_part(PartKind::site_link, 0, fmt::format("site link {}", i + 1));
    for (std::uint32_t site = 0; site < sites_; ++site) {
      links_[site].push_back(add_vertex(link, paths.port.value));
      join(fabrics_[1 - site], links_[site].back());
      back_links_[site].push_back(add_vertex(link, paths.port.value));
    }
  }
  std::vector<Place> enclosures;
  const auto boxes = whole(paths.enclosures);
  for (std::uint32_t box = 0; box < boxes; ++box) {
    const auto part =
        add_part(PartKind::enclosure, box % sites_, fmt::format("gateway {}", box + 1));
    enclosures.push_back(add_vertex(part, no_limit));
  }
  for (std::uint32_t i = 0; i < whole(hardware.gateways.count); ++i) {
    const std::uint32_t box = i % boxes;
    const auto part = add_part(PartKind::engine, box % sites_, fmt::format("engine {}", i + 1));
    const Place engine = add_vertex(part, paths.engine.value);
    join(fabrics_[box % sites_], engine);
    join(links_[box % sites_], engine);
    boost::add_edge(engine, enclosures[box], graph_);
    engines_.push_back(part);
    enclosure_of_.push_back(graph_[enclosures[box]].part);
  }
  software_ = add_part(PartKind::software, 0, "gateway software");
  // One vertex for each site: what lies behind it need not be reached over a link.
  for (std::uint32_t site = 0; site < sites_; ++site) {
    const Place behind = add_vertex(software_, no_limit);
    for (std::uint32_t box = site; box < boxes; box += sites_) {
      boost::add_edge(enclosures[box], behind, graph_);
    }
    if (sites_ > 1) {
      for (const Place link : back_links_[1 - site]) boost::add_edge(behind, link, graph_);
    }
  }
}

void PathModel::add_legs(const scenario::Hardware& hardware, const scenario::Strategy& strategy) {
  const bool head_alone = survives_without_shelves(hardware, strategy);
  data_ = boost::add_vertex(Vertex{Vertex::Role::data, 0, no_limit}, graph_);
  const auto arrays = whole(static_cast<int>(hardware.racks()));
  const double disks = hardware.disk.read.value * hardware.disks_per_machine;
  for (std::uint32_t a = 0; a < arrays; ++a) {
    const char letter = static_cast<char>('A' + a);
    Leg leg;
    leg.site = a / whole(hardware.racks_per_site);
    std::vector<Place> controllers;
    for (int c = 0; c < hardware.controllers.count; ++c) {
      const auto part = add_part(PartKind::controller, leg.site,
                                 fmt::format("array {} controller {}", letter, c + 1));
      const double rate = hardware.network.rack_uplink.value / hardware.controllers.count;
      controllers.push_back(add_vertex(part, rate));
      boost::add_edge(parts_[software_].vertices[leg.site], controllers.back(), graph_);
      join(back_links_[leg.site], controllers.back());
      leg.controllers.push_back(part);
    }
    leg.head = add_part(PartKind::head, leg.site, fmt::format("array {} head", letter));
    Place last = add_vertex(leg.head, hardware.network.rack_uplink.value);
    join(controllers, last);
    for (int s = 1; s < hardware.machines_per_rack; ++s) {
      const auto shelf =
          add_part(PartKind::shelf, leg.site, fmt::format("array {} shelf {}", letter, s));
      if (head_alone) continue;
      // It carries its share of the data.
      const Place place =
          add_vertex(shelf, hardware.network.machine.value * hardware.machines_per_rack);
      boost::add_edge(last, place, graph_);
      leg.shelves.push_back(shelf);
      last = place;
    }
    const Place array = boost::add_vertex(
        Vertex{Vertex::Role::data, 0, disks * hardware.machines_per_rack}, graph_);
    boost::add_edge(last, array, graph_);
    boost::add_edge(array, data_, graph_);
    leg_data_.push_back(array);
    legs_.push_back(std::move(leg));
  }
}

void PathModel::add_hosts(const scenario::Paths& paths) {
  std::uint32_t site = 0;
  for (std::uint32_t s = 0; s < paths.services.size(); ++s) {
    const scenario::HostService& spec = paths.services[s];
    Service service{
        .name = spec.name, .hosts = {}, .places = {}, .needed = whole(spec.needed), .spec = s};
    for (int h = 0; h < spec.hosts; ++h, site = (site + 1) % sites_) {
      const auto host = add_part(PartKind::host, site, fmt::format("{} host {}", spec.name, h + 1));
      const Place place = add_vertex(host, no_limit);
      for (int a = 0; a < spec.adapters; ++a) {
        const auto part = add_part(PartKind::adapter, site,
                                   fmt::format("{} host {} adapter {}", spec.name, h + 1, a + 1));
        const Place adapter = add_vertex(part, paths.port.value);
        boost::add_edge(place, adapter, graph_);
        const auto& fabrics = fabrics_[site];
        boost::add_edge(adapter, fabrics[whole(a) % fabrics.size()], graph_);
      }
      service.hosts.push_back(host);
      service.places.push_back(place);
    }
    services_.push_back(std::move(service));
  }
}

void PathModel::number_neighbours() {
  EXPECTS(boost::num_vertices(graph_) <= most_vertices);
  into_.resize(boost::num_vertices(graph_));
  for_each_edge(graph_, [&](Place from, Place to) { into_[to].set(from); });
}

Up PathModel::all_up() const {
  Up up;
  for (std::size_t v = 0; v < into_.size(); ++v) up.set(v);
  return up;
}

void PathModel::lose(std::uint32_t part, Up& up) const {
  for (const Place place : parts_[part].vertices) up.reset(place);
}

Up PathModel::without(const PartSet& lost) const {
  Up up = all_up();
  for (std::size_t p = lost._Find_first(); p < lost.size(); p = lost._Find_next(p)) {
    lose(static_cast<std::uint32_t>(p), up);
  }
  return up;
}

Up PathModel::reaching(Place target, const Up& up) const {
  Up reached;
  if (!up.test(target)) return reached;
  reached.set(target);
  Up fresh = reached;
  while (fresh.any()) {
    Up next;
    for (std::size_t v = fresh._Find_first(); v < most_vertices; v = fresh._Find_next(v)) {
      next |= into_[v];
    }
    fresh = next & up & ~reached;
    reached |= fresh;
  }
  return reached;
}

bool PathModel::engines_suffice(const Up& up) const {
  std::uint32_t engines = 0;
  for (std::uint32_t e = 0; e < engines_.size(); ++e) {
    const bool works = up.test(parts_[engines_[e]].vertices.front()) &&
                       up.test(parts_[enclosure_of_[e]].vertices.front());
    engines += works ? 1 : 0;
  }
  return engines >= engines_needed_;
}

bool PathModel::serves(const Service& service, const Up& up) const {
  if (!engines_suffice(up)) return false;
  const Up reached = reaching(data_, up);
  const auto hosts = static_cast<std::uint32_t>(
      std::ranges::count_if(service.places, [&](Place host) { return reached.test(host); }));
  return hosts >= service.needed;
}

std::vector<std::uint32_t> PathModel::parts_of(const Service& service) const {
  std::vector<std::uint32_t> needed;
  const std::string own = service.name + " host ";
  for (std::uint32_t p = 0; p < parts_.size(); ++p) {
    const Part& part = parts_[p];
    if (part.vertices.empty()) continue;
    const bool of_host = part.kind == PartKind::host || part.kind == PartKind::adapter;
    if (!of_host || part.name.starts_with(own)) needed.push_back(p);
  }
  return needed;
}

bool survives_without_shelves(const scenario::Hardware& hardware,
                              const scenario::Strategy& strategy) {
  const topology::Topology topology(hardware);
  const auto code = codes::make_code(strategy.code);
  const auto placement = placement::make_placement(strategy, *code);
  // Where the shards lie is checked by the limits of the placement, whatever the draw.
  sim::Stream stream(1, sim::Purpose::placement);
  const auto map =
      placement->build(topology, code->shape().total(), strategy.placement.groups, stream);
  for (std::uint32_t rack = 0; rack < topology.racks(); ++rack) {
    for (std::uint32_t group = 0; group < map.groups(); ++group) {
      const auto members = map.members(group);
      codes::ShardSet gone;
      for (std::size_t slot = 0; slot < members.size(); ++slot) {
        const std::uint32_t machine = topology.machine_of(members[slot]);
        const bool head = machine % topology.machines_per_rack() == 0;
        if (topology.rack_of(machine) != rack || !head) gone.set(slot);
      }
      if (!code->recoverable(gone)) return false;
    }
  }
  return true;
}

}  // namespace models::paths
