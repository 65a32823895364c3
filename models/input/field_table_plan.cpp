// What a plan may say. Nothing here has a default: a plan states its planning values, each section
// with its source, and the shipped plans are there to be edited.
#include <array>

#include "models/economics/price_table.h"
#include "models/input/field_table.h"

namespace models::scenario {
namespace {

using enum FieldKind;
using namespace bounds;

constexpr double most_count = 1e12;
constexpr double most_price = 1e12;

constexpr Field need(std::string_view key, FieldKind kind, std::string_view meaning, double low,
                     double high) {
  return {.key = key,
          .kind = kind,
          .meaning = meaning,
          .required = true,
          .low = low,
          .high = high,
          .ranged = kind == number};
}
constexpr Field may(std::string_view key, FieldKind kind, std::string_view meaning, double low,
                    double high) {
  Field field = need(key, kind, meaning, low, high);
  field.required = false;
  return field;
}
constexpr Field part(std::string_view key, FieldKind kind, std::string_view meaning,
                     std::string_view section) {
  return {.key = key, .kind = kind, .meaning = meaning, .required = true, .section = section};
}
constexpr Field optional_part(std::string_view key, FieldKind kind, std::string_view meaning,
                              std::string_view section) {
  return {.key = key, .kind = kind, .meaning = meaning, .section = section};
}

std::vector<std::string_view> source_kinds() {
  return {"CT",
          "MR",
          "CR/DX",
          "US",
          "MG",
          "PET",
          "XA",
          "pathology",
          "other",
          "database",
          "virtual machines",
          "genome"};
}
std::vector<std::string_view> yes_no() { return {"yes", "no"}; }
std::vector<std::string_view> survivable() {
  return {"disk", "machine", "rack", "site", "gateway"};
}
std::vector<std::string_view> class_names() {
  std::vector<std::string_view> names;
  for (const auto& kind : economics::cloud_classes()) names.push_back(kind.name);
  return names;
}

constexpr std::array root{
    Field{.key = "$schema", .kind = text, .meaning = "the schema, for editors"},
    need("version", integer, "version of this format", 1, 1),
    need("name", text, "name of the plan", 1, most_name),
    may("description", text, "what is planned", 0, most_prose),
    need("horizon", time, "years that are planned", sim::year.value, 40 * sim::year.value),
    need("first_year", integer, "calendar year of the first", 1990, 2200),
    part("demand", object, "what comes in, how long it is kept, who reads it", "plan/demand"),
    optional_part("file_tier", object, "work space of image computing", "plan/file_tier"),
    optional_part("delivery", object, "reading by clients outside", "plan/delivery"),
    part("catalogue", object, "what can be bought, and how a room is built", "plan/catalogue"),
    part("failures", object, "what fails, as in a scenario", "/failures"),
    part("care", object, "how lost redundancy comes back", "plan/care"),
    part("prices", file, "a price book, or the name of its file", "/prices"),
    part("economy", object, "how prices move, and what else costs", "plan/economy"),
    part("search", object, "what is put together to designs", "plan/search"),
    part("targets", object, "what a design must reach", "plan/targets"),
};

constexpr std::array demand{
    may("visits_per_year", number, "outpatient visits of the first year", 0, most_count),
    need("peak_hour_share", fraction, "share of a day's work in its busiest hour", 1.0 / 24, 1),
    need("working_days", number, "days a year over which the work is spread", 1, 366),
    optional_part("growth", list, "growth of sources that give none of their own",
                  "plan/demand/growth/*"),
    optional_part("retention", list, "retention of sources that give none of their own",
                  "plan/demand/retention/*"),
    part("sources", list, "modalities and other systems", "plan/demand/sources/*"),
};

constexpr std::array source{
    need("name", text, "name of the source", 1, most_name),
    Field{.key = "kind",
          .kind = choice,
          .meaning = "kind of source",
          .required = true,
          .choices = source_kinds},
    may("per_year", number, "objects (studies, slides, files) in the first year", 0, most_count),
    may("per_day", number, "objects on each working day of the first year", 0, most_count),
    may("per_1000_visits", number, "objects for each 1,000 visits", 0, 1e6),
    may("bytes_per_year", bytes, "in all, as produced, in the first year", 0, most_data),
    Field{.key = "volumes",
          .kind = text,
          .meaning = "CSV file of months and objects: 'month,objects' or 'month,objects,bytes'",
          .low = 1,
          .high = most_name},
    may("size", bytes, "mean size of an object as produced", 1, exabyte),
    may("median_size", bytes, "median size of an object: lognormal with size_p95", 1, exabyte),
    may("size_p95", bytes, "size that 5 % of the objects exceed", 1, exabyte),
    need("lossless_ratio", number, "bytes as produced over bytes as stored", 1, 1000),
    may("stock", bytes, "stored bytes at the start", 0, most_data),
    may("stock_years", number, "the stock came in evenly over so many years", 0.01, 100),
    optional_part("growth", list, "of this source", "plan/demand/growth/*"),
    optional_part("retention", list, "of this source", "plan/demand/retention/*"),
    need("reads_per_object", number, "times an object is read in its life", 0, 1e9),
    optional_part("access", object, "ages at which it is read", "plan/demand/access"),
    Field{.key = "cools",
          .kind = choice,
          .meaning = "no: stays on the first tier whatever its age",
          .choices = yes_no},
};
constexpr std::array<std::string_view, 5> amounts{"per_year", "per_day", "per_1000_visits",
                                                  "bytes_per_year", "volumes"};

constexpr std::array growth{
    need("rate", fraction, "more of it each year than the year before", -0.99, 10),
    may("years", number, "how long; the last step holds for good", 0.01, 100),
};
constexpr std::array retention{
    need("name", text, "class: outpatient, inpatient, minors", 1, most_name),
    need("share", fraction, "share of what comes in", 0, 1),
    need("keep", time, "how long the law wants it", sim::day.value, thousand_years),
};
constexpr std::array access{
    need("within_30_days", fraction, "share of all reads of an object up to that age", 0, 1),
    need("within_90_days", fraction, "share up to that age", 0, 1),
    need("within_365_days", fraction, "share up to that age; the rest evenly later", 0, 1),
};
constexpr std::array file_tier{
    need("capacity", bytes, "work space", 1, exabyte),
    need("bandwidth", byte_rate, "of all readers together", 1, most_rate),
    need("latency", time, "of one read", 1e-6, 10),
};
constexpr std::array delivery{
    need("outside_share", fraction, "share of reads that leave the site", 0, 1),
    need("cdn_share", fraction, "share of these that the CDN answers itself", 0, 1),
    need("cdn_price", number, "per TB that the CDN delivers", 0, most_price),
};
constexpr std::array disk{
    need("name", text, "kind of disk", 1, most_name),
    need("capacity", bytes, "of one disk", 1e9, 1e16),
    need("read", byte_rate, "sustained", 1e5, 1e12),
    need("write", byte_rate, "sustained", 1e5, 1e12),
    need("iops", number, "random reads a second", 1, 1e8),
    need("latency", time, "of one read on an idle disk", 1e-6, 10),
    need("price_per_tb", number, "purchase", 0, most_price),
    need("watts", number, "mean power", 0, 1000),
};
constexpr std::array machine{
    need("name", text, "kind of machine", 1, most_name),
    need("disks", integer, "bays", 1, 200),
    need("rack_units", integer, "height", 1, 40),
    need("price", number, "without disks", 0, most_price),
    need("watts", number, "without disks", 0, 1e5),
    need("network", byte_rate, "network card", 1e6, 1e12),
};
constexpr std::array line{
    need("name", text, "kind of line", 1, most_name),
    need("rate", byte_rate, "in each direction", 1e4, 1e13),
    need("price_per_year", number, "of one line", 0, most_price),
};
constexpr std::array entrances{
    need("count", integer, "how many there are", 1, 64),
    need("needed", integer, "how many must be up", 1, 64),
};
constexpr std::array catalogue{
    part("disks", list, "kinds of disks", "plan/catalogue/disks/*"),
    part("machines", list, "kinds of machines", "plan/catalogue/machines/*"),
    part("lines", list, "kinds of lines, slowest first", "plan/catalogue/lines/*"),
    need("rack_units", integer, "of a rack; two are for its switches", 4, 60),
    need("rack_watts", number, "that a rack may draw", 100, 1e6),
    need("rack_switches", integer, "of each rack", 1, 8),
    need("core_switches", integer, "of each site", 1, 8),
    optional_part("gateways", object, "gateways before the store", "plan/catalogue/entrances"),
    optional_part("front_ends", object, "front ends before the store", "plan/catalogue/entrances"),
    need("rack_uplink", byte_rate, "of a rack", 1e6, 1e14),
    need("core", byte_rate, "through the core of a site", 1e6, 1e15),
    need("rebuild_share", fraction, "share of the network that rebuilding may use", 0.01, 1),
    need("usable_fill", fraction, "share of a disk that may be filled", 0.1, 1),
    need("usable_load", fraction, "share of a rate that is planned for", 0.1, 1),
    need("life", time, "of disks and machines; then they are replaced", sim::year.value,
         30 * sim::year.value),
    need("lead_time", time, "from an order to its use", 0, sim::year.value),
};
constexpr std::array care{
    need("detection", time, "from a failure to the start of its rebuild", 0, thousand_years),
    need("switch_over", time, "to another site", 0, thousand_years),
    need("copy_interval", time, "between copies to the cloud", 0, thousand_years),
};
constexpr std::array economy{
    need("disk_price_change", fraction, "a year", -0.9, 1),
    need("machine_price_change", fraction, "a year", -0.9, 1),
    need("cloud_price_change", fraction, "a year", -0.9, 1),
    need("energy_price_change", fraction, "a year", -0.9, 1),
    need("discount", fraction, "a year", 0, 1),
    need("migration_per_tb", number, "moving a TB to new machines", 0, most_price),
    need("migration_rate", byte_rate, "of the whole store", 1e5, most_rate),
    need("drills_per_year", number, "restore drills", 0, 365),
    need("drill_price", number, "of one drill", 0, most_price),
    may("shown_currency", text, "second currency of the report", 3, 3),
    may("rate_of_exchange", number, "of it for one of the price book's", 1e-6, 1e6),
};
constexpr std::array search{
    Field{.key = "codes", .kind = codes, .meaning = "for hot data", .required = true},
    Field{.key = "cold_codes", .kind = codes, .meaning = "for cold data on own disks"},
    Field{
        .key = "cloud_classes", .kind = names, .meaning = "for cold data", .choices = class_names},
    Field{.key = "copy_classes",
          .kind = names,
          .meaning = "for a copy of everything",
          .choices = class_names},
    Field{.key = "cloud_only",
          .kind = choice,
          .meaning = "also a design without machines",
          .choices = yes_no},
    Field{.key = "cold_after",
          .kind = times,
          .meaning = "ages at which data cool",
          .low = sim::day.value,
          .high = thousand_years},
    need("most_sites", integer, "1 to so many sites", 1, 5),
    need("rebuild_rates", byte_rates, "of a machine, reads and writes each", 1e5, 1e12),
    need("scrubs", times, "intervals in which every byte is read", 3600, thousand_years),
    need("visits", times, "intervals in which failed disks are changed", 3600, thousand_years),
};
constexpr std::array survive{
    Field{.key = "unit",
          .kind = choice,
          .meaning = "what is lost",
          .required = true,
          .choices = survivable},
    may("count", integer, "how many at once", 1, 8),
};
constexpr std::array targets{
    may("durability_nines", number, "-log10 of the share of objects lost a year", 0, 40),
    may("availability", fraction, "share of time in which data can be read", 0, 1),
    may("rebuild", time, "of a lost disk, detection included", 1, thousand_years),
    may("rpo", time, "data that may be missing after the loss of a site", 0, thousand_years),
    may("rto", time, "until hot data are there again", 0, thousand_years),
    may("read_latency", time, "of the first tier at the peak", 1e-6, 100),
    may("budget", number, "all payments to the horizon", 0, most_price),
    may("rack_units", number, "in all rooms", 0, 1e7),
    may("kilowatts", number, "of the machines, cooling apart", 0, 1e7),
    optional_part("survive", list, "losses that cost no data", "plan/targets/survive/*"),
};

constexpr std::array sections{
    Section{"plan", "a demand, a catalogue, and what a design must reach", root},
    Section{"plan/demand", "what comes in", demand},
    Section{"plan/demand/sources/*", "a modality or another system", source, false, amounts},
    Section{"plan/demand/growth/*", "growth for a while", growth},
    Section{"plan/demand/retention/*", "a class of retention", retention},
    Section{"plan/demand/access", "ages at which objects are read", access},
    Section{"plan/file_tier", "work space on fast disks", file_tier},
    Section{"plan/delivery", "reading by clients outside", delivery},
    Section{"plan/catalogue", "what can be bought", catalogue},
    Section{"plan/catalogue/disks/*", "a kind of disk", disk},
    Section{"plan/catalogue/machines/*", "a kind of machine", machine},
    Section{"plan/catalogue/lines/*", "a kind of line", line},
    Section{"plan/catalogue/entrances", "parts side by side", entrances},
    Section{"plan/care", "detection, switching over, copying", care},
    Section{"plan/economy", "prices over time", economy},
    Section{"plan/search", "what is put together", search},
    Section{"plan/targets", "what a design must reach", targets},
    Section{"plan/targets/survive/*", "a loss that costs no data", survive},
};

}  // namespace

std::span<const Section> plan_sections() { return sections; }

}  // namespace models::scenario
