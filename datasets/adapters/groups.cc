#include "datasets/adapters/groups.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas {

std::vector<std::size_t> attribute_indices(const Adapter& adapter, const std::string& list) {
  std::vector<std::size_t> all(adapter.attributes.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto names = attribute_names(adapter, all);
  if (names.empty()) throw ConfigError(fmt::format("the data set '{}' has no attributes", adapter.name));
  if (list.empty()) return all;
  std::vector<std::size_t> chosen;
  for (const auto& name : split(list, ',')) chosen.push_back(find_name("attribute", name, names));
  return chosen;
}

std::vector<std::string> attribute_names(const Adapter& adapter, const std::vector<std::size_t>& attributes) {
  std::vector<std::string> names;
  for (const std::size_t a : attributes) names.push_back(adapter.attributes[a].name);
  return names;
}

std::string joint_group(const Adapter& adapter, const std::vector<std::size_t>& attributes,
                        const std::vector<int>& groups) {
  std::vector<std::string> names;
  for (const std::size_t a : attributes) {
    const int group = groups[a];
    names.push_back(group < 0 ? "unknown" : adapter.attributes[a].groups[static_cast<std::size_t>(group)].name);
  }
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace flnas
