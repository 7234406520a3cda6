// Training: one trainer for every model, from a pixel cache to predictions. It knows neither which model it trains
// nor where the images came from, and it prints no tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace flnas {

/// Every setting of a training run. The paper names almost none of them; they are documented choices, the same for all
/// models. `run.json` stores them as requested and as they took effect (`auto` resolved).
struct TrainConfig {
  // What is learned.
  std::string task = "isic8";  ///< A task of the data set's adapter: isic8 or binary.
  int size = 224;              ///< Side of the square input in pixels.

  // Optimisation. Adam; the schedule ends at zero after `epochs` where it is `cosine`.
  int epochs = 50;                         ///< At most; early stopping may end sooner.
  int patience = 8;                        ///< Epochs without a lower validation loss before stopping; 0 never stops.
  int batch = 8;                           ///< Images per step (the paper's example implies 8).
  double lr = 1e-3;                        ///< Adam's learning rate.
  double weight_decay = 0;                 ///< Adam's L2 term.
  std::string schedule = "constant";       ///< constant or cosine.
  std::string class_weights = "balanced";  ///< balanced: n / (classes x n of the class); none.
  std::string augment = "standard";        ///< standard: flips, right-angle rotations, small colour changes; none.
  std::uint64_t seed = 1;

  // How it runs. None of these changes what is learned beyond rounding.
  std::string device = "auto";         ///< auto (cuda where there is one), cpu or cuda.
  std::string precision = "auto";      ///< float32, bfloat16 (autocast); auto: bfloat16 on CUDA, else float32.
  std::string memory_format = "auto";  ///< channels_last or contiguous; auto: channels_last.
  int threads = 0;                     ///< CPU threads; 0: one per core.

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("task", self.task, "isic8 or binary");
    visit("size", self.size, "side of the square input in pixels");
    visit("epochs", self.epochs, "epochs at most");
    visit("patience", self.patience, "epochs without a lower validation loss before stopping; 0 never stops");
    visit("batch", self.batch, "images per step");
    visit("lr", self.lr, "learning rate of Adam");
    visit("weight_decay", self.weight_decay, "L2 term of Adam");
    visit("schedule", self.schedule, "constant or cosine");
    visit("class_weights", self.class_weights, "balanced or none");
    visit("augment", self.augment, "standard or none");
    visit("seed", self.seed, "seed of weights, order, augmentation and dropout");
    visit("device", self.device, "auto, cpu or cuda");
    visit("precision", self.precision, "auto, float32 or bfloat16");
    visit("memory_format", self.memory_format, "auto, channels_last or contiguous");
    visit("threads", self.threads, "CPU threads; 0: one per core");
  }

  /// Every problem at once, one line each; empty when the settings can be used.
  std::vector<std::string> problems() const;
};

/// The settings with `auto` and 0 replaced by what this machine gives. Throws ConfigError for `--device cuda`
/// without one.
TrainConfig effective_config(const TrainConfig& requested);

}  // namespace flnas
