#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "datasets/adapter.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "resources/datasets.h"

namespace flnas {
namespace {

/// An object of the file together with its place in it, for errors: "isic2019.json: tasks.binary".
class Node {
 public:
  Node(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  [[noreturn]] void fail(std::string_view problem) const {
    throw ConfigError(fmt::format("{}: {}; correct the adapter", where_, problem));
  }

  /// Every key must be valid, those not in `optional` must be there.
  const Node& keys(const std::vector<std::string>& required, const std::vector<std::string>& optional = {}) const {
    if (!json_.is_object()) fail("expected a JSON object");
    std::vector<std::string> valid = required;
    valid.insert(valid.end(), optional.begin(), optional.end());
    for (const auto& [key, unused] : json_.items()) {
      if (std::find(valid.begin(), valid.end(), key) == valid.end()) fail(unknown_name("key", key, valid));
    }
    for (const auto& key : required) {
      if (!json_.contains(key)) fail(fmt::format("key '{}' is missing", key));
    }
    return *this;
  }

  bool has(const std::string& key) const { return json_.contains(key); }
  Node at(const std::string& key) const { return {json_.at(key), where_ + "." + key}; }
  Node item(const Json& element) const { return {element, where_}; }
  const Json& json() const { return json_; }

  std::string text(const std::string& key, const std::string& missing = {}) const {
    return json_.contains(key) ? at(key).as<std::string>("a text") : missing;
  }
  std::vector<std::string> texts(const std::string& key) const {
    return json_.contains(key) ? at(key).as<std::vector<std::string>>("a list of texts") : std::vector<std::string>();
  }
  /// The object's members in the file's order.
  std::vector<std::pair<std::string, Node>> members() const {
    if (!json_.is_object() || json_.empty()) fail("expected a JSON object that is not empty");
    std::vector<std::pair<std::string, Node>> found;
    for (const auto& [key, value] : json_.items()) found.emplace_back(key, at(key));
    return found;
  }
  template <class T>
  T as(std::string_view kind) const {
    try {
      return json_.get<T>();
    } catch (const Json::exception&) {
      fail(fmt::format("{} is not {}", json_.dump(), kind));
    }
  }

 private:
  const Json& json_;
  std::string where_;
};

Group read_group(const std::string& name, const Node& node) {
  Group group{.name = name, .values = {}};
  if (node.json().is_array()) {
    group.values = node.as<std::vector<std::string>>("a list of texts");
    if (group.values.empty()) node.fail("an empty list of values");
    return group;
  }
  node.keys({}, {"from", "above", "to", "below"});
  if (node.has("from") && node.has("above")) node.fail("give 'from' or 'above', not both");
  if (node.has("to") && node.has("below")) node.fail("give 'to' or 'below', not both");
  for (const char* key : {"from", "above"}) {
    if (node.has(key)) group.low = node.at(key).as<double>("a number");
  }
  for (const char* key : {"to", "below"}) {
    if (node.has(key)) group.high = node.at(key).as<double>("a number");
  }
  group.low_included = !node.has("above");
  group.high_included = !node.has("below");
  if (group.low > group.high) node.fail("an empty interval");
  return group;
}

bool overlap(const Group& a, const Group& b) {
  const Group& left = a.low <= b.low ? a : b;
  const Group& right = a.low <= b.low ? b : a;
  return left.high > right.low || (left.high == right.low && left.high_included && right.low_included);
}

Attribute read_attribute(const std::string& name, const Node& node) {
  node.keys({"column", "groups"});
  Attribute attribute{.name = name, .column = node.text("column"), .groups = {}};
  for (const auto& [group_name, group_node] : node.at("groups").members()) {
    attribute.groups.push_back(read_group(group_name, group_node));
    const bool numeric = attribute.groups.back().values.empty();
    if (attribute.groups.size() > 1 && numeric != attribute.numeric) group_node.fail("lists and intervals are mixed");
    attribute.numeric = numeric;
    for (std::size_t i = 0; numeric && i + 1 < attribute.groups.size(); ++i) {
      if (overlap(attribute.groups[i], attribute.groups.back())) {
        group_node.fail(fmt::format("its interval overlaps that of '{}'", attribute.groups[i].name));
      }
    }
  }
  return attribute;
}

Task read_task(const std::string& name, const Node& node, const std::vector<std::string>& classes) {
  node.keys({}, {"classes", "positive"});
  Task task{.name = name, .classes = classes, .class_of = std::vector<int>(classes.size(), -1)};
  if (!node.has("classes")) {
    for (std::size_t i = 0; i < classes.size(); ++i) task.class_of[i] = static_cast<int>(i);
  } else {
    task.classes.clear();
    for (const auto& [class_name, members] : node.at("classes").members()) {
      for (const auto& member : members.as<std::vector<std::string>>("a list of classes")) {
        const auto found = std::find(classes.begin(), classes.end(), member);
        if (found == classes.end()) members.fail(unknown_name("class", member, classes));
        int& target = task.class_of[static_cast<std::size_t>(found - classes.begin())];
        if (target >= 0) members.fail(fmt::format("class '{}' is mapped twice", member));
        target = static_cast<int>(task.classes.size());
      }
      task.classes.push_back(class_name);
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
      if (task.class_of[i] < 0) node.at("classes").fail(fmt::format("class '{}' is not mapped", classes[i]));
    }
  }
  if (node.has("positive")) {
    const std::string positive = node.text("positive");
    const auto found = std::find(task.classes.begin(), task.classes.end(), positive);
    if (found == task.classes.end()) node.at("positive").fail(unknown_name("class", positive, task.classes));
    task.positive = static_cast<int>(found - task.classes.begin());
  }
  return task;
}

void read_files(const Node& root, Adapter& adapter) {
  const Node labels = root.at("labels").keys({"file", "image", "classes"}, {"ignored", "column"});
  adapter.labels_file = labels.text("file");
  adapter.labels_image = labels.text("image");
  adapter.labels_column = labels.text("column");
  adapter.classes = labels.texts("classes");
  adapter.ignored = labels.texts("ignored");
  std::set<std::string> names(adapter.classes.begin(), adapter.classes.end());
  names.insert(adapter.ignored.begin(), adapter.ignored.end());
  if (adapter.classes.size() < 2) labels.at("classes").fail("fewer than two classes");
  if (names.size() != adapter.classes.size() + adapter.ignored.size()) labels.fail("a class appears twice");
  const Node metadata = root.at("metadata").keys({"file", "image"}, {"lesion"});
  adapter.metadata_file = metadata.text("file");
  adapter.metadata_image = metadata.text("image");
  adapter.metadata_lesion = metadata.text("lesion");
  const Node images = root.at("images").keys({"folder", "suffixes"});
  adapter.image_folder = images.text("folder");
  adapter.suffixes = images.texts("suffixes");
  if (adapter.suffixes.empty()) images.at("suffixes").fail("no suffix");
}

void read_download(const Node& node, Adapter& adapter) {
  node.keys({"base", "files"});
  adapter.download.base = node.text("base");
  const Node files = node.at("files");
  if (!files.json().is_array()) files.fail("expected a list");
  for (const auto& item : files.json()) {
    const Node entry = files.item(item);
    entry.keys({"name", "bytes", "sha256"}, {"unpack"});
    RemoteFiles::File file{.name = entry.text("name"), .bytes = {}, .sha256 = {}};
    if (file.name.empty() || file.name.find('/') != file.name.npos) entry.at("name").fail("expected a file's name");
    if (!entry.at("bytes").json().is_null()) file.bytes = entry.at("bytes").as<std::uint64_t>("a number of bytes");
    if (!entry.at("sha256").json().is_null()) file.sha256 = entry.text("sha256");
    if (entry.has("unpack")) file.unpack = entry.at("unpack").as<bool>("true or false");
    adapter.download.files.push_back(std::move(file));
  }
}

void read_pairs(const Node& root, Adapter& adapter) {
  std::set<std::string> names = {"unknown"};
  for (const Attribute& attribute : adapter.attributes) {
    for (const auto& name : attribute.group_names()) {
      if (!names.insert(name).second) root.at("attributes").fail(fmt::format("group '{}' appears twice", name));
    }
  }
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  adapter.pairs = root.at("pairs").as<Pairs>("a list of pairs of groups");
  for (const auto& [first, second] : adapter.pairs) {
    const bool together = std::any_of(adapter.attributes.begin(), adapter.attributes.end(), [&](const Attribute& a) {
      const auto groups = a.group_names();
      return first != second && std::count(groups.begin(), groups.end(), first) == 1 &&
             std::count(groups.begin(), groups.end(), second) == 1;
    });
    if (!together)
      root.at("pairs").fail(fmt::format("'{}' and '{}' are not two groups of one attribute", first, second));
  }
}

}  // namespace

Adapter parse_adapter(const Json& json, const std::string& where) {
  const Node root(json, where);
  root.keys({"format", "name", "labels", "metadata", "images", "tasks", "attributes", "pairs"}, {"title", "download"});
  if (root.text("format") != "flnas-adapter/1") root.at("format").fail("expected \"flnas-adapter/1\"");
  Adapter adapter;
  adapter.name = root.text("name");
  adapter.title = root.text("title", adapter.name);
  read_files(root, adapter);
  for (const auto& [name, node] : root.at("tasks").members()) {
    adapter.tasks.push_back(read_task(name, node, adapter.classes));
  }
  for (const auto& [name, node] : root.at("attributes").members()) {
    adapter.attributes.push_back(read_attribute(name, node));
  }
  read_pairs(root, adapter);
  if (root.has("download")) read_download(root.at("download"), adapter);
  return adapter;
}

Adapter load_adapter(const std::string& name_or_file) {
  if (name_or_file.ends_with(".json")) {
    try {
      return parse_adapter(read_json(name_or_file), name_or_file);
    } catch (const DataError& error) {
      throw ConfigError(error.what());
    }
  }
  const std::string file = fmt::format("datasets/{}.json", name_or_file);
  if (const auto text = datasets::resource(file)) return parse_adapter(parse_json(*text, file), file);
  std::vector<std::string> names;
  for (const auto& known : datasets::resource_names()) {
    const auto path = std::filesystem::path(known);
    const Json json = parse_json(*datasets::resource(known), known);
    if (json.value("format", "") == "flnas-adapter/1") names.push_back(path.stem().string());
  }
  throw ConfigError(unknown_name("adapter", name_or_file, names) + "; or give a .json file");
}

}  // namespace flnas
