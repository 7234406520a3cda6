#include "searches/training/image_counts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "harness/base/text.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostGroups = 12;

}  // namespace

std::int64_t sum_of(const std::vector<std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

std::string images_text(const ImageCounts& counts) {
  if (counts.all.train.empty()) return "";
  return fmt::format("{} for training, {} for validation", with_thousands(sum_of(counts.all.train)),
                     with_thousands(sum_of(counts.all.validation)));
}

std::string class_counts_text(const ClassImages& images, const std::vector<std::string>& classes) {
  if (images.train.size() != classes.size() || images.validation.size() != classes.size()) return "";
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    parts.push_back(
        fmt::format("{} {} + {}", classes[c], with_thousands(images.train[c]), with_thousands(images.validation[c])));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string group_counts_text(const ImageCounts& counts, const std::vector<std::string>& classes) {
  std::vector<std::string> lines;
  for (std::size_t g = 0; g < std::min(kMostGroups, counts.groups.size()); ++g) {
    const GroupImages& group = counts.groups[g];
    lines.push_back(fmt::format("- {}: {}", group.name, class_counts_text(group.images, classes)));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace flnas::searches
