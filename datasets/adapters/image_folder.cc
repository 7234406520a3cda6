#include "datasets/adapters/image_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "datasets/adapters/describe.h"
#include "harness/base/csv.h"
#include "harness/base/error.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr char kMetadata[] = "metadata.csv";

bool holds_images(const fs::path& folder) {
  return std::any_of(fs::directory_iterator(folder), fs::directory_iterator(),
                     [](const auto& entry) { return is_image_name(entry.path().filename().string()); });
}

}  // namespace

bool is_image_name(const std::string& file) {
  std::string lower = file;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower.ends_with(".jpg") || lower.ends_with(".jpeg") || lower.ends_with(".png");
}

std::vector<std::string> class_folders(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::is_directory(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory() && holds_images(entry.path())) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Adapter image_folder_adapter(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw ConfigError(fmt::format("{}: no such folder", folder.string()));
  const auto classes = class_folders(folder);
  for (const char* subset : {"train", "val", "valid", "validation", "test"}) {
    if (!class_folders(folder / subset).empty()) {
      throw ConfigError(
          fmt::format("{}: has a folder '{}' with class folders; give that one folder, `flnas dataset split` "
                      "divides it",
                      folder.string(), subset));
    }
  }
  if (classes.size() < 2) {
    throw ConfigError(fmt::format("{}: {} folders with images; class folders are at least two, such as {}/benign/1.jpg",
                                  folder.string(), classes.size(), folder.string()));
  }
  Json json = {{"format", "flnas-adapter/1"},
               {"name", kImageFolder},
               {"title", fs::weakly_canonical(folder).filename().string()},
               {"labels", {{"classes", classes}}},
               {"images", {{"folder", "."}, {"suffixes", {".jpg"}}}},
               {"tasks", {{"all", Json::object()}}},
               {"attributes", Json::object()}};
  if (classes.size() == 2) json["tasks"]["all"]["positive"] = classes[1];
  if (fs::is_regular_file(folder / kMetadata)) {
    const DraftColumns columns = guess_columns(Csv::read(folder / kMetadata), {});
    json["metadata"] = {{"file", kMetadata}, {"image", columns.image}};
    if (!columns.unit.empty()) json["metadata"]["unit"] = columns.unit;
    json["attributes"] = columns.attributes;
  }
  return parse_adapter(json, folder.string());
}

}  // namespace flnas
