#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/file_ledger.h"
#include "cli/result_outputs.h"
#include "models/fleet/block_store.h"
#include "models/scenario/scenario.h"

namespace cli {

/// A run of `compare` of which everything is read.
struct ComparedRun {
  const Arguments& arguments;
  const Options& options;
  const models::scenario::Scenario& scenario;
  const std::vector<std::string>& doubts;  ///< warnings that every strategy carries
  const FileLedger& files;                 ///< what the scenario was read from
  models::fleet::BlockStore& blocks;       ///< sums that are known already
};

/// Its document is a partial result, with what a merge needs.
bool is_part(const Arguments& arguments, const Options& options);

/// Runs, resumes from the checkpoint, writes every output: the one way of `compare` and `merge`
/// from sums to figures. The exit status.
int run_compare(const ComparedRun& run, const ResultOutputs& outputs);

}  // namespace cli
