#include "reports/interruption.h"

#include <nlohmann/json.hpp>
#include <string_view>

namespace reports {
namespace {

constexpr std::string_view mark = "INTERRUPTED";

std::string_view words_of(Interruption why) {
  return why == Interruption::by_time
             ? "INTERRUPTED by --max-seconds: this is what was known by then."
             : "INTERRUPTED by a signal: this is what was known by then.";
}

std::string_view chinese_of(Interruption why) {
  return why == Interruption::by_time ? "已因 --max-seconds 中断：仅含当时已知的结果。"
                                      : "已被信号中断：仅含当时已知的结果。";
}

}  // namespace

std::string interrupted_text(std::string text, Interruption why) {
  if (why == Interruption::none || text.find(mark) != std::string::npos) return text;
  return std::string(words_of(why)) + "\n\n" + text;
}

std::string interrupted_json(const std::string& json, Interruption why) {
  using Json = nlohmann::ordered_json;
  Json document = Json::parse(json);
  document["interrupted"] = why != Interruption::none;
  document["interrupted_by"] = why == Interruption::none      ? Json(nullptr)
                               : why == Interruption::by_time ? Json("max-seconds")
                                                              : Json("signal");
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string interrupted_csv(const std::string& csv, Interruption why) {
  if (why == Interruption::none) return csv;
  std::string marked;
  bool quoted = false;
  bool head = true;
  for (const char c : csv) {
    if (c == '"') quoted = !quoted;
    const bool line_ends = c == '\n' && !quoted;
    if (line_ends) {
      const bool carriage = marked.ends_with('\r');
      if (carriage) marked.pop_back();
      marked += head ? ",interrupted" : ",true";
      if (carriage) marked += '\r';
      head = false;
    }
    marked += c;
  }
  return marked;
}

std::string interrupted_html(std::string page, Interruption why) {
  constexpr std::string_view title_end = "</h1>\n";
  const std::size_t at = page.find(title_end);
  if (why == Interruption::none || at == std::string::npos) return page;
  std::string words = "<p class=\"verdict\"><span lang=\"en\">";
  words += words_of(why);
  words += "</span><span lang=\"zh\">";
  words += chinese_of(why);
  words += "</span></p>\n";
  return page.insert(at + title_end.size(), words);
}

}  // namespace reports
