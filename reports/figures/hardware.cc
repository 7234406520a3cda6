#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/text.h"
#include "reports/figures/figures.h"
#include "reports/figures/script.h"
#include "reports/measures.h"

namespace flnas::reports {
namespace {

struct Limits {
  double low = 1e300, high = 0;
  void include(double value) {
    if (!(value > 0)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

Script log_script(const std::vector<std::string>& titles, const Limits& limits, int right, const char* axis) {
  const int height = 116 + 34 * static_cast<int>(titles.size());
  Script script(860, height);
  script.margins(134, right, 46, 60);
  model_axis(script, titles);
  script.line("set logscale x");
  script.line("set xtics (" + log_ticks(limits.low, limits.high) + ")");
  script.line(fmt::format("set xrange [{}:{}]", Script::number(limits.low / 1.6), Script::number(limits.high * 1.6)));
  script.axis_title("x", axis);
  script.key();
  return script;
}

using Rows = std::vector<std::vector<double>>;

}  // namespace

std::optional<Figure> parameters_figure(const Evidence& evidence) {
  std::vector<std::string> titles, notes;
  Rows ours, paper;
  Limits limits;
  const auto models = evidence.models();
  const auto rows = static_cast<double>(models.size());
  for (std::size_t i = 0; i < models.size(); ++i) {
    const double y = rows - static_cast<double>(i);
    titles.push_back(models[i].title + (models[i].like ? " (like)" : ""));
    std::string note = "not measured";
    if (models[i].paper != nullptr) {
      if (const auto value = models[i].paper->value("parameters")) {
        paper.push_back({*value, y});
        limits.include(*value);
      }
    }
    const Record* record = evidence.hardware_of(models[i].name);
    if (const Cell cell = measured(record, "/model/parameters", ""); cell.value) {
      ours.push_back({*cell.value, y});
      limits.include(*cell.value);
      const std::string match = record->text("/model/match");
      note = with_thousands(std::llround(*cell.value)) + (match == "none" || match.empty() ? "" : ", " + match);
    }
    notes.push_back(note);
  }
  if (ours.empty()) return std::nullopt;
  Script script = log_script(titles, limits, 150, "Parameters (log scale)");
  for (std::size_t i = 0; i < notes.size(); ++i) {
    script.label(notes[i], fmt::format("graph 1.015, first {}", static_cast<int>(rows) - static_cast<int>(i)),
                 fmt::format("left textcolor rgb '{}'", kInk));
  }
  script.data("ours", ours);
  script.data("paper", paper);
  script.plot(
      {points("ours", kCircle.filled, 0.9, kBlue, "ours"), points("paper", kCircle.hollow, 1.5, kVermilion, "paper")});
  return Figure{"parameters",
                "Parameters",
                "Two classes, 224x224. A dot inside its ring has the paper's count. FaHaNa-Fair cannot be identified: "
                "ours is like it, and has its count by construction.",
                "Dot plot of parameter counts on a log axis; numbers in Table I(b).",
                script.text(),
                ""};
}

std::optional<Figure> latency_figure(const Evidence& evidence) {
  std::vector<std::string> titles;
  Rows host, a10, pi4;
  Limits limits;
  const auto models = evidence.models();
  const auto rows = static_cast<double>(models.size());
  for (std::size_t i = 0; i < models.size(); ++i) {
    const double y = rows - static_cast<double>(i);
    titles.push_back(models[i].title + (models[i].like ? " (like)" : ""));
    const Record* record = evidence.hardware_of(models[i].name);
    if (const Cell cell = measured(record, "/latency/median_us", "", 1e-3); cell.value) {
      const double low = record->number("/latency/low_us").value_or(*cell.value * 1e3) / 1e3;
      const double high = record->number("/latency/high_us").value_or(*cell.value * 1e3) / 1e3;
      host.push_back({*cell.value, y, low, high});
      limits.include(low);
      limits.include(high);
    }
    if (models[i].paper == nullptr) continue;
    const auto add = [&](const char* key, Rows& data) {
      if (const auto seconds = models[i].paper->value(key)) {
        data.push_back({*seconds * 1000, y});
        limits.include(*seconds * 1000);
      }
    };
    add("a10_s", a10);
    add("pi4_s", pi4);
  }
  if (host.empty()) return std::nullopt;
  Script script = log_script(titles, limits, 24, "Latency in ms, batch of 2 (log scale)");
  script.data("host", host);
  script.data("a10", a10);
  script.data("pi4", pi4);
  script.plot({x_intervals("host", kBlue), points("host", kCircle.filled, 0.95, kBlue, "this machine (host)"),
               points("a10", kTriangle.hollow, 1.1, kVermilion, "paper, A10"),
               points("pi4", kSquare.hollow, 1.0, kGreen, "paper, Pi 4")});
  return Figure{"latency",
                "Latency",
                "Median with 95 % interval on this machine (mark: host), beside what the paper prints for two other "
                "devices. Only the order of the models can be compared between devices.",
                "Dot plot of latency on a log axis; numbers in Table I(b).",
                script.text(),
                ""};
}

}  // namespace flnas::reports
