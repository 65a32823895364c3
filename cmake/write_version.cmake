# Run at build time by cmake/version.cmake.

set(COMMIT "unknown")
if(GIT)
  execute_process(COMMAND "${GIT}" -C "${SOURCE_DIR}" rev-parse --short=12 HEAD
                  OUTPUT_VARIABLE head RESULT_VARIABLE failed
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    # Results of a tree that differs from its commit must not be taken for results of the commit.
    execute_process(COMMAND "${GIT}" -C "${SOURCE_DIR}" status --porcelain --
                            sim models reports cli cmake CMakeLists.txt
                    OUTPUT_VARIABLE changes ERROR_QUIET)
    set(COMMIT "${head}")
    if(changes)
      string(APPEND COMMIT "+changes")
    endif()
  endif()
endif()

configure_file("${CMAKE_CURRENT_LIST_DIR}/holdfast_version.h.in" "${HEADER}" @ONLY)
