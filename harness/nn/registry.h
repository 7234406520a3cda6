#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flnas::nn {

class Classifier;

/// The shapes that a model is built for.
struct ModelOptions {
  std::int64_t classes = 2;  ///< outputs, at least 2
  std::int64_t size = 224;   ///< images are [3, size, size]
  /// Of data that are a table: for each column 0 for a number, or how many categories are told apart, whose codes are 1
  /// to this and 0 for all others. Empty: images.
  std::vector<std::int64_t> columns = {};
};

/// The shape of a model's input: [batch, 3, size, size], or for a table [batch, columns].
std::vector<std::int64_t> input_shape(const ModelOptions& options, std::int64_t batch);

/// The geometry of Table I: every count and every hardware column is taken here.
inline constexpr ModelOptions kPaperGeometry{.classes = 2, .size = 224};

/// How a model corresponds to a row of Table I.
enum class Match {
  kNone,         ///< no row
  kApproximate,  ///< a row whose architecture is not identifiable; ours resembles it
  kExact,        ///< the same parameter count at the paper's geometry, by an identified architecture
};
/// "none", "approximate", "exact"
const char* to_string(Match match);

/// An entry of the registry: facts and a factory.
struct ModelEntry {
  std::string name;                              ///< "resnet18"
  std::string title;                             ///< "ResNet-18"
  std::string source;                            ///< the paper
  std::optional<std::int64_t> paper_parameters;  ///< Table I's count
  /// The strongest match that this model can have; `kExact` also requires the same parameter count.
  Match claim = Match::kNone;
  /// Builds it in training mode with random weights from libtorch's generator; throws ConfigError where the
  /// options do not fit.
  std::function<std::shared_ptr<Classifier>(const ModelOptions&)> make;
};

/// The models that a program knows, in the order of its listings. An explicit table, built in
/// harness/cli/model_registry.cc.
class Registry {
 public:
  explicit Registry(std::vector<ModelEntry> entries) : entries_(std::move(entries)) {}

  const std::vector<ModelEntry>& entries() const { return entries_; }
  std::vector<std::string> names() const;
  /// nullptr when there is no such name.
  const ModelEntry* find(std::string_view name) const;
  /// Throws ConfigError naming the nearest model.
  const ModelEntry& at(std::string_view name) const;

 private:
  std::vector<ModelEntry> entries_;
};

/// Bounds that catch mistakes before memory is allocated.
inline constexpr std::int64_t kMostClasses = 100'000;
inline constexpr std::int64_t kMostPixels = 4096;

/// Of a model of images. Throws ConfigError unless there are at least two classes and images of at least `least_size`
/// pixels a side, both within the bounds above.
void require_geometry(std::string_view model, const ModelOptions& options, std::int64_t least_size);

}  // namespace flnas::nn
