# flnas_library, flnas_program, flnas_test, flnas_resources: one line per target, a target links what its layer may use.

add_library(flnas_warnings INTERFACE)
target_compile_options(flnas_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough -Wno-missing-field-initializers
                       # False alarms of GCC 12 on std::string (its bug 105651), which precompiled headers lay bare.
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
                                                    -Wno-array-bounds>)
if(FLNAS_WERROR)
  target_compile_options(flnas_warnings INTERFACE -Werror)
endif()

# Three precompiled headers (harness/CMakeLists.txt, tests/CMakeLists.txt): flnas_pch, flnas_torch_pch, flnas_test_pch.
function(_flnas_precompile target pch)
  if(FLNAS_PCH)
    target_precompile_headers(${target} REUSE_FROM ${pch})
  endif()
endfunction()

# Code that is never hot, and every test: compiled in two thirds of the time. (GCC takes the precompiled headers all the
# same.)
function(_flnas_cold target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# flnas_library(NAME [TORCH] [COLD] SOURCES a.cc ... [DEPS flnas_base ...] [PRIVATE_DEPS ...])
# TORCH: the library's sources use libtorch. COLD: its speed does not matter. A source with a * is a pattern, for folders
# whose files are all of one kind: a new file is found by the next build.
function(flnas_library name)
  cmake_parse_arguments(arg "TORCH;COLD" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  set(sources)
  foreach(source ${arg_SOURCES})
    if(source MATCHES "[*]")
      file(GLOB source CONFIGURE_DEPENDS ${source})
    endif()
    list(APPEND sources ${source})
  endforeach()
  add_library(${name} STATIC ${sources})
  if(arg_COLD)
    _flnas_cold(${name})
  endif()
  target_link_libraries(${name} PUBLIC ${arg_DEPS} PRIVATE flnas_warnings ${arg_PRIVATE_DEPS})
  foreach(dep ${arg_DEPS} ${arg_PRIVATE_DEPS})
    set_property(GLOBAL APPEND PROPERTY flnas_links "${name}>${dep}")
  endforeach()
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
  if(arg_TORCH)
    target_link_libraries(${name} PUBLIC flnas::torch)
    _flnas_precompile(${name} flnas_torch_pch)
  else()
    _flnas_precompile(${name} flnas_pch)
  endif()
endfunction()

# Stops where a library of this project links one that this build leaves out: a linker would say so at the very end.
function(flnas_check_links)
  get_property(links GLOBAL PROPERTY flnas_links)
  foreach(link ${links})
    string(REPLACE ">" ";" link ${link})
    list(GET link 0 name)
    list(GET link 1 dep)
    if(dep MATCHES "^flnas_" AND NOT TARGET ${dep})
      message(FATAL_ERROR "${name} links ${dep}, which this build does not have")
    endif()
  endforeach()
endfunction()

# flnas_program(NAME [TORCH] [INSTALL] SOURCES ... DEPS ...)
# INSTALL: as a component of the same name.
function(flnas_program name)
  cmake_parse_arguments(arg "TORCH;INSTALL" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE flnas_warnings ${arg_DEPS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
  if(arg_TORCH)
    target_link_libraries(${name} PRIVATE flnas::torch)
    _flnas_precompile(${name} flnas_torch_pch)
  endif()
  if(arg_INSTALL)
    install(TARGETS ${name} RUNTIME COMPONENT ${name})
  endif()
endfunction()

# flnas_test(FOLDER [TORCH] SOURCES x_test.cc ... DEPS ... [LABELS unit] [PARTS suite ...] [COST seconds])
# One Boost.Test program per folder of tests, registered under its labels; those that use libtorch are labelled `torch`
# too. The target tests_LABEL builds all with that label.
# PARTS: the test suites named run as tests of their own, FOLDER/suite, beside each other; FOLDER runs all others. "a+b"
# is one test of two suites. COST: about how long each test takes; ctest begins with the longest.
function(flnas_test folder)
  cmake_parse_arguments(arg "TORCH" "COST" "SOURCES;DEPS;LABELS;PARTS" ${ARGN})
  string(REPLACE "/" "_" name ${folder}_test)
  add_executable(${name} ${arg_SOURCES})
  _flnas_cold(${name})
  target_link_libraries(${name} PRIVATE flnas_test_main flnas_warnings ${arg_DEPS} Boost::unit_test_framework)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
  target_compile_definitions(${name} PRIVATE BOOST_TEST_DYN_LINK)
  if(arg_TORCH)
    target_link_libraries(${name} PRIVATE flnas::torch)
    _flnas_precompile(${name} flnas_torch_pch)
  else()
    _flnas_precompile(${name} flnas_test_pch)
  endif()
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  if(arg_TORCH)
    list(APPEND arg_LABELS torch)
  endif()
  foreach(label ${arg_LABELS})
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${name})
  endforeach()
  set(run ${name} --log_level=test_suite --report_level=short --color_output=no)
  set(tests ${folder})
  set(others)
  foreach(part ${arg_PARTS})
    string(REPLACE "+" ";" suites ${part})
    list(TRANSFORM suites PREPEND --run_test=! OUTPUT_VARIABLE left_out)
    list(APPEND others ${left_out})
    list(TRANSFORM suites PREPEND --run_test=)
    add_test(NAME ${folder}/${part} COMMAND ${run} ${suites})
    list(APPEND tests ${folder}/${part})
  endforeach()
  add_test(NAME ${folder} COMMAND ${run} ${others})
  set_tests_properties(${tests} PROPERTIES LABELS "${arg_LABELS}" SKIP_RETURN_CODE 77 TIMEOUT 900)
  if(arg_COST)
    set_tests_properties(${tests} PROPERTIES COST ${arg_COST})
  endif()
endfunction()

# flnas_resources(TARGET NAMESPACE FILES file ...)
# Builds the files into the program, so that it can be moved and installed freely:
# `std::optional<std::string_view> NAMESPACE::resource(std::string_view name)`, the name being the path from the
# project's root, and `std::vector<std::string> NAMESPACE::resource_names()`. Header: "resources/NAMESPACE.h".
function(flnas_resources target namespace)
  cmake_parse_arguments(arg "" "" "FILES" ${ARGN})
  set(header ${PROJECT_BINARY_DIR}/generated/resources/${namespace}.h)
  set(source ${PROJECT_BINARY_DIR}/generated/resources/${namespace}.cc)
  set(files)
  foreach(file ${arg_FILES})
    get_filename_component(file ${file} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND files ${file})
  endforeach()
  add_custom_command(
    OUTPUT ${header} ${source}
    COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -DNAMESPACE=${namespace} -DHEADER=${header} -DSOURCE=${source}
            "-DFILES=${files}" -P ${PROJECT_SOURCE_DIR}/harness/cmake/embed.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/harness/cmake/embed.cmake
    COMMENT "Embedding the files of ${namespace}" VERBATIM)
  target_sources(${target} PRIVATE ${header} ${source})
endfunction()
