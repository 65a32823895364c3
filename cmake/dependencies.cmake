# Every library that Holdfast links, found once. The Debian packages are in packages/.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(Boost 1.74 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(LibArchive 3.6 REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(ISAL REQUIRED IMPORTED_TARGET libisal>=2.30)

find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
mark_as_advanced(RANDOM123_INCLUDE_DIR)
add_library(Random123::Random123 INTERFACE IMPORTED)
set_target_properties(Random123::Random123 PROPERTIES
                      INTERFACE_INCLUDE_DIRECTORIES "${RANDOM123_INCLUDE_DIR}")

if(HOLDFAST_GUI STREQUAL "AUTO")
  find_package(Qt6 6.4 QUIET COMPONENTS Widgets Test)
  if(NOT TARGET Qt6::Widgets)
    message(STATUS "No Qt 6: the windows and their tests are left out")
  endif()
elseif(HOLDFAST_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets Test)
endif()
if(HOLDFAST_TESTS)
  find_package(GTest 1.12 REQUIRED)
  find_package(rapidcheck REQUIRED)
endif()
if(HOLDFAST_BENCHMARKS)
  find_package(benchmark 1.7 REQUIRED)
endif()

# Missions are the parallel loop; a second one inside Eigen would only fight it for cores.
add_compile_definitions(EIGEN_DONT_PARALLELIZE)

# gf-complete comes without a file for pkg-config or CMake.
find_path(GF_COMPLETE_INCLUDE_DIR gf_complete.h REQUIRED)
find_library(GF_COMPLETE_LIBRARY gf_complete REQUIRED)
mark_as_advanced(GF_COMPLETE_INCLUDE_DIR GF_COMPLETE_LIBRARY)
add_library(GfComplete::GfComplete UNKNOWN IMPORTED)
set_target_properties(GfComplete::GfComplete PROPERTIES
                      IMPORTED_LOCATION "${GF_COMPLETE_LIBRARY}"
                      INTERFACE_INCLUDE_DIRECTORIES "${GF_COMPLETE_INCLUDE_DIR}")
