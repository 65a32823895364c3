#include "models/scenario/read_sections.h"

namespace models::scenario {
namespace {

Disk read_disk(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/hardware/disk", faults);
  return {.model = reader.text("model"),
          .capacity = {reader.number("capacity")},
          .read = {reader.number("read")},
          .write = {reader.number("write")}};
}

Network read_network(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/hardware/network", faults);
  return {.machine = {reader.number("machine")},
          .rack_uplink = {reader.number("rack_uplink")},
          .core = {reader.number("core")},
          .rebuild_share = reader.number("rebuild_share")};
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

Hardware read_hardware(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/hardware", faults);
  Hardware hardware;
  hardware.sites = reader.integer("sites");
  hardware.racks_per_site = reader.integer("racks_per_site");
  hardware.machines_per_rack = reader.integer("machines_per_rack");
  hardware.disks_per_machine = reader.integer("disks_per_machine");
  hardware.usable_fill = reader.number("usable_fill");
  if (const Node* disk = reader.find("disk")) hardware.disk = read_disk(*disk, faults);
  if (const Node* network = reader.find("network")) {
    hardware.network = read_network(*network, faults);
  }
  return hardware;
}

}  // namespace models::scenario
