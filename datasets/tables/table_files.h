#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace flnas {

/// The files of an image folder by what images are called: "ISIC_1" with the suffix ".jpg" is found as ISIC_1.jpg, and
/// else as ISIC_1.JPG, ISIC_1.jpeg or ISIC_1.png; an id that is a file's name already needs no suffix. Ids keep their
/// case.
class ImageFiles {
 public:
  /// A missing folder has no files.
  explicit ImageFiles(const std::filesystem::path& folder);

  /// The image's file, which is not given again; blank where there is none.
  std::filesystem::path take(const std::string& image, const std::vector<std::string>& suffixes);

  /// Image files that belong to no row, sorted.
  std::vector<std::filesystem::path> left() const;

  /// A file that belongs to no row and whose name begins with the id: probably the missing image, misnamed; else blank.
  std::string similar(const std::string& image) const;

 private:
  std::string find(const std::string& image, const std::string& suffix) const;

  std::filesystem::path folder_;
  std::unordered_map<std::string, std::vector<std::string>> by_lower_;  ///< lower-case name -> names
};

/// The id without .jpg, .jpeg or .png at its end, in any case.
std::string without_extension(const std::string& image);

}  // namespace flnas
