# Toolchain for the Raspberry Pi 4 (64-bit Debian or Raspberry Pi OS bookworm) on an x86-64 Debian: `make pi4` uses it.
#   FLNAS_SYSROOT   the folder that harness/pi4/sysroot.sh made
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)

set(FLNAS_SYSROOT "" CACHE PATH "The arm64 sysroot, made by harness/pi4/sysroot.sh")
if(NOT EXISTS "${FLNAS_SYSROOT}/usr/include")
  message(FATAL_ERROR "FLNAS_SYSROOT='${FLNAS_SYSROOT}' is no sysroot; run `make pi4`, or harness/pi4/sysroot.sh and give the folder it prints")
endif()
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES FLNAS_SYSROOT)

set(CMAKE_SYSROOT ${FLNAS_SYSROOT})
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CXX_FLAGS_INIT -mcpu=cortex-a72)
# Programs are the host's; all else is the board's.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -cpu cortex-a72 -L ${FLNAS_SYSROOT})
