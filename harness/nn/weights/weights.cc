#include "harness/nn/weights/weights.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <caffe2/serialize/inline_container.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"
#include "harness/nn/archive.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "harness/nn/weights/safetensors.h"
#include "harness/nn/weights/state_pickle.h"

namespace flnas::nn {
namespace {

constexpr char kInputMean[] = "input_mean", kInputDeviation[] = "input_deviation";
constexpr std::string_view kCounter = "num_batches_tracked";

at::ScalarType type_of(const std::string& dtype) {
  static const std::map<std::string, at::ScalarType> types = {
      {"F64", at::kDouble}, {"F32", at::kFloat}, {"F16", at::kHalf}, {"BF16", at::kBFloat16}, {"I64", at::kLong},
      {"I32", at::kInt},    {"I16", at::kShort}, {"I8", at::kChar},  {"U8", at::kByte},       {"BOOL", at::kBool}};
  return types.at(dtype);
}

/// The tensor's values, copied; the caller has seen that they lie within `bytes`.
at::Tensor tensor_of(const StoredTensor& stored, std::string_view bytes) {
  const at::ScalarType type = type_of(stored.dtype);
  const std::int64_t width = *bytes_of_dtype(stored.dtype), values = stored.bytes / width;
  const at::Tensor storage = at::empty({values}, type);
  if (values > 0) {
    std::memcpy(storage.data_ptr(), bytes.data() + stored.offset, static_cast<std::size_t>(values * width));
  }
  return storage.as_strided(stored.shape, stored.strides).contiguous();
}

NamedTensors read_safetensors(const std::string& bytes, const std::string& where) {
  NamedTensors tensors;
  for (const StoredTensor& stored : parse_safetensors(bytes, where)) {
    tensors.emplace_back(stored.name, tensor_of(stored, bytes));
  }
  return tensors;
}

NamedTensors read_state_dict(caffe2::serialize::PyTorchStreamReader& archive, const std::string& where) {
  const auto [pickle, length] = archive.getRecord("data.pkl");
  NamedTensors tensors;
  for (const StoredTensor& stored : parse_state_pickle({static_cast<const char*>(pickle.get()), length}, where)) {
    const auto [values, size] = archive.getRecord("data/" + stored.storage);
    if (static_cast<std::uint64_t>(stored.offset) + static_cast<std::uint64_t>(stored.bytes) > size) {
      throw DataError(
          fmt::format("{}: ends before the values of '{}'; copy it again", where, one_line(stored.name, 100)));
    }
    tensors.emplace_back(stored.name, tensor_of(stored, {static_cast<const char*>(values.get()), size}));
  }
  return tensors;
}

NamedTensors read_archive(const std::filesystem::path& file) {
  const std::string where = file.string();
  if (archive_kind(file) == ArchiveKind::kTorchScript) return torchscript_state(file);
  require_archive(file, ArchiveKind::kStateDict);
  try {
    caffe2::serialize::PyTorchStreamReader archive(where);
    return read_state_dict(archive, where);
  } catch (const c10::Error&) {
    throw DataError(fmt::format("{}: damaged, cannot be read; copy it again", where));
  }
}

/// "module." where all `weights` have it before one of the names `wanted`; blank where there is none.
std::string common_prefix(const NamedTensors& weights, const std::set<std::string>& wanted) {
  if (weights.empty() || wanted.contains(weights.front().first)) return {};
  const std::string& first = weights.front().first;
  std::string shortest;
  for (const std::string& known : wanted) {
    if (first.size() <= known.size() || !first.ends_with("." + known)) continue;
    const std::string prefix = first.substr(0, first.size() - known.size());
    const auto has_it = [&](const auto& item) { return item.first.starts_with(prefix); };
    if ((shortest.empty() || prefix.size() < shortest.size()) && std::ranges::all_of(weights, has_it)) {
      shortest = prefix;
    }
  }
  return shortest;
}

/// The model's tensors by one kind of names, against those of a file.
struct Naming {
  NamedTensors own;
  std::set<std::string> wanted;
  std::string prefix;     ///< of all names of the file
  std::size_t found = 0;  ///< names of the file that are wanted
};

Naming naming_of(NamedTensors own, const NamedTensors& weights) {
  Naming naming{.own = std::move(own), .wanted = {}, .prefix = {}, .found = 0};
  for (const auto& [name, unused] : naming.own) naming.wanted.insert(name);
  naming.prefix = common_prefix(weights, naming.wanted);
  for (const auto& [name, unused] : weights) {
    naming.found += naming.wanted.contains(name.substr(naming.prefix.size())) ? 1 : 0;
  }
  return naming;
}

/// The model's own names or, where more of the file's are among those or none at all, PyTorch's.
Naming naming_for(const Classifier& model, const NamedTensors& weights) {
  Naming naming = naming_of(state_view(model), weights);
  const std::map<std::string, std::string> names = model.pytorch_names();
  if (names.empty()) return naming;
  NamedTensors renamed = naming.own;
  for (auto& [name, unused] : renamed) name = names.at(name);
  Naming pytorch = naming_of(std::move(renamed), weights);
  return naming.found > 0 && naming.found >= pytorch.found ? naming : pytorch;
}

/// "no 'a', 'b' and 3 more"
std::string some_of(const char* what, const std::vector<std::string>& items) {
  constexpr std::size_t kShown = 3;
  const std::vector<std::string> shown(items.begin(),
                                       items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), kShown)));
  return fmt::format("{}{}{}", what, fmt::join(shown, ", "),
                     items.size() > kShown ? fmt::format(" and {} more", items.size() - kShown) : "");
}

std::string quoted(const std::string& name) { return fmt::format("'{}'", one_line(name, 100)); }

}  // namespace

NamedTensors read_weights(const std::filesystem::path& file) {
  const std::string where = file.string();
  if (!std::filesystem::is_regular_file(file)) {
    throw ConfigError(fmt::format("{}: no such file; give a run's model.pt, a state dict or .safetensors", where));
  }
  NamedTensors tensors =
      file.extension() == ".safetensors" ? read_safetensors(read_file(file), where) : read_archive(file);
  for (const auto& [name, tensor] : tensors) {
    if (!tensor.is_floating_point() || at::isfinite(tensor).all().item<bool>()) continue;
    throw DataError(fmt::format("{}: '{}' holds values that are not numbers or infinite", where, one_line(name, 100)));
  }
  return tensors;
}

bool has_input_statistics(const NamedTensors& weights) {
  return std::ranges::any_of(weights, [](const auto& item) { return item.first == kInputMean; });
}

void load_weights(Classifier& model, NamedTensors weights, const std::string& where, const std::string& model_name) {
  if (const NamedTensors state = state_view(model); !has_input_statistics(state)) {
    std::erase_if(weights, [](const auto& item) { return item.first == kInputMean || item.first == kInputDeviation; });
  }
  const auto [own, wanted, prefix, unused] = naming_for(model, weights);
  std::map<std::string, at::Tensor> given;
  for (auto& [name, tensor] : weights) given.emplace(name.substr(prefix.size()), std::move(tensor));

  std::vector<std::string> missing, other, unknown;
  std::vector<std::pair<at::Tensor, at::Tensor>> copies;
  for (const auto& [name, tensor] : own) {
    const auto found = given.find(name);
    if (found == given.end()) {
      if (!name.ends_with(kCounter)) missing.push_back(quoted(name));
      continue;
    }
    if (found->second.sizes() != tensor.sizes()) {
      other.push_back(fmt::format("{} is [{}] and not [{}]", quoted(name), fmt::join(found->second.sizes(), ", "),
                                  fmt::join(tensor.sizes(), ", ")));
    } else if (found->second.is_floating_point() != tensor.is_floating_point()) {
      other.push_back(fmt::format("{} is {} and not {}", quoted(name), c10::toString(found->second.scalar_type()),
                                  c10::toString(tensor.scalar_type())));
    }
    copies.emplace_back(tensor, found->second);
  }
  for (const auto& [name, tensor] : given) {
    if (!wanted.contains(name)) unknown.push_back(quoted(name));
  }
  std::vector<std::string> problems;
  if (!missing.empty()) problems.push_back(some_of("it lacks ", missing));
  if (!other.empty()) problems.push_back(some_of("", other));
  if (!unknown.empty()) problems.push_back(some_of("the model has no ", unknown));
  if (!problems.empty()) {
    throw ConfigError(fmt::format("{}: not the weights of {}: {}; give those of the same network with as many classes",
                                  where, model_name, fmt::join(problems, "; ")));
  }
  const at::NoGradGuard no_grad;
  for (const auto& [to, from] : copies) to.copy_(from);
}

}  // namespace flnas::nn
