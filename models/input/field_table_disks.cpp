#include <array>

#include "models/input/field_table.h"

namespace models::scenario {
namespace {

using enum FieldKind;

using namespace bounds;

constexpr std::array burst{
    Field{.key = "between",
          .kind = lifetime,
          .meaning = "time from one burst to the next, of each site",
          .required = true},
    Field{.key = "sizes",
          .kind = list,
          .meaning = "how many disks a burst has",
          .required = true,
          .section = "/failures/burst/sizes/*"},
    Field{.key = "same_rack",
          .kind = fraction,
          .meaning = "chance of each of its disks to stand in the rack at its heart; else anywhere",
          .low = 0,
          .high = 1,
          .fallback = "0 %",
          .source = "a decision: anywhere in the site unless the scenario says so",
          .year = 2026},
};

constexpr std::array burst_size{
    Field{.key = "disks",
          .kind = integer,
          .meaning = "disks of a burst",
          .required = true,
          .low = 1,
          .high = 1e6},
    Field{.key = "share",
          .kind = fraction,
          .meaning = "share of the bursts that have so many; all add up to 100 %",
          .required = true,
          .low = 1e-9,
          .high = 1},
};

constexpr double most_parts = 1000;  // each is a class of events of its own

constexpr std::array disk_model{
    Field{.key = "name", .kind = text, .meaning = "make and model, for people", .high = most_name},
    Field{.key = "lifetime",
          .kind = lifetime,
          .meaning = "life of a disk of this model until its data are gone",
          .required = true},
    Field{.key = "parts",
          .kind = integer,
          .meaning = "of so many parts of all models the fleet is made, disk by disk in turn",
          .low = 1,
          .high = most_parts,
          .fallback = "1",
          .source = "a decision: as many of each model unless the scenario says so",
          .year = 2026},
    Field{.key = "age",
          .kind = time,
          .meaning = "age of its disks at the start",
          .low = 0,
          .high = thousand_years,
          .fallback = "0 s",
          .source = "a decision: new unless the scenario says so",
          .year = 2026},
};

constexpr std::array sections{
    Section{"/failures/burst", "disks that die within minutes of each other", burst},
    Section{"/failures/burst/sizes/*", "how often a burst has so many disks", burst_size},
    Section{"/failures/disk/models/*", "disks of one model in a mixed fleet", disk_model},
};

}  // namespace

std::span<const Section> disk_sections() { return sections; }

}  // namespace models::scenario
