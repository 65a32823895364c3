#pragma once

#include <cstddef>
#include <string_view>

#include "models/scenario/diagnostic.h"
#include "reports/result_text.h"

namespace cli {

/// Opens /dev/null where standard input, output or error is closed, so that no result file can get
/// one of their numbers. A standard output that was closed stays one that nothing can be written
/// to.
void hold_standard_descriptors();

/// A reader that went away and a limit on the size of files (ulimit -f) end no run: writing fails,
/// so that the message is told and no temporary file stays.
void take_signals_as_errors();

/// Someone may read what is printed.
bool stdout_is_open();

/// Writes to standard output; false if that failed (a message is on stderr then).
bool print(std::string_view text);

/// "holdfast: <message>" on stderr.
void complain(std::string_view message);
/// One line each on stderr.
void complain(const models::scenario::Diagnostics& diagnostics);

/// Colour only on a terminal, without NO_COLOR (https://no-color.org) and TERM=dumb.
reports::Colour stdout_colour();
bool stderr_is_terminal();
/// A terminal that knows how to move its cursor (TERM is neither missing nor dumb).
bool stderr_can_redraw();
/// Lines of that terminal; 24 if it does not say.
std::size_t terminal_rows();

}  // namespace cli
