#include "cli/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cli {
namespace {

constexpr std::string_view now = "Commands";
constexpr std::string_view help = "Helpers";

constexpr std::array<Command, 20> table{
    {{"new", now, "a first scenario from a few answers, or from options",
      "holdfast new --machines 12 --disks-per-machine 12 --disk '16 TB' "
      "--preset ceph-ec-4+2-host --data '500 TB' --out my_scenario.json",
      first_words, new_scenario},
     {"compare", now, "every strategy of a scenario, side by side",
      "holdfast compare scenarios/regional_imaging_cloud.json --json result.json",
      scenario | seed_and_set | strategy | run_options | outputs | check | page | resumable,
      compare},
     {"explain", now, "the event log of one mission: why were data lost",
      "holdfast explain scenarios/regional_imaging_cloud.json --strategy 'RS 6+3' --mission 3",
      scenario | seed_and_set | strategy | mission_number, explain},
     {"drill", now, "real bytes through the real code, with faults injected",
      "holdfast drill scenarios/regional_imaging_cloud.json --objects 20 --missions 100",
      scenario | seed_and_set | strategy | mission_number | drill_size | outputs | page |
          time_limit,
      drill},
     {"lifecycle", now, "cold files, copies, tiers, incidents: what moves and what returns",
      "holdfast lifecycle scenarios/hospital_hybrid_array.json",
      scenario | seed_and_set | run_options | outputs | page, lifecycle},
     {"verify", now, "re-computes published claims; judges those of a scenario",
      "holdfast verify seventeen-plus-three raid-1988",
      case_names | seed_and_set | strategy | run_options | outputs | check | page, verify},
     {"sweep", now, "curves and grids of any metric over inputs",
      "holdfast sweep my.json --vary failures.disk.lifetime='1 %/year:5 %/year:5'",
      scenario | seed_and_set | strategy | run_options | outputs | vary, sweep},
     {"solve", now, "the value of an input at which a target is met",
      "holdfast solve scenarios/regional_imaging_cloud.json --strategy 'three replicas' "
      "--for repair.detection.time --target 'durability_nines >= 8'",
      scenario | seed_and_set | strategy | run_options | outputs | sought, solve},
     {"plan", now, "from demand to a priced design, year by year, with its proof",
      "holdfast plan scenarios/plans/city_hospital.json --report plan.html",
      scenario | seed_and_set | outputs | check | threads_only | page | time_limit, plan},
     {"fit", now, "records of failures to laws with intervals, and bursts",
      "holdfast fit failures.csv --population 32494 --installed 2018-06-01",
      record | seed | outputs | page | time_limit, fit},
     {"replay", now, "recorded failures hit each strategy",
      "holdfast replay scenarios/records/alpine.json --trace alpine_failures.csv",
      scenario | seed_and_set | strategy | replayed | outputs | page | time_limit, replay},
     {"codes", now, "measures the codecs on this machine",
      "holdfast codes --csv codes.csv --svg codes.svg", measuring | time_limit, codes},
     {"paths", now, "single points of failure, switching over, service by cause",
      "holdfast paths scenarios/city_hospital_gateway.json --figure paths.svg",
      scenario | seed_and_set | strategy | path_options | outputs | check | page | time_limit,
      paths},
     {"merge", help, "joins partial results of 'compare --replicates' into one",
      "holdfast merge part_1.json part_2.json --json result.json",
      result_parts | threads_only | outputs | check | page, merge},
     {"validate", help, "checks a scenario and lists every fault with its place",
      "holdfast validate my_scenario.json", scenario | seed_and_set, validate},
     {"schema", help, "prints the JSON schema of scenario files, or of plans",
      "holdfast schema > scenario.schema.json", name, schema},
     {"examples", help, "lists the shipped scenarios, or prints one",
      "holdfast examples regional_imaging_cloud > my_scenario.json", name, examples},
     {"info", help, "version, machine; defaults, metrics, codes, drives, presets",
      "holdfast info --defaults", what_to_list, info},
     {"manual", help, "prints the manual page, as man reads it", "holdfast manual | man -l -",
      nothing, manual},
     {"completion", help, "prints the completions of bash, zsh or fish",
      "source <(holdfast completion bash)", shell_name, completion}}};

}  // namespace

std::span<const Command> all_commands() { return table; }

const Command* find_command(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &Command::name);
  return found == table.end() ? nullptr : found;
}

std::string overview() {
  std::string text =
      "Holdfast: will this storage design keep the data, how fast does it heal,\n"
      "what does it cost?\n\nUsage: holdfast COMMAND [OPTIONS]\n";
  std::string_view group;
  for (const Command& command : table) {
    if (command.group != group) text += fmt::format("\n{}:\n", command.group);
    group = command.group;
    text += fmt::format("  {:<10} {}\n", command.name, command.purpose);
  }
  text +=
      "\nExamples:\n"
      "  holdfast examples\n"
      "  holdfast new\n"
      "  holdfast compare scenarios/regional_imaging_cloud.json\n"
      "  holdfast compare my_scenario.json --precision 10% --json result.json\n"
      "\n'holdfast COMMAND --help' tells the options of a command.\n";
  return text;
}

}  // namespace cli
