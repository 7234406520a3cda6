#pragma once

#include <functional>
#include <memory>

#include "harness/train/run_data.h"
#include "searches/problem/problem.h"
#include "searches/training/trained_space.h"

namespace flnas::searches {

/// Makes a space for the networks of one data set and task, divided into so many niches by multiply-accumulates. Throws
/// ConfigError where the space is not for such data, or has no valid member there.
using MakeTrainedSpace = std::function<TrainedSpace(const SearchPlan& plan, const RunData& data, int niches)>;

/// Designs of a space, trained on one data set, images or a table, with latencies on one target. Searches leave
/// search.json with the test metrics of the reported designs, best.json and what else the space writes of a design in
/// their folder; what is trained lies in runs/ and designs/ of OUT or, where several are compared, of OUT/seed-N. The
/// data are read once; without a split OUT/split.json is made, of all examples by protocol clean. Throws ConfigError
/// and DataError for anything that is wrong with the request, before any training.
std::unique_ptr<ProblemSet> open_training(const SearchPlan& plan, const MakeTrainedSpace& make_space);

/// Whether a request names data with their split; data at all.
bool has_split_data(const CommonRequest& request);
bool has_data(const CommonRequest& request);

/// Whether a request's data are a table; images. Throws as load_adapter where there are none that can be read.
bool is_on_table(const CommonRequest& request);
bool is_on_images(const CommonRequest& request);

/// "macs:4" -> 4; blank: 4. Throws ConfigError for anything else.
int macs_niches_asked(const std::string& text);

}  // namespace flnas::searches
