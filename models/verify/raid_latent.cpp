// A RAID group of 7+1 disks of 1 TB with latent defects and scrubbing, as another simulator has it.
#include <array>

#include "models/group/raid_group.h"
#include "models/verify/families.h"
#include "sim/estimators/direct.h"

namespace models::verify {

namespace {

constexpr std::string_view source =
    "no article: the figures of another simulator for these parameters, with their intervals";
constexpr std::string_view reading =
    "Weibull lives (shape 1.13, 302016 h) and rebuilds (1.65, 22.7 h), one defect at a time on "
    "each disk at 1/12325 h, scrubbed after an exponential time of 186 h; 87600 h; a defect counts "
    "if the rebuild reads it before scrubbing does";
constexpr std::uint64_t missions = std::uint64_t{1} << 19U;

group::RaidGroup raid_group() {
  return {.data = 7,
          .parity = 1,
          .life = sim::Distribution::weibull(1.13, sim::hours(302016)),
          .repair = sim::Distribution::weibull(1.65, sim::hours(22.7)),
          .defects = group::Defects{.rate = {1 / sim::hours(12325).value},
                                    .mended = sim::Distribution::exponential(sim::hours(186)),
                                    .order = group::DefectOrder::one_at_a_time,
                                    .met = group::DefectMet::by_the_rebuild},
          .mission = sim::hours(87600)};
}

constexpr const char* model = "one group, each loss by its chance given the failures before it";

sim::Estimate two_disks(const Effort& effort) {
  const auto tally = group::play_missions(raid_group(), missions, effort.seed, effort.threads);
  return sim::direct_mean(tally.too_many_disks, 1.0, model);
}

sim::Estimate defect(const Effort& effort) {
  const auto tally = group::play_missions(raid_group(), missions, effort.seed, effort.threads);
  return sim::direct_mean(tally.defect, 1.0, model);
}

constexpr std::array cases{
    Case{.id = "raid-latent/two-disks",
         .title = "P(two disks of 7+1 lost at once) in 10 years",
         .source = source,
         .unit = "probability",
         .published = "7.67e-4",
         .within = 0.07,
         .reading = reading,
         .simulated = two_disks},
    Case{.id = "raid-latent/defect",
         .title = "P(a latent defect is met by a rebuild) in 10 years",
         .source = source,
         .unit = "probability",
         .published = "0.17567",
         .within = 0.0042,
         .reading = reading,
         .simulated = defect,
         .remark = "defects independent of each other give 0.7 % more"},
};

}  // namespace

std::span<const Case> raid_latent_cases() { return cases; }

}  // namespace models::verify
