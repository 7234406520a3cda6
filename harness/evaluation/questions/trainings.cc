// What short trainings tell, and what protocol `inferred` adds.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

#include "harness/base/defined.h"
#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/comparison/rank_correlation.h"
#include "harness/records/files.h"
#include "harness/records/summaries.h"

namespace flnas::questions {
namespace {

constexpr std::size_t kLeastModels = 4;
constexpr std::size_t kEpochs[] = {1, 2, 3, 5, 10};
constexpr const char* kCompared[] = {"accuracy", "balanced_accuracy", "unfairness_sum", "eodd"};

/// model -> mean validation AUROC over its folds and seeds, epoch by epoch; of as many epochs as all its runs have.
std::map<std::string, std::vector<double>> histories(const StudyFigures& study) {
  std::map<std::string, std::vector<double>> sums;
  std::map<std::string, double> runs;
  for (const auto* run : study.trained()) {
    const std::string& model = run->record.model.name;
    const auto file = run->folder / kHistoryFile;
    if (is_mitigated(model) || !std::filesystem::is_regular_file(file)) continue;
    std::vector<double> values;
    for (const Epoch& epoch : read_history(file)) values.push_back(epoch.validation_auroc.value_or(std::nan("")));
    auto [sum, is_new] = sums.try_emplace(model, values);
    runs[model] += 1;
    if (is_new) continue;
    sum->second.resize(std::min(sum->second.size(), values.size()));
    for (std::size_t epoch = 0; epoch < sum->second.size(); ++epoch) sum->second[epoch] += values[epoch];
  }
  for (auto& [model, values] : sums) {
    for (double& value : values) value /= runs[model];
  }
  return sums;
}

bool same_conditions(const StudyFigures& study, const StudyFigures& other) {
  const auto own = study.trained(), others = other.trained();
  if (own.empty() || others.empty()) return false;
  const RunRecord &a = own[0]->record, &b = others[0]->record;
  return a.data.fingerprint == b.data.fingerprint && a.data.task == b.data.task && a.model.input == b.model.input;
}

/// Theirs less ours, a model each.
metrics::Trainings differences(const StudyFigures& study, const StudyFigures& other, const char* metric) {
  metrics::Trainings found;
  for (const auto& [model, runs] : other.trainings) {
    const auto own = study.trainings.find(model);
    if (model == kConstantModel || own == study.trainings.end()) continue;
    const auto theirs = mean_of(trainings_of(runs, metric)), ours = mean_of(trainings_of(own->second, metric));
    if (std::isnan(theirs.values[0] - ours.values[0])) continue;
    found.values.push_back(theirs.values[0] - ours.values[0]);
    // Lesions are others, and so are their draws: ours are taken in reverse, so that none meets its own number.
    const auto& draws = theirs.draws[0];
    auto& gaps = found.draws.emplace_back();
    const std::size_t count = std::min(draws.size(), ours.draws[0].size());
    for (std::size_t b = 0; b < count; ++b) gaps.push_back(draws[b] - ours.draws[0][count - 1 - b]);
  }
  return found;
}

}  // namespace

QuestionAnswer short_training(const Inputs& inputs) {
  const auto found = histories(inputs.study);
  std::size_t epochs = SIZE_MAX;
  for (const auto& [unused, values] : found) epochs = std::min(epochs, values.size());
  if (found.size() < kLeastModels || epochs < 2) {
    return not_measured(kShortTraining,
                        "histories of at least four networks; there are " + std::to_string(found.size()));
  }
  QuestionAnswer answer{kShortTraining, "", {}};
  for (const std::size_t epoch : kEpochs) {
    if (epoch >= epochs) continue;
    std::vector<double> early, last;
    for (const auto& [unused, values] : found) {
      early.push_back(values[epoch - 1]);
      last.push_back(values.back());
    }
    const auto correlation = metrics::spearman_interval(early, last);
    if (std::isnan(correlation.value)) continue;
    answer.evidence.push_back({"epoch " + std::to_string(epoch),
                               "epoch " + std::to_string(epochs),
                               "validation_auroc",
                               correlation.value,
                               defined(correlation.low),
                               defined(correlation.high),
                               {},
                               static_cast<std::int64_t>(early.size()),
                               "network"});
  }
  if (answer.evidence.empty()) answer.needs = "validation AUROCs in the histories";
  return answer;
}

QuestionAnswer inferred(const Inputs& inputs) {
  constexpr const char* kProtocol = "inferred";
  for (const StudyFigures& other : inputs.others) {
    if (other.store.reproduction.protocol != kProtocol || !same_conditions(inputs.study, other)) continue;
    if (inputs.study.store.reproduction.protocol == kProtocol) break;
    QuestionAnswer answer{kInferred, "", {}};
    for (const char* metric : kCompared) {
      const auto gaps = differences(inputs.study, other, metric);
      if (gaps.values.empty()) continue;
      const auto found = metrics::two_level(gaps);
      answer.evidence.push_back({kProtocol,
                                 inputs.study.store.reproduction.protocol,
                                 metric,
                                 defined(found.mean),
                                 defined(found.low),
                                 defined(found.high),
                                 {},
                                 static_cast<std::int64_t>(gaps.values.size()),
                                 "network"});
    }
    if (!answer.evidence.empty()) return answer;
  }
  return not_measured(kInferred,
                      "a study of some of these networks under protocol inferred, on the same data, task and "
                      "size, beside this one");
}

}  // namespace flnas::questions
