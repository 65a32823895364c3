// Compiled by tests/CMakeLists.txt only, to see it fail: policies are compiled with HOLDFAST_POLICY.
#include "models/fleet/state.h"

bool decide(const models::fleet::State& state) { return state.lost_disks.size() > 0; }
