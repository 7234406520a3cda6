#include "searches/proxies/proxy_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "harness/latency/estimation/this_machine.h"
#include "searches/core/search.h"
#include "searches/proxies/proxy_evaluator.h"
#include "searches/proxies/proxy_summary.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

std::string latency_text(const Json& record) {
  const Json& settings = record["settings"];
  const auto latency = settings["latency"].get<std::string>();
  return latency == "none" ? "no latency"
                           : fmt::format("latency {} on {}", latency, settings["target"].get<std::string>());
}

std::string or_dash(const std::optional<std::int64_t>& value) { return value ? with_thousands(*value) : "-"; }

std::string front_table(const std::vector<ProxyPoint>& front, const TableForm& form) {
  std::vector<TextRow> rows = {{"latency, ms", "parameters", "MACs", "accuracy", "design"}};
  if (form.is_whole()) rows[0].emplace_back("proxies");
  for (const ProxyPoint& point : front) {
    TextRow& cells = rows.emplace_back(
        TextRow{point.latency_ms ? fmt::format("{:.3f}", *point.latency_ms) : "-", or_dash(point.parameters),
                or_dash(point.macs), point.accuracy ? Json(*point.accuracy).dump() : "not measured", point.label()});
    if (form.is_whole()) cells.push_back(Json(point.proxies).dump());
  }
  return show_table(rows, "rrrrl", form);
}

std::string proxy_search_text(const Json& record, const fs::path& out, const TableForm& form) {
  const auto summary = read_as<ProxySearchRecord>(record, kProxySearchFile);
  std::string text =
      fmt::format("{}: {} in {}, {} on the Pareto front\n{}; accuracy {}\n", summary.settings.space,
                  counted(summary.evaluations, "design"), format_duration(record["seconds"].get<double>()),
                  summary.front.size(), latency_text(record), summary.accuracy);
  std::vector<TextRow> niches = {{"niche", "evaluated", "in its archive", "on the front"}};
  for (const ProxyNiche& niche : summary.niches) {
    niches.push_back({niche.name, fmt::format("{}", niche.evaluated.value_or(0)),
                      fmt::format("{}", niche.archive.value_or(0)), fmt::format("{}", niche.front.value_or(0))});
  }
  text += show_table(niches, "lrrr", form) + "\n";
  const auto unreliable = std::count_if(summary.points.begin(), summary.points.end(),
                                        [](const ProxyPoint& point) { return !point.mistrust.value_or("").empty(); });
  if (unreliable > 0) {
    text += fmt::format("{} latencies are unreliable; the record says why of each point\n", unreliable);
  }
  text += front_table(summary.front, form);
  if (summary.best) {
    text += fmt::format("{} has the highest {}: train it by `flnas train {} ...`\n", *summary.best,
                        summary.settings.proxies[0], (out / "best.json").string());
  }
  return text;
}

class ProxyProblem : public Problem {
 public:
  ProxyProblem(const CommonRequest& request, NetworkSpace networks)
      : request_(request), settings_(request.own.of<ProxySettings>()), networks_(std::move(networks)) {
    settings_.require_valid();
    if (request_.target.empty()) request_.target = networks_.target;
    if (request_.target == kNoTarget) return;
    platform_ = load_platform(request_.target);
    measured_ = is_present(*platform_, this_machine());
    if (measured_ && platform_->device != "cpu") {
      throw ConfigError(fmt::format("--target {}: latencies are measured on processors only", request_.target));
    }
  }

  Searched open(const SearchRun& run) const override {
    const auto evaluator =
        std::make_shared<ProxyEvaluator>(networks_, ProxyEvaluatorConfig{.settings = settings_,
                                                                         .threads = request_.train.threads,
                                                                         .seed = run.seed,
                                                                         .platform = platform_,
                                                                         .measured = measured_,
                                                                         .budget = request_.budget});
    return {.space = networks_.space,
            .evaluator = evaluator,
            .limits = {.budget = static_cast<std::size_t>(request_.budget)}};
  }

  const char* record_file() const override { return kProxySearchFile; }
  Json header() const override { return {{"schema", kProxySearchSchema}, {"kind", "proxy_search"}}; }

  Json settings(const SearchRun&) const override {
    Json settings = networks_.settings;
    settings.update({{"proxies", settings_.proxies},
                     {"target", request_.target},
                     {"latency", !platform_  ? "none"
                                 : measured_ ? "measured"
                                             : "estimated"},
                     {"batch", settings_.latency_batch},
                     {"proxy_batch", settings_.proxy_batch},
                     {"size", networks_.options.size},
                     {"classes", networks_.options.classes},
                     {"threads", request_.train.threads},
                     {"seconds", settings_.latency_seconds},
                     {"budget", request_.budget}});
    return settings;
  }

  void summarise(Json& record, const History& history) const override {
    const SearchCounts counts = count(history);
    record["accuracy"] = networks_.accuracies_from.empty() ? "not measured" : "from " + networks_.accuracies_from;
    record["evaluations"] = counts.evaluated;
    record["proposals"] = counts.proposals;
    record["repeated"] = counts.repeated;
    record["invalid"] = counts.invalid + counts.unreadable;
    const bool in_generations = record["settings"]["strategy_settings"].contains("generations");
    record["generations"] = in_generations ? std::max(0, record["turns"].get<int>() - 1) : counts.rounds;
    record["chat"] = record.value("ledger", Json());
    record.update(
        record_to_json(summarise_proxies(*networks_.space, history, settings_.proxies, networks_.accuracies)));
  }

  void finish(Json& record, const SearchRun& run, const RunState&) const override {
    const Json front = record["front"];
    if (!networks_.write || front.empty()) return;
    const auto proxy = [&](const Json& point) {
      const Json& value = point["proxies"][settings_.proxies[0]];
      return value.is_null() ? -std::numeric_limits<double>::infinity() : value.get<double>();
    };
    for (const Json& point : front) {
      const auto name = point["name"].get<std::string>();
      networks_.write(run.folder / "front" / (name + ".json"), name, point["design"]);
    }
    const auto best =
        std::max_element(front.begin(), front.end(), [&](const Json& a, const Json& b) { return proxy(a) < proxy(b); });
    record["best"] = (*best)["name"];
    networks_.write(run.folder / "best.json", "Best of " + run.configuration.name, (*best)["design"]);
  }

  std::string text(const Json& record, const fs::path& out, const TableForm& form) const override {
    return proxy_search_text(record, out, form);
  }

 private:
  CommonRequest request_;
  ProxySettings settings_;
  NetworkSpace networks_;
  std::optional<Platform> platform_;
  bool measured_ = false;
};

}  // namespace

std::unique_ptr<ProblemSet> open_proxies(const SearchPlan& plan, NetworkSpace networks) {
  return set_of(std::make_unique<ProxyProblem>(plan.request, std::move(networks)));
}

}  // namespace flnas::searches
