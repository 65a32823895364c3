#include <array>

#include "models/input/field_table.h"
#include "models/input/preset_table.h"
#include "models/placement/placement.h"
#include "models/repair/spares.h"
#include "models/scenario/claim_kinds.h"
#include "models/scenario/metrics.h"

namespace models::scenario {
namespace {

using enum FieldKind;

using namespace bounds;
constexpr double most_shards = static_cast<double>(codes::max_shards);

std::vector<std::string_view> preset_names() { return PresetTable::shipped().names(); }

std::vector<std::string_view> placement_kinds() {
  std::vector<std::string_view> names;
  names.reserve(placement::all_placements().size());
  for (const auto& kind : placement::all_placements()) names.push_back(kind.name);
  return names;
}

std::vector<std::string_view> pool_domains() { return names_of(all_domains()); }

std::vector<std::string_view> spare_kinds() {
  std::vector<std::string_view> names;
  for (const auto& kind : repair::all_spares()) names.push_back(kind.name);
  return names;
}

std::vector<std::string_view> spare_places() { return {"pool", "machine", "rack", "site"}; }

std::vector<std::string_view> side_domains() { return {"machine", "rack", "site"}; }

std::vector<std::string_view> metrics() {
  std::vector<std::string_view> names;
  names.reserve(all_metrics().size());
  for (const auto& metric : all_metrics()) names.push_back(metric.id);
  return names;
}

std::vector<std::string_view> operators() { return {claim_ops.begin(), claim_ops.end()}; }

std::vector<std::string_view> claim_kinds() {
  std::vector<std::string_view> names;
  for (const ClaimKind& kind : all_claim_kinds()) names.push_back(kind.name);
  return names;
}

std::vector<std::string_view> units() { return {claim_units().begin(), claim_units().end()}; }
std::vector<std::string_view> restored() {
  return {claim_restores().begin(), claim_restores().end()};
}

constexpr std::array strategy{
    Field{.key = "name",
          .kind = text,
          .meaning = "name of the strategy",
          .required = true,
          .low = 1,
          .high = most_name},
    Field{
        .key = "preset",
        .kind = choice,
        .meaning = "a product whose code, placement and repair hold where the strategy gives none",
        .choices = preset_names},
    Field{.key = "code", .kind = code, .meaning = "the erasure code; needed without a preset"},
    Field{.key = "placement",
          .kind = object,
          .meaning = "where the shards go; needed without a preset",
          .section = "/strategies/*/placement"},
    Field{.key = "repair",
          .kind = object,
          .meaning = "changes to the scenario's repair",
          .section = "/strategies/*/repair"},
    Field{.key = "hardware",
          .kind = object,
          .meaning = "hardware of its own; the scenario's if absent",
          .section = "/strategies/*/hardware"},
    Field{.key = "failures",
          .kind = object,
          .meaning = "changes to the scenario's failures",
          .section = "/strategies/*/failures"},
    Field{.key = "cloud",
          .kind = list,
          .meaning = "copies in a provider's cloud: priced, not simulated",
          .section = "/strategies/*/cloud/*"},
};

constexpr std::array placement_fields{
    Field{.key = "kind",
          .kind = choice,
          .meaning = "the way of placing",
          .required = true,
          .choices = placement_kinds},
    Field{.key = "groups",
          .kind = integer,
          .meaning = "placement groups",
          .required = true,
          .low = 1,
          .high = 1e8},
    Field{.key = "max_per_domain",
          .kind = limits,
          .meaning = "shards of one group in one domain",
          .low = 1,
          .high = most_shards,
          .section = "/strategies/*/placement/max_per_domain",
          .fallback = "1",
          .source = "HDFS and Ceph default rules: no two shards on one machine",
          .year = 2024},
    Field{.key = "pool",
          .kind = integer,
          .meaning = "disks of a pool, hot spares included",
          .low = 1,
          .high = 1e7},
    Field{.key = "within",
          .kind = choice,
          .meaning = "what a pool lies in; its disks are spread over all of that",
          .choices = pool_domains,
          .fallback = "fleet",
          .source = "a decision: as independent as can be",
          .year = 2026},
    Field{.key = "across",
          .kind = choice,
          .meaning = "what each side of mirrored arrays is made of",
          .choices = side_domains},
    Field{.key = "scatter_width",
          .kind = integer,
          .meaning = "copysets: so many other disks share a group with a disk, about",
          .low = 1,
          .high = 1e6},
    Field{.key = "racks",
          .kind = integer,
          .meaning = "hierarchical: racks that a group is spread over",
          .low = 1,
          .high = most_shards},
};

constexpr std::array domain_limits{
    Field{.key = "rack",
          .kind = integer,
          .meaning = "shards of one group in a rack",
          .low = 1,
          .high = most_shards,
          .fallback = "1",
          .source = "a decision: the loss of a rack costs a group one shard",
          .year = 2026},
    Field{.key = "machine",
          .kind = integer,
          .meaning = "shards of one group in a machine",
          .low = 1,
          .high = most_shards,
          .fallback = "1",
          .source = "HDFS and Ceph default rules: no two shards on one machine",
          .year = 2024},
    Field{.key = "site",
          .kind = integer,
          .meaning = "shards of one group in a site",
          .low = 1,
          .high = most_shards,
          .fallback = "256",
          .source = "a decision: sites are not limited unless the scenario says so",
          .year = 2026},
};

constexpr std::array strategy_repair{
    Field{.key = "detection",
          .kind = duration,
          .meaning = "how a failure is noticed, instead of the scenario's",
          .section = "/repair/detection"},
    Field{.key = "rebuild_delay",
          .kind = time,
          .meaning = "from the report of a loss to the start of its rebuild",
          .low = 0,
          .high = thousand_years},
    Field{.key = "replacement",
          .kind = duration,
          .meaning = "time from a failure to new hardware in its place"},
    Field{
        .key = "rebuild_time",
        .kind = duration,
        .meaning = "if given, a lost disk is whole again after this time, whatever the bandwidth"},
    Field{.key = "throttles",
          .kind = list,
          .meaning = "ceilings instead of the scenario's",
          .section = "/repair/throttles/*"},
    Field{.key = "spares",
          .kind = object,
          .meaning = "where a lost disk is rebuilt, instead of the scenario's",
          .section = "/repair/spares"},
    Field{.key = "scrub",
          .kind = object,
          .meaning = "how data at rest are verified, instead of the scenario's",
          .section = "/repair/scrub"},
    Field{.key = "order",
          .kind = choice,
          .meaning = "which lost shards are rebuilt first",
          .choices = order_names},
    Field{.key = "traffic",
          .kind = choice,
          .meaning = "where rebuilds read and write",
          .choices = traffic_names},
    Field{.key = "threshold",
          .kind = integer,
          .meaning = "shards that a group misses when its rebuild starts",
          .low = 1,
          .high = 255},
    Field{.key = "patience",
          .kind = time,
          .meaning = "time after which the shards of an absent machine are copied elsewhere",
          .low = second,
          .high = thousand_years},
    Field{.key = "busy",
          .kind = object,
          .meaning = "hours in which clients leave rebuilding less",
          .section = "/repair/busy"},
    Field{.key = "working_hours",
          .kind = object,
          .meaning = "when new hardware is put in place",
          .section = "/repair/working_hours"},
    Field{.key = "sharing",
          .kind = choice,
          .meaning = "which rebuilds share bandwidth as one",
          .choices = sharing_names},
    Field{.key = "visits",
          .kind = object,
          .meaning = "when a technician is called",
          .section = "/repair/visits"},
    Field{.key = "stock",
          .kind = object,
          .meaning = "disks in the store room",
          .section = "/repair/stock"},
    Field{.key = "predictor",
          .kind = object,
          .meaning = "foretells failures of disks",
          .section = "/repair/predictor"},
    Field{.key = "refresh",
          .kind = time,
          .meaning = "each disk is emptied and replaced once in so long, in turn",
          .low = 86400,
          .high = thousand_years},
    Field{.key = "new_disks",
          .kind = choice,
          .meaning = "what becomes of a disk in the place of a lost one",
          .choices = new_disk_names},
};

constexpr std::array spares{
    Field{.key = "kind",
          .kind = choice,
          .meaning = "kind of spares",
          .required = true,
          .choices = spare_kinds},
    Field{.key = "count",
          .kind = integer,
          .meaning = "dedicated: empty disks kept ready",
          .low = 1,
          .high = 1000},
    Field{.key = "per",
          .kind = choice,
          .meaning = "dedicated: in each of these",
          .choices = spare_places},
    Field{.key = "visit",
          .kind = duration,
          .meaning = "technician: time from a failure to new hardware, instead of replacement"},
};

constexpr std::array claim{
    Field{.key = "id",
          .kind = text,
          .meaning = "short name of the claim",
          .required = true,
          .low = 1,
          .high = most_name},
    Field{.key = "source",
          .kind = text,
          .meaning = "who says so",
          .required = true,
          .low = 1,
          .high = most_prose},
    Field{.key = "text",
          .kind = object,
          .meaning = "the words of the claim by language",
          .required = true,
          .section = "/claims/*/text"},
    Field{.key = "strategy",
          .kind = text,
          .meaning = "the strategy it is about; all if absent",
          .high = most_name},
    Field{.key = "kind",
          .kind = choice,
          .meaning = "how it is judged; by a metric if absent",
          .choices = claim_kinds},
    Field{.key = "metric", .kind = choice, .meaning = "the figure it is about", .choices = metrics},
    Field{.key = "op", .kind = choice, .meaning = "how the figure compares", .choices = operators},
    Field{.key = "value", .kind = number, .meaning = "the claimed value in the metric's unit"},
    Field{.key = "unit", .kind = choice, .meaning = "survives: what is lost", .choices = units},
    Field{.key = "count",
          .kind = integer,
          .meaning = "survives: any so many units at once",
          .low = 1,
          .high = most_claim_count,
          .fallback = "1",
          .source = "a decision: 'survives a machine' means any one machine",
          .year = 2026},
    Field{.key = "restores",
          .kind = choice,
          .meaning = "survives: 'data' if they are all there, 'redundancy' if the fleet also has "
                     "room to rebuild what was lost",
          .choices = restored,
          .fallback = "data",
          .source = "a decision: to survive is to keep the data",
          .year = 2026},
    Field{.key = "amount",
          .kind = bytes,
          .meaning = "rebuild: lost shard bytes that are rebuilt ...",
          .low = 1,
          .high = 1e21},
    Field{.key = "within",
          .kind = time,
          .meaning = "rebuild, rpo, rto: ... within this time",
          .low = 0,
          .high = 100 * sim::year.value},
    Field{.key = "after",
          .kind = text,
          .meaning = "rpo, rto: the incident",
          .low = 1,
          .high = most_prose},
};

constexpr std::array claim_text{
    Field{.key = "en", .kind = text, .meaning = "English", .low = 1, .high = most_prose},
    Field{.key = "zh", .kind = text, .meaning = "Chinese", .low = 1, .high = most_prose},
};

constexpr bool open = true;
constexpr std::array sections{
    Section{"/strategies/*", "one way to keep the data", strategy},
    Section{"/strategies/*/placement", "where the shards of a group go", placement_fields},
    Section{"/strategies/*/placement/max_per_domain", "limits by domain", domain_limits},
    Section{"/strategies/*/repair", "changes to the scenario's repair", strategy_repair},
    Section{"/repair/spares", "where the content of a lost disk goes", spares},
    Section{"/claims/*", "a statement to be judged", claim, open},
    Section{"/claims/*/text", "the words of a claim", claim_text},
};

}  // namespace

std::span<const Section> strategy_sections() { return sections; }

}  // namespace models::scenario
