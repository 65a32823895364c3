# Targets that judge the text of the tree: `format` rewrites, `check-format` and `lint` only report.
# clang-tidy cannot read GCC's precompiled headers: build `lint` in the preset of the same name.

find_program(HOLDFAST_CLANG_FORMAT NAMES clang-format-14 clang-format)
find_program(HOLDFAST_RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy)
mark_as_advanced(HOLDFAST_CLANG_FORMAT HOLDFAST_RUN_CLANG_TIDY)

if(HOLDFAST_CLANG_FORMAT)
  foreach(room sim models reports cli gui tests)
    list(APPEND globs "${PROJECT_SOURCE_DIR}/${room}/*.h" "${PROJECT_SOURCE_DIR}/${room}/*.cpp")
  endforeach()
  file(GLOB_RECURSE format_files CONFIGURE_DEPENDS ${globs})
  add_custom_target(format COMMAND "${HOLDFAST_CLANG_FORMAT}" -i ${format_files} VERBATIM)
  add_custom_target(check-format
    COMMAND "${HOLDFAST_CLANG_FORMAT}" --dry-run -Werror ${format_files} VERBATIM)
endif()

if(HOLDFAST_RUN_CLANG_TIDY AND NOT HOLDFAST_PCH)
  add_custom_target(lint
    COMMAND "${HOLDFAST_RUN_CLANG_TIDY}" -quiet -p "${PROJECT_BINARY_DIR}"
            "${PROJECT_SOURCE_DIR}/\(sim\|models\|reports\|cli\|gui\|tests\)/"
    DEPENDS holdfast_write_version
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" USES_TERMINAL VERBATIM)
endif()
