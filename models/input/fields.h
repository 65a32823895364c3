#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/quantity_text.h"

namespace models::scenario {

/// What a key of a scenario may hold.
enum class FieldKind {
  text,
  choice,   ///< one text of `choices`
  integer,  ///< a whole number
  number,   ///< a plain number
  bytes,    ///< the quantities of quantity_text.h ...
  byte_rate,
  time,
  rate,
  fraction,
  times,       ///< ... and a list of times
  lifetime,    ///< a distribution with a hazard: "5 %/year" or an object
  duration,    ///< any distribution: "24 h" or an object
  lifetimes,   ///< a list of lifetimes
  object,      ///< of `section`
  list,        ///< of objects of `section`
  code,        ///< an erasure code of codes::all_codes()
  limits,      ///< a whole number, or an object of `section`
  file,        ///< the name of a file, or an object of `section`
  items,       ///< an object of price items of `section`, one per key of economics::all_prices()
  codes,       ///< a list of erasure codes
  names,       ///< a list of texts of `choices`
  byte_rates,  ///< a list of rates
};

/// One key of one section: the reader's checks, its advice, the schema and the list of defaults all
/// come from this line.
struct Field {
  std::string_view key;
  FieldKind kind{};
  std::string_view meaning;
  bool required{};
  double low{-std::numeric_limits<double>::infinity()};  ///< in base units; characters of a text
  double high{std::numeric_limits<double>::infinity()};
  std::string_view section{};  ///< of object, list, limits, file, items
  std::vector<std::string_view> (*choices)(){};
  std::string_view fallback{};  ///< the default as a scenario would write it; needs a source
  std::string_view source{};
  int year{};     ///< of the source
  bool ranged{};  ///< a plain number that may be given with limits
};

/// An object of a scenario. Its name is its JSON pointer ('*' for any place in a list), or
/// "distribution/<kind>".
struct Section {
  std::string_view name;
  std::string_view meaning;
  std::span<const Field> fields;
  bool open{};                                      ///< further keys with plain values are allowed
  std::span<const std::string_view> exactly_one{};  ///< keys of which one and only one is given
};

/// The whole table, the root ("") first.
std::span<const Section> all_sections();
/// The same of a plan, the root ("plan") first; its parts stand under "plan/".
std::span<const Section> plan_sections();
/// @pre the name is in either table
const Section& find_section(std::string_view name);
/// @pre the key is in the section
const Field& find_field(const Section& section, std::string_view key);

/// Texts that every object may carry for people: where a number is from and how sure it is.
std::span<const std::string_view> note_keys();

/// Sections that are valid and have no model yet: objects with "about" and anything else.
std::span<const std::string_view> later_sections();

/// Is it a quantity with a unit, and which?
bool is_quantity(FieldKind kind);
/// @pre is_quantity(kind)
QuantityKind quantity_of(FieldKind kind);

/// The key of the limits within which values are known.
inline constexpr std::string_view range_key = "range";
/// The unit of a value that may have such limits, a text with a unit; empty for the others.
std::optional<QuantityKind> range_unit(const Field& field);
/// May the value have such limits: has it a unit, or is it a price?
bool may_have_range(const Field& field);
/// Has the section such values, which a scenario can set?
bool may_have_ranges(const Section& section);

/// "1 B to 1 EB", "at least 1": the range of a field in its unit.
std::string range_of(const Field& field);

/// A value that holds where the scenario says nothing.
struct Default {
  std::string pointer;  ///< '*' stands for any place in a list
  std::string value;    ///< as a scenario would write it
  std::string source;
  int year{};
};
std::vector<Default> defaults();

}  // namespace models::scenario
