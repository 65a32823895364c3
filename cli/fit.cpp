#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/input_text.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/record_rows.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/records/analysis.h"
#include "models/records/fitted_scenario.h"
#include "models/records/read_trace.h"
#include "reports/fit_text.h"

namespace cli {
namespace {

using models::records::AnalysisOptions;
using models::records::CheckSize;
using models::records::Day;
using models::records::LawKind;

bool read_date(const std::optional<std::string>& text, std::string_view option,
               std::optional<Day>& day) {
  if (!text) return true;
  day = models::records::parse_day(*text);
  if (!day)
    complain(fmt::format("{}: a date such as 2019-01-04 is needed, got '{}'", option, *text));
  return day.has_value();
}

bool read_law(const std::optional<std::string>& text, std::optional<LawKind>& law) {
  if (!text) return true;
  for (const LawKind kind : {LawKind::exponential, LawKind::weibull, LawKind::bathtub}) {
    if (to_string(kind) == *text) law = kind;
  }
  if (!law) complain("--law: exponential, weibull or bathtub is needed, got '" + *text + "'");
  return law.has_value();
}

/// The options that a record has of its own; a message tells what is wrong with them.
std::optional<AnalysisOptions> read_options(const Arguments& arguments, const Options& options) {
  AnalysisOptions result;
  result.seed = options.run.seed;
  result.check.windows = CheckSize{}.windows;
  result.watched.population = options.population;
  result.watched.model = arguments.model.value_or("");
  result.watched.strict = options.reading.strict;
  if (!read_date(arguments.from, "--from", result.watched.from) ||
      !read_date(arguments.until, "--until", result.watched.until) ||
      !read_date(arguments.installed, "--installed", result.watched.installed) ||
      !read_law(arguments.law, result.law)) {
    return std::nullopt;
  }
  return result;
}

/// The sections of --out, alone or in the scenario of --scenario; an exit code if there are none.
struct Sections {
  std::string text;
  int code{done};
};
Sections sections_of(const models::records::Analysis& analysis, const Arguments& arguments) {
  if (!arguments.base) return {analysis.fragment.empty() ? "{}\n" : analysis.fragment};
  const auto base = read_input(*arguments.base);
  if (!base) {
    complain(base.diagnostics());
    return {{}, bad_input};
  }
  auto fitted = models::records::fitted_scenario(base.value().bytes, base.value().name, analysis);
  if (fitted) return {std::move(fitted.value())};
  complain(fitted.diagnostics());
  return {{}, bad_input};
}

/// --scenario without --out has no use, told on stderr.
bool refused(const Arguments& arguments) {
  if (arguments.base && !arguments.out) {
    complain("--scenario: needs --out FILE, where the fitted scenario goes");
    return true;
  }
  return false;
}

}  // namespace

int fit(const Arguments& arguments, const Options& options) {
  auto wanted = read_options(arguments, options);
  if (!wanted) return usage;
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"record of failures", arguments.scenario, {}});
  if (arguments.units) outputs.ledger().reads({"list of units", *arguments.units, {}});
  if (arguments.base) outputs.ledger().reads({"scenario", *arguments.base, {}});
  if (arguments.out) outputs.ledger().writes(OutputFile{*arguments.out});
  if (outputs.refused() || refused(arguments)) return usage;
  if (arguments.units) {
    auto inventory = models::records::read_inventory(*arguments.units, options.reading);
    if (!inventory) {
      complain(inventory.diagnostics());
      return bad_input;
    }
    complain_of_rows(inventory.value());
    outputs.ledger().reads(models::records::files_of(inventory.value()));
    wanted->watched.inventory = std::move(inventory.value());
  }
  const auto trace = models::records::read_trace(arguments.scenario, options.reading);
  if (!trace) {
    complain(trace.diagnostics());
    return bad_input;
  }
  complain_of_rows(trace.value());
  outputs.ledger().reads(models::records::files_of(trace.value()));
  if (outputs.refused()) return usage;
  const Interrupt interrupt{options.run.max_seconds};
  wanted->stop = interrupt.token();
  const auto analysis = models::records::analyse(trace.value(), *wanted);
  if (!analysis) {
    complain(analysis.diagnostics());
    return bad_input;
  }
  if (analysis.value().rows_faulty > trace.value().rows_faulty) {
    complain(fmt::format(
        "{}: {} failures are not borne by the list of units and are left out; --strict stops",
        trace.value().file, analysis.value().rows_faulty - trace.value().rows_faulty));
  }
  Sections sections;
  if (arguments.out) sections = sections_of(analysis.value(), arguments);
  if (sections.code != done) return sections.code;
  const bool to_stdout = arguments.out && OutputFile{*arguments.out}.is_stdout();
  if (arguments.out && !to_stdout) {
    if (const auto fault = OutputFile{*arguments.out}.commit(sections.text)) {
      complain(*fault);
      return failure;
    }
  }
  const bool partial = interrupt.token().stop_requested();
  const auto from = provenance_of("fit", arguments, options, outputs.ledger(), nullptr);
  const bool written = outputs.write(
      {.json = [&] { return reports::fit_json(analysis.value()); },
       .csv = [&] { return reports::fit_csv(analysis.value()); },
       .text =
           [&] {
             if (to_stdout) return sections.text;
             return reports::fit_text(analysis.value(), {.colour = stdout_colour()});
           },
       .html = [&] { return reports::fit_html(analysis.value(), from, options.language); },
       .from = from,
       .partial = partial,
       .stopped = interrupt.by()});
  if (written && partial && interrupt.by_signal()) return interrupted;
  return written ? done : failure;
}

}  // namespace cli
