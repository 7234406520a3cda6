#include "searches/spaces/autoformer/proxy_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/text.h"
#include "harness/latency/estimation/this_machine.h"
#include "searches/core/search.h"
#include "searches/spaces/autoformer/proxy_evaluator.h"
#include "searches/spaces/autoformer/subnet_operators.h"
#include "searches/spaces/autoformer/subnet_summary.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr int kSchema = 2;  ///< 1: the first edition's, without a strategy and with evaluations.jsonl

SearchRequest filled_in(SearchRequest request) {
  if (request.target.empty()) request.target = "host";
  if (request.niches.empty()) request.niches = request.strategy == "llmnas" ? "width-depth" : "none";
  return request;
}

/// Accuracies by subnet's text, where a table is given.
std::map<std::string, double> read_accuracies(const SearchRequest& request) {
  std::map<std::string, double> accuracies;
  if (request.accuracies.empty()) return accuracies;
  const Csv csv = Csv::read(request.accuracies);
  const std::size_t subnet = csv.column("subnet"), accuracy = csv.column("accuracy");
  const nn::AutoFormerSpace& space = nn::autoformer_space(request.space);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    try {
      accuracies[subnet_text(read_subnet(csv.at(row, subnet), space))] = csv.number(row, accuracy);
    } catch (const ConfigError& error) {
      throw DataError(fmt::format("{}:{}: {}", csv.where(), csv.line(row), error.what()));
    }
  }
  return accuracies;
}

void require_valid_request(const SearchRequest& request, const nn::ModelOptions& options) {
  for (const auto& name : request.proxies) find_name("proxy", name, proxies::proxy_names());
  std::vector<std::string> problems;
  const auto require = [&](bool good, const char* problem) {
    if (!good) problems.emplace_back(problem);
  };
  require(!request.proxies.empty(), "--proxies must name at least one");
  require(request.latency_batch >= 1 && request.latency_batch <= 4096, "--latency-batch must be 1 to 4096");
  require(request.proxy_batch >= 2 && request.proxy_batch <= 4096, "--proxy-batch must be 2 to 4096");
  require(request.latency_seconds >= 0 && request.latency_seconds <= 3600, "--latency-seconds must be 0 to 3600");
  require(options.size % nn::kPatchSize == 0, "--size must be a multiple of 16");
  flnas::require_valid(problems);
  nn::require_geometry(request.space, options, nn::kPatchSize);
}

std::string front_table(const Json& front, const TableForm& form) {
  std::vector<TextRow> rows = {{"latency, ms", "parameters", "MACs", "accuracy", "subnet"}};
  if (form.is_whole()) rows[0].emplace_back("proxies");
  for (const auto& point : front) {
    TextRow& cells = rows.emplace_back(TextRow{
        fmt::format("{:.3f}", point["latency_ms"].get<double>()),
        with_thousands(point["parameters"].get<std::int64_t>()), with_thousands(point["macs"].get<std::int64_t>()),
        point["accuracy"].is_null() ? "not measured" : point["accuracy"].dump(), point["subnet"].get<std::string>()});
    if (form.is_whole()) cells.push_back(point["proxies"].dump());
  }
  return show_table(rows, "rrrrl", form);
}

std::string proxy_search_text(const Json& record, const TableForm& form) {
  std::string text =
      fmt::format("{}: {} subnets in {}, {} on the Pareto front\nlatency {} on {}; accuracy {}\n",
                  record["settings"]["space"].get<std::string>(), record["evaluations"].get<std::size_t>(),
                  format_duration(record["seconds"].get<double>()), record["front"].size(),
                  record["settings"]["latency"].get<std::string>(), record["settings"]["target"].get<std::string>(),
                  record["accuracy"].get<std::string>());
  std::vector<TextRow> niches = {{"niche", "evaluated", "in its archive", "on the front"}};
  for (const auto& niche : record["niches"]) {
    niches.push_back({niche["name"].get<std::string>(), niche["evaluated"].dump(),
                      fmt::format("{}", niche["archive"].get<std::size_t>()), niche["front"].dump()});
  }
  text += show_table(niches, "lrrr", form) + "\n";
  const auto unreliable = std::count_if(record["points"].begin(), record["points"].end(),
                                        [](const Json& point) { return point["mistrust"] != ""; });
  if (unreliable > 0) {
    text += fmt::format("{} latencies are unreliable; the record says why of each point\n", unreliable);
  }
  return text + front_table(record["front"], form);
}

class ProxyProblem : public Problem {
 public:
  explicit ProxyProblem(const SearchRequest& request)
      : request_(filled_in(request)),
        options_{.classes = request.classes, .size = request.train.size},
        platform_((require_valid_request(request_, options_), load_platform(request_.target))),
        measured_(is_present(platform_, this_machine())),
        accuracies_(read_accuracies(request_)),
        space_(std::make_shared<AutoFormerSearchSpace>(request_.space, request_.niches, options_)) {
    if (measured_ && platform_.device != "cpu") {
      throw ConfigError(fmt::format("--target {}: latencies are measured on processors only", request_.target));
    }
  }

  Searched open(const SearchRun& run) const override {
    const auto evaluator =
        std::make_shared<ProxyEvaluator>(*space_, ProxyEvaluatorConfig{.proxies = request_.proxies,
                                                                       .options = options_,
                                                                       .proxy_batch = request_.proxy_batch,
                                                                       .latency_batch = request_.latency_batch,
                                                                       .latency_seconds = request_.latency_seconds,
                                                                       .threads = request_.train.threads,
                                                                       .seed = run.seed,
                                                                       .platform = platform_,
                                                                       .measured = measured_,
                                                                       .budget = request_.budget});
    return {.space = space_, .evaluator = evaluator, .limits = {.budget = static_cast<std::size_t>(request_.budget)}};
  }

  const char* record_file() const override { return kProxySearchFile; }
  Json header() const override { return {{"schema", kSchema}, {"kind", "transformer_search"}}; }

  Json settings(const SearchRun&) const override {
    return {{"partition", request_.niches},      {"proxies", request_.proxies},
            {"target", request_.target},         {"latency", measured_ ? "measured" : "estimated"},
            {"batch", request_.latency_batch},   {"proxy_batch", request_.proxy_batch},
            {"size", request_.train.size},       {"classes", request_.classes},
            {"threads", request_.train.threads}, {"seconds", request_.latency_seconds},
            {"budget", request_.budget}};
  }

  void summarise(Json& record, const History& history) const override {
    const SearchCounts counts = count(history);
    record["accuracy"] =
        accuracies_.empty() ? "not measured" : "from a table: " + request_.accuracies.filename().string();
    record["evaluations"] = counts.evaluated;
    record["proposals"] = counts.proposals;
    record["repeated"] = counts.repeated;
    record["invalid"] = counts.invalid + counts.unreadable;
    const bool in_generations = record["settings"]["strategy"] == "llmnas";
    record["generations"] = in_generations ? std::max(0, record["turns"].get<int>() - 1) : counts.rounds;
    record["chat"] = record.value("ledger", Json());
    record.update(summarise_subnets(*space_, history, request_.proxies, accuracies_));
  }

  std::string text(const Json& record, const fs::path&, const TableForm& form) const override {
    return proxy_search_text(record, form);
  }

 private:
  SearchRequest request_;
  nn::ModelOptions options_;
  Platform platform_;
  bool measured_;
  std::map<std::string, double> accuracies_;  ///< by subnet
  std::shared_ptr<const AutoFormerSearchSpace> space_;
};

}  // namespace

std::unique_ptr<ProblemSet> open_proxies(const SearchPlan& plan) {
  return set_of(std::make_unique<ProxyProblem>(plan.request));
}

}  // namespace flnas::searches
