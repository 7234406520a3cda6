#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "datasets/adapters/adapter.h"
#include "datasets/adapters/schema.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "resources/datasets.h"

namespace flnas {
namespace {

using Texts = std::vector<std::string>;

// Kinds of data; the first is also the key of what it alone has.
constexpr const char* kImages = "images";
constexpr const char* kTable = "table";
constexpr const char* kFeatures = "features";

std::string text(const Json& json, const char* key) { return json.value(key, std::string()); }
Texts texts(const Json& json, const char* key) { return json.value(key, Texts()); }

/// Reads a file that keeps the schema; what no schema can say is checked here. Each part is read where it is sound by
/// the schema, so that the problems of the others are told at once.
class Reader {
 public:
  Reader(const Json& json, Texts& problems) : json_(json), problems_(problems), by_schema_(problems) {}

  Adapter read() {
    adapter_.source = json_;
    if (sound("name")) adapter_.name = text(json_, "name");
    adapter_.title = sound("title") ? json_.value("title", adapter_.name) : adapter_.name;
    read_kind();
    if (sound("labels")) read_labels(json_["labels"]);
    if (sound("metadata")) read_metadata(json_.value("metadata", Json::object()));
    if (sound("images")) read_images(json_.value("images", Json::object()));
    if (sound("features")) read_features(json_.value("features", Json::object()));
    if (sound("filters")) read_filters(json_.value("filters", Json::array()));
    if (sound("scores")) read_scores(json_.value("scores", Json::object()));
    if (sound("tasks") && sound("labels")) {
      for (const auto& [name, task] : json_["tasks"].items()) read_task(name, task);
    }
    if (sound("attributes")) {
      const Json attributes = json_.value("attributes", Json::object());
      for (const auto& [name, attribute] : attributes.items()) {
        read_attribute(name, attribute);
      }
      check_group_names();
      if (sound("pairs")) read_pairs();
    }
    if (sound("download")) read_download(json_.value("download", Json::object()));
    return std::move(adapter_);
  }

 private:
  /// Whether the schema has nothing against the part; one that is missing and has to be there is not sound.
  bool sound(const std::string& part) const {
    if (!json_.is_object()) return false;
    return std::none_of(by_schema_.begin(), by_schema_.end(), [&](const std::string& problem) {
      const bool inside = problem.starts_with(part) &&
                          (problem[part.size()] == '.' || problem[part.size()] == ':' || problem[part.size()] == '[');
      return inside || problem == fmt::format("key '{}' is missing", part);
    });
  }
  void problem(const std::string& place, const std::string& what) { problems_.push_back(place + ": " + what); }

  /// Which keys belong to images, and which to a table.
  void read_kind() {
    const std::string kind = json_.is_object() && sound("kind") ? json_.value("kind", std::string(kImages)) : kImages;
    is_table_ = kind == kTable;
    if (kind != kImages && kind != kTable)
      problem("kind", fmt::format("it is '{}', not {} or {}", kind, kImages, kTable));
    adapter_.example = is_table_ ? "row" : "image";
    if (!json_.is_object()) return;
    if (sound("example")) adapter_.example = json_.value("example", adapter_.example);
    const char* needed = is_table_ ? kFeatures : kImages;
    if (!json_.contains(needed)) problems_.push_back(fmt::format("key '{}' is missing", needed));
    const Texts foreign = is_table_ ? Texts{kImages, "metadata"} : Texts{kFeatures, "filters", "scores"};
    for (const auto& key : foreign) {
      if (json_.contains(key)) problem(key, fmt::format("an adapter of kind {} has none", kind));
    }
  }

  void read_labels(const Json& labels) {
    adapter_.labels_file = text(labels, "file");
    adapter_.labels_image = text(labels, "image");
    adapter_.labels_column = text(labels, "column");
    adapter_.classes = texts(labels, "classes");
    adapter_.ignored = texts(labels, "ignored");
    adapter_.ignored_columns = texts(labels, "ignore_columns");
    adapter_.other_files = texts(labels, "other_files");
    if (is_table_) {
      adapter_.metadata_lesion = text(labels, "unit");
      for (const char* key : {"file", "column"}) {
        if (!labels.contains(key)) problem("labels", fmt::format("a table needs '{}'", key));
      }
    } else if (labels.contains("unit") || labels.contains("other_files")) {
      problem("labels", "'unit' and 'other_files' are of tables; images have 'unit' in 'metadata'");
    } else if (labels.contains("file") != labels.contains("image")) {
      problem("labels", "'file' and 'image' belong together; without both, the classes are folders");
    }
    if (!labels.contains("file") && (labels.contains("column") || labels.contains("ignore_columns"))) {
      problem("labels", "'column' and 'ignore_columns' need a 'file'");
    }
    std::set<std::string> names;
    for (const auto* list : {&adapter_.classes, &adapter_.ignored, &adapter_.ignored_columns}) {
      for (const auto& name : *list) {
        if (!names.insert(name).second) problem("labels", fmt::format("'{}' appears twice", name));
      }
    }
  }

  void read_metadata(const Json& metadata) {
    adapter_.metadata_file = text(metadata, "file");
    adapter_.metadata_image = text(metadata, "image");
    if (is_table_) return;
    adapter_.metadata_lesion = metadata.contains("unit") ? text(metadata, "unit") : text(metadata, "lesion");
    if (metadata.contains("unit") && metadata.contains("lesion")) {
      problem("metadata", "give 'unit' or its older name 'lesion', not both");
    }
    if (metadata.empty() && !json_.value("attributes", Json::object()).empty()) {
      problem("attributes", "they stand in a 'metadata' file, which is missing");
    }
  }

  void read_images(const Json& images) {
    adapter_.image_folder = text(images, "folder");
    adapter_.suffixes = texts(images, "suffixes");
  }

  void read_features(const Json& features) {
    for (const auto& [name, json] : features.items()) {
      Feature feature{.name = name, .categories = texts(json, "categories"), .missing = {}};
      if (json.contains("missing")) feature.missing = json["missing"].get<double>();
      const std::string place = "features." + name;
      if (feature.missing && !feature.categories.empty())
        problem(place, "'missing' is of numbers; list \"\" as a category");
      if (std::set<std::string>(feature.categories.begin(), feature.categories.end()).size() !=
          feature.categories.size()) {
        problem(place, "a category appears twice");
      }
      if (name == adapter_.labels_column) problem(place, "it is the label; leave it out");
      if (!name.empty() && name == adapter_.labels_image) problem(place, "it is the rows' id; leave it out");
      adapter_.features.push_back(std::move(feature));
    }
  }

  void read_filters(const Json& filters) {
    for (std::size_t i = 0; i < filters.size(); ++i) {
      const Json& json = filters[i];
      const std::string place = fmt::format("filters[{}]", i);
      Filter filter{.column = text(json, "column"), .kept = read_interval("", json, place)};
      filter.kept.values = texts(json, "values");
      const bool interval =
          json.contains("from") || json.contains("above") || json.contains("to") || json.contains("below");
      if (interval == json.contains("values")) problem(place, "give 'values', or an interval such as 'from' and 'to'");
      adapter_.filters.push_back(std::move(filter));
    }
  }

  void read_scores(const Json& scores) {
    for (const auto& [name, json] : scores.items()) {
      const std::string place = "scores." + name;
      ReferenceScore score{.name = name,
                           .title = json.value("title", name),
                           .source = text(json, "source"),
                           .column = text(json, "column"),
                           .from = json["from"].get<double>(),
                           .range = read_interval("range", json["range"], place + ".range")};
      if (!score.range.holds(score.from) || score.from == score.range.low) {
        problem(place + ".from", "it has to lie inside of 'range', above its lower end");
      }
      for (const Feature& feature : adapter_.features) {
        if (feature.name == score.column) {
          problem("features." + feature.name,
                  fmt::format("it is the score '{}', a prediction of the label; leave it out", name));
        }
      }
      adapter_.scores.push_back(std::move(score));
    }
  }

  void read_task(const std::string& name, const Json& json) {
    const std::string place = "tasks." + name;
    const Texts& classes = adapter_.classes;
    Task task{.name = name, .classes = classes, .class_of = std::vector<int>(classes.size(), -1)};
    if (!json.contains("classes")) {
      for (std::size_t i = 0; i < classes.size(); ++i) task.class_of[i] = static_cast<int>(i);
    } else {
      map_classes(json["classes"], place + ".classes", task);
    }
    if (json.contains("positive")) {
      const std::string positive = text(json, "positive");
      const auto found = std::find(task.classes.begin(), task.classes.end(), positive);
      if (found == task.classes.end()) problem(place + ".positive", unknown_name("class", positive, task.classes));
      task.positive = static_cast<int>(found - task.classes.begin());
    }
    adapter_.tasks.push_back(std::move(task));
  }

  void map_classes(const Json& map, const std::string& place, Task& task) {
    const Texts& classes = adapter_.classes;
    task.classes.clear();
    for (const auto& [name, members] : map.items()) {
      for (const auto& member : members.get<Texts>()) {
        const auto found = std::find(classes.begin(), classes.end(), member);
        if (found == classes.end()) {
          problem(place + "." + name, unknown_name("class", member, classes));
          continue;
        }
        int& target = task.class_of[static_cast<std::size_t>(found - classes.begin())];
        if (target >= 0) problem(place + "." + name, fmt::format("class '{}' is mapped twice", member));
        target = static_cast<int>(task.classes.size());
      }
      task.classes.push_back(name);
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
      if (task.class_of[i] < 0) problem(place, fmt::format("class '{}' is not mapped", classes[i]));
    }
  }

  Group read_interval(const std::string& name, const Json& json, const std::string& place) {
    Group group{.name = name, .values = {}};
    if (json.contains("from") && json.contains("above")) problem(place, "give 'from' or 'above', not both");
    if (json.contains("to") && json.contains("below")) problem(place, "give 'to' or 'below', not both");
    group.low = json.value("from", json.value("above", group.low));
    group.high = json.value("to", json.value("below", group.high));
    group.low_included = !json.contains("above");
    group.high_included = !json.contains("below");
    const bool whole = group.low < group.high || (group.low == group.high && group.low_included && group.high_included);
    if (!whole) problem(place, "an empty interval");
    return group;
  }

  static bool overlap(const Group& a, const Group& b) {
    const Group& left = a.low <= b.low ? a : b;
    const Group& right = a.low <= b.low ? b : a;
    return left.high > right.low || (left.high == right.low && left.high_included && right.low_included);
  }

  void read_attribute(const std::string& name, const Json& json) {
    const std::string place = "attributes." + name;
    Attribute attribute{.name = name, .column = text(json, "column"), .groups = {}, .range = {}, .unknown = {}};
    attribute.numeric = json["groups"].front().is_object();
    attribute.unknown = texts(json, "unknown");
    attribute.range = read_interval("range", json.value("range", Json::object()), place + ".range");
    if (json.contains("range") && !attribute.numeric) problem(place + ".range", "its groups are no intervals");
    for (const auto& [group_name, group] : json["groups"].items()) {
      const std::string at = place + ".groups." + group_name;
      if (group.is_object() != attribute.numeric) {
        problem(at, "lists and intervals are mixed");
        continue;
      }
      if (!attribute.numeric) {
        attribute.groups.push_back({.name = group_name, .values = group.get<Texts>()});
        continue;
      }
      const Group added = read_interval(group_name, group, at);
      for (const Group& other : attribute.groups) {
        if (overlap(other, added)) problem(at, fmt::format("its interval overlaps that of '{}'", other.name));
      }
      attribute.groups.push_back(added);
    }
    adapter_.attributes.push_back(std::move(attribute));
  }

  void check_group_names() {
    std::set<std::string> names = {"unknown"};
    for (const Attribute& attribute : adapter_.attributes) {
      for (const auto& name : attribute.group_names()) {
        if (!names.insert(name).second) {
          problem("attributes", fmt::format("group '{}' appears twice; groups of all attributes, and 'unknown', "
                                            "need names of their own",
                                            name));
        }
      }
    }
  }

  void read_pairs() {
    if (!json_.contains("pairs")) {
      for (const Attribute& attribute : adapter_.attributes) {
        const Texts names = attribute.group_names();
        for (std::size_t i = 0; i < names.size(); ++i) {
          for (std::size_t j = i + 1; j < names.size(); ++j) adapter_.pairs.emplace_back(names[i], names[j]);
        }
      }
      return;
    }
    for (const Json& pair : json_["pairs"]) {
      const std::string first = pair[0], second = pair[1];
      adapter_.pairs.emplace_back(first, second);
      const bool together = std::any_of(adapter_.attributes.begin(), adapter_.attributes.end(), [&](const auto& a) {
        const auto groups = a.group_names();
        return first != second && std::count(groups.begin(), groups.end(), first) == 1 &&
               std::count(groups.begin(), groups.end(), second) == 1;
      });
      if (!together) problem("pairs", fmt::format("'{}' and '{}' are not two groups of one attribute", first, second));
    }
  }

  void read_download(const Json& download) {
    adapter_.download.base = text(download, "base");
    for (const Json& item : download.value("files", Json::array())) {
      RemoteFiles::File file{.name = text(item, "name"), .bytes = {}, .sha256 = {}};
      if (file.name.empty() || file.name.find('/') != file.name.npos) {
        problem("download.files", fmt::format("'{}' is no file's name", file.name));
      }
      if (!item["bytes"].is_null()) file.bytes = item["bytes"].get<std::uint64_t>();
      if (!item["sha256"].is_null()) file.sha256 = text(item, "sha256");
      file.unpack = item.value("unpack", false);
      adapter_.download.files.push_back(std::move(file));
    }
  }

  const Json& json_;
  Texts& problems_;
  const Texts by_schema_;
  Adapter adapter_;
  bool is_table_ = false;
};

constexpr char kSchema[] = "datasets/adapter.schema.json";

/// The adapter that "based_on" names, with the others of these keys in place of its own.
Json with_base(const Json& json, const std::string& where) {
  if (!json.is_object() || !json.contains("based_on")) return json;
  const Json& name = json["based_on"];
  const auto base =
      name.is_string() ? datasets::resource("datasets/" + name.get<std::string>() + ".json") : std::nullopt;
  if (!base) {
    throw ConfigError(
        fmt::format("{}: based_on: {} is no adapter of flnas; name one, such as \"isic2019\"", where, name.dump()));
  }
  Json merged = with_base(parse_json(*base, name.get<std::string>()), where);
  Json changes = json;
  changes.erase("based_on");
  merged.merge_patch(changes);
  return merged;
}

}  // namespace

Adapter parse_adapter(const Json& written, const std::string& where) {
  const Json json = with_base(written, where);
  static const Json schema = parse_json(*datasets::resource(kSchema), kSchema);
  Texts problems = schema_problems(json, schema);
  Adapter adapter = Reader(json, problems).read();
  if (problems.empty()) return adapter;
  throw ConfigError(fmt::format("{}: {}; correct the adapter", where, fmt::join(problems, "; ")));
}

}  // namespace flnas
