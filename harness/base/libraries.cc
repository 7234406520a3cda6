#include "harness/base/libraries.h"

#include <dlfcn.h>
#include <link.h>

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// What a function of a loaded library returns; blank where there is none. `Arguments`: what it takes.
template <class... Arguments>
std::string call(const char* symbol, Arguments... arguments) {
  void* function = ::dlsym(RTLD_DEFAULT, symbol);
  if (function == nullptr) return {};
  const char* text = reinterpret_cast<const char* (*)(Arguments...)>(function)(arguments...);
  return text == nullptr ? std::string() : text;
}

/// "7.88.1" of "libcurl/7.88.1 OpenSSL/3.0.17 ...", "3.6.2" of "libarchive 3.6.2".
std::string first_number(const std::string& text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_first_of(" ,-+", begin) - begin);
}

struct Library {
  std::string_view name;  ///< of its file: lib<name>.so
  std::string (*ask)();   ///< blank where it cannot be asked
};

constexpr std::array kLibraries = {
    Library{"torch_cpu", nullptr},
    Library{"torch_cuda", nullptr},
    Library{"c10", nullptr},
    Library{"openblas", [] { return call("openblas_get_config"); }},
    Library{"blas", nullptr},
    Library{"lapack", nullptr},
    Library{"dnnl", nullptr},
    Library{"gomp", nullptr},
    Library{"turbojpeg", nullptr},
    Library{"jpeg", nullptr},
    Library{"png16", [] { return call<const void*>("png_get_libpng_ver", nullptr); }},
    Library{"opencv_core", nullptr},
    Library{"opencv_imgproc", nullptr},
    Library{"curl", [] { return call("curl_version"); }},
    Library{"archive", [] { return call("archive_version_string"); }},
    Library{"crypto", [] { return call("OpenSSL_version", 0); }},
    Library{"z", [] { return call("zlibVersion"); }},
    Library{"xgboost", nullptr},
    Library{"benchmark", nullptr},
    Library{"fmt", nullptr},
    Library{"stdc++", nullptr},
    Library{"c", [] { return call("gnu_get_libc_version"); }},
};

/// Of "libjpeg.so.62.3.0": {"jpeg", "62.3.0"}; blank where the file is none of a shared library.
std::pair<std::string, std::string> name_and_version(const std::string& file) {
  constexpr std::string_view kLib = "lib", kSo = ".so";
  const std::size_t end = file.find(kSo);
  if (!file.starts_with(kLib) || end == file.npos) return {};
  const std::size_t after = end + kSo.size();
  return {file.substr(kLib.size(), end - kLib.size()), after < file.size() ? file.substr(after + 1) : std::string()};
}

/// Name -> version by the file, links followed, of all that are loaded.
std::map<std::string, std::string> loaded_files() {
  std::map<std::string, std::string> files;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* found) {
        std::error_code failed;
        const fs::path file = fs::canonical(info->dlpi_name, failed);
        const auto [name, version] = name_and_version(fs::path(info->dlpi_name).filename().string());
        const auto real = name_and_version(file.filename().string());
        if (!name.empty()) {
          static_cast<std::map<std::string, std::string>*>(found)->emplace(
              name, !failed && real.first == name ? real.second : version);
        }
        return 0;
      },
      &files);
  return files;
}

}  // namespace

Json describe_libraries() {
  const auto files = loaded_files();
  Json versions = Json::object();
  for (const Library& library : kLibraries) {
    const auto file = files.find(std::string(library.name));
    if (file == files.end()) continue;
    std::string version = library.ask == nullptr ? std::string() : first_number(library.ask());
    if (version.empty()) version = file->second;
    versions[std::string(library.name)] = version.empty() ? "unknown" : version;
  }
  return versions;
}

}  // namespace flnas
