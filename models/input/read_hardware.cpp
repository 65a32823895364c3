#include <fmt/format.h>

#include "models/input/read_sections.h"

namespace models::scenario {
namespace {

// A strategy's hardware has its own section: there, nothing is required and nothing has a default.
struct Sections {
  std::string_view hardware;
  std::string_view disk;
  std::string_view network;
};
constexpr Sections whole{"/hardware", "/hardware/disk", "/hardware/network"};
constexpr Sections changes{"/strategies/*/hardware", "/strategies/*/hardware/disk",
                           "/strategies/*/hardware/network"};

// A drive brings its name, its capacity and its record.
void take_drive(ObjectReader& reader, const DriveTable& drives, Disk& disk) {
  if (!reader.has("drive")) return;
  const std::string name = reader.text("drive");
  const DriveModel* drive = drives.find(name);
  if (drive == nullptr) {
    if (!name.empty()) {
      reader.faults().add(
          *reader.find("drive"),
          fmt::format("there is no drive '{}' in the table; {}", name, drives.advice(name)));
    }
    return;
  }
  disk.model = drive->name();
  disk.record = drive->record;
  if (drive->capacity) disk.capacity = *drive->capacity;
}

void change_disk(const Node& node, const Sections& sections, const DriveTable& drives, Disk& disk,
                 Faults& faults) {
  ObjectReader reader(node, sections.disk, faults);
  take_drive(reader, drives, disk);
  if (reader.has("model")) disk.model = reader.text("model");
  reader.change("capacity", disk.capacity);
  if (!(disk.capacity.value > 0) && !reader.has("capacity") && !reader.has("drive")) {
    faults.add(node, "is missing: capacity, or a drive that has one", "capacity");
  }
  reader.change("read", disk.read);
  reader.change("write", disk.write);
}

void change_network(const Node& node, std::string_view section, Network& network, Faults& faults) {
  ObjectReader reader(node, section, faults);
  reader.change("machine", network.machine);
  reader.change("rack_uplink", network.rack_uplink);
  reader.change("core", network.core);
  reader.change("rebuild_share", network.rebuild_share);
  reader.change("rack_switches", network.rack_switches);
  reader.change("core_switches", network.core_switches);
}

void change_entrances(ObjectReader& hardware, std::string_view key, std::string_view section,
                      Entrances& entrances) {
  const Node* node = hardware.find(key);
  if (node == nullptr) return;
  ObjectReader reader(*node, section, hardware.faults());
  entrances = {.count = reader.integer("count"), .needed = reader.integer("needed")};
}

void change_controllers(ObjectReader& hardware, Controllers& controllers) {
  const Node* node = hardware.find("controllers");
  if (node == nullptr) return;
  ObjectReader reader(*node, "/hardware/controllers", hardware.faults());
  controllers = {.count = reader.integer("count"), .machines = reader.integer("machines")};
}

Hardware change(ObjectReader& reader, const Sections& sections, const DriveTable& drives,
                Hardware hardware) {
  reader.change("sites", hardware.sites);
  reader.change("racks_per_site", hardware.racks_per_site);
  reader.change("machines_per_rack", hardware.machines_per_rack);
  reader.change("disks_per_machine", hardware.disks_per_machine);
  reader.change("usable_fill", hardware.usable_fill);
  reader.change("power_domains", hardware.power_domains);
  reader.change("batches", hardware.batches);
  change_controllers(reader, hardware.controllers);
  change_entrances(reader, "front_ends", "/hardware/front_ends", hardware.front_ends);
  change_entrances(reader, "gateways", "/hardware/gateways", hardware.gateways);
  if (const Node* disk = reader.find("disk")) {
    change_disk(*disk, sections, drives, hardware.disk, reader.faults());
  }
  if (const Node* network = reader.find("network")) {
    change_network(*network, sections.network, hardware.network, reader.faults());
  }
  return hardware;
}

HardwareKind kind_of(ObjectReader& reader) {
  const std::string kind = reader.text("kind");
  if (kind == "fixed") return HardwareKind::fixed;
  return kind == "sized" ? HardwareKind::sized : HardwareKind::own;
}

}  // namespace

Data read_data(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/data", faults);
  Data data;
  data.logical = {reader.number("logical")};
  data.stripe = {reader.number("stripe")};
  const bool count = reader.has("objects");
  const bool size = reader.has("object_size");
  data.objects =
      count ? reader.number("objects") : data.logical / Bytes{reader.number("object_size")};
  if (!count && size && data.objects < 1) {
    faults.add(node, "must not be larger than all data together ('logical')", "object_size");
    data.objects = 1;
  }
  return data;
}

Hardware read_hardware(const Node& node, const DriveTable& drives, Faults& faults) {
  ObjectReader reader(node, whole.hardware, faults);
  return change(reader, whole, drives, {});
}

void read_own_hardware(const Node& node, const Hardware& base, const DriveTable& drives,
                       Strategy& strategy, Faults& faults) {
  ObjectReader reader(node, changes.hardware, faults);
  strategy.hardware_kind = kind_of(reader);
  if (strategy.hardware_kind != HardwareKind::fixed) {
    strategy.hardware = change(reader, changes, drives, base);
    return;
  }
  for (const Field& field : find_section(changes.hardware).fields) {
    if (field.key == "kind" || !reader.has(field.key)) continue;
    faults.add(*reader.find(field.key),
               "cannot change hardware of kind 'fixed', which is the scenario's; say 'own' or "
               "'sized'");
  }
}

}  // namespace models::scenario
