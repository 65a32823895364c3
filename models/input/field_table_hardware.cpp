#include <array>
#include <string_view>

#include "models/input/field_table.h"

namespace models::scenario {
namespace {

using enum FieldKind;
using namespace bounds;

constexpr std::array hardware{
    Field{.key = "sites",
          .kind = integer,
          .meaning = "sites",
          .low = 1,
          .high = 1000,
          .fallback = "1",
          .source = "a decision: one site unless more are named",
          .year = 2026},
    Field{.key = "racks_per_site",
          .kind = integer,
          .meaning = "racks of a site",
          .required = true,
          .low = 1,
          .high = 1e5},
    Field{.key = "machines_per_rack",
          .kind = integer,
          .meaning = "machines of a rack",
          .required = true,
          .low = 1,
          .high = 1e4},
    Field{.key = "disks_per_machine",
          .kind = integer,
          .meaning = "disks of a machine",
          .required = true,
          .low = 1,
          .high = 1e4},
    Field{.key = "disk",
          .kind = object,
          .meaning = "the disks, all alike",
          .required = true,
          .section = "/hardware/disk"},
    Field{.key = "network",
          .kind = object,
          .meaning = "capacities per direction",
          .required = true,
          .section = "/hardware/network"},
    Field{.key = "usable_fill",
          .kind = fraction,
          .meaning = "share of a disk that may be filled",
          .low = 0.01,
          .high = 1,
          .fallback = "85 %",
          .source = "Ceph documentation, mon_osd_nearfull_ratio",
          .year = 2024},
    Field{.key = "power_domains",
          .kind = integer,
          .meaning = "parts of a site that lose power apart from each other: neighbouring racks",
          .low = 1,
          .high = 1e5,
          .fallback = "1",
          .source = "a decision: one supply for a site unless more are named",
          .year = 2026},
    Field{.key = "batches",
          .kind = integer,
          .meaning = "lots that the disks come from, dealt out evenly; for failures.batch",
          .low = 1,
          .high = 1e5,
          .fallback = "1",
          .source = "a decision: all of one lot unless more are named",
          .year = 2026},
    Field{.key = "controllers",
          .kind = object,
          .meaning = "controllers that machines (shelves) stand behind; none if absent",
          .section = "/hardware/controllers"},
    Field{.key = "front_ends",
          .kind = object,
          .meaning = "front ends or name nodes that every client goes through; none if absent",
          .section = "/hardware/front_ends"},
    Field{.key = "gateways",
          .kind = object,
          .meaning = "gateways between them and the machines; none if absent",
          .section = "/hardware/gateways"},
};

constexpr std::array controllers{
    Field{.key = "count",
          .kind = integer,
          .meaning = "controllers of a set; one that is up serves it",
          .required = true,
          .low = 1,
          .high = 8},
    Field{.key = "machines",
          .kind = integer,
          .meaning = "neighbouring machines of a rack behind a set",
          .low = 1,
          .high = 1e4,
          .fallback = "1",
          .source = "a decision: a set for each machine unless it serves more",
          .year = 2026},
};

constexpr std::array entrances{
    Field{.key = "count",
          .kind = integer,
          .meaning = "how many there are",
          .required = true,
          .low = 1,
          .high = 1000},
    Field{.key = "needed",
          .kind = integer,
          .meaning = "how many must be up for clients to be served",
          .low = 1,
          .high = 1000,
          .fallback = "1",
          .source = "a decision: one carries the load unless more are named",
          .year = 2026},
};

constexpr std::array disk{
    Field{
        .key = "drive",
        .kind = text,
        .meaning = "a model of the drive table: gives capacity and lifetime where these are absent",
        .low = 1,
        .high = most_name},
    Field{.key = "model", .kind = text, .meaning = "make and model", .high = most_name},
    Field{.key = "capacity",
          .kind = bytes,
          .meaning = "capacity; that of the drive if absent",
          .low = one_byte,
          .high = exabyte},
    Field{.key = "read",
          .kind = byte_rate,
          .meaning = "sustained reading",
          .required = true,
          .low = one_byte,
          .high = most_rate},
    Field{.key = "write",
          .kind = byte_rate,
          .meaning = "sustained writing",
          .required = true,
          .low = one_byte,
          .high = most_rate},
};

constexpr std::array network{
    Field{.key = "machine",
          .kind = byte_rate,
          .meaning = "network card of a machine",
          .required = true,
          .low = one_byte,
          .high = most_rate},
    Field{.key = "rack_uplink",
          .kind = byte_rate,
          .meaning = "rack switch to core switch",
          .required = true,
          .low = one_byte,
          .high = most_rate},
    Field{.key = "core",
          .kind = byte_rate,
          .meaning = "core switch, all racks together",
          .required = true,
          .low = one_byte,
          .high = most_rate},
    Field{.key = "rebuild_share",
          .kind = fraction,
          .meaning = "share that rebuilding may use",
          .low = 1e-4,
          .high = 1,
          .fallback = "50 %",
          .source = "Ceph documentation, mClock profile 'balanced'",
          .year = 2024},
    Field{.key = "rack_switches",
          .kind = integer,
          .meaning = "switches of a rack; one that is up serves it",
          .low = 1,
          .high = 4,
          .fallback = "1",
          .source = "a decision: one unless a pair is named",
          .year = 2026},
    Field{.key = "core_switches",
          .kind = integer,
          .meaning = "core switches of a site; one that is up serves it",
          .low = 1,
          .high = 4,
          .fallback = "1",
          .source = "a decision: one unless a pair is named",
          .year = 2026},
};

std::vector<std::string_view> hardware_kinds() { return {"fixed", "sized", "own"}; }

constexpr Field hardware_kind{
    .key = "kind",
    .kind = choice,
    .meaning =
        "fixed: the scenario's, paid by share; sized: as few machines as hold the data, at "
        "most the scenario's machines in a rack; own: as changed here",
    .choices = hardware_kinds,
    .fallback = "own",
    .source = "a decision: who changes the hardware buys it",
    .year = 2026};

// What a strategy does not name stays as the scenario has it.
template <std::size_t N>
constexpr std::array<Field, N> changes(std::array<Field, N> fields) {
  for (Field& field : fields) {
    field.required = false;
    field.fallback = {};
    field.source = {};
    field.year = 0;
    if (field.section == "/hardware/disk") field.section = "/strategies/*/hardware/disk";
    if (field.section == "/hardware/network") field.section = "/strategies/*/hardware/network";
  }
  return fields;
}

template <std::size_t N>
constexpr std::array<Field, N + 1> after(const Field& first, const std::array<Field, N>& rest) {
  std::array<Field, N + 1> all{};
  all[0] = first;
  for (std::size_t i = 0; i < N; ++i) all[i + 1] = rest[i];
  return all;
}

constexpr auto strategy_hardware = after(hardware_kind, changes(hardware));
constexpr auto strategy_disk = changes(disk);
constexpr auto strategy_network = changes(network);

constexpr std::array drive_table{
    Field{.key = "$schema", .kind = text, .meaning = "the schema, for editors"},
    Field{.key = "version",
          .kind = integer,
          .meaning = "version of this format",
          .low = 1,
          .high = 1},
    Field{.key = "name", .kind = text, .meaning = "name of the table", .high = most_name},
    Field{.key = "description", .kind = text, .meaning = "what was counted", .high = most_prose},
    Field{.key = "source",
          .kind = text,
          .meaning = "who counted",
          .required = true,
          .low = 1,
          .high = most_prose},
    Field{.key = "models",
          .kind = list,
          .meaning = "models of drives",
          .required = true,
          .section = "/drives/models/*"},
};

constexpr std::array drive_model{
    Field{.key = "model",
          .kind = text,
          .meaning = "as the maker writes it",
          .required = true,
          .low = 1,
          .high = most_name},
    Field{.key = "make", .kind = text, .meaning = "the maker", .high = most_name},
    Field{
        .key = "capacity", .kind = bytes, .meaning = "capacity", .low = one_byte, .high = exabyte},
    Field{.key = "drives", .kind = integer, .meaning = "drives seen", .low = 1, .high = 1e9},
    Field{.key = "drive_days",
          .kind = number,
          .meaning = "days that they ran, all together",
          .required = true,
          .low = 1,
          .high = 1e12},
    Field{.key = "failures",
          .kind = integer,
          .meaning = "drives that failed",
          .required = true,
          .low = 0,
          .high = 1e9},
    Field{.key = "afr", .kind = rate, .meaning = "failures over drive-years, for people", .low = 0},
    Field{.key = "afr_low",
          .kind = rate,
          .meaning = "lower end of its exact 95 % interval",
          .low = 0},
    Field{.key = "afr_high", .kind = rate, .meaning = "upper end of it", .low = 0},
};

constexpr std::array sections{
    Section{"/drives", "drive models and the failures counted on them", drive_table},
    Section{"/drives/models/*", "a drive model", drive_model},
    Section{"/hardware", "regular hardware: sites x racks x machines x disks", hardware},
    Section{"/hardware/disk", "a disk", disk},
    Section{"/hardware/network", "capacities per direction", network},
    Section{"/hardware/controllers", "controllers in front of machines", controllers},
    Section{"/hardware/front_ends", "front ends in the way of clients", entrances},
    Section{"/hardware/gateways", "gateways in the way of clients", entrances},
    Section{"/strategies/*/hardware", "changes to the scenario's hardware", strategy_hardware},
    Section{"/strategies/*/hardware/disk", "changes to the disk", strategy_disk},
    Section{"/strategies/*/hardware/network", "changes to the network", strategy_network},
};

}  // namespace

std::span<const Section> hardware_sections() { return sections; }

}  // namespace models::scenario
