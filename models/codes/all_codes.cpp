#include <algorithm>
#include <array>

#include "models/codes/code.h"
#include "models/codes/lrc.h"
#include "models/codes/mirror.h"
#include "models/codes/nested.h"
#include "models/codes/reed_solomon.h"
#include "models/codes/replication.h"
#include "sim/contract.h"

namespace models::codes {
namespace {

// The whole registry. A new code is a file pair and a line here.
constexpr std::array kinds{
    CodeKind{"replication", "whole copies on different units", replication_parameters,
             check_replication, make_replication},
    CodeKind{"reed-solomon", "any `data` of data + parity shards give back the bytes",
             reed_solomon_parameters, check_reed_solomon, make_reed_solomon},
    CodeKind{"lrc", "LRC(k,l,r): groups with a parity each, and parities over all data",
             lrc_parameters, check_lrc, make_lrc},
    CodeKind{"mirror", "copies of whole arrays, each with a code of its own inside",
             mirror_parameters, check_mirror, make_mirror, mirror_parts},
    CodeKind{"nested",
             "a code over arrays, each with a code of its own inside",
             {},
             check_nested,
             make_nested,
             nested_parts},
};

}  // namespace

std::span<const CodeKind> all_codes() { return kinds; }

const CodeKind* find_code(std::string_view kind) {
  const auto* found = std::ranges::find(kinds, kind, &CodeKind::name);
  return found == kinds.end() ? nullptr : found;
}

std::unique_ptr<const Code> make_code(const CodeSpec& spec) {
  const CodeKind* kind = find_code(spec.kind);
  EXPECTS(kind != nullptr);
  EXPECTS(kind->check(spec).empty());
  return kind->make(spec);
}

}  // namespace models::codes
