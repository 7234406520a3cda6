#include "harness/metrics/metric_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace flnas::metrics {
namespace {

constexpr char kShare[] = "Agresti and Coull's, of as many rows as the units are worth";
constexpr char kInversion[] = "by test inversion, with a Bayesian bootstrap over units";
constexpr char kInfluence[] = "normal, by the influence of each unit";
constexpr char kBounded[] = "by a Bayesian bootstrap over units, with half a unit more at either extreme";
constexpr char kOfClasses[] = "of the classes' recalls, combined by their variances";
constexpr char kOfGroups[] = "of the groups', for the lowest of all of them together";
constexpr char kGroups[] = "groups", kPairs[] = "pairs";
constexpr char kSupported[] = "; of the terms whose rates have at least min_support rows";

/// A share of right answers, or a rate.
MetricInfo share(std::string name, std::string title, int version, std::string meaning) {
  return {.name = std::move(name),
          .title = std::move(title),
          .unit = "%",
          .version = version,
          .meaning = std::move(meaning),
          .interval = kShare,
          .terms = {}};
}

/// A sum or mean of absolute gaps.
MetricInfo gap(std::string name, std::string title, const char* terms, int version, std::string meaning) {
  return {.name = std::move(name),
          .title = std::move(title),
          .kind = Kind::kFairness,
          .lower_is_better = true,
          .unit = {},
          .version = version,
          .meaning = std::move(meaning),
          .interval = kInversion,
          .terms = terms};
}

/// A figure of scores.
MetricInfo score(std::string name, std::string title, Kind kind, std::string unit, std::string meaning) {
  return {.name = std::move(name),
          .title = std::move(title),
          .kind = kind,
          .lower_is_better = kind == Kind::kCalibration,
          .unit = std::move(unit),
          .version = 1,
          .meaning = std::move(meaning),
          .interval = kInfluence,
          .terms = {}};
}

MetricInfo cost(std::string name, std::string title, std::string unit, std::string meaning, std::string interval = {}) {
  return {.name = std::move(name),
          .title = std::move(title),
          .kind = Kind::kCost,
          .lower_is_better = true,
          .unit = std::move(unit),
          .meaning = std::move(meaning),
          .interval = std::move(interval),
          .terms = {}};
}

/// A metric of which a model has several, or which stands deeper in its record.
MetricInfo not_single(MetricInfo info) {
  info.is_objective = false;
  return info;
}

MetricInfo lower_is_better(MetricInfo info) {
  info.lower_is_better = true;
  return info;
}

MetricInfo with_interval(MetricInfo info, const char* interval) {
  info.interval = interval;
  return info;
}

std::vector<MetricInfo> make_table() {
  const std::string supported = kSupported;
  return {
      share("accuracy", "accuracy", 1, "share of rows whose prediction is the label"),
      with_interval(share("balanced_accuracy", "balanced accuracy", 1, "mean recall of the classes that have rows"),
                    kOfClasses),
      with_interval(share("worst_group", "worst group's accuracy", 2,
                          "lowest accuracy of a group that has at least min_support rows"),
                    kOfGroups),
      gap("unfairness_mean", "unfairness, mean", kGroups, 2,
          "mean over groups of |Acc_j - Acc_overall|, as FL-NAS prints it" + supported),
      gap("unfairness_sum", "unfairness, sum", kGroups, 2,
          "sum over groups of |Acc_j - Acc_overall|, as FL-NAS's numbers imply" + supported),
      gap("eodd", "EODD", kPairs, 2,
          "mean over pairs of max(|dTPR|, |dFPR|) where both exist; more than two classes: one-vs-rest, mean over "
          "pairs, then over classes" +
              supported),
      gap("eopp1", "EOPP1", kPairs, 2, "mean over pairs of |dTPR|; more than two classes as eodd" + supported),
      gap("eopp2", "EOPP2", kPairs, 2, "mean over pairs of |dTNR|; more than two classes as eodd" + supported),
      not_single(gap("sum_abs_dtnr", "sum of |dTNR|", kPairs, 2,
                     "sum over classes, one-vs-rest, of the mean over pairs of |dTNR|" + supported)),
      not_single(gap("sum_abs_dtpr", "sum of |dTPR|", kPairs, 2,
                     "sum over classes, one-vs-rest, of the mean over pairs of |dTPR|" + supported)),
      not_single(gap("sum_abs_dtpr_plus_dfpr", "sum of |dTPR + dFPR|", kPairs, 2,
                     "sum over classes, one-vs-rest, of the mean over pairs of |dTPR + dFPR|; the gaps keep their "
                     "signs, so that opposite ones cancel" +
                         supported)),
      not_single(share("recall", "recall", 1, "share of a class's rows that are predicted as it")),

      score("auroc", "AUROC", Kind::kQuality, "",
            "area under the ROC curve; more than two classes: mean of one against the rest"),
      score("tpr_at_fpr_10", "TPR at FPR 10 %", Kind::kQuality, "%",
            "true positive rate where the group's ROC curve has an FPR of 10 %"),
      with_interval(score("brier", "Brier score", Kind::kCalibration, "",
                          "two classes, mean of (p - y)^2; more, mean of the sum over classes"),
                    kBounded),
      with_interval(score("ece", "expected calibration error", Kind::kCalibration, "",
                          "expected calibration error in 10 bins of equal width"),
                    kInversion),
      share("tpr", "true positive rate", 0, "share of the positive class that is predicted as it"),
      lower_is_better(
          share("fpr", "false positive rate", 0, "share of the negative class that is predicted as positive")),
      lower_is_better(
          share("fnr", "false negative rate", 0, "share of the positive class that is predicted as negative")),

      not_single(with_interval(share("standardised_accuracy", "standardised accuracy", 1,
                                     "recalls of the group, weighted by the share of each class among all rows"),
                               kOfClasses)),
      not_single(with_interval(
          share("standardised_gap", "standardised gap", 1, "standardised_accuracy less the accuracy of all rows"),
          kInfluence)),
      gap("standardised_unfairness_sum", "standardised unfairness, sum", kGroups, 1,
          "sum of |standardised_gap| over the groups that have min_support rows of every class; "
          "standardised_unfairness_mean: their mean"),
      with_interval(share("worst_group_balanced_accuracy", "worst balanced accuracy", 1,
                          "lowest balanced accuracy of the groups that have min_support rows of every class; the "
                          "interval holds for the lowest of all groups together"),
                    kOfGroups),

      with_interval(share("robust_accuracy", "accuracy under corruptions", 0,
                          "mean accuracy over Gaussian noise, blur, brightness and JPEG at five levels each, after "
                          "Hendrycks and Dietterich 2019"),
                    kInfluence),
      with_interval(share("fgsm_accuracy", "accuracy under attack", 0,
                          "mean accuracy over FGSM steps of 1, 2, 4, 8 and 16 of 255"),
                    kInfluence),

      cost("latency", "latency", "us", "median time of one example on the target, measured or estimated",
           "measured: of the median; estimated: the model's error"),
      cost("energy", "energy", "mJ",
           "of one example on the target: by the device's own meter where it has one, else estimated from operations "
           "and weights"),
      cost("parameters", "parameters", "", "trainable numbers of the network"),
      cost("macs", "multiply-accumulates", "", "of one example"),
      cost("memory", "memory of a training step", "bytes", "peak of a training step, estimated"),
  };
}

}  // namespace

std::string MetricInfo::definition() const {
  return version == 0 ? std::string() : fmt::format("{} v{}: {}", name, version, meaning);
}

const std::vector<MetricInfo>& metric_table() {
  static const std::vector<MetricInfo> kTable = make_table();
  return kTable;
}

const MetricInfo* find_metric(std::string_view name) {
  const auto found = std::ranges::find(metric_table(), name, &MetricInfo::name);
  return found == metric_table().end() ? nullptr : &*found;
}

const MetricInfo& metric_info(std::string_view name) {
  if (const MetricInfo* found = find_metric(name)) return *found;
  throw std::out_of_range("no metric " + std::string(name));
}

}  // namespace flnas::metrics
