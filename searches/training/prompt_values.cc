#include "searches/training/prompt_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "searches/training/design_text.h"
#include "searches/training/history_text.h"
#include "searches/training/objective_text.h"

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
  values["groups_seen"] = setting.counts.seen.empty()
                              ? "it does not see them"
                              : fmt::format("of these it sees {} alone", fmt::join(setting.counts.seen, " and "));
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
  values["objectives"] = objective_lines(rule.objectives, setting.parts);
  if (values["objectives"].empty()) values["fairness_" + setting.parts.fairness] = "yes";
  if (setting.parts.fairness != "none") values["fairness"] = "yes";
}

/// "sex 0.040, age 0.303": sums of the groups' terms; blank where it is not known which attribute groups are of, or
/// all are of one.
std::string unfairness_by_attribute(const Evaluation& design, const ImageCounts& counts) {
  std::vector<std::pair<std::string, double>> sums;
  for (const GroupScore& group : design.scores.groups) {
    const auto term = unfairness_term(group, design.scores);
    const auto of = std::find_if(counts.groups.begin(), counts.groups.end(),
                                 [&](const GroupImages& images) { return images.name == group.name; });
    if (!term || of == counts.groups.end()) continue;
    if (sums.empty() || sums.back().first != of->attribute) sums.emplace_back(of->attribute, 0);
    sums.back().second += *term;
  }
  if (sums.size() < 2) return "";
  std::vector<std::string> parts;
  for (const auto& [attribute, sum] : sums) parts.push_back(fmt::format("{} {:.3f}", attribute, sum));
  return fmt::format("{}", fmt::join(parts, ", "));
}

void add_best_training(Values& values, const PromptSetting& setting, const Evaluation& best) {
  if (!setting.detail) return;
  const TrainingDetail detail = setting.detail(best);
  values["curve"] = curve_text(detail, best.scores.best_epoch);
  values["decision"] = decision_text(detail);
}

void add_best(Values& values, const PromptSetting& setting, const Best& found, const Json& design) {
  const PromptParts& parts = setting.parts;
  const Evaluation& best = *found.evaluation;
  values["best"] = setting.space.written(design);
  values["best_name"] = best.name;
  if (parts.metrics) {
    if (!found.meets_floor) values["best_name"] += " (none reaches the floor yet, and so none counts)";
    values["metrics"] = metrics_text(best, parts);
    if (const Objectives further = further_objectives(setting.rule.objectives, parts); !further.empty()) {
      values["metrics"] += fmt::format(" Of the other objectives: {}.", objectives_text(best, further));
    }
    const bool repeated = !repeats_text(setting.repeats, parts).empty();
    values["noise"] = noise_text(best, sum_of(setting.counts.all.validation), parts, repeated);
    add_best_training(values, setting, best);
  }
  if (parts.groups) {
    values["groups"] = groups_text(best, parts);
    values["worst_group"] = worst_group_text(best);
    if (parts.metrics && parts.fairness != "none") {
      values["unfairness_by_attribute"] = unfairness_by_attribute(best, setting.counts);
    }
  }
  if (parts.hardware) values["stages"] = setting.space.part_costs(design);
}

}  // namespace

std::map<std::string, std::string> prompt_values(const PromptSetting& setting, const History& history) {
  Values values;
  add_data(values, setting);
  add_space(values, setting);
  add_rule(values, setting);
  if (setting.parts.metrics) values["repeats"] = repeats_text(setting.repeats, setting.parts);
  values["rule_limits"] = rule_limits_text(history, setting.rule, setting.parts);
  const std::size_t done = history.evaluations.size();
  if (setting.budget > done) values["left"] = fmt::format("{} of {}", setting.budget - done, setting.budget);
  if (setting.parts.history && done > 0) {
    const HistoryText text = history_text(history, setting.rule, setting.parts, setting.space.brief);
    values["history"] = text.lines;
    values["history_marks"] = text.marks;
    values["history_columns"] = text.columns;
    values["history_groups"] = text.groups;
    values["history_note"] = text.note;
  }
  const Best best = get_best(usable(history.evaluations), setting.rule);
  if (best.evaluation != nullptr) add_best(values, setting, best, history.design_of(*best.evaluation));
  return values;
}

}  // namespace flnas::searches
