#include "models/drill/safeguards.h"

#include "models/integrity/crc32c.h"

namespace models::drill {

bool Safeguards::sound(std::span<const std::byte> record, const Wanted& wanted) const {
  const auto header = read_header(record);
  return header && header->identity == wanted.identity &&
         header->length == payload(record).size() && header->crc == wanted.crc &&
         integrity::crc32c(payload(record)) == wanted.crc;
}

}  // namespace models::drill
