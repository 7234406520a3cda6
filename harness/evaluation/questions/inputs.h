#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/evaluation/questions/questions.h"
#include "harness/evaluation/trainings.h"
#include "harness/metrics/comparison/trend.h"
#include "harness/metrics/comparison/two_level.h"
#include "harness/records/comparison_record.h"
#include "harness/records/nas_search.h"
#include "harness/records/statistics_record.h"

namespace flnas::questions {

/// A study with what its models answered, read once for all questions.
struct StudyFigures {
  Store store;
  StatisticsRecord statistics;
  std::map<std::string, std::vector<ModelPredictions>> trainings;  ///< by model, every training of it

  /// Finished runs that were trained, each fold by itself.
  std::vector<const Stored<RunRecord>*> trained() const;
};
StudyFigures read_study(const std::filesystem::path& out, const std::string& adapter);

/// Everything that the answers rest on.
struct Inputs {
  StudyFigures study;
  std::vector<StudyFigures> others;
  std::vector<ComparisonRecord> comparisons;
  std::vector<NasSearchRecord> nas;
  Roles roles;
};

/// Trained networks without a mitigation, with a figure of each over all its trainings, and how it changes with log10
/// of the parameters.
struct SizeTrend {
  struct Network {
    std::string model;
    double parameters = 0;
    metrics::Trainings trainings;
    double value = 0;  ///< mean over the trainings
  };
  std::vector<Network> networks;  ///< at least four
  metrics::Trend trend;
};
/// Empty below four networks whose figure is defined.
std::optional<SizeTrend> size_trend(const StudyFigures& study, const std::string& metric);

/// Whether smaller is better.
bool is_unfairness(const std::string& metric);
/// "search1@reweight": not an architecture of its own.
bool is_mitigated(const std::string& model);
inline constexpr char kConstantModel[] = "constant";

/// Corrects the p of all evidence of a question for their number.
void correct_for_many(QuestionAnswer& answer);

/// "Not measured", and what it needs.
QuestionAnswer not_measured(const char* question, std::string needs);

// One each; `contrasts`: the answers about accuracy, fairness and mitigation.
QuestionAnswer more_accurate(const Inputs& inputs);
QuestionAnswer fairer(const Inputs& inputs);
QuestionAnswer mitigation(const Inputs& inputs);
QuestionAnswer sample_size(const std::vector<QuestionAnswer>& contrasts);
QuestionAnswer smaller_fairer(const Inputs& inputs);
/// Empty where no study beside this one is of other data.
std::optional<QuestionAnswer> across_domains(const Inputs& inputs);
QuestionAnswer choice(const Inputs& inputs);
QuestionAnswer short_training(const Inputs& inputs);
QuestionAnswer inferred(const Inputs& inputs);
QuestionAnswer language_model(const Inputs& inputs);

}  // namespace flnas::questions
