#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/output_file.h"
#include "models/input/file_bytes.h"

namespace cli {

/// Every file of one run: what it reads and what it writes. No output may replace an input, and no
/// two outputs may share a file, however they are named: links, hard links and "a/../b" are seen
/// through.
class FileLedger {
 public:
  /// "-" is standard input, which may be a file.
  void reads(models::scenario::FileRead file) { inputs_.push_back(std::move(file)); }
  void reads(const models::scenario::FilesRead& files);
  void writes(OutputFile output) { outputs_.push_back(std::move(output)); }
  /// Standard output carries a result; where it is a file, that file is an output too.
  void prints() { prints_ = true; }

  const std::vector<OutputFile>& outputs() const { return outputs_; }
  /// Each file once, with its digest.
  models::scenario::FilesRead inputs() const;

  /// What is wrong with these files together; empty if nothing is.
  std::optional<std::string> conflict() const;

 private:
  std::optional<std::string> input_lost() const;
  std::optional<std::string> output_lost() const;

  models::scenario::FilesRead inputs_;
  std::vector<OutputFile> outputs_;
  bool prints_{};
};

}  // namespace cli
