#include "models/topology/reachability.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>

namespace models::topology {

namespace {

/// Bounds the memory of the answers kept; sets of three and more units down at once are rare.
constexpr std::size_t most_kept = 4096;

struct Up {
  const std::vector<char>* up{};
  bool operator()(Graph::vertex_descriptor vertex) const { return (*up)[vertex] != 0; }
};

}  // namespace

CutSet::CutSet(std::vector<std::uint32_t> machines, std::uint32_t machine_count, Entrance entrance)
    : machines_(std::move(machines)), bits_((machine_count + 63) / 64), entrance_(entrance) {
  for (const std::uint32_t machine : machines_) {
    bits_[machine / 64] |= std::uint64_t{1} << (machine % 64);
  }
}

Reachability::Reachability(const Topology& topology) : topology_(topology) {}

std::shared_ptr<const CutSet> Reachability::cut_off(std::span<const Unit> down) {
  std::vector<Unit> key(down.begin(), down.end());
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  if (known_.size() >= most_kept) known_.clear();
  return known_.emplace(std::move(key), search(down)).first->second;
}

std::shared_ptr<const CutSet> Reachability::search(std::span<const Unit> down) const {
  const Graph& graph = topology_.graph();
  const std::size_t count = boost::num_vertices(graph);
  std::vector<char> up(count, 1);
  for (std::size_t v = 0; v < count; ++v) {
    const bool fails = std::any_of(down.begin(), down.end(),
                                   [&](Unit unit) { return topology_.takes_down(unit, graph[v]); });
    if (fails) up[v] = 0;
  }
  const boost::filtered_graph<Graph, boost::keep_all, Up> alive(graph, {}, Up{&up});
  std::vector<boost::default_color_type> colours(count, boost::white_color);
  boost::queue<Graph::vertex_descriptor> pending;
  // From the middle: it shows the machines on one side and the clients on the other.
  boost::breadth_first_visit(alive, Topology::network, pending, boost::default_bfs_visitor(),
                             colours.data());
  std::vector<std::uint32_t> machines;
  for (std::size_t v = 0; v < count; ++v) {
    if (graph[v].role == Vertex::Role::machine && colours[v] == boost::white_color) {
      machines.push_back(graph[v].index);
    }
  }
  std::sort(machines.begin(), machines.end());
  const bool clients_reached = colours[Topology::clients] != boost::white_color;
  return std::make_shared<const CutSet>(std::move(machines), topology_.machines(),
                                        entrance(up, clients_reached));
}

/// A path is not enough where a number of front ends or gateways is needed to carry the load.
Entrance Reachability::entrance(const std::vector<char>& up, bool clients_reached) const {
  if (!clients_reached) return Entrance::closed;
  const Graph& graph = topology_.graph();
  std::uint32_t front_ends = 0;
  std::uint32_t gateways = 0;
  // They stand first, right after the clients and the network.
  for (std::size_t v = 2; v < up.size() && graph[v].site == nowhere; ++v) {
    if (up[v] == 0) continue;
    if (graph[v].role == Vertex::Role::front_end) ++front_ends;
    if (graph[v].role == Vertex::Role::gateway) ++gateways;
  }
  const bool enough =
      front_ends >= topology_.front_ends_needed() && gateways >= topology_.gateways_needed();
  return enough ? Entrance::open : Entrance::closed;
}

}  // namespace models::topology
