#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/records/reading.h"

namespace models::records {

/// The columns that say one thing, by number: none, one, or several that are joined.
using Columns = std::vector<std::size_t>;

/// The first line of a file: names as they compare (small letters, '_' between words) and as they
/// stand there.
class Header {
 public:
  void add(std::string_view name);
  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  const std::string& written(std::size_t column) const { return written_[column]; }
  std::string list() const;
  /// Of a name in any spelling.
  std::optional<std::size_t> find(std::string_view name) const;

  /// The columns of a role: as `reading` says, else by synonyms.
  struct Found {
    Columns columns;
    std::string fault;  ///< a column that is not there; or two that could be meant
  };
  Found find(Role role, const Reading& reading) const;

 private:
  std::vector<std::string> names_, written_;
};

/// Small letters, with '_' for each run of blanks, '-', '.' and '/'.
std::string comparable(std::string_view name);

}  // namespace models::records
