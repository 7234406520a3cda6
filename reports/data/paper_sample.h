#pragma once

#include <optional>
#include <string>
#include <utility>

namespace flnas::reports {

/// The 95 % interval of a figure in the paper's Table I by the sampling noise of its own test images: accuracy by
/// Agresti and Coull's interval of 1,500 images; unfairness (as a sum), eodd, eopp1 and eopp2 by test inversion
/// (metrics/intervals/gap_interval.h) with the noise that a model of the printed accuracy has on PaperSample, where all
/// gaps are equally large. Who was tested is not printed, so the sample is the most favourable that ISIC 2019 allows,
/// and real intervals are wider. The luck of training is not in them. To the fourth digit, which is the last that the
/// paper prints, outwards. None for a figure that the paper does not give, or that does not depend on the images
/// (parameters, latency).
std::optional<std::pair<double, double>> paper_interval(const std::string& model, const std::string& column);

}  // namespace flnas::reports
