#pragma once

#include <string>
#include <vector>

#include "datasets/check_report.h"

namespace flnas {

/// The report of `flnas dataset check` for a table; check_report.h has what all data sets share.
/// Problems: a feature of one value; one that numbers the rows; one that tells the class by itself, as a column that
/// was filled in with the outcome does: by its values (at most 50, of ten rows each on average, each with its most
/// frequent class) 99 in 100 rows are right, or, of two classes, its AUROC is 0.99 or more, or 0.01 or less; a feature
/// that identifies people. Warnings: categories that the adapter does not list, which become one; an attribute with one
/// group; columns that look like direct identifiers of people by their names.
CheckReport check_table(const Table& table);

/// What is wrong with features, as check_table() finds it, a line each; none of images. Splits note it too, so that
/// nobody trains on such a column unawares.
std::vector<std::string> feature_problems(const Table& table);

/// Whether a column's name is one of those that direct identifiers have: names, birth dates, addresses, numbers of
/// cases, insurances or telephones. Groups of words, in any case, parted by spaces, dots, dashes or underscores.
bool is_identifier(const std::string& column);

}  // namespace flnas
