#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "holdfast_version.h"

namespace {

using cli::Arguments;
using cli::Command;

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
  add_text(app, "--method", arguments.method, "M", "auto, analytic or direct");
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

void add_record(CLI::App& app, Arguments& arguments) {
  app.add_option("TRACE", arguments.scenario,
                 "failures (timestamp,unit,...), drive days (a file or a folder) or a table of "
                 "models, plain or gzip")
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
  add_text(app, "--out", arguments.store, "FILE",
           "write what a scenario runs: law of disks and bursts; - for standard output");
  add_text(app, "--scenario", arguments.claims_of, "FILE",
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

void add_options(CLI::App& app, unsigned takes, Arguments& arguments) {
  if ((takes & cli::scenario) != 0) {
    app.add_option("SCENARIO", arguments.scenario, "scenario file")->required()->type_name("");
  }
  if ((takes & cli::name) != 0) {
    app.add_option("NAME", arguments.scenario, "the example to print")->type_name("");
  }
  if ((takes & cli::case_names) != 0) {
    app.add_option("CASE", arguments.cases, "a case, or a family of cases; all by default")
        ->type_name("");
    add_text(app, "--scenario", arguments.claims_of, "FILE", "judge the claims of this scenario");
    app.add_flag("--list", arguments.list, "every case with its title");
    app.add_flag("--assumptions", arguments.assumptions,
                 "with --scenario: each claim about a figure under each assumption");
  }
  if ((takes & cli::strategy) != 0) {
    add_list(app, "--strategy", arguments.strategies, "NAME", "only this strategy; repeatable");
  }
  if ((takes & cli::mission_number) != 0) {
    add_text(app, "--mission", arguments.mission, "N", "number of the mission; 0 by default");
  }
  if ((takes & cli::seed_and_set) != 0) {
    add_text(app, "--seed", arguments.seed, "N", "seed of the random streams; 1 by default");
    add_list(app, "--set", arguments.overrides, "PATH=VALUE",
             "change a value of the scenario; repeatable");
  }
  if ((takes & cli::seed) != 0) {
    add_text(app, "--seed", arguments.seed, "N", "seed of the random streams; 1 by default");
  }
  if ((takes & cli::record) != 0) add_record(app, arguments);
  if ((takes & cli::replayed) != 0) {
    add_text(app, "--trace", arguments.trace, "FILE",
             "log of failures: timestamp,unit,rack,machine,slot, plain or gzip");
    add_text(app, "--placements", arguments.placements_played, "N",
             "placements of each strategy, drawn anew; 20 by default");
    add_text(app, "--threads", arguments.threads, "N", "threads; every core by default");
  }
  if ((takes & cli::drill_size) != 0) add_drill_size(app, arguments);
  if ((takes & cli::measuring) != 0) add_measuring(app, arguments);
  if ((takes & cli::run_options) != 0) add_run_options(app, arguments);
  if ((takes & cli::time_limit) != 0) add_time_limit(app, arguments);
  if ((takes & cli::threads_only) != 0) {
    add_text(app, "--threads", arguments.threads, "N", "threads; every core by default");
  }
  if ((takes & cli::path_options) != 0) add_path_options(app, arguments);
  if ((takes & cli::vary) != 0) {
    add_list(app, "--vary", arguments.vary, "PATH=A:B:N",
             "an input that varies: A:B:N, A:B:N:log or V1,V2,...; repeatable");
    add_list(app, "--metric", arguments.metric_ids, "ID",
             "a metric of 'holdfast info --metrics'; repeatable");
  }
  if ((takes & cli::outputs) != 0) add_outputs(app, arguments);
  if ((takes & cli::check) != 0) {
    app.add_flag("--check", arguments.check, "exit 4 if a claim is refuted, 5 if one is undecided");
  }
  if ((takes & cli::what_to_list) != 0) {
    app.add_flag("--defaults", arguments.defaults, "every default with source and year");
    app.add_flag("--metrics", arguments.metrics, "every metric with unit and meaning");
    app.add_flag("--codes", arguments.codes, "every code with its parameters");
    app.add_flag("--placements", arguments.placements, "every way of placing, and of sparing");
    app.add_flag("--prices", arguments.prices, "every price a price book may name");
    app.add_flag("--drives", arguments.drives, "every drive model with its failure rate");
  }
}

/// A word in place of the command that is none.
int unknown_command(const std::string& word) {
  std::vector<std::string> names;
  names.reserve(cli::all_commands().size());
  for (const Command& command : cli::all_commands()) names.emplace_back(command.name);
  std::string hint = "'holdfast --help' lists the commands";
  if (const auto guess = cli::nearest(word, names)) hint = "did you mean '" + *guess + "'?";
  if (word.ends_with(".json")) hint = "did you mean 'holdfast compare " + word + "'?";
  cli::complain("there is no command '" + word + "'; " + hint);
  return cli::usage;
}

/// Something of this run goes to standard output.
bool prints(const Arguments& arguments) {
  if (!arguments.quiet || arguments.list) return true;
  return std::ranges::any_of(std::array{arguments.json, arguments.csv, arguments.report,
                                        arguments.figure, arguments.svg, arguments.store},
                             [](const auto& file) { return file == "-"; });
}

int run_command(const Command& command, const Arguments& arguments) {
  if (!cli::stdout_is_open() && prints(arguments)) {
    cli::complain("standard output is closed; open it, or use --quiet and name a file");
    return cli::failure;
  }
  if (arguments.report && (command.takes & cli::page) == 0) {
    cli::complain("not built yet: --report of '" + std::string{command.name} +
                  "'; there are --json and --csv");
    return cli::usage;
  }
  const cli::Understood understood = cli::understand(arguments);
  if (!understood.options) {
    cli::complain(understood.fault);
    return cli::usage;
  }
  return command.run(arguments, *understood.options);
}

int parse_and_run(const Command& command, int count, char** words) {
  Arguments arguments;
  CLI::App app{"holdfast " + std::string{command.name} + ": " + std::string{command.purpose},
               "holdfast " + std::string{command.name}};
  app.footer("\nExample:\n  " + std::string{command.example});
  add_options(app, command.takes, arguments);
  try {
    app.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    return cli::print(app.help()) ? cli::done : cli::failure;
  } catch (const CLI::ParseError& error) {
    cli::complain(std::string{error.what()} + "; see 'holdfast " + std::string{command.name} +
                  " --help'");
    return cli::usage;
  }
  return run_command(command, arguments);
}

int start(int count, char** words) {
  cli::hold_standard_descriptors();
  cli::take_signals_as_errors();
  const std::string first = count > 1 ? words[1] : "--help";
  if (first == "--help" || first == "-h" || first == "help") {
    return cli::print(cli::overview()) ? cli::done : cli::failure;
  }
  if (first == "--version") {
    return cli::print("holdfast " + std::string{holdfast::version} + "\n") ? cli::done
                                                                           : cli::failure;
  }
  const Command* command = cli::find_command(first);
  if (command == nullptr) return unknown_command(first);
  if (command->run == nullptr) {
    cli::complain("not built yet: holdfast " + first + " (" + std::string{command->purpose} + ")");
    return cli::usage;
  }
  return parse_and_run(*command, count - 1, words + 1);
}

}  // namespace

int main(int count, char** words) {
  try {
    return start(count, words);
  } catch (const std::bad_alloc&) {
    cli::complain("out of memory");
  } catch (const std::exception& error) {
    cli::complain(error.what());
  }
  return cli::failure;
}
