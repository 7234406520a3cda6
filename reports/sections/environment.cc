// Machine, build and libraries, as the records name them: what all have in common, and who differs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/plural.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr std::size_t kManyRecords = 3;  ///< so many that differ from the others are counted instead of named

/// What an item is in some records.
struct Value {
  std::string text;
  std::vector<Provenance> records;
};

/// Something that environments name, "libtorch / version", with its values, the most common first.
struct Item {
  std::string name;
  std::vector<Value> values;
};

/// Every leaf of a JSON object as "machine / cpu" and its text.
void flatten(const Json& value, const std::string& name, std::vector<std::pair<std::string, std::string>>& leaves) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) flatten(inner, name.empty() ? key : name + " / " + key, leaves);
  } else {
    const std::string text = value.is_string() ? value.get<std::string>() : value.is_null() ? "not set" : value.dump();
    leaves.emplace_back(name, text.empty() ? "none" : without_controls(text));
  }
}

class Items {
 public:
  /// What a record holds in its member `environment`.
  template <class FoundRecord>
  void add(const FoundRecord& found) {
    using Record = std::remove_cvref_t<decltype(found.record)>;
    const auto environment = found.at(&Record::environment);
    std::vector<std::pair<std::string, std::string>> leaves;
    if (environment->is_object()) flatten(*environment, "", leaves);
    for (const auto& [name, text] : leaves) add(environment.provenance(), name, text);
  }
  template <class FoundRecord>
  void add_all(const std::vector<FoundRecord>& records) {
    for (const FoundRecord& found : records) add(found);
  }
  /// In the order in which they were first named, the parts of one object together.
  std::vector<Item> list() const {
    std::vector<Item> sorted;
    const auto part = [](const Item& item) { return item.name.substr(0, item.name.find(" / ")); };
    for (const Item& item : items_) {
      const auto last =
          std::find_if(sorted.rbegin(), sorted.rend(), [&](const Item& i) { return part(i) == part(item); });
      sorted.insert(last == sorted.rend() ? sorted.end() : last.base(), item);
    }
    for (Item& item : sorted) {
      std::stable_sort(item.values.begin(), item.values.end(),
                       [](const Value& a, const Value& b) { return a.records.size() > b.records.size(); });
    }
    return sorted;
  }

 private:
  void add(const Provenance& from, const std::string& name, const std::string& text) {
    auto item = std::find_if(items_.begin(), items_.end(), [&](const Item& i) { return i.name == name; });
    if (item == items_.end()) item = items_.insert(item, Item{name, {}});
    auto& values = item->values;
    auto value = std::find_if(values.begin(), values.end(), [&](const Value& v) { return v.text == text; });
    if (value == values.end()) value = values.insert(value, Value{text, {}});
    value->records.push_back(from);
  }

  std::vector<Item> items_;
};

/// Those of a reproduction and its records, then of searches and suites.
std::vector<Item> items_of(const ReportInputs& inputs) {
  Items items;
  if (inputs.reproduction) items.add(*inputs.reproduction);
  items.add_all(inputs.runs), items.add_all(inputs.hardware), items.add_all(inputs.searches);
  items.add_all(inputs.proxy_searches), items.add_all(inputs.suites);
  if (inputs.constant) items.add(*inputs.constant);
  items.add_all(inputs.nas);
  return items.list();
}

/// "e8da2a7f2c91; 7119d1bb1301 in 6 records; 9c4413a5dfe5 in reproduce.json"
std::string text_of(const Item& item) {
  std::string text = item.values.front().text;
  for (std::size_t i = 1; i < item.values.size(); ++i) {
    const auto& records = item.values[i].records;
    std::vector<std::string> names;
    for (const Provenance& from : records) {
      const std::string folder = from.run.empty() ? from.file : from.run;
      names.push_back(without_controls(folder));
    }
    text += fmt::format("; {} in {}", item.values[i].text,
                        names.size() > kManyRecords ? counted(static_cast<long long>(names.size()), "record")
                                                    : fmt::format("{}", fmt::join(names, ", ")));
  }
  return text;
}

}  // namespace

void add_environment(const ReportInputs& inputs, Section& section) {
  const auto items = items_of(inputs);
  if (items.empty()) return;
  Table table{
      .id = "environment",
      .title = "Environment",
      .caption =
          "Machine, build and libraries of the records that name them. Where they differ, the most common value "
          "stands first, and the others with their records.",
      .row_title = "Item",
      .beside = true};
  table.columns.push_back({.key = "value", .title = "Value", .words = true});
  for (const Item& item : items) {
    Row row{.key = item.name, .label = without_controls(item.name), .cells = {words(text_of(item))}};
    row.cells.front().provenance = item.values.front().records.front();
    table.rows.push_back(std::move(row));
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
