#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <utility>

#include "cli/shipped.h"
#include "models/fleet/results.h"
#include "models/input/preset_table.h"
#include "models/scenario/metrics.h"
#include "models/verify/published_case.h"

namespace cli {
namespace {

void add_text(CLI::App& app, const std::string& name, std::optional<std::string>& place,
              const std::string& type, const std::string& about) {
  app.add_option_function<std::string>(
         name, [&place](const std::string& text) { place = text; }, about)
      ->type_name(type);
}

/// Repeatable, one value each: a list would swallow what follows.
void add_list(CLI::App& app, const std::string& name, std::vector<std::string>& place,
              const std::string& type, const std::string& about) {
  app.add_option(name, place, about)->type_name(type)->type_size(1)->allow_extra_args(false);
}

void add_time_limit(CLI::App& app, Arguments& arguments) {
  add_text(app, "--max-seconds", arguments.max_seconds, "S", "stop after so many seconds");
}

void add_run_options(CLI::App& app, Arguments& arguments) {
  add_text(app, "--threads", arguments.threads, "N", "threads; every core by default");
  add_text(app, "--precision", arguments.precision, "P",
           "stop at this relative half-width, such as 10% or 0.1");
  add_time_limit(app, arguments);
  add_text(app, "--replicates", arguments.replicates, "A:B", "play replicates A to B-1");
  add_text(app, "--method", arguments.method, "M",
           "auto, analytic, direct, compensator, exposure or splitting");
}

void add_outputs(CLI::App& app, Arguments& arguments) {
  add_text(app, "--json", arguments.json, "FILE",
           "result document; - prints it in place of the table");
  add_text(app, "--csv", arguments.csv, "FILE",
           "rows of figures; - prints them in place of the table");
  add_text(app, "--report", arguments.report, "FILE", "one page for a board and a reviewer");
  add_text(app, "--lang", arguments.language, "LANG", "language that the page opens in: en or zh");
  app.add_flag("--quiet", arguments.quiet, "no table and no progress");
}

void add_drill_size(CLI::App& app, Arguments& arguments) {
  add_text(app, "--objects", arguments.objects, "N", "objects to store; 100 by default");
  add_text(app, "--bytes", arguments.bytes, "B", "bytes of an object; 65536 by default");
  add_text(app, "--steps", arguments.steps, "N", "steps of a mission; 50 by default");
  add_text(app, "--faults", arguments.faults, "LIST",
           "kinds of faults, such as disk,bit-flip,crash-write; all by default");
  add_text(app, "--missions", arguments.missions, "N",
           "missions, each with a schedule of its own; 1 by default");
  add_text(app, "--schedule", arguments.schedule, "STEPS", "this schedule, as a failure prints it");
  add_text(app, "--failover", arguments.failover, "STEPS",
           "only the failover of gateways, through this schedule, as a failure prints it");
  add_text(app, "--store", arguments.store, "DIR", "keep the bytes in a new folder, with fsync");
}

/// How a record is read, where its first line does not say it.
void add_reading(CLI::App& app, Arguments& arguments) {
  add_text(app, "--columns", arguments.columns, "ROLE=COLUMN,...",
           "which columns say what, such as unit=Server/Slot,time=Date; by default by their names");
  add_list(app, "--where", arguments.where, "COLUMN=VALUE",
           "only rows such as Action=replacement (also A|B, and !=); repeatable");
  add_text(app, "--dates", arguments.dates, "FORM",
           "iso, us (month first), eu (day first) or epoch, where dates have two readings");
  app.add_flag("--strict", arguments.strict,
               "stop at a row with a fault; by default it is left out, and told");
}

void add_record(CLI::App& app, Arguments& arguments) {
  app.add_option("TRACE", arguments.scenario,
                 "failures (timestamp,unit,...), drive days or a table of models: a file, plain or "
                 "gzip, xz, zstd, zip, or a folder")
      ->required()
      ->type_name("");
  add_text(app, "--population", arguments.population, "N", "units there were, failed or not");
  add_text(app, "--units", arguments.units, "FILE",
           "a list of all units: unit,installed,removed,model,rack,machine,slot");
  add_text(app, "--from", arguments.from, "DATE", "first day of a log; that of its first failure");
  add_text(app, "--until", arguments.until, "DATE", "last day of a log; that of its last failure");
  add_text(app, "--installed", arguments.installed, "DATE",
           "day on which the units were put in that were there at first");
  add_text(app, "--model", arguments.model, "NAME", "only units of this model");
  add_text(app, "--law", arguments.law, "L",
           "exponential, weibull or bathtub for the scenario; by default the one that foretells "
           "held-out weeks best");
  add_reading(app, arguments);
  add_text(app, "--out", arguments.out, "FILE",
           "write what a scenario runs: law of disks and bursts; - for standard output");
  add_text(app, "--scenario", arguments.base, "FILE",
           "with --out: this scenario with them in place of its own");
}

void add_measuring(CLI::App& app, Arguments& arguments) {
  add_text(app, "--threads", arguments.threads, "N", "threads; every core by default");
  add_text(app, "--csv", arguments.csv, "FILE",
           "one line for each measurement; - for standard output");
  add_text(app, "--svg", arguments.svg, "FILE", "figure of the word sizes; - for standard output");
  app.add_flag("--quiet", arguments.quiet, "no table and no progress");
}

void add_path_options(CLI::App& app, Arguments& arguments) {
  add_text(app, "--threads", arguments.threads, "N", "threads; every core by default");
  add_text(app, "--missions", arguments.missions, "N", "missions to play; 1024 by default");
  add_text(app, "--figure", arguments.figure, "FILE",
           "drawing (SVG) of the paths of the first strategy");
}

void add_replayed(CLI::App& app, Arguments& arguments) {
  add_text(app, "--trace", arguments.trace, "FILE",
           "log of failures (timestamp,unit,rack,machine,slot), plain, compressed or a folder");
  add_reading(app, arguments);
  add_text(app, "--placements", arguments.placements_played, "N",
           "placements of each strategy, drawn anew; 20 by default");
  add_text(app, "--resample", arguments.resample, "BLOCKS",
           "weeks or machines: also records drawn from those blocks of this one, 200 of them or "
           "as many as weeks:N says");
  add_text(app, "--threads", arguments.threads, "N", "threads; every core by default");
}

void add_sought(CLI::App& app, Arguments& arguments) {
  add_text(app, "--for", arguments.solve_for, "PATH",
           "the input that is sought, as --set names it");
  add_text(
      app, "--target", arguments.target, "'METRIC OP VALUE'",
      "what is to be reached: a metric of 'holdfast info --metrics', >=, <=, > or <, a number");
  add_text(app, "--between", arguments.between, "A:B",
           "where to search; outward from the scenario's value by default");
}

void add_first_words(CLI::App& app, Arguments& arguments) {
  add_text(app, "--machines", arguments.machines, "N", "machines in all");
  add_text(app, "--disks-per-machine", arguments.disks_per_machine, "N", "disks in each");
  add_text(app, "--disk", arguments.disk, "SIZE",
           "size of a disk, such as '16 TB', or a model of 'holdfast info --drives'");
  add_list(app, "--preset", arguments.presets, "NAME",
           "a product of 'holdfast info --presets'; repeatable: one strategy each");
  add_list(app, "--code", arguments.kept_codes, "CODE",
           "or a code: 'rs 6+3', 'replication 3', 'lrc 12+2+2'; repeatable");
  add_text(app, "--data", arguments.data, "SIZE", "data of the users, such as '500 TB'");
  add_text(app, "--racks", arguments.racks, "N", "racks of each site; 1 by default");
  add_text(app, "--sites", arguments.sites, "N", "sites; 1 by default");
  add_text(app, "--name", arguments.scenario_name, "TEXT", "name of the scenario");
  add_text(app, "--out", arguments.out, "FILE",
           "where it goes; - for standard output, which is the default");
  app.add_flag("--ask", arguments.ask,
               "ask for what the options do not say; so does 'holdfast new' alone on a terminal");
  app.add_flag("--force", arguments.force, "overwrite a file that is there");
}

void add_options(CLI::App& app, unsigned takes, Arguments& arguments) {
  if ((takes & scenario) != 0) {
    app.add_option("SCENARIO", arguments.scenario, "scenario or plan file; - for standard input")
        ->required()
        ->type_name("");
  }
  if ((takes & name) != 0) {
    app.add_option("NAME", arguments.scenario, "which one; all by default")->type_name("");
  }
  if ((takes & shell_name) != 0) {
    app.add_option("SHELL", arguments.scenario, "bash, zsh or fish")->required()->type_name("");
  }
  if ((takes & result_parts) != 0) {
    app.add_option("RESULT", arguments.parts,
                   "partial results: documents of compare --replicates A:B --json FILE")
        ->required()
        ->type_name("");
  }
  if ((takes & resumable) != 0) {
    add_text(app, "--checkpoint", arguments.checkpoint, "FILE",
             "save what was played every few seconds; the same command goes on from there");
  }
  if ((takes & case_names) != 0) {
    app.add_option("CASE", arguments.cases, "a case, or a family of cases; all by default")
        ->type_name("");
    add_text(app, "--scenario", arguments.claims_of, "FILE", "judge the claims of this scenario");
    app.add_flag("--list", arguments.list, "every case with its title");
    app.add_flag("--assumptions", arguments.assumptions,
                 "with --scenario: each claim about a figure under each assumption");
  }
  if ((takes & strategy) != 0) {
    add_list(app, "--strategy", arguments.strategies, "NAME", "only this strategy; repeatable");
  }
  if ((takes & mission_number) != 0) {
    add_text(app, "--mission", arguments.mission, "N", "number of the mission; 0 by default");
  }
  if ((takes & seed_and_set) != 0) {
    add_text(app, "--seed", arguments.seed, "N", "seed of the random streams; 1 by default");
    add_list(app, "--set", arguments.overrides, "PATH=VALUE",
             "change a value of the scenario; repeatable");
  }
  if ((takes & seed) != 0) {
    add_text(app, "--seed", arguments.seed, "N", "seed of the random streams; 1 by default");
  }
  if ((takes & record) != 0) add_record(app, arguments);
  if ((takes & replayed) != 0) add_replayed(app, arguments);
  if ((takes & drill_size) != 0) add_drill_size(app, arguments);
  if ((takes & measuring) != 0) add_measuring(app, arguments);
  if ((takes & run_options) != 0) add_run_options(app, arguments);
  if ((takes & time_limit) != 0) add_time_limit(app, arguments);
  if ((takes & threads_only) != 0) {
    add_text(app, "--threads", arguments.threads, "N", "threads; every core by default");
  }
  if ((takes & path_options) != 0) add_path_options(app, arguments);
  if ((takes & vary) != 0) {
    add_list(app, "--vary", arguments.vary, "PATH=A:B:N",
             "an input that varies: A:B:N, A:B:N:log or V1,V2,...; repeatable");
    add_list(app, "--metric", arguments.metric_ids, "ID",
             "a metric of 'holdfast info --metrics'; repeatable");
  }
  if ((takes & sought) != 0) add_sought(app, arguments);
  if ((takes & outputs) != 0) add_outputs(app, arguments);
  if ((takes & check) != 0) {
    app.add_flag("--check", arguments.check, "exit 4 if a claim is refuted, 5 if one is undecided");
  }
  if ((takes & first_words) != 0) add_first_words(app, arguments);
  if ((takes & what_to_list) != 0) {
    app.add_option("NAME", arguments.scenario, "with --presets: every value of this one")
        ->type_name("");
    app.add_flag("--defaults", arguments.defaults, "every default with source and year");
    app.add_flag("--metrics", arguments.metrics, "every metric with unit and meaning");
    app.add_flag("--codes", arguments.codes, "every code with its parameters");
    app.add_flag("--placements", arguments.placements, "every way of placing, and of sparing");
    app.add_flag("--prices", arguments.prices, "every price a price book may name");
    app.add_flag("--drives", arguments.drives, "every drive model with its failure rate");
    app.add_flag("--presets", arguments.preset_list,
                 "every product that a strategy may name; with NAME its values and sources");
  }
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const auto& metric : models::scenario::all_metrics()) names.emplace_back(metric.id);
  return names;
}

std::vector<std::string> preset_names() {
  const auto names = models::scenario::PresetTable::shipped().names();
  return {names.begin(), names.end()};
}

/// Every value of an option, where there are few.
std::vector<std::string> choices_of(std::string_view command, std::string_view option) {
  if (option == "--method") return method_names();
  if (option == "--lang") return {"en", "zh"};
  if (option == "--law") return {"exponential", "weibull", "bathtub"};
  if (option == "--metric") return metric_names();
  if (option == "CASE") return models::verify::case_names();
  if (option == "SHELL") return {"bash", "zsh", "fish"};
  if (option == "--preset" || (option == "NAME" && command == "info")) return preset_names();
  if (option == "NAME" && command == "schema") return {"plan"};
  if (option == "NAME" && command == "examples") return example_names();
  return {};
}

/// CLI11 keeps the addresses of what it fills: `arguments` has to stay where it is.
void describe(CLI::App& app, const Command& command, Arguments& arguments) {
  app.footer("\nExample:\n  " + std::string{command.example});
  add_options(app, command.takes, arguments);
}

std::string title_of(const Command& command) {
  return "holdfast " + std::string{command.name} + ": " + std::string{command.purpose};
}

}  // namespace

std::vector<OptionLine> options_of(const Command& command) {
  Arguments arguments;
  CLI::App app;
  describe(app, command, arguments);
  std::vector<OptionLine> lines;
  for (const CLI::Option* option : std::as_const(app).get_options()) {
    const bool input = option->get_positional();
    OptionLine line{.name = input ? option->get_name(true) : "--" + option->get_lnames().front(),
                    .value = option->get_expected_max() == 0 ? "" : option->get_type_name(),
                    .about = option->get_description(),
                    .input = input,
                    .required = option->get_required(),
                    .repeatable = option->get_expected_max() > 1,
                    .choices = {}};
    if (line.name == "--help") continue;
    line.choices = choices_of(command.name, line.name);
    lines.push_back(std::move(line));
  }
  lines.push_back({.name = "--help", .about = "this list"});
  return lines;
}

Parsed parse(const Command& command, int count, char** words) {
  Parsed parsed;
  CLI::App app{title_of(command), "holdfast " + std::string{command.name}};
  describe(app, command, parsed.arguments);
  try {
    app.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    parsed.help = app.help();
  } catch (const CLI::ParseError& error) {
    parsed.fault =
        std::string{error.what()} + "; see 'holdfast " + std::string{command.name} + " --help'";
  }
  return parsed;
}

}  // namespace cli
