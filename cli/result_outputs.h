#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/file_ledger.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "reports/provenance.h"

namespace cli {

/// How each result is written: made when the run is over. Empty: this command has none.
struct Rendering {
  std::function<std::string()> json{}, csv{}, text{};
  std::function<std::string()> html{};    ///< of --report
  std::function<std::string()> figure{};  ///< of --figure or --svg
  reports::Provenance from{};             ///< ends the text, and is in the document
  bool partial{};                         ///< something is missing ...
  Interrupt::By stopped{};                ///< ... because of this
};

/// The outputs of one run and its ledger of files.
class ResultOutputs {
 public:
  explicit ResultOutputs(const Arguments& arguments);

  FileLedger& ledger() { return ledger_; }
  const FileLedger& ledger() const { return ledger_; }

  /// Why the outputs cannot be, told on stderr: two in one place, an input, no permission. Ask it
  /// before anything is computed, and again once the input has named further files.
  bool refused() const;

  /// Files first: a reader that closes the pipe must not cost them. False if something could not be
  /// written.
  bool write(const Rendering& rendering) const;

 private:
  FileLedger ledger_;
  std::optional<OutputFile> json_, csv_, report_, figure_;
  bool quiet_;
};

}  // namespace cli
