#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/input/document.h"
#include "models/input/fields.h"
#include "models/input/file_bytes.h"
#include "models/scenario/uncertain.h"
#include "sim/quantity.h"

namespace models::scenario {

/// Collects what one reading finds beside the values: its faults with their places, and the ranges
/// that the file gives for values it is not sure of.
class Faults {
 public:
  /// At the node, or at its missing child `key`.
  void add(const Node& node, std::string message, std::string_view key = {});
  void add(Diagnostics faults);
  bool empty() const { return all_.empty(); }
  /// More would not help anybody: further faults are counted only.
  bool full() const { return all_.size() >= most; }
  /// How many were only counted.
  std::size_t further() const { return further_; }
  const Diagnostics& all() const { return all_; }
  /// Once for each path.
  void add(UncertainInput range);
  const std::vector<UncertainInput>& ranges() const { return ranges_; }
  /// Files that were read besides, such as a price file.
  void add(FileRead file) { files_.push_back(std::move(file)); }
  const FilesRead& files() const { return files_; }

 private:
  static constexpr std::size_t most = 500;
  Diagnostics all_;
  std::vector<UncertainInput> ranges_;
  FilesRead files_;
  std::size_t further_{};
};

/// Reads one object by its section of the table. Every getter answers with a value in range even
/// where the file has a fault, so that reading goes on to the next one; what it then makes is
/// thrown away.
class ObjectReader {
 public:
  /// Faults: not an object, unknown keys, required keys that are missing.
  ObjectReader(const Node& node, std::string_view section, Faults& faults);

  bool has(std::string_view key) const;
  /// The child, or null; no check of what it is.
  const Node* find(std::string_view key) const;
  /// Numbers and quantities, in base units.
  double number(std::string_view key);
  int integer(std::string_view key);
  /// The same into `value`, which stays as it is where the file and the table say nothing.
  void change(std::string_view key, double& value);
  void change(std::string_view key, int& value);
  template <class Tag>
  void change(std::string_view key, sim::Quantity<Tag>& value) {
    change(key, value.value);
  }
  /// Texts and choices; empty if absent.
  std::string text(std::string_view key);
  /// The child if it is an object; else null, with a fault if it is there.
  const Node* object(std::string_view key);
  /// The children of a list; empty if absent or not a list.
  std::vector<const Node*> list(std::string_view key);
  /// Times of a list in seconds.
  std::vector<double> times(std::string_view key);
  const Field& field(std::string_view key) const;
  const Node& node() const { return node_; }
  Faults& faults() { return faults_; }

 private:
  void check_keys();
  void check_group();
  void read_ranges();
  void read_range(const Node& range);
  const Node& node_;
  const Section& section_;
  Faults& faults_;
};

/// A number or quantity of `field`, in range; a fault and a value in range otherwise.
double read_number(const Node& node, const Field& field, Faults& faults);

}  // namespace models::scenario
