#include "datasets/adapters/adapter_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "datasets/adapters/image_folder.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "resources/datasets.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

std::string resource_of(const std::string& name) { return fmt::format("datasets/{}.json", name); }

Adapter embedded(const std::string& name) {
  const std::string file = resource_of(name);
  return parse_adapter(parse_json(*datasets::resource(file), file), file);
}

Adapter read_adapter(const fs::path& file) {
  try {
    return parse_adapter(read_json(file), file.string());
  } catch (const DataError& error) {
    throw ConfigError(error.what());
  }
}

/// Whether a file or folder that the adapter names is there.
bool is_laid_out(const Adapter& adapter, const fs::path& folder) {
  std::vector<std::string> names = adapter.other_files;
  names.insert(names.end(), {adapter.labels_file, adapter.metadata_file, adapter.image_folder});
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return !name.empty() && fs::exists(folder / name); });
}

/// The names of the embedded adapters; one that others are based on comes before them.
std::vector<std::string> embedded_names() {
  std::vector<std::string> names;
  for (const auto& known : datasets::resource_names()) {
    if (fs::path(known).parent_path() != "datasets") continue;
    const Json json = parse_json(*datasets::resource(known), known);
    if (json.value("format", "") == "flnas-adapter/1") names.push_back(fs::path(known).stem().string());
  }
  return names;
}

/// Those that a data folder is recognised by: the default one and the tables.
std::vector<Adapter> recognised() {
  std::vector<Adapter> adapters{default_adapter()};
  for (const auto& name : embedded_names()) {
    if (Adapter known = embedded(name); known.is_table()) adapters.push_back(std::move(known));
  }
  return adapters;
}

/// "isic2019, compas or compas_all".
std::string recognised_names() {
  std::vector<std::string> names;
  for (const Adapter& adapter : recognised()) names.push_back(adapter.name);
  const std::string last = names.back();
  names.pop_back();
  return names.empty() ? last : fmt::format("{} or {}", fmt::join(names, ", "), last);
}

}  // namespace

Adapter default_adapter() {
  constexpr char kFile[] = "datasets/adapters/default.json";
  return embedded(parse_json(*datasets::resource(kFile), kFile).at("adapter").get<std::string>());
}

const char* adapter_help() {
  static const std::string help = fmt::format(
      "how the data are laid out: an adapter .json, {} or {} (default: DIR/adapter.json, the files of {}, or class "
      "folders, whichever DIR has)",
      fmt::join(embedded_names(), ", "), kImageFolder, recognised_names());
  return help.c_str();
}

Adapter adapter_in(const fs::path& folder) {
  if (fs::is_regular_file(folder / kAdapterFile)) return read_adapter(folder / kAdapterFile);
  if (folder.empty() || !fs::is_directory(folder)) return default_adapter();
  for (Adapter& known : recognised()) {
    if (is_laid_out(known, folder)) return std::move(known);
  }
  const bool is_divided = !class_folders(folder / "train").empty();  // which has an error of its own
  if (is_divided || class_folders(folder).size() > 1) return image_folder_adapter(folder);
  throw DataError(fmt::format(
      "{}: it has no {}, not the files of {}, and no folders named by classes; give its adapter with --adapter, or "
      "draft one by `flnas dataset describe TABLE.csv`",
      folder.string(), kAdapterFile, recognised_names()));
}

Adapter load_adapter(const std::string& name_or_file, const fs::path& folder) {
  if (name_or_file.empty()) return adapter_in(folder);
  if (name_or_file.ends_with(".json")) return read_adapter(name_or_file);
  if (name_or_file == kImageFolder && !folder.empty()) return image_folder_adapter(folder);
  if (datasets::resource(resource_of(name_or_file))) return embedded(name_or_file);
  std::vector<std::string> names = embedded_names();
  names.insert(names.begin(), kImageFolder);
  throw ConfigError(unknown_name("adapter", name_or_file, names) + "; or give a .json file");
}

fs::path adapter_beside(const fs::path& table) {
  fs::path file = table;
  return file.replace_extension(kAdapterFile);
}

void keep_adapter(const Adapter& adapter, const fs::path& folder) {
  const fs::path file = folder / kAdapterFile;
  const std::string text = adapter.source.dump(2) + "\n";
  if (!fs::exists(file)) return write_file(file, text);
  if (parse_json(read_file(file), file.string()) == adapter.source) return;
  throw ConfigError(
      fmt::format("{}: was begun with another adapter, of which {} is the copy; choose another --out, or delete the "
                  "folder",
                  folder.string(), kAdapterFile));
}

Adapter kept_adapter(const fs::path& folder, const std::string& name) {
  const fs::path file = folder / kAdapterFile;
  return fs::is_regular_file(file) ? read_adapter(file) : load_adapter(name);
}

const Task& task_of_data(const Adapter& adapter, const std::string& name) {
  return name.empty() ? adapter.tasks.front() : adapter.task(name);
}

std::string unit_word(const Adapter& adapter) {
  std::string word = adapter.metadata_lesion;
  if (word.ends_with("ID") || word.ends_with("Id")) word.insert(word.size() - 2, "_");
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const std::string end : {"__id", " _id", "_id", " id"}) {
    if (!word.ends_with(end) || word.size() == end.size()) continue;
    word.resize(word.size() - end.size());
    break;
  }
  std::replace(word.begin(), word.end(), '_', ' ');
  return word.empty() ? adapter.example : word;
}

}  // namespace flnas
