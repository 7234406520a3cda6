#pragma once

#include <string>

#include "reports/document/document.h"

namespace flnas::reports {

// Words of a page that the page itself explains: marks in the table `glossary`, metrics in `metric_definitions`. Their
// rows are anchors, to which marks and the heads of columns link.

/// ` id="glossary-not-converged"` for a row of these tables, to stand in its tag; blank for all others.
std::string term_anchor(const Table& table, const Row& row);

/// "#glossary-not-converged": where the page explains the word of this key; blank where it does not.
std::string term_address(const Document& document, const std::string& key);

}  // namespace flnas::reports
