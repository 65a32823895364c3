#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/input/object_reader.h"
#include "models/scenario/scenario.h"
#include "models/units.h"
#include "sim/estimate.h"

namespace models::scenario {

/// A make and model of disks, and how many of them were seen to fail.
struct DriveModel {
  std::string model;  ///< as the maker writes it: "WUH721816ALE6L4"
  std::string make;   ///< empty if not known
  std::optional<Bytes> capacity;
  DriveRecord record;

  std::string name() const { return make.empty() ? model : make + ' ' + model; }
};

/// Failures of one drive a year. @pre drive_days > 0
PerYear rate_of(const DriveRecord& record);

/// Exact 95 % interval of it, per year: failures are a Poisson count (Garwood 1936).
sim::Interval interval_of(const DriveRecord& record);

/// Drive models by name.
class DriveTable {
 public:
  /// The table that is shipped (scenarios/drives/backblaze_2024.json).
  static const DriveTable& shipped();

  /// Letters of either case. Null if it is not there.
  const DriveModel* find(std::string_view model) const;
  const std::vector<DriveModel>& models() const { return models_; }
  /// "did you mean 'WUH721816ALE6L4'?"
  std::string advice(std::string_view model) const;
  /// In place of the model of the same name, if there is one.
  void add(DriveModel model);

 private:
  std::vector<DriveModel> models_;
};

/// Adds the models of a drive table file to `table`.
void read_drives(const Node& node, DriveTable& table, Faults& faults);

}  // namespace models::scenario
