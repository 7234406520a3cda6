# Writes HEADER with a digest of FILES (reports/verify/manifest.h).
set(digests "")
foreach(file ${FILES})
  file(SHA256 ${file} digest)
  string(APPEND digests ${digest})
endforeach()
string(SHA256 digest "${digests}")
file(WRITE ${HEADER} "// Generated from the sources of reports.
#pragma once
namespace flnas::reports {
inline constexpr char kRendererSources[] = \"${digest}\";
}
")
