#pragma once

#include <map>
#include <string>
#include <string_view>

#include "harness/base/json.h"
#include "reports/document/document.h"

namespace flnas::reports {

// One document, several formats. All render from the same cells (reports/document/cell_text.h), so they cannot
// disagree.

// Of a table beside the pages (Table::beside) they show its number and title and link its files.

/// GitHub's Markdown; figures as figures/<id>.svg.
std::string to_markdown(const Document& document);
/// One section alone, without its title.
std::string to_markdown(const Document& document, const Section& section);
/// One table alone, with its caption; of one beside the pages too.
std::string to_markdown(const Document& document, const Table& table);

/// One self-contained page: styles, script and figures inside, nothing fetched.
std::string to_html(const Document& document);

/// A whole document for pdflatex (two columns, booktabs); figures as figures/<id>.pdf where they exist. A section with
/// a table over several pages has one column; the last sections, where all of them have one, are the appendix.
std::string to_latex(const Document& document);
/// One table environment, to \input; needs booktabs.
std::string to_latex(const Document& document, const Table& table);
/// One panel with so many rows that it breaks over pages, where its columns fit beside each other.
bool is_long(const Table& table);

/// A row per model or item; a column of numbers is followed by those of its interval, count, seeds, paper,
/// difference, within and mark, as far as it has them. Numbers by csv_number(), not as printed.
std::string to_csv(const Table& table);
/// To twelve significant digits; JSON has all of them.
std::string csv_number(double value);

/// {"schema", "id", "title", "beside": only of a table beside the pages, "columns": [...], "rows": [{"key", "label",
/// "marks", "cells": {KEY: {"value", "low", "high", "paper", "difference", "within", "mark", "provenance": {"run",
/// "file", "key"}, ...}}}]}; every cell has these eight, null where there is none. A value computed from several
/// figures has "inputs" too: where each of them stands.
Json to_json(const Table& table);

/// Everything that is rendered from a document, by its path inside the report: report.html and .md; report.tex, of what
/// is printed (printed_document); answers.md, of a study whose questions are answered; each table's
/// .csv, .json, .tex and .md; each figure's script and, where it is drawn, its SVG.
std::map<std::string, std::string> rendered_files(const Document& document);

// Shared by the renderers of prose.
std::string escape_html(std::string_view text);
std::string escape_latex(std::string_view text);
std::string escape_markdown(std::string_view text);
/// HTML of one table, without the document around it (render/html_table.cc).
std::string html_table(const Document& document, const Table& table);
/// A cell's inputs as [{"run", "file", "key"}, ...].
Json inputs_json(const Cell& cell);
/// Inline marks as LaTeX and as HTML.
std::string latex_inline(const Document& document, std::string_view text);
std::string html_inline(const Document& document, std::string_view text);

}  // namespace flnas::reports
