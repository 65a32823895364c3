#include "cli/result_outputs.h"

#include <algorithm>

#include "cli/console.h"
#include "reports/interruption.h"

namespace cli {
namespace {

constexpr std::size_t columns = 80;

reports::Interruption interruption_of(const Rendering& rendering) {
  if (!rendering.partial) return reports::Interruption::none;
  // A stage may have used up its share of the time before the whole of it was gone.
  return rendering.stopped == Interrupt::By::signal ? reports::Interruption::by_signal
                                                    : reports::Interruption::by_time;
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
  const reports::Interruption why = interruption_of(rendering);
  const std::function<std::string()> json = [&] {
    return reports::interrupted_json(reports::with_provenance(rendering.json(), rendering.from),
                                     why);
  };
  const std::function<std::string()> text = [&] {
    return reports::interrupted_text(rendering.text(), why) + "The same again:\n" +
           reports::command_lines(rendering.from.command, "  ", columns);
  };
  const std::function<std::string()> csv = [&] {
    return reports::interrupted_csv(rendering.csv(), why);
  };
  const std::function<std::string()> html = [&] {
    return reports::interrupted_html(rendering.html(), why);
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
  place(csv_, csv);
  if (rendering.html) place(report_, html);
  if (to_stdout != nullptr) good = print((*to_stdout)()) && good;
  return good;
}

}  // namespace cli
