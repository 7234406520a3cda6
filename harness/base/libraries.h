#pragma once

#include "harness/base/json.h"

namespace flnas {

/// The libraries that this process has loaded and that results or files depend on: name -> version, by the library's
/// own word where it has one ("curl": "7.88.1"), else by its file's name ("opencv_imgproc": "4.6.0"), else "unknown".
/// libtorch says more of itself and of those that it calls: describe_libtorch() of harness/train/device.h.
Json describe_libraries();

}  // namespace flnas
