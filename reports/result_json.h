#pragma once

#include <string>
#include <string_view>

#include "models/fleet/results.h"

namespace reports {

/// The result document, schema "holdfast/result/1": keys in a fixed order, numbers in the shortest
/// form that reads back as the same double, null for what is not known or not finite (an infinite
/// value or bound is told in `note`). `timing` is last and alone differs between two equal runs.
std::string result_json(const models::fleet::Results& results,
                        std::string_view command = "compare");

}  // namespace reports
