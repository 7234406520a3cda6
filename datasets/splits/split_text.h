#pragma once

#include <string>

#include "datasets/splits/split.h"
#include "harness/base/text_table.h"

namespace flnas {

/// A table for a terminal: the images, units and images of each group in every subset, or in every subset of each fold.
/// With more columns than rows, groups are the lines.
std::string split_text(const Table& table, const Split& split, const TableForm& form = {});

}  // namespace flnas
