// Part of prediction_table.cc: columns of people's properties as attributes with groups.
#pragma once

#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "harness/base/csv.h"

namespace flnas {

/// One column as an attribute, and each row's group.
struct TableAttribute {
  Attribute attribute;
  std::vector<std::string> groups;  ///< [rows] names of groups, blank where unknown
};

/// `specification`: see TableColumns::attributes. Adds to `notes` what counts as unknown and why.
TableAttribute read_attribute(const Csv& csv, const std::string& specification, std::vector<std::string>& notes);

}  // namespace flnas
