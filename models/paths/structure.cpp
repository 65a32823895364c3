#include "models/paths/structure.h"

#include <algorithm>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <cmath>
#include <limits>

namespace models::paths {
namespace {

/// Single points by vertex: the chain of dominators of the data.
std::vector<Place> dominators(const PathModel& model, Place host, const Up& up) {
  std::vector<Place> chain;
  if (!model.reaching(model.data(), up).test(host)) return chain;
  // The algorithm wants every edge to begin at a vertex that the host reaches: other hosts lead
  // into the same fabrics.
  Graph graph(boost::num_vertices(model.graph()));
  Up seen;
  seen.set(host);
  std::vector<Place> open{host};
  while (!open.empty()) {
    const Place from = open.back();
    open.pop_back();
    for (auto [to, end] = boost::adjacent_vertices(from, model.graph()); to != end; ++to) {
      if (!up.test(*to)) continue;
      boost::add_edge(from, *to, graph);
      if (!seen.test(*to)) open.push_back(*to);
      seen.set(*to);
    }
  }
  std::vector<Place> above(boost::num_vertices(graph), Graph::null_vertex());
  boost::lengauer_tarjan_dominator_tree(
      graph, host,
      boost::make_iterator_property_map(above.begin(), boost::get(boost::vertex_index, graph)));
  for (Place v = above[model.data()]; v != Graph::null_vertex(); v = above[v]) chain.push_back(v);
  return chain;
}

bool cut(const PathModel& model, Place host, const Up& up) {
  return !model.reaching(model.data(), up).test(host);
}

std::vector<std::uint32_t> single_points_in(const PathModel& model, Place host, const Up& up) {
  std::vector<std::uint32_t> points;
  for (const Place v : dominators(model, host, up)) {
    const Vertex& vertex = model.graph()[v];
    if (vertex.role == Vertex::Role::part) points.push_back(vertex.part);
  }
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    if (model.parts()[p].vertices.size() < 2) continue;
    Up left = up;
    model.lose(p, left);
    if (cut(model, host, left)) points.push_back(p);
  }
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using FlowGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<
        boost::edge_capacity_t, std::int64_t,
        boost::property<boost::edge_residual_capacity_t, std::int64_t,
                        boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

constexpr std::int64_t unlimited = std::int64_t{1} << 52;

/// Each vertex is an edge of its capacity: in at 2v, out at 2v + 1.
class Flow {
 public:
  explicit Flow(std::size_t vertices) : graph_(2 * vertices + 1) {}
  std::size_t source() const { return boost::num_vertices(graph_) - 1; }
  static std::size_t in(Place v) { return 2 * v; }
  static std::size_t out(Place v) { return 2 * v + 1; }
  void add(std::size_t from, std::size_t to, std::int64_t capacity) {
    const auto there = boost::add_edge(from, to, graph_).first;
    const auto back = boost::add_edge(to, from, graph_).first;
    boost::put(boost::edge_capacity, graph_, there, capacity);
    boost::put(boost::edge_capacity, graph_, back, std::int64_t{0});
    boost::put(boost::edge_reverse, graph_, there, back);
    boost::put(boost::edge_reverse, graph_, back, there);
  }
  std::int64_t to(std::size_t sink) { return boost::push_relabel_max_flow(graph_, source(), sink); }
  /// What more could flow to from the source; after to(): the side of the source of a smallest cut.
  std::vector<bool> reached() const {
    std::vector<bool> seen(boost::num_vertices(graph_));
    std::vector<std::size_t> open{source()};
    seen[source()] = true;
    while (!open.empty()) {
      const std::size_t from = open.back();
      open.pop_back();
      for (auto [edge, end] = boost::out_edges(from, graph_); edge != end; ++edge) {
        const std::size_t next = boost::target(*edge, graph_);
        if (seen[next] || boost::get(boost::edge_residual_capacity, graph_, *edge) <= 0) continue;
        seen[next] = true;
        open.push_back(next);
      }
    }
    return seen;
  }

 private:
  FlowGraph graph_;
};

template <class Capacity>
Flow flow_over(const PathModel& model, const Up& up, Capacity capacity) {
  const Graph& graph = model.graph();
  Flow flow(boost::num_vertices(graph));
  for (Place v = 0; v < boost::num_vertices(graph); ++v) {
    if (up.test(v)) flow.add(Flow::in(v), Flow::out(v), capacity(graph[v]));
  }
  for_each_edge(graph, [&](Place from, Place to) {
    if (up.test(from) && up.test(to)) flow.add(Flow::out(from), Flow::in(to), unlimited);
  });
  return flow;
}

std::int64_t bytes_of(const Vertex& vertex) {
  return std::isfinite(vertex.rate) ? std::llround(vertex.rate) : unlimited;
}

}  // namespace

std::vector<std::uint32_t> single_points(const PathModel& model, Place host) {
  return single_points_in(model, host, model.all_up());
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> cutting_pairs(const PathModel& model,
                                                                   Place host) {
  const auto alone = single_points(model, host);
  const auto is_alone = [&](std::uint32_t part) { return std::ranges::binary_search(alone, part); };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t first = 0; first < model.parts().size(); ++first) {
    if (is_alone(first) || model.parts()[first].vertices.empty()) continue;
    Up up = model.all_up();
    model.lose(first, up);
    for (const std::uint32_t second : single_points_in(model, host, up)) {
      if (second > first && !is_alone(second)) pairs.emplace_back(first, second);
    }
  }
  return pairs;
}

std::vector<std::uint32_t> smallest_cut(const PathModel& model, Place host, const PartSet& safe) {
  const Up up = model.all_up();
  if (cut(model, host, up)) return {};
  Flow flow = flow_over(model, up, [&](const Vertex& vertex) {
    const bool counts = vertex.role == Vertex::Role::part && !safe.test(vertex.part);
    return counts ? std::int64_t{1} : unlimited;
  });
  flow.add(flow.source(), Flow::out(host), unlimited);
  if (flow.to(Flow::out(model.data())) >= unlimited) return {};
  const std::vector<bool> reached = flow.reached();
  std::vector<std::uint32_t> parts;
  for (Place v = 0; v < boost::num_vertices(model.graph()); ++v) {
    if (reached[Flow::in(v)] && !reached[Flow::out(v)]) parts.push_back(model.graph()[v].part);
  }
  std::ranges::sort(parts);
  return parts;
}

std::vector<PartSet> fatal_sets(const PathModel& model, const Service& service, int count) {
  const auto parts = model.parts_of(service);
  std::vector<PartSet> sets;
  std::vector<std::uint32_t> harmless;
  for (const std::uint32_t part : parts) {
    PartSet one;
    one.set(part);
    if (model.serves(service, model.without(one))) {
      harmless.push_back(part);
    } else {
      sets.push_back(one);
    }
  }
  for (std::size_t i = 0; count > 1 && i < harmless.size(); ++i) {
    for (std::size_t j = i + 1; j < harmless.size(); ++j) {
      PartSet two;
      two.set(harmless[i]);
      two.set(harmless[j]);
      if (!model.serves(service, model.without(two))) sets.push_back(two);
    }
  }
  return sets;
}

double bandwidth(const PathModel& model, const Up& up, Place target) {
  if (!up.test(target)) return 0;
  Flow flow = flow_over(model, up, bytes_of);
  for (const Service& service : model.services()) {
    for (const Place host : service.places) {
      if (up.test(host)) flow.add(flow.source(), Flow::in(host), unlimited);
    }
  }
  return static_cast<double>(flow.to(Flow::out(target)));
}

Bandwidth bandwidth_left(const PathModel& model, const Up& up) {
  Bandwidth left;
  left.read = bandwidth(model, up, model.data());
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t leg = 0; leg < model.legs().size(); ++leg) {
    const double to_leg = bandwidth(model, up, model.leg_data(leg));
    if (to_leg > 0) least = std::min(least, to_leg);
  }
  left.write = std::isfinite(least) ? least : 0;
  return left;
}

}  // namespace models::paths
