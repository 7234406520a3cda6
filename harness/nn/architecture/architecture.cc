#include "harness/nn/architecture/architecture.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "resources/nn.h"

namespace flnas::nn {
namespace {

std::int64_t padding_of(const Stage& stage) { return stage.padding.value_or((stage.kernel - 1) / 2); }

/// Side of the map after a stage, or 0 where there is none.
std::int64_t side_after(const Stage& stage, std::int64_t side) {
  const std::int64_t room = side + 2 * padding_of(stage) - stage.kernel;
  if (room < 0) return 0;
  side = room / stage.stride + 1;
  return stage.pooling == Pooling::kNone ? side : side / 2;
}

bool fits(const Architecture& architecture, std::int64_t size) {
  for (const Stage& stage : architecture.stages) {
    size = side_after(stage, size);
    if (size < 1) return false;
  }
  return true;
}

/// Only searched for in an error's text.
std::int64_t least_size(const Architecture& architecture) {
  std::int64_t high = 1;
  while (high < (std::int64_t{1} << 40) && !fits(architecture, high)) high *= 2;
  std::int64_t low = high / 2;
  while (low + 1 < high) {
    const std::int64_t middle = (low + high) / 2;
    (fits(architecture, middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

std::vector<MapShape> map_shapes(const Architecture& architecture, std::int64_t size) {
  std::vector<MapShape> shapes;
  std::int64_t side = size;
  for (const Stage& stage : architecture.stages) {
    side = side_after(stage, side);
    if (side < 1) {
      throw ConfigError(
          fmt::format("{}: images of {} px shrink to nothing in stages[{}]; use at least {} px, or "
                      "less pooling and stride",
                      architecture.name.empty() ? "architecture" : architecture.name, size, shapes.size(),
                      least_size(architecture)));
    }
    shapes.push_back({stage.channels, side, side});
  }
  return shapes;
}

std::string_view architecture_schema() { return *resource("harness/nn/architecture/architecture.schema.json"); }

}  // namespace flnas::nn
