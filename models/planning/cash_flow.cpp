#include "models/planning/cash_flow.h"

#include <algorithm>
#include <cmath>

namespace models::planning {
namespace {

constexpr std::array<std::string_view, expense_kinds> names{
    "disks",         "machines", "racks and switches", "gateways, front ends",
    "energy",        "room",     "failures",           "network lines",
    "cloud storage", "delivery", "migration",          "restore drills"};

/// Units that are bought when they are missing and leave after their life.
class Stock {
 public:
  explicit Stock(double life) : life_(life) {}

  struct Change {
    double bought{};
    double retired{};
  };

  Change reach(double need, int year) {
    Change change;
    for (Lot& lot : lots_) {
      if (lot.count > 0 && year - lot.year >= life_) {
        change.retired += lot.count;
        lot.count = 0;
      }
    }
    double there = 0;
    for (const Lot& lot : lots_) there += lot.count;
    change.bought = std::max(0.0, need - there);
    if (change.bought > 0) lots_.push_back({year, change.bought});
    return change;
  }

 private:
  struct Lot {
    int year;
    double count;
  };
  double life_;
  std::vector<Lot> lots_;
};

double erosion(double rate, double years) { return std::pow(1 + rate, std::max(0.0, years)); }

/// Payments under way, year by year.
class Ledger {
 public:
  Ledger(const Space& space, const Design& design)
      : space_(space),
        plan_(space.plan()),
        design_(design),
        disks_(plan_.catalogue.life_years),
        machines_(plan_.catalogue.life_years),
        file_disks_(plan_.catalogue.life_years),
        entrances_(plan_.catalogue.life_years),
        racks_(never),
        switches_(plan_.catalogue.life_years),
        cores_(plan_.catalogue.life_years) {}

  YearCash pay(int year, const YearSize& size) {
    YearCash cash;
    // Prices are those of the order; the first order is placed at today's.
    const double ordered = std::max(0.0, year - plan_.catalogue.lead_years);
    cash.ordered_years_ahead = year - ordered;
    if (!design_.cloud_only) {
      buy(year, ordered, size, cash);
      run(year, size, cash);
    }
    if (size.lines > 0) {
      cash[Expense::lines] = size.lines * plan_.catalogue.lines[size.line].price_per_year;
    }
    cloud(year, cash);
    deliver(year, cash);
    cash[Expense::drills] = plan_.economy.drills_per_year * plan_.economy.drill_price;
    return cash;
  }

 private:
  void buy(int year, double ordered, const YearSize& size, YearCash& cash) {
    const Catalogue& catalogue = plan_.catalogue;
    const Book& book = space_.book();
    const DiskKind& disk = catalogue.disks[design_.disk];
    const MachineKind& machine = catalogue.machines[design_.machine];
    disk_factor_ = erosion(plan_.economy.disk_erosion, ordered);
    machine_factor_ = erosion(plan_.economy.machine_erosion, ordered);
    const auto of_disk = [&](const DiskKind& kind) {
      return kind.price_per_tb * (kind.capacity / terabyte) * disk_factor_;
    };
    const auto disks = disks_.reach(size.disks, year);
    cash.disks_bought = disks.bought;
    cash.disks_retired = disks.retired;
    cash.line(BillItem::disks) = {disks.bought, of_disk(disk)};
    if (const auto kind = space_.file_disk()) {
      const double bought = file_disks_.reach(size.file_disks, year).bought;
      cash.disks_bought += bought;
      cash.line(BillItem::file_disks) = {bought, of_disk(catalogue.disks[*kind])};
    }
    const auto machines = machines_.reach(size.machines + size.file_machines, year);
    cash.machines_bought = machines.bought;
    cash.machines_retired = machines.retired;
    cash.line(BillItem::machines) = {machines.bought, machine.price * machine_factor_};
    cash.line(BillItem::racks) = {racks_.reach(size.racks, year).bought, book.rack};
    cash.line(BillItem::rack_switches) = {switches_.reach(size.switches, year).bought,
                                          book.rack_switch * machine_factor_};
    cash.line(BillItem::core_switches) = {cores_.reach(size.core_switches, year).bought,
                                          book.core_switch * machine_factor_};
    const double entrances = entrances_.reach(1, year).bought > 0 ? 1 : 0;
    cash.line(BillItem::gateways) = {entrances * catalogue.gateways.count,
                                     book.gateway * machine_factor_};
    cash.line(BillItem::front_ends) = {entrances * catalogue.front_ends.count,
                                       book.front_end * machine_factor_};
    add_up(cash);
    const double filled = size.disks > 0 ? size.redundant_tb / size.disks : 0;
    cash.migrated_tb = std::min(disks.retired, size.disks) * filled;
    cash[Expense::migration] = cash.migrated_tb * plan_.economy.migration_per_tb;
    cash.migration_days = sim::in_days(cash.migrated_tb * terabyte / plan_.economy.migration_rate);
  }

  static void add_up(YearCash& cash) {
    const auto total = [&cash](BillItem item) { return cash.line(item).total(); };
    cash[Expense::disks] = total(BillItem::disks) + total(BillItem::file_disks);
    cash[Expense::machines] = total(BillItem::machines);
    cash[Expense::network] =
        total(BillItem::racks) + total(BillItem::rack_switches) + total(BillItem::core_switches);
    cash[Expense::entrances] = total(BillItem::gateways) + total(BillItem::front_ends);
  }

  void run(int year, const YearSize& size, YearCash& cash) {
    const Book& book = space_.book();
    const double kwh = size.kilowatts * sim::in_hours(sim::year) * book.pue;
    cash[Expense::energy] =
        kwh * book.electricity * std::pow(1 + plan_.economy.energy_growth, year);
    cash[Expense::room] = size.racks * (book.rack_space + book.rack_care);
    const DiskKind& disk = plan_.catalogue.disks[design_.disk];
    const MachineKind& machine = plan_.catalogue.machines[design_.machine];
    const double failed = size.disks * space_.disk_losses();
    const double machines = size.machines * space_.machine_losses();
    const double visits = std::min(failed, 1 / sim::in_years(plan_.search.visits[design_.visit]));
    cash[Expense::failures] =
        failed * (disk.price_per_tb * (disk.capacity / terabyte) * disk_factor_ + book.disk_swap) +
        machines * machine.price * machine_factor_ + (visits + machines) * book.technician_call;
  }

  void cloud(int year, YearCash& cash) {
    const auto& demand = space_.demand(design_.cold);
    const YearDemand& now = demand[static_cast<std::size_t>(year)];
    const Bytes hot_before =
        year == 0 ? stock_of(plan_) : demand[static_cast<std::size_t>(year) - 1].hot;
    const Bytes cold_before = year == 0 ? Bytes{} : demand[static_cast<std::size_t>(year) - 1].cold;
    const Book& book = space_.book();
    // Twelve like months: what lies there on average over the year.
    const auto mean_tb = [](Bytes before, Bytes after) { return (before + after) / 2 / terabyte; };
    double paid = 0;
    if (design_.cloud_only) {
      paid += cloud_bill({.stored_tb = 12 * mean_tb(hot_before, now.hot),
                          .retrieved_tb = now.hot_read / terabyte,
                          .egress_tb = now.hot_read / terabyte,
                          .requests = (now.objects_in + now.hot_reads) / 1e6},
                         book.standard, book.egress);
    }
    if (design_.cold.kind == ColdKind::cloud) {
      const double objects =
          now.objects > 0 && now.stored().value > 0 ? now.objects * (now.cooled / now.stored()) : 0;
      paid += cloud_bill({.stored_tb = 12 * mean_tb(cold_before, now.cold),
                          .retrieved_tb = now.cold_read / terabyte,
                          .egress_tb = now.cold_read / terabyte,
                          .requests = (objects + now.cold_reads) / 1e6},
                         book.cold[design_.cold.which], book.egress);
    }
    if (design_.copy != no_copy) {
      paid += cloud_bill({.stored_tb = 12 * mean_tb(hot_before + cold_before, now.stored()),
                          .retrieved_tb = 0,
                          .egress_tb = 0,
                          .requests = now.objects_in / 1e6},
                         book.copy[design_.copy], book.egress);
    }
    cash[Expense::cloud] = paid * erosion(plan_.economy.cloud_erosion, year);
  }

  void deliver(int year, YearCash& cash) {
    if (!plan_.delivery) return;
    const YearDemand& now = space_.demand(design_.cold)[static_cast<std::size_t>(year)];
    cash[Expense::delivery] = now.read() / terabyte * plan_.delivery->outside_share *
                              plan_.delivery->cdn_share * plan_.delivery->cdn_price;
  }

  const Space& space_;
  const Plan& plan_;
  const Design& design_;
  Stock disks_, machines_, file_disks_, entrances_, racks_, switches_, cores_;
  double disk_factor_{1};
  double machine_factor_{1};
};

}  // namespace

std::string_view to_string(Expense expense) { return names[static_cast<std::size_t>(expense)]; }

std::string bill_words(const Space& space, const Design& design, BillItem item) {
  const Catalogue& catalogue = space.plan().catalogue;
  switch (item) {
    case BillItem::disks:
      return catalogue.disks[design.disk].name;
    case BillItem::file_disks:
      return space.file_disk() ? catalogue.disks[*space.file_disk()].name : "";
    case BillItem::machines:
      return catalogue.machines[design.machine].name;
    case BillItem::racks:
      return "rack";
    case BillItem::rack_switches:
      return "rack switch";
    case BillItem::core_switches:
      return "core switch";
    case BillItem::gateways:
      return "gateway";
    case BillItem::front_ends:
      return "front end";
  }
  return "";
}

double YearCash::capital() const {
  const YearCash& self = *this;
  return self[Expense::disks] + self[Expense::machines] + self[Expense::network] +
         self[Expense::entrances] + self[Expense::migration];
}

double YearCash::running() const {
  double sum = 0;
  for (const double one : paid) sum += one;
  return sum - capital();
}

double cloud_bill(const CloudMonth& month, const Book::Class& prices, double egress_per_tb) {
  return month.stored_tb * prices.storage + month.retrieved_tb * prices.retrieval +
         month.egress_tb * egress_per_tb + month.requests * prices.requests;
}

CashFlow cash_flow_of(const Space& space, const Design& design,
                      const std::vector<YearSize>& sizes) {
  CashFlow flow;
  flow.years.reserve(sizes.size());
  Ledger ledger(space, design);
  const auto& demand = space.demand(design.cold);
  double tb_years = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const YearCash& cash = flow.years.emplace_back(ledger.pay(static_cast<int>(i), sizes[i]));
    const double capital = cash.capital();
    const double running = cash.running();
    flow.capital += capital;
    flow.running += running;
    const auto year = static_cast<double>(i);
    flow.net_present += capital * std::pow(1 + space.plan().economy.discount, -year) +
                        running * std::pow(1 + space.plan().economy.discount, -(year + 0.5));
    tb_years += demand[i].stored() / terabyte;
  }
  flow.total = flow.capital + flow.running;
  flow.per_tb_year = tb_years > 0 ? flow.total / tb_years : 0;
  return flow;
}

}  // namespace models::planning
