#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "cli/commands.h"
#include "cli/compare_run.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/load_scenario.h"

namespace cli {
namespace {

/// What is wrong with --checkpoint on this command line; empty if nothing is.
std::string checkpoint_fault(const Arguments& arguments, const Options& options) {
  if (!arguments.checkpoint) return {};
  if (arguments.checkpoint->empty() || *arguments.checkpoint == "-") {
    return "--checkpoint: a file name is needed";
  }
  std::error_code error;
  const auto status = std::filesystem::status(*arguments.checkpoint, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return "--checkpoint: " + *arguments.checkpoint + " is no regular file";
  }
  if (options.run.max_seconds) {
    return "--checkpoint: not together with --max-seconds, whose figures depend on the clock; an "
           "interrupt (Ctrl-C, SIGTERM) saves the checkpoint too";
  }
  if (options.run.method == sim::Method::analytic) {
    return "--checkpoint: --method analytic plays nothing that could be saved";
  }
  return {};
}

}  // namespace

int compare(const Arguments& arguments, const Options& options) {
  if (const std::string fault = checkpoint_fault(arguments, options); !fault.empty()) {
    complain(fault);
    return usage;
  }
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  std::vector<std::string> doubts;
  const auto scenario = load_scenario(arguments, &outputs.ledger(), &doubts);
  if (!scenario) return bad_input;
  if (outputs.refused()) return usage;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  models::fleet::BlockStore blocks;
  return run_compare({.arguments = arguments,
                      .options = options,
                      .scenario = *scenario,
                      .doubts = doubts,
                      .files = outputs.ledger(),
                      .blocks = blocks},
                     outputs);
}

}  // namespace cli
