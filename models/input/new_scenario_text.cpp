#include "models/input/new_scenario_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "models/input/apply_presets.h"
#include "models/input/drive_table.h"
#include "models/input/preset_table.h"
#include "models/input/text_patch.h"
#include "models/scenario/quantity_text.h"

namespace models::scenario {
namespace {

double number(const std::string& text, double otherwise) {
  return text.empty() ? otherwise : std::stod(text);
}

struct Machines {
  double sites;
  double racks;  ///< of a site
  double in_rack;
  double disks;  ///< of a machine
  double all_disks() const { return sites * racks * in_rack * disks; }
};

Machines machines_of(const Wish& wish) {
  const double sites = number(wish.sites, 1);
  const double racks = number(wish.racks, 1);
  return {sites, racks, number(wish.machines, 1) / sites / racks,
          number(wish.disks_per_machine, 1)};
}

/// Words behind "// ", in lines that a terminal of 80 columns shows whole.
std::string comment(std::string_view words, std::string_view indent) {
  constexpr std::size_t widest = 80;
  std::string text;
  std::string line;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    if (!line.empty() && indent.size() + line.size() + word.size() + 4 > widest) {
      text += fmt::format("{}// {}\n", indent, line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + std::string(word);
  }
  return text + fmt::format("{}// {}\n", indent, line);
}

std::string disk_text(const std::string& disk) {
  const bool drive = DriveTable::shipped().find(disk) != nullptr;
  return fmt::format("\"disk\": {{\"{}\": {}, \"read\": \"200 MB/s\", \"write\": \"200 MB/s\"}}",
                     drive ? "drive" : "capacity", json_literal(disk));
}

/// The least that the presets advise; that of the table without a preset.
std::string usable_fill(const Wish& wish) {
  std::string least;
  for (const std::string& name : wish.presets) {
    const std::string& fill = PresetTable::shipped().find(name)->usable_fill;
    const auto share = [](const std::string& text) {
      return parse_quantity(QuantityKind::fraction, text).value;
    };
    if (least.empty() || share(fill) < share(least)) least = fill;
  }
  return least;
}

std::string hardware_text(const Wish& wish) {
  const Machines machines = machines_of(wish);
  constexpr double card = 10;
  const double uplink = card * machines.in_rack;
  std::string text = "  \"hardware\": {\n";
  if (machines.sites > 1) text += fmt::format("    \"sites\": {},\n", machines.sites);
  text += fmt::format(
      "    \"racks_per_site\": {}, \"machines_per_rack\": {}, \"disks_per_machine\": {},\n",
      machines.racks, machines.in_rack, machines.disks);
  if (const std::string fill = usable_fill(wish); !fill.empty()) {
    text += fmt::format("    \"usable_fill\": {},\n", json_literal(fill));
  }
  text += comment(
      "Assumed: disks as data sheets of nearline disks have them, network cards of 10 Gbit/s, and "
      "switches that carry all of them at once.",
      "    ");
  text += "    " + disk_text(wish.disk) + ",\n";
  return text + fmt::format(
                    "    \"network\": {{\"machine\": \"{} Gbit/s\", \"rack_uplink\": \"{} "
                    "Gbit/s\",\n                \"core\": \"{} Gbit/s\"}}\n  }},\n",
                    card, uplink, uplink * machines.racks);
}

std::string failures_text(bool drive) {
  const std::string life = drive ? "" : "\n      \"lifetime\": \"1.36 %/year\",";
  const std::string source =
      drive ? "Backblaze by model (info --drives)" : "Backblaze, Drive Stats for 2025";
  return comment(
             "Assumed: rates of other people's disks and machines. No machine is lost for good, no "
             "rack, site or power fails, nobody errs: what matters to you, add.",
             "  ") +
         fmt::format(R"text(  "failures": {{
    "disk": {{{}
      "latent": {{"defects": "1.32 %/year", "silent": "7.65 %/year"}},
      "source": "{}; Bairavasundaram 2007, 2008"
    }},
    "machine": {{
      "outage": {{
        "between": {{"kind": "exponential", "mean": "2890.8 h"}},
        "duration": {{"kind": "exponential", "mean": "0.25 h"}},
        "source": "SimEDC defaults (Zhang et al. 2017)"
      }}
    }}
  }},
)text",
                     life, source);
}

std::string code_text(const codes::CodeSpec& spec) {
  std::string text = fmt::format("{{\"kind\": \"{}\"", spec.kind);
  const codes::CodeKind* kind = codes::find_code(spec.kind);
  for (const auto& parameter : kind->parameters) {
    const std::string name(parameter.name);
    text += fmt::format(", \"{}\": {}", name, spec.parameters.at(name));
  }
  return text + "}";
}

std::string preset_strategy(const std::string& name) {
  return comment(fmt::format("Every value with its source: holdfast info --presets {}", name),
                 "    ") +
         fmt::format("    {{\"name\": {0}, \"preset\": {0}}}", json_literal(name));
}

/// About a hundred shards on a disk, if the data have as many stripes.
double groups_of(const Wish& wish, int width) {
  return groups_within(100 * machines_of(wish).all_disks() / width,
                       parse_quantity(QuantityKind::bytes, wish.data).value);
}

std::string code_strategy(const Wish& wish, const std::string& words) {
  const codes::CodeSpec spec = code_of_words(words);
  const auto code = codes::make_code(spec);
  const int width = code->shape().total();
  const Machines machines = machines_of(wish);
  const double in_rack = std::ceil(width / (machines.sites * machines.racks));
  return comment(
             "Assumed: each shard of a group on a machine of its own, evenly over the racks, "
             "and about 100 shards on a disk.",
             "    ") +
         fmt::format(R"(    {{
      "name": {},
      "code": {},
      "placement": {{
        "kind": "declustered", "groups": {},
        "max_per_domain": {{"rack": {}, "machine": 1}}
      }}
    }})",
                     json_literal(code->name()), code_text(spec), groups_of(wish, width), in_rack);
}

std::string strategies_text(const Wish& wish) {
  std::string text;
  const auto add = [&text](const std::string& strategy) {
    text += (text.empty() ? "" : ",\n") + strategy;
  };
  for (const std::string& preset : wish.presets) add(preset_strategy(preset));
  for (const std::string& words : wish.codes) add(code_strategy(wish, words));
  return "  \"strategies\": [\n" + text + "\n  ]\n";
}

std::string name_of(const Wish& wish) {
  if (!wish.name.empty()) return wish.name;
  return fmt::format("{} on {} machines", wish.data, wish.machines);
}

}  // namespace

std::string new_scenario_text(const Wish& wish) {
  const bool drive = DriveTable::shipped().find(wish.disk) != nullptr;
  constexpr double object = 10e6;
  const bool small = parse_quantity(QuantityKind::bytes, wish.data).value < object;
  std::string text = "{\n";
  if (!wish.command.empty()) text += comment("Written by: " + wish.command, "  ");
  text += comment("What is not here has a default: holdfast info --defaults", "  ");
  if (!wish.schema.empty()) text += fmt::format("  \"$schema\": {},\n", json_literal(wish.schema));
  text += fmt::format("  \"version\": 1,\n  \"name\": {},\n  \"mission\": \"1 year\",\n",
                      json_literal(name_of(wish)));
  text += comment("Assumed: the size of an object.", "  ");
  text += fmt::format("  \"data\": {{\"logical\": {}, \"object_size\": {}}},\n",
                      json_literal(wish.data), small ? json_literal(wish.data) : "\"10 MB\"");
  text += hardware_text(wish) + failures_text(drive);
  text += comment("Assumed: new hardware stands there the day after.", "  ");
  text += "  \"repair\": {\"replacement\": \"24 h\"},\n";
  return text + strategies_text(wish) + "}\n";
}

}  // namespace models::scenario
