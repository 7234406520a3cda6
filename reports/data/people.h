#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "reports/data/report_inputs.h"

namespace flnas::reports {

/// The group of a class with the fewest test images: no rate is known worse than its.
struct SmallestCell {
  std::string group, of_class;
  std::int64_t images = 0;
  std::int64_t of_class_images = 0;  ///< of that class in all groups
};

/// The numbers of images and of people or lesions behind the figures of a reproduction.
struct People {
  std::int64_t images = 0;
  std::optional<std::int64_t> units;     ///< independent of each other
  std::string unit;                      ///< what they are: unit_word()
  std::string example;                   ///< what a row is: example_word()
  std::optional<SmallestCell> smallest;  ///< none without statistics.json
  std::int64_t support = 0;              ///< images from which a rate counts; 0: all do
};

/// The unit that the intervals of a reproduction resample, in the word of its data: "lesion", "patient"; "image" if
/// there is none (datasets/adapters/adapter_files.h), "unit" where the adapter's file cannot be read.
std::string unit_word(const ReportInputs& inputs);

/// What a reproduction's data call one row: "image", "defendant"; "image" without a reproduction or its adapter.
std::string example_word(const ReportInputs& inputs);

/// Zeros where no run was measured.
People people_of(const ReportInputs& inputs);

/// "12,000": a number of images to two digits, as a plan has them.
std::string about(double images);

}  // namespace flnas::reports
