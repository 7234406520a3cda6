#pragma once

#include <filesystem>

namespace flnas::nn {

/// The kind of a PyTorch file, by its content.
enum class ArchiveKind {
  kTorchScript,  ///< torch.jit.save: a network and its weights, which libtorch runs
  kStateDict,    ///< torch.save: a state dict, or whatever else Python pickled
  kExported,     ///< torch.export.save (.pt2): a network that only PyTorch 2 runs
  kOldPickle,    ///< torch.save before PyTorch 1.6
  kOther,        ///< none of these
};

/// Reads only the names of the archive's records. Does not throw for any content.
ArchiveKind archive_kind(const std::filesystem::path& file);

/// Throws DataError unless the file is of `wanted` kind (kTorchScript or kStateDict); the message says what it is
/// instead and what to do with it.
void require_archive(const std::filesystem::path& file, ArchiveKind wanted);

}  // namespace flnas::nn
