#include "searches/training/run_image_counts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "harness/train/run_data.h"

namespace flnas::searches {
namespace {

/// "young (below 30)", "middle (30 to 65)"; a category is its name.
std::string group_text(const Attribute& attribute, const Group& group) {
  if (!attribute.numeric) return group.name;
  const bool from = std::isfinite(group.low), to = std::isfinite(group.high);
  if (from && to) return fmt::format("{} ({:g} to {:g})", group.name, group.low, group.high);
  if (to) return fmt::format("{} ({} {:g})", group.name, group.high_included ? "up to" : "below", group.high);
  if (from) return fmt::format("{} ({} {:g})", group.name, group.low_included ? "from" : "above", group.low);
  return group.name;
}

std::string attribute_text(const Attribute& attribute) {
  std::vector<std::string> groups;
  for (const Group& group : attribute.groups) groups.push_back(group_text(attribute, group));
  return fmt::format("{}: {}", attribute.name, fmt::join(groups, ", "));
}

}  // namespace

ImageCounts count_images(const RunData& data) {
  const Table& table = data.table();
  const std::size_t classes = data.task().classes.size();
  const ClassImages none{std::vector<std::int64_t>(classes), std::vector<std::int64_t>(classes)};
  ImageCounts counts{.all = none, .groups = {}, .attributes = {}, .seen = {}};
  std::vector<std::size_t> first;  // of each attribute's groups
  for (const Attribute& attribute : table.adapter.attributes) {
    first.push_back(counts.groups.size());
    counts.attributes.push_back(attribute_text(attribute));
    const auto& features = table.adapter.features;
    const bool is_seen = std::any_of(features.begin(), features.end(), [&](const Feature& feature) {
      return feature.name == attribute.name || feature.name == attribute.column;
    });
    if (is_seen) counts.seen.push_back(attribute.name);
    for (const Group& group : attribute.groups) counts.groups.push_back({attribute.name, group.name, none});
  }
  const auto add = [&](const char* subset, std::vector<std::int64_t> ClassImages::*part) {
    for (const std::size_t index : data.rows(subset)) {
      const Row& row = table.rows[index];
      const auto label = static_cast<std::size_t>(data.task().class_of[static_cast<std::size_t>(row.label)]);
      ++(counts.all.*part)[label];
      for (std::size_t a = 0; a < row.groups.size(); ++a) {
        if (row.groups[a] < 0) continue;
        ++(counts.groups[first[a] + static_cast<std::size_t>(row.groups[a])].images.*part)[label];
      }
    }
  };
  add("train", &ClassImages::train);
  add("validation", &ClassImages::validation);
  return counts;
}

}  // namespace flnas::searches
