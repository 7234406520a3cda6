// Datasets layer: image sets and tables in their published layouts, splits, the image cache, synthetic lesions,
// downloads. It does not know models, training, metrics or records. This library reads tables only and links no image
// library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/base/json.h"

namespace flnas {

/// One group of an attribute: listed texts (a category), or an interval of numbers.
struct Group {
  std::string name;
  std::vector<std::string> values;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_included = true;
  bool high_included = true;

  bool holds(double value) const;
};

/// A property of the person, cut into groups.
struct Attribute {
  std::string name;    ///< as in predictions.csv
  std::string column;  ///< as in the metadata file
  bool numeric = false;
  std::vector<Group> groups;
  Group range;                       ///< of possible numbers; others, such as -1 or 999, are errors of the table
  std::vector<std::string> unknown;  ///< texts that mean "not known", beside those of group_of()

  std::vector<std::string> group_names() const;
};

/// The index into attribute.groups for a cell of a table: a raw value ("55", "male"), a group's name ("middle"),
/// or -1 for unknown (blank, "unknown", "nan", "na", or one of attribute.unknown). Case does not matter.
/// Throws DataError for any other text, and for a number that lies out of range or in no group.
int group_of(const Attribute& attribute, std::string_view text);

/// A classification task: a partition of the data set's classes.
struct Task {
  std::string name;
  std::vector<std::string> classes;  ///< in the order of the network's outputs
  std::vector<int> class_of;         ///< class of the data set -> class of the task
  int positive = -1;                 ///< the positive class of a binary task; -1 where there is none
};

/// Where the official files are: base + "/" + name. Size and SHA-256 are checked where the adapter knows them.
struct RemoteFiles {
  struct File {
    std::string name;
    std::optional<std::uint64_t> bytes;
    std::string sha256;   ///< empty: not known
    bool unpack = false;  ///< a zip archive that holds the image folder
  };
  std::string base;
  std::vector<File> files;
};

/// A feature of a table: a column of numbers or of categories.
struct Feature {
  std::string name;                     ///< also the column's
  std::vector<std::string> categories;  ///< the texts that are told apart, in the order of their codes; none: a number
  std::optional<double> missing;        ///< of a number: what stands for a blank cell; without it a blank is an error
};

/// Rows of a table that are used: those whose column holds one of the values, or a number in the interval.
struct Filter {
  std::string column;
  Group kept;  ///< by values where there are any, else by its interval; a blank cell is in neither
};

/// A prediction in the table itself, such as a risk score: models are compared with it; it is never a feature.
struct ReferenceScore {
  std::string name, title, source;
  std::string column;
  double from = 0;  ///< predicts the positive class from here on
  Group range;      ///< of its values; others are errors of the table
};

/// A data set, images or a table, described by data (a JSON file such as datasets/isic2019.json), so that another one
/// with other attributes is a new file and not new code. datasets/adapter.schema.json lists its keys,
/// datasets/README.md explains them with examples. All paths are relative to the data folder.
struct Adapter {
  std::string name;
  std::string title;
  std::string labels_file, labels_image, labels_column;  ///< no file: an image's class is the folder that it is in
  std::vector<std::string> other_files;  ///< of a table: other names of labels_file; the first that is there is read
  std::vector<std::string> classes, ignored, ignored_columns;
  std::string metadata_file, metadata_image, metadata_lesion;  ///< no file: no attributes, each image its own unit
  std::string image_folder;
  std::vector<std::string> suffixes;
  std::string example = "image";  ///< what a row is called: "image", "row", "defendant"
  std::vector<Feature> features;  ///< of a table, in the order of a model's input; none: images
  std::vector<Filter> filters;    ///< of a table; a row has to pass all
  std::vector<ReferenceScore> scores;
  std::vector<Task> tasks;
  std::vector<Attribute> attributes;
  std::vector<std::pair<std::string, std::string>> pairs;
  RemoteFiles download;
  Json source;  ///< as it was read; a run keeps a copy of it, so that its records can be read with the same meaning

  /// Rows of numbers and categories in place of images.
  bool is_table() const { return !features.empty(); }
  /// Of a table, what nn::ModelOptions::columns takes: the number of categories of each feature, 0 for a number.
  std::vector<std::int64_t> columns() const;
  /// Throws ConfigError naming the nearest task.
  const Task& task(std::string_view task_name) const;
};

/// An embedded adapter by its name ("isic2019"); a file that ends in .json; or with a `folder`, "imagefolder" for class
/// folders there (image_folder.h). Throws ConfigError for an unknown name and for a file whose keys or values are
/// wrong.
Adapter load_adapter(const std::string& name_or_file, const std::filesystem::path& folder = {});

/// Parses an adapter; with "based_on" it is the embedded one of that name with these keys in place of its own (a JSON
/// merge patch, RFC 7396). Throws one ConfigError with every problem of it, each with its place.
/// `where` begins the message.
Adapter parse_adapter(const Json& json, const std::string& where);

}  // namespace flnas
