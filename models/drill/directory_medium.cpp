#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "models/drill/medium.h"

namespace models::drill {
namespace {

namespace fs = std::filesystem;

/// An open file; -1 where it is not there.
class File {
 public:
  File(const fs::path& path, int flags) : path_(path.string()) {
    constexpr mode_t owner_and_readers = 0644;
    descriptor_ = ::open(path_.c_str(), flags | O_CLOEXEC, owner_and_readers);
    if (descriptor_ < 0 && !(errno == ENOENT && (flags & O_CREAT) == 0)) fail("cannot be opened");
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool is_there() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  std::size_t size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail("cannot be looked at");
    return static_cast<std::size_t>(status.st_size);
  }

  /// How much of `into` the file could fill.
  std::size_t read(std::size_t from, std::span<std::byte> into) const {
    std::size_t done = 0;
    while (done < into.size()) {
      const ssize_t got = ::pread(descriptor_, into.data() + done, into.size() - done,
                                  static_cast<off_t>(from + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail("cannot be read");
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  void write(std::size_t to, std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t put = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(to));
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) fail("cannot be written");
      bytes = bytes.subspan(static_cast<std::size_t>(put));
      to += static_cast<std::size_t>(put);
    }
  }

  void sync() const {
    if (::fdatasync(descriptor_) != 0) fail("cannot be synced");
  }
  void cut(std::size_t length) const {
    if (::ftruncate(descriptor_, static_cast<off_t>(length)) != 0) fail("cannot be cut");
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    throw std::system_error(errno, std::generic_category(), fmt::format("{} {}", path_, what));
  }

  std::string path_;
  int descriptor_{-1};
};

class DirectoryMedium final : public Medium {
 public:
  DirectoryMedium(fs::path folder, std::size_t place_bytes)
      : folder_(std::move(folder)), place_bytes_(place_bytes) {
    fs::create_directories(folder_);
  }

  std::span<const std::byte> read(std::uint32_t disk, std::uint32_t place,
                                  std::vector<std::byte>& buffer) const override {
    const File file(path_of(disk), O_RDONLY);
    const std::size_t start = std::size_t{place} * place_bytes_;
    if (!file.is_there() || file.size() <= start) return {};
    buffer.assign(place_bytes_, std::byte{});  // the last place may be cut off: zeros behind it
    file.read(start, buffer);
    return buffer;
  }

  void write(std::uint32_t disk, std::uint32_t place, std::size_t offset,
             std::span<const std::byte> bytes) override {
    const bool known = fs::exists(path_of(disk));
    const File file(path_of(disk), O_WRONLY | O_CREAT);
    if (!known) sync_folder();
    file.write(std::size_t{place} * place_bytes_ + offset, bytes);
  }

  void sync(std::uint32_t disk) override {
    if (const File file(path_of(disk), O_WRONLY); file.is_there()) file.sync();
  }

  void wipe(std::uint32_t disk) override {
    if (const File file(path_of(disk), O_WRONLY); file.is_there()) {
      file.cut(0);
      file.sync();
    }
  }

  void append_log(std::span<const std::byte> bytes) override {
    const bool known = fs::exists(log_path());
    const File file(log_path(), O_WRONLY | O_CREAT);
    if (!known) sync_folder();
    file.write(file.size(), bytes);
  }

  void sync_log() override {
    if (const File file(log_path(), O_WRONLY); file.is_there()) file.sync();
  }

  std::vector<std::byte> log() const override {
    const File file(log_path(), O_RDONLY);
    if (!file.is_there()) return {};
    std::vector<std::byte> bytes(file.size());
    bytes.resize(file.read(0, bytes));
    return bytes;
  }

  void cut_log(std::size_t length) override {
    if (const File file(log_path(), O_WRONLY); file.is_there() && file.size() > length) {
      file.cut(length);
      file.sync();
    }
  }

 private:
  fs::path path_of(std::uint32_t disk) const { return folder_ / fmt::format("disk-{:05}", disk); }
  fs::path log_path() const { return folder_ / "catalogue.log"; }

  /// A new file outlasts a power failure only with its name.
  void sync_folder() const {
    const File folder(folder_, O_RDONLY | O_DIRECTORY);
    if (::fsync(folder.descriptor()) != 0) {
      throw std::system_error(errno, std::generic_category(), folder_.string());
    }
  }

  fs::path folder_;
  std::size_t place_bytes_;
};

}  // namespace

std::unique_ptr<Medium> make_directory_medium(const std::filesystem::path& folder,
                                              std::size_t place_bytes) {
  return std::make_unique<DirectoryMedium>(folder, place_bytes);
}

}  // namespace models::drill
