#include "models/codes/gf_kernel.h"

#include <isa-l/erasure_code.h>

#include <algorithm>
#include <array>

#include "sim/contract.h"

namespace models::codes {
namespace {

constexpr std::size_t most = 256;
constexpr std::size_t table_bytes = 32;  // per coefficient: erasure_code.h, ec_init_tables

}  // namespace

GfKernel::GfKernel(const GfMatrix& coefficients)
    : rows_(coefficients.rows()),
      columns_(coefficients.columns()),
      tables_(table_bytes * rows_ * columns_) {
  EXPECTS(rows_ <= most && columns_ <= most);
  // ISA-L only reads the coefficients through its non-const pointer.
  ec_init_tables(static_cast<int>(columns_), static_cast<int>(rows_),
                 const_cast<unsigned char*>(coefficients.cells().data()), tables_.data());
}

void GfKernel::run(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
                   std::size_t size, std::size_t piece) const {
  EXPECTS(inputs.size() == columns_ && outputs.size() == rows_);
  EXPECTS(piece >= 1 && piece <= longest_piece);
  if (rows_ == 0) return;
  // ISA-L reads the tables and inputs only, but takes all of them without const.
  auto* tables = const_cast<unsigned char*>(tables_.data());
  std::array<unsigned char*, most> from;  // NOLINT(*-member-init): filled below, hot path
  std::array<unsigned char*, most> to;    // NOLINT(*-member-init)
  for (std::size_t done = 0; done < size; done += piece) {
    for (std::size_t c = 0; c < columns_; ++c) {
      from[c] =
          const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(inputs[c])) + done;
    }
    for (std::size_t r = 0; r < rows_; ++r) {
      to[r] = reinterpret_cast<unsigned char*>(outputs[r]) + done;
    }
    ec_encode_data(static_cast<int>(std::min(piece, size - done)), static_cast<int>(columns_),
                   static_cast<int>(rows_), tables, from.data(), to.data());
  }
}

}  // namespace models::codes
