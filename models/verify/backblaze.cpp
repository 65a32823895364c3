// Backblaze: the durability calculator at 17+3, 0.405 % a year and 6.5 days, and the failure rate
// of its drives. Years of 365 days.
#include <array>
#include <cmath>

#include "models/analytic/binomial.h"
#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view calculator = "Backblaze: erasure-coding durability calculator, README";
constexpr std::string_view reading = "binomial in disjoint windows of 6.5 days; a year of 365 days";
constexpr std::string_view too_low =
    "the calculator takes 1 - (1 - p)^n in double precision and loses digits; ours keeps them";
constexpr double annual_rate = 0.00405;
constexpr double window_days = 6.5;

/// Annual loss when `failures` in one window lose the data.
template <int failures>
double annual_loss() {
  return analytic::windowed_annual_loss(20, failures - 1, {annual_rate}, sim::days(window_days),
                                        sim::days(365));
}

double loss_in_a_window() {
  return analytic::binomial_tail(20, 3, -std::expm1(-annual_rate * window_days / 365));
}

template <int failures>
constexpr Case row(std::string_view id, std::string_view title, std::string_view published,
                   std::string_view remark = {}) {
  return {.id = id,
          .title = title,
          .source = calculator,
          .unit = "probability",
          .published = published,
          .reading = reading,
          .analytic = annual_loss<failures>,
          .remark = remark};
}

constexpr std::array cases{
    row<1>("backblaze/1-failure", "a year with a window of 1 failure or more", "0.07781"),
    row<2>("backblaze/2-failures", "the same of 2 or more", "5.545e-5"),
    row<3>("backblaze/3-failures", "the same of 3 or more", "2.399e-8"),
    row<4>("backblaze/4-failures", "the same of 4 or more: annual loss of 17+3", "7.354e-12"),
    row<5>("backblaze/5-failures", "the same of 5 or more", "1.693e-15", too_low),
    row<6>("backblaze/6-failures", "the same of 6 or more", "3.052e-19", too_low),
    Case{.id = "backblaze/window",
         .title = "loss of 17+3 within one window",
         .source = calculator,
         .unit = "probability",
         .published = "1.31e-13",
         .reading = reading,
         .analytic = loss_in_a_window},
    Case{.id = "backblaze/nines",
         .title = "nines of 17+3, whole ones",
         .source = calculator,
         .unit = "nines",
         .published = "11",
         .reading = reading,
         .analytic = [] { return std::floor(-std::log10(annual_loss<4>())); },
         .remark = "see seventeen-plus-three for what the windows leave out"},
    Case{.id = "backblaze/drives-2025",
         .title = "annualised failure rate of all drives, 2025",
         .source = "Backblaze: Drive Stats for 2025",
         .unit = "%/year",
         .published = "1.36",
         .reading = "4,317 failures in 115,638,676 drive-days; years of 365 days",
         .analytic =
             [] { return 100 * analytic::failures_per_drive_year_of_365_days(4317, 115638676); }},
};

}  // namespace

std::span<const Case> backblaze_cases() { return cases; }

}  // namespace models::verify
