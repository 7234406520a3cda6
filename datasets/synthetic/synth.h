#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "datasets/images/decode.h"

namespace flnas {

/// `flnas dataset synth`: skin lesions drawn procedurally, in the ISIC 2019 layout. Not medical images.
struct SynthConfig {
  int images = 1200;
  int size = 64;
  std::uint64_t seed = 1;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("images", self.images, "number of images, 50 to 100000");
    visit("size", self.size, "width and height in pixels, 16 to 1024");
    visit("seed", self.seed, "seed of everything that is drawn");
  }
};

/// A row of the tables to be written; texts as in the files.
struct SynthRow {
  std::string image, label, age, site, lesion, sex;
  std::uint64_t lesion_seed = 0;  ///< what all views of the lesion share
  std::uint64_t view_seed = 0;    ///< what only this view has
  int class_index = 0;
  double years = 0;  ///< drawn age and sex, also where the table leaves them blank
  bool male = false;
};

/// Who has which lesion: class shares follow ISIC 2019, flattened so that every class has some in a few hundred
/// images; age and sex depend on the class; about one lesion in six has two to four views; lesion, age and sex are
/// left blank for some, and some names end in _downsampled, as in the real set.
/// Throws ConfigError for settings out of range.
std::vector<SynthRow> plan_lesions(const SynthConfig& config);

/// Draws one image. The class decides means of colour, border, texture and structure (synth_look.h) of which
/// individuals scatter and partly resemble another class; age and sex change skin, wrinkles, freckles, hair, contrast
/// and how often lesions look atypical.
Picture draw_lesion(const SynthRow& row, int size);

/// How the images and tables are laid out: as the default data set's (ISIC 2019) are.
Adapter synthetic_adapter();

/// Writes images and tables into `folder`, whole or not at all. Does nothing where the folder already holds this very
/// set, and returns false. Throws ConfigError where the folder holds anything else, IoError where it cannot be written.
bool write_synthetic(const std::filesystem::path& folder, const SynthConfig& config, unsigned threads = 0);

}  // namespace flnas
