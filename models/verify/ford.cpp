// Ford et al., section 8.2 and Table 3, without correlated failures, in days. The rates are not
// published: they are fitted to R = 2 and R = 3, so that R = 4 is the test.
#include <array>

#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view source =
    "Ford et al.: Availability in Globally Distributed Storage Systems, OSDI 2010";
constexpr std::string_view reading =
    "serial repair; a chunk lives 122.93 days and is recovered in 21.81 min (fitted to R = 2, 3)";
constexpr double loss = 0.0081345005;  // a day
constexpr double repair = 66.013354;   // a day

double days(int copies) { return analytic::serial_repair_mttdl(copies, 1, loss, repair); }

double gain_of_twice_the_repair(int shards, int needed) {
  return analytic::serial_repair_mttdl(shards, needed, loss, 2 * repair) /
         analytic::serial_repair_mttdl(shards, needed, loss, repair);
}

constexpr std::array cases{
    Case{.id = "ford/two-copies",
         .title = "MTTF of a stripe, R = 2",
         .source = source,
         .unit = "days",
         .published = "4.99e5",
         .reading = reading,
         .analytic = [] { return days(2); },
         .remark = "a fit, not a test"},
    Case{.id = "ford/three-copies",
         .title = "MTTF of a stripe, R = 3",
         .source = source,
         .unit = "days",
         .published = "1.35e9",
         .reading = reading,
         .analytic = [] { return days(3); },
         .remark = "a fit, not a test"},
    Case{.id = "ford/four-copies",
         .title = "MTTF of a stripe, R = 4",
         .source = source,
         .unit = "days",
         .published = "2.75e12",
         .reading = reading,
         .analytic = [] { return days(4); },
         .remark = "two rates fitted to three printed digits leave that much room"},
    Case{.id = "ford/twice-the-repair-three-copies",
         .title = "gain of a repair twice as fast, R = 3: 2^2",
         .source = source,
         .unit = "times",
         .published = "4.0",
         .reading = reading,
         .analytic = [] { return gain_of_twice_the_repair(3, 1); }},
    Case{.id = "ford/twice-the-repair-rs-9-4",
         .title = "gain of a repair twice as fast, RS 9+4: 2^4",
         .source = source,
         .unit = "times",
         .published = "16.0",
         .reading = reading,
         .analytic = [] { return gain_of_twice_the_repair(13, 9); }},
};

}  // namespace

std::span<const Case> ford_cases() { return cases; }

}  // namespace models::verify
