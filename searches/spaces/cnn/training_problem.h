#pragma once

#include <memory>
#include <string>

#include "searches/problem/problem.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// Designs of space cnn, trained on one data set of images, with latencies on one target. Searches leave
/// ARM/search.json with the test metrics of the reported designs, ARM/best.json and best.py; what is trained lies in
/// OUT/runs and OUT/designs. The images are read once. `command` repeats the search. Throws ConfigError and DataError
/// for anything that is wrong with the request, before any training.
std::unique_ptr<Problem> make_training_problem(const SearchRequest& request, const std::string& command);

/// "macs:4" -> 4; blank: 4. Throws ConfigError for anything else.
int macs_niches_asked(const std::string& text);

}  // namespace flnas::searches
