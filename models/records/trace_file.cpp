#include "models/records/trace_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace models::records {
namespace {

constexpr std::size_t most_columns = 2048;

bool same_word(std::string_view a, std::string_view b) {
  const auto small = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, small, small);
}

char separator_of(std::string_view line) {
  char best = ',';
  for (const char c : {';', '\t', '|'}) {
    if (std::ranges::count(line, c) > std::ranges::count(line, best)) best = c;
  }
  return best;
}

/// Bytes of the UTF-8 letter that begins here (RFC 3629); 0 if none does.
std::size_t letter_bytes(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t bytes = byte(0) < 0x80                      ? 1
                            : byte(0) >= 0xc2 && byte(0) < 0xe0 ? 2
                            : byte(0) >= 0xe0 && byte(0) < 0xf0 ? 3
                            : byte(0) >= 0xf0 && byte(0) < 0xf5 ? 4
                                                                : 0;
  if (bytes > text.size()) return 0;
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return 0;
  }
  return bytes;
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

std::string against_name(std::string_view text) {
  constexpr std::size_t longest = 256;
  if (text.size() > longest) return fmt::format("is longer than {} bytes", longest);
  while (!text.empty()) {
    const std::size_t bytes = letter_bytes(text);
    if (bytes == 0) {
      return fmt::format(
          "holds the byte 0x{:02x}, which is no UTF-8; convert the file once: iconv "
          "-f LATIN1 -t UTF-8 FILE > FILE.csv",
          static_cast<unsigned char>(text[0]));
    }
    text.remove_prefix(bytes);
  }
  return {};
}

TraceFile::TraceFile(const SourceName& source, const Reading& reading, TraceFaults& faults)
    : path_(source.shown()), reading_(reading), faults_(faults), reader_(source) {}

bool TraceFile::read_header() {
  std::string_view line;
  const auto got = reader_.next(line);
  if (got != LineReader::Got::line) {
    std::string why = reader_.fault();
    if (why.empty()) {
      why = got == LineReader::Got::too_long ? "begins with a line that is too long to name columns"
                                             : "is empty: its first line must name the columns";
    }
    faults_.fatal(path_, 0, std::move(why));
    return false;
  }
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  separator_ = separator_of(line);
  const bool text = line.find('\0') == std::string_view::npos;
  if (!text || !row_.split(line, most_columns, separator_)) {
    fatal(text ? "has a quote that does not end where its field ends" : "holds a NUL byte");
    return false;
  }
  for (std::size_t i = 0; i < row_.size(); ++i) {
    const std::string_view name = (*this)[i];
    if (!comparable(name).empty() && header_.find(name)) {
      fatal(fmt::format("column {} is there twice", in_quotes(name)));
      return false;
    }
    header_.add(name);
  }
  asked_.assign(header_.size(), false);
  needed_ = header_.size();
  for (const Condition& condition : reading_.where) {
    const auto found = column(condition.column);
    if (!found) {
      fatal(fmt::format("--where: there is no column {}; the first line names {}",
                        in_quotes(condition.column), header_.list()));
      return false;
    }
    where_.push_back({*found, &condition});
  }
  return true;
}

Columns TraceFile::columns(Role role) {
  auto found = header_.find(role, reading_);
  if (!found.fault.empty()) fatal(std::move(found.fault));
  for (const std::size_t column : found.columns) asked_[column] = true;
  return std::move(found.columns);
}

std::optional<std::size_t> TraceFile::column(std::string_view name) {
  const auto found = header_.find(name);
  if (found) asked_[*found] = true;
  return found;
}

std::vector<std::string> TraceFile::unused_columns() const {
  std::vector<std::string> unused;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (!asked_[i]) unused.push_back(header_.written(i));
  }
  return unused;
}

void TraceFile::need_asked_columns() {
  needed_ = 0;
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    if (asked_[i]) needed_ = i + 1;
  }
}

std::string_view TraceFile::operator[](std::size_t column) const {
  std::string_view text = row_[column];
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string_view TraceFile::field(const Columns& columns, char joint) {
  if (columns.empty()) return {};
  if (columns.size() == 1) return (*this)[columns.front()];
  joined_.clear();
  bool any = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) joined_ += joint;
    joined_ += (*this)[columns[i]];
    any = any || !(*this)[columns[i]].empty();
  }
  return any ? std::string_view{joined_} : std::string_view{};
}

bool TraceFile::is_wanted() const {
  return std::ranges::all_of(where_, [&](const Wanted& wanted) {
    const std::string_view text = (*this)[wanted.column];
    const bool named = std::ranges::any_of(
        wanted.condition->values, [&](const std::string& value) { return same_word(value, text); });
    return named != wanted.condition->differs;
  });
}

bool TraceFile::is_sound(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) {
    fault("holds a NUL byte");
  } else if (!row_.split(line, needed_, separator_)) {
    fault("has a quote that does not end where its field ends");
  } else if (row_.size() < needed_) {
    fault(fmt::format("has {} fields; the first line names {}", row_.size(), header_.size()));
  } else {
    return true;
  }
  return false;
}

bool TraceFile::next() {
  for (std::string_view line;;) {
    const auto got = reader_.next(line);
    if (got == LineReader::Got::end) {
      if (!reader_.fault().empty()) fatal(reader_.fault());
      return false;
    }
    if (got == LineReader::Got::line && line.empty()) continue;
    ++rows_;
    if (got == LineReader::Got::too_long) {
      fault(fmt::format("is longer than {} bytes; no line of a record is", max_line_bytes));
    } else if (is_sound(line)) {
      if (is_wanted()) return true;
      ++rows_left_out_;
    }
  }
}

}  // namespace models::records
