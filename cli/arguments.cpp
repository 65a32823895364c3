#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace cli {
namespace {

/// The whole text as a number of type T, plain decimal; empty if it is anything else.
template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const char* end = text.data() + text.size();
  // from_chars itself takes "-3" for a double, "inf" and "nan".
  if (text.empty() || std::string_view{"0123456789."}.find(text[0]) == std::string_view::npos) {
    return std::nullopt;
  }
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

std::string read_seed(const std::string& text, Options& options) {
  const auto seed = number<std::uint64_t>(text);
  if (!seed)
    return fmt::format("--seed: a whole number from 0 to 2^64-1 is needed, got '{}'", text);
  options.run.seed = *seed;
  return {};
}

std::string read_threads(const std::string& text, Options& options) {
  constexpr int most = 4096;
  const auto threads = number<int>(text);
  if (!threads || *threads < 1 || *threads > most) {
    return fmt::format(
        "--threads: a whole number from 1 to {} is needed, got '{}'; leave the option out to use "
        "every core",
        most, text);
  }
  options.run.threads = *threads;
  return {};
}

std::string read_precision(const std::string& text, Options& options) {
  std::string_view digits = text;
  const bool percent = digits.ends_with('%');
  if (percent) digits.remove_suffix(1);
  while (percent && digits.ends_with(' ')) digits.remove_suffix(1);
  const auto value = number<double>(digits);
  const double share = value ? *value / (percent ? 100 : 1) : 0;
  if (!value || !(share > 0) || !(share < 1)) {
    return fmt::format(
        "--precision: a relative half-width above 0 and below 100 % is needed, such as 10% or 0.1, "
        "got '{}'",
        text);
  }
  options.run.precision = share;
  return {};
}

std::string read_max_seconds(const std::string& text, Options& options) {
  const auto seconds = number<double>(text);
  if (!seconds || !std::isfinite(*seconds) || !(*seconds > 0)) {
    return fmt::format("--max-seconds: a number above 0 is needed, got '{}'", text);
  }
  options.run.max_seconds = *seconds;
  return {};
}

std::string read_replicates(const std::string& text, Options& options) {
  const std::size_t colon = text.find(':');
  const auto first = number<std::uint64_t>(std::string_view{text}.substr(0, colon));
  const auto end = colon == std::string::npos
                       ? std::nullopt
                       : number<std::uint64_t>(std::string_view{text}.substr(colon + 1));
  if (!first || !end || *first >= *end) {
    return fmt::format(
        "--replicates: A:B with A < B is needed (replicates A to B-1), such as 0:65536, got '{}'",
        text);
  }
  options.run.replicates = {*first, *end};
  return {};
}

constexpr std::array methods{sim::Method::analytic, sim::Method::direct, sim::Method::compensator,
                             sim::Method::exposure, sim::Method::splitting};

std::string read_method(const std::string& text, Options& options) {
  using sim::Method;
  if (text == "auto") return {};
  const auto named = [&text](Method method) { return sim::to_string(method) == text; };
  if (const auto* found = std::ranges::find_if(methods, named); found != methods.end()) {
    options.run.method = *found;
    return {};
  }
  return fmt::format(
      "--method: auto, analytic, direct, compensator, exposure or splitting is needed, got '{}'",
      text);
}

std::string read_mission(const std::string& text, Options& options) {
  const auto mission = number<std::uint64_t>(text);
  if (!mission) return fmt::format("--mission: a whole number from 0 on is needed, got '{}'", text);
  options.mission = *mission;
  return {};
}

/// A whole number from `least` to `most` into `place`.
template <class T>
std::string read_count(std::string_view option, const std::string& text, T least, T most,
                       T& place) {
  const auto count = number<T>(text);
  if (!count || *count < least || *count > most) {
    return fmt::format("{}: a whole number from {} to {} is needed, got '{}'", option, least, most,
                       text);
  }
  place = *count;
  return {};
}

std::string read_objects(const std::string& text, Options& options) {
  return read_count("--objects", text, 1, 1'000'000, options.drill.setting.objects);
}

std::string read_bytes(const std::string& text, Options& options) {
  // The drill takes 4 GiB of memory at most.
  constexpr std::size_t most = std::size_t{1} << 32U;
  return read_count("--bytes", text, std::size_t{1}, most, options.drill.setting.object_bytes);
}

std::string read_faults(const std::string& text, Options& options) {
  auto faults = models::drill::read_faults(text);
  options.drill.faults = std::move(faults.kinds);
  return faults.fault.empty() ? "" : "--faults: " + faults.fault;
}

std::string read_steps(const std::string& text, Options& options) {
  return read_count("--steps", text, 0, 1'000'000, options.drill.steps);
}

std::string read_missions(const std::string& text, Options& options) {
  std::string fault = read_count("--missions", text, std::uint64_t{1}, std::uint64_t{1'000'000'000},
                                 options.drill.missions);
  // Of `paths` an interval is wanted.
  if (fault.empty()) options.paths.missions = options.drill.missions;
  return fault;
}

std::string read_failover(const std::string& text, Options& options) {
  auto read = models::drill::read_mirror_schedule(text);
  options.failover = std::move(read.schedule);
  return read.fault.empty() ? "" : "--failover: " + read.fault;
}

std::string read_population(const std::string& text, Options& options) {
  constexpr std::uint64_t most = 1'000'000'000;
  std::uint64_t count{};
  std::string fault = read_count("--population", text, std::uint64_t{1}, most, count);
  if (fault.empty()) options.population = count;
  return fault;
}

std::string read_placements(const std::string& text, Options& options) {
  return read_count("--placements", text, 1, 10'000, options.placements);
}

std::string read_resample(const std::string& text, Options& options) {
  const std::size_t colon = text.find(':');
  const std::string_view blocks = std::string_view{text}.substr(0, colon);
  if (blocks != "weeks" && blocks != "machines") {
    return fmt::format(
        "--resample: weeks or machines is needed, and how many records, such as weeks:200, got "
        "'{}'",
        text);
  }
  options.resample =
      blocks == "weeks" ? models::replay::Blocks::weeks : models::replay::Blocks::machines;
  if (colon == std::string::npos) return {};
  return read_count("--resample", text.substr(colon + 1), 2, 10'000, options.resampled_records);
}

std::string read_language(const std::string& text, Options& options) {
  if (text != "en" && text != "zh") return fmt::format("--lang: must be en or zh, got '{}'", text);
  options.language = text == "zh" ? reports::Language::chinese : reports::Language::english;
  return {};
}

std::string read_columns(const std::string& text, Options& options) {
  std::string fault = models::records::read_columns(text, options.reading);
  return fault.empty() ? "" : "--columns: " + fault;
}

std::string read_dates(const std::string& text, Options& options) {
  std::string fault = models::records::read_dates(text, options.reading);
  return fault.empty() ? "" : "--dates: " + fault;
}

struct Reader {
  std::optional<std::string> Arguments::*text;
  std::string (*read)(const std::string&, Options&);
};
constexpr std::array<Reader, 19> readers{{{&Arguments::seed, read_seed},
                                          {&Arguments::threads, read_threads},
                                          {&Arguments::precision, read_precision},
                                          {&Arguments::max_seconds, read_max_seconds},
                                          {&Arguments::replicates, read_replicates},
                                          {&Arguments::method, read_method},
                                          {&Arguments::mission, read_mission},
                                          {&Arguments::objects, read_objects},
                                          {&Arguments::bytes, read_bytes},
                                          {&Arguments::faults, read_faults},
                                          {&Arguments::steps, read_steps},
                                          {&Arguments::missions, read_missions},
                                          {&Arguments::failover, read_failover},
                                          {&Arguments::population, read_population},
                                          {&Arguments::placements_played, read_placements},
                                          {&Arguments::language, read_language},
                                          {&Arguments::columns, read_columns},
                                          {&Arguments::dates, read_dates},
                                          {&Arguments::resample, read_resample}}};

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t kept = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({kept, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

Understood understand(const Arguments& arguments) {
  Options options;
  for (const Reader& reader : readers) {
    const auto& text = arguments.*reader.text;
    if (!text) continue;
    if (std::string fault = reader.read(*text, options); !fault.empty()) {
      return {.options = {}, .fault = std::move(fault)};
    }
  }
  for (const std::string& set : arguments.overrides) {
    if (set.find('=') == std::string::npos || set.starts_with('=')) {
      return {
          .options = {},
          .fault = fmt::format(
              "--set: path=value is needed, such as --set mission='\"5 years\"', got '{}'", set)};
    }
  }
  for (const std::string& where : arguments.where) {
    if (std::string fault = models::records::read_where(where, options.reading); !fault.empty()) {
      return {.options = {}, .fault = "--where: " + fault};
    }
  }
  options.reading.strict = arguments.strict;
  options.run.strategies = arguments.strategies;
  options.drill.setting.seed = options.run.seed;
  options.drill.strategies = arguments.strategies;
  options.drill.threads = options.run.threads;
  options.drill.first_mission = options.mission;
  options.drill.schedule = arguments.schedule;
  if (arguments.store) options.drill.store = *arguments.store;
  return {.options = std::move(options), .fault = {}};
}

std::vector<std::string> method_names() {
  std::vector<std::string> names{"auto"};
  for (const sim::Method method : methods) names.emplace_back(sim::to_string(method));
  return names;
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& names) {
  // A name of which more than two fifths differ is another name.
  std::size_t best = std::max<std::size_t>(2, word.size() * 2 / 5) + 1;
  std::optional<std::string> result;
  for (const std::string& name : names) {
    if (word.size() > 256 || name.size() > 256) continue;
    const std::size_t distance = edit_distance(word, name);
    if (distance < best) {
      best = distance;
      result = name;
    }
  }
  return result;
}

}  // namespace cli
