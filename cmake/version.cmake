# Generates holdfast_version.h: version, commit and the place of the shipped scenarios. The commit
# is read at build time, and the header is only rewritten when it changed; only the units that
# include it are compiled again.

set(HOLDFAST_VERSION_DIR "${PROJECT_BINARY_DIR}/version")
find_package(Git QUIET)

add_custom_target(holdfast_write_version
  COMMAND "${CMAKE_COMMAND}"
    "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}"
    "-DVERSION=${PROJECT_VERSION}"
    "-DSCENARIO_DIR=${HOLDFAST_SCENARIO_DIR}"
    "-DINSTALLED_SCENARIO_DIR=${CMAKE_INSTALL_FULL_DATADIR}/holdfast/scenarios"
    "-DGIT=$<$<BOOL:${GIT_FOUND}>:${GIT_EXECUTABLE}>"
    "-DHEADER=${HOLDFAST_VERSION_DIR}/holdfast_version.h"
    -P "${PROJECT_SOURCE_DIR}/cmake/write_version.cmake"
  BYPRODUCTS "${HOLDFAST_VERSION_DIR}/holdfast_version.h"
  COMMENT "" VERBATIM)

add_library(holdfast_version INTERFACE)
target_include_directories(holdfast_version INTERFACE "${HOLDFAST_VERSION_DIR}")
add_dependencies(holdfast_version holdfast_write_version)
