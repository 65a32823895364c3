#include "tests/models/planning/small_plan.h"

namespace models::planning {

Plan small_plan() {
  Plan plan;
  plan.name = "small";
  plan.years = 3;
  plan.first_year = 2026;
  Source source;
  source.name = "all";
  source.kind = "other";
  source.objects_per_year = 100;
  source.size = {2e12};
  source.lossless_ratio = 2;
  source.stock = {80e12};
  source.stock_years = 1;
  source.growth = {{0.5, 100}};
  source.retention = {{"kept", 1, 2}};
  source.reads_per_object = 4;
  source.access = {0.5, 0.7, 0.9};
  plan.demand = {
      .visits_per_year = 0, .peak_hour_share = 0.1, .working_days = 250, .sources = {source}};
  Catalogue& catalogue = plan.catalogue;
  catalogue.disks = {{.name = "10 TB",
                      .flash = false,
                      .capacity = {10e12},
                      .read = {200e6},
                      .write = {200e6},
                      .iops = 100,
                      .latency = {0.008},
                      .price_per_tb = 20,
                      .watts = 10}};
  catalogue.machines = {{.name = "10-bay",
                         .disks = 10,
                         .rack_units = 2,
                         .price = 1000,
                         .watts = 100,
                         .network = {1e9}}};
  catalogue.lines = {{.name = "1 Gbit/s", .rate = {125e6}, .price_per_year = 1000}};
  catalogue.rack_watts = 1e4;
  catalogue.rack_switches = 1;
  catalogue.core_switches = 1;
  catalogue.rack_uplink = {1e10};
  catalogue.core = {1e11};
  catalogue.rebuild_share = 0.5;
  catalogue.usable_fill = 1;
  catalogue.usable_load = 0.9;
  catalogue.life_years = 2;
  catalogue.lead_years = 0;
  plan.failures.disk = sim::Distribution::exponential(sim::years(50));
  plan.care = {
      .detection = sim::minutes(15), .switch_over = sim::hours(1), .copy_interval = sim::hours(24)};
  plan.prices.currency = "USD";
  plan.prices.items["rack"] = {500, "per rack", "test"};
  plan.prices.items["rack_space"] = {100, "per rack and year", "test"};
  plan.economy.migration_per_tb = 1;
  plan.economy.migration_rate = {1e9};
  SearchSpace& search = plan.search;
  search.codes = {{.kind = "replication", .parameters = {{"copies", 2}}}};
  search.cold_codes = {{.kind = "reed-solomon", .parameters = {{"data", 2}, {"parity", 1}}}};
  search.cold_after_years = {1};
  search.rebuild_rates = {{50e6}};
  search.scrubs = {sim::days(30)};
  search.visits = {sim::days(3)};
  return plan;
}

}  // namespace models::planning
