#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace models::scenario {

/// One fault of an input file: where, what, and what would be right.
struct Diagnostic {
  std::string file;
  int line{};           ///< 1-based; 0 if the fault has no line (missing file)
  std::string pointer;  ///< JSON pointer, "/strategies/1/code/parity"; empty for the whole file
  std::string message;  ///< reason and remedy, with the allowed range and the nearest valid name
  enum class Severity { error, warning } severity{Severity::error};
};

/// "file:12: /strategies/1/code/parity: must be ..., got ...".
std::string to_string(const Diagnostic& diagnostic);

using Diagnostics = std::vector<Diagnostic>;

/// A value, or every reason why there is none.
template <class T>
class Checked {
 public:
  Checked(T value) : content_(std::move(value)) {}  // NOLINT: implicit on purpose
  Checked(Diagnostics diagnostics) : content_(std::move(diagnostics)) {}  // NOLINT
  explicit operator bool() const { return std::holds_alternative<T>(content_); }
  const T& value() const { return std::get<T>(content_); }
  T& value() { return std::get<T>(content_); }
  const Diagnostics& diagnostics() const { return std::get<Diagnostics>(content_); }

 private:
  std::variant<T, Diagnostics> content_;
};

}  // namespace models::scenario
