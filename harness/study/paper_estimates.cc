#include "harness/study/paper_estimates.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "harness/base/progress.h"
#include "harness/latency/calibration/agreement.h"
#include "harness/latency/estimation/platform.h"
#include "harness/latency/estimation/roofline.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "reports/paper/paper.h"

namespace flnas::study {
namespace {

constexpr std::int64_t kPaperBatch = 2;

struct Column {
  const char* platform;
  const char* key;
};
constexpr Column kColumns[] = {{"pi4", "pi4_s"}, {"a10", "a10_s"}};

struct Counted {
  const reports::PaperRow* row;
  nn::Cost cost;
};

std::vector<Counted> count_models(const nn::Registry& registry) {
  std::vector<Counted> models;
  Progress progress("models", static_cast<std::int64_t>(reports::fl_nas().rows.size()));
  for (const auto& row : reports::fl_nas().rows) {
    const auto network = registry.at(row.model).make(nn::kPaperGeometry);
    models.push_back({&row, nn::measure_cost(*network, nn::kPaperGeometry.size, kPaperBatch)});
    progress.update(static_cast<std::int64_t>(models.size()), row.model);
  }
  return models;
}

Json compare_column(const Platform& platform, const char* key, const std::vector<Counted>& models) {
  Json list = Json::array();
  std::vector<double> estimated, reported;
  int inside = 0;
  for (const auto& [row, cost] : models) {
    const LatencyEstimate estimate = estimate_latency(cost, *platform.rates, *platform.efficiency);
    const double paper_us = row->value(key).value() * 1e6;
    estimated.push_back(estimate.median_us);
    reported.push_back(paper_us);
    inside += estimate.low_us <= paper_us && paper_us <= estimate.high_us ? 1 : 0;
    list.push_back({{"model", row->model},
                    {"identified", row->identified},
                    {"paper_s", paper_us * 1e-6},
                    {"estimate_s", estimate.median_us * 1e-6},
                    {"low_s", estimate.low_us * 1e-6},
                    {"high_s", estimate.high_us * 1e-6},
                    {"ratio", paper_us / estimate.median_us}});
  }
  return {{"models", list}, {"spearman", compare_latencies(estimated, reported).spearman}, {"inside", inside}};
}

}  // namespace

Json compare_estimates_with_paper(const nn::Registry& registry) {
  const std::vector<Counted> models = count_models(registry);
  Json comparison = Json::object();
  for (const auto& [name, key] : kColumns) {
    const Platform platform = load_platform(name);
    if (platform.can_be_estimated()) comparison[name] = compare_column(platform, key, models);
  }
  return comparison;
}

}  // namespace flnas::study
