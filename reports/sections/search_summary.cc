// What the searches and measurements beside a reproduction came to, in plain words, from the records.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "harness/base/plural.h"
#include "reports/data/design_noise.h"
#include "reports/data/measures.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/search_tables.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPoints{.digits = 1, .scale = 100};

/// "0.171 [0.069, 0.273]"
template <class Figure>
std::string with_interval(std::optional<double> value, const Figure& low, const Figure& high,
                          const NumberFormat& format) {
  if (!value) return "undefined";
  std::string text = format_number(*value, format);
  if (low && high) text += fmt::format(" [{}, {}]", format_number(*low, format), format_number(*high, format));
  return text;
}

std::string names_or_none(const std::vector<std::string>& names) {
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

/// How many best designs a perfectly fair one of the same accuracy would exceed in one case of twenty.
std::string noise_text(const ReportInputs& inputs, const SearchComparison& comparison) {
  int designs = 0, within = 0;
  for (const Search* search : inputs.searches_of(comparison)) {
    const auto scores = search->at(&SearchRecord::best).at(&BestDesign::scores);
    const auto unfairness = scores.at(&DesignScores::unfairness_sum);
    const auto noise = answered_by_script(*search) ? std::nullopt : design_noise(*search, scores);
    if (!unfairness || !noise) continue;
    ++designs;
    within += *unfairness <= noise->high ? 1 : 0;
  }
  if (designs == 0) return {};
  return fmt::format(" {} of {} {} not shown to be right more often in one group than in another (chance, at 5 %).",
                     within, counted(designs, "best design"), plural(within, "is", "are"));
}

/// The configurations against the first, by their difference in the Unfairness of the best design on test images: the
/// validation images are those that it was chosen by. A difference counts with an interval only.
std::string comparison_item(const ReportInputs& inputs, const SearchComparison& comparison) {
  const auto& configurations = comparison.record.configurations;
  if (configurations.size() < 2) return {};
  const std::string& first = configurations.front().name;
  if (const std::string why = why_not_measured(inputs, comparison, configurations.front()); !why.empty()) {
    return fmt::format("{} Not measured: {}, to which the others are compared ({}). See {}.", strong("Strategies."),
                       first, why, reference(slug("search_comparison", comparison.folder)));
  }
  std::vector<std::string> fairer, less_fair, open, absent;
  for (std::size_t i = 1; i < configurations.size(); ++i) {
    const std::string& name = configurations[i].name;
    const auto& difference = configurations[i].difference.test_unfairness;
    const SeedMean gap = difference.value_or(SeedMean());
    if (const std::string why = why_not_measured(inputs, comparison, configurations[i]); !why.empty()) {
      absent.push_back(fmt::format("{} ({})", name, why));
    } else if (!difference) {
      absent.push_back(fmt::format("{} (no test figures to compare)", name));
    } else if (gap.high && *gap.high < 0) {
      fairer.push_back(name);
    } else if (gap.low && *gap.low > 0) {
      less_fair.push_back(name);
    } else {
      open.push_back(name);
    }
  }
  std::string text = fmt::format(
      "{} With {} a search and {}, by the Unfairness of each search's best design on test images, compared with {}: "
      "fairer: {}; less fair: {}; not settled, since the difference has no interval, or one that holds zero: {}.",
      strong("Strategies."), counted(comparison.record.budget, "design"),
      counted(static_cast<long long>(comparison.record.seeds.size()), "seed"), first, names_or_none(fairer),
      names_or_none(less_fair), names_or_none(open));
  for (const auto& [name, why] : comparison.record.not_measured) absent.push_back(fmt::format("{} ({})", name, why));
  if (!absent.empty()) text += fmt::format(" Not measured: {}.", names_or_none(absent));
  text += noise_text(inputs, comparison);
  return text + " See " + reference(slug("search_comparison", comparison.folder)) + ".";
}

std::string lone_search_item(const Search& search) {
  const auto& best = search.record.best;
  std::string text = fmt::format("{} {} evaluated {}", strong("Search."), code(search.record.name),
                                 counted(search.record.counts.value_or(SearchCounts()).evaluated, "design"));
  if (!best) return text + "; none can be named best.";
  text += fmt::format("; the best by {} is {}", priorities_text(search.record), best->name);
  if (!best->meets_floor) text += ", though it does not reach the floor on balanced accuracy";
  text += ".";
  if (answered_by_script(search)) {
    text += " A script answered in a language model's place: it shows that the loop works, and nothing more.";
  }
  return text;
}

const NasSummary* find(const std::vector<NasSummary>& rows, const std::string& strategy) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.strategy == strategy; });
  return found == rows.end() ? nullptr : &*found;
}

std::string title_of(const NasSearchRecord& record, const std::string& name) {
  for (const NasStrategy& strategy : record.strategies) {
    if (strategy.name == name) return strategy.title;
  }
  return name;
}

/// "more by 1.2 points [0.8, 1.6]"; the words follow the interval.
std::string gain_text(const NasMean& gain) {
  const char* word = "not settled:";
  if (gain.low && *gain.low > 0) word = "more by";
  if (gain.high && *gain.high < 0) word = "less by";
  NasMean shown = gain;
  if (word[0] == 'l') shown = {-*gain.mean, -*gain.high, -*gain.low, gain.seeds};
  std::string text = fmt::format("{} {} points", word, format_number(*shown.mean, kPoints));
  if (shown.low && shown.high)
    text += fmt::format(" [{}, {}]", format_number(*shown.low, kPoints), format_number(*shown.high, kPoints));
  return text;
}

void add_nas_items(const NasSearch& nas, List& list) {
  const NasSearchRecord& record = nas.record;
  const auto rows = summarise_nas_search(record);
  const auto share = [](const NasSummary& row) { return row.hypervolume_share.mean.value_or(-1); };
  const auto less = [&](const NasSummary& a, const NasSummary& b) { return share(a) < share(b); };
  const auto most = std::max_element(rows.begin(), rows.end(), less);
  const auto least = std::min_element(rows.begin(), rows.end(), less);
  if (rows.size() < 2 || share(*least) < 0) return;
  const auto show = [&](const NasSummary& row) {
    const NasMean& mean = row.hypervolume_share;
    return fmt::format("{} ({} %)", title_of(record, row.strategy),
                       with_interval(mean.mean, mean.low, mean.high, kPoints));
  };
  list.items.push_back(
      fmt::format("{} On {} of data set and device, with {} a search and {}, {} has the largest share of the true "
                  "front's hypervolume "
                  "and {} the smallest. See {}.",
                  strong("Searches on tables."), counted(static_cast<long long>(record.pairs.size()), "pair"),
                  counted(record.budget, "cell"), counted(static_cast<long long>(record.seeds.size()), "seed"),
                  show(*most), show(*least), reference(slug("nas", nas.folder))));
  const auto against = [&](const char* first, const char* second, const char* what) {
    if (find(rows, first) == nullptr || find(rows, second) == nullptr) return;
    const NasMean gain = hypervolume_share_gain(record, first, second);
    if (gain.mean) list.items.push_back(fmt::format("{} {}.", strong(what), gain_text(gain)));
  };
  against("llmnas-offline", "offline-no-partition", "What partitioning alone is worth, without a language model:");
  against("llmnas-offline", "random", "LLM-NAS without a language model, against random search:");
  against("llmnas", "llmnas-offline", "What the language model adds:");
  std::vector<std::string> unmeasured;
  for (const NasStrategy& strategy : record.strategies) {
    if (!why_not_measured(record, strategy).empty()) unmeasured.push_back(strategy.title);
  }
  if (!unmeasured.empty()) {
    list.items.push_back(strong("Not measured:") + " " + names_or_none(unmeasured) + ".");
  }
}

std::string proxies_item(const ProxySearch& found) {
  const ProxySearchRecord& search = found.record;
  const std::string cost = search.settings.latency == "none" ? "MACs" : search.settings.latency + " latency";
  return fmt::format("{} {} of {}, {} of them on the front by {} and {}; accuracy: {}.",
                     strong("Search by zero-cost proxies."), counted(search.evaluations, "design"),
                     code(search.settings.space), search.front.size(), cost, fmt::join(search.settings.proxies, ", "),
                     search.accuracy);
}

std::string suite_item(const Suite& found) {
  const LatencySuite& suite = found.record;
  return fmt::format("{} {} on {}, verdict {}.", strong("Latency suite."),
                     counted(static_cast<long long>(suite.results.size()), "benchmark"), suite.platform, suite.verdict);
}

}  // namespace

void add_search_summary(const ReportInputs& inputs, Section& section) {
  List list;
  for (const SearchComparison& comparison : inputs.comparisons) {
    if (auto item = comparison_item(inputs, comparison); !item.empty()) list.items.push_back(std::move(item));
  }
  for (const Search* search : inputs.lone_searches()) list.items.push_back(lone_search_item(*search));
  for (const NasSearch& nas : inputs.nas) add_nas_items(nas, list);
  for (const ProxySearch& search : inputs.proxy_searches) list.items.push_back(proxies_item(search));
  for (const Suite& suite : inputs.suites) list.items.push_back(suite_item(suite));
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
