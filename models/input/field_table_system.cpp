#include <array>

#include "models/input/field_table.h"
#include "sim/quantity.h"

namespace models::scenario {
namespace {

using enum FieldKind;

using namespace bounds;

constexpr std::array root{
    Field{.key = "$schema", .kind = text, .meaning = "the schema, for editors"},
    Field{.key = "version",
          .kind = integer,
          .meaning = "version of this format",
          .required = true,
          .low = 1,
          .high = 1},
    Field{.key = "name",
          .kind = text,
          .meaning = "name of the system",
          .required = true,
          .low = 1,
          .high = most_name},
    Field{.key = "description", .kind = text, .meaning = "what the system is", .high = most_prose},
    Field{.key = "mission",
          .kind = time,
          .meaning = "time over which the data are to be kept",
          .required = true,
          .low = second,
          .high = thousand_years},
    Field{.key = "drives",
          .kind = file,
          .meaning = "a drive table file or its content, beside the shipped one",
          .section = "/drives"},
    Field{.key = "data",
          .kind = object,
          .meaning = "the data to be kept",
          .required = true,
          .section = "/data"},
    Field{.key = "hardware",
          .kind = object,
          .meaning = "machines, disks and network",
          .required = true,
          .section = "/hardware"},
    Field{.key = "failures",
          .kind = object,
          .meaning = "what fails, and how often",
          .required = true,
          .section = "/failures"},
    Field{.key = "repair",
          .kind = object,
          .meaning = "how losses are found and repaired",
          .required = true,
          .section = "/repair"},
    Field{.key = "strategies",
          .kind = list,
          .meaning = "ways to keep the data, to be compared",
          .required = true,
          .section = "/strategies/*"},
    Field{.key = "paths",
          .kind = object,
          .meaning = "the way from hosts to mirrored arrays, and switching over",
          .section = "/paths"},
    Field{.key = "prices",
          .kind = file,
          .meaning = "a price file or its content",
          .section = "/prices"},
    Field{.key = "lifecycle",
          .kind = object,
          .meaning = "what moves data, copies them away and brings them back",
          .section = "/lifecycle"},
    Field{.key = "claims",
          .kind = list,
          .meaning = "statements to be judged",
          .section = "/claims/*"},
};

constexpr std::array data{
    Field{.key = "logical",
          .kind = bytes,
          .meaning = "user bytes before redundancy",
          .required = true,
          .low = one_byte,
          .high = most_data},
    Field{.key = "objects",
          .kind = number,
          .meaning = "number of objects (or give object_size)",
          .low = 1,
          .high = 1e18},
    Field{.key = "object_size",
          .kind = bytes,
          .meaning = "size of an object (or give objects)",
          .low = one_byte,
          .high = most_data},
    Field{.key = "stripe",
          .kind = bytes,
          .meaning = "user bytes of one stripe; an object spans size / stripe of them",
          .low = one_byte,
          .high = most_data,
          .fallback = "4 MiB",
          .source = "Ceph documentation, object size of a block device image",
          .year = 2024},
};

constexpr std::array<std::string_view, 2> data_objects{"objects", "object_size"};

constexpr std::array failures{
    Field{.key = "disk", .kind = object, .meaning = "disks", .section = "/failures/disk"},
    Field{.key = "machine", .kind = object, .meaning = "machines", .section = "/failures/machine"},
    Field{.key = "rack",
          .kind = object,
          .meaning = "racks, as by a power failure",
          .section = "/failures/rack"},
    Field{.key = "rack_switch",
          .kind = object,
          .meaning = "rack switches",
          .section = "/failures/rack_switch"},
    Field{.key = "core_switch",
          .kind = object,
          .meaning = "core switches",
          .section = "/failures/core_switch"},
    Field{.key = "power_domain",
          .kind = object,
          .meaning = "racks of a site that lose their power together",
          .section = "/failures/power_domain"},
    Field{.key = "controller",
          .kind = object,
          .meaning = "controllers of machines",
          .section = "/failures/controller"},
    Field{.key = "gateway", .kind = object, .meaning = "gateways", .section = "/failures/gateway"},
    Field{.key = "front_end",
          .kind = object,
          .meaning = "front ends, name nodes",
          .section = "/failures/front_end"},
    Field{.key = "site", .kind = object, .meaning = "whole sites", .section = "/failures/site"},
    Field{.key = "batch",
          .kind = object,
          .meaning = "lots of disks with a common defect",
          .section = "/failures/batch"},
    Field{.key = "burst",
          .kind = object,
          .meaning = "disks that die within minutes of each other, wherever they stand",
          .section = "/failures/burst"},
    Field{.key = "software",
          .kind = object,
          .meaning = "the service as a whole: faults of software, planned maintenance",
          .section = "/failures/software"},
};

constexpr std::array disk_valid{
    Field{.key = "from",
          .kind = time,
          .meaning = "least age of a disk in the record",
          .required = true,
          .low = 0,
          .high = thousand_years},
    Field{.key = "until",
          .kind = time,
          .meaning = "greatest age of a disk in the record",
          .required = true,
          .low = second,
          .high = thousand_years},
};

constexpr std::array failures_disk{
    Field{.key = "lifetime",
          .kind = lifetime,
          .meaning = "life of a disk until its data are gone; that of the drive if absent"},
    Field{.key = "age",
          .kind = object,
          .meaning = "age of the disks at the start; all new if absent",
          .section = "/failures/disk/age"},
    Field{
        .key = "valid",
        .kind = object,
        .meaning = "ages that the record behind 'lifetime' has seen; what asks beyond is warned of",
        .section = "/failures/disk/valid"},
    Field{.key = "latent",
          .kind = object,
          .meaning = "errors that wait on the disk until they are read; none if absent",
          .section = "/failures/disk/latent"},
    Field{.key = "models",
          .kind = list,
          .meaning = "disks of several models, instead of lifetime and age",
          .section = "/failures/disk/models/*"},
    Field{.key = "under_rebuild",
          .kind = lifetime,
          .meaning = "a second, constant hazard of a disk while a rebuild reads it"},
};

constexpr std::array disk_age{
    Field{.key = "youngest",
          .kind = time,
          .meaning = "age of the youngest",
          .required = true,
          .low = 0,
          .high = thousand_years},
    Field{.key = "oldest",
          .kind = time,
          .meaning = "age of the oldest",
          .required = true,
          .low = 0,
          .high = thousand_years},
    Field{.key = "cohorts",
          .kind = integer,
          .meaning = "dates of purchase, evenly between",
          .required = true,
          .low = 1,
          .high = 1000},
};

constexpr Field shock_field{.key = "shock",
                            .kind = object,
                            .meaning = "events that strike all of it and cost some of its disks",
                            .section = "/failures/*/shock"};
constexpr Field wipe_field{.key = "wipe",
                           .kind = object,
                           .meaning = "errors of operators that cost all its data and no hardware",
                           .section = "/failures/*/wipe"};
constexpr Field maintenance_field{.key = "maintenance",
                                  .kind = object,
                                  .meaning = "planned maintenance, one unit after another",
                                  .section = "/failures/*/maintenance"};

constexpr std::array failures_machine{
    Field{.key = "lifetime",
          .kind = lifetime,
          .meaning = "life of a machine until it is lost with all its disks"},
    shock_field,
    wipe_field,
    maintenance_field,
    Field{.key = "outage",
          .kind = object,
          .meaning = "outages that end with the data intact",
          .section = "/failures/*/outage"},
};

constexpr std::array failures_outage{
    Field{.key = "outage",
          .kind = object,
          .meaning = "outages that end with the data intact",
          .required = true,
          .section = "/failures/*/outage"},
};

constexpr std::array failures_part{
    Field{.key = "outage",
          .kind = object,
          .meaning = "outages that end with the data intact",
          .section = "/failures/*/outage"},
    maintenance_field,
};

constexpr std::array failures_batch{
    Field{.key = "shock",
          .kind = object,
          .meaning = "events in which the defect of a lot shows: some of its disks die at once",
          .required = true,
          .section = "/failures/batch/shock"},
};

constexpr std::array batch_shock{
    Field{.key = "between",
          .kind = lifetime,
          .meaning = "time from one event to the next, of each lot",
          .required = true},
    Field{.key = "kills",
          .kind = fraction,
          .meaning = "chance of each disk of the lot to die in the event",
          .required = true,
          .low = 1e-6,
          .high = 1},
};

constexpr std::array failures_rack{failures_part[0], shock_field, wipe_field, maintenance_field};
constexpr std::array failures_power_domain{failures_part[0], shock_field};
constexpr std::array failures_site{failures_part[0], shock_field, wipe_field};

constexpr std::array shock{
    Field{.key = "between",
          .kind = lifetime,
          .meaning = "time from one event to the next, of each such place",
          .required = true},
    Field{.key = "kills",
          .kind = fraction,
          .meaning = "chance of each disk in it to die in the event",
          .required = true,
          .low = 1e-6,
          .high = 1},
    Field{.key = "away",
          .kind = duration,
          .meaning = "time until the disks that survive are back",
          .required = true},
};

constexpr std::array wipe{
    Field{.key = "between",
          .kind = lifetime,
          .meaning = "time from one such error to the next, for each such place",
          .required = true},
    Field{.key = "back",
          .kind = duration,
          .meaning = "time until the disks are back, empty",
          .required = true},
};

constexpr std::array maintenance{
    Field{.key = "every",
          .kind = time,
          .meaning = "time from one turn of a unit to its next; the units take turns evenly",
          .required = true,
          .low = 3600,
          .high = thousand_years},
    Field{.key = "duration",
          .kind = duration,
          .meaning = "how long a unit is taken out; one that is away already is passed over",
          .required = true},
};

constexpr std::array outage{
    Field{.key = "between",
          .kind = lifetime,
          .meaning = "time from the end of an outage to the next",
          .required = true},
    Field{.key = "duration", .kind = duration, .meaning = "length of an outage", .required = true},
    Field{.key = "catch_up",
          .kind = fraction,
          .meaning = "it returns with stale data, and catches up for this share of its absence",
          .low = 0,
          .high = 10,
          .fallback = "0 %",
          .source = "a decision: nothing is written meanwhile unless the scenario says so",
          .year = 2026},
};

constexpr std::array sections{
    Section{"", "a storage system and the strategies to be compared on it", root},
    Section{"/data", "the data to be kept", data, false, data_objects},
    Section{"/failures", "what fails; what is absent never fails", failures},
    Section{"/strategies/*/failures", "changes to the scenario's failures", failures},
    Section{"/failures/disk", "failures of disks", failures_disk},
    Section{"/failures/disk/age", "disks bought evenly over some dates", disk_age},
    Section{"/failures/disk/valid", "ages within which a law of life was fitted", disk_valid},
    Section{"/failures/machine", "failures of machines", failures_machine},
    Section{"/failures/rack", "failures of racks", failures_rack},
    Section{"/failures/rack_switch", "failures of rack switches", failures_part},
    Section{"/failures/core_switch", "failures of core switches", failures_part},
    Section{"/failures/power_domain", "failures of power domains", failures_power_domain},
    Section{"/failures/controller", "failures of controllers", failures_part},
    Section{"/failures/gateway", "failures of gateways", failures_part},
    Section{"/failures/front_end", "failures of front ends", failures_part},
    Section{"/failures/site", "failures of whole sites", failures_site},
    Section{"/failures/batch", "lots of disks that were made alike", failures_batch},
    Section{"/failures/batch/shock", "an event that kills disks of a lot", batch_shock},
    Section{"/failures/software", "outages of the service", failures_outage},
    Section{"/failures/*/outage", "a unit that goes away and comes back with its data", outage},
    Section{"/failures/*/shock", "an event that kills disks of a place", shock},
    Section{"/failures/*/wipe", "an error that costs all data of a place", wipe},
    Section{"/failures/*/maintenance", "planned maintenance of a kind of unit", maintenance},
};

}  // namespace

std::span<const Section> system_sections() { return sections; }

}  // namespace models::scenario
