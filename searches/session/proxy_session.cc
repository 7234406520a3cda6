#include "searches/session/proxy_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "harness/base/progress.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/records/digest.h"
#include "searches/core/search.h"
#include "searches/llm/architecture_prompt.h"
#include "searches/session/search_chat.h"
#include "searches/session/subnet_summary.h"
#include "searches/spaces/autoformer/proxy_evaluator.h"
#include "searches/spaces/autoformer/subnet_operators.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

constexpr int kSchema = 2;  ///< 1: the first edition's, without a strategy and with evaluations.jsonl

/// What the figures and the order of a search depend on.
Json settings_of(const SearchRequest& request, bool measured) {
  Json settings = {{"strategy", request.strategy},     {"space", request.space},
                   {"partition", request.niches},      {"proxies", request.proxies},
                   {"target", request.target},         {"latency", measured ? "measured" : "estimated"},
                   {"batch", request.latency_batch},   {"proxy_batch", request.proxy_batch},
                   {"size", request.train.size},       {"classes", request.classes},
                   {"threads", request.train.threads}, {"seconds", request.latency_seconds},
                   {"budget", request.budget},         {"seed", request.seed()},
                   {"attempts", request.attempts}};
  settings.update(request.llm.settings());
  return settings;
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

}  // namespace

Json run_proxy_search(const SearchRequest& given, const std::string& command) {
  SearchRequest request = given;
  if (request.target.empty()) request.target = "host";
  if (request.niches.empty()) request.niches = request.strategy == "llmnas" ? "width-depth" : "none";
  const nn::ModelOptions options{.classes = request.classes, .size = request.train.size};
  require_valid_request(request, options);
  const Platform platform = load_platform(request.target);
  const bool measured = is_present(platform, this_machine());
  if (measured && platform.device != "cpu") {
    throw ConfigError(fmt::format("--target {}: latencies are measured on processors only", request.target));
  }
  const std::map<std::string, double> accuracies = read_accuracies(request);
  const AutoFormerSearchSpace space(request.space, request.niches, options);
  const Json settings = settings_of(request, measured);
  const auto file = request.out / kProxySearchFile;
  if (std::filesystem::exists(file)) {
    require_same_settings(request.out, read_json(file).value("settings", Json::object()), settings);
  } else if (std::filesystem::exists(request.out / "archive.jsonl")) {
    throw ConfigError(fmt::format("{}: holds an archive without its {}; choose another --out", request.out.string(),
                                  kProxySearchFile));
  }
  ProxyEvaluator evaluator(space, {.proxies = request.proxies,
                                   .options = options,
                                   .proxy_batch = request.proxy_batch,
                                   .latency_batch = request.latency_batch,
                                   .latency_seconds = request.latency_seconds,
                                   .threads = request.train.threads,
                                   .seed = request.seed(),
                                   .platform = platform,
                                   .measured = measured,
                                   .budget = request.budget});
  const bool asks = request.llm.answers();
  std::optional<SearchChat> chat;
  std::optional<LlmCaller> llm;
  StrategyContext context{.space = space,
                          .evaluator = evaluator,
                          .budget = static_cast<std::size_t>(request.budget),
                          .seed = request.seed(),
                          .latency_limit_us = {},
                          .llm = nullptr,
                          .llm_settings = llm_settings(request),
                          .question = {}};
  if (asks) {
    chat.emplace(request.llm, request.out, request.llm.llm == "server" ? request.calls : 1);
    llm.emplace(chat->client(), context.llm_settings, request.seed());
    context.llm = &*llm;
    if (!request.llm.prompt.empty()) {
      context.question = [&, prompt = PromptTemplate::load(request.llm.prompt)](const Archive& archive) {
        return architecture_question(prompt, space, evaluator, archive);
      };
    }
  }
  const auto strategy = make_strategy(request.strategy, context);
  Json record = {{"schema", kSchema},
                 {"kind", "transformer_search"},
                 {"status", "running"},
                 {"command", command},
                 {"started", utc_now()},
                 {"settings", settings},
                 {"environment", {{"machine", describe_machine()}, {"build", describe_build()}}}};
  write_with_digest(file, record);
  const auto start = std::chrono::steady_clock::now();
  Archive archive(request.out / "archive.jsonl");
  const SearchOutcome outcome =
      run_search(*strategy, space, evaluator, archive, {.budget = context.budget, .attempts = request.attempts});
  const SearchCounts counts = count(archive.history());
  record["status"] = outcome.reason.empty() ? "finished" : "stopped";
  record["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  record["accuracy"] = accuracies.empty() ? "not measured" : "from a table: " + request.accuracies.filename().string();
  record["evaluations"] = counts.evaluated;
  record["proposals"] = counts.proposals;
  record["repeated"] = counts.repeated;
  record["invalid"] = counts.invalid + counts.unreadable;
  record["generations"] = request.strategy == "llmnas" ? std::max(0, outcome.turns - 1) : counts.rounds;
  record["reason"] = outcome.reason;
  record["chat"] = chat ? chat->ledger() : Json();
  record.update(summarise_subnets(space, archive.history(), request.proxies, accuracies));
  write_with_digest(file, record);
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  return record;
}

std::string proxy_search_text(const Json& record) {
  std::string text =
      fmt::format("{}: {} subnets in {}, {} on the front; latency {} on {}, accuracy {}\n",
                  record["settings"]["space"].get<std::string>(), record["evaluations"].get<std::size_t>(),
                  format_duration(record["seconds"].get<double>()), record["front"].size(),
                  record["settings"]["latency"].get<std::string>(), record["settings"]["target"].get<std::string>(),
                  record["accuracy"].get<std::string>());
  for (const auto& niche : record["niches"]) {
    text += fmt::format("  {:<24} {:>5} evaluated, {:>4} in its archive, {:>4} on the front\n",
                        niche["name"].get<std::string>(), niche["evaluated"].get<std::int64_t>(),
                        niche["archive"].get<std::size_t>(), niche["front"].get<std::int64_t>());
  }
  const auto mistrusted = std::count_if(record["points"].begin(), record["points"].end(),
                                        [](const Json& point) { return point["mistrust"] != ""; });
  if (mistrusted > 0) text += fmt::format("  {} latencies are mistrusted: see `mistrust` in the record\n", mistrusted);
  text += fmt::format("{:>12} {:>13} {:>14}  {}\n", "latency ms", "parameters", "MACs", "proxies; accuracy; subnet");
  for (const auto& point : record["front"]) {
    text += fmt::format("{:>12.3f} {:>13} {:>14}  {}; {}; {}\n", point["latency_ms"].get<double>(),
                        with_thousands(point["parameters"].get<std::int64_t>()),
                        with_thousands(point["macs"].get<std::int64_t>()), point["proxies"].dump(),
                        point["accuracy"].is_null() ? "not measured" : point["accuracy"].dump(),
                        point["subnet"].get<std::string>());
  }
  return text;
}

}  // namespace flnas::searches
