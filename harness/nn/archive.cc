#include "harness/nn/archive.h"

#include <caffe2/serialize/inline_container.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/error.h"

namespace flnas::nn {
namespace {

/// Records' names without the archive's own; those of .pt2 files of PyTorch 2.0 to 2.6 lie in no folder, which libtorch
/// does not read.
std::vector<std::string> records_of(const std::filesystem::path& file) {
  try {
    return caffe2::serialize::PyTorchStreamReader(file.string()).getAllRecords();
  } catch (const std::exception&) {
    return {};
  }
}

std::string beginning_of(const std::filesystem::path& file) {
  std::string begin(2, '\0');
  std::ifstream(file, std::ios::binary).read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return begin;
}

std::string explain(ArchiveKind found, ArchiveKind wanted) {
  switch (found) {
    case ArchiveKind::kTorchScript:
      return "holds a network in TorchScript, not weights alone";
    case ArchiveKind::kStateDict:
      return "holds what torch.save pickled, such as a state dict: weights without a network; give the network as the "
             "model and this file as --init, or save it with torch.jit.script(model).save(FILE)";
    case ArchiveKind::kExported:
      return "is a program of torch.export (.pt2), which libtorch's C++ does not run; save the network with "
             "torch.jit.script(model).save(FILE)";
    case ArchiveKind::kOldPickle:
      return "was pickled by torch.save before PyTorch 1.6; load and save it again with a later one";
    case ArchiveKind::kOther:
      break;
  }
  return wanted == ArchiveKind::kTorchScript
             ? "not a TorchScript file, or a damaged one; export it with torch.jit.save"
             : "holds no weights; give a run's model.pt, a state dict of torch.save or .safetensors";
}

}  // namespace

ArchiveKind archive_kind(const std::filesystem::path& file) {
  const std::string begin = beginning_of(file);
  if (begin == "\x80\x02") return ArchiveKind::kOldPickle;
  if (begin != "PK") return ArchiveKind::kOther;
  const std::vector<std::string> records = records_of(file);
  const auto has = [&](std::string_view name) { return std::ranges::find(records, name) != records.end(); };
  if (has("archive_format") || has("serialized_exported_program.json")) return ArchiveKind::kExported;
  if (has("constants.pkl")) return ArchiveKind::kTorchScript;
  if (has("data.pkl")) return ArchiveKind::kStateDict;
  return records.empty() && file.extension() == ".pt2" ? ArchiveKind::kExported : ArchiveKind::kOther;
}

void require_archive(const std::filesystem::path& file, ArchiveKind wanted) {
  const ArchiveKind found = archive_kind(file);
  if (found == wanted) return;
  throw DataError(fmt::format("{}: {}", file.string(), explain(found, wanted)));
}

}  // namespace flnas::nn
