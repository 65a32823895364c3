#pragma once

#include <array>
#include <cstdint>

#include "models/units.h"

/// Closed forms of the literature. Rates and times of one call share one time unit unless the types
/// say more. `loss` is the rate at which one unit is lost, `repair` the rate at which one missing
/// unit comes back; both > 0.
namespace models::analytic {

/// P(any of `count` independent stripes is lost), each with probability p in [0, 1]. count >= 0
/// need not be whole: a year of several missions, a mission of several years.
double any_of_independent(double count, double p);

/// P(an object is lost) when it has `stripes` stripes on groups drawn at random and each of the
/// `groups` is lost with probability p: E[1 - (1 - lost / groups)^stripes] over the binomial count
/// of lost groups. Fewer than one stripe count as one. @pre groups >= 0, p in [0, 1]
double object_loss(double stripes, double groups, double p);

/// Mean time to data loss of two copies: (repair + 3 loss) / (2 loss^2).
/// Source: Xin et al., Reliability Mechanisms for Very Large Storage Systems, MSST 2003.
double mirror_mttdl(double loss, double repair);

/// Of three copies with parallel repair: (2 repair^2 + 7 loss repair + 11 loss^2) / (6 loss^3).
/// Source: Xin et al., MSST 2003.
double three_way_mirror_mttdl(double loss, double repair);

/// Of n disks of which any one may be missing (RAID-4, RAID-5):
/// (repair + (2n - 1) loss) / (n (n - 1) loss^2). @pre n >= 2
/// Source: Greenan, Plank, Wylie, Mean Time to Meaningless, HotStorage 2010.
double raid_mttdl(int n, double loss, double repair);

/// The same when repair is much faster than loss: mttf^2 / (n (n - 1) mttr). @pre n >= 2
/// Source: Elerath and Pecht, Enhanced Reliability Modeling of RAID Storage Systems, DSN 2007.
double classical_raid_mttdl(int n, double mttf, double mttr);

/// A disk array of 1988: `data` data disks in groups of `group` data and `check` check disks.
struct Raid1988 {
  double data{};
  double group{};
  double check{};
};
/// mttf^2 / ((D + C D/G) (G + C - 1) mttr). @pre data, group > 0 and group + check > 1
/// Source: Patterson, Gibson, Katz, A Case for Redundant Arrays of Inexpensive Disks, SIGMOD 1988.
double raid1988_mttdl(const Raid1988& array, double mttf, double mttr);

/// Mean time to data loss of s copies or shards with one serial repairer when s - needed + 1 must
/// be gone: 1/loss sum_{k=0}^{s-needed} sum_{i=0}^{k} (repair/loss)^i / (s - k + i)_(i+1), (a)_(b)
/// the falling factorial. The same as the chain of k_of_n(..., Repair::serial). Source: Ford et
/// al., Availability in Globally Distributed Storage Systems, OSDI 2010, section 8.2.
/// @pre 1 <= needed <= shards
double serial_repair_mttdl(int shards, int needed, double loss, double repair);

/// Annual loss of n shards when more than `tolerated` failures within one of the disjoint windows
/// lose the data. Blind to failures that straddle the edge of a window, so low by about
/// tolerated + 1. `year` is the caller's: the source uses 365 days.
/// Source: Backblaze, erasure-coding durability calculator.
double windowed_annual_loss(int n, int tolerated, PerYear failure_rate, Seconds window,
                            Seconds year);

/// Long-run rate at which one more of n units goes missing while `tolerated` are, when each unit is
/// lost at rate `loss` and then comes back after `repair_time` on average, all independently and
/// whatever the distribution of that time: n loss (1 - A) P(tolerated of the others are missing), A
/// = loss repair_time / (1 + loss repair_time). Where loss is rare it is the rate of data loss.
/// Source: alternating renewal processes (Barlow and Proschan, Statistical Theory of Reliability,
/// 1975). @pre 0 <= tolerated < n; loss, repair_time >= 0
double crossing_rate(int n, int tolerated, double loss, double repair_time);

/// P(at least `needed` of `shards` survive) and its complement, the number of failures Poisson with
/// mean shards x p. Each is computed by itself, so a small loss keeps its relative accuracy.
/// Source: Storj v3 whitepaper, section 3.4. @pre 1 <= needed <= shards, p > 0
struct PoissonDurability {
  double kept{};
  double lost{};
};
PoissonDurability poisson_durability(int shards, int needed, double p);

/// P(`failed` of `nodes` machines at once hold all copies of some chunk) with `copysets` sets of
/// `copies` machines, sets taken as independent: 1 - (1 - C(failed, copies) / C(nodes,
/// copies))^copysets. Source: Cidon et al., Copysets, USENIX ATC 2013. @pre 1 <= copies <= nodes,
/// failed <= nodes
double copyset_loss(std::int64_t nodes, std::int64_t failed, int copies, double copysets);

/// Failures over drive-days as a rate; drive statistics are published with a year of 365 days,
/// which is what this uses. Source: Backblaze Drive Stats. @pre drive_days > 0
double failures_per_drive_year_of_365_days(double failures, double drive_days);

/// What a minimum-storage regenerating code reads to rebuild one shard from `helpers` others, as a
/// share of the k shards that Reed-Solomon reads: d / (k (d - k + 1)). @pre data <= helpers
/// Source: Dimakis et al., Network Coding for Distributed Storage Systems, IEEE Trans. IT 56, 2010.
double msr_repair_share(int data, int helpers);

/// Time in which `machines` rebuild one disk of "1 TB" at "30 MB/s" each, for the four readings of
/// the units: TiB and MiB, TB and MB, TB and MiB, TiB and MB.
std::array<Seconds, 4> rebuild_unit_readings(double machines, double tera, double mega_per_second);

}  // namespace models::analytic
