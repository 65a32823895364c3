#include "models/paths/exact_availability.h"

#include <algorithm>

namespace models::paths {
namespace {

bool of_host(const Part& part) {
  return part.kind == PartKind::host || part.kind == PartKind::adapter;
}

/// Goes through the states of the parts that hosts share; given those, hosts are independent.
class Enumeration {
 public:
  Enumeration(const PathModel& model, const Service& service, const std::vector<double>& down)
      : model_(model), service_(service), down_(down) {
    for (const std::uint32_t part : model.parts_of(service)) {
      const Part& one = model.parts()[part];
      if (of_host(one)) own_.set(one.vertices.front());
      if (!of_host(one) && down[part] > 0) shared_.push_back(part);
    }
    // Parts of many vertices first: they decide most.
    std::ranges::stable_sort(shared_, std::ranges::greater{}, [&](std::uint32_t part) {
      return model.parts()[part].vertices.size();
    });
  }

  double run() const {
    Up low = model_.all_up();
    for (const std::uint32_t part : shared_) model_.lose(part, low);
    return down_from(0, model_.all_up(), low);
  }

 private:
  /// @param up with all that is undecided up  @param low the same with it down
  double down_from(std::size_t next, const Up& up, const Up& low) const {
    if (!model_.engines_suffice(up)) return 1;
    const Up best = model_.reaching(model_.data(), up) & own_;
    if (best.none()) return 1;
    if (model_.engines_suffice(low)) {
      const Up worst = model_.reaching(model_.data(), low) & own_;
      if (best == worst) return too_few_hosts(best);
    }
    const std::uint32_t part = shared_[next];
    Up with_it = low;
    for (const Place place : model_.parts()[part].vertices) {
      if (up.test(place) && !undecided(place, next + 1)) with_it.set(place);
    }
    Up without_it = up;
    model_.lose(part, without_it);
    const double q = down_[part];
    return q * down_from(next + 1, without_it, low & without_it) +
           (1 - q) * down_from(next + 1, up, with_it);
  }

  /// Could a part that is not decided yet still take the vertex away?
  bool undecided(Place place, std::size_t from) const {
    return std::any_of(shared_.begin() + static_cast<std::ptrdiff_t>(from), shared_.end(),
                       [&](std::uint32_t part) {
                         const auto& vertices = model_.parts()[part].vertices;
                         return std::ranges::find(vertices, place) != vertices.end();
                       });
  }

  /// P(fewer hosts than needed have a path), where `reached` would if they and their adapters work.
  double too_few_hosts(const Up& reached) const {
    // cut_off[n]: probability that n hosts have none.
    std::vector<double> cut_off{1};
    for (const Place host : service_.places) {
      const double lost = host_lost(host, reached);
      std::vector<double> more(cut_off.size() + 1);
      for (std::size_t n = 0; n < cut_off.size(); ++n) {
        more[n] += cut_off[n] * (1 - lost);
        more[n + 1] += cut_off[n] * lost;
      }
      cut_off = std::move(more);
    }
    double sum = 0;
    const std::size_t spare = service_.places.size() - service_.needed;
    for (std::size_t n = spare + 1; n < cut_off.size(); ++n) sum += cut_off[n];
    return sum;
  }

  double host_lost(Place host, const Up& reached) const {
    if (!reached.test(host)) return 1;
    const Graph& graph = model_.graph();
    double no_adapter = 1;
    for (auto [adapter, end] = boost::adjacent_vertices(host, graph); adapter != end; ++adapter) {
      if (reached.test(*adapter)) no_adapter *= down_[graph[*adapter].part];
    }
    const double q = down_[graph[host].part];
    return q + (1 - q) * no_adapter;
  }

  const PathModel& model_;
  const Service& service_;
  const std::vector<double>& down_;
  Up own_;
  std::vector<std::uint32_t> shared_;
};

}  // namespace

double probability_down(const PathModel& model, const Service& service,
                        const std::vector<double>& down) {
  return Enumeration(model, service, down).run();
}

}  // namespace models::paths
