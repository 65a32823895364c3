#include "models/records/line_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace models::records {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18U;

std::string reason(int error) { return std::generic_category().message(error); }

}  // namespace

struct LineReader::Stream {
  gzFile file{};
  ~Stream() {
    if (file != nullptr) gzclose(file);
  }
};

LineReader::LineReader(const std::filesystem::path& file)
    : stream_(std::make_unique<Stream>()), block_(block_bytes) {
  at_ = filled_ = block_.data();
  struct stat status {};
  // stat before open: opening a pipe would wait for its writer.
  if (::stat(file.c_str(), &status) != 0) {
    fault_ = "cannot be read: " + reason(errno);
    return;
  }
  if (!S_ISREG(status.st_mode)) {
    fault_ = S_ISDIR(status.st_mode) ? "is a directory" : "is not a regular file";
    return;
  }
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) {
    fault_ = "cannot be opened: " + reason(errno);
    return;
  }
  stream_->file = gzdopen(descriptor, "rb");
  if (stream_->file == nullptr) {
    ::close(descriptor);
    fault_ = "cannot be opened: out of memory";
    return;
  }
  gzbuffer(stream_->file, block_bytes);
}

LineReader::~LineReader() = default;

bool LineReader::refill() {
  if (stream_->file == nullptr || !fault_.empty()) return false;
  const int count = gzread(stream_->file, block_.data(), static_cast<unsigned>(block_.size()));
  at_ = block_.data();
  filled_ = at_ + (count > 0 ? count : 0);
  int error = Z_OK;
  const char* words = gzerror(stream_->file, &error);
  if (error == Z_BUF_ERROR) {
    fault_ = "ends in the middle of its gzip stream: it was cut off";
  } else if (error == Z_ERRNO) {
    fault_ = "cannot be read: " + reason(errno);
  } else if (count < 0 || error != Z_OK) {
    fault_ = std::string{"is no sound gzip file: "} + words;
  }
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
  if (!any || !fault_.empty()) return Got::end;
  if (too_long) return Got::too_long;
  line = whole(at_);
  return Got::line;
}

}  // namespace models::records
