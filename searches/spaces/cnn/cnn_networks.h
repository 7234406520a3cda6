#pragma once

#include <memory>

#include "searches/problem/problem.h"
#include "searches/spaces/cnn/cnn_space.h"
#include "searches/training/trained_space.h"

namespace flnas::searches {

/// The space as a search by training takes it. `frozen_head`: stages of every design that are the trained template's.
TrainedSpace trained_cnn(std::shared_ptr<const CnnSpace> space, int frozen_head = 0);

/// Designs of space cnn by training on images (searches/training). Throws ConfigError and DataError as open_training,
/// and where the data are a table.
std::unique_ptr<ProblemSet> open_cnn_training(const SearchPlan& plan);

/// Designs of space cnn by zero-cost proxies (searches/proxies): on noise, or on training images where some are given.
/// Classes are those of the data set's task. Throws ConfigError and DataError as open_training.
std::unique_ptr<ProblemSet> open_cnn_networks(const SearchPlan& plan);

/// The space of such a search, from its record's settings.
std::shared_ptr<const SearchSpace> recorded_cnn_space(const Json& settings);

/// Whether a request names images with their split, or no images at all.
bool has_images_or_none(const CommonRequest& request);

}  // namespace flnas::searches
