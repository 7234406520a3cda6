#include "datasets/tables/table_files.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "datasets/adapters/image_folder.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr std::array kExtensions = {".jpg", ".jpeg", ".png"};

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string without_extension(const std::string& image) {
  const std::string lower = lower_case(image);
  for (const std::string extension : kExtensions) {
    if (lower.ends_with(extension)) return image.substr(0, image.size() - extension.size());
  }
  return image;
}

ImageFiles::ImageFiles(const fs::path& folder) : folder_(folder) {
  if (!fs::is_directory(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    by_lower_[lower_case(name)].push_back(name);
  }
}

std::string ImageFiles::find(const std::string& image, const std::string& suffix) const {
  const auto found = by_lower_.find(lower_case(image + suffix));
  if (found == by_lower_.end()) return "";
  const auto& names = found->second;
  if (std::find(names.begin(), names.end(), image + suffix) != names.end()) return image + suffix;
  const auto same_id =
      std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.starts_with(image); });
  return same_id == names.end() ? "" : *same_id;
}

fs::path ImageFiles::take(const std::string& image, const std::vector<std::string>& suffixes) {
  std::vector<std::string> all = suffixes;
  if (is_image_name(image)) all.emplace_back();
  std::string name;
  for (const auto& suffix : all) {
    if (name.empty()) name = find(image, suffix);
  }
  for (const auto& suffix : all) {
    const std::string stem = without_extension(image + suffix);
    if (stem == image + suffix) continue;  // no extension to put another in the place of
    for (const char* extension : kExtensions) {
      if (name.empty()) name = find(stem, extension);
    }
  }
  if (name.empty()) return {};
  auto& names = by_lower_[lower_case(name)];
  std::erase(names, name);
  return folder_ / name;
}

std::vector<fs::path> ImageFiles::left() const {
  std::vector<fs::path> files;
  for (const auto& [lower, names] : by_lower_) {
    for (const auto& name : names) {
      if (is_image_name(name)) files.push_back(folder_ / name);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string ImageFiles::similar(const std::string& image) const {
  std::string first;
  for (const auto& [lower, names] : by_lower_) {
    for (const auto& name : names) {
      const bool begins = name.starts_with(image) && name.size() > image.size() &&
                          std::isalnum(static_cast<unsigned char>(name[image.size()])) == 0;
      if (begins && (first.empty() || name < first)) first = name;
    }
  }
  return first;
}

}  // namespace flnas
