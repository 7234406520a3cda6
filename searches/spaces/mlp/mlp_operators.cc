#include "searches/spaces/mlp/mlp_operators.h"

#include <algorithm>
#include <functional>

namespace flnas::searches {
namespace {

std::int64_t depth_of(const Json& design) { return static_cast<std::int64_t>(design["widths"].size()); }

Json draw_widths(const MlpChoices& choices, std::int64_t depth, const std::function<bool(const Json&)>& is_sensible,
                 Random& random) {
  Json widths = Json::array();
  for (std::int64_t i = 0; i < depth; ++i) widths.push_back(pick_sensible(choices.width, is_sensible, random));
  return widths;
}

}  // namespace

Json sample(const MlpChoices& choices, Random& random) {
  const std::int64_t depth = pick_between(choices.least_blocks, choices.most_blocks, random);
  Json design = {{"widths", draw_widths(
                                choices, depth, [](const Json&) { return true; }, random)}};
  for (const Choice& choice : choices.options) design[choice.key] = pick(choice.values, random);
  return design;
}

Json sample_sensible(const MlpChoices& choices, Random& random) {
  constexpr std::int64_t kShallowest = 1, kDeepest = 3;
  const std::int64_t least = std::clamp(kShallowest, choices.least_blocks, choices.most_blocks);
  const std::int64_t most = std::clamp(kDeepest, least, choices.most_blocks);
  Json widths = draw_widths(
      choices, pick_between(least, most, random), [](const Json& width) { return width.get<std::int64_t>() >= 16; },
      random);
  std::sort(widths.begin(), widths.end(), std::greater<>());
  Json design = {{"widths", std::move(widths)}};
  for (const Choice& choice : choices.options) {
    const auto is_sensible = [&](const Json& value) {
      if (choice.key == "activation") return value != "tanh";
      if (choice.key == "dropout") return value.get<double>() <= 0.2;
      if (choice.key == "embedding") return value.get<std::int64_t>() <= 8;
      return true;
    };
    design[choice.key] = pick_sensible(choice, is_sensible, random);
  }
  return design;
}

Json edited(const Json& design, const MlpChoices& choices, Random& random) {
  Json changed = design;
  Json& widths = changed["widths"];
  switch (random.below(6)) {
    case 0:
      if (depth_of(design) < choices.most_blocks) {
        const auto at = static_cast<std::ptrdiff_t>(random.below(widths.size() + 1));
        widths.insert(widths.begin() + at, pick(choices.width.values, random));
      }
      break;
    case 1:
      if (depth_of(design) > choices.least_blocks) widths.erase(random.below(widths.size()));
      break;
    case 2:
      if (!widths.empty()) widths[random.below(widths.size())] = pick(choices.width.values, random);
      break;
    default: {
      const Choice& choice = choices.options[random.below(choices.options.size())];
      changed[choice.key] = pick(choice.values, random);
    }
  }
  return changed;
}

Json crossover(const Json& first, const Json& second, const MlpChoices& choices, Random& random) {
  const Json &front = first["widths"], &back = second["widths"];
  const auto least = static_cast<std::size_t>(choices.least_blocks),
             most = static_cast<std::size_t>(choices.most_blocks);
  const std::size_t kept = random.below(front.size() + 1), from = random.below(back.size() + 1);
  Json widths = Json::array();
  for (std::size_t i = 0; i < kept && widths.size() < most; ++i) widths.push_back(front[i]);
  for (std::size_t i = from; i < back.size() && widths.size() < most; ++i) widths.push_back(back[i]);
  // Too short a child takes more of its first parent.
  for (std::size_t i = kept; i < front.size() && widths.size() < least; ++i) widths.push_back(front[i]);
  Json child = {{"widths", std::move(widths)}};
  for (const Choice& choice : choices.options) {
    child[choice.key] = (random.below(2) == 0 ? first : second)[choice.key];
  }
  return child;
}

std::vector<Json> neighbours(const Json& design, const MlpChoices& choices) {
  std::vector<Json> found;
  const auto add = [&](const auto& change) {
    Json near = design;
    change(near);
    found.push_back(std::move(near));
  };
  for (const Choice& choice : choices.options) {
    for (const Json& value : near_values(choice, design[choice.key])) {
      add([&](Json& near) { near[choice.key] = value; });
    }
  }
  const Json& widths = design["widths"];
  for (std::size_t i = 0; i < widths.size(); ++i) {
    for (const Json& value : near_values(choices.width, widths[i])) {
      add([&](Json& near) { near["widths"][i] = value; });
    }
    if (depth_of(design) > choices.least_blocks) {
      add([&](Json& near) { near["widths"].erase(i); });
    }
    if (depth_of(design) < choices.most_blocks) {
      add([&](Json& near) {
        near["widths"].insert(near["widths"].begin() + static_cast<std::ptrdiff_t>(i), widths[i]);
      });
    }
  }
  if (widths.empty() && choices.most_blocks > 0) {
    for (const Json& width : choices.width.values) {
      add([&](Json& near) { near["widths"].push_back(width); });
    }
  }
  return found;
}

}  // namespace flnas::searches
