#pragma once

#include "searches/training/image_counts.h"

namespace flnas {
class RunData;
}

namespace flnas::searches {

/// The images of a run by class, and by group and class, in the order of the adapter's groups. Groups and their bounds
/// are in the adapter's words.
ImageCounts count_images(const RunData& data);

}  // namespace flnas::searches
