#include "searches/llm/reply/sequential_layers.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace flnas::searches {
namespace {

constexpr std::array<std::string_view, 5> kWeighted = {"Conv2d", "BatchNorm2d", "GroupNorm", "BasicBlock", "Linear"};

bool is_call(const PyValue& value, std::string_view name) {
  return value.kind == PyValue::Kind::kCall && value.text == name;
}

class Walk {
 public:
  /// `name`: of the value itself; blank for the outermost Sequential.
  void layer(const PyValue& value, const std::string& name) {
    if (!is_call(value, "Sequential") && !is_call(value, "OrderedDict")) {
      layers.push_back({&value, name});
      return;
    }
    std::size_t place = 0;
    children(value, name.empty() ? "" : name + ".", place);
  }

  std::vector<SequentialLayer> layers;

 private:
  void children(const PyValue& call, const std::string& prefix, std::size_t& place) {
    for (const PyValue& item : call.items) child(item, prefix, place);
    for (const auto& [name, item] : call.named) layer(item, prefix + name);
  }
  void child(const PyValue& item, const std::string& prefix, std::size_t& place) {
    if (is_call(item, "OrderedDict")) {
      children(item, prefix, place);
    } else if (item.kind != PyValue::Kind::kList) {
      layer(item, prefix + std::to_string(place++));
    } else if (item.items.size() == 2 && item.items[0].kind == PyValue::Kind::kText) {  // ("conv1", Conv2d())
      layer(item.items[1], prefix + item.items[0].text);
    } else {
      for (const PyValue& each : item.items) child(each, prefix, place);
    }
  }
};

}  // namespace

std::vector<SequentialLayer> sequential_layers(const PyValue& call) {
  Walk walk;
  walk.layer(call, "");
  return std::move(walk.layers);
}

std::vector<std::string> names_of_weighted_layers(const PyValue& call) {
  std::vector<std::string> names;
  for (const auto& [value, name] : sequential_layers(call)) {
    if (value->kind == PyValue::Kind::kCall && std::ranges::find(kWeighted, value->text) != kWeighted.end()) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace flnas::searches
