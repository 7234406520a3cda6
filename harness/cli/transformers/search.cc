#include "harness/cli/transformers/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "harness/base/progress.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/cli/transformers/evaluator.h"
#include "harness/cli/transformers/summary.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/nn/autoformer/autoformer.h"
#include "harness/proxies/proxies.h"
#include "harness/records/digest.h"
#include "searches/llmnas/coevolution.h"
#include "searches/llmnas/llm_proposer.h"
#include "searches/spaces/autoformer/transformer_operators.h"
#include "searches/spaces/autoformer/transformer_space.h"

namespace flnas::cli {
namespace {

/// What the figures and the order of a search depend on.
Json settings_of(const TransformerSearchRequest& request, bool measured) {
  Json settings = {{"space", request.space},
                   {"partition", request.partition},
                   {"proxies", request.proxies},
                   {"target", request.target},
                   {"latency", measured ? "measured" : "estimated"},
                   {"batch", request.batch},
                   {"proxy_batch", request.proxy_batch},
                   {"size", request.options.size},
                   {"classes", request.options.classes},
                   {"threads", request.threads},
                   {"seconds", request.seconds},
                   {"budget", request.budget},
                   {"seed", request.seed},
                   {"designer", request.designer}};
  if (needs_chat(request.designer)) {
    settings["attempts"] = request.attempts;
    settings.update(request.chat.settings(request.designer));
  }
  return settings;
}

void require_settings(const std::filesystem::path& out, const Json& settings) {
  const auto file = out / kSettingsFile;
  if (std::filesystem::exists(file)) {
    const Json found = read_json(file);
    for (const auto& [key, value] : settings.items()) {
      if (found.contains(key) && found[key] == value) continue;
      throw ConfigError(
          fmt::format("{}: holds a search with other settings: another '{}'; give another --out", out.string(), key));
    }
    return;
  }
  create_folder(out);
  write_json(file, settings);
}

/// Accuracies by subnet's text, where a table is given.
std::map<std::string, double> read_accuracies(const TransformerSearchRequest& request) {
  std::map<std::string, double> accuracies;
  if (request.accuracies.empty()) return accuracies;
  const Csv csv = Csv::read(request.accuracies);
  const std::size_t subnet = csv.column("subnet"), accuracy = csv.column("accuracy");
  const nn::AutoFormerSpace& space = nn::autoformer_space(request.space);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    try {
      const std::string text = searches::subnet_text(searches::read_subnet(csv.at(row, subnet), space));
      accuracies[text] = csv.number(row, accuracy);
    } catch (const ConfigError& error) {
      throw DataError(fmt::format("{}:{}: {}", csv.where(), csv.line(row), error.what()));
    }
  }
  return accuracies;
}

/// Who proposes, with what it needs.
struct Answers {
  std::unique_ptr<SearchChat> chat;
  std::unique_ptr<searches::llmnas::LlmProposer> words;
  searches::llmnas::OperatorProposer operators;

  Answers(const TransformerSearchRequest& request, const searches::TransformerSpace& space) : operators(space) {
    if (!needs_chat(request.designer)) return;
    chat = std::make_unique<SearchChat>(request.designer, request.chat, request.out, request.calls);
    words = std::make_unique<searches::llmnas::LlmProposer>(
        space, chat->client(),
        searches::llmnas::LlmProposerSettings{.model = request.chat.model,
                                              .temperature = request.chat.temperature,
                                              .max_tokens = request.chat.max_tokens,
                                              .seed = request.seed,
                                              .attempts = request.attempts,
                                              .at_once = request.designer == "llm" ? request.calls : 1});
  }
  searches::llmnas::Proposer& proposer() {
    if (words) return *words;
    return operators;
  }
};

void require_valid_request(const TransformerSearchRequest& request) {
  find_name("designer", request.designer, {"none", "llm", "file", "replay"});
  request.chat.require_for(request.designer);
  for (const auto& name : request.proxies) find_name("proxy", name, proxies::proxy_names());
  std::vector<std::string> problems;
  const auto require = [&](bool good, const char* problem) {
    if (!good) problems.emplace_back(problem);
  };
  require(!request.proxies.empty(), "--proxies must name at least one");
  require(request.budget >= 1 && request.budget <= 1'000'000, "--budget must be 1 to 1000000");
  require(request.batch >= 1 && request.batch <= 4096, "--batch must be 1 to 4096");
  require(request.proxy_batch >= 2 && request.proxy_batch <= 4096, "--proxy-batch must be 2 to 4096");
  require(request.seconds >= 0 && request.seconds <= 3600, "--seconds must be 0 to 3600");
  require(request.options.size % nn::kPatchSize == 0, "--size must be a multiple of 16");
  require(request.calls >= 1 && request.calls <= 64, "--calls must be 1 to 64");
  require(request.attempts >= 1 && request.attempts <= 100, "--attempts must be 1 to 100");
  require_valid(problems);
  nn::require_geometry(request.space, request.options, nn::kPatchSize);
}

}  // namespace

Json run_transformer_search(const TransformerSearchRequest& request) {
  require_valid_request(request);
  const Platform platform = load_platform(request.target);
  const bool measured = is_present(platform, this_machine());
  if (measured && platform.device != "cpu") {
    throw ConfigError(fmt::format("--target {}: latencies are measured on processors only", request.target));
  }
  const std::map<std::string, double> accuracies = read_accuracies(request);
  // Names are checked before anything is written.
  std::optional<TransformerEvaluator> evaluator;
  searches::TransformerSpace space(request.space, request.partition,
                                   [&](const nn::AutoFormer& subnet) { return (*evaluator)(subnet); });
  require_settings(request.out, settings_of(request, measured));
  evaluator.emplace(request, platform, measured);
  const std::string started = utc_now();
  const auto start = std::chrono::steady_clock::now();

  searches::llmnas::EvaluationLog log(space, static_cast<std::size_t>(request.budget));
  Answers answers(request, space);
  const auto outcome = searches::llmnas::coevolve(space, log, answers.proposer(), request.seed);

  Json record = {
      {"schema", kRecordSchema}, {"kind", "transformer_search"}, {"command", request.command}, {"started", started}};
  record["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  record["settings"] = settings_of(request, measured);
  record["accuracy"] = accuracies.empty() ? "not measured" : "from a table: " + request.accuracies.filename().string();
  record["evaluations"] = log.order().size();
  record["proposals"] = log.proposals();
  record["repeated"] = log.repeated();
  record["invalid"] = log.invalid();
  record["generations"] = outcome.generations;
  record["reason"] = outcome.reason;
  record["chat"] = answers.chat ? answers.chat->ledger() : Json();
  record.update(summarise_subnets(space, log.order(), request.options, accuracies));
  record["environment"] = {{"machine", describe_machine()}, {"build", describe_build()}};
  write_with_digest(request.out / kTransformerSearchFile, record);
  return record;
}

std::string transformer_search_text(const Json& record) {
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

}  // namespace flnas::cli
