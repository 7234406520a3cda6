#include "searches/session/request.h"

#include <fmt/format.h>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
#include "harness/nn/autoformer/autoformer.h"

namespace flnas::searches {
namespace {

/// Throws ConfigError for a flag that differs from its default under another space's heading.
void require_flags_of(const std::string& group, const SearchRequest& request) {
  std::vector<std::string> usual;
  const SearchRequest unchanged;
  SearchRequest::for_each_field(unchanged, [&](const char*, const auto& value, const char*, FieldTraits = {}) {
    usual.push_back(value_word(value));
  });
  std::size_t field = 0;
  SearchRequest::for_each_field(
      request, [&](const std::string& name, const auto& value, const char*, const FieldTraits& traits = {}) {
        const bool changed = value_word(value) != usual[field++];
        const bool is_shared = name == "seed" || (group == kOnAutoFormer && (name == "size" || name == "threads"));
        const bool is_training = traits.group == kTraining && (group == kOnCnn || is_shared);
        const bool is_general = traits.group.empty() || traits.group == kWithLlm;
        if (!changed || is_general || is_training || traits.group == group) return;
        throw ConfigError(fmt::format("--{} is for another space, and this one is {}: {}", flag_name(name),
                                      request.space, traits.group));
      });
}

}  // namespace

std::vector<std::string> space_names() {
  std::vector<std::string> names = {kCnn, kNasBench201};
  for (const auto& space : nn::autoformer_spaces()) names.push_back(space.name);
  return names;
}

void LlmRequest::require_valid() const {
  find_name("--llm", llm, {"server", "file", "replay", "none"});
  const auto require = [&](bool holds, const std::string& what) {
    if (!holds) throw ConfigError(fmt::format("--llm {}: {}", llm, what));
  };
  require(
      llm != "server" || (!url.empty() && !model.empty()),
      "needs --llm-url and --llm-model; without a server take --llm file or replay, or a strategy that asks nobody");
  require(llm == "server" || url.empty(), "--llm-url is for --llm server");
  require(llm != "replay" || !replay.empty(), "needs --replay FILE");
  require(llm == "replay" || replay.empty(), "--replay is for --llm replay");
  require(llm == "server" || llm == "file" || record.empty(), "--record is for --llm server and file");
  require(temperature >= 0 && temperature <= 2, fmt::format("--llm-temperature must be 0 to 2, not {}", temperature));
  find_name("--llm-format", format, {"json", "text"});
  require(timeout > 0, fmt::format("--llm-timeout must be above 0, not {}", timeout));
  require(max_tokens > 0, fmt::format("--llm-max-tokens must be above 0, not {}", max_tokens));
  require(prices.empty() || prices.size() == 2, "--llm-prices are two: PROMPT,COMPLETION");
}

Json LlmRequest::settings() const {
  if (!answers()) return {{"llm", llm}};
  Json settings = {{"llm", llm}, {"model", model}, {"temperature", temperature}, {"max_tokens", max_tokens}};
  if (llm == "server") settings["format"] = format;
  if (llm == "replay") settings["replay"] = sha256_file(replay);
  return settings;
}

SearchRequest completed(const SearchRequest& given) {
  SearchRequest request = given;
  const bool tables = !request.tables.empty(), images = !request.data.folder.empty();
  if (request.space.empty() && tables != images) request.space = tables ? kNasBench201 : kCnn;
  if (request.space.empty()) {
    throw ConfigError(
        "what is to be searched? Give either --tables DIR (NAS-Bench-201), --data DIR with --split FILE (images), or "
        "--space autoformer-tiny (vision transformers)");
  }
  find_name("space", request.space, space_names());
  const bool is_cnn = request.space == kCnn, is_tables = request.space == kNasBench201;
  if (is_tables && !tables) {
    throw ConfigError("--space nas_bench_201 needs --tables DIR; datasets/nas/README.md says where to get them");
  }
  if (is_cnn && (!images || request.data.split.empty())) {
    throw ConfigError("--space cnn needs --data DIR, and --split FILE, which `flnas dataset split` writes");
  }
  require_flags_of(is_cnn ? kOnCnn : is_tables ? kOnTables : kOnAutoFormer, request);
  const std::string evaluator = is_cnn ? "train" : is_tables ? "table" : "proxies";
  if (!request.evaluator.empty()) find_name("--evaluator", request.evaluator, {"train", "table", "proxies"});
  if (!request.evaluator.empty() && request.evaluator != evaluator) {
    throw ConfigError(
        fmt::format("--evaluator {}: space {} is evaluated by {} alone", request.evaluator, request.space, evaluator));
  }
  request.evaluator = evaluator;
  if (request.budget == 0) request.budget = is_cnn ? 10 : is_tables ? 500 : 100;
  if (request.attempts == 0) request.attempts = is_cnn ? 10 : 3;
  if (request.budget < 1 || request.budget > 1'000'000) throw ConfigError("--budget must be 1 to 1000000");
  if (request.attempts < 1 || request.attempts > 100) throw ConfigError("--attempts must be 1 to 100");
  if (request.calls < 1 || request.calls > 64) throw ConfigError("--calls must be 1 to 64");
  request.llm.require_valid();
  return request;
}

void require_same_settings(const std::filesystem::path& folder, const Json& found, const Json& asked) {
  for (const auto& [key, value] : asked.items()) {
    if (found.contains(key) && found[key] == value) continue;
    throw ConfigError(fmt::format("{}: holds a search with another '{}'; choose another --out, or delete the folder",
                                  folder.string(), key));
  }
}

}  // namespace flnas::searches
