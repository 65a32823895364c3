#include "cli/result_outputs.h"

#include <algorithm>

#include "cli/console.h"

namespace cli {
namespace {

constexpr std::size_t columns = 80;

std::string with_command(const std::string& text, const reports::Provenance& from) {
  return text + "The same again:\n" + reports::command_lines(from.command, "  ", columns);
}

}  // namespace

ResultOutputs::ResultOutputs(const Arguments& arguments) : quiet_(arguments.quiet) {
  const auto open = [this](const std::optional<std::string>& path, std::optional<OutputFile>& to) {
    if (!path) return;
    to.emplace(*path);
    ledger_.writes(*to);
  };
  open(arguments.json, json_);
  open(arguments.csv, csv_);
  open(arguments.report, report_);
  open(arguments.figure, figure_);
  open(arguments.svg, figure_);
  const bool on_stdout = std::ranges::any_of(ledger_.outputs(), &OutputFile::is_stdout);
  if (!quiet_ || on_stdout) ledger_.prints();
}

bool ResultOutputs::refused() const {
  if (const auto fault = ledger_.conflict()) {
    complain(*fault);
    return true;
  }
  bool refused = false;
  for (const OutputFile& file : ledger_.outputs()) {
    if (const auto fault = file.refusal()) {
      complain(*fault);
      refused = true;
    }
  }
  return refused;
}

bool ResultOutputs::write(const Rendering& rendering) const {
  const std::function<std::string()> json = [&] {
    return reports::with_provenance(rendering.json(), rendering.from);
  };
  const std::function<std::string()> text = [&] {
    return with_command(rendering.text(), rendering.from);
  };
  bool good = true;
  const std::function<std::string()>* to_stdout = quiet_ ? nullptr : &text;
  const auto place = [&](const std::optional<OutputFile>& file,
                         const std::function<std::string()>& render) {
    if (!file || !render) return;
    if (file->is_stdout()) {
      to_stdout = &render;
    } else if (const auto fault = file->commit(render())) {
      complain(*fault);
      good = false;
    }
  };
  place(figure_, rendering.figure);
  place(json_, json);
  place(csv_, rendering.csv);
  place(report_, rendering.html);
  if (to_stdout != nullptr) good = print((*to_stdout)()) && good;
  return good;
}

}  // namespace cli
