#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/policy/cold_data_scan.h"
#include "models/policy/lifecycle_rule.h"
#include "models/policy/snapshot_schedule.h"
#include "models/units.h"
#include "sim/distribution.h"

/// Section `lifecycle` of a scenario as plain values: what moves data, copies them away and brings
/// them back. The rules are those of the policies in models/lifecycle.
namespace models::scenario {

/// A part that goes away and comes back, of something that is no part of the hardware.
struct Interruption {
  sim::Distribution between;  ///< from the end of one to the next
  sim::Distribution duration;
};

/// Reads of one object: so many at first, half as many after each `halve`, never fewer than
/// `later`.
struct ReadRate {
  sim::PerSecond at_first{};
  Seconds halve{};
  sim::PerSecond later{};
};

struct ColdFiles {
  std::string hot;  ///< names of strategies
  std::string cold;
  Seconds horizon{};
  Seconds stock_age{};     ///< the files at the start were written evenly over this time
  Bytes added_per_year{};  ///< evenly
  double size_sigma{};  ///< spread of sizes about their mean: standard deviation of the logarithm
  ReadRate reads;
  policy::ColdRule rule;
};

/// What encodes cold files, reads them back, and recovers what is lost of them.
struct CodingServer {
  BytesPerSecond rate{};  ///< of all that it reads and writes
  std::optional<Interruption> outage;
};

/// Something without whose content all files are lost: a name node, a table of files.
struct MetadataStore {
  std::string name;
  int count{1};  ///< 1, or 2 that are kept in step
  sim::Distribution lifetime = sim::Distribution::exponential({1});
  Seconds resync{};                     ///< until a lost one of two is whole again
  std::optional<Seconds> backup_every;  ///< a copy elsewhere, so old at most
};

struct NameNodeStart {
  Bytes block{};            ///< of the store: one report for each copy or shard of it
  sim::PerSecond blocks{};  ///< reported in a second
  Seconds safe_mode{};      ///< after the last report
  int count{1};             ///< name nodes; of two one stands by
  Seconds switch_over{};    ///< to the one that stands by
  Interruption outage;      ///< of one
};

struct Writes {
  Bytes per_day{};
  Seconds from{};  ///< of the day, evenly until ...
  Seconds to{};
  double overwritten{};  ///< share of it that replaces what snapshots then hold
};

struct CloudLine {
  BytesPerSecond rate{};
  double share{1};  ///< that the copy may use; a restore uses all
  policy::CopyRule hours;
  std::optional<Interruption> outage;
};

/// The part of the data that is near the readers; the rest is fetched.
struct CacheUse {
  std::string name;
  Bytes capacity{};
  double zipf{};  ///< the r-th most wanted object is read in proportion to r^-zipf
};

struct ClassUse {
  std::string name;  ///< of economics::cloud_classes()
  sim::Distribution restore_delay = sim::Distribution::fixed({0});
};

/// Objects that pass through the classes of a cloud.
struct ClassFlow {
  Bytes added_per_year{};  ///< in the first year
  double growth{};         ///< of what is added, a year ...
  Seconds growth_for{};    ///< ... so long; then it stays
  Seconds horizon{};
  ReadRate reads;
  std::vector<ClassUse> classes;  ///< the first is where objects enter
  policy::LifecycleSettings rule;
};

/// How older states of a copy are kept.
enum class Versions {
  none,       ///< it follows the data: what is deleted there is deleted here
  snapshots,  ///< older states, which whoever has the rights can delete as well
  immutable   ///< older states that nobody can delete before they expire
};

struct StoredCopy {
  std::string name;
  std::string place;   ///< "region/zone": a place lies in what its beginning names
  std::string medium;  ///< "array", "object store", "tape"
  Versions versions{Versions::none};
  bool over_line{};          ///< it trails behind as the line does
  Seconds behind{};          ///< else by so much
  Seconds versions_for{};    ///< older states go back so far
  BytesPerSecond restore{};  ///< of all data; 0: it is used where it stands
  sim::Distribution delay = sim::Distribution::fixed({0});  ///< until its first byte
  bool encrypted{};                                         ///< with the key of the device
};

struct KeyCare {
  int copies{1};
  sim::PerSecond lost{};    ///< each copy
  Seconds checked_every{};  ///< and made anew if it is gone
};

enum class IncidentKind {
  place,      ///< all copies in a place are gone, or cannot be read
  deletion,   ///< an operator deletes data; it is found later
  ransomware  ///< likewise, and whoever did it has the operators' rights
};

struct IncidentOf {
  std::string name;
  IncidentKind kind{};
  std::string place;
  sim::Distribution between = sim::Distribution::exponential({1});
  double destroys{1};  ///< chance that what is in the place cannot be read afterwards
  sim::Distribution found_after = sim::Distribution::fixed({0});
  sim::Distribution ready_after =
      sim::Distribution::fixed({0});  ///< found to a place to restore to
};

/// What the array takes in while it is restored to.
struct Intake {
  BytesPerSecond rate{};
  sim::PerSecond operations{};  ///< one at least for each object
};

/// Readers elsewhere who get what a writer wrote.
struct Sharing {
  Seconds every{};  ///< from one synchronisation to the next
  BytesPerSecond rate{};
  Bytes file{};
};

/// Files staged from the object store for computing.
struct FileTier {
  Bytes set{};  ///< that is staged and read
  BytesPerSecond slowest{}, fastest{};
  BytesPerSecond stage{};  ///< from the object store
};

struct Lifecycle {
  std::optional<ColdFiles> cold_files;
  std::optional<CodingServer> coding_server;
  std::optional<NameNodeStart> name_node;
  std::vector<MetadataStore> metadata;
  std::optional<Writes> writes;
  std::optional<policy::SnapshotRule> snapshots;
  std::optional<CloudLine> line;
  std::vector<CacheUse> caches;
  std::optional<ClassFlow> classes;
  std::vector<StoredCopy> copies;  ///< the first is the one that is worked on
  std::optional<Intake> intake;
  std::optional<KeyCare> key;
  std::vector<IncidentOf> incidents;
  std::optional<Sharing> sharing;
  std::optional<FileTier> file_tier;
};

}  // namespace models::scenario
