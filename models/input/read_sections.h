#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "models/input/drive_table.h"
#include "models/input/object_reader.h"
#include "models/scenario/scenario.h"

/// One reader per section of a scenario. Each answers with usable values whatever the file holds;
/// what is wrong is in `faults`.
namespace models::scenario {

Data read_data(const Node& node, Faults& faults);
Hardware read_hardware(const Node& node, const DriveTable& drives, Faults& faults);
/// A strategy's `hardware`: its kind, and what it runs on unless that is the scenario's `base`.
/// That of kind sized is the most it may take; see buy().
void read_own_hardware(const Node& node, const Hardware& base, const DriveTable& drives,
                       Strategy& strategy, Faults& faults);
Failures read_failures(const Node& node, Faults& faults);
/// The lifetime that a drive brings, unless `failures` (null: none are given) state one. Tells what
/// is uncertain about it at `path`, or that it has no rate.
void use_drive(const Node& disk, const Node* failures, const Disk& drive, const std::string& path,
               Failures& laws, std::vector<UncertainInput>& uncertain, Faults& faults);
LatentErrors read_latent_errors(const Node& node, Faults& faults);
Scrub read_scrub(const Node& node, Faults& faults);
/// A strategy's changes to them.
Failures change_failures(const Node& node, const Failures& base, Faults& faults);
/// The repair of the whole scenario.
Repair read_repair(const Node& node, Faults& faults);
/// A strategy's changes to it.
Repair change_repair(const Node& node, Repair base, Faults& faults);
/// The strategies of a scenario of which the rest has been read; what their drives leave uncertain
/// goes into it.
std::vector<Strategy> read_strategies(const std::vector<const Node*>& nodes,
                                      const DriveTable& drives, Scenario& scenario, Faults& faults);
/// An object, or the name of a file below `folder`.
std::optional<Prices> read_prices(const Node& node, const std::filesystem::path& folder,
                                  Faults& faults);
std::shared_ptr<const Lifecycle> read_lifecycle(const Node& node, Faults& faults);
/// An erasure code; a valid one whatever the file holds.
codes::CodeSpec read_code(const Node& node, Faults& faults);
/// @param all_data the most that a mirror can miss
Paths read_paths(const Node& node, Bytes all_data, Faults& faults);
std::vector<Claim> read_claims(const std::vector<const Node*>& nodes, Faults& faults);

}  // namespace models::scenario
