# holdfast_room(<room> [LINK <targets>...] [PRECOMPILE <headers>...] [EXCLUDE <regex>])
#
# Makes the target holdfast_<room> of every .cpp below the room's folder: a static library, or an
# interface library as long as the room holds headers only. Rooms link PUBLIC and only downwards.
# Includes are written from the root of the repository.
function(holdfast_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "EXCLUDE" "LINK;PRECOMPILE")
  set(target holdfast_${room})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(arg_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "${arg_EXCLUDE}")
  endif()

  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    holdfast_precompile(${target} ${arg_PRECOMPILE})
    holdfast_unity(${target})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${target} ${scope} ${arg_LINK})
endfunction()

# Precompiles <headers> for <target>, private to it. The asan and tsan presets build without, so a
# forgotten include is found there.
function(holdfast_precompile target)
  if(HOLDFAST_PCH AND ARGN)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
