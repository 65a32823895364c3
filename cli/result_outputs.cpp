#include "cli/result_outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/checkpoint.h"
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

/// What is written in one format only has its suffix, or none.
std::optional<std::string> wrong_suffix(const std::optional<OutputFile>& file,
                                        const std::vector<std::string>& suffixes,
                                        std::string_view remedy) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!file || file->is_stdout()) return std::nullopt;
  const fs::path path{file->path()};
  std::string given = path.extension().string();
  std::ranges::transform(given, given.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  // A device or pipe has the name that it has.
  if (given.empty() || fs::is_other(path, error)) return std::nullopt;
  if (std::ranges::find(suffixes, given) != suffixes.end()) return std::nullopt;
  return fmt::format("cannot write {}: no {} is written there but {}; name it {}{}", path.string(),
                     given, suffixes.front(),
                     fs::path{path}.replace_extension(suffixes.front()).string(), remedy);
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
  if (arguments.checkpoint) {
    ledger_.writes(OutputFile{*arguments.checkpoint});
    ledger_.writes(OutputFile{unfinished_name(*arguments.checkpoint)});
  }
  const bool on_stdout = std::ranges::any_of(ledger_.outputs(), &OutputFile::is_stdout);
  if (!quiet_ || on_stdout) ledger_.prints();
}

bool ResultOutputs::refused() const {
  if (const auto fault = ledger_.conflict()) {
    complain(*fault);
    return true;
  }
  bool refused = false;
  for (const auto& fault :
       {wrong_suffix(report_, {".html", ".htm"}, ", and let a browser print that to PDF (A4)"),
        wrong_suffix(figure_, {".svg"}, "")}) {
    if (!fault) continue;
    complain(*fault);
    refused = true;
  }
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
