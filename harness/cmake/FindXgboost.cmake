# Defines flnas::xgboost: the C API of gradient-boosted trees.
find_path(XGBOOST_INCLUDE xgboost/c_api.h)
find_library(XGBOOST_LIBRARY xgboost)
mark_as_advanced(XGBOOST_INCLUDE XGBOOST_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Xgboost REQUIRED_VARS XGBOOST_LIBRARY XGBOOST_INCLUDE
                                  REASON_FAILURE_MESSAGE "Run `make setup`")
if(Xgboost_FOUND AND NOT TARGET flnas::xgboost)
  add_library(flnas::xgboost INTERFACE IMPORTED)
  target_include_directories(flnas::xgboost INTERFACE ${XGBOOST_INCLUDE})
  target_link_libraries(flnas::xgboost INTERFACE ${XGBOOST_LIBRARY})
endif()
