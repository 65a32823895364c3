#include "models/input/new_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <regex>
#include <utility>

#include "models/input/drive_table.h"
#include "models/input/fault_list.h"
#include "models/input/fit.h"
#include "models/input/new_scenario_text.h"
#include "models/input/preset_table.h"
#include "models/input/read_scenario.h"
#include "models/scenario/nearest_name.h"
#include "models/scenario/quantity_text.h"

namespace models::scenario {
namespace {

constexpr std::array parts{
    WishPart{"--machines", "How many machines", "12", &Wish::machines},
    WishPart{"--disks-per-machine", "How many disks in each", "12", &Wish::disks_per_machine},
    WishPart{"--disk", "Size of a disk, or its model", "16 TB", &Wish::disk},
    WishPart{"--preset", "Product (a preset), or a code such as 'rs 6+3'", "ceph-ec-4+2-host",
             nullptr},
    WishPart{"--data", "Data of the users", "500 TB", &Wish::data}};

void fault(Diagnostics& faults, std::string_view option, std::string message) {
  faults.push_back(
      {.file = std::string(option), .line = 0, .pointer = {}, .message = std::move(message)});
}

constexpr int most_units = 100'000;

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || rest != end || value < 1 || value > most_units) return std::nullopt;
  return value;
}

void check_count(Diagnostics& faults, std::string_view option, const std::string& text) {
  if (text.empty() || whole(text)) return;
  fault(faults, option,
        fmt::format("a whole number from 1 to {} is needed, got '{}'", most_units, text));
}

bool begins_like_a_number(std::string_view text) {
  return !text.empty() && (text[0] == '.' || (text[0] >= '0' && text[0] <= '9'));
}

void check_disk(Diagnostics& faults, const std::string& text) {
  if (text.empty()) return;
  const ParsedQuantity size = parse_quantity(QuantityKind::bytes, text);
  if (size || DriveTable::shipped().find(text) != nullptr) return;
  fault(faults, "--disk",
        begins_like_a_number(text)
            ? size.fault
            : fmt::format("'{}' is no size such as '16 TB' and no drive of the table; {}", text,
                          DriveTable::shipped().advice(text)));
}

void check_data(Diagnostics& faults, const std::string& text) {
  if (text.empty()) return;
  if (const ParsedQuantity size = parse_quantity(QuantityKind::bytes, text); !size) {
    fault(faults, "--data", size.fault);
  }
}

/// What stands in a comment of what is written may not end its line.
void check_line(Diagnostics& faults, std::string_view option, const std::string& text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
  if (std::ranges::none_of(text, control)) return;
  fault(faults, option, "has a line break or a tab in it; give it in one line, without");
}

std::string code_fault(const std::string& text) {
  const codes::CodeSpec spec = code_of_words(text);
  const codes::CodeKind* kind = codes::find_code(spec.kind);
  if (kind == nullptr) {
    return fmt::format("'{}' is no code: 'rs 6+3', 'replication 3' and 'lrc 12+2+2' are the forms",
                       text);
  }
  for (const auto& parameter : kind->parameters) {
    const int value = spec.parameters.at(std::string(parameter.name));
    if (value >= parameter.low && value <= parameter.high) continue;
    return fmt::format("{} of '{}' must be {} to {}: {}", parameter.name, text, parameter.low,
                       parameter.high, parameter.meaning);
  }
  const std::string why = kind->check(spec);
  return why.empty() ? why : fmt::format("'{}' {}", text, why);
}

void check_kept(Diagnostics& faults, const Wish& wish) {
  const auto names = PresetTable::shipped().names();
  for (const std::string& preset : wish.presets) {
    if (PresetTable::shipped().find(preset) != nullptr) continue;
    fault(faults, "--preset",
          fmt::format("there is no preset '{}'; {}", preset, name_advice(preset, names)));
  }
  for (const std::string& code : wish.codes) {
    std::string why = code_fault(code);
    if (why.empty()) continue;
    if (const auto guess = nearest_name(code, names); !guess.empty()) {
      why += fmt::format("; did you mean the preset '{}'?", guess);
    }
    fault(faults, "--code", std::move(why));
  }
}

// Machines are shared out evenly to sites and racks.
void check_even(Diagnostics& faults, const Wish& wish) {
  const auto machines = whole(wish.machines);
  const int sites = whole(wish.sites).value_or(1);
  const int racks = whole(wish.racks).value_or(1);
  const std::int64_t places = std::int64_t{sites} * racks;
  if (!machines || *machines % places == 0) return;
  const std::int64_t less = *machines / places * places;
  fault(faults, "--machines",
        fmt::format(
            "{} machines cannot be shared out evenly to {} site(s) of {} rack(s); take {}{}",
            *machines, sites, racks, less > 0 ? fmt::format("{} or ", less) : "", less + places));
}

int width_of(const Strategy& strategy) { return codes::make_code(strategy.code)->shape().total(); }

/// A strategy of a wish, counted from 0, by the words that asked for it.
std::string_view words_of(const Wish& wish, std::size_t strategy) {
  if (strategy < wish.presets.size()) return wish.presets[strategy];
  strategy -= wish.presets.size();
  return strategy < wish.codes.size() ? std::string_view(wish.codes[strategy]) : "";
}

/// The code behind these words.
codes::CodeSpec spec_of(const Wish& wish, std::size_t strategy) {
  if (strategy >= wish.presets.size()) {
    return code_of_words(wish.codes[strategy - wish.presets.size()]);
  }
  return PresetTable::shipped().find(wish.presets[strategy])->code;
}

/// A fault of the scenario as one of the words that it was made of.
Diagnostic by_option(const Diagnostic& found, const Wish& wish) {
  Diagnostic result{.file = "the new scenario",
                    .line = 0,
                    .pointer = found.pointer,
                    .message = found.message,
                    .severity = found.severity};
  const auto said_by = [&](std::string_view option) {
    result.file = option;
    result.pointer.clear();
    return result;
  };
  if (found.pointer.starts_with("/data/")) return said_by("--data");
  if (found.pointer.starts_with("/hardware/disk")) return said_by("--disk");
  constexpr std::string_view strategies = "/strategies/";
  std::string_view rest = found.pointer;
  if (!rest.starts_with(strategies)) return result;
  rest.remove_prefix(strategies.size());
  std::size_t at = 0;
  std::from_chars(rest.data(), rest.data() + rest.size(), at);
  const std::string_view words = words_of(wish, at);
  if (words.empty()) return result;
  rest = rest.substr(std::min(rest.find('/'), rest.size()));
  result.pointer.clear();
  result.message = fmt::format("{}: {}", words, found.message);
  const int width = codes::make_code(spec_of(wish, at))->shape().total();
  const int machines = whole(wish.machines).value_or(0);
  if (rest.starts_with("/placement/max_per_domain") && width > machines) {
    result.file = "--machines";
    result.message = fmt::format(
        "{} keeps its {} shards on {} machines, and there are {}; take {} machines or more, or a "
        "code of at most {} shards",
        words, width, width, machines, width, machines);
  } else if (rest.starts_with("/placement/pool")) {
    result.file = "--disks-per-machine";
  } else if (rest.starts_with("/code") || rest.starts_with("/placement")) {
    result.file = "--machines";
  } else if (rest.empty() && found.message.find(" to store") != std::string::npos) {
    result.file = "--data";
  }
  return result;
}

// What is valid and yet not what most people want.
void add_doubts(const Scenario& scenario, const Wish& wish, Diagnostics& doubts) {
  const auto doubt = [&](std::string message) {
    doubts.push_back({.file = "--machines",
                      .line = 0,
                      .pointer = {},
                      .message = std::move(message),
                      .severity = Diagnostic::Severity::warning});
  };
  const std::int64_t machines = scenario.hardware.machines();
  for (std::size_t i = 0; i < scenario.strategies.size(); ++i) {
    const Strategy& strategy = scenario.strategies[i];
    const auto code = codes::make_code(strategy.code);
    const std::int64_t width = width_of(strategy);
    const std::int64_t together = (width + machines - 1) / machines;
    const bool in_one = strategy.placement.within == Domain::machine;
    if (!in_one && strategy.placement.max_per_machine == 1 && width == machines) {
      doubt(
          fmt::format("{} uses all {} machines: what a lost machine held cannot be rebuilt until "
                      "another stands in its place; {} would do",
                      words_of(wish, i), machines, machines + 1));
    } else if (!in_one && together > code->tolerance()) {
      doubt(
          fmt::format("{} has {} of its {} shards on one machine, and only {} may be missing: "
                      "the data are unavailable while a machine is; take {} machines or more",
                      words_of(wish, i), together, width, code->tolerance(),
                      (width + code->tolerance() - 1) / std::max(1, code->tolerance())));
    }
  }
}

}  // namespace

std::span<const WishPart> wish_parts() { return parts; }

codes::CodeSpec code_of_words(std::string_view words) {
  static const std::regex rs{
      R"(\s*(?:(?:rs|ec|reed[- ]solomon)\s*:?\s*)?(\d{1,4})\s*\+\s*(\d{1,4})\s*)",
      std::regex::icase};
  static const std::regex copies{
      R"(\s*(?:(?:replication|replicas?|copies|size)\s*:?\s*(\d{1,4})|(\d{1,4})\s*(?:copies|replicas))\s*)",
      std::regex::icase};
  static const std::regex lrc{
      R"(\s*lrc\s*:?\s*\(?(\d{1,4})\s*[+,]\s*(\d{1,4})\s*[+,]\s*(\d{1,4})\)?\s*)",
      std::regex::icase};
  constexpr std::size_t longest = 60;
  if (words.size() > longest) return {};
  const std::string text(words);
  std::smatch found;
  if (std::regex_match(text, found, rs)) {
    return {.kind = "reed-solomon",
            .parameters = {{"data", std::stoi(found[1])}, {"parity", std::stoi(found[2])}}};
  }
  if (std::regex_match(text, found, copies)) {
    return {.kind = "replication",
            .parameters = {{"copies", std::stoi(found[found[1].matched ? 1U : 2U])}}};
  }
  if (std::regex_match(text, found, lrc)) {
    return {.kind = "lrc",
            .parameters = {{"data", std::stoi(found[1])},
                           {"local_parity", std::stoi(found[2])},
                           {"global_parity", std::stoi(found[3])}}};
  }
  return {};
}

bool said(const Wish& wish, const WishPart& part) {
  return part.text != nullptr ? !(wish.*part.text).empty()
                              : !wish.presets.empty() || !wish.codes.empty();
}

Diagnostics faults_of(const Wish& wish) {
  Diagnostics faults;
  for (const WishPart& part : parts) {
    if (said(wish, part)) continue;
    fault(faults, part.option,
          fmt::format("is missing{}; such as {} '{}'",
                      part.text == nullptr ? ", and so is --code; one of them is needed" : "",
                      part.option, part.example));
  }
  check_count(faults, "--machines", wish.machines);
  check_count(faults, "--disks-per-machine", wish.disks_per_machine);
  check_disk(faults, wish.disk);
  check_kept(faults, wish);
  check_data(faults, wish.data);
  check_count(faults, "--racks", wish.racks);
  check_count(faults, "--sites", wish.sites);
  check_even(faults, wish);
  check_line(faults, "--name", wish.name);
  for (const std::string& code : wish.codes) check_line(faults, "--code", code);
  return faults;
}

void answer(Wish& wish, const WishPart& part, const std::string& text) {
  if (part.text != nullptr) {
    wish.*part.text = text;
    return;
  }
  const bool code = codes::find_code(code_of_words(text).kind) != nullptr;
  wish.presets.clear();
  wish.codes.clear();
  (code ? wish.codes : wish.presets).push_back(text);
}

std::string suggested_data(const Wish& wish) {
  Wish part = wish;
  part.data = "1 GB";
  const std::string otherwise{"100 TB"};
  if (!faults_of(part).empty()) return otherwise;
  const auto read = read_scenario_text(new_scenario_text(part), "new");
  if (!read) return otherwise;
  const Scenario& scenario = read.value();
  const Hardware& hardware = scenario.hardware;
  double fits = 1e30;
  for (const Strategy& strategy : scenario.strategies) {
    const double disks = data_disks(hardware, strategy.placement, strategy.repair.spares);
    fits = std::min(fits, hardware.disk.capacity.value * disks * hardware.usable_fill /
                              codes::make_code(strategy.code)->overhead());
  }
  constexpr double share = 0.7;
  const double step = std::pow(10, std::floor(std::log10(fits * share)) - 1);
  return print_quantity(QuantityKind::bytes, std::floor(fits * share / step) * step);
}

Checked<NewScenario> new_scenario(const Wish& wish) {
  if (Diagnostics faults = faults_of(wish); !faults.empty()) return faults;
  NewScenario result{.text = new_scenario_text(wish), .warnings = {}};
  Diagnostics warnings;
  const auto read = read_scenario_text(result.text, "the new scenario", {}, &warnings);
  Diagnostics all;
  const Diagnostics& found = read ? warnings : read.diagnostics();
  for (const Diagnostic& each : found) {
    Diagnostic said = by_option(each, wish);
    // Two values are made of the same word.
    const bool again = std::ranges::any_of(all, [&](const Diagnostic& other) {
      return other.file == said.file && other.message == said.message;
    });
    if (!again) all.push_back(std::move(said));
  }
  if (!read) return all;
  result.warnings = std::move(all);
  add_doubts(read.value(), wish, result.warnings);
  return result;
}

}  // namespace models::scenario
