#include "searches/spaces/cnn/sequential_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"
#include "searches/llm/reply/python_syntax.h"
#include "searches/llm/reply/read_reply.h"
#include "searches/llm/reply/sequential.h"

namespace flnas::searches {
namespace {

std::shared_ptr<nn::Classifier> built(const std::string& text, const std::string& where,
                                      const nn::ModelOptions& options) {
  constexpr char kElse[] = "any other model is given as TorchScript: torch.jit.script(model).save(\"model.pt\")";
  if (!is_utf8(text)) throw ConfigError(where + ": not valid UTF-8; save it as UTF-8");
  const FoundCall found = find_call(text, "Sequential");
  if (!found.found) {
    throw ConfigError(fmt::format(
        "{}: {}; {}", where,
        found.error.empty() ? "no nn.Sequential(...) in it" : "its nn.Sequential cannot be read: " + found.error,
        kElse));
  }
  std::vector<std::string> problems;
  const auto architecture = read_sequential(found.call, options, problems);
  if (!architecture) throw ConfigError(fmt::format("{}: {}; {}", where, fmt::join(problems, "; "), kElse));
  return nn::build_classifier(nn::parse_architecture(*architecture, where), options);
}

}  // namespace

nn::ModelEntry sequential_file(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) throw ConfigError(fmt::format("{}: no such file", file.string()));
  if (std::filesystem::file_size(file) > kMostReplyBytes) {
    throw ConfigError(fmt::format("{}: longer than {} KiB; give a file with the nn.Sequential alone", file.string(),
                                  kMostReplyBytes / 1024));
  }
  const std::string name = file.stem().string();
  return {.name = name,
          .title = name,
          .source = "nn.Sequential in " + file.filename().string(),
          .paper_parameters = std::nullopt,
          .make = [text = read_file(file), where = file.string()](const nn::ModelOptions& options) {
            return built(text, where, options);
          }};
}

}  // namespace flnas::searches
