#include "models/records/line_reader.h"

#include <cstring>

namespace models::records {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18U;

}  // namespace

LineReader::LineReader(const SourceName& file)
    : source_(ByteSource::open(file)), block_(block_bytes) {
  at_ = filled_ = block_.data();
}

bool LineReader::refill() {
  at_ = block_.data();
  filled_ = at_ + source_->read(block_.data(), block_.size());
  return filled_ > at_;
}

/// The line that ends before `end`.
std::string_view LineReader::whole(const char* end) {
  std::string_view line(at_, static_cast<std::size_t>(end - at_));
  if (!carried_.empty()) {
    carried_.append(line);
    line = carried_;
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

LineReader::Got LineReader::next(std::string_view& line) {
  carried_.clear();
  bool too_long = false;
  bool any = false;
  while (at_ < filled_ || refill()) {
    if (!any) ++number_;
    any = true;
    const auto left = static_cast<std::size_t>(filled_ - at_);
    const auto* end = static_cast<const char*>(std::memchr(at_, '\n', left));
    const std::size_t length = end == nullptr ? left : static_cast<std::size_t>(end - at_);
    too_long = too_long || carried_.size() + length > max_line_bytes;
    if (end != nullptr) {
      if (!too_long) line = whole(end);
      at_ = end + 1;
      return too_long ? Got::too_long : Got::line;
    }
    if (!too_long) carried_.append(at_, left);
    at_ = filled_;
  }
  // What stands before the place where a file was cut off is half a line.
  if (!any || !fault().empty()) return Got::end;
  if (too_long) return Got::too_long;
  line = whole(at_);
  return Got::line;
}

}  // namespace models::records
