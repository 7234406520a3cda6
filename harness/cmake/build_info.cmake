cmake_minimum_required(VERSION 3.22)

# Writes build_info.h with the commit that is being built; touched only when it changes.
execute_process(COMMAND git -C ${ROOT} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR commit STREQUAL "")
  set(commit "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "// Generated.
#pragma once

namespace flnas::build_info {
inline constexpr char kCommit[] = \"@commit@\";
inline constexpr char kBuildType[] = \"@BUILD_TYPE@\";
inline constexpr char kCompiler[] = \"@COMPILER@\";
inline constexpr char kSanitizers[] = \"@SANITIZERS@\";
}  // namespace flnas::build_info
" @ONLY)
