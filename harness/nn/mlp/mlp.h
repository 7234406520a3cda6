// Multilayer perceptrons as data, for tables and for flattened images; without widths, logistic regression.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/registry.h"

namespace flnas::nn {

/// A perceptron: for each width a block, then a linear layer to the logits.
///
///     inputs -> numbers as they are, each category as a one-hot vector or an embedding -> blocks -> linear "head"
///     block: linear -> norm -> activation -> dropout, plus its input where `residual` and the widths are equal
///
/// As a .json file it is a model like any other (`flnas train mine.json`): {"format": "flnas-mlp/1", ...} with these
/// keys.
struct Mlp {
  std::string format = "flnas-mlp/1";
  std::string name = "mlp", title, source;
  std::vector<std::int64_t> widths = {64,
                                      32};  ///< of the hidden layers, 1 to 1024, at most 8; none: logistic regression
  std::string norm = "none";                ///< none, batch or layer
  std::string activation = "relu";          ///< relu, gelu, silu or tanh
  double dropout = 0;                       ///< in [0, 0.9]
  bool residual = false;
  std::int64_t embedding = 0;  ///< numbers for each category, up to 64; 0: one-hot

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("format", self.format, "flnas-mlp/1"), visit("name", self.name, ""), visit("title", self.title, "");
    visit("source", self.source, ""), visit("widths", self.widths, "of the hidden layers");
    visit("norm", self.norm, "none, batch or layer"), visit("activation", self.activation, "relu, gelu, silu or tanh");
    visit("dropout", self.dropout, "share of values"), visit("residual", self.residual, "sums where widths are equal");
    visit("embedding", self.embedding, "numbers for each category; 0: one-hot");
  }

  /// Every problem at once; empty when it can be built.
  std::vector<std::string> problems() const;
};

/// Whether a JSON file describes one.
bool is_mlp(const Json& json);
/// Throws ConfigError naming `where` and every problem.
Mlp parse_mlp(const Json& json, std::string_view where);

/// The network in training mode; libtorch's initialisation of linear layers (uniform, fan-in), embeddings normal.
/// Shapes: rows [N, F] float32, categories as codes from 0 for "other", which is a vector of zeros; or images
/// [N, 3, S, S], flattened -> logits [N, C]. Throws ConfigError for fewer than two classes, images
/// below 8 px, and for problems().
std::shared_ptr<Classifier> build_mlp(const Mlp& mlp, const ModelOptions& options);

/// As a row of the zoo.
ModelEntry mlp_entry(const Mlp& mlp);

}  // namespace flnas::nn
