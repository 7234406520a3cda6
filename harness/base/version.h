#pragma once

#include <string>

namespace flnas {

/// This program's version: "0.2.0".
std::string build_version();

}  // namespace flnas
