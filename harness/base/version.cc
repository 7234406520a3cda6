#include "harness/base/version.h"

namespace flnas {

std::string build_version() { return FLNAS_VERSION; }

}  // namespace flnas
