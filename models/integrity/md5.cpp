#include "models/integrity/md5.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace models::integrity {

Md5 md5(std::span<const std::span<const std::byte>> pieces) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  bool fine = context && EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr) == 1;
  for (const auto& piece : pieces) {
    fine = fine && EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
  }
  Md5 digest{};
  fine = fine && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()),
                                    nullptr) == 1;
  // OpenSSL has no MD5 where the system runs in FIPS mode.
  if (!fine) throw std::runtime_error("the cryptographic library of this system gives no MD5");
  return digest;
}

Md5 md5(std::span<const std::byte> bytes) { return md5(std::span(&bytes, 1)); }

std::string hex(const Md5& digest) {
  std::string text;
  for (const std::byte byte : digest) text += fmt::format("{:02x}", static_cast<unsigned>(byte));
  return text;
}

}  // namespace models::integrity
