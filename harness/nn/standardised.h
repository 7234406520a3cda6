#pragma once

#include <memory>
#include <vector>

namespace flnas::nn {

class Classifier;

/// Mean and standard deviation of a channel's values in [0, 1], in the order red, green, blue; or of the columns of a
/// table, 0 and 1 for categories.
struct ChannelStatistics {
  std::vector<double> mean;
  std::vector<double> deviation;
  bool of_columns = false;
};

/// The model applied to (inputs - mean) / deviation: it takes images in [0, 1], or a table's unchanged numbers, so that
/// training, saving and exporting need not know the statistics. Parameters and buffers are the model's own, under its
/// names, plus two buffers, "input_mean" and "input_deviation", [1, 3, 1, 1] or [1, F].
std::shared_ptr<Classifier> standardised(std::shared_ptr<Classifier> model, const ChannelStatistics& statistics);

}  // namespace flnas::nn
