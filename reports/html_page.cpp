#include "reports/html_page.h"

#include <fmt/format.h>

#include "reports/chinese.h"

namespace reports {
namespace {

// One language at a time, chosen without a script; both radio buttons stand before all they rule.
constexpr std::string_view style = R"(
:root{color-scheme:light}
body{font:15px/1.5 "Noto Sans","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif;color:#111;
margin:0 auto;max-width:64rem;padding:1rem}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.15rem;border-bottom:1px solid #666;margin:1.6rem 0 .5rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;margin:.4rem 0;width:100%}
th,td{border-bottom:1px solid #ccc;padding:.2rem .4rem;text-align:left;vertical-align:top}
thead th{border-bottom:2px solid #444}tbody th{font-weight:400;min-width:6em}td{min-width:2.6em}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.2rem 0}
.verdict{font-size:1.1rem;border-left:.4rem solid #333;padding:.4rem .8rem;background:#f2f2f2}
.note{color:#444;font-size:.85rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f5f5f5;padding:.6rem;font-size:.8rem}
figure{margin:.6rem 0;break-inside:avoid}svg{max-width:100%;height:auto}
#en:checked~main [lang=zh],#zh:checked~main [lang=en]{display:none}
a.csv{font-weight:400;font-size:.8rem;margin-left:.6rem;color:#333}
@page{size:A4;margin:14mm 12mm}@page wide{size:A4 landscape}
@media print{body{max-width:none;padding:0;font-size:9.5pt}input,.choice,details,a.csv{display:none}
h1{font-size:14pt}h2{font-size:11pt}.verdict{font-size:10.5pt}.note{font-size:8pt}pre{font-size:7.5pt}
p{margin:.35rem 0}ul{margin:.3rem 0}table{font-size:7.5pt}tr,caption{break-inside:avoid}caption{break-after:avoid}
h2{break-after:avoid}.scroll{overflow:visible}.sheet{break-before:page}.wide{page:wide}
.wide table{font-size:6.5pt}th,td{padding:.1rem .25rem}}
)";

bool is_number(const ReportCell& cell) { return cell.value.has_value(); }

// More columns of figures than an upright sheet holds.
constexpr std::size_t upright_columns = 11;

std::string data_link(std::string_view text) {
  constexpr std::string_view kept =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~,";
  std::string link = "data:text/csv;charset=utf-8,";
  for (const char c : text) {
    if (kept.find(c) != kept.npos) {
      link += c;
    } else {
      link += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return link;
}

std::string csv_anchor(const ReportTable& table) {
  return fmt::format("<a class=\"csv\" download=\"{}.csv\" href=\"{}\">CSV</a>",
                     html_escape(table.id), data_link(table_csv(table)));
}

}  // namespace

std::string html_escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') out += c;
    }
  }
  return out;
}

HtmlPage::HtmlPage(Words title) : title_(std::move(title)) {}

std::string HtmlPage::both(const Words& words) const {
  if (words.zh.empty() || words.zh == words.en) return html_escape(words.en);
  return fmt::format("<span lang=\"en\">{}</span><span lang=\"zh\">{}</span>",
                     html_escape(words.en), html_escape(words.zh));
}

void HtmlPage::heading(const Words& words) { body_ += "<h2>" + both(words) + "</h2>\n"; }

void HtmlPage::paragraph(const Words& words, std::string_view css_class) {
  if (words.en.empty()) return;
  body_ += fmt::format("<p class=\"{}\">{}</p>\n", css_class, both(words));
}

void HtmlPage::table(const ReportTable& table) {
  body_ +=
      fmt::format("<div class=\"scroll{}\"><table id=\"{}\"><caption>{}{}</caption><thead><tr>",
                  table.columns.size() > upright_columns ? " wide" : "", html_escape(table.id),
                  both(table.title), csv_anchor(table));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool number = c > 0 && !table.rows.empty() && is_number(table.rows.front()[c]);
    body_ += fmt::format("<th scope=\"col\"{}>{}</th>", number ? " class=\"n\"" : "",
                         both(table.columns[c].title));
  }
  body_ += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    body_ += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string text = both(row[c].text);
      body_ += c == 0 ? "<th scope=\"row\">" + text + "</th>"
                      : fmt::format("<td{}>{}</td>", is_number(row[c]) ? " class=\"n\"" : "", text);
    }
    body_ += "</tr>\n";
  }
  body_ += "</tbody></table>\n";
  paragraph(table.note, "note");
  body_ += "</div>\n";
}

void HtmlPage::list(const std::vector<std::string>& items) {
  if (items.empty()) return;
  body_ += "<ul>\n";
  for (const std::string& item : items) body_ += "<li>" + both(in_both(item)) + "</li>\n";
  body_ += "</ul>\n";
}

void HtmlPage::code(std::string_view text) { body_ += "<pre>" + html_escape(text) + "</pre>\n"; }

void HtmlPage::figure(const Words& svg) {
  if (svg.en.empty()) return;
  if (svg.zh.empty()) {
    body_ += "<figure>" + svg.en + "</figure>\n";
    return;
  }
  body_ +=
      "<figure lang=\"en\">" + svg.en + "</figure>\n<figure lang=\"zh\">" + svg.zh + "</figure>\n";
}

void HtmlPage::new_sheet() { body_ += "<div class=\"sheet\"></div>\n"; }

void HtmlPage::details(const Words& summary, std::string_view text) {
  body_ += "<details><summary>" + both(summary) + "</summary><pre>" + html_escape(text) +
           "</pre></details>\n";
}

std::string HtmlPage::take(Language opens_in) && {
  const bool chinese = opens_in == Language::chinese;
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\n", chinese ? "zh" : "en");
  page += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n";
  page +=
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n";
  page += "<link rel=\"icon\" href=\"data:,\">\n";
  page += "<title>" + html_escape(title_.in(opens_in)) + "</title>\n<style>";
  page += style;
  page += fmt::format(
      "</style></head><body>\n<input type=\"radio\" name=\"language\" id=\"en\"{}>"
      "<label class=\"choice\" for=\"en\">English</label>\n"
      "<input type=\"radio\" name=\"language\" id=\"zh\"{}>"
      "<label class=\"choice\" for=\"zh\">中文</label>\n<main>\n<h1>",
      chinese ? "" : " checked", chinese ? " checked" : "");
  page += both(title_) + "</h1>\n" + body_ + "</main></body></html>\n";
  return page;
}

}  // namespace reports
