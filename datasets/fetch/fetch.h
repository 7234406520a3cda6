#pragma once

#include <filesystem>
#include <string>

#include "datasets/adapters/adapter.h"
#include "datasets/fetch/download.h"

namespace flnas {

/// `flnas dataset fetch`: where to, and from where.
struct FetchConfig {
  std::filesystem::path out;
  std::string url;            ///< base address of a mirror; empty for the adapter's
  bool keep_archive = false;  ///< keep the zip beside the images
  RetryPolicy retry;
};

/// Brings the adapter's official files into `out`: the tables, then the archive of images, unpacked. What is already
/// there is not fetched again; a broken download continues. A table must have its columns, an archive must hold the
/// image folder; anything else from the server is deleted and reported. Calls `say` with one line per finished step.
/// Throws ConfigError where the adapter has no download section; RemoteError, DataError, IoError as download.h and
/// unpack.h say.
void fetch_dataset(const Adapter& adapter, const FetchConfig& config,
                   const std::function<void(const std::string&)>& say);

}  // namespace flnas
