#include "harness/train/checkpoint.h"

#include <fmt/format.h>
#include <torch/nn/module.h>
#include <torch/serialize.h>

#include <algorithm>
#include <ostream>
#include <sstream>
#include <string_view>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/hashing_stream.h"
#include "harness/train/adam.h"

namespace flnas {
namespace {

const at::Tensor& tensor_of(const at::Tensor& tensor) { return tensor; }
const at::Tensor& tensor_of(const nn::NamedTensors::value_type& named) { return named.second; }

template <class Tensors>
void write_tensors(torch::serialize::OutputArchive& archive, const std::string& prefix, const Tensors& tensors) {
  for (std::size_t i = 0; i < tensors.size(); ++i) archive.write(fmt::format("{}{}", prefix, i), tensor_of(tensors[i]));
}

template <class Tensors>
void read_tensors(torch::serialize::InputArchive& archive, const std::string& prefix, const Tensors& tensors) {
  const at::NoGradGuard no_grad;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    at::Tensor stored;
    archive.read(fmt::format("{}{}", prefix, i), stored);
    tensor_of(tensors[i]).copy_(stored);
  }
}

/// The end of a checkpoint: the SHA-256 of all that comes before. libtorch's archives tell no damage inside of a
/// tensor.
constexpr std::string_view kDigestMark = "\nflnas sha256 ";
constexpr std::size_t kDigestLength = 64;

/// The archive in a checkpoint. Those of earlier versions have no digest.
std::string checked_archive(const std::filesystem::path& file) {
  std::string bytes = read_file(file);
  const std::size_t end = kDigestMark.size() + kDigestLength + 1, at = bytes.size() - std::min(end, bytes.size());
  if (bytes.compare(at, kDigestMark.size(), kDigestMark) != 0) return bytes;
  const std::string digest = bytes.substr(at + kDigestMark.size(), kDigestLength);
  bytes.resize(at);
  if (sha256(bytes) == digest) return bytes;
  throw DataError(
      fmt::format("{}: damaged, its content is not what was written; delete it to start the run again", file.string()));
}

/// Names and shapes: what has to agree before tensors are copied.
Json describe(const nn::NamedTensors& tensors) {
  Json shapes = Json::object();
  for (const auto& [name, tensor] : tensors) shapes[name] = tensor.sizes().vec();
  return shapes;
}

}  // namespace

void write_checkpoint(const std::filesystem::path& file, const Json& meta, const LearnedState& state,
                      const Adam& optimizer) {
  Json full = meta;
  full["tensors"] = describe(state.model);
  torch::serialize::OutputArchive archive;
  archive.write("meta", c10::IValue(full.dump()));
  write_tensors(archive, "model", state.model);
  write_tensors(archive, "best", state.best);
  write_tensors(archive, "average", state.average);
  archive.write("steps", c10::IValue(optimizer.state().steps));
  write_tensors(archive, "mean", optimizer.state().mean);
  write_tensors(archive, "variance", optimizer.state().uncentred_variance);
  // By a stream: given a path, libtorch writes the (temporary) file's name into the archive.
  write_stream(file, [&](std::ostream& out) {
    HashingBuffer hashing(out);
    std::ostream hashed(&hashing);
    try {
      archive.save_to(hashed);
    } catch (const c10::Error&) {
      out.setstate(std::ios::badbit);  // the disk, not the archive: write_stream says which file and why
    }
    out << kDigestMark << hashing.digest() << '\n';
  });
}

Json read_checkpoint(const std::filesystem::path& file, const std::string& config, const LearnedState& state,
                     Adam& optimizer, const c10::Device& device) {
  try {
    std::istringstream bytes(checked_archive(file));
    torch::serialize::InputArchive archive;
    archive.load_from(bytes, device);
    c10::IValue text;
    archive.read("meta", text);
    Json meta = parse_json(text.toStringRef(), file.string());
    if (meta.at("config") != config || meta.at("tensors") != describe(state.model)) {
      throw ConfigError(
          fmt::format("{}: the checkpoint belongs to another configuration; choose another --out, or "
                      "delete the folder to start again",
                      file.string()));
    }
    read_tensors(archive, "model", state.model);
    read_tensors(archive, "best", state.best);
    read_tensors(archive, "average", state.average);
    c10::IValue steps;
    archive.read("steps", steps);
    optimizer.state().steps = steps.toInt();
    read_tensors(archive, "mean", optimizer.state().mean);
    read_tensors(archive, "variance", optimizer.state().uncentred_variance);
    return meta;
  } catch (const c10::Error&) {
    throw DataError(fmt::format("{}: damaged, cannot be read; delete it to start the run again", file.string()));
  } catch (const Json::exception&) {
    throw DataError(fmt::format("{}: not a checkpoint of flnas; delete it to start the run again", file.string()));
  }
}

}  // namespace flnas
