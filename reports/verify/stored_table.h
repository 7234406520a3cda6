#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"
#include "reports/document/table.h"
#include "reports/verify/compare.h"

namespace flnas::reports {

/// A stored <id>.json (render.h), as far as the other formats of the same report are held to it.
struct StoredColumn {
  std::string key, panel;
  NumberFormat format;
};

struct StoredTable {
  std::string id, title;
  std::vector<std::vector<StoredColumn>> panels;  ///< columns that stand together, as in panels(table)
  Json rows;
  bool beside = false;  ///< the pages link it in place of showing it
};

/// Throws Json::exception where a field is missing.
StoredTable stored_table(const Json& json);

/// Each field of <id>.csv says what the table says.
void compare_csv(StoredReport& report, const StoredTable& table);

}  // namespace flnas::reports
