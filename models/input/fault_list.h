#pragma once

#include <string>
#include <utility>

#include "models/scenario/diagnostic.h"
#include "models/units.h"

namespace models::scenario {

/// Gathers the faults of a scenario while its sections are checked.
class FaultList {
 public:
  void error(std::string pointer, std::string message);
  void warning(std::string pointer, std::string message);
  /// An error unless `value` is finite and above zero; `shown` is the value as people write it.
  void expect_positive(const std::string& pointer, double value, const std::string& shown);
  /// An error unless 0 < value <= 1.
  void expect_share(const std::string& pointer, double value);
  /// An error if the name is empty, blank, or holds control characters.
  void expect_name(const std::string& pointer, const std::string& name);
  bool has_errors() const;
  Diagnostics take() && { return std::move(faults_); }

 private:
  Diagnostics faults_;
};

/// "1.5 PB", four digits, powers of 1000.
std::string text_of(Bytes amount);
/// "30 MB/s".
std::string text_of(BytesPerSecond rate);

}  // namespace models::scenario
