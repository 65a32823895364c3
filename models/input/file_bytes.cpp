#include "models/input/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <span>
#include <system_error>

#include "models/input/large_file.h"

namespace models::scenario {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

std::string reason(int error) { return std::generic_category().message(error); }

// Empty if it may be read.
std::string fault_of(const struct stat& status, std::size_t most) {
  if (S_ISDIR(status.st_mode)) return "is a directory; name a file in it";
  if (!S_ISREG(status.st_mode)) return "is not a regular file but a pipe, socket or device";
  if (static_cast<std::size_t>(status.st_size) > most) {
    return fmt::format("is larger than {} MiB ({} bytes)", most >> 20U, status.st_size);
  }
  return {};
}

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

Diagnostics refuse(const std::filesystem::path& file, std::string why) {
  return {{.file = file.string(), .line = 0, .pointer = {}, .message = std::move(why)}};
}

}  // namespace

Checked<std::string> read_bytes(const std::filesystem::path& file) {
  return read_bytes(file, max_file_bytes);
}

Checked<std::string> read_bytes(const std::filesystem::path& file, std::size_t most) {
  struct stat status {};
  // stat before open: opening a pipe would wait for its writer.
  if (::stat(file.c_str(), &status) != 0) return refuse(file, "cannot be read: " + reason(errno));
  if (std::string why = fault_of(status, most); !why.empty()) return refuse(file, std::move(why));
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (descriptor.number() < 0) return refuse(file, "cannot be opened: " + reason(errno));
  // Once more, on what has been opened: the name may stand for another file by now.
  if (::fstat(descriptor.number(), &status) != 0) return refuse(file, reason(errno));
  if (std::string why = fault_of(status, most); !why.empty()) return refuse(file, std::move(why));

  std::string bytes;
  std::array<char, 1U << 16U> block{};
  while (bytes.size() <= most) {
    const ssize_t count = ::read(descriptor.number(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refuse(file, "cannot be read: " + reason(errno));
    if (count == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(count));
  }
  return refuse(file, fmt::format("is larger than {} MiB", most >> 20U));
}

std::string sha256_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    return {};
  }
  return hex(std::span(digest).first(size));
}

std::string sha256_of_file(const std::filesystem::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (descriptor.number() < 0) return {};
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) return {};
  std::array<char, 1U << 16U> block{};
  for (;;) {
    const ssize_t count = ::read(descriptor.number(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(count));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  return hex(std::span(digest).first(size));
}

}  // namespace models::scenario
