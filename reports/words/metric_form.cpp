#include "reports/words/metric_form.h"

#include <algorithm>
#include <array>

namespace reports {
namespace {

struct MetricForm {
  std::string_view begins;  ///< an id, or what a family of ids begins with
  Form form;
};

constexpr std::array forms{MetricForm{"durability_nines", Form::nines},
                           MetricForm{"annual_object_loss", Form::probability},
                           MetricForm{"annual_loss_probability", Form::probability},
                           MetricForm{"nomdl", Form::bytes},
                           MetricForm{"bytes_lost_per_year", Form::bytes},
                           MetricForm{"data_unavailability", Form::year_share},
                           MetricForm{"service_unavailability.", Form::year_share},
                           MetricForm{"rebuild_hours_per_tb.", Form::hours},
                           MetricForm{"repair_bytes_per_day.", Form::bytes},
                           MetricForm{"capacity_overhead", Form::factor},
                           MetricForm{"cost", Form::money}};

}  // namespace

Form form_of(std::string_view metric) {
  const auto found = std::ranges::find_if(
      forms, [metric](const MetricForm& form) { return metric.starts_with(form.begins); });
  return found == forms.end() ? Form::number : found->form;
}

}  // namespace reports
