#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/scenario/scenario.h"
#include "models/scenario/uncertain.h"
#include "models/units.h"

/// From demand to a priced design. A plan as plain values in base units: read_plan.h fills it; past
/// that, code trusts it. Every figure of a shipped plan is an editable planning value.
namespace models::planning {

/// Growth of the yearly volume for a while; the last step holds for good.
struct GrowthStep {
  double rate{};  ///< 0.4: 40 % more each year; above -1
  double years{};
};

/// A part of what is stored, and how long the law wants it.
struct Retention {
  std::string name;
  double share{1};
  double years{};
};

/// Of all reads of an object in its life, the share up to an age; the rest comes evenly until it
/// expires. Each is at least the one before.
struct Access {
  double within_30_days{};
  double within_90_days{};
  double within_365_days{};
};

enum class Cools { yes, no };

/// A modality, or another system that stores data.
struct Source {
  std::string name;
  std::string kind;           ///< of source_kinds()
  double objects_per_year{};  ///< in the first year: studies, slides, files
  Bytes size{};               ///< mean of an object as it is produced
  double lossless_ratio{1};   ///< produced bytes over stored bytes, >= 1
  Bytes stock{};              ///< stored bytes that are there at the start
  double stock_years{1};      ///< they came in evenly over so many years
  std::vector<GrowthStep> growth;
  std::vector<Retention> retention;  ///< shares add up to 1
  double reads_per_object{};         ///< in its life
  Access access;
  Cools cools{Cools::yes};  ///< no: stays on the first tier whatever its age (databases, machines)
};

struct Demand {
  double visits_per_year{};
  double peak_hour_share{};  ///< of a day's work
  double working_days{};     ///< a year
  std::vector<Source> sources;
};

/// Work space of image computing: the hot part of the stock on fast disks of its own.
struct FileTier {
  Bytes capacity{};
  BytesPerSecond bandwidth{};
  Seconds latency{};
};

/// Reading by many clients outside.
struct Delivery {
  double outside_share{};  ///< of all reads that leave the machine room
  double cdn_share{};      ///< of these that a content delivery network answers itself
  double cdn_price{};      ///< per TB it delivers
};

struct DiskKind {
  std::string name;
  bool flash{};
  Bytes capacity{};
  BytesPerSecond read{};
  BytesPerSecond write{};
  double iops{};
  Seconds latency{};  ///< of one read on an idle disk
  double price_per_tb{};
  double watts{};
};

struct MachineKind {
  std::string name;
  int disks{};
  int rack_units{};
  double price{};
  double watts{};
  BytesPerSecond network{};
};

struct LineKind {
  std::string name;
  BytesPerSecond rate{};
  double price_per_year{};
};

/// What can be bought, and how a machine room is built of it.
struct Catalogue {
  std::vector<DiskKind> disks;
  std::vector<MachineKind> machines;
  std::vector<LineKind> lines;  ///< by rate, slowest first
  int rack_units{42};
  double rack_watts{};  ///< that one rack may draw
  int rack_switches{2};
  int core_switches{2};
  scenario::Entrances gateways;
  scenario::Entrances front_ends;
  BytesPerSecond rack_uplink{};
  BytesPerSecond core{};
  double rebuild_share{};  ///< of network capacities
  double usable_fill{};
  double usable_load{};  ///< share of a disk's or a line's rate that is planned for
  double life_years{};   ///< of machines and disks
  double lead_years{};   ///< from order to use
};

struct Economy {
  double disk_erosion{};  ///< price change a year: -0.09 is 9 % cheaper each year
  double machine_erosion{};
  double cloud_erosion{};
  double energy_growth{};
  double discount{};
  double migration_per_tb{};        ///< when machines are replaced
  BytesPerSecond migration_rate{};  ///< of the whole store
  double drills_per_year{};         ///< restore drills
  double drill_price{};
  std::optional<double> rate_of_exchange{};  ///< units of `shown_currency` for one of the book
  std::string shown_currency;
};

/// How lost redundancy comes back, beyond what the search decides.
struct Care {
  Seconds detection{};
  Seconds switch_over{};    ///< to another site
  Seconds copy_interval{};  ///< between copies to the cloud
};

/// What is put together to designs; each list has at least one entry.
struct SearchSpace {
  std::vector<codes::CodeSpec> codes;
  std::vector<codes::CodeSpec> cold_codes;  ///< may be empty
  std::vector<std::string> cloud_classes;   ///< for cold data; may be empty
  std::vector<std::string> copy_classes;    ///< for a copy of everything; may be empty
  bool cloud_only{};                        ///< also with no machines at all
  std::vector<double> cold_after_years;
  int most_sites{1};
  std::vector<BytesPerSecond> rebuild_rates;  ///< of a machine, reads and writes each
  std::vector<Seconds> scrubs;
  std::vector<Seconds> visits;  ///< between visits of who changes disks
};

struct Survive {
  std::string unit;  ///< disk, machine, rack, site, gateway
  int count{1};
};

struct Targets {
  std::optional<double> durability_nines;  ///< of an object and year
  std::optional<double> availability;      ///< share of time that data can be read
  std::optional<Seconds> rebuild;          ///< of a lost disk, detection included
  std::optional<Seconds> rpo;              ///< after the loss of a site
  std::optional<Seconds> rto;
  std::optional<Seconds> read_latency;  ///< of the first tier at the peak
  std::optional<double> budget;         ///< all payments to the horizon, not discounted
  std::optional<double> rack_units;
  std::optional<double> kilowatts;
  std::vector<Survive> survive;
};

struct Plan {
  std::string name;
  std::string description;
  int years{};  ///< the horizon
  int first_year{};
  Demand demand;
  std::optional<FileTier> file_tier;
  std::optional<Delivery> delivery;
  Catalogue catalogue;
  scenario::Failures failures;
  Care care;
  scenario::Prices prices;
  Economy economy;
  SearchSpace search;
  Targets targets;
  std::vector<scenario::UncertainInput> uncertain;
  std::shared_ptr<const scenario::Origin> origin;  ///< null for a plan built in code
  std::string file;
  std::string sha256;
};

/// The price of a key of the book; 0 where it has none (1 for the PUE).
double price_of(const scenario::Prices& prices, std::string_view key);

}  // namespace models::planning
