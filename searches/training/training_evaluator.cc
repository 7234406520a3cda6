#include "searches/training/training_evaluator.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "datasets/example_word.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/hash.h"
#include "harness/base/one_line.h"
#include "harness/evaluation/evaluate.h"
#include "harness/latency/estimation/energy_estimate.h"
#include "harness/latency/estimation/estimates.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/timing/measure_model.h"
#include "harness/nn/classifier.h"
#include "harness/nn/state.h"
#include "harness/nn/torchscript.h"
#include "harness/records/files.h"
#include "harness/runs/robustness.h"
#include "harness/runs/run.h"
#include "harness/train/predict.h"
#include "searches/training/design_text.h"
#include "searches/training/read_training_detail.h"
#include "searches/training/validation_scores.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr char kSubset[] = "validation", kMeasured[] = "measured", kEstimated[] = "estimated";

ModelInfo describe(const std::string& hash, const CostEstimate& estimate, const nn::ModelOptions& options) {
  ModelInfo info;
  info.name = hash;
  info.title = "Design " + hash;
  info.source = "flnas search";
  info.classes = static_cast<int>(options.classes);
  const auto shape = nn::input_shape(options, 1);
  info.input.assign(shape.begin() + 1, shape.end());
  info.parameters = estimate.parameters;
  info.macs = estimate.macs;
  return info;
}

/// Copies the tensors of the part and freezes its parameters.
void freeze(nn::Classifier& model, const nn::Classifier& pretrained, const FrozenPart& part) {
  const at::NoGradGuard no_grad;
  const auto is_frozen = [&](const std::string& name) {
    return std::any_of(part.tensors.begin(), part.tensors.end(),
                       [&](const std::string& begin) { return name.starts_with(begin); });
  };
  nn::NamedTensors from = nn::copy_state(pretrained), to = nn::state_view(model);
  for (auto& [name, tensor] : to) {
    if (!is_frozen(name)) continue;
    const auto found =
        std::find_if(from.begin(), from.end(), [&, wanted = name](const auto& t) { return t.first == wanted; });
    if (found == from.end()) throw DataError(fmt::format("the trained template has no tensor '{}'", name));
    tensor.copy_(found->second);
  }
  for (auto& parameter : model.named_parameters()) {
    if (is_frozen(parameter.key())) parameter.value().set_requires_grad(false);
  }
}

}  // namespace

TrainingEvaluator::TrainingEvaluator(TrainedSpace space, TrainingEvaluatorConfig config)
    : space_(std::move(space)),
      config_(std::move(config)),
      rule_(BestRule::for_classes(static_cast<std::size_t>(space_.options.classes), config_.objectives)) {}

std::string TrainingEvaluator::said(const std::string& text) const { return in_words_of(text, config_.example); }

void TrainingEvaluator::preload(const History& history) {
  for (const Evaluation& evaluation : history.evaluations) evaluations_.emplace(evaluation.hash, evaluation);
}

Evaluation TrainingEvaluator::evaluate(Candidate candidate) {
  const std::string hash = space_.space->hash(candidate);
  if (const auto found = evaluations_.find(hash); found != evaluations_.end()) return found->second;
  ++trained_;
  return evaluations_.emplace(hash, train(candidate)).first->second;
}

metrics::Point TrainingEvaluator::objectives(const Evaluation& evaluation) const {
  if (!is_usable(evaluation)) return {};
  const bool timed = evaluation.cost.latency_us.has_value();
  return point_of(evaluation, config_.objectives.empty() ? usual_objectives(timed) : config_.objectives);
}

std::vector<std::string> TrainingEvaluator::objective_names() const {
  const bool timed = is_present(config_.target, config_.machine) || config_.target.can_be_estimated();
  return searches::objective_names(config_.objectives.empty() ? usual_objectives(timed) : config_.objectives);
}

bool TrainingEvaluator::goes_by(const std::string& metric) const {
  return std::ranges::find(config_.objectives, metric) != config_.objectives.end();
}

std::string TrainingEvaluator::goal() const {
  if (!config_.objectives.empty()) {
    return said(goal_text(config_.objectives) +
                ", the most important first, all trade-offs between them being of interest");
  }
  return said(
      "a high accuracy in classifying images, as high for every group of the data (a low Unfairness, the sum over the "
      "groups of |accuracy of the group - overall accuracy|), a low latency and few parameters, all trade-offs between "
      "them being of interest");
}

std::string TrainingEvaluator::figures(const Evaluation& evaluation) const {
  if (config_.objectives.empty()) return cnn_figures(evaluation);
  return objectives_text(evaluation, config_.objectives);
}

std::string TrainingEvaluator::noise(const std::vector<Evaluation>& evaluations) const {
  const Best best = get_best(usable(evaluations), rule_);
  const auto images = config_.loaded ? static_cast<std::int64_t>(config_.loaded->rows(kSubset).size()) : 0;
  const std::string repeats = repeats_text(repeats_, PromptParts());
  std::string text = best.evaluation == nullptr
                         ? ""
                         : noise_text(*best.evaluation, images, PromptParts(), /*repeated=*/!repeats.empty());
  if (!repeats.empty()) {
    text = fmt::format("{}the basic network, trained several times with nothing but other random numbers: {}.",
                       text.empty() ? "" : text + " Trainings differ, too: ", repeats);
  }
  return said(text);
}

std::string TrainingEvaluator::run_folder(const std::string& hash, int frozen_stages, const TrainConfig& train) const {
  const std::string frozen = frozen_stages > 0 ? fmt::format("-f{}", frozen_stages) : "";
  return fmt::format("runs/{}{}-s{}-{}", hash, frozen, train.seed, config_hash(train).substr(0, 8));
}

RunRequest TrainingEvaluator::request(Candidate candidate, int frozen_stages, std::uint64_t seed) const {
  RunRequest request;
  const std::string hash = space_.space->hash(candidate);
  const fs::path file = config_.out / "designs" / (hash + ".json");
  if (!fs::exists(file)) write_json(file, space_.space->canonical(candidate));
  request.model = describe(hash, space_.space->cost(candidate), space_.options);
  request.config = config_.train;
  request.config.seed = seed;
  request.data = config_.data;
  request.loaded = config_.loaded;
  request.subset = kSubset;
  request.quiet = true;
  request.out = config_.out / run_folder(hash, frozen_stages, request.config);
  request.command = frozen_stages > 0 ? config_.search_command : config_.command(file, seed, request.out);
  return request;
}

std::function<std::shared_ptr<nn::Classifier>()> TrainingEvaluator::maker(Candidate candidate) const {
  return [network = space_.network(candidate), options = space_.options] { return network.make(options); };
}

RunRequest TrainingEvaluator::basic_request(std::uint64_t seed) const {
  RunRequest request = this->request(space_.basic, 0, seed);
  request.make = maker(space_.basic);
  return request;
}

Adapter TrainingEvaluator::adapter() const {
  return config_.loaded ? config_.loaded->table().adapter : load_adapter(config_.data.adapter, config_.data.folder);
}

void TrainingEvaluator::add_robustness(const fs::path& run, const RunRecord& record, DesignScores& scores) const {
  if (!needs_robustness(config_.objectives)) return;
  if (const fs::path folder = run / kRobustnessFolder; !fs::exists(folder / kRobustnessFile)) {
    const DeviceSetup setup = use_device(effective_config(config_.train));
    const auto model = nn::load_torchscript(run / kWeightsFile, space_.options);
    place(*model, setup);
    flnas::evaluate_robustness(*model, *data(), setup,
                               {.model = record.model, .command = config_.search_command, .subset = kSubset}, folder);
  }
  add_robust_scores(scores, run);
}

std::shared_ptr<const RunData> TrainingEvaluator::data() const {
  return config_.loaded ? config_.loaded
                        : std::make_shared<const RunData>(config_.data, config_.train.task, config_.train.size);
}

DesignScores TrainingEvaluator::scores_in(const fs::path& run, const RunRecord& record) const {
  const Adapter adapter = this->adapter();
  DesignScores scores = scores_of(record, read_predictions(run / kPredictionsFile, attribute_columns(adapter)), adapter,
                                  config_.objectives);
  add_robustness(run, record, scores);
  return scores;
}

const std::vector<DesignScores>& TrainingEvaluator::repeat_basic(int times) {
  for (int i = static_cast<int>(repeats_.size()); i < times; ++i) {
    const RunRequest request = basic_request(config_.train.seed + static_cast<std::uint64_t>(i));
    repeats_.push_back(scores_in(request.out, run_training(request)));
  }
  return repeats_;
}

TrainingDetail TrainingEvaluator::detail(const Evaluation& evaluation) const {
  const fs::path run = config_.out / evaluation.run;
  return fs::is_regular_file(run / kRunFile) ? read_training_detail(run, adapter()) : TrainingDetail();
}

Evaluation TrainingEvaluator::train(Candidate candidate) {
  const CostEstimate estimate = space_.space->cost(candidate);
  const std::string hash = space_.space->hash(candidate);
  Evaluation evaluation;
  evaluation.hash = hash;
  evaluation.cost = {.parameters = estimate.parameters,
                     .macs = estimate.macs,
                     .memory_bytes = estimate.memory_bytes,
                     .target = config_.target.name};
  evaluation.run = run_folder(hash, frozen_stages(), config_.train);
  RunRequest request = this->request(candidate, frozen_stages(), config_.train.seed);
  try {
    request.make = builder(candidate);
    const RunRecord record = run_training(request);
    evaluation.status = record.status;
    evaluation.reason = record.reason;
    evaluation.scores = scores_in(request.out, record);
    add_latency(evaluation.cost, candidate);
  } catch (const ConfigError&) {
    throw;
  } catch (const DataError&) {
    throw;
  } catch (const IoError&) {
    throw;
  } catch (const std::filesystem::filesystem_error&) {
    throw;
  } catch (const std::exception& error) {  // the loss is no number, no memory, ...: the design's own fault
    evaluation.status = kFailed;
    evaluation.reason = one_line(error);
  }
  return evaluation;
}

std::function<std::shared_ptr<nn::Classifier>()> TrainingEvaluator::builder(Candidate candidate) {
  if (!space_.frozen) return maker(candidate);
  if (pretrained_ == nullptr) {
    const RunRequest request = basic_request(config_.train.seed);
    run_training(request);
    pretrained_ = nn::load_torchscript(request.out / kWeightsFile, space_.options);
  }
  return [this, make = maker(candidate)] {
    auto model = make();
    freeze(*model, *pretrained_, *space_.frozen);
    return model;
  };
}

void TrainingEvaluator::add_latency(DesignCost& cost, Candidate candidate) const {
  const Platform& target = config_.target;
  const nn::ModelEntry entry = space_.network(candidate);
  if (is_present(target, config_.machine)) {
    TimingCase timing{.model = entry, .options = space_.options, .batch = 1, .config = effective_config(config_.train)};
    timing.warm_up_seconds = std::min(timing.warm_up_seconds, config_.latency_seconds);
    const LatencyResult result =
        measure_model(timing, {}, {.seconds = config_.latency_seconds}, *machine_of(timing.config));
    if (!result.latency) throw Error(result.reason);
    cost.latency_reason = result.reason;
    cost.latency_mark = result.mark;
    cost.latency_us = result.latency->p50_us;
    cost.latency_low_us = result.latency->p50_low_us;
    cost.latency_high_us = result.latency->p50_high_us;
    if (goes_by("energy") && result.joules_per_call) {
      cost.energy_mj = 1e3 * *result.joules_per_call;
      cost.energy_mark = kMeasured;
    }
  } else if (target.can_be_estimated()) {
    const LatencyEstimateResult estimate = estimate_on(target, entry, space_.options, {1}, {0}).front();
    cost.latency_mark = estimate.mark;
    cost.latency_us = estimate.median_us;
    cost.latency_low_us = estimate.low_us;
    cost.latency_high_us = estimate.high_us;
  }
  if (goes_by("energy") && !cost.energy_mj) {
    cost.energy_mj = estimated_energy_mj(cost.macs, cost.parameters);
    cost.energy_mark = kEstimated;
  }
}

Json TrainingEvaluator::report(const Evaluation& evaluation, const Json& design) const {
  const fs::path folder = config_.out / "reported" / evaluation.hash;
  if (fs::exists(folder / "metrics.json")) return read_json(folder / "metrics.json");
  write_json(folder / "design.json", design);
  const DeviceSetup setup = use_device(effective_config(config_.train));
  const std::shared_ptr<const RunData> loaded = this->data();
  const RunData& data = *loaded;
  const auto model = nn::load_torchscript(config_.out / evaluation.run / kWeightsFile, space_.options);
  place(*model, setup);
  write_predictions(folder / kPredictionsFile, predict(*model, data, "test", setup));
  const Adapter& adapter = data.table().adapter;
  const Predictions read = read_predictions(folder / kPredictionsFile, attribute_columns(adapter));
  Json metrics = evaluate_predictions(read, adapter, data.task(), "test");
  metrics["predictions_sha256"] = sha256_file(folder / kPredictionsFile);
  write_json(folder / "metrics.json", metrics);
  return metrics;
}

}  // namespace flnas::searches
