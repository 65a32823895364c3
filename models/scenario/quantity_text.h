#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace models::scenario {

/// What a text with a unit may stand for; the value is in the base unit named here.
enum class QuantityKind {
  bytes,      ///< "16 TB", "4 MiB": bytes
  byte_rate,  ///< "30 MB/s", "10 Gbit/s": bytes per second
  time,       ///< "350 s", "24 h", "3 years": seconds; a year has 365.25 days
  rate,       ///< "0.4 %/year", "3 /year": per second
  fraction,   ///< "85 %": 0.85
};

/// A value in base units, or why the text is none (then `fault` is not empty and holds the remedy).
struct ParsedQuantity {
  double value{};
  std::string fault;
  explicit operator bool() const { return fault.empty(); }
};

/// Reads "<number> <unit>", spaces optional, independent of the locale. No range is checked but
/// that the value is finite.
ParsedQuantity parse_quantity(QuantityKind kind, std::string_view text);

/// The shortest text that parse_quantity reads back as exactly `value`. @pre value is finite
std::string print_quantity(QuantityKind kind, double value);

/// The shortest decimal text of a number that reads back as the same number.
std::string print_number(double value);

/// An example of the right form, such as "16 TB".
std::string_view example_of(QuantityKind kind);

/// Every unit that parse_quantity knows, for the schema.
std::vector<std::string_view> units_of(QuantityKind kind);

}  // namespace models::scenario
