#include "models/scenario/diagnostic.h"

#include <fmt/format.h>

namespace models::scenario {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.file;
  if (diagnostic.line > 0) text += fmt::format(":{}", diagnostic.line);
  if (!text.empty()) text += ": ";
  if (!diagnostic.pointer.empty()) text += diagnostic.pointer + ": ";
  if (diagnostic.severity == Diagnostic::Severity::warning) text += "warning: ";
  return text + diagnostic.message;
}

}  // namespace models::scenario
