# Packages by CPack (`cpack` in the build folder): a .deb that depends on Debian's libraries; with another libtorch than
# Debian's an archive. `make pi4` packs flnas-bench alone for the board (harness/pi4/package.sh).
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT license)

set(CPACK_PACKAGE_NAME flnas)
set(CPACK_PACKAGE_VENDOR "The flnas developers")
set(CPACK_PACKAGE_CONTACT "The flnas developers <flnas@localhost>")
set(CPACK_PACKAGE_FILE_NAME flnas-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
if(LIBTORCH)
  set(CPACK_GENERATOR TGZ)
endif()

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "flnas reproduces, checks and compares these networks; flnas-bench measures their latency and
memory on the device that it runs on.")
# libtorch loads whichever BLAS is installed: without OpenBLAS matrix products are tens of times slower.
set(CPACK_DEBIAN_PACKAGE_DEPENDS libopenblas0-openmp)
if(CMAKE_CROSSCOMPILING)
  set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE arm64)
  set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};flnas;flnas-bench;/;${PROJECT_BINARY_DIR};flnas;license;/")
else()
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS gnuplot-nox)
endif()
include(CPack)
