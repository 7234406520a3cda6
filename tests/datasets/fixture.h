#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

namespace flnas::test {

struct Sample {
  std::string image, label, age, lesion, sex;
};

inline constexpr char kLabels[] = "ISIC_2019_Training_GroundTruth.csv";
inline constexpr char kMetadata[] = "ISIC_2019_Training_Metadata.csv";
inline constexpr char kImages[] = "ISIC_2019_Training_Input";

inline std::string labels_csv(const std::vector<Sample>& samples) {
  const std::vector<std::string> classes = {"MEL", "NV", "BCC", "AK", "BKL", "DF", "VASC", "SCC", "UNK"};
  std::string text = fmt::format("image,{}\n", fmt::join(classes, ","));
  for (const Sample& sample : samples) {
    text += sample.image;
    for (const auto& name : classes) text += name == sample.label ? ",1.0" : ",0.0";
    text += "\n";
  }
  return text;
}

inline std::string metadata_csv(const std::vector<Sample>& samples) {
  std::string text = "image,age_approx,anatom_site_general,lesion_id,sex\n";
  for (const Sample& s : samples) text += fmt::format("{},{},,{},{}\n", s.image, s.age, s.lesion, s.sex);
  return text;
}

/// Writes both tables of the ISIC 2019 layout, without images.
inline void write_tables(const std::filesystem::path& folder, const std::vector<Sample>& samples) {
  write_file(folder / kLabels, labels_csv(samples));
  write_file(folder / kMetadata, metadata_csv(samples));
}

/// `count` images over all classes, sexes and ages; every third lesion has two images, some values are missing.
inline std::vector<Sample> many_samples(int count) {
  const std::vector<std::string> classes = {"NV", "MEL", "NV", "BKL", "BCC", "NV", "AK", "SCC", "NV", "DF", "VASC"};
  const std::vector<std::string> ages = {"20", "45", "80", "50", "25", "70", "60", "30", "65"};
  std::vector<Sample> samples;
  for (int i = 0; i < count; ++i) {
    const auto lesion = static_cast<std::size_t>(i % 3 == 1 ? i - 1 : i);
    samples.push_back({fmt::format("ISIC_{:07}", i), classes[lesion % classes.size()],
                       lesion % 40 == 39 ? "" : ages[lesion / 2 % ages.size()],
                       lesion % 20 == 19 ? "" : fmt::format("LESION_{}", lesion),
                       lesion % 50 == 48 ? "" : (lesion / 7 % 2 == 0 ? "male" : "female")});
  }
  return samples;
}

/// True when the error's text holds every part; a message is one line.
inline auto says(std::vector<std::string> parts) {
  return [parts = std::move(parts)](const std::exception& error) {
    const std::string text = error.what();
    bool all = text.find('\n') == text.npos;
    for (const auto& part : parts) all = all && text.find(part) != text.npos;
    if (!all) fmt::print(stderr, "the error said: {}\n", text);
    return all;
  };
}

}  // namespace flnas::test
