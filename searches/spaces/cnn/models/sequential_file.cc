#include "searches/spaces/cnn/models/sequential_file.h"

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
#include "searches/llm/reply/sequential_layers.h"
#include "searches/llm/reply/torch_layer.h"

namespace flnas::searches {
namespace {

constexpr char kElse[] = "any other model is given as TorchScript: torch.jit.script(model).save(\"model.pt\")";

PyValue sequential_in(const std::string& text, const std::string& where) {
  if (!is_utf8(text)) throw ConfigError(where + ": not valid UTF-8; save it as UTF-8");
  FoundCall found = find_call(text, "Sequential");
  if (found.found) return std::move(found.call);
  throw ConfigError(fmt::format(
      "{}: {}; {}", where,
      found.error.empty() ? "no nn.Sequential(...) in it" : "its nn.Sequential cannot be read: " + found.error, kElse));
}

/// The last Linear at or below a value.
const PyValue* last_linear(const PyValue& value) {
  const PyValue* last = value.kind == PyValue::Kind::kCall && value.text == "Linear" ? &value : nullptr;
  for (const PyValue& item : value.items) {
    if (const PyValue* found = last_linear(item)) last = found;
  }
  for (const auto& [unused, item] : value.named) {
    if (const PyValue* found = last_linear(item)) last = found;
  }
  return last;
}

/// The out_features of the last Linear, where it is a number.
std::optional<std::int64_t> outputs_of(const PyValue& call) {
  const PyValue* last = last_linear(call);
  std::vector<std::string> problems;
  const auto layer = last == nullptr ? std::nullopt : TorchLayer::bind(*last, "", problems);
  return layer ? layer->known_integer("out_features", problems) : std::nullopt;
}

std::shared_ptr<nn::Classifier> built(const std::string& text, const std::string& where,
                                      const nn::ModelOptions& options) {
  const PyValue call = sequential_in(text, where);
  if (const auto outputs = outputs_of(call); outputs && *outputs != options.classes) {
    throw ConfigError(
        fmt::format("{}: its last Linear gives {} outputs where {} classes are told apart (by the task, or --classes)",
                    where, *outputs, options.classes));
  }
  std::vector<std::string> problems;
  const auto architecture = read_sequential(call, options, problems);
  if (!architecture) throw ConfigError(fmt::format("{}: {}; {}", where, fmt::join(problems, "; "), kElse));
  return nn::build_classifier(nn::parse_architecture(*architecture, where), options, names_of_weighted_layers(call));
}

}  // namespace

std::optional<std::int64_t> sequential_outputs(const std::filesystem::path& file) {
  return outputs_of(sequential_in(read_file(file), file.string()));
}

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
