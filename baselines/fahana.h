#pragma once

#include <memory>

#include "harness/nn/registry.h"

namespace flnas::baselines {

/// A FaHaNa-like network: its four block types in the order in which that search places them, by resolution.
///
///     stem 40, /2 | MB 40 | MB 56, /2, MB, MB | DB 112, /2, DB, DB | RB 240, /2, RB, RB | CB 408, /2 | CB 440 | linear
///
/// MB inverted residual (expansion 6), DB depthwise-separable, RB residual, CB convolution; all 3x3 with batch norm.
/// Shapes: images [N, 3, S, S], S at least 32 -> logits [N, C].
/// Expected parameters at two classes: 5,532,866, which is FaHaNa-Fair's count in Table I.
/// Source: Sheng et al., The Larger The Fairer? Small Neural Networks Can Achieve Fairness for Edge Devices, DAC 2022,
/// arXiv 2202.11317. Differs: its depths and widths are not published and Table I's count does not identify them; these
/// are the solution nearest to plainly doubling widths that baselines/fahana_widths.py finds. Results of this model
/// say nothing about FaHaNa-Fair itself and are marked `approximate`.
std::shared_ptr<nn::Classifier> make_fahana_fair(const nn::ModelOptions& options);

}  // namespace flnas::baselines
