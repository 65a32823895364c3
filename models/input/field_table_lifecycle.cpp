#include <array>

#include "models/economics/price_table.h"
#include "models/input/field_table.h"

namespace models::scenario {
namespace {

using enum FieldKind;
using namespace bounds;

constexpr double most_reads = 1e6;  // a second

constexpr Field needs(std::string_view key, FieldKind kind, std::string_view meaning,
                      double low = -std::numeric_limits<double>::infinity(),
                      double high = std::numeric_limits<double>::infinity()) {
  return {.key = key, .kind = kind, .meaning = meaning, .required = true, .low = low, .high = high};
}
constexpr Field may(std::string_view key, FieldKind kind, std::string_view meaning,
                    double low = -std::numeric_limits<double>::infinity(),
                    double high = std::numeric_limits<double>::infinity()) {
  return {.key = key, .kind = kind, .meaning = meaning, .low = low, .high = high};
}
constexpr Field part(std::string_view key, FieldKind kind, std::string_view meaning,
                     std::string_view section, bool required = false) {
  return {.key = key, .kind = kind, .meaning = meaning, .required = required, .section = section};
}

std::vector<std::string_view> version_kinds() { return {"none", "snapshots", "immutable"}; }
std::vector<std::string_view> incident_kinds() { return {"place", "deletion", "ransomware"}; }
std::vector<std::string_view> class_names() {
  std::vector<std::string_view> names;
  for (const auto& kind : economics::cloud_classes()) names.push_back(kind.name);
  return names;
}
std::vector<std::string_view> yes_or_no() { return {"yes", "no"}; }

constexpr std::array lifecycle_fields{
    part("cold_files", object, "files that become cold and change their form",
         "/lifecycle/cold_files"),
    part("coding_server", object, "what encodes cold files and recovers them",
         "/lifecycle/coding_server"),
    part("name_node", object, "what knows where blocks are, and how long it takes to start",
         "/lifecycle/name_node"),
    part("metadata", list, "stores without whose content all files are lost",
         "/lifecycle/metadata/*"),
    part("writes", object, "what is written to the array", "/lifecycle/writes"),
    part("snapshots", object, "incremental snapshots on a schedule", "/lifecycle/snapshots"),
    part("line", object, "the line to the cloud", "/lifecycle/line"),
    part("caches", list, "parts of the data that are near their readers", "/lifecycle/caches/*"),
    part("classes", object, "objects that pass through the classes of a cloud",
         "/lifecycle/classes"),
    part("copies", list, "copies of the data, the one that is worked on first",
         "/lifecycle/copies/*"),
    part("intake", object, "what the array takes in while it is restored to", "/lifecycle/intake"),
    part("key", object, "the key that the device encrypts with", "/lifecycle/key"),
    part("incidents", list, "events that a copy has to survive", "/lifecycle/incidents/*"),
    part("sharing", object, "readers who get what a writer wrote", "/lifecycle/sharing"),
    part("file_tier", object, "files staged for computing", "/lifecycle/file_tier"),
};

constexpr std::array read_rate{
    needs("at_first", rate, "reads of one object when it is new", 0, most_reads),
    needs("halve", time, "time after which it is read half as often", second, thousand_years),
    needs("later", rate, "reads of one object that never stop", 0, most_reads),
};

constexpr std::array cold_files{
    needs("hot", text, "strategy that keeps fresh files", 1, most_name),
    needs("cold", text, "strategy that keeps cold files", 1, most_name),
    needs("horizon", time, "time that is looked at", sim::day.value, 100 * sim::year.value),
    needs("stock_age", time, "files at the start were written evenly over this time", 0,
          thousand_years),
    needs("added_per_year", bytes, "new files, evenly over a year", 0, most_data),
    needs("size_sigma", number, "standard deviation of the logarithm of sizes", 0, 5),
    part("reads", object, "how often a file is read", "/lifecycle/reads", true),
    needs("scan_every", time, "from one scan of the file table to the next", 60, sim::year.value),
    needs("unmodified_for", time, "a cold file was not changed for so long", 0, thousand_years),
    needs("accesses_at_most", integer, "... and not read more often", 0, 1e6),
    needs("counted_over", time, "... over this time before the scan", 60, thousand_years),
    needs("reheat_from", integer, "a cold file read so often is hot again", 1, 1e6),
    needs("rate", byte_rate, "user bytes that may be moved", 1, most_rate),
};

constexpr std::array coding_server{
    needs("rate", byte_rate, "all that it reads and writes", 1, most_rate),
    part("outage", object, "times without it", "/failures/*/outage"),
};

constexpr std::array name_node{
    needs("count", integer, "name nodes; of two one stands by", 1, 2),
    needs("block", bytes, "bytes of a block of the store", 1, exabyte),
    needs("reports", rate, "blocks that it takes in", 1e-6, 1e9),
    needs("safe_mode", time, "from the last report to service", 0, sim::year.value),
    may("switch_over", time, "two: until the one that stands by serves", 0, sim::year.value),
    part("outage", object, "outages of one", "/failures/*/outage", true),
};

constexpr std::array metadata{
    needs("name", text, "what it is", 1, most_name),
    needs("count", integer, "1, or 2 that are kept in step", 1, 2),
    needs("lifetime", lifetime, "of one, until its content is gone"),
    may("resync", time, "two: until a lost one is whole again", second, thousand_years),
    may("backup_every", time, "from one copy elsewhere to the next", second, thousand_years),
};

constexpr std::array writes{
    needs("per_day", bytes, "written in a day", 0, most_data),
    needs("from", time, "hour of the day at which it begins", 0, sim::day.value),
    needs("to", time, "... and ends", 0, sim::day.value),
    needs("overwritten", fraction, "share that replaces older data", 0, 1),
};

constexpr std::array snapshots{
    needs("every", time, "from one snapshot to the next", 60, sim::year.value),
    Field{.key = "most",
          .kind = integer,
          .meaning = "snapshots that there may be",
          .low = 1,
          .high = 1e5,
          .fallback = "256",
          .source = "product description of the hybrid array",
          .year = 2016},
    part("keep", list, "which are kept, and how long; all if absent",
         "/lifecycle/snapshots/keep/*"),
};

constexpr std::array keep{
    needs("every", time, "the first of each such period", 60, thousand_years),
    needs("for", time, "is kept so long", 60, thousand_years),
};

constexpr std::array line{
    needs("rate", byte_rate, "of the line", 1, most_rate),
    needs("share", fraction, "that the copy may use; a restore uses all", 1e-6, 1),
    may("from", time, "hour of the day from which the copy may use it", 0, sim::day.value),
    may("to", time, "... and until which", 0, sim::day.value),
    part("outage", object, "times without it", "/failures/*/outage"),
};

constexpr std::array cache{
    needs("name", text, "what it is", 1, most_name),
    needs("capacity", bytes, "of it", 1, most_data),
    needs("zipf", number, "the r-th most wanted object is read in proportion to r^-zipf", 0, 3),
};

constexpr std::array classes{
    needs("added_per_year", bytes, "new objects in the first year", 0, most_data),
    needs("growth", fraction, "of what is added, from year to year", 0, 10),
    needs("growth_for", time, "so long; then it stays", 0, thousand_years),
    needs("horizon", time, "time that is looked at", sim::day.value, 100 * sim::year.value),
    part("reads", object, "how often an object is read", "/lifecycle/reads", true),
    part("use", list, "the classes, from the dearest", "/lifecycle/classes/use/*", true),
    may("expire_after", time, "age at which an object is deleted", sim::day.value, thousand_years),
};

constexpr std::array class_use{
    Field{.key = "class",
          .kind = choice,
          .meaning = "the class",
          .required = true,
          .choices = class_names},
    may("after", time, "age from which objects go there; the first class takes them at once", 0,
        thousand_years),
    may("unread_for", time, "... if nobody read them for so long", 0, thousand_years),
    may("restore_delay", duration, "until the first byte can be read; none if absent"),
};

constexpr std::array copy_fields{
    needs("name", text, "what it is", 1, most_name),
    needs("place", text, "where it stands, as region/zone", 1, most_name),
    needs("medium", text, "what it stands on", 1, most_name),
    Field{.key = "versions",
          .kind = choice,
          .meaning = "how older states are kept",
          .required = true,
          .choices = version_kinds},
    may("versions_for", time, "older states go back so far", 0, thousand_years),
    may("behind", time, "how far it trails behind; as the line does if absent", 0, thousand_years),
    may("restore", byte_rate, "rate of a restore from it; used where it stands if absent", 1,
        most_rate),
    may("delay", duration, "until its first byte; none if absent"),
    Field{.key = "encrypted",
          .kind = choice,
          .meaning = "with the key of the device",
          .choices = yes_or_no,
          .fallback = "no",
          .source = "a decision: only what is said to be encrypted needs the key",
          .year = 2026},
};

constexpr std::array intake{
    needs("rate", byte_rate, "bytes written", 1, most_rate),
    needs("operations", rate, "operations, one at least for each object", 1e-6, 1e12),
};

constexpr std::array key_fields{
    needs("copies", integer, "copies of the key", 1, 10),
    needs("lost", rate, "each copy", 0, most_reads),
    needs("checked_every", time, "whether a copy is there; it is made anew if not", second,
          thousand_years),
};

constexpr std::array incident{
    needs("name", text, "what happens", 1, most_prose),
    Field{.key = "kind",
          .kind = choice,
          .meaning = "what it does",
          .required = true,
          .choices = incident_kinds},
    may("place", text, "place: which", 1, most_name),
    needs("between", lifetime, "from one to the next"),
    may("destroys", fraction, "place: chance that what is there cannot be read afterwards", 0, 1),
    may("found_after", duration, "until it is found; at once if absent"),
    may("ready_after", duration, "from there until there is something to restore to"),
};

constexpr std::array sharing{
    needs("every", time, "from one synchronisation to the next", 0, sim::year.value),
    needs("rate", byte_rate, "of the line to a reader", 1, most_rate),
    needs("file", bytes, "that is passed on", 1, most_data),
};

constexpr std::array file_tier{
    needs("set", bytes, "data that a computation reads", 1, most_data),
    needs("slowest", byte_rate, "of the tier", 1, most_rate),
    needs("fastest", byte_rate, "of the tier", 1, most_rate),
    needs("stage", byte_rate, "from the object store to the tier", 1, most_rate),
};

constexpr std::array sections{
    Section{"/lifecycle", "what moves data, copies them away and brings them back",
            lifecycle_fields},
    Section{"/lifecycle/reads", "reads that become fewer", read_rate},
    Section{"/lifecycle/cold_files", "files that become cold", cold_files},
    Section{"/lifecycle/coding_server", "what encodes and recovers cold files", coding_server},
    Section{"/lifecycle/name_node", "what knows where blocks are", name_node},
    Section{"/lifecycle/metadata/*", "a store without whose content all files are lost", metadata},
    Section{"/lifecycle/writes", "what is written to the array", writes},
    Section{"/lifecycle/snapshots", "incremental snapshots", snapshots},
    Section{"/lifecycle/snapshots/keep/*", "which are kept", keep},
    Section{"/lifecycle/line", "the line to the cloud", line},
    Section{"/lifecycle/caches/*", "a part of the data that is near its readers", cache},
    Section{"/lifecycle/classes", "objects in the classes of a cloud", classes},
    Section{"/lifecycle/classes/use/*", "a class", class_use},
    Section{"/lifecycle/copies/*", "a copy of the data", copy_fields},
    Section{"/lifecycle/intake", "what the array takes in while it is restored to", intake},
    Section{"/lifecycle/key", "the key that the device encrypts with", key_fields},
    Section{"/lifecycle/incidents/*", "an event that a copy has to survive", incident},
    Section{"/lifecycle/sharing", "readers who get what a writer wrote", sharing},
    Section{"/lifecycle/file_tier", "files staged for computing", file_tier},
};

}  // namespace

std::span<const Section> lifecycle_sections() { return sections; }

}  // namespace models::scenario
