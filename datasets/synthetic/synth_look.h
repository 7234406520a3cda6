#pragma once

#include "datasets/synthetic/synth.h"
#include "harness/base/random.h"

namespace flnas::synth {

/// How a lesion looks, as numbers that mostly run from 0 (none) to 1 (strong). All views of a lesion share one Look.
struct Look {
  static constexpr int kFeatures = 16;
  float size = 0;       ///< radius; 1 reaches the picture's edge
  float stretch = 0;    ///< 0 round, 1 twice as long as wide
  float asymmetry = 0;  ///< shift of mass to one side
  float ragged = 0;     ///< irregularity of the border
  float soft = 0;       ///< width of the border's fade
  float melanin = 0;    ///< brown to black
  float blood = 0;      ///< pink to red
  float blue = 0;       ///< blue-grey veil or nests
  float mixed = 0;      ///< unevenness of the colours
  float network = 0;    ///< pigment lines
  float globules = 0;   ///< dark dots
  float cysts = 0;      ///< white dots
  float vessels = 0;    ///< red lines
  float scale = 0;      ///< rough, bright flakes
  float pale = 0;       ///< white centre
  float lacunae = 0;    ///< red-purple lakes

  /// Visits every feature, so that looks can be mixed.
  template <class Self, class Visit>
  static void for_each(Self& self, Visit&& visit) {
    int i = 0;
    for (auto* value : {&self.size, &self.stretch, &self.asymmetry, &self.ragged, &self.soft, &self.melanin,
                        &self.blood, &self.blue, &self.mixed, &self.network, &self.globules, &self.cysts, &self.vessels,
                        &self.scale, &self.pale, &self.lacunae}) {
      visit(i++, *value);
    }
  }
};

/// The skin around it, the same for all views of a lesion.
struct Skin {
  float red = 0, green = 0, blue = 0;  ///< colour, 0..1
  float mottled = 0, wrinkles = 0, freckles = 0;
  int hairs = 0;
  float hair_darkness = 0;
};

Look draw_look(const SynthRow& row, Random& random);
Skin draw_skin(const SynthRow& row, Random& random);

}  // namespace flnas::synth
