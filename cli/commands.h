#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/arguments.h"

namespace cli {

/// Which options a command takes, as bits.
enum Takes : unsigned {
  nothing = 0,
  scenario = 1U,      ///< a scenario file, required
  seed_and_set = 2U,  ///< --seed, --set
  strategy = 4U,
  run_options = 8U,  ///< --threads, --precision, --max-seconds, --replicates, --method
  outputs = 16U,     ///< --json, --csv, --report, --quiet
  mission_number = 32U,
  what_to_list = 64U,    ///< --defaults, --metrics, --codes
  name = 128U,           ///< an example or a kind of schema, optional
  anything = 256U,       ///< not built yet: whatever follows is not looked at
  drill_size = 512U,     ///< --objects, --bytes, --faults, --steps, --missions, --schedule, --store
  case_names = 1024U,    ///< cases of `verify`, --scenario, --list
  check = 2048U,         ///< --check
  vary = 4096U,          ///< --vary, --metric
  threads_only = 8192U,  ///< --threads
  page = 16384U,         ///< --report is written, not only known
  record = 32768U,       ///< a record of failures, required, and what it does not say by itself
  seed = 65536U,         ///< --seed without --set
  replayed = 131072U,    ///< --trace, --placements, --threads
  measuring = 262144U,   ///< --threads, --csv, --svg, --quiet of `codes`
  time_limit = 1U << 19U,    ///< --max-seconds, where run_options has it not
  path_options = 1U << 20U,  ///< --missions, --threads, --figure
  shell_name = 1U << 21U,    ///< bash, zsh or fish, required
  first_words = 1U << 22U,   ///< --machines, --preset, --data ... of `new`
  result_parts = 1U << 23U,  ///< result documents, required
  resumable = 1U << 24U,     ///< --checkpoint
  sought = 1U << 25U         ///< --for, --target, --between
};

/// A line of the table of commands.
struct Command {
  std::string_view name;
  std::string_view group;
  std::string_view purpose;
  std::string_view example;
  unsigned takes;
  int (*run)(const Arguments& arguments, const Options& options);
};

/// Every command, in the order of the help.
std::span<const Command> all_commands();
const Command* find_command(std::string_view name);

/// What `holdfast` says without arguments: purpose, commands, three examples.
std::string overview();

int compare(const Arguments& arguments, const Options& options);
int validate(const Arguments& arguments, const Options& options);
int schema(const Arguments& arguments, const Options& options);
int examples(const Arguments& arguments, const Options& options);
int info(const Arguments& arguments, const Options& options);
int explain(const Arguments& arguments, const Options& options);
int drill(const Arguments& arguments, const Options& given);
int verify(const Arguments& arguments, const Options& options);
int lifecycle(const Arguments& arguments, const Options& options);
int plan(const Arguments& arguments, const Options& options);
int codes(const Arguments& arguments, const Options& options);
int paths(const Arguments& arguments, const Options& options);
int sweep(const Arguments& arguments, const Options& options);
int solve(const Arguments& arguments, const Options& options);
int fit(const Arguments& arguments, const Options& options);
int replay(const Arguments& arguments, const Options& options);
int completion(const Arguments& arguments, const Options& options);
int new_scenario(const Arguments& arguments, const Options& options);
int merge(const Arguments& arguments, const Options& options);
int manual(const Arguments& arguments, const Options& options);

}  // namespace cli
