#include "models/scenario/scenario.h"

#include <array>

namespace models::scenario {

std::span<const ShockOf> all_shocks() {
  static constexpr std::array shocks{
      ShockOf{"machine", "shock", &Failures::machine_shock},
      ShockOf{"machine", "wipe", &Failures::machine_wipe, true},
      ShockOf{"rack", "shock", &Failures::rack_shock},
      ShockOf{"rack", "wipe", &Failures::rack_wipe, true},
      ShockOf{"power_domain", "shock", &Failures::power_domain_shock},
      ShockOf{"site", "shock", &Failures::site_shock},
      ShockOf{"site", "wipe", &Failures::site_wipe, true},
      ShockOf{"batch", "shock", &Failures::batch_shock},
  };
  return shocks;
}

std::span<const MaintenanceOf> all_maintenance() {
  static constexpr std::array kinds{
      MaintenanceOf{"machine", &Failures::machine_maintenance},
      MaintenanceOf{"rack", &Failures::rack_maintenance},
      MaintenanceOf{"rack_switch", &Failures::rack_switch_maintenance},
      MaintenanceOf{"core_switch", &Failures::core_switch_maintenance},
      MaintenanceOf{"controller", &Failures::controller_maintenance},
      MaintenanceOf{"gateway", &Failures::gateway_maintenance},
      MaintenanceOf{"front_end", &Failures::front_end_maintenance},
  };
  return kinds;
}

std::span<const std::pair<ScrubKind, std::string_view>> all_scrub_kinds() {
  static constexpr std::array<std::pair<ScrubKind, std::string_view>, 3> kinds{
      {{ScrubKind::off, "off"}, {ScrubKind::pass, "pass"}, {ScrubKind::delay, "delay"}}};
  return kinds;
}

std::span<const std::pair<ScrubChecks, std::string_view>> all_scrub_checks() {
  static constexpr std::array<std::pair<ScrubChecks, std::string_view>, 2> checks{
      {{ScrubChecks::crc, "crc"}, {ScrubChecks::readable, "readable"}}};
  return checks;
}

std::span<const std::pair<RebuildOrder, std::string_view>> all_orders() {
  static constexpr std::array<std::pair<RebuildOrder, std::string_view>, 2> orders{
      {{RebuildOrder::danger, "danger"}, {RebuildOrder::arrival, "arrival"}}};
  return orders;
}

std::span<const std::pair<Traffic, std::string_view>> all_traffics() {
  static constexpr std::array<std::pair<Traffic, std::string_view>, 3> traffics{
      {{Traffic::balanced, "balanced"}, {Traffic::near, "near"}, {Traffic::combined, "combined"}}};
  return traffics;
}

std::span<const std::pair<ThrottleAt, std::string_view>> all_throttle_places() {
  static constexpr std::array<std::pair<ThrottleAt, std::string_view>, 4> places{
      {{ThrottleAt::machine, "machine"},
       {ThrottleAt::disk, "disk"},
       {ThrottleAt::link, "link"},
       {ThrottleAt::rack, "rack"}}};
  return places;
}

std::span<const std::pair<ErrorReports, std::string_view>> all_error_reports() {
  static constexpr std::array<std::pair<ErrorReports, std::string_view>, 3> table{{
      {ErrorReports::none, "none"},
      {ErrorReports::count, "count"},
      {ErrorReports::report, "report"},
  }};
  return table;
}

std::span<const std::pair<ScrubReports, std::string_view>> all_scrub_reports() {
  static constexpr std::array<std::pair<ScrubReports, std::string_view>, 2> table{
      {{ScrubReports::none, "none"}, {ScrubReports::report, "report"}}};
  return table;
}

Seconds Detection::mean(Seconds reading) const {
  const double rate = per_second(client_rate).value;
  const double process_s = process.mean().value;
  // Integrals over the time that nobody has told yet, of exp(-rate t) and of t exp(-rate t).
  const auto untold = [rate](double end) {
    return rate > 0 ? -std::expm1(-rate * end) / rate : end;
  };
  if (scrub == ScrubReports::none || !(reading.value > 0)) return Seconds{untold(process_s)};
  const double end = std::min(process_s, reading.value);
  const double first =
      rate > 0 ? (untold(end) - end * std::exp(-rate * end)) / rate : end * end / 2;
  return Seconds{untold(end) - first / reading.value};
}

std::span<const std::pair<FlowSharing, std::string_view>> all_sharings() {
  static constexpr std::array<std::pair<FlowSharing, std::string_view>, 2> sharings{
      {{FlowSharing::together, "together"}, {FlowSharing::exact, "exact"}}};
  return sharings;
}

std::span<const std::pair<NewDisks, std::string_view>> all_new_disks() {
  static constexpr std::array<std::pair<NewDisks, std::string_view>, 2> ways{
      {{NewDisks::wait, "wait"}, {NewDisks::take_back, "take back"}}};
  return ways;
}

int Burst::largest() const {
  int most = 0;
  for (const BurstSize& size : sizes) most = std::max(most, size.disks);
  return most;
}

double Burst::mean_deaths(double racks, double disks_per_rack) const {
  const double elsewhere = (1 - same_rack) / (racks * disks_per_rack);
  const double at_heart = same_rack / disks_per_rack + elsewhere;  // of one disk, by one draw
  const auto dead = [](double disks, double chance, int draws) {
    return chance < 1 ? disks * -std::expm1(draws * std::log1p(-chance)) : disks;
  };
  double mean = 0;
  for (const BurstSize& size : sizes) {
    mean += size.share * (dead(disks_per_rack, at_heart, size.disks) +
                          dead((racks - 1) * disks_per_rack, elsewhere, size.disks));
  }
  return mean;
}

std::span<const std::pair<Domain, std::string_view>> all_domains() {
  static constexpr std::array<std::pair<Domain, std::string_view>, 4> domains{
      {{Domain::machine, "machine"},
       {Domain::rack, "rack"},
       {Domain::site, "site"},
       {Domain::fleet, "fleet"}}};
  return domains;
}

}  // namespace models::scenario
