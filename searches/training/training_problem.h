#pragma once

#include <memory>
#include <string>

#include "searches/problem/problem.h"

namespace flnas::searches {

/// Designs of space cnn, trained on one data set of images, with latencies on one target. Searches leave
/// search.json with the test metrics of the reported designs, best.json and best.py in their folder; what is trained
/// lies in runs/ and designs/ of OUT or, where several are compared, of OUT/seed-N. The images are read once. Throws
/// ConfigError and DataError for anything that is wrong with the request, before any training.
std::unique_ptr<ProblemSet> open_training(const SearchPlan& plan);

/// Whether a request names images with their split.
bool has_images(const CommonRequest& request);

/// "macs:4" -> 4; blank: 4. Throws ConfigError for anything else.
int macs_niches_asked(const std::string& text);

}  // namespace flnas::searches
