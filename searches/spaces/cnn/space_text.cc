#include "searches/spaces/cnn/space_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace flnas::searches {
namespace {

struct Meaning {
  const char* key;
  const char* value;
  const char* text;
  const char* cost;  ///< multiply-accumulates of a pixel of the output; blank: next to none
};

// harness/nn/architecture/architecture.h, norm_activation.h; costs as estimate.cc adds them up.
constexpr Meaning kMeanings[] = {
    {"form", "plain", "one k x k convolution", "k*k*in*out multiply-accumulates"},
    {"form", "depthwise_separable", "a k x k convolution of each channel alone, then a 1 x 1 convolution",
     "k*k*in + in*out multiply-accumulates"},
    {"form", "residual",
     "two k x k convolutions with a shortcut around both, which is a 1 x 1 convolution where the stride is not 1 or "
     "the number of channels changes",
     "k*k*out*(in + out) multiply-accumulates, and in*out more for such a shortcut"},
    {"norm", "batch", "over the images of a batch, for each channel", ""},
    {"norm", "group", "within each image, over 8 groups of channels (or as many as divide both 8 and the channels)",
     ""},
    {"norm", "layer", "within each image, over all channels and pixels", ""},
};

}  // namespace

std::string choices_text(const Choices& choices) {
  std::string text = fmt::format("- number of stages: {} to {}\n", choices.least_stages, choices.most_stages);
  for (const Choice& choice : choices.stage) text += choice_line("stage " + choice.key, choice);
  text += fmt::format("- head hidden: {} to {} layers\n", choices.least_hidden, choices.most_hidden);
  text += choice_line("width of a hidden layer", choices.width);
  for (const Choice& choice : choices.head) text += choice_line("head " + choice.key, choice);
  text.pop_back();
  return text;
}

std::string forms_text(const Choices& choices, bool costs) {
  std::vector<std::string> lines;
  for (const Meaning& meaning : kMeanings) {
    if (!choices.of_stage(meaning.key).offers(meaning.value)) continue;
    std::string line = fmt::format("- {} {}: {}", meaning.key, meaning.value, meaning.text);
    if (costs && *meaning.cost != '\0') line += fmt::format("; {}", meaning.cost);
    lines.push_back(line);
  }
  if (lines.empty()) return "";
  if (costs) lines.push_back("(k: kernel, in and out: channels; for each pixel of the output, before pooling)");
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace flnas::searches
