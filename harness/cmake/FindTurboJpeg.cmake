# Defines flnas::turbojpeg (libjpeg-turbo's own interface).
find_path(TURBOJPEG_INCLUDE turbojpeg.h)
find_library(TURBOJPEG_LIBRARY turbojpeg)
mark_as_advanced(TURBOJPEG_INCLUDE TURBOJPEG_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(TurboJpeg REQUIRED_VARS TURBOJPEG_LIBRARY TURBOJPEG_INCLUDE
                                  REASON_FAILURE_MESSAGE "Run `make setup`")
if(TurboJpeg_FOUND AND NOT TARGET flnas::turbojpeg)
  add_library(flnas::turbojpeg INTERFACE IMPORTED)
  target_include_directories(flnas::turbojpeg INTERFACE ${TURBOJPEG_INCLUDE})
  target_link_libraries(flnas::turbojpeg INTERFACE ${TURBOJPEG_LIBRARY})
endif()
