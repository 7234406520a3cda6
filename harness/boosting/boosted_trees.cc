#include "harness/boosting/boosted_trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <cmath>
#include <limits>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

void check(int status) {
  if (status != 0) throw Error(fmt::format("XGBoost: {}", one_line(XGBGetLastError(), 300)));
}

/// XGBoost's matrix of rows; it keeps its own copy.
class Matrix {
 public:
  Matrix(std::span<const double> values, std::size_t rows, std::size_t width) {
    std::vector<float> floats;
    floats.reserve(values.size());
    for (const double value : values) {
      floats.push_back(static_cast<float>(value));
      if (std::isinf(floats.back())) {
        const std::size_t at = floats.size() - 1;
        throw ConfigError(
            fmt::format("features: row {}, column {} is {}; give the logarithm of values beyond 3.4e38, and NaN for "
                        "what is missing",
                        at / width, at % width, value));
      }
    }
    check(XGDMatrixCreateFromMat_omp(floats.data(), rows, width, std::numeric_limits<float>::quiet_NaN(), &handle_, 1));
  }
  ~Matrix() { XGDMatrixFree(handle_); }
  Matrix(const Matrix&) = delete;
  Matrix& operator=(const Matrix&) = delete;

  DMatrixHandle get() const { return handle_; }

 private:
  DMatrixHandle handle_ = nullptr;
};

std::vector<float> finite_targets(std::span<const double> targets) {
  std::vector<float> floats;
  for (const double target : targets) {
    floats.push_back(static_cast<float>(target));
    if (!std::isfinite(floats.back())) {
      throw ConfigError(
          fmt::format("targets: row {} is {}; leave rows without a target out", floats.size() - 1, target));
    }
  }
  return floats;
}

std::vector<std::pair<const char*, std::string>> parameters(const BoostedTreesConfig& config, BoostingLoss loss) {
  const auto text = [](auto value) { return fmt::format("{}", value); };
  return {{"objective", loss == BoostingLoss::kLogistic ? "binary:logistic" : "reg:squarederror"},
          {"tree_method", "exact"},
          {"nthread", "1"},
          {"verbosity", "0"},
          {"max_depth", text(config.max_depth)},
          {"learning_rate", text(config.learning_rate)},
          {"min_child_weight", text(config.min_child_weight)},
          {"subsample", text(config.subsample)},
          {"colsample_bytree", text(config.colsample)},
          {"reg_lambda", text(config.reg_lambda)},
          {"seed", text(config.seed)}};
}

/// XGBoost starts from 0.5 unless it is told the mean.
double mean_of(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

std::vector<std::string> BoostedTreesConfig::problems() const {
  std::vector<std::string> problems;
  const auto require = [&](bool good, const char* problem) {
    if (!good) problems.emplace_back(problem);
  };
  const auto share = [](double value) { return value > 0 && value <= 1; };
  require(rounds >= 1 && rounds <= 100'000, "rounds must be 1 to 100000");
  require(max_depth >= 1 && max_depth <= 20, "max_depth must be 1 to 20");
  require(share(learning_rate), "learning_rate must be above 0 and at most 1");
  require(min_child_weight >= 0 && std::isfinite(min_child_weight), "min_child_weight must not be negative");
  require(share(subsample), "subsample must be above 0 and at most 1");
  require(share(colsample), "colsample must be above 0 and at most 1");
  require(reg_lambda >= 0 && std::isfinite(reg_lambda), "reg_lambda must not be negative");
  require(seed < (std::uint64_t{1} << 31), "seed must be below 2^31");
  return problems;
}

BoostedTrees BoostedTrees::fit(std::span<const double> features, std::span<const double> targets,
                               const BoostedTreesConfig& config, BoostingLoss loss) {
  require_valid(config.problems());
  if (targets.empty() || features.empty() || features.size() % targets.size() != 0) {
    throw ConfigError(fmt::format("{} features do not make {} rows of equal width", features.size(), targets.size()));
  }
  BoostedTrees trees;
  trees.width_ = features.size() / targets.size();
  const std::vector<float> labels = finite_targets(targets);
  const Matrix matrix(features, targets.size(), trees.width_);
  check(XGDMatrixSetFloatInfo(matrix.get(), "label", labels.data(), labels.size()));

  BoosterHandle handle = nullptr;
  const DMatrixHandle known[] = {matrix.get()};
  check(XGBoosterCreate(known, 1, &handle));
  trees.booster_ = std::shared_ptr<void>(handle, [](BoosterHandle booster) { XGBoosterFree(booster); });
  for (const auto& [name, value] : parameters(config, loss)) check(XGBoosterSetParam(handle, name, value.c_str()));
  check(XGBoosterSetParam(handle, "base_score", fmt::format("{}", mean_of(labels)).c_str()));
  for (int round = 0; round < config.rounds; ++round) check(XGBoosterUpdateOneIter(handle, round, matrix.get()));
  return trees;
}

std::vector<double> BoostedTrees::predict(std::span<const double> features) const {
  if (features.size() % width_ != 0) {
    throw ConfigError(fmt::format("{} features do not make rows of {}", features.size(), width_));
  }
  if (features.empty()) return {};
  const Matrix matrix(features, features.size() / width_, width_);
  const char* const settings =
      R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})";
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  check(XGBoosterPredictFromDMatrix(booster_.get(), matrix.get(), settings, &shape, &dimensions, &values));
  return {values, values + features.size() / width_};
}

std::string xgboost_version() {
  int major = 0, minor = 0, patch = 0;
  XGBoostVersion(&major, &minor, &patch);
  return fmt::format("{}.{}.{}", major, minor, patch);
}

}  // namespace flnas
