#include "models/input/read_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/input/apply_presets.h"
#include "models/input/drive_table.h"
#include "models/input/file_bytes.h"
#include "models/input/named_file.h"
#include "models/input/overrides.h"
#include "models/input/read_sections.h"
#include "models/input/valid_ages.h"
#include "models/input/validate.h"

namespace models::scenario {
namespace {

std::vector<LaterSection> read_later(const Node& root, Faults& faults) {
  std::vector<LaterSection> sections;
  for (const std::string_view name : later_sections()) {
    const Node* node = root.find(name);
    if (node == nullptr) continue;
    const Node* about = node->find("about");
    if (about == nullptr || about->kind != Node::Kind::text || about->text.empty()) {
      faults.add(*node,
                 "must be an object whose 'about' says what it describes: there is no model "
                 "of it yet");
      continue;
    }
    sections.push_back({.name = std::string(name), .about = about->text});
  }
  return sections;
}

std::filesystem::path folder_of(const Document& document) {
  const auto folder = std::filesystem::path(document.file()).parent_path();
  return folder.empty() ? "." : folder;
}

// Disks live as the scenario says, or else as their drive does.
void read_laws(ObjectReader& root, Scenario& scenario) {
  const Node* failures = root.find("failures");
  if (failures != nullptr) scenario.failures = read_failures(*failures, root.faults());
  const Node* hardware = root.find("hardware");
  const Node* disk = hardware == nullptr ? nullptr : hardware->find("disk");
  if (scenario.hardware.disk.record && disk != nullptr) {
    use_drive(*disk, failures, scenario.hardware.disk, "/failures", scenario.failures,
              scenario.uncertain, root.faults());
    return;
  }
  const Node* disks = failures == nullptr ? nullptr : failures->find("disk");
  if (disks != nullptr && disks->kind == Node::Kind::object && disks->find("lifetime") == nullptr &&
      disks->find("models") == nullptr) {
    root.faults().add(*disks, "is missing: life of a disk until its data are gone", "lifetime");
  }
}

Scenario read_root(const Document& document, Faults& faults) {
  const Node& root = document.root;
  ObjectReader reader(root, "", faults);
  Scenario scenario;
  scenario.file = document.file();
  scenario.sha256 = document.sha256;
  reader.text("$schema");
  reader.number("version");
  scenario.name = reader.text("name");
  scenario.description = reader.text("description");
  scenario.mission = {reader.number("mission")};
  if (const Node* node = reader.find("data")) scenario.data = read_data(*node, faults);
  const auto folder = folder_of(document);
  DriveTable drives = DriveTable::shipped();
  if (const Node* node = reader.find("drives")) {
    with_file_or_object(*node, folder, "drive table", faults,
                        [&](const Node& table) { read_drives(table, drives, faults); });
  }
  if (const Node* node = reader.find("hardware")) {
    scenario.hardware = read_hardware(*node, drives, faults);
  }
  read_laws(reader, scenario);
  if (const Node* node = reader.find("repair")) scenario.repair = read_repair(*node, faults);
  scenario.strategies = read_strategies(reader.list("strategies"), drives, scenario, faults);
  if (const Node* node = reader.find("paths")) {
    scenario.paths = read_paths(*node, scenario.data.logical, faults);
  }
  if (const Node* node = reader.find("prices")) {
    scenario.prices = read_prices(*node, folder, faults);
  }
  if (const Node* node = reader.find("lifecycle")) {
    scenario.lifecycle = read_lifecycle(*node, faults);
  }
  scenario.claims = read_claims(reader.list("claims"), faults);
  scenario.not_modelled = read_later(root, faults);
  std::ranges::move(preset_gaps(document), std::back_inserter(scenario.not_modelled));
  std::ranges::copy(faults.ranges(), std::back_inserter(scenario.uncertain));
  return scenario;
}

std::string_view first_steps(std::string_view pointer, int steps) {
  std::size_t end = 0;
  while (steps-- > 0 && end < pointer.size()) {
    end = std::min(pointer.find('/', end + 1), pointer.size());
  }
  return pointer.substr(0, end);
}

// All that validate() judges rests on these.
bool shakes_everything(const Diagnostic& fault) {
  const std::string_view section = first_steps(fault.pointer, 1);
  return section == "/data" || section == "/hardware" || section == "/mission" || section.empty();
}

// A fault of meaning is shown beside faults of form only where it cannot be their consequence.
bool follows_from(const Diagnostic& meaning, const Diagnostics& form) {
  return std::ranges::any_of(form, [&meaning](const Diagnostic& fault) {
    const std::string_view section = first_steps(fault.pointer, 1);
    const bool in_list = section == "/strategies" || section == "/claims";
    const int steps = in_list && first_steps(fault.pointer, 2) != section ? 2 : 1;
    return first_steps(fault.pointer, steps) == first_steps(meaning.pointer, steps);
  });
}

// Where the pointer of a fault leads in the file.
void place(Diagnostic& fault, const Document& document) {
  const Node& node = document.nearest(fault.pointer);
  fault.file = *node.origin;
  fault.line = node.line;
}

Checked<Scenario> read(Document& document, const std::vector<std::string>& overrides,
                       Diagnostics* warnings, FilesRead* files) {
  Diagnostics all = apply_overrides(overrides, document);
  if (document.root.kind != Node::Kind::object) {
    Faults faults;
    faults.add(document.root, "a scenario must be an object, got " + describe(document.root));
    return Diagnostics(faults.all());
  }
  apply_presets(document);
  Faults faults;
  Scenario scenario = read_root(document, faults);
  if (files != nullptr) std::ranges::copy(faults.files(), std::back_inserter(*files));
  Diagnostics doubts;
  Diagnostics judged;
  if (std::ranges::none_of(faults.all(), shakes_everything)) judged = validate(scenario);
  for (Diagnostic& found : judged) {
    place(found, document);
    if (found.severity == Diagnostic::Severity::warning) {
      doubts.push_back(std::move(found));
    } else if (!follows_from(found, faults.all())) {
      all.push_back(std::move(found));
    }
  }
  std::ranges::copy(faults.all(), std::back_inserter(all));
  if (!all.empty()) {
    std::ranges::stable_sort(all, {}, &Diagnostic::line);
    if (faults.further() > 0) {
      all.push_back({.file = document.file(),
                     .line = 0,
                     .pointer = {},
                     .message = fmt::format("has {} further faults", faults.further())});
    }
    return all;
  }
  std::ranges::move(beyond_valid_ages(document, scenario), std::back_inserter(doubts));
  if (warnings != nullptr) std::ranges::move(doubts, std::back_inserter(*warnings));
  return {std::move(scenario)};
}

}  // namespace

Checked<Scenario> read_scenario(const std::filesystem::path& file,
                                const std::vector<std::string>& overrides, Diagnostics* warnings,
                                FilesRead* files) {
  const auto bytes = read_bytes(file);
  if (!bytes) return bytes.diagnostics();
  if (files != nullptr) {
    files->push_back({"scenario", file.string(), sha256_of(bytes.value())});
  }
  return read_scenario_text(bytes.value(), file.string(), overrides, warnings, files);
}

Checked<Scenario> read_scenario_text(std::string_view text, std::string file_name,
                                     const std::vector<std::string>& overrides,
                                     Diagnostics* warnings, FilesRead* files) {
  const auto document = parse_document(text, std::move(file_name));
  if (!document) return document.diagnostics();
  auto checked = read(*document.value(), overrides, warnings, files);
  if (checked) {
    checked.value().origin = std::make_shared<const Origin>(Origin{std::string(text), overrides});
  }
  return checked;
}

}  // namespace models::scenario
