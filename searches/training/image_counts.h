#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace flnas::searches {

/// Images by class, in the order of the task's classes.
struct ClassImages {
  std::vector<std::int64_t> train, validation;
};

/// Those of one group of people.
struct GroupImages {
  std::string attribute, name;  ///< "age", "young"
  ClassImages images;
};

/// What the data hold, as a prompt tells it. Empty where nothing is known of the images.
struct ImageCounts {
  ClassImages all;
  std::vector<GroupImages> groups;
  std::vector<std::string> attributes;  ///< in words: "age: young (below 30), old (above 65)"
  std::vector<std::string> seen;        ///< names of those that a table's features hold, too
};

std::int64_t sum_of(const std::vector<std::int64_t>& counts);

/// "3,500 for training, 500 for validation"; blank without counts.
std::string images_text(const ImageCounts& counts);

/// "benign 2,900 + 410, malignant 600 + 90": of each class training + validation; blank without counts.
std::string class_counts_text(const ClassImages& images, const std::vector<std::string>& classes);

/// A line for each group, at most 12: "- young: benign 190 + 27, malignant 6 + 1".
std::string group_counts_text(const ImageCounts& counts, const std::vector<std::string>& classes);

}  // namespace flnas::searches
