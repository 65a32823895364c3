// Cidon et al.: 1 % of 5000 machines fail at once, three copies, scatter width 10 (Facebook HDFS).
#include <array>

#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view source = "Cidon et al.: Copysets, USENIX ATC 2013";
constexpr std::string_view reading = "1 - (1 - C(50,3)/C(5000,3))^copysets";

double loss_percent(double copysets) { return 100 * analytic::copyset_loss(5000, 50, 3, copysets); }

constexpr std::array cases{
    Case{.id = "copysets/random",
         .title = "loss when 50 machines fail, random replication (275,000 copysets)",
         .source = source,
         .unit = "%",
         .published = "22.8",
         .reading = reading,
         .analytic = [] { return loss_percent(275000); }},
    Case{.id = "copysets/copyset",
         .title = "the same, copyset replication (8,333 copysets)",
         .source = source,
         .unit = "%",
         .published = "0.78",
         .reading = reading,
         .analytic = [] { return loss_percent(8333); }},
};

}  // namespace

std::span<const Case> copysets_cases() { return cases; }

}  // namespace models::verify
