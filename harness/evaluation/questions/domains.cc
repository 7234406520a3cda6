// "Smaller is fairer" in studies of several domains, beside each other.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/defined.h"
#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/intervals/mean_interval.h"

namespace flnas::questions {
namespace {

constexpr char kMetric[] = "unfairness_sum", kSlope[] = "tenfold parameters";

/// The study, then those beside it whose data no one before has.
std::vector<const StudyFigures*> domains_of(const Inputs& inputs) {
  std::vector<const StudyFigures*> found{&inputs.study};
  for (const StudyFigures& other : inputs.others) {
    const auto same = [&](const StudyFigures* study) {
      return study->store.reproduction.data.name == other.store.reproduction.data.name;
    };
    if (std::none_of(found.begin(), found.end(), same)) found.push_back(&other);
  }
  return found;
}

/// What perfectly fair networks show by chance: the mean over the networks of mean, 5th and 95th percentile.
std::optional<Evidence> fair_network(const StudyFigures& study, const SizeTrend& found) {
  double mean = 0, low = 0, high = 0, n = 0;
  for (const SizeTrend::Network& network : found.networks) {
    const ModelStatistics* statistics = study.statistics.models.find(network.model);
    if (statistics == nullptr || !statistics->noise || !statistics->noise->unfairness_sum) continue;
    const FairNull& null = *statistics->noise->unfairness_sum;
    if (!null.mean || !null.low || !null.high) continue;
    ++n, mean += *null.mean, low += *null.low, high += *null.high;
  }
  if (n == 0) return std::nullopt;
  return Evidence{"fair network",
                  study.store.reproduction.data.name,
                  kMetric,
                  mean / n,
                  low / n,
                  high / n,
                  {},
                  static_cast<std::int64_t>(n),
                  "network"};
}

/// Over trainings and sampled units where it has several trainings; no interval with one.
Evidence network_of(const SizeTrend::Network& network, const std::string& domain) {
  Evidence found{network.model, domain, kMetric, network.value, {}, {}, {}, 0, "parameter"};
  found.n = static_cast<std::int64_t>(network.parameters);
  if (network.trainings.values.size() < 2) return found;
  const auto over = metrics::two_level(network.trainings);
  found.low = defined(over.low), found.high = defined(over.high);
  return found;
}

}  // namespace

std::optional<QuestionAnswer> across_domains(const Inputs& inputs) {
  const auto studies = domains_of(inputs);
  if (studies.size() < 2) return std::nullopt;
  QuestionAnswer answer{kDomains, "", {}};
  std::vector<double> slopes;
  std::vector<Evidence> networks;
  for (const StudyFigures* study : studies) {
    const auto found = size_trend(*study, kMetric);
    if (!found) continue;
    const std::string& domain = study->store.reproduction.data.name;
    const metrics::Trend& trend = found->trend;
    slopes.push_back(trend.slope);
    answer.evidence.push_back({kSlope, domain, kMetric, defined(trend.slope), defined(trend.low), defined(trend.high),
                               defined(trend.p), static_cast<std::int64_t>(found->networks.size()), "network"});
    if (auto fair = fair_network(*study, *found)) networks.push_back(std::move(*fair));
    for (const SizeTrend::Network& network : found->networks) networks.push_back(network_of(network, domain));
  }
  if (slopes.size() < 2) {
    answer.evidence.clear();
    answer.needs = "at least four trained networks in each of two domains";
    return answer;
  }
  correct_for_many(answer);
  const auto mean = metrics::mean_interval(slopes);
  answer.evidence.push_back({kSlope,
                             "",
                             kMetric,
                             defined(mean.mean),
                             defined(mean.low),
                             defined(mean.high),
                             {},
                             static_cast<std::int64_t>(slopes.size()),
                             "domain"});
  answer.evidence.insert(answer.evidence.end(), networks.begin(), networks.end());
  return answer;
}

}  // namespace flnas::questions
