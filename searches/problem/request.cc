#include "searches/problem/request.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
#include "searches/problem/local_model.h"

namespace flnas::searches {
void LlmRequest::require_valid() const {
  find_name("--llm", llm, {"server", "local", "file", "replay", "none"});
  const auto require = [&](bool holds, const std::string& what) {
    if (!holds) throw ConfigError(fmt::format("--llm {}: {}", llm, what));
  };
  require(llm != "server" || (!url.empty() && !model.empty()),
          "needs --llm-url and --llm-model; without a server take --llm local, file or replay, or a strategy without a "
          "language model");
  require(llm == "server" || url.empty(), "--llm-url is for --llm server");
  require(llm != "local" || model.empty(), "has one model, that of --llm-weights: leave out --llm-model");
  require(llm == "local" || weights.empty(), "--llm-weights is for --llm local");
  require(llm == "local" || threads == 0, "--llm-threads is for --llm local");
  require(threads >= 0 && threads <= 1024, fmt::format("--llm-threads must be 0 to 1024, not {}", threads));
  require(llm != "replay" || !replay.empty(), "needs --replay FILE");
  require(llm == "replay" || replay.empty(), "--replay is for --llm replay");
  require(llm == "server" || llm == "local" || llm == "file" || record.empty(),
          "--record is for --llm server, local and file");
  require(temperature >= 0 && temperature <= 2, fmt::format("--llm-temperature must be 0 to 2, not {}", temperature));
  find_name("--llm-format", format, {"json", "text"});
  require(timeout > 0, fmt::format("--llm-timeout must be above 0, not {}", timeout));
  require(max_tokens > 0, fmt::format("--llm-max-tokens must be above 0, not {}", max_tokens));
  require(prices.empty() || prices.size() == 2, "--llm-prices are two: PROMPT,COMPLETION");
}

Json LlmRequest::settings() const {
  if (!answers()) return {{"llm", llm}};
  Json settings = {{"llm", llm}, {"model", model}, {"temperature", temperature}, {"max_tokens", max_tokens}};
  if (llm == "server" || llm == "local") settings["format"] = format;
  if (llm == "local") {
    const LocalModel local = find_local_model(weights);
    settings["model"] = local.name;
    settings["weights"] = local.sha256;
  }
  if (llm == "replay") settings["replay"] = sha256_file(replay);
  return settings;
}

void require_same_settings(const std::filesystem::path& folder, const Json& found, const Json& asked) {
  const auto refuse = [&](const std::string& key) {
    throw ConfigError(fmt::format("{}: holds a search with another '{}'; choose another --out, or delete the folder",
                                  folder.string(), key));
  };
  for (const auto& [key, value] : asked.items()) {
    if (!found.contains(key) || found[key] != value) refuse(key);
  }
  for (const auto& [key, value] : found.items()) {
    if (!asked.contains(key)) refuse(key);
  }
}

}  // namespace flnas::searches
