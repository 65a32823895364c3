#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "holdfast_version.h"

namespace cli {
namespace {

struct Meaning {
  std::string_view term;
  std::string_view meaning;
};

constexpr std::array exit_meanings{
    Meaning{"0", "done"},
    Meaning{"1", "failure, such as a full disk, a closed output or a drill that failed"},
    Meaning{"2", "wrong command line"},
    Meaning{"3", "an input file is unreadable or invalid"},
    Meaning{"4", "--check: a claim is refuted, or a published case not reproduced"},
    Meaning{"5", "--precision not reached, or --check with a claim undecided"},
    Meaning{"130", "interrupted; what was known has been printed"}};

constexpr std::array variables{
    Meaning{"NO_COLOR", "not empty: no colour on a terminal"},
    Meaning{"TERM", "missing or \"dumb\": no colour and no progress bar"},
    Meaning{"OMP_WAIT_POLICY", "\"passive\" leaves the cores to others while threads wait"}};

/// Text of a page: no character of it is a request, a dash stays one that can be copied.
std::string roff(std::string_view text) {
  std::string result;
  if (text.starts_with('.') || text.starts_with('\'')) result += "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\':
        result += "\\e";
        break;
      case '-':
        result += "\\-";
        break;
      case '\'':
        result += "\\(aq";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string paragraph(const std::string& term, std::string_view about) {
  return ".TP\n" + term + "\n" + roff(about) + "\n";
}

std::string term_of(const OptionLine& line) {
  if (line.input) return "\\fI" + roff(line.name) + "\\fR";
  std::string term = "\\fB" + roff(line.name) + "\\fR";
  if (!line.value.empty()) term += " \\fI" + roff(line.value) + "\\fR";
  return term;
}

std::string section_of(const Command& command) {
  const auto lines = options_of(command);
  std::string synopsis = "\\fBholdfast " + roff(command.name) + "\\fR";
  for (const OptionLine& line : lines) {
    if (!line.input) continue;
    const std::string name = term_of(line) + (line.repeatable ? "..." : "");
    synopsis += line.required ? " " + name : " [" + name + "]";
  }
  std::string text = fmt::format(".SS {}\n{} [\\fIOPTIONS\\fR]\n.PP\n{}.\n", roff(command.name),
                                 synopsis, roff(command.purpose));
  for (const OptionLine& line : lines) text += paragraph(term_of(line), line.about);
  if (!command.example.empty()) {
    text += ".PP\nExample:\n.PP\n.nf\n.RS\n" + roff(command.example) + "\n.RE\n.fi\n";
  }
  return text;
}

template <class Meanings>
std::string list_of(std::string_view title, const Meanings& meanings) {
  std::string text = fmt::format(".SH {}\n", title);
  for (const Meaning& line : meanings) {
    text += paragraph("\\fB" + roff(line.term) + "\\fR", line.meaning);
  }
  return text;
}

std::string whole_page() {
  std::string text = fmt::format(
      R"(.\" Written by 'holdfast manual' from the table that --help prints.
.TH HOLDFAST 1 "" "holdfast {}" "User Commands"
.SH NAME
holdfast \- storage reliability simulator and capacity planner
.SH SYNOPSIS
\fBholdfast\fR \fICOMMAND\fR [\fIOPTIONS\fR]
.br
\fBholdfast\fR \fICOMMAND\fR \fB\-\-help\fR
.br
\fBholdfast \-\-version\fR
.SH DESCRIPTION
Holdfast answers three questions about a storage design: will it keep the data, how fast does it
heal, and what does it cost? It simulates disks, machines, racks and switches that fail over years,
under several ways to keep the same data, all on the same failures. Every figure comes with the
method it was made by, simulated ones with a 95 % interval and the value of the analytic model.
.PP
Numbers are plain: no sign, no unit. A scenario or plan named \fB\-\fR is read from standard input;
an output named \fB\-\fR goes to standard output in place of the table.
.SH COMMANDS
)",
      roff(holdfast::version));
  for (const Command& command : all_commands()) {
    if (command.run != nullptr) text += section_of(command);
  }
  text += list_of("EXIT STATUS", exit_meanings) + list_of("ENVIRONMENT", variables);
  return text + ".SH SEE ALSO\nThe user guide and the methods, beside the program's licence.\n";
}

}  // namespace

int manual(const Arguments& /*arguments*/, const Options& /*options*/) {
  return print(whole_page()) ? done : failure;
}

}  // namespace cli
