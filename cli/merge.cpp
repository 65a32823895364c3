#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/compare_run.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/load_scenario.h"
#include "cli/parts.h"
#include "cli/run_identity.h"

namespace cli {
namespace {

/// The command line that plays all of it at once, with the outputs of this one.
Arguments at_once(const Arguments& given, const std::vector<PartFile>& parts) {
  const reports::Part& first = parts.front().part;
  Arguments arguments = given;
  arguments.parts.clear();
  arguments.scenario = first.scenario;
  arguments.overrides = first.overrides;
  arguments.strategies = first.strategies;
  arguments.seed = std::to_string(first.seed);
  arguments.method = first.method;
  arguments.replicates = fmt::format("{}:{}", first.first, parts.back().part.end);
  return arguments;
}

/// This program and the files that it reads are those of the parts.
bool same_run(const ComparedRun& run, const PartFile& first) {
  const auto here = identity_of(run.arguments, run.options, run.files.inputs());
  const std::string why = models::fleet::unlike(first.part.run, here);
  if (why.empty()) return true;
  complain({{.file = first.file,
             .line = 0,
             .pointer = {},
             .message = "cannot be merged here: " + why +
                        "; merge with the program and the files that it was made with"}});
  return false;
}

/// Says what a merge had to play, after it.
void tell_played(std::uint64_t blocks) {
  if (blocks == 0) return;
  complain(fmt::format(
      "{} block{} of replicates {} not in the parts as a whole and {} played here; cut "
      "--replicates "
      "at multiples of 64 to spare that",
      blocks, blocks == 1 ? "" : "s", blocks == 1 ? "was" : "were", blocks == 1 ? "was" : "were"));
}

}  // namespace

int merge(const Arguments& given, const Options& /*options*/) {
  ResultOutputs outputs{given};
  for (const std::string& file : given.parts) outputs.ledger().reads({"partial result", file, {}});
  if (outputs.refused()) return usage;
  auto parts = read_parts(given.parts);
  if (!parts) {
    complain(parts.diagnostics());
    return bad_input;
  }
  const PartFile& first = parts.value().front();
  const Arguments arguments = at_once(given, parts.value());
  const Understood understood = understand(arguments);
  if (!understood.options) {
    complain(first.file + ": " + understood.fault);
    return bad_input;
  }
  FileLedger files;
  std::vector<std::string> doubts;
  const auto scenario = load_scenario({first.part.scenario_file, first.part.scenario_text},
                                      arguments.overrides, &files, &doubts);
  if (!scenario || !knows_strategies(*scenario, arguments.strategies)) return bad_input;
  outputs.ledger().reads(files.inputs());
  if (outputs.refused()) return usage;
  models::fleet::BlockStore blocks;
  const ComparedRun run{.arguments = arguments,
                        .options = *understood.options,
                        .scenario = *scenario,
                        .doubts = doubts,
                        .files = files,
                        .blocks = blocks};
  if (!same_run(run, first)) return bad_input;
  for (PartFile& entry : parts.value()) {
    for (auto& block : entry.part.blocks) blocks.add(std::move(block));
  }
  const int code = run_compare(run, outputs);
  if (!given.quiet) tell_played(blocks.news());
  return code;
}

}  // namespace cli
