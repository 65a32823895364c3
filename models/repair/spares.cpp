#include "models/repair/spares.h"

#include <algorithm>
#include <array>

#include "models/placement/domains.h"
#include "sim/contract.h"

namespace models::repair {
namespace {

/// Free room on all disks is the spare.
class Distributed final : public SparePolicy {
 public:
  bool one_heir() const override { return false; }
  std::uint32_t heir(std::uint32_t /*lost*/, std::span<const std::uint32_t> /*given*/,
                     const FleetView& /*view*/) const override {
    return no_disk;
  }
};

/// Any empty disk of the same domain or pool: a hot spare, or, once it is replaced, the lost disk
/// itself. What is replaced and not needed is a spare from then on.
class Dedicated final : public SparePolicy {
 public:
  Dedicated(const scenario::Spares& spares, const scenario::Placement& placement)
      : per_(spares.per), pools_{static_cast<std::uint32_t>(placement.pool), placement.within} {}

  bool one_heir() const override { return true; }

  std::uint32_t heir(std::uint32_t lost, std::span<const std::uint32_t> given,
                     const FleetView& view) const override {
    const auto& topology = view.topology();
    const scenario::Domain domain = per_.value_or(pools_.within);
    const std::uint32_t count = placement::disks_in_domain(topology, domain);
    const std::uint32_t first = placement::domain_of(topology, domain, lost) * count;
    for (std::uint32_t disk = first; disk < first + count; ++disk) {
      if (!view.empty(disk) || std::ranges::find(given, disk) != given.end()) continue;
      if (per_ || pools_.of(topology, disk) == pools_.of(topology, lost)) return disk;
    }
    return no_disk;
  }

 private:
  std::optional<scenario::Domain> per_;  ///< empty: of the pool
  placement::Pools pools_;
};

/// The disk that a technician puts in the place of the lost one.
class Technician final : public SparePolicy {
 public:
  bool one_heir() const override { return true; }
  std::uint32_t heir(std::uint32_t lost, std::span<const std::uint32_t> /*given*/,
                     const FleetView& view) const override {
    return view.free_shards(lost) > 0 ? lost : no_disk;
  }
};

std::unique_ptr<const SparePolicy> make_distributed(const scenario::Spares& /*spares*/,
                                                    const scenario::Placement& /*placement*/) {
  return std::make_unique<Distributed>();
}

std::unique_ptr<const SparePolicy> make_dedicated(const scenario::Spares& spares,
                                                  const scenario::Placement& placement) {
  return std::make_unique<Dedicated>(spares, placement);
}

std::unique_ptr<const SparePolicy> make_technician(const scenario::Spares& /*spares*/,
                                                   const scenario::Placement& /*placement*/) {
  return std::make_unique<Technician>();
}

}  // namespace

std::span<const SpareKind> all_spares() {
  static constexpr std::array kinds{
      SpareKind{"distributed", "free room on all disks: a lost disk is rebuilt all over the fleet",
                make_distributed},
      SpareKind{"dedicated", "empty disks kept ready: a lost disk is rebuilt onto one of them",
                make_dedicated},
      SpareKind{"technician", "no spare: the rebuild waits for the new disk and goes onto it",
                make_technician},
  };
  return kinds;
}

std::unique_ptr<const SparePolicy> make_spares(const scenario::Spares& spares,
                                               const scenario::Placement& placement) {
  for (const SpareKind& kind : all_spares()) {
    if (kind.name == spares.kind) return kind.make(spares, placement);
  }
  EXPECTS(false);
  return nullptr;
}

}  // namespace models::repair
