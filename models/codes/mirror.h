#pragma once

#include <array>
#include <memory>
#include <string>

#include "models/codes/code.h"

namespace models::codes {

/// Copies of whole arrays: Nested with Replication outside. "2 x RS 6+2" is a mirror of two RAID-6
/// sets of eight disks.
inline constexpr std::array mirror_parameters{
    CodeParameter{"copies", 2, 16, "arrays that hold the same data"}};
inline constexpr std::array mirror_parts{CodePart{"inside", "the code inside each array"}};
std::string check_mirror(const CodeSpec& spec);
std::unique_ptr<const Code> make_mirror(const CodeSpec& spec);

}  // namespace models::codes
