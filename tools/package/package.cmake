# Debian packages: cpack in the build folder, after a build. lacuna is the program, liblacuna-dev the library for programs of others.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME lacuna)
set(CPACK_PACKAGE_VENDOR "Lacuna")
set(LACUNA_MAINTAINER "The authors of Lacuna <authors@lacuna.invalid>" CACHE STRING "Who answers for the packages: Name <address>")
set(CPACK_PACKAGE_CONTACT ${LACUNA_MAINTAINER})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL program library)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_LACUNA_EPOCH ${LACUNA_EPOCH})
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/same-bytes.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME lacuna)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
# What is loaded when it is needed: pictures and their letters, the map in the browser, catalogues from servers, shared maps.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "fonts-dejavu-core")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "ca-certificates, libcurl4, libmicrohttpd12, libpq5")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "xdg-utils, postgresql")
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "map of what standards cover of a subject, and what nobody covers
Lacuna links what a workshop sets out to do (objectives, use cases,
requirements, capabilities, threats) to what standards bodies do (groups and
their deliverables). It shows where nobody covers a need and how that is
known, draws relationship maps for slides, drafts proposals for new work
items, and writes JSON for reports.

A map of AI, machine learning and security comes along.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME liblacuna-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "libarchive-dev, libeigen3-dev, libexpat1-dev, libfmt-dev, libgraphviz-dev, libsqlite3-dev, libstemmer-dev, libutf8proc-dev, libxlsxwriter-dev, libyaml-dev, nlohmann-json3-dev, zlib1g-dev")
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "maps of what standards cover, as a C++ library
Headers and static libraries of Lacuna: maps of needs and deliverables,
their coverage and gaps, and pictures of them, for programs of one's own.")

# What Debian wants beside the files: where they are from, and what changed.
file(READ ${PROJECT_SOURCE_DIR}/NOTICE notice)
set(copyright "Lacuna\n\nCopyright 2026 the authors of Lacuna\n\nLicensed under the Apache License, Version 2.0; on Debian systems its text is in\n/usr/share/common-licenses/Apache-2.0.\n\n${notice}")
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} ${LACUNA_EPOCH})
endif()
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(changelog " (${PROJECT_VERSION}) unstable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
configure_file(${CMAKE_CURRENT_LIST_DIR}/papers.cmake.in generated/papers.cmake @ONLY)
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  install(CODE "set(lacuna_component ${component})" COMPONENT ${component})
  install(SCRIPT ${CMAKE_BINARY_DIR}/generated/papers.cmake COMPONENT ${component})
endforeach()
include(CPack)
