#include "models/records/trace_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace models::records {
namespace {

constexpr std::size_t most_columns = 2048;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string shown(text.substr(0, longest));
  for (char& c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7f) c = '?';
  }
  return "'" + shown + (text.size() > longest ? "...'" : "'");
}

std::optional<double> parse_count(std::string_view text) {
  if (text.empty() || std::string_view{"0123456789."}.find(text[0]) == std::string_view::npos) {
    return std::nullopt;
  }
  double value{};
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || rest != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

TraceFile::TraceFile(const std::string& path, TraceFaults& faults)
    : path_(path), faults_(faults), reader_(path) {}

bool TraceFile::read_header() {
  needed_ = most_columns;
  if (!reader_.fault().empty()) {
    faults_.add(path_, 0, reader_.fault());
    return false;
  }
  if (!next()) {
    if (!faults_.any()) faults_.add(path_, 0, "is empty: its first line must name the columns");
    return false;
  }
  for (std::size_t i = 0; i < row_.size(); ++i) {
    std::string_view name = row_[i];
    if (i == 0 && name.starts_with("\xEF\xBB\xBF")) name.remove_prefix(3);
    columns_.push_back(lower(name));
  }
  asked_.assign(columns_.size(), false);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (std::find(columns_.begin(), columns_.begin() + static_cast<std::ptrdiff_t>(i),
                  columns_[i]) != columns_.begin() + static_cast<std::ptrdiff_t>(i)) {
      fault(fmt::format("column {} is there twice", in_quotes(columns_[i])));
      return false;
    }
  }
  return true;
}

std::optional<std::size_t> TraceFile::column(std::string_view name) const {
  const auto found = std::ranges::find(columns_, name);
  if (found == columns_.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - columns_.begin());
  asked_[index] = true;
  return index;
}

std::vector<std::string> TraceFile::unused_columns() const {
  std::vector<std::string> unused;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!asked_[i]) unused.push_back(columns_[i]);
  }
  return unused;
}

bool TraceFile::next() {
  for (std::string_view line;;) {
    switch (reader_.next(line)) {
      case LineReader::Got::end:
        if (!reader_.fault().empty()) fault(reader_.fault());
        return false;
      case LineReader::Got::too_long:
        fault(fmt::format("is longer than {} bytes; no line of a record is", max_line_bytes));
        continue;
      case LineReader::Got::line:
        break;
    }
    if (line.empty()) continue;
    if (line.find('\0') != std::string_view::npos) {
      fault("holds a NUL byte");
    } else if (!row_.split(line, needed_)) {
      fault("has a quote that does not end where its field ends");
    } else if (row_.size() < std::min(needed_, columns_.size())) {
      fault(fmt::format("has {} fields; the first line names {}", row_.size(), columns_.size()));
    } else {
      return true;
    }
  }
}

}  // namespace models::records
