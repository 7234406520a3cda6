#include "datasets/fetch/fetch.h"

#include <fmt/format.h>

#include "datasets/fetch/unpack.h"
#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// A server's error page with status 200 is no table.
void check_table(const Adapter& adapter, const std::string& name, const std::string& url, const fs::path& file) {
  try {
    const Csv csv = adapter.is_table() ? Csv::parse_repeating(read_file(file), file.string()) : Csv::read(file);
    if (name == adapter.labels_file) csv.column(adapter.is_table() ? adapter.labels_column : adapter.labels_image);
    if (name == adapter.metadata_file) csv.column(adapter.metadata_image);
    if (csv.rows() == 0) throw DataError("no rows");
  } catch (const DataError& error) {
    throw RemoteError(fmt::format("{}: this is not the table that was expected ({}); it was deleted, check the address",
                                  url, error.what()));
  }
}

void check_archive(const std::string& url, const fs::path& file) {
  std::string start(2, '\0');
  if (std::FILE* in = std::fopen(file.c_str(), "rb")) {
    start.resize(std::fread(start.data(), 1, start.size(), in));
    std::fclose(in);
  }
  if (start != "PK") {
    throw RemoteError(fmt::format("{}: this is not a zip archive; it was deleted, check the address", url));
  }
}

void unpack(const Adapter& adapter, const FetchConfig& config, const std::string& name,
            const std::function<void(const std::string&)>& say) {
  const fs::path archive = config.out / name;
  try {
    const std::size_t files = unpack_zip(archive, config.out);
    if (!fs::is_directory(config.out / adapter.image_folder)) {
      throw DataError(fmt::format("{}: holds no folder {}; check the address", archive.string(), adapter.image_folder));
    }
    say(fmt::format("{}: {} files unpacked", name, files));
  } catch (const DataError&) {
    remove_path(archive);
    throw;
  }
  if (!config.keep_archive) remove_path(archive);
}

}  // namespace

void fetch_dataset(const Adapter& adapter, const FetchConfig& config,
                   const std::function<void(const std::string&)>& say) {
  if (adapter.download.files.empty()) {
    throw ConfigError(fmt::format("adapter '{}' has no download section; get the files by hand", adapter.name));
  }
  std::string base = config.url.empty() ? adapter.download.base : config.url;
  while (base.ends_with('/')) base.pop_back();
  for (const auto& file : adapter.download.files) {
    const fs::path target = config.out / file.name;
    if (file.unpack && fs::is_directory(config.out / adapter.image_folder)) {
      const bool left = fs::exists(target) && !config.keep_archive;
      say(fmt::format("{}: already there{}", adapter.image_folder,
                      left ? fmt::format("; {} is not needed any more", target.string()) : ""));
      continue;
    }
    if (fs::exists(target)) {
      say(fmt::format("{}: already there", file.name));
    } else {
      const std::string url = base + "/" + file.name;
      Download request{.url = url, .file = target, .bytes = file.bytes, .sha256 = file.sha256, .check = {}};
      request.check = [&](const fs::path& part) {
        if (file.unpack)
          check_archive(url, part);
        else
          check_table(adapter, file.name, url, part);
      };
      download(request, config.retry);
      say(fmt::format("{}: fetched{}", file.name, file.sha256.empty() ? " (no known SHA-256 to check it by)" : ""));
    }
    if (file.unpack) unpack(adapter, config, file.name, say);
  }
}

}  // namespace flnas
