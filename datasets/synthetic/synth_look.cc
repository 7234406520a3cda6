#include "datasets/synthetic/synth_look.h"

#include <algorithm>
#include <array>

namespace flnas::synth {
namespace {

using Features = std::array<float, Look::kFeatures>;

// Means per class, after the usual dermoscopic descriptions.
// size stretch asym ragged soft | melanin blood blue mixed | network globules cysts vessels scale pale lacunae
constexpr Features kMeans[] = {
    {.58F, .40F, .55F, .60F, .35F, .80F, .25F, .40F, .70F, .50F, .40F, .05F, .15F, .10F, .15F, .00F},  // MEL
    {.45F, .20F, .15F, .20F, .45F, .60F, .10F, .08F, .25F, .45F, .30F, .05F, .05F, .05F, .05F, .00F},  // NV
    {.48F, .30F, .35F, .40F, .40F, .15F, .50F, .40F, .50F, .05F, .10F, .10F, .60F, .15F, .25F, .05F},  // BCC
    {.50F, .40F, .35F, .50F, .75F, .15F, .55F, .02F, .50F, .05F, .05F, .10F, .25F, .60F, .15F, .00F},  // AK
    {.52F, .35F, .30F, .35F, .15F, .50F, .15F, .10F, .45F, .15F, .20F, .60F, .05F, .35F, .10F, .00F},  // BKL
    {.38F, .20F, .15F, .15F, .60F, .35F, .30F, .03F, .20F, .30F, .10F, .05F, .10F, .10F, .70F, .00F},  // DF
    {.40F, .20F, .20F, .25F, .15F, .15F, .80F, .25F, .35F, .00F, .05F, .02F, .10F, .05F, .05F, .80F},  // VASC
    {.52F, .30F, .45F, .55F, .45F, .20F, .60F, .05F, .60F, .05F, .05F, .10F, .45F, .60F, .55F, .05F},  // SCC
};
constexpr float kSpread = 0.13F;

// Whom an atypical lesion resembles.
constexpr int kResembles[][2] = {{1, 4}, {0, 4}, {7, 3}, {7, 4}, {1, 0}, {1, 2}, {2, 0}, {3, 2}};

float clamp01(float value) { return std::clamp(value, 0.0F, 1.0F); }

}  // namespace

Look draw_look(const SynthRow& row, Random& random) {
  const auto own = static_cast<std::size_t>(row.class_index);
  const auto other = static_cast<std::size_t>(kResembles[own][random.below(2)]);
  // Older skin shows more atypical lesions, and fades what is typical.
  const double age = row.years / 85;
  const bool atypical = random.uniform() < 0.10 + 0.30 * age;
  const auto mix = static_cast<float>(atypical ? random.uniform(0.35, 0.75) : random.uniform(0.0, 0.25));
  const auto contrast = static_cast<float>(1.08 - 0.28 * age);
  Look look;
  Look::for_each(look, [&](int i, float& value) {
    const auto f = static_cast<std::size_t>(i);
    const float mean = kMeans[own][f] + mix * (kMeans[other][f] - kMeans[own][f]);
    value = clamp01(mean + kSpread * (0.4F + mean) * static_cast<float>(random.normal()));
  });
  look.size = std::clamp(1.15F * look.size, 0.22F, 0.95F);
  look.melanin *= contrast;
  look.blood *= contrast;
  if (!row.male) look.size *= 0.93F;
  return look;
}

Skin draw_skin(const SynthRow& row, Random& random) {
  const double age = row.years / 85;
  const auto tone = static_cast<float>(std::clamp(0.30 + 0.20 * random.normal() + (row.male ? 0.08 : 0.0), 0.0, 1.0));
  const auto flush = static_cast<float>(random.normal() * 0.02 + (row.male ? 0.015 : 0.0));
  const auto yellow = static_cast<float>(0.05 * age);
  Skin skin;
  skin.red = 0.93F - 0.18F * tone + flush;
  skin.green = 0.74F - 0.24F * tone - 2 * flush;
  skin.blue = 0.74F - 0.28F * tone - flush - yellow;
  skin.mottled = static_cast<float>(0.15 + 0.5 * age * random.uniform(0.6, 1.4));
  skin.wrinkles = clamp01(static_cast<float>((age - 0.25) * random.uniform(0.6, 1.5)));
  skin.freckles = clamp01(static_cast<float>(0.9 * age * random.uniform(0.2, 1.2)));
  const double hairy = (row.male ? 9.0 : 2.5) * (row.years < 15 ? 0.3 : 1.0);
  const bool any = random.uniform() < (row.male ? 0.6 : 0.35);
  skin.hairs = any ? static_cast<int>(hairy * random.uniform(0.2, 1.8)) : 0;
  skin.hair_darkness = clamp01(static_cast<float>(0.85 - 0.45 * age * random.uniform(0.3, 1.3)));
  return skin;
}

}  // namespace flnas::synth
