#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/process.h"
#include "reports/document/document.h"

namespace flnas::reports {

/// Draws every figure by gnuplot and fills in its `svg`. A figure that cannot be drawn stays empty. Returns one line
/// for each thing that went wrong: gnuplot missing, or its complaint about a script.
std::vector<std::string> draw_figures(Document& document, Processes& processes);

/// The same figure as PDF files in `folder`, for LaTeX. Returns false when one could not be drawn.
bool draw_pdf_figures(Document& document, Processes& processes, const std::filesystem::path& folder);

/// gnuplot's SVG made fit to stand in a page beside others: ids prefixed with the figure's, colours as #rrggbb,
/// the title for screen readers, nothing that depends on gnuplot's version.
std::string clean_svg(const std::string& svg, const Figure& figure);

}  // namespace flnas::reports
