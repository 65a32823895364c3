# What `cmake --install` puts where, by component, and the Debian packages made of it:
#   core  the shipped scenarios, price books and drive tables
#   cli   the program, its manual page and completions
#   gui   the windows, where they are built
#   doc   the documents
# `cpack -G DEB` in the build folder makes holdfast-<component>_<version>_<architecture>.deb.

set(HOLDFAST_MAINTAINER "The Holdfast authors <holdfast@example.invalid>" CACHE STRING
    "Name and address in the Debian packages: whoever makes them")

# Written by the program itself, so they cannot differ from what it takes.
if(TARGET holdfast)
  set(manual "${PROJECT_BINARY_DIR}/manual")
  file(MAKE_DIRECTORY "${manual}")
  set(generated "${manual}/holdfast.1" "${manual}/holdfast.bash" "${manual}/_holdfast"
                "${manual}/holdfast.fish")
  add_custom_command(OUTPUT ${generated}
    COMMAND holdfast manual > "${manual}/holdfast.1"
    COMMAND holdfast completion bash > "${manual}/holdfast.bash"
    COMMAND holdfast completion zsh > "${manual}/_holdfast"
    COMMAND holdfast completion fish > "${manual}/holdfast.fish"
    DEPENDS holdfast COMMENT "Writing manual page and completions" VERBATIM)
  add_custom_target(holdfast_manual ALL DEPENDS ${generated})

  install(FILES "${manual}/holdfast.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT cli)
  install(FILES "${manual}/holdfast.bash" RENAME holdfast
          DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" COMPONENT cli)
  install(FILES "${manual}/_holdfast"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" COMPONENT cli)
  install(FILES "${manual}/holdfast.fish"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" COMPONENT cli)
endif()

install(DIRECTORY scenarios/ DESTINATION "${CMAKE_INSTALL_DATADIR}/holdfast/scenarios"
        COMPONENT core)
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/holdfast" COMPONENT doc)
install(FILES README.md CITATION.cff CONTRIBUTING.md CHANGELOG.md
        DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/holdfast" COMPONENT doc)
set(components core cli doc)
if(TARGET holdfast-gui)
  install(FILES gui/holdfast.desktop DESTINATION "${CMAKE_INSTALL_DATADIR}/applications"
          COMPONENT gui)
  install(FILES gui/holdfast.svg
          DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps" COMPONENT gui)
  install(FILES gui/holdfast.metainfo.xml DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo"
          COMPONENT gui)
  list(APPEND components gui)
endif()
# Debian looks for the licence of each package under its name.
foreach(component ${components})
  install(FILES LICENSE RENAME copyright
          DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/holdfast-${component}" COMPONENT ${component})
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME holdfast)
set(CPACK_PACKAGE_CONTACT "${HOLDFAST_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# holdfast_deb(<component> <architecture> <depends> <what it holds>)
macro(holdfast_deb component architecture depends about)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME "holdfast-${component}")
  if("${architecture}" STREQUAL "all")
    set(CPACK_DEBIAN_${upper}_PACKAGE_ARCHITECTURE all)
  else()
    # Libraries as the linker found them.
    set(CPACK_DEBIAN_${upper}_PACKAGE_SHLIBDEPS ON)
  endif()
  set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS "${depends}")
  set(CPACK_COMPONENT_${upper}_DESCRIPTION
      "storage reliability simulator: ${about}\n Will this storage design keep the data, how fast does it heal, and what\n does it cost?")
endmacro()
holdfast_deb(core all "" "shipped scenarios")
holdfast_deb(cli any "holdfast-core (>= ${PROJECT_VERSION})" "command line")
holdfast_deb(gui any "holdfast-core (>= ${PROJECT_VERSION})" "windows")
holdfast_deb(doc all "" "documents")

include(CPack)
