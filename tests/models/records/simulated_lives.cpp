#include "tests/models/records/simulated_lives.h"

namespace record_test {

using models::records::Life;
using sim::Seconds;

std::vector<Life> simulated_lives(const sim::Distribution& law, const Watch& watch,
                                  std::uint64_t replicate) {
  std::vector<Life> lives;
  sim::Stream stream(20, sim::Purpose::test, {replicate, 77, 0});
  for (int unit = 0; unit < watch.units; ++unit) {
    Seconds age = sim::years(watch.most_entry_years * stream.uniform());
    Seconds left = sim::years(watch.years);
    for (;;) {
      const Seconds life = law.sample_residual(age, stream);
      const bool failed = life < left;
      lives.push_back({age, age + (failed ? life : left), failed, 1});
      if (!failed || !watch.renewed) break;
      left -= life;
      age = Seconds{0};
    }
  }
  return lives;
}

}  // namespace record_test
