#include "searches/training/prompt_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "searches/training/design_text.h"

namespace flnas::searches {
namespace {

using Values = std::map<std::string, std::string>;

void add_data(Values& values, const PromptSetting& setting) {
  values["data"] = setting.data;
  if (setting.size > 0) values["size"] = fmt::format("{}", setting.size);
  values["classes"] = fmt::format("{}", fmt::join(setting.classes, ", "));
  values["class_count"] = fmt::format("{}", setting.classes.size());
  values["images"] = images_text(setting.counts);
  values["class_images"] = class_counts_text(setting.counts.all, setting.classes);
  values["recipe"] = setting.recipe;
  if (!setting.parts.groups) return;
  values["attributes"] = fmt::format("{}", fmt::join(setting.counts.attributes, "; "));
  values["group_images"] = group_counts_text(setting.counts, setting.classes);
}

void add_space(Values& values, const PromptSetting& setting) {
  const SpaceWords& space = setting.space;
  values["networks"] = space.networks;
  values["network"] = space.network;
  values["inputs"] = space.inputs;
  values["template"] = space.basic;
  values["form"] = space.form;
  values["parts"] = space.parts;
  values["choices"] = space.choices;
  values["rules"] = space.rules;
  values["notation"] = space.notation;
  values["forms"] = space.forms ? space.forms(setting.parts.hardware) : "";
  if (!setting.parts.hardware) return;
  values["limits"] = space.limits;
  if (space.latency_limit_us) values["latency_limit"] = fmt::format("{:.3f} ms", *space.latency_limit_us / 1e3);
  values["hardware"] = setting.device;
}

void add_rule(Values& values, const PromptSetting& setting) {
  const BestRule& rule = setting.rule;
  values["floor"] = fmt::format("{:.2f} %", 100 * rule.floor);
  values["balanced_within"] = fmt::format("{:g}", rule.balanced_within);
  values["fair_within"] = fmt::format("{:g}", rule.fair_within);
  values["fairness_" + setting.parts.fairness] = "yes";
  if (setting.parts.fairness != "none") values["fairness"] = "yes";
}

void add_best(Values& values, const PromptSetting& setting, const Best& found, const Json& design) {
  const PromptParts& parts = setting.parts;
  const Evaluation& best = *found.evaluation;
  values["best"] = design.dump();
  values["best_name"] = best.name;
  if (parts.metrics) {
    if (!found.meets_floor) values["best_name"] += " (none reaches the floor yet, and so none counts)";
    values["metrics"] = metrics_text(best, parts);
    values["noise"] = noise_text(best, sum_of(setting.counts.all.validation), parts);
  }
  if (parts.groups) {
    values["groups"] = groups_text(best);
    values["worst_group"] = worst_group_text(best);
  }
  if (parts.hardware) values["stages"] = setting.space.part_costs(design);
}

}  // namespace

std::map<std::string, std::string> prompt_values(const PromptSetting& setting, const History& history) {
  Values values;
  add_data(values, setting);
  add_space(values, setting);
  add_rule(values, setting);
  const std::size_t done = history.evaluations.size();
  if (setting.budget > done) values["left"] = fmt::format("{} of {}", setting.budget - done, setting.budget);
  if (setting.parts.history && done > 0) {
    const HistoryText text = history_text(history, setting.rule, setting.parts, setting.space.brief);
    values["history"] = text.lines;
    values["history_columns"] = text.columns;
    values["history_note"] = text.note;
  }
  const Best best = get_best(usable(history.evaluations), setting.rule);
  if (best.evaluation != nullptr) add_best(values, setting, best, history.design_of(*best.evaluation));
  return values;
}

}  // namespace flnas::searches
