#pragma once

#include <string>
#include <vector>

#include "models/codes/measure.h"
#include "reports/figure/figure.h"

namespace reports {

/// Speeds of the codes as tables of 80 columns, with the study of word sizes and its verdict.
std::string codes_text(const std::vector<models::codes::Measured>& measured);

/// One line for each measurement.
std::string codes_csv(const std::vector<models::codes::Measured>& measured);

/// The study of word sizes: GB/s over the block size for files larger than the caches.
Figure words_figure(const std::vector<models::codes::Measured>& measured);

}  // namespace reports
