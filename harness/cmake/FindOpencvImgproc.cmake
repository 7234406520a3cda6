# Defines flnas::opencv: core and imgproc only, so that the hundred packages of libopencv-dev are not needed.
find_path(OPENCV_INCLUDE opencv2/imgproc.hpp PATH_SUFFIXES opencv4)
find_library(OPENCV_CORE_LIBRARY opencv_core)
find_library(OPENCV_IMGPROC_LIBRARY opencv_imgproc)
mark_as_advanced(OPENCV_INCLUDE OPENCV_CORE_LIBRARY OPENCV_IMGPROC_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpencvImgproc REQUIRED_VARS OPENCV_IMGPROC_LIBRARY OPENCV_CORE_LIBRARY OPENCV_INCLUDE
                                  REASON_FAILURE_MESSAGE "Run `make setup`")
if(OpencvImgproc_FOUND AND NOT TARGET flnas::opencv)
  add_library(flnas::opencv INTERFACE IMPORTED)
  target_include_directories(flnas::opencv INTERFACE ${OPENCV_INCLUDE})
  target_link_libraries(flnas::opencv INTERFACE ${OPENCV_IMGPROC_LIBRARY} ${OPENCV_CORE_LIBRARY})
endif()
