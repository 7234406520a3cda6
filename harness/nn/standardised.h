#pragma once

#include <memory>
#include <vector>

namespace flnas::nn {

class Classifier;

/// Mean and standard deviation of a channel's values in [0, 1], in the order red, green, blue.
struct ChannelStatistics {
  std::vector<double> mean;
  std::vector<double> deviation;
};

/// The model behind (images - mean) / deviation: it takes images in [0, 1] like any other, and whoever trains, saves or
/// exports it need not know of the statistics. Parameters and buffers are the model's own, under its names, with two
/// buffers more, "input_mean" and "input_deviation", [1, 3, 1, 1].
std::shared_ptr<Classifier> standardised(std::shared_ptr<Classifier> model, const ChannelStatistics& statistics);

}  // namespace flnas::nn
