#include "searches/strategies/controller.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/train/adam.h"

namespace flnas::searches {
namespace {

constexpr double kInitialRange = 0.1;

at::Tensor weight(std::int64_t rows, std::int64_t columns, Random& random) {
  at::Tensor tensor = at::empty({rows, columns}, at::kFloat);
  for (std::int64_t i = 0; i < tensor.numel(); ++i) {
    tensor.data_ptr<float>()[i] = static_cast<float>(random.uniform(-kInitialRange, kInitialRange));
  }
  return tensor.set_requires_grad(true);
}

/// The network for one row, forward, in plain loops: with so few units the calls of libtorch, some fifteen for each
/// decision, would take ten times as long as the arithmetic. Refers to the tensors, which have to be contiguous.
class PlainNetwork {
 public:
  using Row = std::vector<float>;
  struct State {
    Row hidden, cell;
  };

  PlainNetwork(const at::Tensor& embedding, const at::Tensor& input, const at::Tensor& recurrent,
               const at::Tensor& bias)
      : embedding_(embedding.data_ptr<float>()),
        input_(input.data_ptr<float>()),
        recurrent_(recurrent.data_ptr<float>()),
        bias_(bias.data_ptr<float>()),
        units_(static_cast<std::size_t>(input.size(0))) {}

  State initial() const { return {Row(units_, 0), Row(units_, 0)}; }

  /// `row`: of the action before it in the embedding.
  void step(std::int64_t row, State& state) const {
    Row gates(bias_, bias_ + 4 * units_);
    add_product(gates, embedding_ + static_cast<std::size_t>(row) * units_, input_);
    add_product(gates, state.hidden.data(), recurrent_);
    for (std::size_t i = 0; i < units_; ++i) {
      state.cell[i] = sigmoid(gates[units_ + i]) * state.cell[i] + sigmoid(gates[i]) * std::tanh(gates[2 * units_ + i]);
      state.hidden[i] = sigmoid(gates[3 * units_ + i]) * std::tanh(state.cell[i]);
    }
  }

  /// The probabilities of a decision's actions.
  Row shares(const State& state, const at::Tensor& out, const at::Tensor& out_bias, double temperature) const {
    const auto* bias = out_bias.data_ptr<float>();
    Row shares(bias, bias + out_bias.numel());
    add_product(shares, state.hidden.data(), out.data_ptr<float>());
    for (float& logit : shares) logit = static_cast<float>(logit / temperature);
    const float most = *std::max_element(shares.begin(), shares.end());
    for (float& share : shares) share = std::exp(share - most);
    const float sum = std::accumulate(shares.begin(), shares.end(), 0.0f);
    for (float& share : shares) share /= sum;
    return shares;
  }

 private:
  static float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

  /// Adds x [units] times a matrix [units, to.size()].
  void add_product(Row& to, const float* x, const float* matrix) const {
    for (std::size_t i = 0; i < units_; ++i, matrix += to.size()) {
      for (std::size_t j = 0; j < to.size(); ++j) to[j] += x[i] * matrix[j];
    }
  }

  const float *embedding_, *input_, *recurrent_, *bias_;
  std::size_t units_;
};

}  // namespace

struct Controller::Network {
  std::vector<int> options;
  ControllerConfig config;
  std::vector<std::int64_t> first;    ///< row of each decision's first action in `embedding`; row 0 is the start
  at::Tensor embedding;               ///< [1 + all actions, H]
  at::Tensor input, recurrent, bias;  ///< [H, 4H], [H, 4H], [1, 4H]; gates: input, forget, cell, output
  std::vector<at::Tensor> out;        ///< per decision [H, options]
  std::vector<at::Tensor> out_bias;   ///< per decision [1, options]
  std::unique_ptr<Adam> adam;
  double baseline = 0;
  bool has_baseline = false;

  /// The hidden state [B, H] that each decision is taken from; `rows` [T, B] are those of the actions before it.
  std::vector<at::Tensor> hidden_states(const at::Tensor& rows) const {
    const at::Tensor x = embedding.index_select(0, rows.flatten());
    const auto inputs = at::addmm(bias, x, input).view({rows.size(0), rows.size(1), -1}).unbind(0);
    at::Tensor hidden = at::zeros({rows.size(1), config.hidden}, at::kFloat), cell = hidden;
    std::vector<at::Tensor> states;
    for (const at::Tensor& from_input : inputs) {
      const at::Tensor gates = at::addmm(from_input, hidden, recurrent);
      const auto open = at::sigmoid(gates).chunk(4, 1);
      cell = open[1] * cell + open[0] * at::tanh(gates.narrow(1, 2 * config.hidden, config.hidden));
      hidden = open[3] * at::tanh(cell);
      states.push_back(hidden);
    }
    return states;
  }
};

Controller::Controller(std::vector<int> options, ControllerConfig config, std::uint64_t seed)
    : network_(std::make_unique<Network>()) {
  Network& net = *network_;
  net.options = std::move(options);
  net.config = config;
  Random random(seed);
  std::int64_t rows = 1;
  for (const int count : net.options) {
    net.first.push_back(rows);
    rows += count;
    net.out.push_back(weight(config.hidden, count, random));
    net.out_bias.push_back(at::zeros({1, count}, at::kFloat).set_requires_grad(true));
  }
  net.embedding = weight(rows, config.hidden, random);
  net.input = weight(config.hidden, 4 * config.hidden, random);
  net.recurrent = weight(config.hidden, 4 * config.hidden, random);
  net.bias = at::zeros({1, 4 * config.hidden}, at::kFloat).set_requires_grad(true);
  std::vector<at::Tensor> parameters = {net.embedding, net.input, net.recurrent, net.bias};
  parameters.insert(parameters.end(), net.out.begin(), net.out.end());
  parameters.insert(parameters.end(), net.out_bias.begin(), net.out_bias.end());
  net.adam = std::make_unique<Adam>(parameters, config.lr);
}

Controller::~Controller() = default;

std::vector<std::vector<int>> Controller::sample(int count, Random& random, double temperature) const {
  const Network& net = *network_;
  const PlainNetwork plain(net.embedding, net.input, net.recurrent, net.bias);
  const auto rows = static_cast<std::size_t>(count);
  std::vector<std::vector<int>> actions(rows);
  std::vector<PlainNetwork::State> states(rows, plain.initial());
  for (std::size_t t = 0; t < net.options.size(); ++t) {
    for (std::size_t b = 0; b < rows; ++b) {
      const std::int64_t before = t == 0 ? 0 : net.first[t - 1] + actions[b].back();
      plain.step(before, states[b]);
      const auto shares = plain.shares(states[b], net.out[t], net.out_bias[t], temperature);
      double left = random.uniform();
      int action = 0;
      while (action + 1 < net.options[t] && (left -= shares[static_cast<std::size_t>(action)]) >= 0) ++action;
      actions[b].push_back(action);
    }
  }
  return actions;
}

void Controller::learn(const std::vector<Episode>& episodes) {
  if (episodes.empty()) return;
  Network& net = *network_;
  const auto count = static_cast<std::int64_t>(episodes.size());
  const double mean = std::accumulate(episodes.begin(), episodes.end(), 0.0,
                                      [](double sum, const Episode& e) { return sum + e.reward; }) /
                      static_cast<double>(count);
  if (!net.has_baseline) net.baseline = mean, net.has_baseline = true;
  at::Tensor advantage = at::empty({count, 1}, at::kFloat);
  for (std::int64_t b = 0; b < count; ++b) {
    advantage.data_ptr<float>()[b] = static_cast<float>(episodes[static_cast<std::size_t>(b)].reward - net.baseline);
  }
  const auto steps = static_cast<std::int64_t>(net.options.size());
  const at::Tensor actions = at::empty({steps, count, 1}, at::kLong), rows = at::zeros({steps, count}, at::kLong);
  for (std::int64_t t = 0; t < steps; ++t) {
    for (std::int64_t b = 0; b < count; ++b) {
      const std::int64_t action = episodes[static_cast<std::size_t>(b)].actions[static_cast<std::size_t>(t)];
      actions.data_ptr<std::int64_t>()[t * count + b] = action;
      if (t + 1 == steps) continue;
      rows.data_ptr<std::int64_t>()[(t + 1) * count + b] = net.first[static_cast<std::size_t>(t)] + action;
    }
  }
  std::vector<at::Tensor> chosen, negative_entropies;
  const auto states = net.hidden_states(rows);
  for (std::size_t t = 0; t < states.size(); ++t) {
    const at::Tensor logs = at::log_softmax(at::addmm(net.out_bias[t], states[t], net.out[t]), 1);
    chosen.push_back(logs.gather(1, actions.select(0, static_cast<std::int64_t>(t))));
    negative_entropies.push_back((logs.exp() * logs).flatten());
  }
  const at::Tensor loss =
      net.config.entropy * at::cat(negative_entropies).sum() - (at::cat(chosen, 1) * advantage).sum();
  (loss / static_cast<double>(count)).backward();
  net.adam->step();
  net.adam->release_gradients();
  net.baseline = net.config.baseline_keep * net.baseline + (1 - net.config.baseline_keep) * mean;
}

}  // namespace flnas::searches
