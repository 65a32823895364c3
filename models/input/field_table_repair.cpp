#include <array>

#include "models/input/field_table.h"
#include "models/scenario/scenario.h"

namespace models::scenario {
namespace {

using enum FieldKind;

using namespace bounds;

constexpr double day_in_seconds = 86400;
constexpr double one_a_day = 1 / day_in_seconds;

constexpr std::array repair{
    Field{.key = "detection",
          .kind = duration,
          .meaning = "how a failure is noticed: a time from it to its report, or the ways in which "
                     "it may be reported",
          .section = "/repair/detection",
          .fallback = "30 min",
          .source = "Huang et al., Erasure Coding in Windows Azure Storage, USENIX ATC 2012",
          .year = 2012},
    Field{.key = "rebuild_delay",
          .kind = time,
          .meaning = "from the report of a loss to the start of its rebuild",
          .low = 0,
          .high = thousand_years,
          .fallback = "0 s",
          .source = "a decision: at once unless the scenario says so (Ceph waits 600 s: "
                    "mon_osd_down_out_interval)",
          .year = 2026},
    Field{.key = "replacement",
          .kind = duration,
          .meaning = "time from a failure to new hardware in its place",
          .required = true},
    Field{
        .key = "rebuild_time",
        .kind = duration,
        .meaning = "if given, a lost disk is whole again after this time, whatever the bandwidth"},
    Field{.key = "throttles",
          .kind = list,
          .meaning = "ceilings on rebuild traffic; none if absent",
          .section = "/repair/throttles/*"},
    Field{.key = "spares",
          .kind = object,
          .meaning = "where a lost disk is rebuilt; distributed if absent",
          .section = "/repair/spares"},
    Field{.key = "scrub",
          .kind = object,
          .meaning = "how data at rest are verified; not at all if absent",
          .section = "/repair/scrub"},
    Field{.key = "order",
          .kind = choice,
          .meaning = "danger: groups that miss most first; arrival: one lost disk after another, "
                     "whole when its last shard is",
          .choices = order_names,
          .fallback = "danger",
          .source = "Ford et al., Availability in Globally Distributed Storage Systems, OSDI 2010",
          .year = 2010},
    Field{.key = "traffic",
          .kind = choice,
          .meaning = "balanced: reads where least is asked; near: within racks first; combined: "
                     "near, and each other rack sends one sum",
          .choices = traffic_names,
          .fallback = "balanced",
          .source = "a decision: without knowledge of racks unless the scenario says so",
          .year = 2026},
    Field{.key = "threshold",
          .kind = integer,
          .meaning = "shards that a group misses when its rebuild starts",
          .low = 1,
          .high = 255,
          .fallback = "1",
          .source = "a decision: at once unless repair is to be lazy",
          .year = 2026},
    Field{.key = "patience",
          .kind = time,
          .meaning = "time after which the shards of an absent machine are copied elsewhere; never "
                     "if absent",
          .low = second,
          .high = thousand_years},
    Field{.key = "busy",
          .kind = object,
          .meaning = "hours in which clients leave rebuilding less; none if absent",
          .section = "/repair/busy"},
    Field{.key = "working_hours",
          .kind = object,
          .meaning = "when new hardware is put in place; at any time if absent",
          .section = "/repair/working_hours"},
    Field{.key = "sharing",
          .kind = choice,
          .meaning =
              "together: the shards of a lost disk move as one; exact: each is a flow of its "
              "own, max-min fair among all",
          .choices = sharing_names,
          .fallback = "together",
          .source = "a decision: within 5 % of the exact times, and many times as fast",
          .year = 2026},
    Field{.key = "visits",
          .kind = object,
          .meaning = "a technician who replaces several parts at once; one call for each if absent",
          .section = "/repair/visits"},
    Field{.key = "stock",
          .kind = object,
          .meaning = "disks in the store room; as many as are asked for if absent",
          .section = "/repair/stock"},
    Field{.key = "predictor",
          .kind = object,
          .meaning = "foretells failures of disks, which are emptied and replaced; none if absent",
          .section = "/repair/predictor"},
    Field{.key = "refresh",
          .kind = time,
          .meaning = "each disk is emptied and replaced once in so long, in turn; never if absent",
          .low = day_in_seconds,
          .high = thousand_years},
    Field{.key = "new_disks",
          .kind = choice,
          .meaning = "wait: later rebuilds fill them; take back: the shards that stood in their "
                     "place at first move back",
          .choices = new_disk_names,
          .fallback = "wait",
          .source = "a decision: nothing moves without need unless the scenario says so",
          .year = 2026},
};

constexpr std::array detection{
    Field{.key = "process",
          .kind = duration,
          .meaning = "from a failure to its report by whatever watches over it: a time, or "
                     "heartbeats",
          .section = "/repair/detection/process",
          .fallback = "20 s",
          .source = "Ceph documentation, Monitor/OSD interaction: osd_heartbeat_grace",
          .year = 2024},
    Field{.key = "absence",
          .kind = duration,
          .meaning = "from the beginning of an outage to its report; as `process` if absent",
          .section = "/repair/detection/process"},
    Field{.key = "read_error",
          .kind = choice,
          .meaning = "what a rebuild tells that cannot read a dead disk: none, nothing; count, its "
                     "error counts; report, the disk is reported",
          .choices = error_report_names,
          .fallback = "count",
          .source = "OpenZFS zed: errors are counted and a disk is faulted when there are too many",
          .year = 2024},
    Field{.key = "write_error",
          .kind = choice,
          .meaning = "the same of a rebuild that cannot write to a dead disk",
          .choices = error_report_names,
          .fallback = "count",
          .source = "OpenZFS zed: errors are counted and a disk is faulted when there are too many",
          .year = 2024},
    Field{.key = "errors",
          .kind = integer,
          .meaning = "counted errors on one disk that make a report",
          .low = 1,
          .high = 1e6,
          .fallback = "10",
          .source = "OpenZFS vdevprops(7): io_n",
          .year = 2024},
    Field{.key = "errors_within",
          .kind = time,
          .meaning = "counted errors make a report only if they come within so long; in any time "
                     "if absent",
          .low = 1e-3,
          .high = thousand_years},
    Field{.key = "scrub",
          .kind = choice,
          .meaning = "what the scrubber tells of a dead disk that it comes to read: none, nothing; "
                     "report, the disk is reported",
          .choices = scrub_report_names,
          .fallback = "none",
          .source = "a decision: the scrubber reports nothing unless the scenario says so",
          .year = 2026},
    Field{.key = "false_alarms",
          .kind = rate,
          .meaning = "how often a machine is reported away that is there",
          .low = 0,
          .high = 1,
          .fallback = "0 /year",
          .source = "a decision: reports are right unless the scenario says otherwise",
          .year = 2026},
    Field{.key = "false_alarm_lasts",
          .kind = duration,
          .meaning = "until such an error is found",
          .fallback = "10 min",
          .source = "Ceph documentation, Monitor/OSD interaction: mon_osd_down_out_interval, until "
                    "it is given up",
          .year = 2024},
    Field{.key = "client_rate",
          .kind = rate,
          .meaning = "how often clients meet a dead disk and report it",
          .low = 0,
          .high = 1,
          .fallback = "0 /year",
          .source = "a decision: clients report nothing unless the scenario says so",
          .year = 2026},
};

constexpr std::array heartbeat{
    Field{.key = "interval",
          .kind = time,
          .meaning = "between two heartbeats",
          .required = true,
          .low = 1e-3,
          .high = thousand_years},
    Field{.key = "misses",
          .kind = integer,
          .meaning = "heartbeats that fail to come until a failure is reported",
          .required = true,
          .low = 1,
          .high = 1e6},
};

constexpr std::array busy{
    Field{.key = "from",
          .kind = number,
          .meaning = "hour of the day at which they begin",
          .required = true,
          .low = 0,
          .high = 23.75},
    Field{.key = "to",
          .kind = number,
          .meaning = "hour of the day at which they end",
          .required = true,
          .low = 0.25,
          .high = 24},
    Field{.key = "leaves",
          .kind = fraction,
          .meaning = "share of the rebuild bandwidth that clients leave",
          .required = true,
          .low = 1e-3,
          .high = 1},
};

constexpr std::array working_hours{
    Field{.key = "from",
          .kind = number,
          .meaning = "hour of the day at which they begin",
          .required = true,
          .low = 0,
          .high = 23.75},
    Field{.key = "to",
          .kind = number,
          .meaning = "hour of the day at which they end",
          .required = true,
          .low = 0.25,
          .high = 24},
    Field{.key = "days",
          .kind = integer,
          .meaning = "working days of a week",
          .low = 1,
          .high = 7,
          .fallback = "5",
          .source = "a decision: Monday to Friday",
          .year = 2026},
};

std::vector<std::string_view> throttle_places() { return names_of(all_throttle_places()); }
std::vector<std::string_view> throttle_counts() { return {"reads", "writes", "both"}; }

constexpr std::array throttle{
    Field{.key = "at",
          .kind = choice,
          .meaning = "what the ceiling applies to",
          .required = true,
          .choices = throttle_places},
    Field{.key = "rate",
          .kind = byte_rate,
          .meaning = "the ceiling",
          .required = true,
          .low = one_byte,
          .high = most_rate},
    Field{.key = "counts",
          .kind = choice,
          .meaning = "traffic that counts",
          .required = true,
          .choices = throttle_counts},
};

constexpr std::array visits{
    Field{.key = "parts",
          .kind = integer,
          .meaning = "parts that wait when the technician is called",
          .required = true,
          .low = 1,
          .high = 1e6},
    Field{.key = "at_latest",
          .kind = time,
          .meaning = "or that one of them has waited so long",
          .required = true,
          .low = second,
          .high = thousand_years},
};

constexpr std::array stock{
    Field{.key = "parts",
          .kind = integer,
          .meaning = "disks that lie there when none is missing",
          .required = true,
          .low = 1,
          .high = 1e6},
    Field{.key = "delivery",
          .kind = duration,
          .meaning = "from the use of a disk until the next one lies in its place",
          .required = true},
};

constexpr std::array predictor{
    Field{.key = "catches",
          .kind = fraction,
          .meaning = "share of the failures of disks that are foretold",
          .required = true,
          .low = 0,
          .high = 1},
    Field{.key = "lead",
          .kind = time,
          .meaning = "from the warning to the failure, on average (exponential)",
          .required = true,
          .low = second,
          .high = thousand_years},
    Field{.key = "false_alarms",
          .kind = rate,
          .meaning = "warnings on a disk that would have lived on",
          .low = 0,
          .high = one_a_day,
          .fallback = "0 /year",
          .source = "a decision: none unless the scenario says so",
          .year = 2026},
};

constexpr std::array sections{
    Section{"/repair", "detection, replacement and rebuilding", repair},
    Section{"/repair/detection", "ways in which a failure is reported", detection},
    Section{"/repair/detection/process", "heartbeats", heartbeat},
    Section{"/repair/throttles/*", "a ceiling on rebuild traffic", throttle},
    Section{"/repair/busy", "hours in which clients need the bandwidth", busy},
    Section{"/repair/working_hours", "when people are at work", working_hours},
    Section{"/repair/visits", "when a technician is called", visits},
    Section{"/repair/stock", "disks in the store room", stock},
    Section{"/repair/predictor", "warnings before disks fail", predictor},
};

}  // namespace

std::vector<std::string_view> order_names() { return names_of(all_orders()); }
std::vector<std::string_view> error_report_names() { return names_of(all_error_reports()); }
std::vector<std::string_view> scrub_report_names() { return names_of(all_scrub_reports()); }
std::vector<std::string_view> traffic_names() { return names_of(all_traffics()); }
std::vector<std::string_view> sharing_names() { return names_of(all_sharings()); }
std::vector<std::string_view> new_disk_names() { return names_of(all_new_disks()); }

std::span<const Section> repair_sections() { return sections; }

}  // namespace models::scenario
