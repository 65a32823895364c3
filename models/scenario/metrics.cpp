#include <algorithm>
#include <array>

#include "models/scenario/metrics.h"

namespace models::scenario {

namespace {
using Better = MetricInfo::Better;

constexpr std::array metrics{
    MetricInfo{"durability_nines", "nines of objects", "Durability",
               "-log10 of the expected objects lost per object-year", Better::higher},
    MetricInfo{"annual_object_loss", "objects/object-year", "Object loss",
               "expected objects lost per object-year", Better::lower},
    MetricInfo{"annual_loss_probability", "probability/year", "Any loss",
               "probability that at least one byte of user data is lost in a year, whole system",
               Better::lower},
    MetricInfo{"mttdl_years", "years", "MTTDL",
               "mean time to the first data loss, at the mission's mean hazard", Better::higher},
    MetricInfo{"nomdl", "bytes/(usable TB*year)", "NOMDL",
               "expected bytes lost per usable TB and year (Greenan, Plank, Wylie 2010)",
               Better::lower},
    MetricInfo{"bytes_lost_per_year", "bytes/year", "Bytes lost",
               "expected bytes of user data lost per year", Better::lower},
    MetricInfo{"data_unavailability", "share of time", "Data unavailable",
               "share of time, weighted by data, in which data are not lost but too few shards can "
               "be reached",
               Better::lower},
    MetricInfo{"service_unavailability.read", "share of time", "No reads served",
               "share of time in which no client can read: software, front ends, gateways or the "
               "fabric are down; only where software or front ends have a failure rate",
               Better::lower},
    MetricInfo{"service_unavailability.write", "share of time", "No writes served",
               "as for reads, or too few machines can be reached to take a write", Better::lower},
    MetricInfo{"rebuild_hours_per_tb.p50", "h/TB", "Rebuild, median",
               "from detection to full redundancy per TB of lost shard bytes", Better::lower},
    MetricInfo{"rebuild_hours_per_tb.p95", "h/TB", "Rebuild, 95 %",
               "as the median; 95 of 100 rebuilds are faster", Better::lower},
    MetricInfo{"rebuild_hours_per_tb.p99", "h/TB", "Rebuild, 99 %",
               "as the median; 99 of 100 rebuilds are faster", Better::lower},
    MetricInfo{"rebuild_hours_per_tb.mean", "h/TB", "Rebuild, mean", "mean over rebuilds",
               Better::lower},
    MetricInfo{
        "rebuild_hours_per_tb.arithmetic", "h/TB", "Rebuild, arithmetic",
        "1 TB over all machines at their limits: the larger of writing it once and of reading "
        "what that takes",
        Better::lower},
    MetricInfo{"repair_bytes_per_day.total", "bytes/day", "Repair traffic",
               "bytes read by rebuilds", Better::lower},
    MetricInfo{"repair_bytes_per_day.cross_rack", "bytes/day", "Across racks",
               "bytes read by rebuilds from another rack", Better::lower},
    MetricInfo{"repair_bytes_per_day.cross_site", "bytes/day", "Across sites",
               "bytes read by rebuilds from another site", Better::lower},
    MetricInfo{"capacity_overhead", "raw bytes/user byte", "Overhead",
               "stored bytes per byte of user data", Better::lower},
    MetricInfo{"cost_per_usable_tb_year", "currency/(TB*year)", "Cost",
               "capital and running cost over the horizon, per TB of user data and year",
               Better::lower},
    MetricInfo{"cost.capital", "currency", "Capital", "what is bought at the start", Better::lower},
    MetricInfo{"cost.running_per_year", "currency/year", "Running cost",
               "energy, space, staff, replacements and services, per year", Better::lower},
    MetricInfo{"cost.total", "currency", "Total cost",
               "capital and running cost over the horizon of the price book", Better::lower},
};
}  // namespace

std::span<const MetricInfo> all_metrics() { return metrics; }

const MetricInfo* find_metric(std::string_view id) {
  const auto found = std::find_if(metrics.begin(), metrics.end(),
                                  [&](const MetricInfo& metric) { return metric.id == id; });
  return found == metrics.end() ? nullptr : &*found;
}

}  // namespace models::scenario
