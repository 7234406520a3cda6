#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"

namespace flnas {

/// The name under which load_adapter() takes it.
inline constexpr char kImageFolder[] = "imagefolder";

/// True for the names of image files that can be decoded: .jpg, .jpeg and .png in any case.
bool is_image_name(const std::string& file);

/// The names of the folder's subfolders that hold images, sorted: what torchvision's ImageFolder takes for classes.
std::vector<std::string> class_folders(const std::filesystem::path& folder);

/// An adapter for the layout of torchvision's ImageFolder, without a file for it:
///
///     FOLDER/CLASS/ANY_NAME.jpg ...      FOLDER/metadata.csv  optional: attributes and units of the images
///
/// An image's id is "CLASS/ANY_NAME"; metadata.csv may name it so, as a file name, or without its class. Its columns
/// become attributes as describe_table() guesses them. The task "all" has the classes as they are; of two classes, the
/// later by name is the positive one. Throws ConfigError for fewer than two class folders, and for folders that are
/// subsets (train, val, test): flnas divides a set itself.
Adapter image_folder_adapter(const std::filesystem::path& folder);

}  // namespace flnas
