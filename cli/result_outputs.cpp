#include "cli/result_outputs.h"

#include "cli/console.h"

namespace cli {

ResultOutputs::ResultOutputs(const Arguments& arguments) : quiet_(arguments.quiet) {
  if (arguments.json) json_.emplace(*arguments.json);
  if (arguments.csv) csv_.emplace(*arguments.csv);
  if (arguments.report) report_.emplace(*arguments.report);
}

bool ResultOutputs::refused(const std::string& input) const {
  std::vector<OutputFile> files;
  if (json_) files.push_back(*json_);
  if (csv_) files.push_back(*csv_);
  if (report_) files.push_back(*report_);
  if (const auto fault = conflict(files, input)) {
    complain(*fault);
    return true;
  }
  bool refused = false;
  for (const OutputFile& file : files) {
    if (const auto fault = file.refusal()) {
      complain(*fault);
      refused = true;
    }
  }
  return refused;
}

bool ResultOutputs::write(const Rendering& rendering) const {
  bool good = true;
  const std::function<std::string()>* to_stdout = quiet_ ? nullptr : &rendering.text;
  const auto place = [&](const std::optional<OutputFile>& file,
                         const std::function<std::string()>& render) {
    if (!file) return;
    if (file->is_stdout()) {
      to_stdout = &render;
    } else if (const auto fault = file->commit(render())) {
      complain(*fault);
      good = false;
    }
  };
  place(json_, rendering.json);
  place(csv_, rendering.csv);
  if (rendering.html) place(report_, rendering.html);
  if (to_stdout != nullptr) good = print((*to_stdout)()) && good;
  return good;
}

}  // namespace cli
