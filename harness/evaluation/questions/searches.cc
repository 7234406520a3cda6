// A language model against chance that knows what a practitioner knows, at as many evaluations.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compare>
#include <map>

#include "harness/base/defined.h"
#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/comparison/independent_means.h"
#include "harness/metrics/intervals/student_t.h"

namespace flnas::questions {
namespace {

constexpr const char* kSensible = "random-sensible";
constexpr const char* kShare = "hypervolume_share";

struct Compared {
  std::optional<SeedMean> ComparedFigures::*figure;
  const char* metric;
};
constexpr Compared kTestFigures[] = {{&ComparedFigures::test_balanced_accuracy, "balanced_accuracy"},
                                     {&ComparedFigures::test_unfairness, "unfairness_sum"}};

/// Of a mean over seeds with its t interval, whose p it is; none where the interval has no width.
Evidence gained(const std::string& name, const char* metric, std::optional<double> mean, std::optional<double> low,
                std::optional<double> high, std::int64_t seeds) {
  Evidence found{name, kSensible, metric, mean, low, high, {}, seeds, "search"};
  if (!mean || !low || !high || *high <= *low) return found;
  const auto freedom = static_cast<double>(seeds - 1);
  const double error = (*high - *low) / 2 / metrics::student_t_of_tails(0.05, freedom);
  found.p = metrics::student_t_tails(*mean / error, freedom);
  return found;
}

/// Differences are recorded to the first configuration alone.
void add_comparison(const ComparisonRecord& record, QuestionAnswer& answer) {
  if (record.configurations.empty() || record.configurations.front().name != kSensible) return;
  for (const auto& each : record.configurations) {
    if (each.models.empty() || !each.is_measured()) continue;
    for (const auto& [figure, metric] : kTestFigures) {
      const auto& paired = each.difference.*figure;
      if (!paired || !paired->mean) continue;
      answer.evidence.push_back(gained(each.name, metric, paired->mean, paired->low, paired->high, paired->n));
    }
  }
}

/// What searches on tables have to have in common to be compared: "20 evaluations on cifar100, edgegpu" in words, and
/// everything else that their hypervolumes depend on.
struct Setting {
  std::string words, rest;
  auto operator<=>(const Setting&) const = default;
};

Setting setting_of(const NasSearchRecord& record) {
  std::string pairs;
  for (const NasPair& pair : record.pairs) pairs += fmt::format("{}, {}; ", pair.dataset, pair.device);
  std::string on = record.pairs.size() == 1 ? fmt::format("{}, {}", record.pairs[0].dataset, record.pairs[0].device)
                                            : fmt::format("{} pairs", record.pairs.size());
  return {fmt::format("{} evaluations on {}", record.budget, on),
          fmt::format("{} {} {} {} {} {}", pairs, record.table.sha256, record.cost, record.predictor_cells,
                      record.fronts.value_or(""), fmt::join(record.reference, " "))};
}

/// Searches of one setting.
struct OfSetting {
  std::vector<double> sensible;                                   ///< random-sensible's shares of the true hypervolume
  std::map<std::string, std::vector<double>> asked;               ///< of strategies that asked a language model
  std::map<std::string, std::vector<const NasSearchRecord*>> in;  ///< which records hold them
};

/// Of one record that has both, paired by seed.
void add_paired(const std::string& subject, const NasMean& gain, QuestionAnswer& answer) {
  answer.evidence.push_back(gained(subject, kShare, gain.mean, gain.low, gain.high, gain.seeds));
}

/// Of searches that stand in records of their own, as those that a person answered for a model do: two independent
/// samples.
void add_independent(const std::string& subject, const std::vector<double>& asked, const std::vector<double>& sensible,
                     QuestionAnswer& answer) {
  if (asked.empty() || sensible.empty()) return;
  const metrics::Difference gain = metrics::independent_means(asked, sensible);
  answer.evidence.push_back({subject, fmt::format("{} ({} searches)", kSensible, sensible.size()), kShare,
                             defined(gain.value), defined(gain.low), defined(gain.high), defined(gain.p),
                             static_cast<std::int64_t>(asked.size()), "search"});
}

void add_tables(const std::vector<NasSearchRecord>& records, QuestionAnswer& answer) {
  std::map<Setting, OfSetting> settings;
  for (const NasSearchRecord& record : records) {
    OfSetting& of = settings[setting_of(record)];
    const auto append = [&](std::vector<double>& to, const std::string& strategy) {
      const auto shares = hypervolume_shares(record, strategy);
      to.insert(to.end(), shares.begin(), shares.end());
      return !shares.empty();
    };
    append(of.sensible, kSensible);
    for (const NasStrategy& strategy : record.strategies) {
      if (!strategy.language_model) continue;
      if (append(of.asked[strategy.name], strategy.name)) of.in[strategy.name].push_back(&record);
    }
  }
  for (const auto& [setting, of] : settings) {
    for (const auto& [strategy, holders] : of.in) {
      const std::string subject = fmt::format("{}, {}", strategy, setting.words);
      const NasMean gain = hypervolume_share_gain(*holders.front(), strategy, kSensible);
      if (holders.size() == 1 && gain.mean) {
        add_paired(subject, gain, answer);
      } else {
        add_independent(subject, of.asked.at(strategy), of.sensible, answer);
      }
    }
  }
}

}  // namespace

QuestionAnswer language_model(const Inputs& inputs) {
  QuestionAnswer answer{kLanguageModel, "", {}};
  for (const auto& record : inputs.comparisons) add_comparison(record, answer);
  add_tables(inputs.nas, answer);
  correct_for_many(answer);
  if (answer.evidence.empty()) {
    answer.needs =
        "searches of a language model and of random-sensible with as many evaluations, beside this study: on tables in "
        "any records, on images in a comparison whose first strategy is random-sensible";
  }
  return answer;
}

}  // namespace flnas::questions
