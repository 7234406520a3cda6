#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/data/report_inputs.h"
#include "reports/document/document.h"

namespace flnas::reports {

// Each figure is a gnuplot script made from the same records as the tables; none where there is nothing to draw.

/// Accuracy over unfairness_sum with both intervals, the paper's points beside ours, and the constant predictor.
std::optional<Figure> accuracy_unfairness_figure(const ReportInputs& inputs);
/// Unfairness over the number of parameters, every trained network a point, with the band of fair models and the line
/// whose slope questions.json has; none below three networks.
std::optional<Figure> size_unfairness_figure(const ReportInputs& inputs);
/// The same in several domains, a colour each; none where the study's questions have no second domain.
std::optional<Figure> domains_figure(const ReportInputs& inputs);
/// Accuracy of each group for each model, with intervals.
std::optional<Figure> group_accuracy_figure(const ReportInputs& inputs, const std::vector<std::string>& groups);
/// Parameter counts on a log axis, paper and ours.
std::optional<Figure> parameters_figure(const ReportInputs& inputs);
/// Memory of a training step on a log axis, paper and ours.
std::optional<Figure> memory_figure(const ReportInputs& inputs);
/// Latency at batch 2 on a log axis: this machine, and the paper's A10 and Raspberry Pi 4.
std::optional<Figure> latency_figure(const ReportInputs& inputs);
/// Training and validation loss by epoch, a panel for each model.
std::optional<Figure> training_figure(const ReportInputs& inputs);

/// Searches that are drawn alike: those of one configuration, one for each seed, or a single one.
struct SearchGroup {
  std::string name;
  std::vector<const Search*> searches;
};
/// The best design's Unfairness over the number of evaluated designs, a line for each group. `folder` is in the
/// figure's id.
std::optional<Figure> search_trajectory_figure(const std::string& folder, const std::vector<SearchGroup>& groups);
/// All designs, accuracy over Unfairness, with their Pareto front.
std::optional<Figure> search_front_figure(const std::string& folder, const std::vector<SearchGroup>& groups);
/// Share of the true front's hypervolume over evaluations, a line for each strategy.
std::optional<Figure> nas_curve_figure(const NasSearch& nas);
/// Share of the evaluations in each tenth of the candidates by cost.
std::optional<Figure> nas_coverage_figure(const NasSearch& nas);
/// Fronts and the true front, a figure for each data set with a panel for each device.
std::vector<Figure> nas_front_figures(const NasSearch& nas);

}  // namespace flnas::reports
