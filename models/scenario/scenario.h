#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/codes/code.h"
#include "models/scenario/detection.h"
#include "models/scenario/paths.h"
#include "models/scenario/uncertain.h"
#include "models/units.h"
#include "sim/distribution.h"

/// A scenario as plain values in base units (bytes, seconds, bytes per second). The reader
/// (read_scenario.h) fills it, validate() checks it; past that, code trusts it.
namespace models::scenario {

/// The data to be kept.
struct Data {
  Bytes logical{};    ///< user bytes before redundancy
  double objects{1};  ///< number of objects (files, studies)
  Bytes stripe{};     ///< user bytes of one stripe (k data shards); an object spans size/stripe
  Bytes object_size() const { return logical / objects; }
  /// At least 1; an object is lost with any of its stripes.
  double stripes_per_object() const {
    return stripe.value > 0 ? std::max(1.0, std::ceil(object_size() / stripe)) : 1.0;
  }
};

/// Failures that were counted on drives of one model.
struct DriveRecord {
  double failures{};
  double drive_days{};
  std::string source;
};

struct Disk {
  std::string model;
  Bytes capacity{};
  BytesPerSecond read{};  ///< sustained
  BytesPerSecond write{};
  std::optional<DriveRecord> record{};  ///< of a drive of the table
};

/// Capacities of the network per direction; rebuild traffic may use `rebuild_share` of each.
struct Network {
  BytesPerSecond machine{};      ///< network card of a machine
  BytesPerSecond rack_uplink{};  ///< rack switch to core
  BytesPerSecond core{};         ///< through the core switch, all racks together
  double rebuild_share{1.0};     ///< (0, 1]
  int rack_switches{1};          ///< of a rack; one that is up serves it
  int core_switches{1};          ///< of a site; one that is up serves it
};

/// Controllers through which machines (shelves) are reached: of `count`, one that is up serves the
/// `machines` neighbours of a rack behind them. None: machines hang on their switches.
struct Controllers {
  int count{0};
  int machines{1};
};

/// Parts in a row on the way to the clients, of which `needed` must be up.
struct Entrances {
  int count{0};
  int needed{1};
};

/// Regular hardware: sites x racks x machines x disks, switches of each rack and of each site.
struct Hardware {
  int sites{1};
  int racks_per_site{1};
  int machines_per_rack{1};
  int disks_per_machine{1};
  Disk disk;
  Network network;
  double usable_fill{0.85};  ///< share of raw capacity that may be filled
  int power_domains{1};      ///< of a site: neighbouring racks that lose power together
  int batches{1};            ///< lots in which the disks were made: disk i is of lot i mod batches
  Controllers controllers;
  Entrances front_ends;  ///< first in the way of a client
  Entrances gateways;    ///< behind them
  std::int64_t controller_count() const {
    return controllers.count * machines() / controllers.machines;
  }
  std::int64_t machines() const { return std::int64_t{sites} * racks_per_site * machines_per_rack; }
  std::int64_t racks() const { return std::int64_t{sites} * racks_per_site; }
  std::int64_t disks() const { return machines() * disks_per_machine; }
};

/// A unit that goes away and comes back with its data.
struct Outage {
  sim::Distribution between;  ///< from the end of one outage to the next
  sim::Distribution duration;
  /// It returns with stale data and is out of reach for this share of its absence longer, while it
  /// catches up with what was written meanwhile.
  double catch_up{};
};

/// One event that strikes a whole machine, rack, power domain or site, or a lot of disks: each of
/// its disks dies for good with probability `kills`, independently; all that survive are away for
/// `away`. A wipe is one that costs all data of the place and none of its disks: they are back,
/// empty, after `away`.
struct Shock {
  sim::Distribution between;
  double kills{};  ///< (0, 1]; 1 for a wipe
  sim::Distribution away;
};

/// How often a burst has so many disks.
struct BurstSize {
  int disks{};     ///< at least 1
  double share{};  ///< of the bursts; all of them add up to 1
};

/// Disks that die within minutes of each other, though they have no one place in common: the model
/// takes them as one event of a site. The burst has one rack at its heart; each of its disks stands
/// there with probability `same_rack`, else anywhere in the site. One that is drawn twice, or does
/// not work, dies once or not at all.
struct Burst {
  sim::Distribution between;
  std::vector<BurstSize> sizes;
  double same_rack{};  ///< [0, 1]
  int largest() const;
  /// Distinct disks that one burst kills, on average, where none is down. @param racks of the site
  double mean_deaths(double racks, double disks_per_rack) const;
};

/// Disks of one model in a fleet of several. They are dealt out one by one, in turn: of every
/// `parts` of all models together, so many are of this one.
struct DiskModel {
  std::string name;
  int parts{1};
  sim::Distribution life;
  Seconds age{};  ///< at the start
};

/// Planned: the units of a kind are taken out one after another, evenly over `every`; one that is
/// away already is passed over.
struct Maintenance {
  Seconds every{};  ///< from one turn of a unit to its next
  sim::Distribution duration;
};

/// Age of the disks at the start: all new (0, 0), or bought evenly over `cohorts` dates between.
struct FleetAge {
  Seconds youngest{};
  Seconds oldest{};
  int cohorts{1};
};

/// Errors on a disk that nobody notices until the place is read: a rebuild without redundancy left
/// loses the stripe. Rates are those of a whole disk, spread evenly over its capacity.
struct LatentErrors {
  sim::PerSecond defects{};  ///< sectors that can no longer be read
  double burst{1};           ///< stripes that one defect spoils, on average
  sim::PerSecond silent{};   ///< bytes that are read but wrong: only their CRC tells
  double unreadable_bits{};  ///< chance of each bit that a rebuild reads, whatever its age
};

struct Failures {
  std::optional<sim::Distribution> disk;     ///< life of a disk: its data are gone
  std::optional<sim::Distribution> machine;  ///< permanent loss of a machine with all its disks
  std::optional<Outage> machine_outage;
  std::optional<Outage> rack_outage;
  std::optional<Outage> rack_switch_outage;
  std::optional<Outage> core_switch_outage;
  std::optional<Shock> machine_shock;
  std::optional<Shock> machine_wipe;
  std::optional<Shock> rack_shock;
  std::optional<Shock> rack_wipe;
  std::optional<Shock> power_domain_shock;
  std::optional<Shock> site_shock;
  std::optional<Shock> site_wipe;
  std::optional<Maintenance> machine_maintenance;
  std::optional<Maintenance> rack_maintenance;
  std::optional<Maintenance> rack_switch_maintenance;
  std::optional<Maintenance> core_switch_maintenance;
  std::optional<Maintenance> controller_maintenance;
  std::optional<Maintenance> gateway_maintenance;
  std::optional<Maintenance> front_end_maintenance;
  std::optional<Shock> batch_shock;         ///< of a lot of disks with a common defect
  std::optional<sim::Distribution> strain;  ///< further life of a disk while a rebuild reads it
  std::optional<Outage> power_domain_outage;
  std::optional<Outage> controller_outage;
  std::optional<Outage> gateway_outage;
  std::optional<Outage> front_end_outage;
  std::optional<Outage> site_outage;
  std::optional<Outage> software_outage;  ///< of the service as a whole
  FleetAge disk_age;
  std::vector<DiskModel> disk_models;  ///< if any, they stand for `disk` and `disk_age`
  std::optional<LatentErrors> disk_latent;
  std::optional<Burst> burst;
};

/// What shocks strike, as scenarios name it: "rack" and "shock".
struct ShockOf {
  std::string_view key;
  std::string_view event;
  std::optional<Shock> Failures::*shock;
  bool wipes{};  ///< costs data, and no hardware
};
std::span<const ShockOf> all_shocks();

/// What planned maintenance takes out, as scenarios name it.
struct MaintenanceOf {
  std::string_view key;
  std::optional<Maintenance> Failures::*maintenance;
};
std::span<const MaintenanceOf> all_maintenance();

enum class ThrottleAt {
  machine,
  disk,
  link,  ///< network card of a machine: reads leave it, writes enter it, both is either way
  rack,  ///< uplink of a rack, likewise
};
enum class ThrottleCounts { reads, writes, both };
/// With the names that scenarios use.
std::span<const std::pair<ThrottleAt, std::string_view>> all_throttle_places();

/// A ceiling on rebuild traffic of each machine, disk, network card or uplink.
struct Throttle {
  ThrottleAt at{ThrottleAt::machine};
  ThrottleCounts counts{ThrottleCounts::both};
  BytesPerSecond rate{};
};

/// Parts of the hardware that hold disks; fleet is all of it.
enum class Domain { machine, rack, site, fleet };
/// With the names that scenarios use.
std::span<const std::pair<Domain, std::string_view>> all_domains();

/// Where the content of a lost disk goes.
struct Spares {
  std::string kind{"distributed"};
  int count{};                     ///< dedicated: empty disks in each domain of kind `per`
  std::optional<Domain> per = {};  ///< empty: in each pool of the placement
  std::optional<sim::Distribution> visit =
      {};  ///< technician: failure to new hardware in its place
};

enum class ScrubKind {
  off,
  pass,   ///< each disk is read from end to end, over and over
  delay,  ///< an error is found and mended a drawn time after its birth
};
enum class ScrubChecks { crc, readable };

/// How data at rest are verified.
struct Scrub {
  ScrubKind kind{ScrubKind::off};
  ScrubChecks checks{ScrubChecks::crc};
  Seconds every{};                           ///< pass: from one reading of a shard to the next
  BytesPerSecond rate{};                     ///< pass: ceiling for each disk; 0: none
  std::optional<sim::Distribution> delay{};  ///< of kind delay
};
/// With the names that scenarios use.
std::span<const std::pair<ScrubKind, std::string_view>> all_scrub_kinds();
std::span<const std::pair<ScrubChecks, std::string_view>> all_scrub_checks();
/// Hours of the day in which clients leave rebuilding only a part of its bandwidth.
struct BusyHours {
  double from{};    ///< hours after midnight, [0, 24); the mission starts at midnight
  double to{};      ///< after `from`
  double leaves{};  ///< share of the bandwidth, (0, 1]
};

/// Which rebuilds share bandwidth as one.
enum class FlowSharing {
  together,  ///< the shards of a lost disk: they move at the pace of their tightest resource
  exact,     ///< every shard is a flow of its own, max-min fair among all
};
std::span<const std::pair<FlowSharing, std::string_view>> all_sharings();

/// What becomes of a disk that stands in the place of a lost one.
enum class NewDisks {
  wait,       ///< later rebuilds fill it
  take_back,  ///< the shards that stood in its place at first are moved back: rebalancing
};
std::span<const std::pair<NewDisks, std::string_view>> all_new_disks();

/// A technician who is not called for every single part.
struct Visits {
  int parts{1};         ///< he is called when so many wait for replacement ...
  Seconds at_latest{};  ///< ... or when one of them has waited so long
};

/// New hardware in the store room; each part that is used is ordered again at once.
struct Stock {
  int parts{};
  sim::Distribution delivery;  ///< from the order until the part lies there
};

/// Says that a disk will fail before it does. Such a disk is emptied and replaced.
struct Predictor {
  double catches{};               ///< share of the failures that are foretold, [0, 1]
  Seconds lead{};                 ///< from the warning to the failure: exponential, this mean
  sim::PerSecond false_alarms{};  ///< warnings on a disk that would have lived
};

/// When people bring new hardware: on the first `days` days of every week, from hour to hour.
struct WorkingHours {
  double from{};
  double to{};
  int days{7};
};

/// Which lost shards are rebuilt first, and when they count as whole.
enum class RebuildOrder {
  danger,   ///< those of the groups that miss most; a shard is whole as soon as it is written
  arrival,  ///< one disk after another; its shards are whole together, when the last is written
};
std::span<const std::pair<RebuildOrder, std::string_view>> all_orders();

/// Where rebuilds read and write.
enum class Traffic {
  balanced,  ///< where least is asked
  near,      ///< within the racks of the group first
  combined,  ///< the same, and each rack sends the sum of what is read in it: one shard's bytes
};
std::span<const std::pair<Traffic, std::string_view>> all_traffics();

struct Repair {
  Detection detection{};
  Seconds rebuild_delay{};  ///< from the report of a loss to the start of its rebuild
  sim::Distribution replacement =
      sim::Distribution::fixed({0});  ///< failure to new hardware in place
  /// If given, a lost disk is whole again after this time, independent of bandwidth (the model of
  /// textbook chains); otherwise the planner's batches share the bandwidth.
  std::optional<sim::Distribution> rebuild_time;
  std::vector<Throttle> throttles;
  Spares spares;
  Scrub scrub;
  RebuildOrder order{RebuildOrder::danger};
  Traffic traffic{Traffic::balanced};
  int threshold{1};                   ///< shards that a group misses when its rebuild starts
  std::optional<Seconds> patience{};  ///< so long an absent machine is waited for; empty: for ever
  std::optional<BusyHours> busy{};
  std::optional<WorkingHours> working_hours{};
  FlowSharing sharing{FlowSharing::together};
  std::optional<Visits> visits{};
  std::optional<Stock> stock{};
  std::optional<Predictor> predictor{};
  std::optional<Seconds> refresh{};  ///< each disk is emptied and replaced once in so long, in turn
  NewDisks new_disks{NewDisks::wait};
  /// Shards may leave a disk that works.
  bool moves_shards() const {
    return patience || predictor || refresh || new_disks == NewDisks::take_back;
  }
  /// From a failure to new hardware in its place, whoever brings it.
  const sim::Distribution& new_hardware() const {
    return spares.visit ? *spares.visit : replacement;
  }
};

struct Placement {
  std::string kind{"declustered"};
  int groups{};         ///< placement groups
  int max_per_rack{1};  ///< shards of one group in a rack
  int max_per_machine{1};
  int max_per_site{codes::max_shards};
  int pool{};                    ///< disks of a pool, hot spares included; 0: there are no pools
  Domain within{Domain::fleet};  ///< where a pool lies
  std::optional<Domain> across = {};  ///< mirrored: what the sides are made of
  int scatter_width{};                ///< copysets: disks that share a group with a disk; 0: none
  int racks{};                        ///< hierarchical: racks of a group; 0: not so placed
};

/// A copy of data in a class of a provider's storage: priced, not simulated.
struct CloudUse {
  std::string storage_class;   ///< a name of economics::cloud_classes()
  double share{1};             ///< of the logical data
  double read_per_year{};      ///< share of it that is read back in a year
  double requests_per_year{};  ///< in all
  Seconds kept{};              ///< mean life of an object there; 0: for good
};

/// Whose machines a strategy runs on, and so which of them it pays for.
enum class HardwareKind {
  fixed,  ///< the scenario's; it pays for its share of them
  sized,  ///< bought anew for it, as few as hold its data (sized_hardware.h); it pays for all
  own,    ///< as it describes them; it pays for all
};

/// One way to keep the data.
struct Strategy {
  std::string name;
  codes::CodeSpec code;
  Placement placement;
  Repair repair;  ///< the scenario's, with the strategy's own changes applied
  HardwareKind hardware_kind{HardwareKind::fixed};
  std::optional<Hardware> hardware{};  ///< sized or own; empty: the scenario's
  std::vector<CloudUse> cloud{};
  std::optional<Failures> failures{};  ///< with the strategy's own changes; empty: the scenario's
};

/// Prices in one currency; each item with its source.
struct PriceItem {
  double price{};
  std::string unit;  ///< "per disk", "per machine", "per kWh", ...
  std::string source;
};
struct Prices {
  std::string currency;
  std::map<std::string, PriceItem> items;  ///< the keys of economics' price table
  Seconds horizon{sim::years(5)};          ///< service life over which capital is spread
};

struct Lifecycle;

struct Claim {
  std::string id;
  std::string source;
  std::map<std::string, std::string> text;  ///< language -> words of the claim
  std::string strategy;                     ///< empty: judged for every strategy
  std::string metric;                       ///< for comparisons
  std::string op;                           ///< ">=", "<=", ">", "<"
  double value{};                           ///< in the metric's unit
  std::string kind;                         ///< of all_claim_kinds()
  std::string unit;                         ///< survives: what is lost, of claim_units()
  int count{1};                             ///< survives: how many of them at once
  std::string restores{"data"};             ///< survives: "data" or "redundancy"
  Bytes amount{};                           ///< rebuild: so much ...
  Seconds within{};                         ///< rebuild, rpo, rto: ... in this time
  std::string after;                        ///< rpo, rto: the incident in words
};

/// A section that is valid but has no model yet: printed in every result.
struct LaterSection {
  std::string name;
  std::string about;
};

/// What a scenario was read from, to read it again with other values.
struct Origin {
  std::string text;
  std::vector<std::string> overrides;
};

struct Scenario {
  std::string name;
  std::string description;
  Seconds mission{};
  Data data;
  Hardware hardware;
  Failures failures;
  Repair repair;
  std::vector<Strategy> strategies;
  std::optional<Paths> paths;
  std::optional<Prices> prices;
  std::vector<Claim> claims;
  std::vector<LaterSection> not_modelled;
  std::vector<UncertainInput> uncertain;  ///< what is only known within limits
  std::shared_ptr<const Origin> origin;   ///< null for a scenario built in code
  std::string file;    ///< as given on the command line; empty for a scenario built in code
  std::string sha256;  ///< of the file's bytes, hex
  std::shared_ptr<const Lifecycle> lifecycle{};  ///< lifecycle_values.h; null if absent

  /// What a strategy runs on, and what fails there.
  const Hardware& hardware_of(const Strategy& strategy) const {
    return strategy.hardware ? *strategy.hardware : hardware;
  }
  const Failures& failures_of(const Strategy& strategy) const {
    return strategy.failures ? *strategy.failures : failures;
  }
};

}  // namespace models::scenario
