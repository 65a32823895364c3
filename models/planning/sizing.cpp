#include "models/planning/sizing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace models::planning {
namespace {

// Decision: an object is opened with one access and then read in pieces of 1 MB, about what a
// nearline disk moves in the time of one seek.
constexpr double piece_bytes = 1e6;

constexpr double mirrored = 2;  // decision: the file tier is a mirror of fast disks

double interpolated(double at_end, double year_later, double lead) {
  return at_end + std::max(0.0, year_later - at_end) * lead;
}

double ceil_of(double value) {
  // 3.0000000001 disks of rounding are three.
  return std::ceil(value - 1e-9 * std::max(1.0, value));
}

struct Stored {
  double hot{};
  double cold{};
};

/// One year of one design under way.
class Year {
 public:
  Year(const Space& space, const Design& design, const Layout& layout, int year)
      : space_(space),
        plan_(space.plan()),
        design_(design),
        layout_(layout),
        now_(space.demand(design.cold)[static_cast<std::size_t>(year)]),
        next_(space.demand(design.cold)[static_cast<std::size_t>(year) + 1]) {}

  YearSize size() {
    in_cloud();
    if (!design_.cloud_only) {
      load();
      disks();
      rooms();
      file_tier();
      power();
    }
    line();
    return size_;
  }

 private:
  bool cold_in_cloud() const { return design_.cold.kind == ColdKind::cloud; }
  const CodeFacts& hot_code() const { return space_.codes()[design_.code]; }
  double cold_overhead() const {
    return design_.cold.kind == ColdKind::own ? space_.cold_codes()[design_.cold.which].overhead
                                              : hot_code().overhead;
  }
  const DiskKind& disk() const { return plan_.catalogue.disks[design_.disk]; }
  const MachineKind& machine() const { return plan_.catalogue.machines[design_.machine]; }

  void in_cloud() {
    Bytes bytes{};
    if (design_.cloud_only) bytes = now_.stored();
    if (!design_.cloud_only && cold_in_cloud()) bytes += now_.cold;
    if (design_.copy != no_copy) bytes += now_.stored();
    size_.cloud_tb = bytes / terabyte;
  }

  void load() {
    const Demand& demand = plan_.demand;
    const Bytes read = cold_in_cloud() ? now_.hot_read : now_.read();
    const double reads = cold_in_cloud() ? now_.hot_reads : now_.hot_reads + now_.cold_reads;
    size_.read_peak = {peak_per_second(demand, read.value)};
    const double written = peak_per_second(demand, now_.ingested.value) * hot_code().overhead +
                           now_.cooled.value * (1 + cold_overhead()) / sim::year.value;
    size_.write_peak = {written};
    size_.iops_peak = peak_per_second(demand, reads + now_.objects_in * hot_code().total) +
                      (size_.read_peak.value + written) / piece_bytes;
  }

  void disks() {
    const Catalogue& catalogue = plan_.catalogue;
    const Stored end = stored(now_);
    const Stored later = stored(next_);
    size_.logical_tb = (end.hot + end.cold) / terabyte.value;
    size_.redundant_tb =
        (end.hot * hot_code().overhead + end.cold * cold_overhead()) / terabyte.value;
    const double lead = catalogue.lead_years;
    const double bytes =
        interpolated(end.hot * hot_code().overhead + end.cold * cold_overhead(),
                     later.hot * hot_code().overhead + later.cold * cold_overhead(), lead);
    const double for_bytes = bytes / catalogue.usable_fill / disk().capacity.value;
    const double needed = ceil_of(std::max(for_bytes, for_load()));
    // Failed disks stay until the next visit; what they held lies on the others meanwhile.
    const double waiting =
        needed * space_.disk_losses() * sim::in_years(plan_.search.visits[design_.visit]);
    size_.disks = needed + ceil_of(waiting);
    const double sites = design_.sites;
    const double per_site =
        std::max(layout_.machines_per_site, ceil_of(size_.disks / sites / machine().disks));
    size_.machines = sites * per_site;
    size_.disks = std::max(size_.disks, size_.machines);
  }

  Stored stored(const YearDemand& demand) const {
    return {demand.hot.value, cold_in_cloud() ? 0 : demand.cold.value};
  }

  // Disks that the peak needs beside rebuilding and scrubbing, which every disk takes part in.
  double for_load() const {
    const Catalogue& catalogue = plan_.catalogue;
    const double free =
        disk().read.value * catalogue.usable_load - rebuild_per_disk() - scrub_per_disk();
    const double rate = size_.read_peak.value + size_.write_peak.value;
    const double by_iops = size_.iops_peak / (disk().iops * catalogue.usable_load);
    if (free <= 0) return by_iops;  // the load then says so: it is above what the disks can do
    return std::max(rate / free, by_iops);
  }

  double rebuild_per_disk() const {
    return 2 * plan_.search.rebuild_rates[design_.rebuild].value / machine().disks;
  }

  double scrub_per_disk() const {
    return disk().capacity.value * plan_.catalogue.usable_fill /
           plan_.search.scrubs[design_.scrub].value;
  }

  void rooms() {
    const Catalogue& catalogue = plan_.catalogue;
    const double sites = design_.sites;
    const double machines = size_.machines / sites;
    const double by_room = machines * machine().rack_units / (catalogue.rack_units - 2);
    const double watts = machines * machine().watts + size_.disks / sites * disk().watts;
    const double by_power = watts / catalogue.rack_watts;
    const double racks = std::max({layout_.racks_per_site, ceil_of(by_room), ceil_of(by_power)});
    size_.racks = sites * racks;
    size_.switches = size_.racks * catalogue.rack_switches;
    size_.core_switches = sites * catalogue.core_switches;
    size_.raw_tb = size_.disks * (disk().capacity / terabyte);
    size_.rebuild_load = {size_.machines * 2 * plan_.search.rebuild_rates[design_.rebuild].value};
    size_.scrub_load = {size_.disks * scrub_per_disk()};
    size_.disk_rate = {size_.disks * disk().read.value};
    size_.iops = size_.disks * disk().iops;
    const double busy = size_.iops_peak / size_.iops;
    const double moved = (size_.read_peak.value + size_.write_peak.value +
                          size_.rebuild_load.value + size_.scrub_load.value) /
                         size_.disk_rate.value;
    const double load = std::max(busy, moved);
    size_.latency = {load < 1 ? disk().latency.value / (1 - load)
                              : std::numeric_limits<double>::infinity()};
  }

  void file_tier() {
    if (!plan_.file_tier) return;
    const auto kind = space_.file_disk();
    if (!kind) return;
    const DiskKind& fast = plan_.catalogue.disks[*kind];
    const double by_bytes = plan_.file_tier->capacity.value * mirrored /
                            plan_.catalogue.usable_fill / fast.capacity.value;
    const double by_rate =
        plan_.file_tier->bandwidth.value / (fast.read.value * plan_.catalogue.usable_load);
    size_.file_disks = ceil_of(std::max(by_bytes, by_rate));
    size_.file_machines =
        ceil_of(std::max(size_.file_disks / machine().disks,
                         plan_.file_tier->bandwidth.value /
                             (machine().network.value * plan_.catalogue.usable_load)));
    size_.raw_tb += size_.file_disks * (fast.capacity / terabyte);
    const double room = size_.file_machines * machine().rack_units;
    const double racks = ceil_of(room / (plan_.catalogue.rack_units - 2));
    size_.racks += racks;
    size_.switches += racks * plan_.catalogue.rack_switches;
  }

  void power() {
    const Catalogue& catalogue = plan_.catalogue;
    double watts = size_.disks * disk().watts;
    if (const auto kind = space_.file_disk(); kind && plan_.file_tier) {
      watts += size_.file_disks * catalogue.disks[*kind].watts;
    }
    const double machines = size_.machines + size_.file_machines;
    watts += machines * machine().watts;
    watts += (size_.switches + size_.core_switches) * space_.book().switch_power;
    watts +=
        (catalogue.gateways.count + catalogue.front_ends.count) * space_.book().controller_power;
    size_.kilowatts = watts / 1000;
    size_.rack_units = machines * machine().rack_units + size_.switches + size_.core_switches +
                       2.0 * (catalogue.gateways.count + catalogue.front_ends.count);
  }

  void line() {
    const Demand& demand = plan_.demand;
    double need = 0;
    const double ingest = peak_per_second(demand, now_.ingested.value);
    // The other sites get their shards, and are read, over the line.
    if (design_.sites > 1)
      need += ingest * (hot_code().overhead - hot_code().overhead / design_.sites);
    if (design_.copy != no_copy) need += now_.ingested.value / sim::year.value;
    if (cold_in_cloud() && !design_.cloud_only) {
      need += now_.cooled.value / sim::year.value + peak_per_second(demand, now_.cold_read.value);
    }
    if (design_.cloud_only) need += ingest + peak_per_second(demand, now_.read().value);
    if (plan_.delivery && !design_.cloud_only) {
      const double read = peak_per_second(demand, now_.read().value);
      need += read * plan_.delivery->outside_share * (1 - plan_.delivery->cdn_share);
    }
    // After the loss of the only site everything hot comes back through the line.
    const bool restores = design_.copy != no_copy && !layout_.survives_site;
    if (restores && plan_.targets.rto && plan_.targets.rto->value > 0) {
      need = std::max(need, now_.hot.value / plan_.targets.rto->value);
    }
    size_.line_need = {need};
    if (need <= 0 || plan_.catalogue.lines.empty()) return;
    const auto& lines = plan_.catalogue.lines;
    const double load = plan_.catalogue.usable_load;
    const auto enough = std::ranges::find_if(
        lines, [&](const LineKind& kind) { return kind.rate.value * load >= need; });
    const auto chosen = enough == lines.end() ? lines.end() - 1 : enough;
    size_.line = static_cast<std::size_t>(chosen - lines.begin());
    const double of_one = chosen->rate.value * load;
    const double ends = design_.sites > 1 ? design_.sites - 1 : 1;
    size_.lines = std::max(1.0, ceil_of(need / of_one)) * ends;
  }

  const Space& space_;
  const Plan& plan_;
  const Design& design_;
  const Layout& layout_;
  const YearDemand& now_;
  const YearDemand& next_;
  YearSize size_;
};

}  // namespace

Layout layout_of(const CodeFacts& code, const Design& design) {
  Layout layout;
  const int n = code.total;
  layout.per_site = (n + design.sites - 1) / design.sites;
  const bool array_per_site = code.arrays && code.code->arrays() % design.sites == 0;
  layout.survives_site = design.sites > 1 && (layout.per_site <= code.tolerance);
  if (design.sites > 1 && array_per_site) {
    // Whole arrays at each site: lost with it, and nothing else.
    codes::ShardSet gone;
    const int arrays = code.code->arrays() / design.sites;
    for (int slot = 0; slot < n; ++slot) {
      if (code.code->array_of(slot) < arrays) gone.set(static_cast<std::size_t>(slot));
    }
    layout.survives_site = code.code->recoverable(gone);
  }
  const int safe = std::max(1, code.tolerance);
  layout.per_rack = design.spread == Spread::one_per_rack ? 1
                    : design.spread == Spread::rack_safe  ? std::min(safe, layout.per_site)
                                                          : layout.per_site;
  // One more than the shards need: those of a lost machine have a place to go before it is
  // replaced.
  layout.machines_per_site = layout.per_site + 1;
  layout.racks_per_site =
      design.spread == Spread::machines ? 1 : std::ceil(layout.machines_per_site / layout.per_rack);
  layout.survives_rack = layout.per_rack <= code.tolerance;
  return layout;
}

Layout layout_of(const Space& space, const Design& design) {
  if (design.cloud_only) return {};
  Layout layout = layout_of(space.codes()[design.code], design);
  if (design.cold.kind != ColdKind::own) return layout;
  const Layout cold = layout_of(space.cold_codes()[design.cold.which], design);
  layout.per_site = std::max(layout.per_site, cold.per_site);
  layout.per_rack = std::max(layout.per_rack, cold.per_rack);
  layout.machines_per_site = std::max(layout.machines_per_site, cold.machines_per_site);
  layout.racks_per_site = std::max(layout.racks_per_site, cold.racks_per_site);
  layout.survives_site = layout.survives_site && cold.survives_site;
  layout.survives_rack = layout.survives_rack && cold.survives_rack;
  return layout;
}

std::vector<YearSize> size_of(const Space& space, const Design& design) {
  const Layout layout = layout_of(space, design);
  std::vector<YearSize> sizes;
  sizes.reserve(static_cast<std::size_t>(space.plan().years));
  for (int year = 0; year < space.plan().years; ++year) {
    sizes.push_back(Year(space, design, layout, year).size());
  }
  return sizes;
}

}  // namespace models::planning
