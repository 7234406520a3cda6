#include "searches/spaces/cnn/prompt_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/text.h"
#include "searches/spaces/cnn/design.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kLatest = 6;
constexpr std::size_t kBest = 6;
constexpr std::size_t kMostGroups = 16;
constexpr std::size_t kMostChoice = 200;  ///< characters of one line of the choices

std::string percent(const std::optional<double>& share) { return share ? fmt::format("{:.2f} %", 100 * *share) : "-"; }
std::string figure(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; }

std::string latency_limit_text(const Limits& limits) {
  return limits.latency_us ? fmt::format("{:.3f} ms", *limits.latency_us / 1e3) : "";
}

std::string latency_text(const DesignCost& cost) {
  if (!cost.latency_us) return {};
  return fmt::format(", latency {:.3f} ms per image ({} on {}), throughput {:.1f} images per second",
                     *cost.latency_us / 1e3, cost.latency_mark, cost.target, 1e6 / *cost.latency_us);
}

std::string metrics_text(const Evaluation& best, const PromptParts& parts) {
  const Scores& s = best.scores;
  std::string text = fmt::format(
      "train loss {}, train accuracy {}, validation loss {}, validation accuracy {}, "
      "balanced accuracy {}",
      figure(s.train_loss), percent(s.train_accuracy), figure(s.validation_loss), percent(s.accuracy),
      percent(s.balanced_accuracy));
  if (parts.fairness != "none") {
    text += fmt::format(", Unfairness {}, EODD {}, EOPP1 {}, EOPP2 {}", figure(s.unfairness_sum), figure(s.eodd),
                        figure(s.eopp1), figure(s.eopp2));
  }
  if (parts.hardware) {
    text += fmt::format(", {} parameters, {} multiply-accumulates an image, {} peak memory of a training step{}",
                        with_thousands(best.cost.parameters), with_thousands(best.cost.macs),
                        format_bytes(static_cast<double>(best.cost.memory_bytes)), latency_text(best.cost));
  }
  return text + ".";
}

std::string groups_text(const Evaluation& best) {
  std::vector<std::string> lines;
  for (const GroupScore& group : best.scores.groups) {
    if (group.n == 0 || lines.size() == kMostGroups) continue;
    lines.push_back(fmt::format("- {}: {} of {} images", group.name, percent(group.accuracy), group.n));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string worst_group_text(const Evaluation& best) {
  const GroupScore* worst = nullptr;
  for (const GroupScore& group : best.scores.groups) {
    if (!group.accuracy || group.name == "unknown") continue;
    if (worst == nullptr || *group.accuracy < *worst->accuracy) worst = &group;
  }
  return worst == nullptr ? "" : fmt::format("'{}' ({})", worst->name, percent(worst->accuracy));
}

/// The latest designs and the best ones, in the order of the search.
std::string history_text(const PromptSetting& setting, const History& history) {
  const auto all = usable(history.evaluations);
  auto kept = top(all, setting.rule, kBest);
  for (std::size_t i = all.size() > kLatest ? all.size() - kLatest : 0; i < all.size(); ++i) kept.push_back(all[i]);
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  std::vector<std::string> lines;
  for (const Evaluation* e : kept) {
    std::string line = fmt::format("- {}: {}", e->name, design_brief(history.design_of(*e)));
    if (setting.parts.metrics) {
      line += " -> accuracy " + percent(e->scores.accuracy);
      if (setting.parts.fairness != "none") line += ", Unfairness " + figure(e->scores.unfairness_sum);
      if (setting.parts.hardware) line += fmt::format(", {} parameters", with_thousands(e->cost.parameters));
    }
    lines.push_back(line);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace

std::string design_brief(const Json& design) {
  std::vector<std::string> parts;
  for (const Json& stage : design["stages"]) {
    std::string text =
        fmt::format("{}k{}s{}", stage["channels"].get<int>(), stage["kernel"].get<int>(), stage["stride"].get<int>());
    for (const char* key : {"form", "norm", "activation", "pooling"}) {
      const auto word = stage[key].get<std::string>();
      if (word != "none" && word != "plain") text += " " + word;
    }
    if (stage["dropout"] != 0) text += fmt::format(" dropout {:g}", stage["dropout"].get<double>());
    parts.push_back(text);
  }
  std::string head = design["head"]["reduce"];
  for (const Json& width : design["head"]["hidden"]) head += " " + width.dump();
  parts.push_back(head);
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string choices_text(const Choices& choices) {
  std::string text = fmt::format("- number of stages: {} to {}\n", choices.least_stages, choices.most_stages);
  const auto line = [&](const std::string& name, const Choice& choice) {
    const bool cut = choice.text.size() > kMostChoice;
    text += fmt::format("- {}: {}{}\n", name, choice.text.substr(0, kMostChoice), cut ? ", ..." : "");
  };
  for (const Choice& choice : choices.stage) line("stage " + choice.key, choice);
  text += fmt::format("- head hidden: {} to {} layers\n", choices.least_hidden, choices.most_hidden);
  line("width of a hidden layer", choices.width);
  for (const Choice& choice : choices.head) line("head " + choice.key, choice);
  text.pop_back();
  return text;
}

std::string limits_text(const Limits& limits) {
  std::vector<std::string> parts;
  if (limits.parameters) parts.push_back(with_thousands(*limits.parameters) + " parameters");
  if (limits.macs) parts.push_back(with_thousands(*limits.macs) + " multiply-accumulates an image");
  if (limits.memory_bytes) {
    parts.push_back(format_bytes(static_cast<double>(*limits.memory_bytes)) + " of memory in a training step");
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::map<std::string, std::string> prompt_values(const PromptSetting& setting, const History& history) {
  const PromptParts& parts = setting.parts;
  std::map<std::string, std::string> values;
  values["data"] = setting.data;
  values["size"] = fmt::format("{}", setting.size);
  values["classes"] = fmt::format("{}", fmt::join(setting.classes, ", "));
  values["class_count"] = fmt::format("{}", setting.classes.size());
  values["template"] = canonical(setting.space.basic).dump();
  values["choices"] = choices_text(setting.space.choices);
  values["floor"] = percent(setting.rule.floor);
  values["fairness_" + parts.fairness] = "yes";
  if (parts.fairness != "none") values["fairness"] = "yes";
  if (parts.hardware) {
    values["limits"] = limits_text(setting.space.choices.limits);
    values["latency_limit"] = latency_limit_text(setting.space.choices.limits);
    values["hardware"] = setting.device;
  }
  const Best best = get_best(usable(history.evaluations), setting.rule);
  if (best.evaluation == nullptr) return values;
  values["best"] = history.design_of(*best.evaluation).dump();
  if (parts.metrics) values["metrics"] = metrics_text(*best.evaluation, parts);
  if (parts.groups) {
    values["groups"] = groups_text(*best.evaluation);
    values["worst_group"] = worst_group_text(*best.evaluation);
  }
  if (parts.history) values["history"] = history_text(setting, history);
  return values;
}

}  // namespace flnas::searches
