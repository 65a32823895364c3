#include "tests/models/records/simulated_record.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <string>

#include "models/records/failure_model.h"
#include "models/records/joint_fit.h"
#include "sim/random.h"

namespace record_test {
namespace {

using models::records::Life;
using models::records::Sample;
using models::records::weeks_of_level;
using sim::Seconds;

constexpr double level_years = weeks_of_level * 7 / 365.25;
const Seconds begin = sim::days(18'000);

/// Times at which bursts kill, by slot. A burst has a machine at its heart.
std::vector<std::vector<double>> killed_by_bursts(const Planted& planted, sim::Stream& stream) {
  std::vector<std::vector<double>> times(planted.slots);
  const std::uint32_t bursts = models::records::poisson(planted.bursts, stream);
  const std::uint32_t of_machine = planted.slots / planted.machines;
  const std::uint32_t of_rack = planted.slots / planted.racks;
  for (std::uint32_t i = 0; i < bursts; ++i) {
    const double at = planted.years * stream.uniform();
    const auto heart = static_cast<std::uint32_t>(stream.below(planted.slots));
    const double draw = stream.uniform();
    const int size = draw < 0.6 ? 2 : draw < 0.85 ? 3 : 6;
    for (int k = 0; k < size; ++k) {
      const double where = stream.uniform();
      const double delay = k == 0 ? 0 : 0.5 / 24 / 365.25 * stream.exponential();
      std::uint32_t slot = static_cast<std::uint32_t>(stream.below(planted.slots));
      if (where < 0.5) {
        slot = heart / of_machine * of_machine + slot % of_machine;
      } else if (where < 0.7) {
        slot = heart / of_rack * of_rack + slot % of_rack;
      }
      if (at + delay < planted.years) times[slot].push_back(at + delay);
    }
  }
  for (auto& of_slot : times) std::ranges::sort(of_slot);
  return times;
}

/// When a unit that is `age` old at `from` fails, years of the record; beyond its end: it does not.
double failure_of(const Planted& planted, const std::vector<double>& months, double factor,
                  double from, double age, sim::Stream& stream) {
  double left = stream.exponential();
  const double born = from - age;
  double at = from;
  while (at < planted.years) {
    const auto level = static_cast<std::size_t>(at / level_years + 1e-12);
    const double end = std::min(planted.years, (static_cast<double>(level) + 1) * level_years);
    const double scale = planted.rate / planted.shape * factor * months[level];
    const double before = std::pow(at - born, planted.shape);
    const double gain = scale * (std::pow(end - born, planted.shape) - before);
    if (gain >= left) return born + std::pow(before + left / scale, 1 / planted.shape);
    left -= gain;
    at = end;
  }
  return planted.years + 1;
}

struct Slot {
  std::uint32_t number, machine, rack;
  double factor;
};

void live(const Planted& planted, const Slot& slot, const std::vector<double>& months,
          const std::vector<double>& killed, Sample& sample, sim::Stream& stream) {
  double age = planted.most_age * stream.uniform();
  double from = 0;
  auto kill = killed.begin();
  while (from < planted.years) {
    double until = failure_of(planted, months, slot.factor, from, age, stream);
    while (kill != killed.end() && *kill <= from) ++kill;
    if (kill != killed.end()) until = std::min(until, *kill);
    const bool failed = until < planted.years;
    until = std::min(until, planted.years);
    const double born = from - age;
    sample.lives.push_back({sim::years(age), sim::years(until - born), failed, 1,
                            begin + sim::years(born), slot.number, slot.machine, slot.rack});
    if (failed) {
      sample.happenings.push_back({begin + Seconds{std::floor(sim::years(until).value)},
                                   slot.number, slot.rack, slot.machine});
    }
    from = until;
    age = 0;
  }
}

}  // namespace

double gamma_factor(double variance, sim::Stream& stream) {
  const double share = stream.uniform();
  return variance > 0 ? variance * boost::math::gamma_p_inv(1 / variance, share) : 1;
}

Sample simulated_record(const Planted& planted, std::uint64_t number) {
  sim::Stream stream(35, sim::Purpose::test, {number, 83, 0});
  Sample sample;
  sample.from = begin;
  sample.until = begin + sim::years(planted.years);
  sample.units = planted.slots;
  for (std::uint32_t i = 0; i < planted.machines; ++i) sample.machines.number(std::to_string(i));
  for (std::uint32_t i = 0; i < planted.racks; ++i) sample.racks.number(std::to_string(i));
  sample.rack_units.assign(planted.racks, 1.0 * planted.slots / planted.racks);
  std::vector<double> months;
  for (int i = 0; i <= static_cast<int>(planted.years / level_years) + 1; ++i) {
    months.push_back(gamma_factor(planted.months_variance, stream));
  }
  std::vector<double> machines;
  for (std::uint32_t i = 0; i < planted.machines; ++i) {
    machines.push_back(gamma_factor(planted.machines_variance, stream));
  }
  const auto killed = killed_by_bursts(planted, stream);
  for (std::uint32_t i = 0; i < planted.slots; ++i) {
    const std::uint32_t machine = i / (planted.slots / planted.machines);
    const std::uint32_t rack = i / (planted.slots / planted.racks);
    const double factor = machines[machine] * gamma_factor(planted.units_variance, stream);
    live(planted, {i, machine, rack, factor}, months, killed[i], sample, stream);
  }
  std::ranges::sort(sample.happenings, {}, &models::records::Happening::at);
  sample.all = {planted.slots * planted.years, static_cast<double>(sample.happenings.size())};
  return sample;
}

}  // namespace record_test
