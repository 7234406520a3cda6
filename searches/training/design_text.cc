#include "searches/training/design_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "harness/base/text.h"
#include "harness/metrics/rates/support.h"
#include "harness/records/record.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kLatest = 6;
constexpr std::size_t kBest = 6;
constexpr std::size_t kMostGroups = 12;
constexpr std::size_t kMostClasses = 3;
constexpr std::size_t kMostBrief = 260;     ///< characters of a design in the history
constexpr std::size_t kMostHistory = 3000;  ///< characters

std::string percent(const std::optional<double>& share) { return share ? fmt::format("{:.2f} %", 100 * *share) : "-"; }
std::string short_percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", 100 * *share) : "-";
}
std::string figure(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; }
std::string short_figure(const std::optional<double>& value) { return value ? fmt::format("{:.3f}", *value) : "-"; }

/// "12.35 M", or of a small network "2.31 k".
std::string short_count(std::int64_t n) {
  const auto count = static_cast<double>(n);
  return count < 1e5 ? fmt::format("{:.2f} k", count / 1e3) : fmt::format("{:.2f} M", count / 1e6);
}

std::string milliseconds(double us) { return fmt::format("{:.{}f}", us / 1e3, us < 1e3 ? 3 : 2); }

std::string latency_text(const DesignCost& cost) {
  if (!cost.latency_us) return {};
  return fmt::format(", latency {:.3f} ms per image ({} on {}), throughput {:.1f} images per second",
                     *cost.latency_us / 1e3, cost.latency_mark, cost.target, 1e6 / *cost.latency_us);
}

std::string epochs_text(const DesignScores& scores) {
  if (!scores.epochs_run || !scores.best_epoch) return {};
  return fmt::format("epoch {} of {} kept", *scores.best_epoch, *scores.epochs_run);
}

using Columns = std::vector<std::pair<std::string, std::string>>;  ///< title and cell

Columns columns_of(const Evaluation& e, const PromptParts& parts) {
  const DesignScores& s = e.scores;
  Columns columns = {{"balanced accuracy", short_percent(s.balanced_accuracy)},
                     {"AUROC", short_figure(s.auroc)},
                     {"accuracy", short_percent(s.accuracy)}};
  if (parts.fairness != "none") {
    if (parts.groups) {
      columns.emplace_back("worst group", s.worst_group_name.value_or("") + " " + short_percent(s.worst_group));
    }
    columns.emplace_back("Unfairness", short_figure(s.unfairness_sum));
    columns.emplace_back("EODD", short_figure(s.eodd));
  }
  columns.emplace_back("loss train/validation", short_figure(s.train_loss) + "/" + short_figure(s.validation_loss));
  const auto epoch = [](const auto& number) { return number ? fmt::format("{}", *number) : "-"; };
  columns.emplace_back("epoch kept/trained", epoch(s.best_epoch) + "/" + epoch(s.epochs_run));
  if (parts.hardware) {
    columns.emplace_back("parameters", short_count(e.cost.parameters));
    columns.emplace_back("multiply-accumulates", short_count(e.cost.macs));
    const auto& latency = e.cost.latency_us;
    const std::string mark = e.cost.latency_mark.empty() ? "" : fmt::format(", {}", e.cost.latency_mark);
    columns.emplace_back("latency in ms" + mark, latency ? milliseconds(*latency) : "-");
  }
  return columns;
}

/// The figures of an earlier design, in the order of the columns.
std::string result_text(const Evaluation& e, const BestRule& rule, const PromptParts& parts) {
  std::vector<std::string> cells;
  for (const auto& column : columns_of(e, parts)) cells.push_back(column.second);
  std::string text = fmt::format("{}", fmt::join(cells, " | "));
  if (e.scores.balanced_accuracy && *e.scores.balanced_accuracy < rule.floor) text += " | DOES NOT COUNT";
  return text;
}

std::string history_line(const History& history, const Evaluation& e, const BestRule& rule, const PromptParts& parts,
                         const DesignBrief& brief) {
  std::string design = brief(history.design_of(e));
  if (design.size() > kMostBrief) design = design.substr(0, kMostBrief) + "...";
  const std::string line = fmt::format("- {}: {}", e.name, design);
  if (e.status == kFailed) return line + " -> its training failed: " + one_line(e.reason, 120);
  return parts.metrics ? line + " -> " + result_text(e, rule, parts) : line;
}

/// Those that are told, the most important first: the best and the latest ones in turn.
std::vector<const Evaluation*> by_importance(const History& history, const BestRule& rule) {
  const auto& all = history.evaluations;
  const auto best = top(usable(all), rule, kBest);
  std::vector<const Evaluation*> found;
  const auto add = [&](const Evaluation* e) {
    if (std::find(found.begin(), found.end(), e) == found.end()) found.push_back(e);
  };
  for (std::size_t i = 0; i < std::max(kBest, kLatest); ++i) {
    if (i < best.size()) add(best[i]);
    if (i < std::min(kLatest, all.size())) add(&all[all.size() - 1 - i]);
  }
  return found;
}

}  // namespace

std::string metrics_text(const Evaluation& design, const PromptParts& parts) {
  const DesignScores& s = design.scores;
  std::string text =
      fmt::format("balanced accuracy {}, AUROC {}, accuracy {}, validation loss {}, train loss {}, train accuracy {}",
                  percent(s.balanced_accuracy), figure(s.auroc), percent(s.accuracy), figure(s.validation_loss),
                  figure(s.train_loss), percent(s.train_accuracy));
  if (const auto epochs = epochs_text(s); !epochs.empty()) text += ", " + epochs;
  if (parts.fairness != "none") {
    text += fmt::format(", Unfairness {}, EODD {}, EOPP1 {}, EOPP2 {}", figure(s.unfairness_sum), figure(s.eodd),
                        figure(s.eopp1), figure(s.eopp2));
  }
  if (parts.hardware) {
    text += fmt::format(
        ", {} parameters, {} multiply-accumulates an image, {} peak memory of a training step (estimated){}",
        with_thousands(design.cost.parameters), with_thousands(design.cost.macs),
        format_bytes(static_cast<double>(design.cost.memory_bytes)), latency_text(design.cost));
  }
  return text + ".";
}

std::string groups_text(const Evaluation& design) {
  std::vector<std::string> lines;
  for (const GroupScore& group : design.scores.groups) {
    if (group.n == 0 || lines.size() == kMostGroups) continue;
    std::string line = fmt::format("- {}: {} of {} images", group.name, percent(group.accuracy), group.n);
    if (group.classes && group.classes->size() <= kMostClasses) {
      std::vector<std::string> rates;
      for (const ClassScore& of : *group.classes) {
        rates.push_back(fmt::format("{} {} of {}", of.name, short_percent(of.recall), of.n));
      }
      line += fmt::format(" ({})", fmt::join(rates, ", "));
    }
    if (group.n < metrics::kMinSupport) line += ", too few to count";
    lines.push_back(line);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string worst_group_text(const Evaluation& design) {
  const GroupScore* worst = nullptr;
  for (const GroupScore& group : design.scores.groups) {
    if (!group.accuracy || group.name == "unknown" || group.n < metrics::kMinSupport) continue;
    if (worst == nullptr || *group.accuracy < *worst->accuracy) worst = &group;
  }
  return worst == nullptr ? "" : fmt::format("'{}' ({} of {} images)", worst->name, percent(worst->accuracy), worst->n);
}

std::string noise_text(const Evaluation& design, std::int64_t images, const PromptParts& parts) {
  const DesignScores& s = design.scores;
  if (!s.balanced_accuracy_se || !s.unfairness_se) return "";
  std::string text = fmt::format(
      "on {} validation images the best design's balanced accuracy has a standard error of "
      "{:.1f} points",
      images > 0 ? with_thousands(images) : "these", 100 * *s.balanced_accuracy_se);
  if (parts.fairness != "none") {
    text += fmt::format(", its Unfairness one of {:.3f}", *s.unfairness_se);
    if (s.unfairness_by_chance) {
      text += fmt::format(
          "; a network that is equally accurate for everybody would show an Unfairness of about {:.3f} by "
          "chance",
          *s.unfairness_by_chance);
    }
  }
  return text +
         " (estimated by resampling these images). Training the same design once more with other random numbers, which "
         "was not tried, differs by more. Do not explain or imitate differences that are smaller than two standard "
         "errors.";
}

HistoryText history_text(const History& history, const BestRule& rule, const PromptParts& parts,
                         const DesignBrief& brief) {
  std::vector<std::pair<const Evaluation*, std::string>> lines;
  std::size_t size = 0;
  for (const Evaluation* e : by_importance(history, rule)) {
    std::string line = history_line(history, *e, rule, parts, brief);
    if (size + line.size() > kMostHistory) break;
    size += line.size();
    lines.emplace_back(e, std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  HistoryText text;
  for (const auto& [e, line] : lines) text.lines += (text.lines.empty() ? "" : "\n") + line;
  if (lines.size() < history.evaluations.size()) {
    text.note = fmt::format("Of {} designs only {} are listed, the best and the latest.", history.evaluations.size(),
                            lines.size());
  }
  if (!parts.metrics || lines.empty()) return text;
  // One that failed has no latency that could tell how it was got.
  const auto timed = std::find_if(lines.begin(), lines.end(), [](const auto& l) { return l.first->cost.latency_us; });
  std::vector<std::string> titles;
  for (const auto& column : columns_of(*(timed == lines.end() ? lines[0] : *timed).first, parts)) {
    titles.push_back(column.first);
  }
  text.columns = fmt::format("{}", fmt::join(titles, " | "));
  return text;
}

}  // namespace flnas::searches
