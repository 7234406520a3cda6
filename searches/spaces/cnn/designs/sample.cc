#include "searches/spaces/cnn/designs/sample.h"

#include <algorithm>

#include "searches/spaces/cnn/designs/design.h"

namespace flnas::searches {
namespace {

constexpr int kEditAttempts = 100;

bool pads(const Json& stage, std::int64_t padding) {
  const auto kernel = stage["kernel"].get<std::int64_t>();
  return stage["form"] == "residual" ? padding == (kernel - 1) / 2 : padding <= kernel / 2;
}

Json sample_stage(const Choices& choices, Random& random) {
  Json stage = Json::object();
  for (const Choice& choice : choices.stage) {
    if (choice.key != "padding") stage[choice.key] = pick(choice.values, random);
  }
  std::vector<Json> paddings;
  for (const Json& value : choices.of_stage("padding").values) {
    if (pads(stage, value.get<std::int64_t>())) paddings.push_back(value);
  }
  stage["padding"] = pick(paddings, random);
  return stage;
}

Json sample_head(const Choices& choices, Random& random) {
  Json head = {{"hidden", Json::array()}};
  const std::int64_t layers = pick_between(choices.least_hidden, choices.most_hidden, random);
  for (std::int64_t i = 0; i < layers; ++i) head["hidden"].push_back(pick(choices.width.values, random));
  for (const Choice& choice : choices.head) head[choice.key] = pick(choice.values, random);
  return head;
}

/// All keys in the schema's order.
Json tidy(const Json& design) { return canonical(nn::parse_architecture(design, "design")); }

/// Another value of one key; the padding follows where it no longer fits.
void set_stage(Json& stage, const std::string& key, const Json& value, const Choices& choices) {
  stage[key] = value;
  if (!pads(stage, stage["padding"].get<std::int64_t>())) {
    stage["padding"] = *padding_for(choices, stage["kernel"].get<std::int64_t>(), stage["form"] == "residual");
  }
}

void change_stage(Json& stage, const Choices& choices, Random& random) {
  const Choice& choice = choices.stage[random.below(choices.stage.size())];
  set_stage(stage, choice.key, pick(choice.values, random), choices);
}

void change_head(Json& head, const Choices& choices, Random& random) {
  Json& hidden = head["hidden"];
  switch (random.below(4)) {
    case 0: {
      const Choice& choice = choices.head[random.below(choices.head.size())];
      head[choice.key] = pick(choice.values, random);
      break;
    }
    case 1:
      if (static_cast<std::int64_t>(hidden.size()) < choices.most_hidden) {
        hidden.push_back(pick(choices.width.values, random));
      }
      break;
    case 2:
      if (static_cast<std::int64_t>(hidden.size()) > choices.least_hidden) hidden.erase(random.below(hidden.size()));
      break;
    default:
      if (!hidden.empty()) hidden[random.below(hidden.size())] = pick(choices.width.values, random);
  }
}

void edit(Json& design, const Choices& choices, Random& random) {
  Json& stages = design["stages"];
  const auto count = static_cast<std::int64_t>(stages.size());
  switch (random.below(6)) {
    case 0:
      if (count < choices.most_stages) {
        const auto at = static_cast<std::ptrdiff_t>(random.below(stages.size() + 1));
        stages.insert(stages.begin() + at, sample_stage(choices, random));
      }
      break;
    case 1:
      if (count > choices.least_stages) stages.erase(random.below(stages.size()));
      break;
    case 2:
      change_head(design["head"], choices, random);
      break;
    default:
      change_stage(stages[random.below(stages.size())], choices, random);
  }
}

}  // namespace

Json sample(const Choices& choices, Random& random) {
  Json design = {{"stages", Json::array()}};
  const std::int64_t stages = pick_between(choices.least_stages, choices.most_stages, random);
  for (std::int64_t i = 0; i < stages; ++i) design["stages"].push_back(sample_stage(choices, random));
  design["head"] = sample_head(choices, random);
  return tidy(design);
}

Json mutate(const Json& design, const Choices& choices, Random& random) {
  Json changed = design;
  for (int i = 0; i < kEditAttempts && changed == design; ++i) {
    edit(changed, choices, random);
    changed = tidy(changed);
  }
  return changed;
}

Json crossover(const Json& first, const Json& second, const Choices& choices, Random& random) {
  const Json &front = first["stages"], &back = second["stages"];
  const auto most = static_cast<std::size_t>(choices.most_stages);
  const std::size_t kept = 1 + random.below(std::min(front.size(), most));
  const std::size_t from = random.below(back.size() + 1);
  Json child = {{"stages", Json::array()}, {"head", (random.below(2) == 0 ? first : second)["head"]}};
  for (std::size_t i = 0; i < kept; ++i) child["stages"].push_back(front[i]);
  for (std::size_t i = from; i < back.size() && child["stages"].size() < most; ++i) child["stages"].push_back(back[i]);
  // Too short a child takes the rest of its first parent.
  for (std::size_t i = kept;
       i < front.size() && child["stages"].size() < static_cast<std::size_t>(choices.least_stages); ++i) {
    child["stages"].push_back(front[i]);
  }
  return tidy(child);
}

std::vector<Json> neighbours(const Json& design, const Choices& choices) {
  std::vector<Json> found;
  const auto add = [&](const auto& change) {
    Json near = design;
    change(near);
    near = tidy(near);
    if (near != design && std::find(found.begin(), found.end(), near) == found.end()) found.push_back(std::move(near));
  };
  const auto add_values = [&](const Choice& choice, const Json& present, const auto& set) {
    for (const Json& value : near_values(choice, present)) {
      add([&](Json& near) { set(near, value); });
    }
  };
  const Json &stages = design["stages"], &hidden = design["head"]["hidden"];
  for (std::size_t i = 0; i < stages.size(); ++i) {
    for (const Choice& choice : choices.stage) {
      add_values(choice, stages[i].at(choice.key),
                 [&](Json& near, const Json& value) { set_stage(near["stages"][i], choice.key, value, choices); });
    }
    if (static_cast<std::int64_t>(stages.size()) > choices.least_stages) {
      add([&](Json& near) { near["stages"].erase(i); });
    }
    if (static_cast<std::int64_t>(stages.size()) < choices.most_stages) {
      add([&](Json& near) {
        near["stages"].insert(near["stages"].begin() + static_cast<std::ptrdiff_t>(i), stages[i]);
      });
    }
  }
  for (const Choice& choice : choices.head) {
    add_values(choice, design["head"].at(choice.key),
               [&](Json& near, const Json& value) { near["head"][choice.key] = value; });
  }
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    add_values(choices.width, hidden[i], [&](Json& near, const Json& value) { near["head"]["hidden"][i] = value; });
  }
  if (static_cast<std::int64_t>(hidden.size()) > choices.least_hidden) {
    add([&](Json& near) { near["head"]["hidden"].erase(hidden.size() - 1); });
  }
  if (static_cast<std::int64_t>(hidden.size()) < choices.most_hidden) {
    add([&](Json& near) {
      near["head"]["hidden"].push_back(hidden.empty() ? choices.width.values.front() : hidden.back());
    });
  }
  return found;
}

}  // namespace flnas::searches
