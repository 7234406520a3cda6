// Fetch layer: downloads over HTTP(S) and unpacks archives. It does not know images, models or records.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace flnas {

/// When to give up. Attempts are counted since the last one that brought the file further.
struct RetryPolicy {
  int attempts = 6;
  std::chrono::milliseconds first_wait{1000};  ///< doubles with each attempt
  std::chrono::milliseconds longest_wait{60000};
  std::chrono::seconds connect_timeout{30};
  std::chrono::seconds stall_timeout{60};  ///< without a byte
};

/// One file to download.
struct Download {
  std::string url;
  std::filesystem::path file;
  std::optional<std::uint64_t> bytes;  ///< checked where known
  std::string sha256;                  ///< checked where known
  /// Looks at the whole file before it gets its name; may throw. Optional.
  std::function<void(const std::filesystem::path&)> check;
};

/// Downloads into FILE.part and renames it when it is whole and checked; FILE.part.json remembers what the server
/// said. A later call resumes there (Range with If-Range, else the total length must agree) and starts anew where
/// the server ignores the range or has another file. Server errors, broken and short transfers are tried again;
/// a refusal (4xx) is not. Throws RemoteError, after which FILE.part stays for the next call unless its content is
/// wrong; IoError for a full disk or a folder that cannot be written.
void download(const Download& request, const RetryPolicy& policy = {});

}  // namespace flnas
