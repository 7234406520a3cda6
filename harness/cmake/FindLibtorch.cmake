# Defines flnas::torch: libtorch's headers and libraries, CPU or CUDA.
#
#   LIBTORCH   an unpacked libtorch, a prefix, or the folder of a pip-installed torch. Empty: Debian's libtorch-dev.
#
# libtorch's own CMake package is not used: for a CUDA build of pip's torch it insists on a CUDA toolkit, although
# the CPU libraries of that build need none. CUDA is on (FLNAS_CUDA = ON) where the toolkit's headers and runtime are
# there and libtorch_cuda with all that it loads; else the same code is built for the CPU.

set(LIBTORCH "" CACHE PATH "An unpacked libtorch or a pip-installed torch; empty for the system's")
if(LIBTORCH AND NOT IS_DIRECTORY "${LIBTORCH}")
  message(FATAL_ERROR "LIBTORCH=${LIBTORCH}: no such folder; give an unpacked libtorch or the folder of a pip-installed torch")
endif()

set(_hints)
if(LIBTORCH)
  set(_hints HINTS "${LIBTORCH}" "${LIBTORCH}/torch" NO_DEFAULT_PATH)
endif()
find_path(LIBTORCH_INCLUDE ATen/core/Tensor.h ${_hints} PATH_SUFFIXES include)
find_path(LIBTORCH_API_INCLUDE torch/torch.h ${_hints}
          PATH_SUFFIXES include/torch/csrc/api/include torch/csrc/api/include)
find_library(LIBTORCH_LIBRARY torch ${_hints} PATH_SUFFIXES lib)
find_library(LIBTORCH_CPU_LIBRARY torch_cpu ${_hints} PATH_SUFFIXES lib)
find_library(LIBTORCH_C10_LIBRARY c10 ${_hints} PATH_SUFFIXES lib)
find_library(LIBTORCH_CUDA_LIBRARY torch_cuda ${_hints} PATH_SUFFIXES lib)
find_library(LIBTORCH_C10_CUDA_LIBRARY c10_cuda ${_hints} PATH_SUFFIXES lib)
mark_as_advanced(LIBTORCH_INCLUDE LIBTORCH_API_INCLUDE LIBTORCH_LIBRARY LIBTORCH_CPU_LIBRARY LIBTORCH_C10_LIBRARY
                 LIBTORCH_CUDA_LIBRARY LIBTORCH_C10_CUDA_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libtorch
  REQUIRED_VARS LIBTORCH_CPU_LIBRARY LIBTORCH_C10_LIBRARY LIBTORCH_INCLUDE LIBTORCH_API_INCLUDE
  REASON_FAILURE_MESSAGE "Run `make setup`, or give LIBTORCH=/path")

set(FLNAS_CUDA OFF)
if(LIBTORCH_CUDA_LIBRARY AND LIBTORCH_C10_CUDA_LIBRARY)
  find_package(CUDAToolkit QUIET)
  if(CUDAToolkit_FOUND)
    # Linked with a libtorch_cuda whose own libraries are missing, no program would start.
    execute_process(COMMAND ldd ${LIBTORCH_CUDA_LIBRARY} OUTPUT_VARIABLE _loaded ERROR_QUIET)
    string(REGEX MATCHALL "[^ \t\n]+ => not found" _missing "${_loaded}")
    if(_missing)
      string(REPLACE " => not found" "" _missing "${_missing}")
      string(REPLACE ";" ", " _missing "${_missing}")
      message(STATUS "CUDA is off: ${LIBTORCH_CUDA_LIBRARY} needs ${_missing}, not found")
    else()
      set(FLNAS_CUDA ON)
    endif()
  endif()
endif()

if(Libtorch_FOUND AND NOT TARGET flnas::torch)
  add_library(flnas_torch INTERFACE)
  add_library(flnas::torch ALIAS flnas_torch)
  target_include_directories(flnas_torch SYSTEM INTERFACE ${LIBTORCH_INCLUDE} ${LIBTORCH_API_INCLUDE})
  target_link_libraries(flnas_torch INTERFACE ${LIBTORCH_CPU_LIBRARY} ${LIBTORCH_C10_LIBRARY} Threads::Threads)
  # A CUDA build's libtorch_cpu needs libraries (the CUDA runtime among them) that pip keeps in folders of their own
  # and finds by its run path; the linker need not look for them.
  target_link_options(flnas_torch INTERFACE -Wl,--allow-shlib-undefined)
  # Its headers have members that only its own debug builds know: without NDEBUG they would not fit the library.
  target_compile_definitions(flnas_torch INTERFACE $<$<NOT:$<CONFIG:Release>>:NDEBUG>)
  # pip's torch brings a newer fmt among its headers, whose library it does not. Ours stands before it: with the headers
  # alone every unit would compile all of fmt.
  if(LIBTORCH AND EXISTS "${LIBTORCH_INCLUDE}/fmt/format.h")
    find_path(FLNAS_FMT_INCLUDE fmt/format.h REQUIRED)
    mark_as_advanced(FLNAS_FMT_INCLUDE)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated/system)
    file(CREATE_LINK ${FLNAS_FMT_INCLUDE}/fmt ${PROJECT_BINARY_DIR}/generated/system/fmt SYMBOLIC)
    target_include_directories(flnas_torch BEFORE INTERFACE ${PROJECT_BINARY_DIR}/generated/system)
  endif()
  if(FLNAS_CUDA)
    target_compile_definitions(flnas_torch INTERFACE FLNAS_CUDA=1)
    target_include_directories(flnas_torch SYSTEM INTERFACE ${CUDAToolkit_INCLUDE_DIRS})
    # No symbol of libtorch_cuda is named here; it registers its kernels when it is loaded.
    target_link_libraries(flnas_torch INTERFACE
      -Wl,--no-as-needed ${LIBTORCH_CUDA_LIBRARY} ${LIBTORCH_C10_CUDA_LIBRARY} -Wl,--as-needed CUDA::cudart)
  endif()
endif()
