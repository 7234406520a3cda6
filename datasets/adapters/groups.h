#pragma once

#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"

namespace flnas {

/// Indices of the adapter's attributes named in a list such as "sex,age"; blank: all of them. Throws ConfigError that
/// names the nearest one.
std::vector<std::size_t> attribute_indices(const Adapter& adapter, const std::string& list);
std::vector<std::string> attribute_names(const Adapter& adapter, const std::vector<std::size_t>& attributes);

/// The group of a person under several attributes at once: "female young", with "unknown" where a value is missing.
/// `groups`: group per attribute of the adapter (group_of), -1 for unknown.
std::string joint_group(const Adapter& adapter, const std::vector<std::size_t>& attributes,
                        const std::vector<int>& groups);

}  // namespace flnas
