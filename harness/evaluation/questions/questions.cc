#include "harness/evaluation/questions/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "harness/base/defined.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/evaluation/old/rescored.h"
#include "harness/evaluation/questions/inputs.h"
#include "harness/evaluation/statistics.h"
#include "harness/metrics/comparison/significance.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"
#include "harness/records/read_record.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr metrics::Rules kOldest = metrics::Rules::kVersion3;

/// statistics.json, or the rescored one where that is newer; blank where neither is new enough.
fs::path statistics_file(const fs::path& out) {
  for (const fs::path& file : {out / kRescoredFolder / kStatisticsFile, out / kStatisticsFile}) {
    if (fs::is_regular_file(file) && metrics_rules(read_json(file).value("metrics_version", 1)) >= kOldest) return file;
  }
  return {};
}

/// Which record a folder holds; blank: none that can stand beside a study.
std::string record_in(const fs::path& folder) {
  for (const char* file : {kReproductionFile, kComparisonFile, kNasSearchFile}) {
    if (fs::is_regular_file(folder / file)) return file;
  }
  return {};
}

void read_beside(const fs::path& folder, const std::string& adapter, questions::Inputs& inputs) {
  const std::string file = record_in(folder);
  if (file == kReproductionFile) {
    inputs.others.push_back(questions::read_study(folder, adapter));
  } else if (file == kComparisonFile) {
    inputs.comparisons.push_back(read_as<ComparisonRecord>(read_json(folder / file), (folder / file).string()));
  } else if (file == kNasSearchFile) {
    inputs.nas.push_back(read_nas_search(folder / file));
  } else {
    throw DataError(
        fmt::format("{}: no {}, {} or {}", folder.string(), kReproductionFile, kComparisonFile, kNasSearchFile));
  }
}

RecordBeside describe(const fs::path& out, const fs::path& folder) {
  const std::string file = record_in(folder);
  const auto whole = [](const fs::path& path) { return fs::weakly_canonical(fs::absolute(path)); };
  return {whole(folder).lexically_relative(whole(out)).generic_string(), file, sha256_file(folder / file)};
}

std::int64_t least_trainings(const questions::StudyFigures& study) {
  std::size_t least = 0;
  for (const auto& [model, runs] : study.trainings) {
    if (model != questions::kConstantModel) least = least == 0 ? runs.size() : std::min(least, runs.size());
  }
  return static_cast<std::int64_t>(least);
}

}  // namespace

namespace questions {

std::vector<const Stored<RunRecord>*> StudyFigures::trained() const {
  std::vector<const Stored<RunRecord>*> found;
  for (const auto& run : store.runs) {
    const RunRecord& record = run.record;
    const bool finished = record.status == kPassed || record.status == kUnreliable;
    if (finished && record.training && record.metrics.is_object()) found.push_back(&run);
  }
  return found;
}

StudyFigures read_study(const fs::path& out, const std::string& adapter) {
  const fs::path file = statistics_file(out);
  if (file.empty()) {
    throw DataError(
        fmt::format("{}: its statistics are missing or of older metrics; write them by flnas report {} --rescore",
                    out.string(), out.string()));
  }
  StudyFigures study{Store::open(out), read_as<StatisticsRecord>(read_json(file), file.string()), {}};
  const StatisticsRecord& statistics = study.statistics;
  if (!statistics.n || !statistics.lesions) throw DataError(fmt::format("{}: no 'n' or 'lesions'", file.string()));
  const PairedPredictions paired = read_paired_predictions(study.store, adapter, statistics.rules());
  study.trainings = read_trainings(study.store, paired, adapter);
  for (const ModelPredictions& model : paired.models) study.trainings.try_emplace(model.model, 1, model);
  return study;
}

bool is_unfairness(const std::string& metric) {
  static const std::set<std::string> kGaps{"unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"};
  return kGaps.contains(metric);
}

bool is_mitigated(const std::string& model) { return model.find('@') != model.npos; }

void correct_for_many(QuestionAnswer& answer) {
  std::vector<double> p;
  for (const Evidence& evidence : answer.evidence) p.push_back(evidence.p.value_or(std::nan("")));
  const auto adjusted = metrics::holm(p);
  for (std::size_t i = 0; i < p.size(); ++i) answer.evidence[i].p = defined(adjusted[i]);
}

QuestionAnswer not_measured(const char* question, std::string needs) { return {question, std::move(needs), {}}; }

}  // namespace questions

bool can_answer(const fs::path& out) {
  return fs::is_regular_file(out / kReproductionFile) && !statistics_file(out).empty();
}

std::vector<fs::path> records_beside(const fs::path& folder) {
  std::set<fs::path> found;
  for (const char* file : {kReproductionFile, kComparisonFile, kNasSearchFile}) {
    for (const auto& each : folders_with(file, folder)) found.insert(each);
  }
  if (found.empty()) {
    throw DataError(fmt::format("{}: no study, comparison or search on tables here or below", folder.string()));
  }
  return std::vector<fs::path>(found.begin(), found.end());
}

QuestionsRecord answer_questions(const fs::path& out, const Roles& roles, const std::vector<fs::path>& beside,
                                 const std::string& adapter) {
  questions::Inputs inputs{questions::read_study(out, adapter), {}, {}, {}, roles};
  QuestionsRecord record;
  for (const fs::path& folder : beside) {
    read_beside(folder, adapter, inputs);
    record.beside.push_back(describe(out, folder));
  }
  record.metrics_version = *inputs.study.statistics.metrics_version;
  record.searched = roles.searched;
  record.baselines = roles.baselines;
  record.images = *inputs.study.statistics.n;
  record.lesions = *inputs.study.statistics.lesions;
  record.seeds = least_trainings(inputs.study);
  record.folds = inputs.study.store.reproduction.folds.value_or(0);
  std::vector<QuestionAnswer> contrasts{questions::more_accurate(inputs), questions::fairer(inputs),
                                        questions::mitigation(inputs)};
  QuestionAnswer sample = questions::sample_size(contrasts);
  record.answers = {std::move(contrasts[0]),           std::move(contrasts[1]),     questions::smaller_fairer(inputs),
                    questions::choice(inputs),         std::move(contrasts[2]),     std::move(sample),
                    questions::short_training(inputs), questions::inferred(inputs), questions::language_model(inputs)};
  if (auto domains = questions::across_domains(inputs)) record.answers.push_back(std::move(*domains));
  return record;
}

void write_questions(const fs::path& out, const Roles& roles, const std::vector<fs::path>& beside) {
  write_with_digest(out / kQuestionsFile, record_to_json(answer_questions(out, roles, beside)));
}

}  // namespace flnas
