#include "reports/codes_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "reports/csv_field.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::codes::Measured;
using models::codes::WordVerdict;

constexpr double kib = 1024;

std::string size_text(double bytes) {
  return bytes < kib * kib ? fmt::format("{:.0f} KiB", bytes / kib)
                           : fmt::format("{:.0f} MiB", bytes / (kib * kib));
}
std::string size_text(std::size_t bytes) { return size_text(static_cast<double>(bytes)); }

bool is_word_study(const Measured& each) {
  return each.kernel == "SIMD" || each.kernel == "scalar tables";
}

std::string rate_text(const Measured& each) { return fmt::format("{:.2f}", each.gb_per_s); }

std::string codes_table(const std::vector<Measured>& measured) {
  std::string text = fmt::format("{:<14}{:<12}{:>9}{:>9}{:>10}{:>20}\n", "Code", "Work", "Block",
                                 "Threads", "GB/s", "slowest to fastest");
  for (const Measured& each : measured) {
    if (is_word_study(each)) continue;
    text += fmt::format("{:<14}{:<12}{:>9}{:>9}{:>10}{:>20}\n",
                        each.code.empty() ? "(limit)" : each.code, each.work, size_text(each.block),
                        each.threads, rate_text(each),
                        fmt::format("{:.2f} to {:.2f}", each.low, each.high));
  }
  return text;
}

std::string words_table(const std::vector<Measured>& measured) {
  std::map<std::tuple<std::string, std::size_t, std::size_t>, std::map<int, double>> rows;
  for (const Measured& each : measured) {
    if (is_word_study(each))
      rows[{each.kernel, each.file, each.block}][each.word_bits] = each.gb_per_s;
  }
  std::string text = fmt::format("{:<16}{:>9}{:>9}{:>10}{:>10}{:>10}{:>8}\n", "Kernel", "File",
                                 "Block", "W = 8", "W = 16", "W = 32", "Best");
  for (const auto& [key, words] : rows) {
    const auto best = std::ranges::max_element(
        words, {}, [](const std::pair<const int, double>& word) { return word.second; });
    const auto at = [&](int bits) { return words.contains(bits) ? words.at(bits) : 0.0; };
    text += fmt::format("{:<16}{:>9}{:>9}{:>10.2f}{:>10.2f}{:>10.2f}{:>8}\n", std::get<0>(key),
                        size_text(std::get<1>(key)), size_text(std::get<2>(key)), at(8), at(16),
                        at(32), best->first);
  }
  return text;
}

std::string verdict_of(const std::vector<WordVerdict>& verdicts, const std::string& family) {
  int all = 0;
  int sixteen = 0;
  std::size_t from = 0;  // blocks from here on, in every file measured
  for (const WordVerdict& each : verdicts) {
    if (each.family != family) continue;
    ++all;
    sixteen += each.best_word_bits == 16 ? 1 : 0;
    if (each.best_word_bits != 16) from = std::max(from, each.block + 1);
  }
  std::string text =
      fmt::format("{}: W = 16 is the fastest in {} of {} cases", family, sixteen, all);
  std::size_t least = 0;
  for (const WordVerdict& each : verdicts) {
    if (each.family == family && each.block >= from && (least == 0 || each.block < least)) {
      least = each.block;
    }
  }
  if (sixteen > 0 && sixteen < all && least > 0) {
    text += fmt::format(", and in all with blocks of {} and more", size_text(least));
  }
  return text + ".\n";
}

}  // namespace

std::string codes_text(const std::vector<Measured>& measured) {
  const std::vector<WordVerdict> verdicts = word_verdicts(measured);
  std::string text =
      "GB/s (10^9 bytes) of user data, median of the repetitions. Limits: memory copied;\n"
      "ten blocks read and one sum written.\n\n";
  text += codes_table(measured);
  text += "\nWord size W, RS 6+3 encoded on one thread, GB/s\n" + words_table(measured) + '\n';
  for (const char* family : {"SIMD", "scalar tables"}) text += verdict_of(verdicts, family);
  return text;
}

std::string codes_csv(const std::vector<Measured>& measured) {
  std::string text =
      "kernel,code,work,word_bits,block_bytes,file_bytes,threads,gb_per_s,slowest,fastest\n";
  for (const Measured& each : measured) {
    text +=
        fmt::format("{},{},{},{},{},{},{},{},{},{}\n", csv_field(each.kernel), csv_field(each.code),
                    csv_field(each.work), each.word_bits, each.block, each.file, each.threads,
                    exact_text(each.gb_per_s), exact_text(each.low), exact_text(each.high));
  }
  return text;
}

Figure words_figure(const std::vector<Measured>& measured) {
  std::size_t largest = 0;
  for (const Measured& each : measured) {
    if (is_word_study(each)) largest = std::max(largest, each.file);
  }
  Figure figure;
  figure.title = "RS 6+3 encoded, by word size and kernel";
  figure.x = {"bytes of a block", 2, [](double value) { return size_text(value); }};
  figure.y = {"GB/s of user data", 10, [](double value) { return fmt::format("{:g}", value); }};
  std::map<std::pair<std::string, int>, std::size_t> places;
  for (const Measured& each : measured) {
    if (!is_word_study(each) || each.file != largest) continue;
    const auto [place, is_new] =
        places.try_emplace({each.kernel, each.word_bits}, figure.series.size());
    if (is_new) {
      figure.series.push_back({fmt::format("{}, W = {}", each.kernel, each.word_bits), {}});
    }
    figure.series[place->second].points.push_back(
        {static_cast<double>(each.block), each.gb_per_s, each.low, each.high});
  }
  return figure;
}

}  // namespace reports
