// Training layer: one trainer for every model, from a pixel cache to predictions. It does not know which model it
// trains or where the images came from, and it prints no tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace flnas {

/// Every setting of a training run. The defaults are the literal recipe, Adam at a constant rate until the validation
/// loss no longer falls. The paper states almost none of them: they are documented choices, the same for all models.
/// The recipe of the profiles `cpu` and `gpu` is in harness/train/README.md with its sources. `run.json` stores the
/// settings as requested and as effective (`auto` resolved).
struct TrainConfig {
  // What is learned.
  std::string task;  ///< A task of the data set's adapter; blank: its first.
  int size = 224;    ///< Side of the square input in pixels; 0 in effect where the data are a table.

  // Optimisation.
  int epochs = 50;   ///< At most; early stopping may end sooner.
  int patience = 8;  ///< Epochs without an improvement of `selection` before stopping; 0: no early stopping.
  int batch = 8;     ///< Images per step (the paper's example implies 8).
  std::string optimizer = "adam";          ///< adam or adamw.
  double lr = 1e-3;                        ///< Learning rate, after the warm-up.
  double weight_decay = 0;                 ///< adam: L2 term; adamw: decoupled, of weights but not of biases and norms.
  std::string schedule = "constant";       ///< constant, or cosine: to zero over `epochs`, step by step.
  int warmup = 0;                          ///< Epochs in which the rate rises linearly, step by step.
  double clip = 0;                         ///< Largest L2 norm of all gradients together; 0: no limit.
  double ema = 0;                          ///< Decay of the averaged weights, which are then the model; 0: none.
  double label_smoothing = 0;              ///< Share of the target that is spread over all classes.
  std::string class_weights = "balanced";  ///< balanced: n / (classes x n of the class); none.
  std::uint64_t seed = 1;

  // What the network sees.
  std::string inputs = "unit";       ///< unit: pixels in [0, 1]; standardised: by the training part's statistics.
  std::string augment = "standard";  ///< standard: flips, right-angle rotations, small colour changes; none.
  double crop = 1;                   ///< Least share of an image's area that a random-resized crop keeps; 1: no crops.

  // Which epoch is kept.
  std::string selection = "loss";  ///< Of the validation part: loss, auroc or balanced_accuracy.

  // Against unfairness (harness/train/mitigation, harness/evaluation/group_thresholds.h).
  std::string mitigation = "none";    ///< none, reweight, balanced-sampling, group-dro or thresholds.
  std::string mitigation_attributes;  ///< The attributes whose groups it uses, separated by commas; blank: all.
  std::string criterion = "odds";     ///< Of thresholds: odds or opportunity.
  double dro_step = 0.01;             ///< Of group-dro: how fast a group's weight follows its loss.

  // How it runs. None of these changes what is learned beyond rounding.
  std::string device = "auto";         ///< auto (cuda where there is one), cpu or cuda.
  std::string precision = "auto";      ///< float32, bfloat16 (autocast); auto: bfloat16 on CUDA, else float32.
  std::string memory_format = "auto";  ///< channels_last or contiguous; auto: channels_last.
  int threads = 0;                     ///< CPU threads; 0: one per core.

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("task", self.task, "a task of the data set (default: its first)");
    visit("size", self.size, "side of the square input in pixels");
    visit("epochs", self.epochs, "epochs at most");
    visit("patience", self.patience, "epochs without a better --selection before stopping; 0 never stops");
    visit("batch", self.batch, "images per step");
    visit("optimizer", self.optimizer, "adam or adamw");
    visit("lr", self.lr, "learning rate after the warm-up");
    visit("weight_decay", self.weight_decay, "adam: L2 term; adamw: decoupled, not of biases and norms");
    visit("schedule", self.schedule, "constant, or cosine to zero over all epochs");
    visit("warmup", self.warmup, "epochs in which the learning rate rises to --lr");
    visit("clip", self.clip, "largest norm of the gradients; 0: no limit");
    visit("ema", self.ema, "decay of averaged weights, such as 0.999; 0: no averaging");
    visit("label_smoothing", self.label_smoothing, "share of the target spread over all classes");
    visit("class_weights", self.class_weights, "balanced or none");
    visit("seed", self.seed, "seed of weights, order, augmentation and dropout");
    visit("inputs", self.inputs, "unit: pixels in [0, 1]; standardised: by the training part's mean and deviation");
    visit("augment", self.augment, "standard (flips, rotations, colours) or none");
    visit("crop", self.crop, "least share of the area that a random crop keeps; 1: no crops");
    visit("selection", self.selection, "epoch that is kept, by validation loss, auroc or balanced_accuracy");
    visit("mitigation", self.mitigation, "none, reweight, balanced-sampling, group-dro or thresholds");
    visit("mitigation_attributes", self.mitigation_attributes,
          "attributes that it sees, A,B (default: all of the data set)");
    visit("criterion", self.criterion, "of thresholds: equal odds or opportunity between groups");
    visit("dro_step", self.dro_step, "of group-dro: step size of the groups' weights");
    visit("device", self.device, "auto, cpu or cuda");
    visit("precision", self.precision, "auto, float32 or bfloat16");
    visit("memory_format", self.memory_format, "auto, channels_last or contiguous");
    visit("threads", self.threads, "CPU threads; 0: one per core");
  }

  /// Every problem at once, one line each; empty when the settings can be used.
  std::vector<std::string> problems() const;
};

/// The settings with `auto` and 0 replaced by what this machine gives. With `table` also what does not apply to the
/// rows of a table: they are always standardised, by the numbers of the training part, and have no size, augmentation
/// and memory format. Throws ConfigError for `--device cuda` without one.
TrainConfig effective_config(const TrainConfig& requested, bool table = false);

}  // namespace flnas
