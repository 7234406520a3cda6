#include "searches/spaces/autoformer/subnet_operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "harness/base/error.h"
#include "harness/base/text.h"

namespace flnas::searches {
namespace {

const std::vector<double>& ratios() {
  static const std::vector<double> all(std::begin(nn::kMlpRatios), std::end(nn::kMlpRatios));
  return all;
}

template <class Value>
Value pick(const std::vector<Value>& choices, Random& random) {
  return choices[random.below(choices.size())];
}

template <class Value>
Value another(const std::vector<Value>& choices, Value present, Random& random) {
  Value value = present;
  while (value == present) value = pick(choices, random);
  return value;
}

nn::AutoFormerLayer random_layer(const nn::AutoFormerSpace& space, Random& random) {
  const std::int64_t heads = pick(space.heads, random);
  return {.heads = heads, .mlp_ratio = pick(ratios(), random)};
}

void edit_depth(nn::AutoFormer& subnet, const nn::AutoFormerSpace& space, Random& random) {
  const bool longer =
      subnet.depth() == space.depths.front() || (subnet.depth() < space.depths.back() && random.below(2) == 0);
  const auto at = subnet.layers.begin() + static_cast<std::ptrdiff_t>(random.below(subnet.layers.size()));
  if (longer) {
    subnet.layers.insert(at, random_layer(space, random));
  } else {
    subnet.layers.erase(at);
  }
}

void edit(nn::AutoFormer& subnet, const nn::AutoFormerSpace& space, Random& random) {
  const std::uint64_t kind = random.below(10);
  if (kind == 0) {
    subnet.width = another(space.widths, subnet.width, random);
  } else if (kind == 1) {
    edit_depth(subnet, space, random);
  } else {
    auto& layer = subnet.layers[random.below(subnet.layers.size())];
    if (random.below(2) == 0) {
      layer.heads = another(space.heads, layer.heads, random);
    } else {
      layer.mlp_ratio = another(ratios(), layer.mlp_ratio, random);
    }
  }
}

[[noreturn]] void fail(const std::string& text) {
  throw ConfigError(
      fmt::format("'{}' is no subnet; expected WIDTH: HEADSxRATIO HEADSxRATIO ..., such as "
                  "192: 3x3.5 4x3 ...",
                  one_line(text, 80)));
}

}  // namespace

nn::AutoFormer random_subnet(const nn::AutoFormerSpace& space, std::int64_t width, std::int64_t depth, Random& random) {
  nn::AutoFormer subnet{.space = space.name, .width = width};
  for (std::int64_t i = 0; i < depth; ++i) subnet.layers.push_back(random_layer(space, random));
  return subnet;
}

nn::AutoFormer mutated(const nn::AutoFormer& parent, Random& random) {
  const auto& space = nn::autoformer_space(parent.space);
  nn::AutoFormer child{.space = parent.space, .width = parent.width, .layers = parent.layers};
  for (std::uint64_t edits = 1 + random.below(3); edits > 0; --edits) edit(child, space, random);
  return child;
}

nn::AutoFormer crossed(const nn::AutoFormer& first, const nn::AutoFormer& second, Random& random) {
  const auto either = [&]() -> const nn::AutoFormer& { return random.below(2) == 0 ? first : second; };
  nn::AutoFormer child{.space = first.space, .width = either().width};
  const std::size_t depth = either().layers.size();
  for (std::size_t i = 0; i < depth; ++i) {
    const auto& parent = either();
    const auto& source = i < parent.layers.size() ? parent : (&parent == &first ? second : first);
    child.layers.push_back(source.layers[i]);
  }
  return child;
}

std::vector<nn::AutoFormer> neighbours_of(const nn::AutoFormer& subnet) {
  const auto& space = nn::autoformer_space(subnet.space);
  const nn::AutoFormer plain{.space = subnet.space, .width = subnet.width, .layers = subnet.layers};
  std::vector<nn::AutoFormer> all;
  const auto add = [&](const auto& change) {
    nn::AutoFormer other = plain;
    change(other);
    all.push_back(std::move(other));
  };
  for (const std::int64_t width : space.widths) {
    if (width != subnet.width) add([&](auto& other) { other.width = width; });
  }
  for (std::size_t i = 0; i < subnet.layers.size(); ++i) {
    for (const std::int64_t heads : space.heads) {
      if (heads != subnet.layers[i].heads) add([&](auto& other) { other.layers[i].heads = heads; });
    }
    for (const double ratio : ratios()) {
      if (ratio != subnet.layers[i].mlp_ratio) add([&](auto& other) { other.layers[i].mlp_ratio = ratio; });
    }
  }
  if (subnet.depth() > space.depths.front()) add([](auto& other) { other.layers.pop_back(); });
  if (subnet.depth() < space.depths.back()) add([](auto& other) { other.layers.push_back(other.layers.back()); });
  return all;
}

std::string subnet_text(const nn::AutoFormer& subnet) {
  std::string text = fmt::format("{}:", subnet.width);
  for (const auto& layer : subnet.layers) text += fmt::format(" {}x{:g}", layer.heads, layer.mlp_ratio);
  return text;
}

nn::AutoFormer read_subnet(const std::string& text, const nn::AutoFormerSpace& space) {
  std::istringstream in(text);
  std::int64_t width = 0;
  char mark = 0;
  if (!(in >> width >> mark) || mark != ':') fail(text);
  Json json = {{"space", space.name}, {"width", width}, {"layers", Json::array()}};
  for (std::string word; in >> word;) {
    std::istringstream parts(word);
    std::int64_t heads = 0;
    double ratio = 0;
    if (!(parts >> heads >> mark >> ratio) || mark != 'x' || parts.peek() != EOF) fail(text);
    json["layers"].push_back({{"heads", heads}, {"mlp_ratio", ratio}});
  }
  return nn::parse_autoformer(json, "subnet");
}

}  // namespace flnas::searches
