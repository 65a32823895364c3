#pragma once

#include <memory>

#include "models/codes/code.h"

namespace models::analytic {

/// Codes that are not MDS, on real bytes, for tests of what counts their patterns.

/// Two mirrored pairs: slots {0, 2} and {1, 3} hold the same bytes.
std::unique_ptr<const codes::Code> make_two_pairs();

/// The local reconstruction code 6+2+2 of Huang et al., USENIX ATC 2012, section 2.2: slots 6 and 7
/// are the sums of 0-2 and 3-5, slots 8 and 9 depend on all data. Its coefficients satisfy the
/// conditions there, so every pattern that can be decoded at all is.
std::unique_ptr<const codes::Code> make_lrc_6_2_2();

}  // namespace models::analytic
