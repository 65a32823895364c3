#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/output_file.h"

namespace cli {

/// Where results go, and how each is written: made when the run is over.
struct Rendering {
  std::function<std::string()> json, csv, text;
  std::function<std::string()> html{};  ///< of --report; empty: this command has none yet
};

/// The files of --json, --csv and --report and the table on standard output.
class ResultOutputs {
 public:
  explicit ResultOutputs(const Arguments& arguments);

  /// Why they cannot be, told on stderr: two on one place, the input, no permission. `input` may be
  /// empty.
  bool refused(const std::string& input) const;

  /// Files first: a reader that closes the pipe must not cost them. False if something could not be
  /// written.
  bool write(const Rendering& rendering) const;

 private:
  std::optional<OutputFile> json_, csv_, report_;
  bool quiet_;
};

}  // namespace cli
