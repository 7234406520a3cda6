#include "searches/training/training_recipe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>

#include "harness/base/text.h"

namespace flnas::searches {
namespace {

std::string times(int count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string budget_text(const TrainConfig& config, const ImageCounts& counts, int frozen_head) {
  std::string text = "- Training: every design ";
  text += frozen_head > 0 ? fmt::format("with its first {} taken from the trained basic network and kept as they are, ",
                                        times(frozen_head, "stage"))
                          : "from scratch, ";
  text += (config.patience > 0 && config.patience < config.epochs ? "at most " : "") + times(config.epochs, "epoch");
  if (!counts.all.train.empty()) text += fmt::format(" of {} images", with_thousands(sum_of(counts.all.train)));
  return text + fmt::format(" in batches of {}.\n", config.batch);
}

std::string optimizer_text(const TrainConfig& config) {
  std::vector<std::string> parts = {fmt::format("learning rate {:g}", config.lr)};
  if (config.warmup > 0) parts.push_back(times(config.warmup, "epoch") + " of warm-up");
  parts.push_back(config.schedule == "cosine" ? "a cosine to zero" : "constant");
  if (config.weight_decay > 0) parts.push_back(fmt::format("weight decay {:g}", config.weight_decay));
  if (config.clip > 0) parts.push_back(fmt::format("gradients clipped at a norm of {:g}", config.clip));
  if (config.ema > 0) parts.push_back(fmt::format("weights averaged with decay {:g}", config.ema));
  return fmt::format("- Optimiser: {} ({}).\n", config.optimizer == "adamw" ? "AdamW" : "Adam", fmt::join(parts, ", "));
}

std::string loss_text(const TrainConfig& config, const ImageCounts& counts, const std::vector<std::string>& classes) {
  std::string text = "- Loss: cross-entropy";
  if (config.label_smoothing > 0) text += fmt::format(" with label smoothing {:g}", config.label_smoothing);
  if (config.class_weights == "balanced") {
    text += ", an image weighted by how rare its class is";
    std::vector<std::string> weights;
    const std::int64_t all = sum_of(counts.all.train);
    for (std::size_t c = 0; c < counts.all.train.size() && c < classes.size(); ++c) {
      if (counts.all.train[c] == 0) continue;
      weights.push_back(fmt::format(
          "{} {:.2f}", classes[c],
          static_cast<double>(all) / static_cast<double>(classes.size()) / static_cast<double>(counts.all.train[c])));
    }
    if (!weights.empty()) text += fmt::format(" ({})", fmt::join(weights, ", "));
  } else {
    text += ", all images alike";
  }
  if (config.mitigation != "none") text += fmt::format("; against unfairness: {}", config.mitigation);
  return text + ".\n";
}

std::string inputs_text(const TrainConfig& config) {
  if (config.size == 0) return "- Inputs: numbers are standardised by the training part; nothing is augmented.\n";
  std::string text = "- Images: pixels ";
  text += config.inputs == "standardised" ? "standardised" : "in [0, 1]";
  text += config.augment == "standard" ? "; augmented by flips, right-angle rotations and small changes of colour"
                                       : "; not augmented";
  if (config.crop < 1) text += fmt::format(", random crops of at least {:g} of the area", config.crop);
  return text + ".\n";
}

std::string selection_text(const TrainConfig& config) {
  const std::string kept = config.selection == "auroc"               ? "the highest validation AUROC"
                           : config.selection == "balanced_accuracy" ? "the highest validation balanced accuracy"
                                                                     : "the lowest validation loss";
  std::string text = fmt::format("- The epoch with {} is kept; ", kept);
  if (config.patience > 0 && config.patience < config.epochs) {
    return text + fmt::format("training ends after {} without a better one.", times(config.patience, "epoch"));
  }
  return text + "training always runs to its last epoch, whether it has converged by then or not.";
}

}  // namespace

std::string recipe_text(const TrainConfig& config, const ImageCounts& counts, const std::vector<std::string>& classes,
                        int frozen_head) {
  return budget_text(config, counts, frozen_head) + optimizer_text(config) + loss_text(config, counts, classes) +
         inputs_text(config) + selection_text(config);
}

}  // namespace flnas::searches
