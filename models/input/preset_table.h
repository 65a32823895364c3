#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/codes/code.h"
#include "models/input/document.h"

namespace models::scenario {

/// How a preset counts what depends on the hardware. Of the counts one is given.
struct PresetSizing {
  enum class Round { none, nearest_power_of_two, next_power_of_two };
  double shards_per_disk{};  ///< placement groups so that a disk has so many shards
  double groups_per_disk{};  ///< so many groups for each disk
  double groups_per_pool{};  ///< so many for each pool
  Round round{Round::none};
  bool pool_is_machine{};  ///< a pool is all disks of a machine
};

/// What a product does as a strategy says it: code, placement, detection and repair.
struct Preset {
  std::string name;
  std::string product;
  std::string version;  ///< of the product whose defaults these are
  std::string about;
  std::string domain;    ///< what a code keeps its shards apart in
  Node strategy;         ///< keys as in a strategy; what depends on the hardware is missing
  codes::CodeSpec code;  ///< that of `strategy`
  PresetSizing sizing;
  std::string usable_fill;                     ///< for hardware made for it: "85 %"
  std::map<std::string, std::string> sources;  ///< by JSON pointer into `strategy`
  std::vector<std::string> not_told;           ///< what the product does and no scenario can say

  /// The source of a value: its own, or that of the object that it stands in. Empty if none.
  std::string_view source_of(std::string_view pointer) const;
  std::string label() const { return product + " " + version; }
};

/// A value of a preset as people read it.
struct PresetValue {
  std::string pointer;  ///< "/repair/rebuild_delay"
  std::string value;
  std::string_view source;
};
/// Every value of a preset in the order of its file, what is counted from the hardware included.
std::vector<PresetValue> values_of(const Preset& preset);

/// The shipped presets (scenarios/presets/*.json) by name.
class PresetTable {
 public:
  static const PresetTable& shipped();
  const Preset* find(std::string_view name) const;
  const std::vector<Preset>& presets() const { return presets_; }
  std::vector<std::string_view> names() const;

 private:
  std::vector<Preset> presets_;
};

/// One preset file, or what is wrong with it: unknown keys, missing ones, values without a source.
Checked<Preset> read_preset(std::string_view text, const std::string& file);

}  // namespace models::scenario
