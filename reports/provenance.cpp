#include "reports/provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "holdfast_version.h"
#include "models/input/stated_sources.h"
#include "reports/words/display_width.h"

namespace reports {
namespace {

constexpr std::string_view plain_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";

// The first few places say which part of the file a source is for.
std::string joined(const std::vector<std::string>& paths) {
  constexpr std::size_t most = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, paths.size()); ++i) {
    text += (i == 0 ? "" : ", ") + paths[i];
  }
  if (paths.size() > most) text += fmt::format(" + {}", paths.size() - most);
  return text;
}

ReportTable files_table(const Provenance& provenance) {
  ReportTable table{
      "files",
      {"Files that were read", "读取的文件"},
      {{"what", {"what", "内容"}}, {"file", {"file", "文件"}}, {"sha256", {"sha256", "sha256"}}},
      {},
      {}};
  for (const auto& one : provenance.files) {
    table.rows.push_back({word_cell(one.what), word_cell(one.file), word_cell(one.sha256)});
  }
  return table;
}

/// Words of a command line with their quotes on: a blank between quotes ends no word.
std::vector<std::string_view> words_of(std::string_view command) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= command.size(); ++i) {
    if (i < command.size() && command[i] == '\\' && !quoted) {
      ++i;
    } else if (i < command.size() && command[i] == '\'') {
      quoted = !quoted;
    } else if (i == command.size() || (command[i] == ' ' && !quoted)) {
      if (i > begin) words.push_back(command.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  return words;
}

}  // namespace

std::string command_lines(std::string_view command, std::string_view indent, std::size_t width) {
  constexpr std::size_t backslash = 2;  // with the blank before it
  std::string text;
  std::size_t used = 0;
  for (const std::string_view each : words_of(command)) {
    const std::string word = printable(each);
    const std::size_t columns = display_width(word);
    if (text.empty()) {
      text = std::string(indent) + word;
      used = indent.size() + columns;
    } else if (used + 1 + columns + backslash <= width) {
      text += " " + word;
      used += 1 + columns;
    } else {
      text += " \\\n" + std::string(indent) + "  " + word;
      used = indent.size() + 2 + columns;
    }
  }
  return text + "\n";
}

std::string shell_word(std::string_view word) {
  const bool plain = !word.empty() && word.find_first_not_of(plain_letters) == word.npos;
  if (plain) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string set_options(const std::vector<std::string>& overrides) {
  std::string text;
  for (const std::string& change : overrides) text += " --set " + shell_word(change);
  return text;
}

void place(HtmlPage& page, const Provenance& provenance) {
  page.heading({"The same again", "复现"});
  page.code(provenance.command);
  const std::string digest =
      provenance.sha256.empty() ? "" : ", sha256 " + provenance.sha256.substr(0, 64);
  page.paragraph({fmt::format("holdfast {} ({}){}, seed {}", holdfast::version, holdfast::commit,
                              digest, provenance.seed),
                  fmt::format("holdfast {}（{}）{}，随机种子 {}", holdfast::version,
                              holdfast::commit, digest, provenance.seed)},
                 "note");
  if (!provenance.files.empty()) page.table(files_table(provenance));
  if (!provenance.text.empty()) {
    page.details({"The file itself", "输入文件全文"}, provenance.text);
  }
}

void place_sources(HtmlPage& page, const std::string& text) {
  ReportTable table{"sources",
                    {"Sources and confidence of what is put in", "输入的来源与可信度"},
                    {{"source", {"source", "来源"}},
                     {"confidence", {"confidence", "可信度"}},
                     {"used_for", {"used for", "用于"}}},
                    {},
                    {}};
  for (const auto& one : models::scenario::stated_sources(text)) {
    table.rows.push_back({word_cell(one.source),
                          word_cell(one.confidence.empty() ? "-" : one.confidence),
                          word_cell(joined(one.paths))});
  }
  if (!table.rows.empty()) page.table(table);
}

}  // namespace reports
