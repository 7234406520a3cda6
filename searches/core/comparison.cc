#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/defined.h"
#include "harness/metrics/intervals/mean_interval.h"
#include "harness/metrics/pareto.h"
#include "harness/records/design_figures.h"
#include "searches/core/chance.h"
#include "searches/core/search.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

using Figure = std::optional<SeedMean>;

/// A figure of one search.
Figure one(std::optional<double> value) {
  if (!value || std::isnan(*value)) return std::nullopt;
  return SeedMean{.mean = value, .n = 1};
}

/// None without values, no interval for a single one.
Figure interval(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  const auto [mean, low, high, n] = metrics::mean_interval(values);
  return SeedMean{.mean = mean, .low = defined(low), .high = defined(high), .n = static_cast<std::int64_t>(n)};
}

/// The number of designs after which searches are compared.
std::size_t common_budget(const std::vector<ComparedSearch>& searches) {
  for (const bool finished : {true, false}) {
    std::size_t least = 0;
    for (const ComparedSearch& search : searches) {
      const std::size_t designs = search.history.evaluations.size();
      if (designs == 0 || (finished && !search.finished)) continue;
      least = least == 0 ? designs : std::min(least, designs);
    }
    if (least > 0) return least;
  }
  return 0;
}

/// A search that did not get farther keeps the proposals that led nowhere.
History first_designs(const History& history, std::size_t budget) {
  History cut = history;
  if (cut.evaluations.size() <= budget) return cut;
  cut.evaluations.resize(budget);
  const int last = cut.evaluations.empty() ? 0 : cut.evaluations.back().round;
  std::erase_if(cut.proposals, [&](const ProposalRecord& proposal) { return proposal.round > last; });
  return cut;
}

bool is_short(const ComparedSearch& search, std::size_t budget) {
  return budget == 0 || search.history.evaluations.size() < budget;
}

/// How often a strategy says something new; none without a proposal in which a design could be read.
std::optional<double> distinct_share(const History& history) {
  std::set<std::string> designs;
  int readable = 0;
  for (const ProposalRecord& proposal : history.proposals) {
    if (proposal.hash.empty()) continue;
    designs.insert(proposal.hash);
    ++readable;
  }
  if (readable == 0) return std::nullopt;
  return static_cast<double>(designs.size()) / readable;
}

/// What the test subset says of the best design, and by how much validation had flattered it.
void add_test_figures(const Json& test, ComparedFigures& found) {
  const auto value = [&](const char* metric) -> Figure {
    if (!test.contains(metric) || !test[metric]["value"].is_number()) return std::nullopt;
    return one(test[metric]["value"].get<double>());
  };
  found.test_unfairness = value("unfairness_sum");
  found.test_accuracy = value("accuracy");
  found.test_balanced_accuracy = value("balanced_accuracy");
  found.test_worst_group = value("worst_group");
  found.test_eodd = value("eodd");
  const auto difference = [](const Figure& a, const Figure& b) { return a && b ? one(*a->mean - *b->mean) : Figure(); };
  found.selection_unfairness = difference(found.test_unfairness, found.unfairness);
  found.selection_balanced_accuracy = difference(found.balanced_accuracy, found.test_balanced_accuracy);
}

/// Of one search, after so many designs.
ComparedFigures figures(const ComparedSearch& search, const BestRule& rule, std::size_t budget) {
  const History history = first_designs(search.history, budget);
  const SearchSummary summary = summarise(history, rule);
  const bool whole = !is_short(search, budget);
  ComparedFigures found;
  if (whole && summary.best) {
    const BestDesign& best = *summary.best;
    found.unfairness = one(best.scores.unfairness_sum);
    found.accuracy = one(best.scores.accuracy);
    found.balanced_accuracy = one(best.scores.balanced_accuracy);
    found.macs = one(static_cast<double>(best.cost.macs));
    found.parameters = one(static_cast<double>(best.cost.parameters));
    found.meets_floor = one(best.meets_floor ? 1 : 0);
  }
  if (const auto chance = best_by_chance(usable(history.evaluations), rule); whole && chance) {
    found.chance_unfairness = one(chance->unfairness);
    found.chance_balanced_accuracy = one(chance->balanced_accuracy);
  }
  // The test subset was asked about the best design of the whole search only.
  if (whole && search.test.is_object() && search.history.evaluations.size() == budget) {
    add_test_figures(search.test, found);
  }
  if (whole) found.macs_spread = one(summary.diversity->macs_spread);
  found.designs = one(static_cast<double>(summary.diversity->designs));
  found.distinct_share = one(distinct_share(history));
  found.invalid_rate = one(summary.invalid_rate);
  found.proposals = one(summary.counts->proposals);
  found.invalid = one(summary.counts->invalid);
  found.repeated = one(summary.counts->repeated);
  found.unreadable = one(summary.counts->unreadable);
  found.retries = one(summary.counts->retries);
  if (summary.counts->rounds > 0) {
    found.valid_first = one(static_cast<double>(*summary.counts->valid_first) / summary.counts->rounds);
  }
  found.waiting_seconds = one(summary.waiting_seconds);
  found.evaluating_seconds = one(summary.evaluating_seconds);
  found.tokens = one(static_cast<double>(summary.tokens->prompt + summary.tokens->completion));
  return found;
}

/// By each objective that the searches were told, then the hypervolume.
using ObjectiveValues = std::vector<std::optional<double>>;

/// Of the search's best design; the hypervolume is that of its front, as a share of the box.
ObjectiveValues by_objectives(const History& history, const BestRule& rule, const metrics::Bounds& box) {
  ObjectiveValues found;
  const auto all = usable(history.evaluations);
  const Best best = get_best(all, rule);
  std::vector<metrics::Point> scaled;
  for (const Evaluation* evaluation : all) {
    const metrics::Point point = point_of(*evaluation, rule.objectives);
    if (!point.empty()) scaled.push_back(box.scaled(point));
  }
  for (const std::string& metric : rule.objectives) {
    found.push_back(best.evaluation == nullptr ? std::nullopt
                                               : design_figure(best.evaluation->cost, best.evaluation->scores, metric));
  }
  const metrics::Point reference(rule.objectives.size(), 1);
  found.push_back(scaled.empty() ? std::nullopt : std::optional(metrics::hypervolume(scaled, reference)));
  return found;
}

/// What all designs of the searches span, a tenth of the range farther at the worse end.
metrics::Bounds box_of(const std::vector<ComparedSearch>& searches, const BestRule& rule, std::size_t budget) {
  std::vector<metrics::Point> points;
  for (const ComparedSearch& search : searches) {
    const History history = first_designs(search.history, budget);
    for (const Evaluation* evaluation : usable(history.evaluations)) {
      metrics::Point point = point_of(*evaluation, rule.objectives);
      if (!point.empty()) points.push_back(std::move(point));
    }
  }
  if (points.empty()) return {};
  constexpr double kBeyond = 0.1;
  metrics::Bounds box = metrics::bounds_of(points);
  for (std::size_t k = 0; k < box.high.size(); ++k) box.high[k] += kBeyond * (box.high[k] - box.low[k]);
  return box;
}

/// All figures in one order.
template <class Figures>
auto list(Figures& figures) {
  std::vector<decltype(&figures.unfairness)> all;
  ComparedFigures::for_each_member(figures, [&](const char*, auto& figure) { all.push_back(&figure); });
  return all;
}

using BySeed = std::map<std::uint64_t, ComparedFigures>;

/// Each figure over the seeds whose search has it.
ComparedFigures means(const BySeed& searches) {
  ComparedFigures found;
  const auto into = list(found);
  for (std::size_t i = 0; i < into.size(); ++i) {
    std::vector<double> values;
    for (const auto& [unused, own] : searches) {
      if (const Figure& figure = *list(own)[i]) values.push_back(*figure->mean);
    }
    *into[i] = interval(values);
  }
  return found;
}

/// Paired by seed.
BySeed differences(const BySeed& searches, const BySeed& first) {
  BySeed found;
  for (const auto& [seed, own] : searches) {
    const auto other = first.find(seed);
    if (other == first.end()) continue;
    const auto a = list(own), b = list(other->second);
    const auto into = list(found[seed]);
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (*a[i] && *b[i]) *into[i] = one(*(*a[i])->mean - *(*b[i])->mean);
    }
  }
  return found;
}

/// Why a configuration that asks, or was answered, is no result of a language model; blank where it is one, or asks
/// nobody.
std::string why_not_measured(bool asks, const std::set<std::string>& sources) {
  if (sources.count("scripted") > 0) return "a script answered in place of a language model";
  return asks && sources.empty() ? kNoAnswer : "";
}

/// The searches of a configuration.
struct Group {
  std::string name;
  BySeed figures;
  std::map<std::uint64_t, ObjectiveValues> objectives;  ///< of whole searches; empty: they went by the paper's order
  int cut_short = 0;
  bool asks = false;
  std::set<std::string> sources, models;
  std::vector<EndedSearch> ended;

  void add(const ComparedSearch& search, const BestRule& rule, std::size_t budget, const metrics::Bounds& box) {
    figures[search.seed] = searches::figures(search, rule, budget);
    if (!rule.objectives.empty() && !is_short(search, budget)) {
      objectives[search.seed] = by_objectives(first_designs(search.history, budget), rule, box);
    }
    const SearchSummary summary = summarise(search.history, rule);
    sources.insert(summary.sources.begin(), summary.sources.end());
    models.insert(summary.models.begin(), summary.models.end());
    cut_short += is_short(search, budget);
    asks |= search.asks;
    if (!search.finished) ended.push_back({search.seed, search.reason});
  }

  /// The means over seeds of an objective, less those of the first configuration where it is not this one.
  Figure mean_of(std::size_t objective, const Group* first) const {
    std::vector<double> values;
    for (const auto& [seed, own] : objectives) {
      if (!own[objective]) continue;
      if (first == nullptr) {
        values.push_back(*own[objective]);
        continue;
      }
      const auto other = first->objectives.find(seed);
      if (other == first->objectives.end() || !other->second[objective]) continue;
      values.push_back(*own[objective] - *other->second[objective]);
    }
    return interval(values);
  }

  std::vector<ComparedObjective> compared_objectives(const Group& first, const BestRule& rule) const {
    std::vector<std::string> names = rule.objectives;
    names.emplace_back("hypervolume");
    std::vector<ComparedObjective> found;
    for (std::size_t i = 0; i < names.size(); ++i) {
      found.push_back({names[i], mean_of(i, nullptr), this == &first ? Figure() : mean_of(i, &first)});
    }
    return found;
  }

  ComparedConfiguration compared(const Group& first, const BestRule& rule) const {
    ComparedConfiguration found;
    static_cast<ComparedFigures&>(found) = means(figures);
    found.name = name;
    found.searches = static_cast<int>(figures.size());
    found.cut_short = cut_short;
    found.ended = ended;
    found.not_measured = why_not_measured(asks, sources);
    found.sources = {sources.begin(), sources.end()};
    found.models = {models.begin(), models.end()};
    if (this != &first) found.difference = means(differences(figures, first.figures));
    if (!rule.objectives.empty()) found.objectives = compared_objectives(first, rule);
    return found;
  }
};

}  // namespace

Comparison compare(const std::vector<ComparedSearch>& searches, const BestRule& rule) {
  const std::size_t budget = common_budget(searches);
  const metrics::Bounds box = rule.objectives.empty() ? metrics::Bounds() : box_of(searches, rule, budget);
  std::vector<Group> groups;
  std::set<std::uint64_t> seeds;
  for (const ComparedSearch& search : searches) {
    const auto same = [&](const Group& group) { return group.name == search.configuration; };
    auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group == groups.end()) group = groups.insert(group, Group{.name = search.configuration});
    group->add(search, rule, budget, box);
    seeds.insert(search.seed);
  }
  Comparison found;
  found.budget = static_cast<std::int64_t>(budget);
  found.seeds = {seeds.begin(), seeds.end()};
  for (const Group& group : groups) found.configurations.push_back(group.compared(groups.front(), rule));
  if (std::none_of(groups.begin(), groups.end(), [](const Group& group) { return group.asks; })) {
    found.not_measured.push_back({"llm", "no language model was asked"});
  }
  return found;
}

}  // namespace flnas::searches
