#include "harness/nn/registry.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/names.h"

namespace flnas::nn {

const char* to_string(Match match) {
  switch (match) {
    case Match::kExact:
      return "exact";
    case Match::kApproximate:
      return "approximate";
    case Match::kNone:
      break;
  }
  return "none";
}

std::vector<std::string> Registry::names() const {
  std::vector<std::string> names;
  for (const auto& entry : entries_) names.push_back(entry.name);
  return names;
}

const ModelEntry* Registry::find(std::string_view name) const {
  for (const auto& entry : entries_) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

const ModelEntry& Registry::at(std::string_view name) const { return entries_[find_name("model", name, names())]; }

std::vector<std::int64_t> input_shape(const ModelOptions& options, std::int64_t batch) {
  if (options.columns.empty()) return {batch, 3, options.size, options.size};
  return {batch, static_cast<std::int64_t>(options.columns.size())};
}

void require_geometry(std::string_view model, const ModelOptions& options, std::int64_t least_size) {
  if (options.classes < 2) {
    throw ConfigError(fmt::format("{}: {} classes; a classifier needs at least 2", model, options.classes));
  }
  if (options.classes > kMostClasses || options.size > kMostPixels) {
    throw ConfigError(fmt::format("{}: {} classes at {} px; the most are {} classes and {} px", model, options.classes,
                                  options.size, kMostClasses, kMostPixels));
  }
  if (!options.columns.empty()) {
    throw ConfigError(
        fmt::format("{}: takes images, and the data are a table of {} columns; take logistic_regression, "
                    "mlp, or a perceptron's .json",
                    model, options.columns.size()));
  }
  if (options.size < least_size) {
    throw ConfigError(
        fmt::format("{}: images of {} px are too small; use at least {} px (--size)", model, options.size, least_size));
  }
}

}  // namespace flnas::nn
