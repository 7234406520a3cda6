#include <fmt/format.h>

#include <algorithm>

#include "reports/data/measures.h"
#include "reports/figures/figures.h"
#include "reports/figures/script.h"

namespace flnas::reports {
namespace {

struct Curve {
  std::string title;
  std::vector<Epoch> epochs;
  double best = 0;
};

std::vector<Curve> curves_of(const ReportInputs& inputs) {
  std::vector<Curve> curves;
  for (const Model& model : inputs.models()) {
    const Run* run = inputs.run_of(model.name);
    if (run == nullptr || !run->usable()) continue;
    Curve curve{display_title(inputs, model), history_of(inputs, *run),
                run->record.training ? static_cast<double>(run->record.training->best_epoch) : 0};
    if (!curve.epochs.empty()) curves.push_back(std::move(curve));
  }
  return curves;
}

/// The losses' common top: the highest, but at most three times the median, so that one bad epoch does not flatten all.
double common_top(const std::vector<Curve>& curves) {
  std::vector<double> losses;
  for (const Curve& curve : curves) {
    for (const Epoch& epoch : curve.epochs) {
      for (const auto& loss : {epoch.train_loss, epoch.validation_loss}) {
        if (loss) losses.push_back(*loss);
      }
    }
  }
  if (losses.empty()) return 0;
  std::sort(losses.begin(), losses.end());
  return 1.05 * std::min(losses.back(), 3 * losses[losses.size() / 2]);
}

}  // namespace

std::optional<Figure> training_figure(const ReportInputs& inputs) {
  const auto curves = curves_of(inputs);
  const double top = common_top(curves);
  if (curves.empty() || top <= 0) return std::nullopt;
  constexpr int kColumns = 4;
  const int columns = std::min<int>(kColumns, static_cast<int>(curves.size()));
  const int rows = (static_cast<int>(curves.size()) + columns - 1) / columns;
  double last = 2;
  for (const Curve& curve : curves) last = std::max(last, static_cast<double>(curve.epochs.back().epoch));

  const int width = 860, height = 60 + 178 * rows;
  Script script(width, height);
  script.line(fmt::format("set xrange [0.7:{}]", Script::number(last + 0.3)));
  script.line(fmt::format("set yrange [0:{}]", Script::number(top)));
  script.line(last <= 6 ? "set xtics 1" : "set xtics autofreq");
  script.line("set xtics font ',11' offset 0,0.3");
  script.line("set ytics font ',11' offset 0.4,0");
  script.line("set multiplot");
  script.label("train", fmt::format("screen 0.06,{}", Script::number(1 - 14.0 / height)),
               fmt::format("left textcolor rgb '{}' font ',13'", kBlue));
  script.label("validation", fmt::format("screen 0.115,{}", Script::number(1 - 14.0 / height)),
               fmt::format("left textcolor rgb '{}' font ',13'", kVermilion));
  script.label("upright line: the epoch that was kept",
               fmt::format("screen 0.21,{}", Script::number(1 - 14.0 / height)),
               fmt::format("left textcolor rgb '{}' font ',13'", kSoft));
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const int column = static_cast<int>(i) % columns;
    const int row = static_cast<int>(i) / columns;
    const int cell = (width - 62) / columns;
    const int left = 62 + column * cell;
    const int panel_top = 44 + row * 178;
    script.margins(left, width - left - cell + 18, panel_top + 14, height - panel_top - 142);
    script.line(column == 0 ? fmt::format("set ylabel 'loss' offset 0.8,0 textcolor rgb '{}'", kInk) : "unset ylabel");
    script.line(column == 0 ? "set format y '%g'" : "set format y ''");  // one scale for all
    const bool lowest = i + static_cast<std::size_t>(columns) >= curves.size();
    script.line(lowest ? fmt::format("set xlabel 'epoch' offset 0,0.7 textcolor rgb '{}'", kInk) : "unset xlabel");
    script.label(curves[i].title, "graph 0.5,1.06", fmt::format("center textcolor rgb '{}'", kInk));
    std::vector<std::vector<double>> data;
    for (const Epoch& epoch : curves[i].epochs) {
      const double none = std::numeric_limits<double>::quiet_NaN();
      data.push_back(
          {static_cast<double>(epoch.epoch), epoch.train_loss.value_or(none), epoch.validation_loss.value_or(none)});
    }
    const std::string name = fmt::format("curve{}", i);
    script.data(name, data);
    if (curves[i].best > 0) {
      script.line(
          fmt::format("set arrow 1 from first {0},graph 0 to first {0},graph 1 nohead linecolor rgb '{1}' linewidth "
                      "0.8 dashtype 2 back",
                      Script::number(curves[i].best), kSoft));
    }
    script.line(fmt::format(
        "plot ${0} using 1:2 with linespoints pointtype 7 pointsize 0.35 linewidth 1.4 linecolor rgb '{1}' notitle, "
        "\\\n"
        "     ${0} using 1:3 with linespoints pointtype 5 pointsize 0.35 linewidth 1.4 linecolor rgb '{2}' notitle",
        name, kBlue, kVermilion));
    script.line("unset label\nunset arrow");
  }
  script.line("unset multiplot");

  return Figure{
      .id = "training_curves",
      .title = "Training curves",
      .caption =
          "Loss by epoch of each model's first seed, on one scale; the class weights enter both. Losses above the "
          "frame are cut off.",
      .alternative = "Small panels of training and validation loss by epoch, one for each model.",
      .script = script.text()};
}

}  // namespace flnas::reports
