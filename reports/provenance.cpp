#include "reports/provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "holdfast_version.h"
#include "models/scenario/stated_sources.h"

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

}  // namespace

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
