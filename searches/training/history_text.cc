#include "searches/training/history_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "harness/base/text.h"
#include "harness/metrics/metric_table.h"
#include "harness/records/design_figures.h"
#include "harness/records/record.h"
#include "searches/training/design_text.h"
#include "searches/training/objective_text.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kLatest = 6;
constexpr std::size_t kBest = 6;
constexpr std::size_t kMostBrief = 260;     ///< characters of a design
constexpr std::size_t kMostHistory = 3000;  ///< characters of all lines, those of the groups included
constexpr std::size_t kMostGroups = 12;
constexpr std::size_t kMostGroupsWithRecalls = 6, kMostClasses = 3;

using Evaluations = std::vector<const Evaluation*>;

std::string percent(const std::optional<double>& share, const char* unit = " %") {
  return share ? fmt::format("{:.1f}{}", 100 * *share, unit) : "-";
}
std::string figure(const std::optional<double>& value) { return value ? fmt::format("{:.3f}", *value) : "-"; }
/// "12.35 M", or of a small network "2.31 k".
std::string in_units(std::int64_t n) {
  const auto count = static_cast<double>(n);
  return count < 1e5 ? fmt::format("{:.2f} k", count / 1e3) : fmt::format("{:.2f} M", count / 1e6);
}

std::string milliseconds(double us) { return fmt::format("{:.{}f}", us / 1e3, us < 1e3 ? 3 : 2); }

using Columns = std::vector<std::pair<std::string, std::string>>;  ///< title and cell

Columns columns_of(const Evaluation& e, const BestRule& rule, const PromptParts& parts) {
  const DesignScores& s = e.scores;
  Columns columns = {{"balanced accuracy", percent(s.balanced_accuracy)},
                     {"AUROC", figure(s.auroc)},
                     {"accuracy", percent(s.accuracy)}};
  if (parts.fairness != "none") {
    columns.emplace_back("Unfairness", figure(s.unfairness_sum));
    columns.emplace_back("EODD", figure(s.eodd));
  }
  columns.emplace_back("loss train/validation", figure(s.train_loss) + "/" + figure(s.validation_loss));
  const auto epoch = [](const auto& number) { return number ? fmt::format("{}", *number) : "-"; };
  columns.emplace_back("epoch kept/trained", epoch(s.best_epoch) + "/" + epoch(s.epochs_run));
  if (parts.hardware) {
    columns.emplace_back("parameters", in_units(e.cost.parameters));
    columns.emplace_back("multiply-accumulates", in_units(e.cost.macs));
    const auto& latency = e.cost.latency_us;
    const std::string mark = e.cost.latency_mark.empty() ? "" : fmt::format(", {}", e.cost.latency_mark);
    columns.emplace_back("latency in ms" + mark, latency ? milliseconds(*latency) : "-");
  }
  for (const std::string& name : further_objectives(rule.objectives, parts)) {
    const metrics::MetricInfo& metric = metrics::metric_info(name);
    columns.emplace_back(metric.title, design_figure_text(design_figure(e.cost, s, name), metric));
  }
  return columns;
}

/// How designs stand by the rule.
class Standings {
 public:
  Standings(const History& history, const BestRule& rule, const PromptParts& parts)
      : rule_(rule), tells_front_(parts.hardware && parts.fairness != "none") {
    const Evaluations all = usable(history.evaluations);
    best_ = get_best(all, rule);
    limits_ = rule_limits(all, rule);
    if (best_.meets_floor) front_ = pareto(all, rule);
  }

  /// "BEST, front", "counts", "DOES NOT COUNT, below the floor"
  std::string of(const Evaluation& e) const {
    const double balanced = *e.scores.balanced_accuracy;
    if (balanced < rule_.floor) return "DOES NOT COUNT, below the floor";
    std::string text = balanced < limits_.least_balanced ? "DOES NOT COUNT, less accurate"
                       : &e == best_.evaluation          ? "BEST"
                                                         : "counts";
    if (tells_front_ && std::find(front_.begin(), front_.end(), &e) != front_.end()) text += ", front";
    return text;
  }

  std::string meaning() const {
    std::string text = fmt::format("DOES NOT COUNT: a balanced accuracy below {:.2f} %", 100 * limits_.least_balanced);
    if (tells_front_) {
      text += fmt::format("; front: no design above the floor beats it in {} at once", front_words());
    }
    return text + ".";
  }

 private:
  std::string front_words() const {
    if (rule_.objectives.empty()) return "Unfairness, accuracy and multiply-accumulates";
    std::vector<std::string> titles;
    for (const std::string& name : rule_.objectives) titles.push_back(metrics::metric_info(name).title);
    return fmt::format("{}", fmt::join(titles, ", "));
  }

  BestRule rule_;
  bool tells_front_;
  Best best_;
  RuleLimits limits_;
  Evaluations front_;
};

std::string design_line(const History& history, const Evaluation& e, const Standings& standings, const BestRule& rule,
                        const PromptParts& parts, const DesignBrief& brief_of) {
  std::string brief = brief_of(history.design_of(e));
  if (brief.size() > kMostBrief) brief = brief.substr(0, kMostBrief) + "...";
  if (e.status == kFailed) {
    return fmt::format("- {}: {} -> its training failed: {}", e.name, brief, one_line(e.reason, 120));
  }
  if (!parts.metrics) return fmt::format("- {}: {}", e.name, brief);
  std::vector<std::string> cells;
  for (const auto& column : columns_of(e, rule, parts)) cells.push_back(column.second);
  const std::string standing = is_usable(e) ? fmt::format(" [{}]", standings.of(e)) : "";
  return fmt::format("- {}{}: {} -> {}", e.name, standing, brief, fmt::join(cells, " | "));
}

/// Groups that have images.
std::vector<const GroupScore*> groups_of(const Evaluation& e) {
  std::vector<const GroupScore*> found;
  for (const GroupScore& group : e.scores.groups) {
    if (group.n > 0 && found.size() < kMostGroups) found.push_back(&group);
  }
  return found;
}

bool tells_recalls(const std::vector<const GroupScore*>& groups) {
  return groups.size() <= kMostGroupsWithRecalls && std::all_of(groups.begin(), groups.end(), [](const auto* group) {
           return group->classes && group->classes->size() <= kMostClasses;
         });
}

/// Images are the same for all designs.
std::string groups_heading(const Evaluation& e) {
  const auto groups = groups_of(e);
  const bool recalls = tells_recalls(groups);
  std::vector<std::string> names, classes;
  for (const GroupScore* group : groups) {
    std::vector<std::string> counts;
    if (recalls) {
      for (const ClassScore& of : *group->classes) counts.push_back(fmt::format("{}", of.n));
    }
    names.push_back(fmt::format("{}, {} images{}", group->name, group->n,
                                counts.empty() ? "" : fmt::format(" ({})", fmt::join(counts, ", "))));
  }
  if (recalls && !groups.empty()) {
    for (const ClassScore& of : *groups.front()->classes) classes.push_back(of.name);
  }
  return fmt::format("By group, accuracy in %{}: {}",
                     classes.empty() ? "" : fmt::format(" (recall of {})", fmt::join(classes, ", ")),
                     fmt::join(names, " | "));
}

std::string groups_line(const Evaluation& e) {
  const auto groups = groups_of(e);
  if (groups.empty() || e.status == kFailed) return "";
  const bool recalls = tells_recalls(groups);
  std::vector<std::string> cells;
  for (const GroupScore* group : groups) {
    std::vector<std::string> rates;
    if (recalls) {
      for (const ClassScore& of : *group->classes) rates.push_back(percent(of.recall, ""));
    }
    cells.push_back(percent(group->accuracy, "") + (rates.empty() ? "" : fmt::format(" ({})", fmt::join(rates, ", "))));
  }
  return fmt::format("- {}: {}", e.name, fmt::join(cells, " | "));
}

/// Those that are told, the most important first: the best and the latest ones in turn.
Evaluations by_importance(const History& history, const BestRule& rule) {
  const auto& all = history.evaluations;
  const auto best = top(usable(all), rule, kBest);
  Evaluations found;
  const auto add = [&](const Evaluation* e) {
    if (std::find(found.begin(), found.end(), e) == found.end()) found.push_back(e);
  };
  for (std::size_t i = 0; i < std::max(kBest, kLatest); ++i) {
    if (i < best.size()) add(best[i]);
    if (i < std::min(kLatest, all.size())) add(&all[all.size() - 1 - i]);
  }
  return found;
}

/// What is told of one design.
struct Told {
  const Evaluation* evaluation;
  std::string line, groups;
};

std::string joined(const std::vector<Told>& told, std::string Told::*part) {
  std::vector<std::string> lines;
  for (const Told& one : told) {
    if (!(one.*part).empty()) lines.push_back(one.*part);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

/// One that failed has no latency that could tell how it was got.
std::string column_titles(const std::vector<Told>& told, const BestRule& rule, const PromptParts& parts) {
  const auto timed =
      std::find_if(told.begin(), told.end(), [](const Told& one) { return one.evaluation->cost.latency_us; });
  std::vector<std::string> titles;
  for (const auto& column : columns_of(*(timed == told.end() ? told.front() : *timed).evaluation, rule, parts)) {
    titles.push_back(column.first);
  }
  return fmt::format("{}", fmt::join(titles, " | "));
}

}  // namespace

HistoryText history_text(const History& history, const BestRule& rule, const PromptParts& parts,
                         const DesignBrief& brief) {
  const Standings standings(history, rule, parts);
  std::vector<Told> told;
  std::size_t size = 0;
  for (const Evaluation* e : by_importance(history, rule)) {
    Told one{e, design_line(history, *e, standings, rule, parts, brief),
             parts.metrics && parts.groups ? groups_line(*e) : ""};
    if (size + one.line.size() + one.groups.size() > kMostHistory) break;
    size += one.line.size() + one.groups.size();
    told.push_back(std::move(one));
  }
  std::sort(told.begin(), told.end(), [](const Told& a, const Told& b) { return a.evaluation < b.evaluation; });
  HistoryText text;
  text.lines = joined(told, &Told::line);
  if (told.size() < history.evaluations.size()) {
    text.note = fmt::format("Of {} designs only {} are listed, the best and the latest.", history.evaluations.size(),
                            told.size());
  }
  if (!parts.metrics || told.empty()) return text;
  text.columns = column_titles(told, rule, parts);
  text.marks = standings.meaning();
  if (const std::string groups = joined(told, &Told::groups); !groups.empty()) {
    const auto first = std::find_if(told.begin(), told.end(), [](const Told& one) { return !one.groups.empty(); });
    text.groups = groups_heading(*first->evaluation) + "\n" + groups;
  }
  return text;
}

std::string rule_limits_text(const History& history, const BestRule& rule, const PromptParts& parts) {
  const Evaluations all = usable(history.evaluations);
  if (all.empty() || !parts.metrics) return "";
  const RuleLimits limits = rule_limits(all, rule);
  std::string text =
      fmt::format("a design counts with a balanced accuracy of {:.2f} % and more", 100 * limits.least_balanced);
  if (limits.most_unfair && parts.fairness == "full") {
    text += fmt::format("; those that count are equally fair up to an Unfairness of {:.3f}", *limits.most_unfair);
  }
  return text;
}

}  // namespace flnas::searches
