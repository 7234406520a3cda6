// What a reader came for, in five sentences and a figure: which model is more accurate, which is fairer, by how much,
// whether that is more than noise, and on how many people it rests.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "reports/data/all_trainings.h"
#include "reports/data/differences.h"
#include "reports/data/people.h"
#include "reports/data/sample_needed.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr const char* kConstant = "constant";
constexpr const char* kUnknown = "unknown";

struct Ranked {
  Model model;
  Cell cell;
};

/// Models that have the metric, the best first.
std::vector<Ranked> ranking(const ReportInputs& inputs, const Metric& metric) {
  std::vector<Ranked> ranked;
  for (const Model& model : inputs.models()) {
    Cell cell = over_trainings(inputs, model.name, metric);
    if (cell.value) ranked.push_back({model, std::move(cell)});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [&](const Ranked& a, const Ranked& b) {
    return metric.fairness() ? *a.cell.value < *b.cell.value : *a.cell.value > *b.cell.value;
  });
  return ranked;
}

/// Those that answer better than at random, as far as their balanced accuracy's interval tells: one that is equally
/// wrong for all is not fairer than they are.
std::vector<Ranked> above_chance(const ReportInputs& inputs, std::vector<Ranked> ranked) {
  const Run* run = inputs.first_measured();
  if (run == nullptr || run->record.model.classes < 1) return ranked;
  const double chance = 1.0 / static_cast<double>(run->record.model.classes);
  std::erase_if(ranked, [&](const Ranked& each) {
    const Cell balanced = over_trainings(inputs, each.model.name, metric_named("balanced_accuracy"));
    return balanced.low && *balanced.low <= chance;
  });
  return ranked;
}

/// Fewer digits than a table has.
NumberFormat format_of(const Metric& metric) {
  NumberFormat format = metric.format;
  format.digits = metric.fairness() ? 3 : 1;
  return format;
}

/// "80.5 % [75.5, 85.2]"
std::string figure_text(const Cell& cell, const Metric& metric) {
  const CellText text = cell_text(cell, {.key = "", .format = format_of(metric)});
  return text.value + (metric.fairness() ? "" : " %") + (text.interval.empty() ? "" : " " + text.interval);
}

std::string p_text(double p) {
  const std::string text = format_number(p, {.digits = 3, .probability = true});
  return text.front() == '<' ? "p < " + text.substr(1) : "p = " + text;
}

std::string title_of(const ReportInputs& inputs, const Model& model) {
  return model.name == kConstant ? "always answering with the most frequent class" : display_title(inputs, model);
}

/// "5.0 points [1.0, 9.0]: more than chance (p = 0.012, corrected for 28 comparisons)".
std::string difference_text(const ModelDifference& gap, const Metric& metric) {
  const CellText text = cell_text(gap.cell, {.key = "", .format = format_of(metric)});
  return fmt::format("{}{}{}: {} ({}{})", text.value, metric.fairness() ? "" : " points",
                     text.interval.empty() ? "" : " " + text.interval,
                     gap.settled() ? "more than chance" : "not more than chance", p_text(gap.p.value_or(1)),
                     gap.pairs > 1 ? fmt::format(", corrected for {} comparisons", gap.pairs) : "");
}

/// How many of the others the first differs from by more than chance, for the better.
std::string ahead_of(const ReportInputs& inputs, const std::vector<Ranked>& ranked, const Metric& metric) {
  int known = 0, ahead = 0;
  for (std::size_t i = 1; i < ranked.size(); ++i) {
    const auto gap = difference_of(inputs, ranked[0].model.name, ranked[i].model.name, metric);
    if (!gap || !gap->p) continue;
    ++known;
    const bool better = metric.fairness() ? *gap->cell.value < 0 : *gap->cell.value > 0;
    ahead += gap->settled() && better ? 1 : 0;
  }
  if (known < 2) return {};
  return fmt::format("; {} {} of the {} others by more than chance",
                     metric.fairness() ? "it is fairer than" : "it is ahead of",
                     ahead == 0 ? "none" : std::to_string(ahead), known);
}

/// Whether the first model differs from the next one, or alone from the constant predictor.
std::string is_it_noise(const ReportInputs& inputs, const std::vector<Ranked>& ranked, const Metric& metric) {
  const Model constant{.name = kConstant, .title = kConstant};
  const Model& other = ranked.size() > 1 ? ranked[1].model : constant;
  const auto gap = difference_of(inputs, ranked[0].model.name, other.name, metric);
  if (!gap || !gap->p) return "Whether the difference is more than chance was not tested";
  const std::string sample = metric.fairness() ? sample_to_settle(*gap, people_of(inputs)) : "";
  return fmt::format("On the same images it differs from {} by {}{}{}", title_of(inputs, other),
                     difference_text(*gap, metric),
                     sample.empty() || sample.starts_with("none") ? "" : "; " + sample + " would decide",
                     ahead_of(inputs, ranked, metric));
}

std::string more_accurate(const ReportInputs& inputs, const std::vector<Ranked>& ranked, const Metric& metric) {
  const Ranked& best = ranked.front();
  std::string text =
      fmt::format("{} {} has {}balanced accuracy, {}", strong("More accurate:"), title_of(inputs, best.model),
                  ranked.size() > 1 ? "the highest " : "a ", figure_text(best.cell, metric));
  if (ranked.size() > 1) {
    return text +
           fmt::format("; next is {} with {}.", title_of(inputs, ranked[1].model), figure_text(ranked[1].cell, metric));
  }
  const auto classes = inputs.first_measured()->record.model.classes;
  return text + (classes > 1 ? fmt::format("; answering at random gives {:.1f} %.", 100.0 / classes) : ".");
}

std::string groups_text(const ReportInputs& inputs) {
  std::vector<std::string> groups;
  if (const Run* run = inputs.first_measured()) {
    for (const auto& [name, unused] : run->metrics->groups) {
      if (name != kUnknown) groups.push_back(name);
    }
  }
  return fmt::format("{}", fmt::join(groups, ", "));
}

/// `left_out`: models that do not answer better than at random.
std::string fairer(const ReportInputs& inputs, const std::vector<Ranked>& ranked, std::size_t left_out,
                   const Metric& metric) {
  const Ranked& best = ranked.front();
  std::string text = fmt::format(
      "{} {}{} has {} Unfairness, {}: how far the accuracies of the groups ({}) lie from that of all, in sum",
      strong("Fairer:"),
      left_out == 0 ? ""
                    : fmt::format("without {} whose balanced accuracy may be that of guessing, ",
                                  counted(static_cast<long long>(left_out), "model")),
      title_of(inputs, best.model), ranked.size() > 1 ? "the least" : "an", figure_text(best.cell, metric),
      groups_text(inputs));
  if (ranked.size() > 1) {
    text += fmt::format("; next is {} with {}", title_of(inputs, ranked[1].model), figure_text(ranked[1].cell, metric));
  }
  return text + ".";
}

/// What a fair model of the same accuracy would show.
std::string against_fair(const ReportInputs& inputs, const Ranked& best, const Metric& metric) {
  if (!inputs.statistics) return {};
  const auto null =
      metric.fair(inputs.statistics->at(&StatisticsRecord::models)[best.model.name].at(&ModelStatistics::noise));
  if (!null || !null->mean || !null->p) return {};
  const bool by_class = inputs.statistics->record.rules() >= metrics::Rules::kVersion3;
  return fmt::format("; {} would show {}, so that {} is {}",
                     by_class ? "a fair model, whose answers depend on the class alone,"
                              : "a model that is right equally often in all groups",
                     format_number(*null->mean, format_of(metric)),
                     by_class ? "unfairness" : "a difference between groups, of which their mix of classes is a part,",
                     *null->p < kLevel ? "shown" : "not shown");
}

std::string rests_on(const ReportInputs& inputs) {
  const People people = people_of(inputs);
  std::string text = fmt::format("{} {}", strong("This rests on"), counted(people.images, "test image"));
  if (people.units && people.unit != people.example) {
    text += fmt::format(" of {}", counted(*people.units, people.unit));
  }
  if (people.smallest) {
    text += fmt::format("; the fewest are {} and {}, {}", people.smallest->group, people.smallest->of_class,
                        counted(people.smallest->images, "image"));
    if (people.support > 0 && people.smallest->images < people.support) {
      text += fmt::format(" (rates count from {} on)", people.support);
    }
  }
  std::size_t least = 0, most = 0;
  for (const Model& model : inputs.models()) {
    const auto seeds = runs_with(inputs, model.name, metric_named("accuracy")).size();
    if (seeds == 0) continue;
    least = least == 0 ? seeds : std::min(least, seeds);
    most = std::max(most, seeds);
  }
  const std::string seeds = least == most ? std::to_string(most) : fmt::format("{} to {}", least, most);
  text += most < 2 ? "; one training of each model, so that its luck is not known"
                   : "; " + seeds + " trainings of each model";
  if (const auto folds = inputs.reproduced().folds) text += fmt::format(", each in {} folds", *folds);
  return text + ".";
}

}  // namespace

void add_first_screen(const ReportInputs& inputs, Section& section) {
  const Metric& accuracy = metric_named("balanced_accuracy");
  const Metric& fairness = metric_named("unfairness_sum");
  List list;
  if (const auto ranked = ranking(inputs, accuracy); !ranked.empty()) {
    list.items.push_back(more_accurate(inputs, ranked, accuracy));
    list.items.push_back(is_it_noise(inputs, ranked, accuracy) + ".");
  }
  const auto all = ranking(inputs, fairness);
  if (const auto ranked = above_chance(inputs, all); !ranked.empty()) {
    list.items.push_back(fairer(inputs, ranked, all.size() - ranked.size(), fairness));
    list.items.push_back(is_it_noise(inputs, ranked, fairness) + against_fair(inputs, ranked.front(), fairness) + ".");
  }
  if (list.items.empty()) {
    list.items.emplace_back("No model was measured, so that there is nothing to compare; Table I says why.");
  } else {
    list.items.push_back(rests_on(inputs));
  }
  section.blocks.emplace_back(std::move(list));
  if (auto figure = accuracy_unfairness_figure(inputs)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
