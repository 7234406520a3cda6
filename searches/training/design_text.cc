#include "searches/training/design_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <vector>

#include "harness/base/text.h"
#include "harness/metrics/rates/support.h"
#include "harness/records/record.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostGroups = 12;
constexpr std::size_t kMostClasses = 3;

std::string percent(const std::optional<double>& share) { return share ? fmt::format("{:.2f} %", 100 * *share) : "-"; }
std::string short_percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", 100 * *share) : "-";
}
std::string figure(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; }

std::string latency_text(const DesignCost& cost) {
  if (!cost.latency_us) return {};
  return fmt::format(", latency {:.3f} ms per image ({} on {}), throughput {:.1f} images per second",
                     *cost.latency_us / 1e3, cost.latency_mark, cost.target, 1e6 / *cost.latency_us);
}

std::string epochs_text(const DesignScores& scores) {
  if (!scores.epochs_run || !scores.best_epoch) return {};
  return fmt::format("epoch {} of {} kept", *scores.best_epoch, *scores.epochs_run);
}

}  // namespace

std::string metrics_text(const Evaluation& design, const PromptParts& parts) {
  const DesignScores& s = design.scores;
  std::string text =
      fmt::format("balanced accuracy {}, AUROC {}, accuracy {}, validation loss {}, train loss {}, train accuracy {}",
                  percent(s.balanced_accuracy), figure(s.auroc), percent(s.accuracy), figure(s.validation_loss),
                  figure(s.train_loss), percent(s.train_accuracy));
  if (const auto epochs = epochs_text(s); !epochs.empty()) text += ", " + epochs;
  if (parts.fairness != "none") {
    text += fmt::format(", Unfairness {}, EODD {}, EOPP1 {}, EOPP2 {}", figure(s.unfairness_sum), figure(s.eodd),
                        figure(s.eopp1), figure(s.eopp2));
  }
  if (parts.hardware) {
    text += fmt::format(
        ", {} parameters, {} multiply-accumulates an image, {} peak memory of a training step (estimated){}",
        with_thousands(design.cost.parameters), with_thousands(design.cost.macs),
        format_bytes(static_cast<double>(design.cost.memory_bytes)), latency_text(design.cost));
  }
  return text + ".";
}

std::optional<double> unfairness_term(const GroupScore& group, const DesignScores& scores) {
  if (!group.accuracy || !scores.accuracy || group.name == "unknown" || group.n < metrics::kMinSupport) return {};
  return std::abs(*group.accuracy - *scores.accuracy);
}

std::string groups_text(const Evaluation& design, const PromptParts& parts) {
  std::vector<std::string> lines;
  for (const GroupScore& group : design.scores.groups) {
    if (group.n == 0 || lines.size() == kMostGroups) continue;
    std::string line = fmt::format("- {}: {} of {} images", group.name, percent(group.accuracy), group.n);
    if (group.classes && group.classes->size() <= kMostClasses) {
      std::vector<std::string> rates;
      for (const ClassScore& of : *group.classes) {
        rates.push_back(fmt::format("{} {} of {}", of.name, short_percent(of.recall), of.n));
      }
      line += fmt::format(" ({})", fmt::join(rates, ", "));
    }
    if (group.n < metrics::kMinSupport) line += ", too few to count";
    const auto term = unfairness_term(group, design.scores);
    if (term && parts.metrics && parts.fairness != "none") line += fmt::format("; {:.3f} of the Unfairness", *term);
    lines.push_back(line);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string worst_group_text(const Evaluation& design) {
  const GroupScore* worst = nullptr;
  for (const GroupScore& group : design.scores.groups) {
    if (!group.accuracy || group.name == "unknown" || group.n < metrics::kMinSupport) continue;
    if (worst == nullptr || *group.accuracy < *worst->accuracy) worst = &group;
  }
  return worst == nullptr ? "" : fmt::format("'{}' ({} of {} images)", worst->name, percent(worst->accuracy), worst->n);
}

std::string noise_text(const Evaluation& design, std::int64_t images, const PromptParts& parts, bool repeated) {
  const DesignScores& s = design.scores;
  if (!s.balanced_accuracy_se || !s.unfairness_se) return "";
  std::string text = fmt::format(
      "on {} validation images the best design's balanced accuracy has a standard error of "
      "{:.1f} points",
      images > 0 ? with_thousands(images) : "these", 100 * *s.balanced_accuracy_se);
  if (parts.fairness != "none") {
    text += fmt::format(", its Unfairness one of {:.3f}", *s.unfairness_se);
    if (s.unfairness_by_chance) {
      text += fmt::format(
          "; a network that is equally accurate for everybody would show an Unfairness of about {:.3f} by "
          "chance",
          *s.unfairness_by_chance);
    }
  }
  text += " (estimated by resampling these images). ";
  if (!repeated) {
    text += "Training the same design once more with other random numbers, which was not tried, differs by more. ";
  }
  return text + "Do not explain or imitate differences that are smaller than two standard errors.";
}

}  // namespace flnas::searches
