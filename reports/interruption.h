#pragma once

#include <string>

namespace reports {

/// Why a result holds less than was asked for.
enum class Interruption { none, by_signal, by_time };

/// The rendering of a result of any command, marked if it was interrupted; unchanged if not. Every
/// output goes through these, so that no command can forget to say it.
/// Text: a line on top, unless the text says it itself.
std::string interrupted_text(std::string text, Interruption why);
/// A document: "interrupted", true or false, and "interrupted_by", "signal", "max-seconds" or null.
std::string interrupted_json(const std::string& json, Interruption why);
/// RFC 4180: one more column "interrupted" that is "true" in every row.
std::string interrupted_csv(const std::string& csv, Interruption why);
/// A page of HtmlPage: a paragraph below its title.
std::string interrupted_html(std::string page, Interruption why);

}  // namespace reports
