// What a reader came for, in five sentences and a figure: which model is more accurate, which is fairer, by how much,
// whether that is more than noise, and on how many people it rests.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

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

/// First those that answer better than at random, as far as their balanced accuracy's interval tells, then the others:
/// one that is equally wrong for all is not fairer.
std::pair<std::vector<Ranked>, std::vector<Ranked>> by_chance(const ReportInputs& inputs, std::vector<Ranked> ranked) {
  const Run* run = inputs.first_measured();
  if (run == nullptr || run->record.model.classes < 1) return {std::move(ranked), {}};
  const double chance = 1.0 / static_cast<double>(run->record.model.classes);
  const auto guesses = std::stable_partition(ranked.begin(), ranked.end(), [&](const Ranked& each) {
    const Cell balanced = over_trainings(inputs, each.model.name, metric_named("balanced_accuracy"));
    return !balanced.low || *balanced.low > chance;
  });
  std::vector<Ranked> left_out(std::make_move_iterator(guesses), std::make_move_iterator(ranked.end()));
  ranked.erase(guesses, ranked.end());
  return {std::move(ranked), std::move(left_out)};
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
  return fmt::format(" It is {} {} of the {} others by more than chance.",
                     metric.fairness() ? "fairer than" : "ahead of", ahead == 0 ? "none" : std::to_string(ahead),
                     known);
}

/// Whether the first model differs from the next one, or alone from the constant predictor, whose fairness says
/// nothing: blank there.
std::string is_it_noise(const ReportInputs& inputs, const std::vector<Ranked>& ranked, const Metric& metric) {
  const bool alone = ranked.size() < 2;
  if (alone && metric.fairness()) return {};
  const Model constant{.name = kConstant, .title = kConstant};
  const Model& other = alone ? constant : ranked[1].model;
  const auto gap = difference_of(inputs, ranked[0].model.name, other.name, metric);
  if (!gap || !gap->p) {
    return alone
               ? ""
               : fmt::format("Whether it differs from {} by more than chance was not tested.", title_of(inputs, other));
  }
  std::string text = fmt::format("On the same images the difference from {} is {}.", title_of(inputs, other),
                                 difference_text(*gap, metric));
  const std::string sample = metric.fairness() ? sample_to_settle(*gap, people_of(inputs)) : "";
  if (!sample.empty() && !sample.starts_with("none")) text += fmt::format(" To decide it would take {}.", sample);
  return text + ahead_of(inputs, ranked, metric);
}

std::string more_accurate(const ReportInputs& inputs, const std::vector<Ranked>& ranked, const Metric& metric) {
  const Ranked& best = ranked.front();
  const std::string title = title_of(inputs, best.model), figure = figure_text(best.cell, metric);
  if (ranked.size() > 1) {
    return fmt::format("{} {} has the highest balanced accuracy, {}; next is {} with {}.", strong("More accurate:"),
                       title, figure, title_of(inputs, ranked[1].model), figure_text(ranked[1].cell, metric));
  }
  const auto classes = inputs.first_measured()->record.model.classes;
  return fmt::format("{} {} has a balanced accuracy of {}{}.", strong("Accuracy:"), title, figure,
                     classes > 1 ? fmt::format("; answering at random gives {:.1f} %", 100.0 / classes) : "");
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

/// "MobileNetV1 and Search-1"; their number where they are many.
std::string titles_text(const ReportInputs& inputs, const std::vector<Ranked>& models) {
  constexpr std::size_t kMost = 3;
  if (models.size() > kMost) return counted(static_cast<long long>(models.size()), "model");
  std::string text;
  for (std::size_t i = 0; i < models.size(); ++i) {
    text += (i == 0 ? "" : i + 1 < models.size() ? ", " : " and ") + title_of(inputs, models[i].model);
  }
  return text;
}

/// `left_out`: models that do not answer better than at random.
std::string fairer(const ReportInputs& inputs, const std::vector<Ranked>& ranked, const std::vector<Ranked>& left_out,
                   const Metric& metric) {
  const Ranked& best = ranked.front();
  const std::string title = title_of(inputs, best.model), figure = figure_text(best.cell, metric);
  std::string text;
  if (ranked.size() > 1) {
    text = fmt::format("{} {} has the lowest Unfairness, {}; next is {} with {}.", strong("Fairer:"), title, figure,
                       title_of(inputs, ranked[1].model), figure_text(ranked[1].cell, metric));
  } else {
    text = fmt::format("{} {} has an Unfairness of {}.", strong("Fairness:"), title, figure);
  }
  text += fmt::format(" It adds up how far the accuracies of the groups ({}) lie from the accuracy of all.",
                      groups_text(inputs));
  if (!left_out.empty()) {
    text +=
        fmt::format(" {} {} not shown to do better than guessing and {} left out here.", titles_text(inputs, left_out),
                    left_out.size() == 1 ? "is" : "are", left_out.size() == 1 ? "is" : "are");
  }
  return text;
}

/// What a fair model of the same accuracy would show.
std::string against_fair(const ReportInputs& inputs, const Ranked& best, const Metric& metric) {
  if (!inputs.statistics) return {};
  const auto null =
      metric.fair(inputs.statistics->at(&StatisticsRecord::models)[best.model.name].at(&ModelStatistics::noise));
  if (!null || !null->mean || !null->p) return {};
  const bool by_class = inputs.statistics->record.metrics_version.value_or(1) > 2;
  return fmt::format("By chance alone, {} would show {}: {} {} shown.",
                     by_class ? "a fair model, whose answers depend on the class alone,"
                              : "a model that is right equally often in all groups",
                     format_number(*null->mean, format_of(metric)),
                     by_class ? "unfairness" : "a difference between groups, of which their mix of classes is a part,",
                     *null->p < kLevel ? "is" : "is not");
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
  const auto add = [&](std::string sentences) {
    if (!sentences.empty()) list.items.push_back(std::move(sentences));
  };
  if (const auto ranked = ranking(inputs, accuracy); !ranked.empty()) {
    add(more_accurate(inputs, ranked, accuracy));
    add(is_it_noise(inputs, ranked, accuracy));
  }
  const auto all = ranking(inputs, fairness);
  if (const auto [ranked, left_out] = by_chance(inputs, all); !ranked.empty()) {
    add(fairer(inputs, ranked, left_out, fairness));
    const std::string noise = is_it_noise(inputs, ranked, fairness);
    const std::string fair = against_fair(inputs, ranked.front(), fairness);
    add(noise + (noise.empty() || fair.empty() ? "" : " ") + fair);
  } else if (!all.empty()) {
    add(fmt::format("{} no model is shown to do better than guessing, so that their fairness is not compared.",
                    strong("Fairness:")));
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
