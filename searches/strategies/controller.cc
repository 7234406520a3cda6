#include "searches/strategies/controller.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/types.h>

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

  struct State {
    at::Tensor hidden, cell;  ///< [B, H]
  };
  State initial(std::int64_t count) const {
    const at::Tensor zeros = at::zeros({count, config.hidden}, at::kFloat);
    return {zeros, zeros};
  }
  /// Log-probabilities of decision `t`, [B, options]; `rows` [B] are the rows of the actions before it.
  at::Tensor step(std::size_t t, const at::Tensor& rows, State& state, double temperature) const {
    const at::Tensor x = embedding.index_select(0, rows);
    const auto gates = at::addmm(bias, x, input).add(at::mm(state.hidden, recurrent)).chunk(4, 1);
    state.cell = at::sigmoid(gates[1]) * state.cell + at::sigmoid(gates[0]) * at::tanh(gates[2]);
    state.hidden = at::sigmoid(gates[3]) * at::tanh(state.cell);
    return at::log_softmax(at::addmm(out_bias[t], state.hidden, out[t]) / temperature, 1);
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
  const at::NoGradGuard no_grad;
  const Network& net = *network_;
  std::vector<std::vector<int>> actions(static_cast<std::size_t>(count));
  at::Tensor rows = at::zeros({count}, at::kLong);
  Network::State state = net.initial(count);
  for (std::size_t t = 0; t < net.options.size(); ++t) {
    const at::Tensor shares = net.step(t, rows, state, temperature).exp().contiguous();
    rows = at::empty({count}, at::kLong);
    for (int b = 0; b < count; ++b) {
      const float* share = shares.data_ptr<float>() + static_cast<std::ptrdiff_t>(b) * net.options[t];
      double left = random.uniform();
      int action = 0;
      while (action + 1 < net.options[t] && (left -= share[action]) >= 0) ++action;
      actions[static_cast<std::size_t>(b)].push_back(action);
      rows.data_ptr<std::int64_t>()[b] = net.first[t] + action;
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
  at::Tensor rows = at::zeros({count}, at::kLong);
  at::Tensor loss = at::zeros({}, at::kFloat);
  Network::State state = net.initial(count);
  for (std::size_t t = 0; t < net.options.size(); ++t) {
    const at::Tensor logs = net.step(t, rows, state, 1);
    at::Tensor actions = at::empty({count, 1}, at::kLong);
    for (std::int64_t b = 0; b < count; ++b) {
      actions.data_ptr<std::int64_t>()[b] = episodes[static_cast<std::size_t>(b)].actions[t];
    }
    loss = loss - (logs.gather(1, actions) * advantage).sum() + net.config.entropy * (logs.exp() * logs).sum();
    rows = actions.squeeze(1) + net.first[t];
  }
  (loss / static_cast<double>(count)).backward();
  net.adam->step();
  net.adam->release_gradients();
  net.baseline = net.config.baseline_keep * net.baseline + (1 - net.config.baseline_keep) * mean;
}

}  // namespace flnas::searches
