#pragma once

#include <bitset>
#include <boost/graph/adjacency_list.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.h"

/// Hosts, adapters, fabrics, engines and arrays of one strategy as a graph, and what its structure
/// alone says: single points of failure, what any two losses do, bandwidth left, availability.
namespace models::paths {

/// Parts that fail. Numbers of random streams rest on the order: append only.
enum class PartKind : std::uint8_t {
  host,
  adapter,
  fabric,
  site_link,
  engine,
  enclosure,  ///< what the engines of a gateway share
  software,   ///< of all engines: one program, updated at once
  controller,
  head,
  shelf,
  power,    ///< of a site
  quorum,   ///< the tie-breaker: on no path
  planned,  ///< no part: what is out of service for maintenance, as a cause
};
inline constexpr int part_kinds = 13;
/// "host", "site link", ...
std::string_view to_string(PartKind kind);

struct Vertex {
  enum class Role : std::uint8_t { part, data } role{};
  std::uint32_t part{};
  double rate{};  ///< bytes per second through it; infinite if it does not limit
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, Vertex>;
using Place = Graph::vertex_descriptor;

inline constexpr std::size_t most_vertices = 256;
/// Calls `visit(from, to)` for every edge.
template <class Visit>
void for_each_edge(const Graph& graph, Visit visit) {
  for (Place from = 0; from < boost::num_vertices(graph); ++from) {
    for (auto [to, end] = boost::adjacent_vertices(from, graph); to != end; ++to) visit(from, *to);
  }
}

/// Vertices that work: bit v is vertex v.
using Up = std::bitset<most_vertices>;
/// Parts, by number: bit p is part p.
using PartSet = std::bitset<most_vertices>;

struct Part {
  PartKind kind{};
  std::uint32_t index{};  ///< among its kind
  std::uint32_t site{};
  std::string name{};             ///< "engine 3", "HIS host 1"
  std::vector<Place> vertices{};  ///< that go with it; several for links and for power
};

struct Service {
  std::string name{};
  std::vector<std::uint32_t> hosts{};  ///< parts
  std::vector<Place> places{};         ///< of the hosts
  std::uint32_t needed{1};
  std::uint32_t spec{};  ///< its place in scenario::Paths::services
};

/// An array: one side of the mirror.
struct Leg {
  std::vector<std::uint32_t> controllers{};  ///< parts; one that is up serves
  std::uint32_t head{};
  std::vector<std::uint32_t> shelves{};  ///< without which it has not all data
  std::uint32_t site{};
};

/// Edges lead from hosts to the data; nothing but a part of the chain passes anything on.
class PathModel {
 public:
  /// @pre scenario.paths, and validate() found no fault
  PathModel(const scenario::Scenario& scenario, const scenario::Strategy& strategy);

  const Graph& graph() const { return graph_; }
  const std::vector<Part>& parts() const { return parts_; }
  const std::vector<Service>& services() const { return services_; }
  const std::vector<Leg>& legs() const { return legs_; }
  const std::vector<std::uint32_t>& engines() const { return engines_; }  ///< parts
  std::uint32_t enclosure_of(std::uint32_t engine) const { return enclosure_of_[engine]; }
  std::uint32_t engines_needed() const { return engines_needed_; }
  std::uint32_t software() const { return software_; }
  Place data() const { return data_; }
  Place leg_data(std::uint32_t leg) const { return leg_data_[leg]; }
  std::uint32_t sites() const { return sites_; }

  Up all_up() const;
  /// Takes the vertices of a part away.
  void lose(std::uint32_t part, Up& up) const;
  Up without(const PartSet& lost) const;
  /// Vertices from which `target` is reached.
  Up reaching(Place target, const Up& up) const;
  bool engines_suffice(const Up& up) const;
  /// Hosts enough with a path to the data, engines enough.
  bool serves(const Service& service, const Up& up) const;
  /// Parts of which the service can depend at all.
  std::vector<std::uint32_t> parts_of(const Service& service) const;

 private:
  std::uint32_t add_part(PartKind kind, std::uint32_t site, std::string name);
  Place add_vertex(std::uint32_t part, double rate);
  void join(const std::vector<Place>& from, Place to);
  void add_shared(const scenario::Paths& paths, const scenario::Hardware& hardware);
  void add_legs(const scenario::Hardware& hardware, const scenario::Strategy& strategy);
  void add_hosts(const scenario::Paths& paths);
  void number_neighbours();

  Graph graph_;
  std::vector<Part> parts_;
  std::vector<Service> services_;
  std::vector<Leg> legs_;
  std::vector<std::uint32_t> engines_;
  std::vector<std::uint32_t> enclosure_of_;  ///< by engine
  std::vector<Place> leg_data_;
  std::vector<std::vector<Place>> fabrics_;     ///< by site
  std::vector<std::vector<Place>> links_;       ///< towards the engines, by site that they lead to
  std::vector<std::vector<Place>> back_links_;  ///< towards the arrays
  std::vector<Up> into_;                        ///< vertices with an edge to v
  std::uint32_t count_[part_kinds]{};
  std::uint32_t engines_needed_{1};
  std::uint32_t software_{};
  std::uint32_t sites_{1};
  Place data_{};
};

/// May the strategy's data be read from one array whose shelves are gone? So it is where each of
/// its sets of disks has few enough of them there.
bool survives_without_shelves(const scenario::Hardware& hardware,
                              const scenario::Strategy& strategy);

}  // namespace models::paths
