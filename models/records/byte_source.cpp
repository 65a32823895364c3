#include "models/records/byte_source.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace models::records {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18U;
/// A quarter of a year has 92 days; this is a zip of every day since 1970.
constexpr int most_members = 20'000;

std::string reason(int error) { return std::generic_category().message(error); }

enum class Form { plain, gzip, archive, zip, refused };

struct Magic {
  std::string_view bytes;
  Form form;
  std::string_view fault;
};
constexpr std::array magics{
    Magic{"\x1f\x8b", Form::gzip, {}},
    Magic{"\xfd"
          "7zXZ",
          Form::archive,
          {}},
    Magic{"\x28\xb5\x2f\xfd", Form::archive, {}},
    Magic{"BZh", Form::archive, {}},
    Magic{"PK\x03\x04", Form::zip, {}},
    Magic{"PAR1", Form::refused,
          "is Parquet, which is not read (Debian 12 has no library for it); convert it once: "
          "python3 -c \"import pandas; "
          "pandas.read_parquet('FILE.parquet').to_csv('FILE.csv', index=False)\""},
    Magic{"\xff\xfe", Form::refused,
          "is UTF-16; convert it once: iconv -f UTF-16 -t UTF-8 FILE > FILE.csv"},
    Magic{"\xfe\xff", Form::refused,
          "is UTF-16; convert it once: iconv -f UTF-16 -t UTF-8 FILE > FILE.csv"},
    Magic{"\xd0\xcf\x11\xe0", Form::refused, "is an Excel file; save it as CSV"}};

const Magic* magic_of(std::string_view first) {
  const auto* found = std::ranges::find_if(
      magics, [&](const Magic& magic) { return first.starts_with(magic.bytes); });
  return found == magics.end() ? nullptr : found;
}

/// A file that could not be opened.
class Nothing final : public ByteSource {
 public:
  explicit Nothing(std::string fault) { fault_ = std::move(fault); }

 private:
  std::size_t read_some(char* /*into*/, std::size_t /*most*/) override { return 0; }
};

class Plain final : public ByteSource {
 public:
  explicit Plain(int descriptor) : descriptor_(descriptor) {}
  ~Plain() override { ::close(descriptor_); }
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain&) = delete;

 private:
  std::size_t read_some(char* into, std::size_t most) override {
    const auto count = ::read(descriptor_, into, most);
    if (count < 0) fault_ = "cannot be read: " + reason(errno);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  int descriptor_;
};

class Gzip final : public ByteSource {
 public:
  Gzip(gzFile file, std::uint64_t size) : file_(file) {
    bytes_left_ = free_bytes + most_expansion * size;
    gzbuffer(file_, block_bytes);
  }
  ~Gzip() override { gzclose(file_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

 private:
  std::size_t read_some(char* into, std::size_t most) override {
    const int count = gzread(file_, into, static_cast<unsigned>(most));
    int error = Z_OK;
    const char* words = gzerror(file_, &error);
    if (error == Z_BUF_ERROR) {
      fault_ = "ends in the middle of its gzip stream: it was cut off";
    } else if (error == Z_ERRNO) {
      fault_ = "cannot be read: " + reason(errno);
    } else if (count < 0 || error != Z_OK) {
      fault_ = std::string{"is no sound gzip file: "} + words;
    }
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  gzFile file_;
};

struct CloseArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

std::string words_of(archive* reader) {
  const char* words = archive_error_string(reader);
  return words == nullptr ? "unknown reason" : words;
}

/// An opened archive: a zip, or one compressed stream.
Archive open_archive(const std::string& path, Form form, std::string& fault) {
  Archive reader{archive_read_new()};
  if (!reader) {
    fault = "cannot be opened: out of memory";
    return nullptr;
  }
  if (form == Form::zip) {
    archive_read_support_format_zip(reader.get());
  } else {
    archive_read_support_filter_xz(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_filter_bzip2(reader.get());
    archive_read_support_format_raw(reader.get());
  }
  if (archive_read_open_filename(reader.get(), path.c_str(), block_bytes) != ARCHIVE_OK) {
    fault = "is no sound compressed file: " + words_of(reader.get());
    return nullptr;
  }
  return reader;
}

class Unpacked final : public ByteSource {
 public:
  Unpacked(const std::string& path, Form form, int member, std::uint64_t size) {
    bytes_left_ = free_bytes + most_expansion * size;
    reader_ = open_archive(path, form, fault_);
    for (int i = 0; reader_ && i <= std::max(member, 0); ++i) {
      archive_entry* entry{};
      if (archive_read_next_header(reader_.get(), &entry) >= ARCHIVE_WARN) continue;
      fault_ = "is no sound compressed file: " + words_of(reader_.get());
      reader_.reset();
    }
  }

 private:
  std::size_t read_some(char* into, std::size_t most) override {
    if (!reader_) return 0;
    const auto count = archive_read_data(reader_.get(), into, most);
    if (count < 0) {
      fault_ = "is damaged or was cut off: " + words_of(reader_.get());
      return 0;
    }
    return static_cast<std::size_t>(count);
  }
  Archive reader_;
};

/// An open regular file, or why it is none.
struct Opened {
  int descriptor{-1};
  std::uint64_t size{};
  std::string fault{};
};

Opened open_file(const std::string& path) {
  struct stat status {};
  // stat before open: opening a pipe would wait for its writer.
  if (::stat(path.c_str(), &status) != 0) {
    return {.fault = "cannot be read: " + reason(errno)};
  }
  if (!S_ISREG(status.st_mode)) {
    return {.fault = S_ISDIR(status.st_mode) ? "is a directory" : "is not a regular file"};
  }
  Opened file;
  file.descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  file.size = static_cast<std::uint64_t>(status.st_size);
  if (file.descriptor < 0) file.fault = "cannot be opened: " + reason(errno);
  return file;
}

/// Of the first bytes; the file is at its beginning again.
const Magic* magic_of(int descriptor) {
  std::array<char, 8> first{};
  const auto count = ::pread(descriptor, first.data(), first.size(), 0);
  return magic_of({first.data(), count > 0 ? static_cast<std::size_t>(count) : 0});
}

}  // namespace

std::size_t ByteSource::read(char* into, std::size_t most) {
  if (!fault_.empty()) return 0;
  const std::size_t count = read_some(into, most);
  if (count > bytes_left_) {
    fault_ = fmt::format("expands to more than {} times its size: no record does", most_expansion);
    return 0;
  }
  bytes_left_ -= count;
  return count;
}

std::unique_ptr<ByteSource> ByteSource::open(const SourceName& name) {
  Opened file = open_file(name.path);
  if (!file.fault.empty()) return std::make_unique<Nothing>(std::move(file.fault));
  const Magic* magic = magic_of(file.descriptor);
  const Form form = magic == nullptr ? Form::plain : magic->form;
  if (form == Form::plain) return std::make_unique<Plain>(file.descriptor);
  if (form == Form::gzip) {
    gzFile unpacked = gzdopen(file.descriptor, "rb");
    if (unpacked != nullptr) return std::make_unique<Gzip>(unpacked, file.size);
    ::close(file.descriptor);
    return std::make_unique<Nothing>("cannot be opened: out of memory");
  }
  ::close(file.descriptor);
  if (form == Form::refused) return std::make_unique<Nothing>(std::string{magic->fault});
  return std::make_unique<Unpacked>(name.path, form, name.member, file.size);
}

bool is_record_name(const std::string& file_name) {
  if (file_name.starts_with('.') || file_name.starts_with('_')) return false;
  constexpr std::array<std::string_view, 3> kinds{".csv", ".tsv", ".txt"};
  constexpr std::array<std::string_view, 5> packed{"", ".gz", ".xz", ".zst", ".bz2"};
  return std::ranges::any_of(kinds, [&](std::string_view kind) {
    return std::ranges::any_of(packed, [&](std::string_view end) {
      return file_name.ends_with(std::string{kind} + std::string{end});
    });
  });
}

Sources sources_in(const std::string& path) {
  Sources result;
  Opened file = open_file(path);
  const Magic* magic = file.fault.empty() ? magic_of(file.descriptor) : nullptr;
  if (file.descriptor >= 0) ::close(file.descriptor);
  if (magic == nullptr || magic->form != Form::zip) {
    result.names.push_back({.path = path, .member = -1, .name = {}});  // says itself what is wrong
    return result;
  }
  const Archive reader = open_archive(path, Form::zip, result.fault);
  for (int i = 0; reader; ++i) {
    archive_entry* entry{};
    const int got = archive_read_next_header(reader.get(), &entry);
    if (got == ARCHIVE_EOF) break;
    if (got < ARCHIVE_WARN || i >= most_members) {
      result.fault = i >= most_members ? fmt::format("holds more than {} files", most_members)
                                       : "is no sound zip file: " + words_of(reader.get());
      return result;
    }
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr) name = archive_entry_pathname(entry);
    if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG) continue;
    const std::filesystem::path inside{name};
    const bool hidden = std::ranges::any_of(inside, [](const std::filesystem::path& part) {
      return part.string().starts_with('.') || part.string().starts_with('_');
    });
    if (hidden || !is_record_name(inside.filename().string())) continue;
    result.names.push_back({.path = path, .member = i, .name = name});
  }
  if (result.fault.empty() && result.names.empty()) {
    result.fault = "is a zip without a file whose name ends in .csv, .tsv or .txt";
  }
  std::ranges::sort(result.names, {}, &SourceName::name);
  return result;
}

}  // namespace models::records
